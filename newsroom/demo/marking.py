"""Marking the demo's copy as an editor would: the names that are found in it, and what it says of markets."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from articles.markets.exchanges import calendar
from articles.markets.mentions import NAME, SURNAME, Alias, Finder
from articles.models import Company, Listing, Person
from articles.text.mark_forms import Mention, Named, Statement
from articles.text.marks import Span, set_marks
from articles.text.plain import plain_text
from newsroom.demo.files import dated
from newsroom.demo.sessions import NEW_YORK, at, session_told

_FORMS: Final = frozenset({NAME, SURNAME})


@dataclass(frozen=True, slots=True)
class Said:
    """What a story says of a listing, as its front matter gives it: the words as they stand in the body."""

    words: str
    statement: Statement


class Marker:
    """Marks bodies with the companies and people of the demo."""

    def __init__(self, companies: Mapping[str, Company], persons: Mapping[str, Person]) -> None:
        """Learn their names."""
        listings = Listing.objects.filter(company__in=[company.pk for company in companies.values()])
        self.listings = {f"{row.exchange.mic}:{row.symbol}": row for row in listings.select_related("exchange")}
        self._finder = Finder([*_of_companies(companies.values()), *_of_people(persons.values())])

    def marked(self, body: str, on: date, known: Iterable[int], said: Iterable[Said] = ()) -> str:
        """Return a body with each company and person marked where it is named, and what is said of a listing."""
        text = plain_text(body)
        spans = [_span(text, one) for one in said]
        entities: list[Hashable] = [("company", key) for key in known]
        for found in self._finder.find(text, on, known=entities):
            if found.form in _FORMS and isinstance(found.chosen, tuple):
                kind, key = found.chosen
                spans.append(Span(found.start, found.end, Mention(kind, key)))
        return set_marks(body, spans)

    def read(self, row: Mapping[str, Any], released: datetime, language: str) -> Said:
        """Return what a row of a story's front matter says: of a time in the session it tells of, or of a close."""
        listing = self.listings[row["listing"]]
        if "time" in row:
            moment = at(session_told(released), time.fromisoformat(row["time"]))
        else:
            moment = calendar(listing.exchange.mic).last_close(released)
        statement = Statement(
            listing=listing.pk,
            measure=row["measure"],
            value=row["value"],
            direction=row["direction"],
            as_of=moment,
            session=row["session"],
            unit=row.get("unit", ""),
        )
        return Said(dated(row["words"], released, NEW_YORK, language), statement)


def _span(text: str, said: Said) -> Span:
    """Return the place of what is said. Raises `ValueError` where the text does not say it."""
    start = text.index(said.words)
    return Span(start, start + len(said.words), said.statement)


def _of_companies(companies: Iterable[Company]) -> Iterable[Alias]:
    for company in companies:
        tickers = [(listing.symbol, listing.exchange.mic) for listing in company.listings.select_related("exchange")]
        for name in dict.fromkeys([company.name, company.legal_name, *company.aliases]):
            for symbol, mic in tickers or [("", "")]:
                yield _alias(name, "company", company.pk, symbol, mic)


def _of_people(persons: Iterable[Person]) -> Iterable[Alias]:
    for person in persons:
        for name in (person.name, *person.aliases):
            yield _alias(name, "person", person.pk)


def _alias(name: str, kind: Named, key: int, symbol: str = "", mic: str = "") -> Alias:
    return Alias(name=name, entity=(kind, key), kind=kind, symbol=symbol, mic=mic)
