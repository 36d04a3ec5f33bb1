"""Find the texts of an earlier list again in a later one, at a cost that stays bounded."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from articles.text.counts import words

#: From this ratio on (as difflib counts it: twice what is common over what there is) two texts are versions of one.
SIMILAR = 0.6

# Texts of fewer words are compared letter by letter.
_FEW_WORDS = 4
# Similar texts are looked for this far from where they would stand, further while there are few to compare.
_REACH = 10
_NEAR_PAIRS = 2_000
# Steps that exact comparing may take, for one pair and for all; beyond, word counts are compared without their order.
_STEPS_A_PAIR = 50_000
_STEPS = 2_000_000

type Pairs = dict[int, int]


def align(later: Sequence[str], earlier: Sequence[str]) -> Pairs:
    """Return for positions in `later` the position in `earlier` of the same or a similar text.

    Equal texts pair first, wherever they moved. What is left pairs between its paired neighbors, most
    similar first and never crosswise. No position is used twice. Deterministic.
    """
    pairs = _equal(later, earlier)
    judge = _Judge()
    for late, early in list(_gaps(pairs, len(later), len(earlier))):
        pairs |= _similar(judge, late, early, later, earlier)
    return pairs


def _equal(later: Sequence[str], earlier: Sequence[str]) -> Pairs:
    """Pair equal texts: those both lists start or end with, then the others in order."""
    shortest = min(len(later), len(earlier))
    start = next((i for i in range(shortest) if later[i] != earlier[i]), shortest)
    rest = shortest - start
    end = next((i for i in range(rest) if later[-1 - i] != earlier[-1 - i]), rest)
    pairs = {i: i for i in range(start)}
    pairs |= {len(later) - 1 - i: len(earlier) - 1 - i for i in range(end)}
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for i in range(start, len(earlier) - end):
        places[earlier[i]].append(i)
    for i in range(start, len(later) - end):
        if places[later[i]]:
            pairs[i] = places[later[i]].popleft()
    return pairs


def _gaps(pairs: Mapping[int, int], later: int, earlier: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the positions without a partner that lie between the same neighbors in both lists."""
    used = set(pairs.values())
    anchors = [(-1, -1), *in_order(pairs), (later, earlier)]
    for (late_from, early_from), (late_to, early_to) in pairwise(anchors):
        late = [i for i in range(late_from + 1, late_to) if i not in pairs]
        early = [i for i in range(early_from + 1, early_to) if i not in used]
        if late and early:
            yield late, early


def in_order(pairs: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs that stands in the same order in both lists."""
    tails: list[int] = []  # the smallest end of a rising series, by its length
    ends: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in sorted(pairs.items()):
        length = bisect_left(tails, pair[1])
        before[pair] = ends[length - 1] if length else None
        tails[length : length + 1] = [pair[1]]
        ends[length : length + 1] = [pair]
    series: list[tuple[int, int]] = []
    last = ends[-1] if ends else None
    while last is not None:
        series.append(last)
        last = before[last]
    return series[::-1]


def _similar(
    judge: "_Judge", late: Sequence[int], early: Sequence[int], later: Sequence[str], earlier: Sequence[str]
) -> Pairs:
    """Pair positions of one gap, most similar first, none crosswise."""
    reach = max(_REACH, _NEAR_PAIRS // max(len(late), len(early)))
    found: list[tuple[float, int, int]] = []
    for i, new in enumerate(late):
        center = i * len(early) // len(late)
        for old in early[max(0, center - reach) : center + reach + 1]:
            ratio = judge.ratio(later[new], earlier[old])
            if ratio >= SIMILAR:
                found.append((-ratio, new, old))
    news: list[int] = []
    olds: list[int] = []
    for _, new, old in sorted(found):
        place = bisect_left(news, new)
        if place == bisect_left(olds, old) == bisect_right(olds, old) and place == bisect_right(news, new):
            news.insert(place, new)
            olds.insert(place, old)
    return dict(zip(news, olds, strict=True))


class _Judge:
    """Say how similar texts are; grows less exact, not slower, when asked too much."""

    def __init__(self) -> None:
        self._steps_left = _STEPS
        self._words: dict[str, list[str]] = {}
        self._counts: dict[str, Counter[str]] = {}

    def ratio(self, one: str, other: str) -> float:
        """Return the ratio of two texts, or a number under `SIMILAR` when they are further apart."""
        parts, others = self._parts(one), self._parts(other)
        by_letter = min(len(parts), len(others)) < _FEW_WORDS
        if by_letter:
            parts, others = list(one), list(other)
        total = len(parts) + len(others)
        if 2 * min(len(parts), len(others)) < SIMILAR * total:
            return 0.0
        counts = Counter(parts) if by_letter else self._count(one)
        other_counts = Counter(others) if by_letter else self._count(other)
        at_most = 2 * sum(min(count, other_counts[part]) for part, count in counts.items()) / total
        steps = sum(count * other_counts[part] for part, count in counts.items())
        if at_most < SIMILAR or steps > min(_STEPS_A_PAIR, self._steps_left):
            return at_most
        self._steps_left -= steps
        return SequenceMatcher(None, parts, others, autojunk=False).ratio()

    def _parts(self, text: str) -> list[str]:
        if text not in self._words:
            self._words[text] = words(text)
        return self._words[text]

    def _count(self, text: str) -> Counter[str]:
        if text not in self._counts:
            self._counts[text] = Counter(self._parts(text))
        return self._counts[text]
