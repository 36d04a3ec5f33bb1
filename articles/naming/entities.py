"""Companies and people by one key for both, as the finder of names and the desk's panel speak of them: "company-12"."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from articles.models import Company, Listing, Person, PersonRole

COMPANY: Final = "company"
PERSON: Final = "person"
_ENTITY: Final = re.compile(r"(company|person)-([1-9][0-9]{0,17})", re.ASCII)


class Named(NamedTuple):
    """Who somebody is, for an editor to choose by: the name, and tickers or a role behind it."""

    entity: str
    name: str
    note: str


def entity_of(kind: str, key: int) -> str:
    """Return the key of a company or a person among both."""
    return f"{kind}-{key}"


def parts_of(entity: object) -> tuple[str, int] | None:
    """Return kind and key of what `entity_of` made, None for anything else."""
    match = _ENTITY.fullmatch(entity) if isinstance(entity, str) else None
    return (match[1], int(match[2])) if match else None


def describe(entities: Iterable[str], on: date) -> Mapping[str, Named]:
    """Return who these are on a day; what is not there any more is left out. Four queries at most."""
    keys: dict[str, set[int]] = {COMPANY: set(), PERSON: set()}
    for kind, key in filter(None, map(parts_of, entities)):
        keys[kind].add(key)
    notes = {COMPANY: tickers_of(keys[COMPANY], on), PERSON: _roles_of(keys[PERSON], on)}
    found: dict[str, Named] = {}
    for kind, model in ((COMPANY, Company), (PERSON, Person)):
        if keys[kind]:
            names = model._default_manager.filter(pk__in=keys[kind]).values_list("pk", "name")
            found |= {
                entity_of(kind, pk): Named(entity_of(kind, pk), name, notes[kind].get(pk, "")) for pk, name in names
            }
    return found


def tickers_of(companies: Iterable[int], on: date) -> dict[int, str]:
    """Return the tickers of companies on a day, the primary one first: "NYSE:BABA, HKEX:9988"."""
    companies = list(companies)
    tickers: dict[int, list[str]] = {}
    if companies:
        rows = Listing.objects.filter(company__in=companies).select_related("exchange")
        for listing in rows.order_by("company", "-is_primary", "exchange__short_name", "symbol"):
            if is_listed(listing, on):
                tickers.setdefault(listing.company_id, []).append(listing.ticker)
    return {company: ", ".join(found) for company, found in tickers.items()}


def is_listed(listing: Listing, on: date) -> bool:
    """Say whether a listing traded on a day, as far as the desk knows."""
    begins, ends = listing.listed_on, listing.delisted_on
    return (begins is None or begins <= on) and (ends is None or on < ends)


def _roles_of(people: Iterable[int], on: date) -> dict[int, str]:
    """Return what people do on a day, the newest role: "chairman, Alibaba Group"."""
    people = list(people)
    roles: dict[int, str] = {}
    if people:
        held = PersonRole.objects.filter(person__in=people).select_related("company")
        for role in held:
            has_begun = role.since_on is None or role.since_on <= on
            if has_begun and (role.until_on is None or role.until_on > on):
                roles.setdefault(role.person_id, f"{role.title}, {role.company.name if role.company else role.body}")
    return roles
