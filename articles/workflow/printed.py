"""What an edition prints from other tables: names, roles, tickers, credit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from articles.models import Author, Company, Image, Listing, Person, Section, Source, Topic
from articles.models.nouns import Mergeable
from articles.workflow.content import Content


@dataclass(frozen=True, slots=True)
class Nouns:
    """Every noun that some contents name, by key; merged ones stand for what they are now."""

    authors: dict[int, Author]
    companies: dict[int, Company]
    tickers: dict[int, list[str]]
    persons: dict[int, Person]
    topics: dict[int, Topic]
    sections: dict[int, Section]
    sources: dict[int, Source]
    images: dict[int, Image]

    @classmethod
    def of(cls, contents: Iterable[Content]) -> "Nouns":
        """Load the nouns of all these contents; eight queries however many they are."""
        every = list(contents)
        companies = _as_they_are(Company, {pk for content in every for pk, _role in content["companies"]})
        return cls(
            authors=_as_they_are(Author, {pk for content in every for pk, _role in content["bylines"]}),
            companies=companies,
            tickers=_tickers({company.pk for company in companies.values()}),
            persons=_as_they_are(Person, {pk for content in every for pk in content["persons"]}),
            topics=_as_they_are(Topic, {pk for content in every for pk in content["topics"]}),
            sections=Section.objects.in_bulk({content["section"] for content in every} - {None}),
            sources=Source.objects.in_bulk({content["source"] for content in every} - {None}),
            images=Image.objects.in_bulk({content["lead_image"] for content in every} - {None}),
        )

    def follow_merges(self, content: Content) -> Content:
        """Return the content with what was merged replaced, and none named twice."""
        return {
            **content,
            "bylines": _once([[self.authors[pk].pk, role] for pk, role in content["bylines"]]),
            "companies": _once([[self.companies[pk].pk, role] for pk, role in content["companies"]]),
            "persons": list(dict.fromkeys(self.persons[pk].pk for pk in content["persons"])),
            "topics": list(dict.fromkeys(self.topics[pk].pk for pk in content["topics"])),
        }

    def printed(self, content: Content) -> dict[str, Any]:
        """Return what stands on the page beside the words: the value of `Edition.printed`."""
        section = self.sections.get(content["section"])
        source = self.sources.get(content["source"])
        image = self.images.get(content["lead_image"])
        return {
            "bylines": [
                {"id": pk, "name": author.name, "role": role, "role_title": author.role_title}
                for pk, role in content["bylines"]
                if (author := self.authors[pk])
            ],
            "companies": [
                {"id": pk, "name": self.companies[pk].name, "role": role, "tickers": self.tickers.get(pk, [])}
                for pk, role in content["companies"]
            ],
            "persons": [{"id": pk, "name": self.persons[pk].name} for pk in content["persons"]],
            "topics": [{"id": pk, "name": self.topics[pk].name} for pk in content["topics"]],
            "related": content["related"],
            "section": {"id": section.pk, "name": section.name, "slug": section.slug} if section else None,
            "source": {"id": source.pk, "name": source.name, "prefix": source.prefix} if source else None,
            "picture": (
                {"id": image.pk, "alt": image.alt, "caption": image.caption, "credit": image.credit} if image else None
            ),
        }


def _as_they_are[Noun: Mergeable](model: type[Noun], keys: set[int]) -> dict[int, Noun]:
    """Return nouns by key, a merged one as the noun it went into; those are under their own keys too."""
    rows = model._default_manager.select_related("merged_into").filter(pk__in=keys)
    found: dict[int, Any] = {row.pk: row.merged_into or row for row in rows}
    return found | {noun.pk: noun for noun in found.values()}


def _tickers(companies: set[int]) -> dict[int, list[str]]:
    current = Listing.objects.filter(company__in=companies, delisted_on__isnull=True).select_related("exchange")
    found: dict[int, list[str]] = {}
    for listing in current.order_by("-is_primary", "pk"):
        found.setdefault(listing.company_id, []).append(listing.ticker)
    return found


def _once(pairs: list[list[Any]]) -> list[list[Any]]:
    first: dict[Any, list[Any]] = {}
    for pair in pairs:
        first.setdefault(pair[0], pair)
    return list(first.values())
