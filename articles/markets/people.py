"""People in a text: how sure a full name is theirs, and their surnames after it."""

from collections.abc import Hashable, Iterator

from articles.markets.aliases import Alias
from articles.markets.folding import fold, fold_words
from articles.markets.name_hits import Hit
from articles.markets.ordinary_words import TITLES, is_given_name
from articles.markets.wording import Wording

_SPEECH = frozenset("said says told added who tells wrote born".split())


def person_weight(wording: Wording, hit: Hit, company: float) -> float:
    """Return how sure it is that a hit is a person of that name.

    `company` is how sure it is that it is a company's; 0 if none has the name.
    """
    words = hit.behind - hit.first
    weight = 0.92 if words > 1 or hit.unspaced else 0.55
    before = wording.folded[hit.first - 1] if hit.first else ""
    if before in TITLES:
        weight += 0.05
    elif is_given_name(before) and wording.gap(hit.first) == " " and not wording.words[hit.first - 1].islower():
        weight -= 0.4
    follows = wording.folded[hit.behind] if hit.behind < len(wording) else ""
    weight -= max(0.0, 1.3 * (company - 0.5) - (0.3 if follows in _SPEECH else 0.0))
    return max(0.02, min(weight, 0.97))


def surnames_in(wording: Wording, people: list[tuple[int, Alias]]) -> Iterator[tuple[int, int, Hashable, float]]:
    """Yield start, end, entity and weight of surnames that stand behind the full names of people.

    `people` are those named in full, with where the name ends. A surname of two of them is nobody's.
    """
    named: dict[str, dict[Hashable, int]] = {}
    for end, alias in people:
        words = fold_words(alias.name)
        if len(words) > 1:
            named.setdefault(words[-1], {}).setdefault(alias.entity, end)
    if not named:
        return
    for number in range(len(wording)):
        end = wording.possessive_end(number) or wording.ends[number]
        word = fold(wording.text[wording.starts[number] : end])
        whose = {entity for entity, full in named.get(word, {}).items() if full <= wording.starts[number]}
        if len(whose) == 1 and wording.words[number][0].isupper():
            yield wording.starts[number], end, whose.pop(), _surname_weight(wording, number)


def _surname_weight(wording: Wording, number: int) -> float:
    before = wording.folded[number - 1] if number else ""
    if before in TITLES:
        return 0.95
    if is_given_name(before) and wording.gap(number) == " ":
        return 0.3
    return 0.85
