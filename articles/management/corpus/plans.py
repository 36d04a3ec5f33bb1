# ruff: noqa: S311  (nothing here is secret)
"""What happens to a story of the corpus, from its number alone: the same number is the same story for ever."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID, uuid5

from articles.management.corpus import words
from articles.paths import KEY_ALPHABET, KEY_LENGTH
from articles.states import Access, BylineRole, CompanyRole, Kind, Verb

#: Releases are spread over these years, so that no corpus reaches into the future of anybody who makes one.
BEGIN, END = datetime(2015, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
RELATED_REACH = 50
_ID = re.compile(r' id="[^"]+"')
_REPORTER = BylineRole.REPORTER.value

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


@dataclass(frozen=True, slots=True)
class Change:
    """What is released, or withdrawn, after the first publication; `content` is what a save names, as it is stored."""

    verb: Verb
    at: datetime
    notice: str = ""
    content: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A story of the corpus. Nouns are places in `words`' lists, related stories are numbers of the corpus."""

    number: int
    seed: int

    @cached_property
    def guid(self) -> UUID:
        """The permanent identifier, by which a story that is there already is known."""
        return guid(self.number, self.seed)

    @cached_property
    def public_key(self) -> str:
        """The key of the address; no two numbers of a seed share one."""
        rest, key = (self.number * _KEY_STEP + Random(f"key/{self.seed}").randrange(_KEYS)) % _KEYS, ""
        for _ in range(KEY_LENGTH):
            rest, digit = divmod(rest, len(KEY_ALPHABET))
            key += KEY_ALPHABET[digit]
        return key

    @cached_property
    def released_at(self) -> datetime:
        """The first publication."""
        seconds = int((END - BEGIN).total_seconds())
        return BEGIN + timedelta(seconds=self.number * _GOLDEN % 10**15 * seconds // 10**15)

    @property
    def started_at(self) -> datetime:
        """When the reporter began."""
        return self.released_at - _WRITTEN

    @property
    def submitted_at(self) -> datetime:
        """When the reporter was done."""
        return self.released_at - _SUBMITTED

    @property
    def approved_at(self) -> datetime:
        """When the editor was content."""
        return self.released_at - _APPROVED

    @cached_property
    def content(self) -> dict[str, Any]:
        """The content of the first revision as it is stored, as far as it is not empty."""
        random = self._random("content")
        kind = random.choices(list(_KINDS), list(_KINDS.values()))[0]
        section = random.choices(range(len(words.SECTIONS)), words.SECTION_WEIGHTS)[0]
        companies = self._companies
        name, headline = words.companies()[companies[0]][0], words.headline(random)
        return {
            "kind": (Kind.OPINION if words.SECTIONS[section] == "Opinion" else kind).value,
            "public_key": self.public_key,
            "headline": f"{name} {headline}",
            "short_headline": f"{name}: {headline}" if random.random() < 0.2 else "",
            "kicker": random.choice(words.TOPICS) if random.random() < 0.3 else "",
            "standfirst": words.paragraph(random, 2),
            "body": self._body(random),
            "dateline": random.choice(words.CITIES),
            "section": section,
            "source": 0 if random.random() < 0.15 else None,
            "access": (Access.SUBSCRIBERS if random.random() < 0.1 else Access.FREE).value,
            "is_lead": random.random() < 0.01,
            "bylines": [
                [place, BylineRole.REPORTER.value] for place in self._places(random, len(words.authors()), 1, 2)
            ],
            "companies": [
                [place, (CompanyRole.MENTIONED if position else CompanyRole.SUBJECT).value]
                for position, place in enumerate(companies)
            ],
            "topics": self._places(random, len(words.TOPICS), 1, 3),
            "related": self._related(random),
        }

    @cached_property
    def expires_at(self) -> datetime | None:
        """When readers no longer have it; most stories stay."""
        return self.released_at + timedelta(days=30) if self.fate is Verb.EXPIRE else None

    @cached_property
    def change(self) -> Change | None:
        """What happens after the first publication, if anything does."""
        random = self._random("change")
        verb, at = self.fate, self.released_at + timedelta(minutes=random.randint(45, 4000))
        if verb is None or verb is Verb.EXPIRE:
            return None
        if verb is Verb.WITHDRAW:
            return Change(verb, at, "This story was withdrawn because its main figure could not be confirmed.")
        if verb is Verb.REFILE:
            return Change(verb, at, content={"search_description": words.paragraph(random, 1)})
        blocks = self.content["body"].split("\n")
        spare = random.choice([block for block in words.pool(self.seed) if block not in blocks])
        place, notice = random.randrange(1, len(blocks)), ""
        if verb is Verb.UPDATE:
            blocks.insert(place, spare)
        else:
            blocks[place] = _ID.sub(_ID.findall(blocks[place])[0], spare, count=1)
            notice = f"An earlier version of this story misstated a figure in its paragraph {place + 1}."
        return Change(verb, at, notice, {"body": "\n".join(blocks)})

    @cached_property
    def fate(self) -> Verb | None:
        """What happens to the story after its release; `EXPIRE` was decided with it."""
        return self._random("fate").choices(list(_FATES), list(_FATES.values()))[0]

    @cached_property
    def _companies(self) -> list[int]:
        """The companies of the story, the first the subject; a few of them are in the news all the time."""
        random, count = self._random("companies"), len(words.companies())
        return list(dict.fromkeys(int(count * random.random() ** 2) for _ in range(random.randint(1, 3))))

    def _random(self, about: str) -> Random:
        return Random(f"{about}/{self.seed}/{self.number}")

    def _body(self, random: Random) -> str:
        seed, companies = self.seed, self._companies
        blocks = [
            words.lead(seed, companies[0], random.randrange(4)),
            *random.sample(words.pool(seed), random.randint(4, 8)),
            words.quotation(seed, random.randrange(200)),
            *([words.subhead(seed, random.randrange(50))] if random.random() < 0.4 else []),
            *(words.no_comment(seed, company, random.randrange(2)) for company in companies[1:]),
        ]
        # A heading or a quotation at the very end would be odd.
        return "\n".join([*blocks[:1], *blocks[2:], blocks[1]])

    def _places(self, random: Random, count: int, least: int, most: int) -> list[int]:
        return random.sample(range(count), random.randint(least, most))

    def _related(self, random: Random) -> list[int]:
        earlier = range(max(1, self.number - RELATED_REACH), self.number)
        return random.sample(earlier, min(len(earlier), random.randint(1, 3))) if random.random() < 0.15 else []


def guid(number: int, seed: int) -> UUID:
    """Return the permanent identifier of a story of the corpus."""
    return uuid5(_NAMESPACE, f"{seed}/{number}")
