"""What a reference file changes of what an earlier one said: names, and listings that end. All else is the desk's."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from articles.management.loading import UnreadableFile
from articles.markets.company_names import name_key
from articles.markets.symbols import symbol_key
from articles.models import Company, CompanyName, FileRecord, Listing

_FILE: Final = "file"
_COMPANY: Final = "company"
_LISTING: Final = "listing"


class WrongDay(UnreadableFile):
    """A file of this day would make history of what came later. The message says what to do."""


def begin(source: str, as_of: date) -> None:
    """Note the day of a file before it is loaded, once for each kind of file. Raises `WrongDay`.

    A file of the same day may be loaded again: a run that was interrupted goes on.
    """
    if as_of > timezone.localdate():
        raise WrongDay(f"The file is as of {as_of}, which is still to come: give its day with --as-of.")
    with transaction.atomic():
        record, _made = FileRecord.objects.select_for_update().get_or_create(noun=_FILE, row=0)
        newest = record.said.get(source, "")
        if newest > as_of.isoformat():
            raise WrongDay(
                f"A file as of {newest} has been loaded before. One as of {as_of} would undo what has changed since: "
                "give its day with --as-of if it is newer, and load files in the order of their days."
            )
        if newest != as_of.isoformat():
            record.said[source] = as_of.isoformat()
            record.save()


class History:
    """The changes of some companies and listings as of a day, by one kind of file (`source`)."""

    def __init__(self, source: str, as_of: date) -> None:
        self._source, self.as_of = source, as_of
        self._said: dict[tuple[str, int], FileRecord] = {}
        self._noted: list[tuple[str, Any, Any]] = []
        self._renamed: list[Company] = []
        self._former: list[CompanyName] = []
        self._ended: list[Listing] = []

    def remember(self, companies: Iterable[Company], listings: Iterable[Listing]) -> None:
        """Read what files have said of these before."""
        keys = {_COMPANY: [row.pk for row in companies], _LISTING: [row.pk for row in listings]}
        for noun, rows in keys.items():
            for record in FileRecord.objects.filter(noun=noun, row__in=rows):
                self._said[noun, record.row] = record

    def said_of(self, company: Company) -> dict[str, str]:
        """Return the names of a company by the kinds of files that gave them."""
        record = self._said.get((_COMPANY, company.pk))
        return record.said if record else {}

    def gave(self, listing: Listing) -> bool:
        """Say whether a listing came from a file of this kind, so that a later one may end it."""
        record = self._said.get((_LISTING, listing.pk))
        return bool(record and record.said.get("source") == self._source)

    def has_ended(self, listing: Listing) -> bool:
        """Say whether a file of this kind ended a listing, so that a later one may begin it again."""
        record = self._said.get((_LISTING, listing.pk))
        ended = record.said.get("ended") if record and self.gave(listing) else None
        return ended is not None and listing.delisted_on is not None and ended == listing.delisted_on.isoformat()

    def name(self, company: Company, name: str) -> bool:
        """Note the name that the file gives; say whether it is another than before.

        The former one is kept with the day until which it was used. A name that the desk has typed stays.
        """
        former = self.said_of(company).get(self._source)
        if former == name:
            return False
        self._noted.append((_COMPANY, company, {**self.said_of(company), self._source: name}))
        if former is None or name_key(former) == name_key(name):
            return False
        self._former.append(CompanyName(company=company, name=former, until_on=self.as_of))
        if company.name == former:
            company.name = name
        self._renamed.append(company)
        return True

    def give(self, listings: Iterable[Listing]) -> None:
        """Note that these listings, not written yet, come from a file of this kind."""
        self._noted += ((_LISTING, listing, {"source": self._source}) for listing in listings)

    def may_end(self, listing: Listing) -> bool:
        """Say whether a listing can end on the day of the file."""
        return listing.listed_on is None or listing.listed_on <= self.as_of

    def end(self, listing: Listing) -> None:
        """Let a listing end: the day of the file is the first without it."""
        listing.delisted_on = self.as_of
        self._ended.append(listing)
        self._noted.append((_LISTING, listing, {"source": self._source, "ended": self.as_of.isoformat()}))

    def write_changes(self) -> None:
        """Write ends and names; before new listings are written, for a symbol has one holder at a time."""
        Listing.objects.bulk_update(self._ended, ["delisted_on"])
        Company.objects.bulk_update(self._renamed, ["name"])
        known = _known_names(self._former)
        CompanyName.objects.bulk_create(
            former for former in self._former if (former.company_id, former.name) not in known
        )

    def write_records(self) -> None:
        """Write what the file has said; after new rows are written."""
        FileRecord.objects.bulk_create(
            (FileRecord(noun=noun, row=row.pk, said=said) for noun, row, said in self._noted),
            update_conflicts=True,
            unique_fields=["noun", "row"],
            update_fields=["said"],
        )


def end_missing(source: str, mics: Iterable[str], present: set[tuple[str, str]], as_of: date) -> int:
    """End the listings that a kind of file gave and that its latest lacks; return how many."""
    history = History(source, as_of)
    rows = Listing.objects.filter(exchange__mic__in=list(mics)).on(as_of).filter(delisted_on__isnull=True)
    given = _given_by(source)
    missing = [
        listing
        for listing in rows.select_related("exchange")
        if listing.pk in given and (listing.exchange.mic, symbol_key(listing.symbol)) not in present
    ]
    with transaction.atomic():
        for listing in missing:
            history.end(listing)
        history.write_changes()
        history.write_records()
    return len(missing)


def _given_by(source: str) -> set[int]:
    """Return the keys of all listings that came from a kind of file."""
    records = FileRecord.objects.filter(noun=_LISTING).values_list("row", "said")
    return {row for row, said in records.iterator(chunk_size=5000) if said.get("source") == source}


def _known_names(former: Sequence[CompanyName]) -> set[tuple[int, str]]:
    """Return the names that are there without an end, or with this one."""
    if not former:
        return set()
    companies = {name.company_id for name in former}
    rows = CompanyName.objects.filter(company__in=companies)
    return {
        (company, name)
        for company, name, until_on in rows.values_list("company", "name", "until_on")
        if until_on is None or until_on == former[0].until_on
    }
