"""What tests of the public stamp share: what it is now, and every public noun with another value for each field."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.apps import apps
from django.db import connection, connections, models

from articles import reading
from articles.models import (
    CompanyName,
    Edition,
    EditionAuthor,
    EditionCompany,
    EditionPerson,
    EditionTopic,
    ExchangeDay,
    Listing,
    PersonRole,
    Redirect,
)
from articles.models.constraints import Frozen
from articles.models.stamp import PUBLIC, NounChange, PublicStamp
from newsroom.roles import Role
from tests.factories import author, company, draft, exchange, image, live, person, section, somebody, source, topic

#: Seconds that a test waits for another thread.
PATIENCE = 20
#: Before everything that the tests write, so that no instant passes between two looks at the stamp.
AT = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Seen:
    """The stamp as a test sees it; `changes` are the nouns noted, with their counters."""

    token: str
    counter: int
    nonce: str
    changes: dict[str, int]

    def is_before(self, later: "Seen") -> bool:
        """Say whether `later` is another stamp in all its parts. Two that are neither equal nor this are a defect."""
        apart = self.token != later.token and self.nonce != later.nonce and self.counter < later.counter
        assert apart or self == later, (self, later)
        return apart

    def noted_until(self, later: "Seen") -> set[str]:
        """Return the nouns that were noted after this, all of them with a counter of their own time."""
        found = {noun for noun, counter in later.changes.items() if self.changes.get(noun) != counter}
        assert all(self.counter < later.changes[noun] <= later.counter for noun in found)
        return found


def seen(at: datetime = AT) -> Seen:
    """Return the stamp as it is now."""
    stamp = reading.stamp(at)
    counter, nonce = PublicStamp.objects.values_list("counter", "nonce").first() or (0, "")
    assert counter == stamp.counter
    return Seen(stamp.token, counter, nonce, dict(NounChange.objects.values_list("noun", "counter")))


def model_of(noun: str) -> type[models.Model]:
    """Return the model of a public noun."""
    return apps.get_model("articles", noun)


def fields_of(noun: str) -> list[Any]:
    """Return the columns of a public noun but its key."""
    return [field for field in model_of(noun)._meta.local_concrete_fields if not field.primary_key]


def noted_for(noun: str, row: Any) -> set[str]:
    """Return the keys of the nouns whose change a change of this row is."""
    return {f"{name}-{row.pk if field == 'id' else getattr(row, f'{field}_id')}" for name, field in PUBLIC[noun].noted}


def _redirect() -> Redirect:
    return Redirect.objects.create(path="/davos/", topic=topic())


def _role() -> PersonRole:
    return PersonRole.objects.create(person=somebody(), body="A university", title="dean")


def _listing() -> Listing:
    return Listing.objects.get(company=company("", "NYSE:BABA"))


def _edition() -> Any:
    live(companies=[company()], persons=[somebody()], topics=[topic()])
    return Edition.objects.get()


#: A row of every public noun.
ROWS: dict[str, Callable[[], Any]] = {
    "section": section,
    "author": author,
    "topic": topic,
    "company": lambda: company(from_reference=True),
    "listing": _listing,
    "companyname": lambda: CompanyName.objects.create(company=company(), name="Former"),
    "exchange": exchange,
    "exchangeday": lambda: ExchangeDay.objects.create(exchange=exchange(), date=date(2026, 12, 25), name="Christmas"),
    "person": somebody,
    "personrole": _role,
    "source": source,
    "image": image,
    "redirect": _redirect,
    "edition": _edition,
    "editionauthor": lambda: EditionAuthor.objects.get(edition=_edition()),
    "editioncompany": lambda: EditionCompany.objects.get(edition=_edition()),
    "editionperson": lambda: EditionPerson.objects.get(edition=_edition()),
    "editiontopic": lambda: EditionTopic.objects.get(content_object=_edition()),
}
#: Another value for every field of the nouns of which some fields are printed.
OTHERS: dict[str, dict[str, Callable[[], Any]]] = {
    "section": {
        "name": lambda: "Other",
        "slug": lambda: "other",
        "order": lambda: 9,
        "language": lambda: "de",
        "direction": lambda: "rtl",
        "description": lambda: "Other.",
        "ticker_form": lambda: "symbol",
    },
    "author": {
        "name": lambda: "Other",
        "slug": lambda: "other",
        "merged_into": author,
        "role_title": lambda: "Editor",
        "bio": lambda: "Other.",
        "portrait": lambda: "portraits/other/face.jpg",
        "email": lambda: "other@example.com",
        "links": lambda: ["https://example.com/other"],
        "active": lambda: False,
        "journalist": lambda: person(Role.REPORTER),
    },
    "topic": {
        "name": lambda: "Other",
        "slug": lambda: "other",
        "merged_into": topic,
        "description": lambda: "Other.",
    },
    "company": {
        "name": lambda: "Other",
        "slug": lambda: "other",
        "merged_into": company,
        "legal_name": lambda: "Other AG",
        "aliases": lambda: ["Another"],
        "description": lambda: "Other.",
        "website": lambda: "https://example.com/other",
        "country": lambda: "DE",
        "lei": lambda: "5493001NTNQJDH60PM02",
        "cik": lambda: 77,
        "filed_as": lambda: "other",
        "from_reference": lambda: False,
        "kind": lambda: "index",
    },
    "companyname": {
        "company": company,
        "name": lambda: "Other",
        "from_on": lambda: date(2026, 1, 2),
        "until_on": lambda: date(2026, 1, 3),
    },
    "person": {
        "name": lambda: "Other",
        "slug": lambda: "other",
        "merged_into": somebody,
        "aliases": lambda: ["Another"],
        "biography": lambda: "Other.",
        "portrait": lambda: "portraits/other/face.jpg",
        "portrait_credit": lambda: "Other",
        "filed_as": lambda: "other",
    },
    "personrole": {
        "person": somebody,
        "company": company,
        "body": lambda: "Other University",
        "title": lambda: "professor",
        "since_on": lambda: date(2026, 1, 2),
        "until_on": lambda: date(2026, 1, 3),
    },
    "listing": {
        "company": company,
        "exchange": lambda: exchange("HKEX"),
        "symbol": lambda: "9988",
        "currency": lambda: "HKD",
        "isin": lambda: "KYG017191142",
        "is_primary": lambda: False,
        "listed_on": lambda: date(2026, 1, 2),
        "delisted_on": lambda: date(2026, 1, 3),
        "share_class": lambda: "B",
        "price_unit": lambda: "GBX",
        "is_watched": lambda: True,
    },
    "exchangeday": {
        "exchange": lambda: exchange("HKEX"),
        "date": lambda: date(2026, 1, 2),
        "closes_at": lambda: time(13),
        "hours": lambda: [["10:00", "16:30"]],
        "name": lambda: "Other",
        "by_hand": lambda: False,
    },
    "exchange": {
        "mic": lambda: "XOTH",
        "name": lambda: "Other Exchange",
        "short_name": lambda: "OTH",
        "time_zone": lambda: "Europe/Berlin",
        "city": lambda: "Berlin",
        "country": lambda: "DE",
        "currency": lambda: "EUR",
        "hours": lambda: {"regular": [["09:00", "17:30"]]},
        "delay_minutes": lambda: 20,
    },
    "source": {
        "name": lambda: "Other",
        "slug": lambda: "other",
        "prefix": lambda: "Other --",
        "is_own_desk": lambda: True,
        "licence_note": lambda: "Other.",
        "canonical_rule": lambda: "original",
    },
    "image": {
        "title": lambda: "Other",
        "file": lambda: str(image("", "other.jpg").file.name),
        "width": lambda: 1,
        "height": lambda: 1,
        "rendition_widths": lambda: [480],
        "alt": lambda: "Other",
        "caption": lambda: "Other.",
        "credit": lambda: "Other",
        "uploaded_by": lambda: person(Role.REPORTER),
        "uploaded_at": lambda: datetime(2025, 1, 1, tzinfo=UTC),
    },
    "redirect": {
        "path": lambda: "/other/",
        "section": section,
        "author": author,
        "company": company,
        "topic": topic,
        "person": somebody,
        "article": draft,
    },
}


def _save(row: Any, field: str, value: Any) -> None:
    setattr(row, field, value)
    row.save()


def _save_field(row: Any, field: str, value: Any) -> None:
    setattr(row, field, value)
    row.save(update_fields=[field])


def _update(row: Any, field: str, value: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**{field: value})


def _bulk_update(row: Any, field: str, value: Any) -> None:
    setattr(row, field, value)
    type(row)._default_manager.bulk_update([row], [field])


def _upsert(row: Any, field: str, value: Any) -> None:
    setattr(row, field, value)
    type(row)._default_manager.bulk_create([row], update_conflicts=True, update_fields=[field], unique_fields=["id"])


def _raw(row: Any, field: str, value: Any) -> None:
    column = row._meta.get_field(field)
    stored = column.get_db_prep_save(getattr(value, "pk", value), connection)
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{row._meta.db_table}" SET "{column.column}" = %s WHERE id = %s', [stored, row.pk])


#: Every way of changing a field of a row.
WRITES: dict[str, Callable[[Any, str, Any], None]] = {
    "save": _save,
    "save of the field": _save_field,
    "update": _update,
    "bulk update": _bulk_update,
    "upsert": _upsert,
    "raw": _raw,
}


def thaw(model: type[models.Model]) -> None:
    """Take the trigger of a frozen table away for the rest of the transaction, as an erasure by law would."""
    seen()  # PostgreSQL alters no table for which triggers wait
    for constraint in model._meta.constraints:
        if isinstance(constraint, Frozen):
            table = f'ON "{model._meta.db_table}"' if connection.vendor == "postgresql" else ""
            with connection.cursor() as cursor:
                cursor.execute(f'DROP TRIGGER "{constraint.name}" {table}')


@contextmanager
def aside(*acts: Callable[[], Any]) -> Iterator[None]:
    """Do acts in threads with connections of their own, and wait for them at the end; what fails there fails here."""

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        futures = [pool.submit(run, act) for act in acts]
        yield
        for future in futures:
            future.result(PATIENCE)
