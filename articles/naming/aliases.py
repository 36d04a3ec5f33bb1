"""All names by which copy may call companies and people, from the database."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from articles.markets.mentions import Alias
from articles.models import AliasRule, Company, CompanyName, Listing, Person
from articles.naming.entities import COMPANY, PERSON, entity_of

_BATCH = 5_000
_DAY = timedelta(days=1)


def read_aliases() -> Iterator[Alias]:
    """Yield every name, ticker and rule; six queries, streamed."""
    listings = _listings()
    former = _former_names()
    companies = Company.objects.filter(merged_into__isnull=True).order_by()
    columns = companies.values_list("pk", "name", "legal_name", "aliases")
    for pk, name, legal_name, aliases in columns.iterator(chunk_size=_BATCH):
        yield from _of_company(entity_of(COMPANY, pk), [name, legal_name, *aliases], listings.pop(pk, []))
        for other, from_on, until_on in former.pop(pk, []):
            yield Alias(other, entity_of(COMPANY, pk), from_on=from_on, until_on=until_on)
    people = Person.objects.filter(merged_into__isnull=True).order_by().values_list("pk", "name", "aliases")
    for pk, name, aliases in people.iterator(chunk_size=_BATCH):
        yield from (Alias(other, entity_of(PERSON, pk), kind=PERSON) for other in dict.fromkeys([name, *aliases]))
    yield from _rules()


type _Listed = tuple[str, str, date | None, date | None]


def _listings() -> dict[int, list[_Listed]]:
    rows = Listing.objects.order_by("company", "-is_primary", "pk").values_list(
        "company", "symbol", "exchange__mic", "listed_on", "delisted_on"
    )
    found: dict[int, list[_Listed]] = {}
    for company, *listed in rows.iterator(chunk_size=_BATCH):
        symbol, mic, listed_on, delisted_on = listed
        # The day on which a listing ends is the first without it.
        last_on = delisted_on - _DAY if delisted_on else None
        found.setdefault(company, []).append((symbol, mic, listed_on, last_on))
    return found


def _former_names() -> dict[int, list[tuple[str, date | None, date | None]]]:
    found: dict[int, list[Any]] = {}
    rows = CompanyName.objects.order_by().values_list("company", "name", "from_on", "until_on")
    for company, *name in rows.iterator(chunk_size=_BATCH):
        found.setdefault(company, []).append(tuple(name))
    return found


def _of_company(entity: str, names: list[str], listings: list[_Listed]) -> Iterator[Alias]:
    """Yield the names of a company, then its tickers, each once."""
    yield from (Alias(name, entity) for name in dict.fromkeys(filter(None, names)))
    for symbol, mic, from_on, until_on in listings:
        yield Alias("", entity, symbol=symbol, mic=mic, from_on=from_on, until_on=until_on)


def _rules() -> Iterator[Alias]:
    """Yield what the desk has decided: of whom words are always the name, and of whom never."""
    about_somebody = AliasRule.objects.exclude(company=None, person=None)
    for words, company, person, verdict in about_somebody.values_list("words", "company", "person", "verdict"):
        kind, key = (COMPANY, company) if company else (PERSON, person)
        yield Alias(words, entity_of(kind, key), kind=kind, rule=verdict)
