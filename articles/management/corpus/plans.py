# ruff: noqa: S311  (nothing here is secret)
"""What happens to a story of the corpus, from its number alone: the same number is the same story for ever."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any
from uuid import UUID, uuid5

from articles.management.corpus import words
from articles.management.corpus.words import Block, Line
from articles.paths import KEY_ALPHABET, KEY_LENGTH
from articles.states import Access, BylineRole, CompanyRole, Kind, Verb

#: Releases are spread over these years, so that no corpus reaches into the future of anybody who makes one.
BEGIN, END = datetime(2015, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
#: Stories come in shelves of so many, the first one from number 1 on. A story names none of another shelf, so that
#: shelves can be filled side by side, and whatever became of the others.
SHELF = 500
_SECONDS = int((END - BEGIN).total_seconds())
_RELATED_REACH = 50
_ID = re.compile(r' id="[^"]+"')

_NAMESPACE = UUID("9d1c3c0e-6f5e-5a0b-9a8e-2f4f0a3b7c55")
_KEYS = len(KEY_ALPHABET) ** KEY_LENGTH
_KEY_STEP = 412_345_678_901  # without a common divisor with _KEYS: every number has a key of its own
_GOLDEN = 618_033_988_749_895  # of 10**15: however many numbers there are, their multiples lie evenly
_WRITTEN, _SUBMITTED, _APPROVED = timedelta(hours=5), timedelta(hours=2), timedelta(hours=1)
#: How long before a change is released it is saved, submitted and approved.
SAVED, RESUBMITTED, REAPPROVED = timedelta(minutes=30), timedelta(minutes=20), timedelta(minutes=10)
#: Of a thousand stories, how many this happens to afterwards.
_FATES: dict[Verb | None, int] = {
    Verb.CORRECT: 60,
    Verb.CLARIFY: 15,
    Verb.UPDATE: 90,
    Verb.REFILE: 25,
    Verb.WITHDRAW: 10,
    Verb.EXPIRE: 10,
    None: 790,
}
_KINDS = {Kind.NEWS: 84, Kind.ANALYSIS: 8, Kind.EXPLAINER: 4, Kind.ALERT: 4}
_FATE_NAMES, _FATE_WEIGHTS = list(_FATES), list(accumulate(_FATES.values()))
_KIND_NAMES, _KIND_WEIGHTS = list(_KINDS), list(accumulate(_KINDS.values()))
_SECTIONS, _SECTION_WEIGHTS = range(len(words.SECTIONS)), list(accumulate(words.SECTION_WEIGHTS))
_WITHDRAWN = "This story was withdrawn because its main figure could not be confirmed."


@dataclass(frozen=True, slots=True)
class Change:
    """What is released, or withdrawn, after the first publication; `content` is what a save names, as it is stored."""

    verb: Verb
    at: datetime
    notice: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    #: The blocks of the body afterwards.
    blocks: Sequence[Block] = ()


class Plan:
    """A story of the corpus. Nouns are places in `words`' lists, related stories are numbers of the corpus."""

    def __init__(self, number: int, seed: int) -> None:
        self.number, self.seed = number, seed
        #: The permanent identifier, by which a story that is there already is known.
        self.guid = guid(number, seed)
        #: The first publication.
        self.released_at = BEGIN + timedelta(seconds=number * _GOLDEN % 10**15 * _SECONDS // 10**15)
        self.started_at = self.released_at - _WRITTEN
        self.submitted_at = self.released_at - _SUBMITTED
        self.approved_at = self.released_at - _APPROVED
        random = Random(f"{seed}/{number}")
        #: What happens to the story after its release; `EXPIRE` was decided with it.
        self.fate = random.choices(_FATE_NAMES, cum_weights=_FATE_WEIGHTS)[0]
        #: When readers no longer have it; most stories stay.
        self.expires_at = self.released_at + timedelta(days=30) if self.fate is Verb.EXPIRE else None
        # The first is the subject; a few companies are in the news all the time.
        count = len(words.companies())
        self._companies = list(dict.fromkeys(int(count * random.random() ** 2) for _ in range(random.randint(1, 3))))
        self.headline: Line = words.headline(seed, self._companies[0], random.randrange(words.HEADLINES))
        self.standfirst: Line = words.standfirst(seed, random.randrange(words.STANDFIRSTS))
        #: The blocks of the body at the first publication.
        self.blocks = self._body(random)
        #: The content of the first revision as it is stored, as far as it is not empty.
        self.content = self._content(random)
        #: What happens after the first publication, if anything does.
        self.change = self._change(random)

    @property
    def public_key(self) -> str:
        """The key of the address; no two numbers of a seed share one."""
        rest, key = (self.number * _KEY_STEP + _first_key(self.seed)) % _KEYS, ""
        for _ in range(KEY_LENGTH):
            rest, digit = divmod(rest, len(KEY_ALPHABET))
            key += KEY_ALPHABET[digit]
        return key

    def _content(self, random: Random) -> dict[str, Any]:
        kind = random.choices(_KIND_NAMES, cum_weights=_KIND_WEIGHTS)[0]
        section = random.choices(_SECTIONS, cum_weights=_SECTION_WEIGHTS)[0]
        name, headline = words.companies()[self._companies[0]][0], self.headline.text
        return {
            "kind": (Kind.OPINION if words.SECTIONS[section] == "Opinion" else kind).value,
            "public_key": self.public_key,
            "headline": headline,
            "short_headline": f"{name}: {headline.removeprefix(name).strip()}" if random.random() < 0.2 else "",
            "kicker": random.choice(words.TOPICS) if random.random() < 0.3 else "",
            "standfirst": self.standfirst.text,
            "body": html(self.blocks),
            "dateline": random.choice(words.CITIES),
            "section": section,
            "source": 0 if random.random() < 0.15 else None,
            "access": (Access.SUBSCRIBERS if random.random() < 0.1 else Access.FREE).value,
            "is_lead": random.random() < 0.01,
            "bylines": [[place, BylineRole.REPORTER.value] for place in _places(random, len(words.authors()), 2)],
            "companies": [
                [place, (CompanyRole.MENTIONED if position else CompanyRole.SUBJECT).value]
                for position, place in enumerate(self._companies)
            ],
            "topics": _places(random, len(words.TOPICS), 3),
            "related": self._related(random) if random.random() < 0.15 else [],
        }

    def _body(self, random: Random) -> list[Block]:
        seed, companies = self.seed, self._companies
        blocks: list[Block] = [
            words.lead(seed, companies[0], random.randrange(words.LEADS)),
            *(words.block(seed, place) for place in random.sample(range(words.PARAGRAPHS), random.randint(4, 8))),
            words.quotation(seed, random.randrange(words.QUOTATIONS)),
            *([words.subhead(seed, random.randrange(words.SUBHEADS))] if random.random() < 0.4 else []),
            *(words.no_comment(seed, company, random.randrange(words.NO_COMMENTS)) for company in companies[1:]),
        ]
        # A heading or a quotation at the very end would be odd.
        return [blocks[0], *blocks[2:], blocks[1]]

    def _change(self, random: Random) -> Change | None:
        verb, at = self.fate, self.released_at + timedelta(minutes=random.randint(45, 4000))
        if verb is None or verb is Verb.EXPIRE:
            return None
        if verb is Verb.WITHDRAW:
            return Change(verb, at, _WITHDRAWN)
        if verb is Verb.REFILE:
            description = words.description(self.seed, random.randrange(words.DESCRIPTIONS))
            return Change(verb, at, content={"search_description": description}, blocks=self.blocks)
        blocks = list(self.blocks)
        spare = blocks[0]
        while spare in blocks:
            spare = words.block(self.seed, random.randrange(words.PARAGRAPHS))
        place, notice = random.randrange(1, len(blocks)), ""
        if verb is Verb.UPDATE:
            blocks.insert(place, spare)
        else:
            # What is put right keeps its place, and so its id.
            blocks[place] = spare._replace(html=_ID.sub(_ID.findall(blocks[place].html)[0], spare.html, count=1))
            notice = f"An earlier version of this story misstated a figure in its paragraph {place + 1}."
        return Change(verb, at, notice, {"body": html(blocks)}, blocks)

    def _related(self, random: Random) -> list[int]:
        shelf = (self.number - 1) // SHELF * SHELF + 1
        earlier = range(max(shelf, self.number - _RELATED_REACH), self.number)
        return random.sample(earlier, min(len(earlier), random.randint(1, 3)))


def html(blocks: Sequence[Block]) -> str:
    """Return the body that is made of blocks."""
    return "\n".join(block.html for block in blocks)


def guid(number: int, seed: int) -> UUID:
    """Return the permanent identifier of a story of the corpus."""
    return uuid5(_NAMESPACE, f"{seed}/{number}")


@cache
def _first_key(seed: int) -> int:
    return Random(f"key/{seed}").randrange(_KEYS)


def _places(random: Random, count: int, most: int) -> list[int]:
    return random.sample(range(count), random.randint(1, most))
