"""Securities of an exchange's file, into the newsroom: listings, and companies for those that have none.

A listing is known by its symbol, a company by a listing or by its name without legal forms. Several classes of shares
are one company's. What came from an earlier file follows the later one and keeps its history; all else is the desk's.
"""

from collections.abc import Sequence
from datetime import date
from itertools import batched
from typing import Final

from django.db import transaction

from articles.management.exchanges import values_of
from articles.management.history import History, begin, end_missing
from articles.management.known_companies import KnownCompanies, NotOne
from articles.management.listing_file import ListedSecurity
from articles.management.loading import Refuse, Totals
from articles.markets.company_names import name_key
from articles.markets.exchanges import markets
from articles.markets.securities import SecurityKind
from articles.models import Company, Exchange, Listing
from articles.states import CompanyKind

#: Rows in one transaction: an interrupted run keeps what it has done.
BATCH: Final = 500
#: The register names companies by number: where it has said what one is called, exchanges' files do not.
_REGISTER: Final = "sec"


class ListingLoader:
    """Loads the securities of one exchange's file, as of its day."""

    def __init__(self, mic: str, rows: Sequence[ListedSecurity], as_of: date, totals: Totals, refuse: Refuse) -> None:
        self._source, self._rows, self._as_of, self._totals, self._refuse = f"list {mic}", rows, as_of, totals, refuse
        self._market = markets().get(mic)
        self._exchange = _exchange(mic)
        self._present = {row.key for row in rows}
        self._known = KnownCompanies(self._exchange, self._present)
        self._lines: dict[tuple[str, str], int] = {}
        #: The names that the file gives a company: classes of its shares may have different ones.
        self._printed: dict[int, set[str]] = {}
        for row in rows:
            listing = self._known.holder(row.key)
            if listing is not None:
                self._printed.setdefault(listing.company_id, set()).add(name_key(row.name))

    def load(self, *, complete: bool) -> None:
        """Write what is new and what has changed; with `complete`, end what earlier files gave and this one lacks.

        Raises `articles.management.history.WrongDay`.
        """
        begin(self._source, self._as_of)
        for batch in batched(self._rows, BATCH, strict=False):
            with transaction.atomic():
                self._load(batch)
        if complete:
            ended = end_missing(self._source, [self._exchange.mic], self._present, self._as_of)
            self._totals.ended += ended

    def _load(self, rows: Sequence[ListedSecurity]) -> None:
        history = History(self._source, self._as_of)
        companies = [company for row in rows for company in self._known.meant_by(row) if company.pk]
        history.remember(companies, [listing for company in companies for listing in self._known.listings(company)])
        new: list[Listing] = []
        classed: list[Listing] = []
        for row in rows:
            company = self._find(row)
            listing = self._known.holder(row.key)
            if company is None:
                continue
            if listing is None:
                new.append(self._add(row, company, history))
            else:
                self._follow(row, listing, company, history, classed)
        history.write_changes()
        Listing.objects.bulk_update(classed, ["share_class"])
        self._write_new(new, history)
        history.write_records()

    def _find(self, row: ListedSecurity) -> Company | None:
        """Return the company of a security, perhaps one that is not written yet; None for a row that is refused."""
        if row.key in self._lines:
            self._refuse(row.line, f"{row.symbol} repeats line {self._lines[row.key]}")
            return None
        self._lines[row.key] = row.line
        try:
            return self._known.find(row) or self._known.make(row.name, _kind(row))
        except NotOne as not_one:
            self._refuse(row.line, str(not_one))
            return None

    def _add(self, row: ListedSecurity, company: Company, history: History) -> Listing:
        """Return the new listing of a company. Whoever has a new symbol has left the one that the file gave before."""
        own = self._known.listings(company)
        left = [
            listing
            for listing in own
            if listing.exchange_id == self._exchange.pk
            and listing.delisted_on is None
            and listing.share_class == row.share_class
            and self._known.key(listing) not in self._present
            and history.gave(listing)
            and history.may_end(listing)
        ]
        for listing in left:
            history.end(listing)
        self._totals.ended += len(left)
        listing = Listing(
            company=company,
            exchange=self._exchange,
            symbol=row.symbol,
            currency=self._market.currency if self._market else "",
            price_unit=self._market.quoted_in if self._market else "",
            share_class=row.share_class,
            is_primary=not any(other.is_primary and other.delisted_on is None for other in own),
            listed_on=self._as_of if left or self._known.was_listed(row.key) else None,
        )
        self._known.add(listing)
        self._totals.added += 1
        return listing

    def _follow(
        self, row: ListedSecurity, listing: Listing, company: Company, history: History, classed: list[Listing]
    ) -> None:
        """Note what the file says otherwise than an earlier one did."""
        said = history.said_of(company)
        former = said.get(self._source)
        is_other = former is None or name_key(former) not in self._printed.get(listing.company_id, set())
        is_changed = False
        if company.from_reference and _REGISTER not in said and is_other:
            is_changed = history.name(company, row.name)
        if row.share_class and not listing.share_class:
            listing.share_class = row.share_class
            classed.append(listing)
            is_changed = True
        self._totals.changed += is_changed
        self._totals.unchanged += not is_changed

    def _write_new(self, listings: list[Listing], history: History) -> None:
        companies = {id(listing.company): listing.company for listing in listings if listing.company.pk is None}
        Company.objects.bulk_create(companies.values())
        for company in companies.values():
            history.name(company, company.name)
        for listing in listings:
            listing.company = listing.company  # whose key is known now
        history.give(Listing.objects.bulk_create(listings))


def is_loaded(security: ListedSecurity, *, with_funds: bool) -> bool:
    """Say whether a security becomes a listing: shares do, and funds where they are asked for."""
    return security.kind is SecurityKind.SHARE or (with_funds and security.kind is SecurityKind.FUND)


def _kind(security: ListedSecurity) -> CompanyKind:
    return CompanyKind.FUND if security.kind is SecurityKind.FUND else CompanyKind.COMPANY


def _exchange(mic: str) -> Exchange:
    shipped = markets().get(mic)
    exchange, _ = Exchange.objects.get_or_create(mic=mic, defaults=values_of(shipped) if shipped else {})
    return exchange
