"""From rows to records of what bodies mark: people, listings that statements speak of, and who was merged into whom."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from articles import records
from articles.models import Company, Edition, EditionPerson, Listing, Person
from articles.text.marks import marked


def persons_of(editions: Iterable[Edition]) -> dict[int, tuple[records.Person, ...]]:
    """Return the people of many editions by their keys, in one query; see `with_former`."""
    editions = list(editions)
    rows = EditionPerson.objects.filter(edition__in=[edition.pk for edition in editions])
    found: dict[int, dict[int, records.Person]] = {}
    for row in rows.select_related("person").order_by("position", "pk"):
        found.setdefault(row.edition_id, {}).setdefault(row.person_id, person_record(row.person))
    return with_former(Person, {edition: tuple(named.values()) for edition, named in found.items()}, editions)


def persons_by_key(keys: Sequence[int]) -> tuple[records.Person, ...]:
    """Return people in the order of their keys, for a preview."""
    rows = Person.objects.in_bulk(keys)
    return tuple(person_record(rows[key]) for key in keys if key in rows)


def person_record(person: Person) -> records.Person:
    """Return somebody whom a story names."""
    return records.Person(
        id=person.pk, name=person.name, path=person.path, names=tuple(dict.fromkeys((person.name, *person.aliases)))
    )


def stated_in(editions: Iterable[Edition]) -> dict[int, tuple[records.StatedListing, ...]]:
    """Return the listings that market statements of many editions speak of, in one query, none without statements."""
    keys = {edition.pk: stated_keys(edition.body) for edition in editions}
    wanted = {key for of_edition in keys.values() for key in of_edition}
    if not wanted:
        return {}
    rows = Listing.objects.filter(pk__in=wanted).select_related("exchange").in_bulk()
    listings = {
        key: records.StatedListing(id=key, ticker=row.ticker, zone=row.exchange.time_zone) for key, row in rows.items()
    }
    return {
        edition: tuple(listings[key] for key in of_edition if key in listings)
        for edition, of_edition in keys.items()
        if of_edition
    }


def stated_keys(body: str) -> list[int]:
    """Return the keys of the listings that market statements of a body speak of, each once."""
    if "<data " not in body:
        return []
    return list(dict.fromkeys(mark.key for mark in marked(body) if mark.kind == "statement"))


def with_former[Noun: (records.Company, records.Person)](
    model: type[Company] | type[Person], named: dict[int, tuple[Noun, ...]], editions: Iterable[Edition]
) -> dict[int, tuple[Noun, ...]]:
    """Return the nouns of editions, each with the keys by which a body marks it that was written before a merge.

    One query, and none as long as every mark is of a noun that the edition names.
    """
    kind = str(model._meta.model_name)
    unknown: set[int] = set()
    for edition in editions:
        if f' data-{kind}="' in edition.body:
            known = {noun.id for noun in named.get(edition.pk, ())}
            unknown |= {mark.key for mark in marked(edition.body) if mark.kind == kind} - known
    if not unknown:
        return named
    former = _merged(model, unknown)
    return {
        edition: tuple(replace(noun, former=former.get(noun.id, ())) for noun in nouns)
        for edition, nouns in named.items()
    }


def _merged(model: type[Company] | type[Person], keys: set[int]) -> dict[int, tuple[int, ...]]:
    """Return which of the keys are those of nouns that were merged, by the key of what they were merged into."""
    rows: Any = model._default_manager.filter(pk__in=keys, merged_into__isnull=False)
    found: dict[int, tuple[int, ...]] = {}
    for key, into in rows.order_by("pk").values_list("pk", "merged_into_id"):
        found[into] = (*found.get(into, ()), key)
    return found
