"""What the soak begins with: nouns, and stories of the last days, released by the real verbs."""

import random
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.utils import timezone

from articles import workflow
from articles.models import (
    Article,
    Author,
    Company,
    Exchange,
    Image,
    Listing,
    Person,
    PersonRole,
    Section,
    Source,
    Topic,
)
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests import factories

DAYS = 4
ARCHIVE = 26
_KINDS = ("news", "news", "news", "analysis", "opinion", "alert", "press_release")
_BYLINES = ("reporter", "reporter", "contributor", "columnist", "photographer")
_PARTS = ("subject", "mentioned")
FORMS = ("colon", "spaced", "symbol", "none")
ZONES = ("America/New_York", "Asia/Shanghai", "Europe/Berlin")


class Names:
    """Names that nobody else in the run gives: a letter for each writer and a number.

    They have no blanks and begin alike, so that every database puts them in the same order.
    """

    def __init__(self, letter: str) -> None:
        self._letter = letter
        self._numbers = count(1)

    def new(self, word: str) -> str:
        """Return another name."""
        return f"{word}{self._letter}{next(self._numbers):05d}"


def begin(chance: random.Random, stories: int = ARCHIVE) -> dict[str, bytes]:
    """Hire people, make nouns and so many stories of the last days; return the bytes of pictures by their names."""
    for role in Role:
        factories.person(role)
    names = Names("a")
    for place in range(4):
        Section.objects.create(
            name=names.new("Section"),
            order=place // 2,
            language="de" if place == 3 else "en",
            description="All of it.",
            ticker_form=FORMS[place],
        )
    Source.objects.create(name=names.new("Source"), slug="wire", prefix="(Wire)")
    Source.objects.create(name=names.new("Source"), slug="paper", canonical_rule="original")
    for place, short_name in enumerate(("NYSE", "HKEX", "XETRA")):
        Exchange.objects.create(
            mic=f"X{place:03d}", name=f"Exchange {place}", short_name=short_name, time_zone=ZONES[place]
        )
    for kind in ("author",) * 6 + ("topic",) * 5 + ("company",) * 7 + ("person",) * 4:
        noun(kind, names, chance)
    images = [factories.image(names.new("Picture"), caption="As it was.") for _ in range(3)]
    for place in range(stories):
        at = timezone.now() - timedelta(days=DAYS) * (stories - place) / stories
        with clock_at(at):
            workflow.release(approved(content(names, chance)), by=factories.person(Role.PUBLISHER))
    return {str(image.file.name): Path(image.file.path).read_bytes() for image in images}


def approved(words: dict[str, Any]) -> Article:
    """Make a story that may be released."""
    article = workflow.start(words, by=factories.person(Role.REPORTER))
    workflow.submit(article, by=article.created_by)
    return workflow.approve(article, by=factories.person(Role.EDITOR))


def noun(kind: str, names: Names, chance: random.Random) -> Any:
    """Make an author, a topic, a person or a company."""
    if kind == "author":
        return Author.objects.create(name=names.new("Author"), role_title=chance.choice(["", "Markets editor"]))
    if kind == "topic":
        return Topic.objects.create(name=names.new("Topic"), description=chance.choice(["", "What it is about."]))
    if kind == "person":
        person = Person.objects.create(name=names.new("Person"), biography=chance.choice(["", "Who they are."]))
        for _ in range(chance.randint(0, 2)):
            add_role(person, names, chance)
        return person
    name = names.new("Company")
    made = Company.objects.create(
        name=name,
        legal_name=chance.choice(["", f"{name} Holdings"]),
        from_reference=chance.random() < 0.4,
        website=chance.choice(["", "https://www.example.com/about/"]),
        country=chance.choice(["", "US", "DE"]),
    )
    for place in range(chance.randint(0, 2)):
        add_listing(made, names, chance, is_primary=place == 0)
    return made


def add_role(person: Person, names: Names, chance: random.Random) -> PersonRole:
    """Let somebody do something somewhere, perhaps from one of the last days on, or until one."""
    company = pick(Company, chance) if chance.random() < 0.6 else None
    days: list[date] = sorted(timezone.now().date() - timedelta(days=number) for number in range(DAYS))
    first, last = sorted(chance.sample(range(DAYS), 2))
    return PersonRole.objects.create(
        person=person,
        company_id=company,
        body="" if company and chance.random() < 0.8 else chance.choice(["A bank", "A ministry"]),
        title=names.new("title"),
        since_on=chance.choice([None, days[first]]),
        until_on=chance.choice([None, None, days[last]]),
    )


def add_listing(
    company: Company, names: Names, chance: random.Random, *, is_primary: bool, since: date | None = None
) -> Listing:
    """List a company once more."""
    exchange = chance.choice(list(Exchange.objects.order_by("pk")))
    days = (None, *(timezone.now().date() - timedelta(days=number) for number in range(DAYS)))
    return Listing.objects.create(
        company=company,
        exchange=exchange,
        symbol=names.new("T").upper(),
        currency="USD",
        is_primary=is_primary,
        listed_on=since or chance.choice(days),
    )


def content(names: Names, chance: random.Random, kind: str = "") -> dict[str, Any]:
    """Return content for a story that can be released, of any kind or of this one."""
    kind, headline = kind or chance.choice(_KINDS), names.new("Headline")
    is_theirs, is_short = kind == "press_release", kind in ("alert", "press_release")
    source = pick(Source, chance) if is_theirs or chance.random() < 0.2 else None
    companies = sample(Company, chance, 3, least=0)
    people = sample(Person, chance, 2, least=0)
    mentions = "".join(f"<p>Words of {_named(company, chance)} &amp; others.</p>" for company in companies)
    mentions += "".join(f"<p>So said {_named(one, chance)} &amp; {_marked(one)}.</p>" for one in people)
    mentions += "".join(f"<p>So {one.name} said.</p>" for one in sample(Person, chance, 1, least=0))
    mentions += _statement(chance) if chance.random() < 0.4 else ""
    return {
        "headline": f"{headline} of the day",
        "standfirst": "" if is_short and chance.random() < 0.5 else f"Standfirst of {headline}.",
        "kicker": chance.choice(["", "", "Kicker", kind]),
        "body": f"<p>First paragraph of {headline}.</p>{mentions}<p>The end.</p>",
        "kind": kind,
        "dateline": chance.choice(["", "", "PARIS"]),
        "disclosure": "We say so." if is_theirs or chance.random() < 0.2 else "",
        "section": None if kind == "alert" and chance.random() < 0.3 else pick(Section, chance),
        "source": source,
        "original_url": "https://example.com/original" if source or chance.random() < 0.2 else "",
        "lead_image": pick(Image, chance) if chance.random() < 0.5 else None,
        "is_lead": chance.random() < 0.05,
        "search_engines": chance.choice(["index"] * 8 + ["noindex", "noarchive"]),
        "companies": [[company.pk, chance.choice(_PARTS)] for company in companies],
        "persons": [one.pk for one in sample(Person, chance, 2, least=0)],
        "topics": [topic.pk for topic in sample(Topic, chance, 2, least=0)],
        "related": [story.pk for story in sample(Article, chance, 2)] if chance.random() < 0.15 else [],
        "bylines": [
            [author.pk, chance.choice(_BYLINES) if place else "reporter"]
            for place, author in enumerate(sample(Author, chance, 2, least=0 if is_theirs else 1))
        ],
    }


def _named(noun: Company | Person, chance: random.Random) -> str:
    """Return how copy calls a company or a person: by the name, or by words that the desk has marked."""
    words = chance.choice([noun.name, "the group"])
    return chance.choice([str(noun.name), _marked(noun, words), f"{noun.name} or {_marked(noun, words)}"])


def _marked(noun: Company | Person, words: str = "") -> str:
    return f'<span data-{noun._meta.model_name}="{noun.pk}">{words or noun.name}</span>'


def _statement(chance: random.Random) -> str:
    """Return what copy says of the price of something listed."""
    listings = list(Listing.objects.order_by("-pk").values_list("pk", flat=True)[:20])
    if not listings:
        return ""
    at = timezone.now() - timedelta(minutes=chance.randint(1, 1000))
    way, value = chance.choice(["up", "down"]), f"{chance.randint(0, 9)}.{chance.randint(0, 9)}"
    return (
        f'<p>It was <data value="{value}" data-listing="{chance.choice(listings)}" data-measure="change-percent" '
        f'data-direction="{way}" data-as-of="{at:%Y-%m-%dT%H:%M:%SZ}" data-session="regular">{way} {value}% today'
        "</data> so far.</p>"
    )


def pick(model: Any, chance: random.Random) -> int:
    """Return the key of some row."""
    key: int = chance.choice(list(model.objects.order_by("pk").values_list("pk", flat=True)))
    return key


def sample(model: Any, chance: random.Random, most: int, least: int = 1) -> list[Any]:
    """Return some of the youngest rows of a model, of nouns only such as are not merged."""
    rows = model.objects.order_by("-pk")
    if model is not Article:
        rows = rows.filter(merged_into=None)
    found = list(rows[:30])
    return chance.sample(found, min(len(found), chance.randint(least, most)))


def midnights() -> list[datetime]:
    """Return the beginnings of the days that listings begin on."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return [today - timedelta(days=number) for number in range(DAYS)]
