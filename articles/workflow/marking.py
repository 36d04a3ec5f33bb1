"""Name with a story whom its body marks: what an editor confirms in the copy stands in the story's lists."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.db.models import Value
from django.db.models.functions import Coalesce

from articles.models import Company, Listing, Person
from articles.states import CompanyRole
from articles.text.mark_forms import Form, Statement
from articles.text.marks import Mark, change_marks, marked
from articles.text.word_bounds import is_subject
from articles.workflow.content import Content


class Known(Protocol):
    """What nouns are by now: each method takes a key and returns that of the noun, None for one that is gone."""

    def company(self, key: int) -> int | None:
        """Return the company, or the one that it was merged into."""

    def person(self, key: int) -> int | None:
        """Return the person, or the one that they were merged into."""

    def listed(self, key: int) -> int | None:
        """Return the company of a listing."""

    def names(self, company: int) -> Iterable[str]:
        """Return the names by which copy may call a company."""


def follow_marks(content: Content, known: Known) -> Content:
    """Return content whose body marks nouns as what they are by now, and whose lists name them all.

    Nothing is taken from the lists. A company that joins them is a subject of the story where the first paragraph or
    the headline names it. Words that mark what is gone are marked no longer.
    """

    def as_it_is(mark: Mark) -> Form | None:
        form = mark.form
        if isinstance(form, Statement):
            return form if known.listed(form.listing) else None
        key = known.company(form.key) if form.kind == "company" else known.person(form.key)
        return replace(form, key=key) if key else None

    body = change_marks(content["body"], as_it_is)
    marks = marked(body)
    return {
        **content,
        "body": body,
        "companies": content["companies"] + _joining(content, marks, known),
        "persons": list(dict.fromkeys([*content["persons"], *(mark.key for mark in marks if mark.kind == "person")])),
    }


def name_marked(content: Content) -> Content:
    """Return clean content, whole, as `follow_marks` does; two queries at most, none without marks."""
    marks = marked(content["body"])
    return follow_marks(content, _Stored.of(content, marks)) if marks else content


def role_of(headline: str, names: Iterable[str], *, opens: bool) -> CompanyRole:
    """Return the role of a company that the text names, in its first paragraph (`opens`) or further down."""
    return CompanyRole.SUBJECT if is_subject(headline, names, opens=opens) else CompanyRole.MENTIONED


def _joining(content: Content, marks: Iterable[Mark], known: Known) -> list[list[Any]]:
    """Return the companies of marks that the story does not list, with their roles, in the order of the text."""
    listed = {pk for pk, _role in content["companies"]}
    opens: dict[int, bool] = {}
    for mark in marks:
        key = known.listed(mark.key) if mark.kind == "statement" else mark.key
        if mark.kind != "person" and key and key not in listed:
            opens[key] = opens.get(key, False) or mark.opens
    headline = content["headline"]
    return [[key, role_of(headline, known.names(key), opens=first).value] for key, first in opens.items()]


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the database says of the nouns that a body marks and the story does not list."""

    companies: dict[int, int]
    persons: dict[int, int]
    listings: dict[int, int]
    called: dict[int, tuple[str, ...]]

    @classmethod
    def of(cls, content: Content, marks: Iterable[Mark]) -> "_Stored":
        """Ask for them; what the story lists is known to be there, and to be merged into nothing."""
        keys: dict[str, set[int]] = {"company": set(), "person": set(), "statement": set()}
        for mark in marks:
            keys[mark.kind].add(mark.key)
        listed, persons = {pk for pk, _role in content["companies"]}, set(content["persons"])
        found = cls({pk: pk for pk in listed}, {pk: pk for pk in persons}, {}, {})
        found._ask_companies(keys["company"] - listed, keys["statement"])
        now = Coalesce("merged_into_id", "pk")
        found.persons.update(Person.objects.filter(pk__in=keys["person"] - persons).values_list("pk", now))
        return found

    def _ask_companies(self, keys: set[int], listings: set[int]) -> None:
        by_key = Company.objects.filter(pk__in=keys).values_list(
            Value("company"), "pk", Coalesce("merged_into_id", "pk"), "name", "legal_name", "aliases"
        )
        of_listings = Listing.objects.filter(pk__in=listings).values_list(
            Value("listing"), "pk", "company_id", "company__name", "company__legal_name", "company__aliases"
        )
        for kind, key, company, name, legal_name, aliases in by_key.order_by().union(of_listings.order_by(), all=True):
            (self.companies if kind == "company" else self.listings)[key] = company
            self.called[company] = (*self.called.get(company, ()), name, legal_name, *aliases)

    def company(self, key: int) -> int | None:
        """Return the company, or the one that it was merged into."""
        return self.companies.get(key)

    def person(self, key: int) -> int | None:
        """Return the person, or the one that they were merged into."""
        return self.persons.get(key)

    def listed(self, key: int) -> int | None:
        """Return the company of a listing."""
        return self.listings.get(key)

    def names(self, company: int) -> Iterable[str]:
        """Return the names by which copy may call a company."""
        return self.called.get(company, ())
