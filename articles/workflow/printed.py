"""What an edition prints from other tables: names, roles, tickers, credit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from articles.models import Author, Company, Image, Listing, Person, Section, Source, Topic
from articles.models.nouns import Mergeable
from articles.text.marks import marked
from articles.workflow.content import Content
from articles.workflow.marking import follow_marks


@dataclass(frozen=True, slots=True)
class Nouns:
    """Every noun that some contents name, by key; merged ones stand for what they are now."""

    authors: dict[int, Author]
    companies: dict[int, Company]
    tickers: dict[int, list[str]]
    listings: dict[int, int]
    persons: dict[int, Person]
    topics: dict[int, Topic]
    sections: dict[int, Section]
    sources: dict[int, Source]
    images: dict[int, Image]

    @classmethod
    def of(cls, contents: Iterable[Content]) -> "Nouns":
        """Load the nouns that all these contents list and mark; eight or nine queries however many they are."""
        every = list(contents)
        keys = _marked(every)
        listings = _companies_of(keys["statement"])
        listed = {pk for content in every for pk, _role in content["companies"]}
        companies = _as_they_are(Company, listed | keys["company"] | set(listings.values()))
        persons = {pk for content in every for pk in content["persons"]}
        return cls(
            authors=_as_they_are(Author, {pk for content in every for pk, _role in content["bylines"]}),
            companies=companies,
            tickers=_tickers({company.pk for company in companies.values()}),
            listings=listings,
            persons=_as_they_are(Person, persons | keys["person"]),
            topics=_as_they_are(Topic, {pk for content in every for pk in content["topics"]}),
            sections=Section.objects.in_bulk({content["section"] for content in every} - {None}),
            sources=Source.objects.in_bulk({content["source"] for content in every} - {None}),
            images=Image.objects.in_bulk({content["lead_image"] for content in every} - {None}),
        )

    def follow_merges(self, content: Content) -> Content:
        """Return the content with what was merged replaced, none named twice, and all that the body marks named."""
        content = {
            **content,
            "bylines": _once([[self.authors[pk].pk, role] for pk, role in content["bylines"]]),
            "companies": _once([[self.companies[pk].pk, role] for pk, role in content["companies"]]),
            "persons": list(dict.fromkeys(self.persons[pk].pk for pk in content["persons"])),
            "topics": list(dict.fromkeys(self.topics[pk].pk for pk in content["topics"])),
        }
        return follow_marks(content, self)

    def company(self, key: int) -> int | None:
        """Return the company, or the one that it was merged into."""
        return self.companies[key].pk if key in self.companies else None

    def person(self, key: int) -> int | None:
        """Return the person, or the one that they were merged into."""
        return self.persons[key].pk if key in self.persons else None

    def listed(self, key: int) -> int | None:
        """Return the company of a listing."""
        return self.listings.get(key)

    def names(self, company: int) -> Iterable[str]:
        """Return the names by which copy may call a company."""
        found = self.companies[company]
        return (found.name, found.legal_name, *found.aliases)

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


def _marked(contents: Iterable[Content]) -> dict[str, set[int]]:
    """Return the keys that bodies mark, by the kind of their marks."""
    found: dict[str, set[int]] = {"company": set(), "person": set(), "statement": set()}
    for mark in (mark for content in contents for mark in marked(content["body"])):
        found[mark.kind].add(mark.key)
    return found


def _companies_of(listings: set[int]) -> dict[int, int]:
    return dict(Listing.objects.filter(pk__in=listings).values_list("pk", "company_id")) if listings else {}


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
