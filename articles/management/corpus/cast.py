"""The people and nouns of the corpus: what is missing is made, what is there by its slug is used."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from articles.management.corpus import words
from articles.management.corpus.plans import Plan
from articles.models import Author, Company, Exchange, Listing, Section, Source, Topic
from articles.models.nouns import Addressed, Mergeable
from articles.text.slugs import make_slug

_EXCHANGES = {
    "XNYS": ("New York Stock Exchange", "NYSE", "America/New_York"),
    "XNAS": ("Nasdaq Stock Market", "NASDAQ", "America/New_York"),
    "XLON": ("London Stock Exchange", "LSE", "Europe/London"),
}
_SOURCE = "Harrow Newswire"


class Cast:
    """Everybody and everything that the stories of the corpus name, in the order of `words`."""

    @transaction.atomic
    def __init__(self) -> None:
        self.reporter = _journalist("corpus-reporter", "Reporter")
        self.copy_editor = _journalist("corpus-copy-editor", "Copy editor")
        self.editor = _journalist("corpus-editor", "Editor")
        self.publisher = _journalist("corpus-publisher", "Publisher")
        self.sections = _keys(
            Section(name=name, slug=make_slug(name), order=order, direction="ltr")
            for order, name in enumerate(words.SECTIONS)
        )
        self.topics = _keys(Topic(name=name, slug=make_slug(name)) for name in words.TOPICS)
        self.authors = _keys(Author(name=name, slug=make_slug(name), role_title=role) for name, role in words.authors())
        self.companies = _companies()
        self.source = Source.objects.get_or_create(
            slug=make_slug(_SOURCE), defaults={"name": _SOURCE, "prefix": f"{_SOURCE} --"}
        )[0].pk

    def content(self, plan: Plan, stories: Mapping[int, int]) -> dict[str, Any]:
        """Return the content of a plan with the keys of its nouns, and of `stories` by number that it relates to."""
        content = plan.content
        return content | {
            "section": self.sections[content["section"]],
            "source": None if content["source"] is None else self.source,
            "bylines": _once([self.authors[place], role] for place, role in content["bylines"]),
            "companies": _once([self.companies[place], role] for place, role in content["companies"]),
            "topics": list(dict.fromkeys(self.topics[place] for place in content["topics"])),
            "related": [stories[number] for number in content["related"]],
        }

    def everything(self) -> list[dict[str, Any]]:
        """Return contents that name every noun."""
        nouns = {
            "bylines": [[key, ""] for key in self.authors],
            "companies": [[key, ""] for key in self.companies],
            "persons": [],
            "topics": self.topics,
            "source": self.source,
            "lead_image": None,
            "body": "",
        }
        return [nouns | {"section": key} for key in self.sections]


def _journalist(username: str, role: str) -> Any:
    """Return a member of the staff who cannot log in."""
    people: Any = get_user_model()._default_manager
    return people.filter(username=username).first() or people.create_journalist(username, role=role)


def _keys[Noun: Addressed](nouns: Iterable[Noun]) -> list[int]:
    """Return the keys of nouns, found by slug or made; one that was merged is what it was merged into."""
    wanted = list(nouns)
    model: Any = type(wanted[0])
    now = Coalesce("merged_into_id", "pk") if issubclass(model, Mergeable) else F("pk")
    rows = model._default_manager.filter(slug__in=[noun.slug for noun in wanted])
    found: dict[str, int] = dict(rows.values_list("slug", now))
    made = model._default_manager.bulk_create([noun for noun in wanted if noun.slug not in found])
    found |= {noun.slug: noun.pk for noun in made}
    return [found[noun.slug] for noun in wanted]


def _companies() -> list[int]:
    exchanges = [
        Exchange.objects.get_or_create(
            mic=mic, defaults={"name": name, "short_name": short_name, "time_zone": time_zone}
        )[0]
        for mic, (name, short_name, time_zone) in _EXCHANGES.items()
    ]
    slugs = {make_slug(name): symbol for name, symbol in words.companies()}
    known = set(Company.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    keys = _keys(Company(name=name, slug=make_slug(name)) for name, _symbol in words.companies())
    # Every tenth company is private.
    Listing.objects.bulk_create(
        Listing(company_id=key, exchange=exchanges[place % 3], symbol=symbol, currency="USD", is_primary=True)
        for place, (key, (slug, symbol)) in enumerate(zip(keys, slugs.items(), strict=True))
        if slug not in known and place % 10
    )
    return keys


def _once(pairs: Iterable[list[Any]]) -> list[list[Any]]:
    """Return pairs of a key and a role with the first of each key: nouns may have been merged."""
    first: dict[int, list[Any]] = {}
    for pair in pairs:
        first.setdefault(pair[0], pair)
    return list(first.values())
