"""Companies and listings from a register, into the newsroom.

The desk has the last word: names, descriptions and listings that it has typed stay as they are. What came from an
earlier register follows the later one, and keeps its history: former names, and listings with the day of their end.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from articles.management.exchanges import values_of
from articles.management.free_slugs import FreeSlugs
from articles.management.history import History, begin, end_missing
from articles.management.register import MARKETS, BadRow, Market, Registrant, Security
from articles.markets.exchanges import markets
from articles.markets.symbols import spellings, symbol_key
from articles.models import Company, Exchange, Listing

#: Companies in one transaction: an interrupted run keeps what it has done, and the next one goes on from there.
BATCH = 500
SOURCE: Final = "sec"
_CURRENCY = "USD"


@dataclass(slots=True)
class Loaded:
    """What a run has done."""

    new: int = 0
    matched: int = 0
    unchanged: int = 0
    listings: int = 0
    exchanges: int = 0
    renamed: int = 0
    ended: int = 0
    bad: list[BadRow] = field(default_factory=list)

    @property
    def changed_nothing(self) -> bool:
        """Whether everything was there before."""
        return not (self.new or self.matched or self.listings or self.exchanges or self.renamed or self.ended)


def load_companies(
    registrants: Sequence[Registrant],
    progress: Callable[[int], object],
    *,
    as_of: date,
    complete: bool = False,
) -> Loaded:
    """Bring companies into the newsroom, a batch at a time; `progress` is told how many after each.

    A company is known by its CIK, or else by a ticker it has now. What has changed since an earlier register has done
    so on `as_of`; with `complete` everything that the register lacks has ended. Running it again changes nothing.
    Raises `django.db.IntegrityError` when the desk enters the same company meanwhile; what was done until then stays,
    and `articles.management.history.WrongDay` for a register that is older than one that was loaded before.
    """
    begin(SOURCE, as_of)
    loaded, slugs = Loaded(), FreeSlugs()
    exchanges = _Exchanges(loaded)
    for start in range(0, len(registrants), BATCH):
        batch = registrants[start : start + BATCH]
        with transaction.atomic():
            _Batch(batch, exchanges, slugs, loaded, History(SOURCE, as_of)).load()
        progress(len(batch))
    if complete:
        present = {security.key for registrant in registrants for security in registrant.securities}
        loaded.ended += end_missing(SOURCE, [market.mic for market in MARKETS.values()], present, as_of)
    return loaded


class _Exchanges:
    """The exchanges by code, made when the first listing needs one."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._by_mic: dict[str, Exchange] = {}

    def get(self, market: Market) -> Exchange:
        if market.mic not in self._by_mic:
            exchange, is_new = Exchange.objects.get_or_create(mic=market.mic, defaults=values_of(markets()[market.mic]))
            self._by_mic[market.mic] = exchange
            self._loaded.exchanges += is_new
        return self._by_mic[market.mic]


class _Batch:
    """Some companies of the register beside what the newsroom knows of them."""

    def __init__(
        self,
        registrants: Sequence[Registrant],
        exchanges: _Exchanges,
        slugs: FreeSlugs,
        loaded: Loaded,
        history: History,
    ) -> None:
        self._registrants, self._exchanges, self._slugs, self._loaded = registrants, exchanges, slugs, loaded
        self._history = history
        self._companies: dict[int, Company] = {}
        self._by_cik: dict[int, Company] = {}
        for row in _known_companies(registrants):
            company = row.merged_into or row
            company = self._companies.setdefault(company.pk, company)
            if row.cik is not None:
                self._by_cik[row.cik] = company
        self._listings: dict[int, list[Listing]] = {}
        self._held: dict[tuple[str, str], Listing] = {}
        rows = list(Listing.objects.filter(company__in=self._companies).select_related("exchange"))
        history.remember(self._companies.values(), rows)
        for listing in rows:
            self._listings.setdefault(listing.company_id, []).append(listing)
            if listing.delisted_on is None:
                self._held[_key(listing)] = listing
        self._moved: set[tuple[str, str]] = set()

    def load(self) -> None:
        """Write what the newsroom lacks."""
        matched: list[Company] = []
        new: list[tuple[Registrant, list[Security]]] = []
        listings: list[Listing] = []
        for registrant in self._registrants:
            company = self._match(registrant)
            securities = self._free_securities(registrant, company)
            if company is None:
                # Where every ticker is another company's, nothing but the name would be left to load.
                if securities or not registrant.securities:
                    new.append((registrant, securities))
                continue
            is_changed = self._adopt(company, registrant)
            if is_changed:
                matched.append(company)
            is_renamed = company.cik == registrant.cik and self._history.name(company, registrant.name)
            found = self._missing_listings(company, registrant, securities)
            listings += found
            self._loaded.renamed += is_renamed
            self._loaded.unchanged += not (is_changed or is_renamed or found)
        self._history.write_changes()
        Company.objects.bulk_update(matched, ["cik", "from_reference"])
        listings += self._create(new)
        self._history.give(Listing.objects.bulk_create(listings))
        self._history.write_records()
        self._loaded.new += len(new)
        self._loaded.matched += len(matched)
        self._loaded.listings += len(listings)

    def _match(self, registrant: Registrant) -> Company | None:
        """Return the company with this CIK, or one without any that has one of these tickers now."""
        if registrant.cik in self._by_cik:
            return self._by_cik[registrant.cik]
        holders = (self._holder(security.key) for security in registrant.securities)
        return next((company for company in holders if company is not None and company.cik is None), None)

    def _holder(self, key: tuple[str, str]) -> Company | None:
        listing = self._held.get(key)
        return self._companies[listing.company_id] if listing and listing.delisted_on is None else None

    def _free_securities(self, registrant: Registrant, company: Company | None) -> list[Security]:
        """Return the securities that no other company has, or that the register has given another; report others."""
        free = []
        for security in registrant.securities:
            holder = self._holder(security.key)
            if holder is None or holder is company:
                free.append(security)
            elif self._is_given_up(self._held[security.key]):
                self._end(self._held[security.key])
                self._moved.add(security.key)
                free.append(security)
            else:
                whose = f"“{holder.name}” ({f'CIK {holder.cik}' if holder.cik else 'without a CIK'})"
                self._loaded.bad.append(BadRow(security.place, f"{security} is the ticker of another company, {whose}"))
        return free

    def _is_given_up(self, listing: Listing) -> bool:
        """Say whether the register gave a listing once. It names one holder of each ticker, and now that is another."""
        return self._history.gave(listing) and self._history.may_end(listing)

    def _end(self, listing: Listing) -> None:
        self._history.end(listing)
        self._loaded.ended += 1

    def _adopt(self, company: Company, registrant: Registrant) -> bool:
        """Note what the register adds to a company of the desk's; say whether that is anything."""
        if registrant.cik not in self._by_cik:
            company.cik = registrant.cik
            self._by_cik[registrant.cik] = company
        elif company.from_reference:
            return False
        company.from_reference = True
        return True

    def _missing_listings(
        self, company: Company, registrant: Registrant, securities: Sequence[Security]
    ) -> list[Listing]:
        """Return the listings the company lacks. One that the desk has ended is not begun again.

        Whoever has a new ticker has left those that the register gave before and lacks now.
        """
        own = self._listings.get(company.pk, [])
        known = {_key(listing) for listing in own if not self._history.has_ended(listing)}
        missing = [security for security in securities if security.key not in known]
        present = {security.key for security in registrant.securities}
        left = [
            listing
            for listing in own
            if missing and listing.delisted_on is None and _key(listing) not in present and self._is_given_up(listing)
        ]
        for listing in left:
            self._end(listing)
        has_primary = any(listing.is_primary and listing.delisted_on is None for listing in own)
        is_change = len(own) > 0 and (bool(left) or all(listing.delisted_on is not None for listing in own))
        return self._new_listings(company, missing, has_primary=has_primary, is_change=is_change)

    def _create(self, new: Sequence[tuple[Registrant, list[Security]]]) -> list[Listing]:
        """Insert companies and return their listings, the first of each the primary one."""
        companies = Company.objects.bulk_create(
            Company(
                name=registrant.name, slug=self._slugs.make(registrant.name), cik=registrant.cik, from_reference=True
            )
            for registrant, _securities in new
        )
        for company, (registrant, _securities) in zip(companies, new, strict=True):
            self._history.name(company, registrant.name)
        return [
            listing
            for company, (_registrant, securities) in zip(companies, new, strict=True)
            for listing in self._new_listings(company, securities, has_primary=False, is_change=False)
        ]

    def _new_listings(
        self, company: Company, securities: Sequence[Security], *, has_primary: bool, is_change: bool
    ) -> list[Listing]:
        """Return listings, from the day of the register on where it has changed something; else nobody knows."""
        return [
            Listing(
                company=company,
                exchange=self._exchanges.get(security.market),
                symbol=security.symbol,
                currency=_CURRENCY,
                is_primary=not has_primary and position == 0,
                listed_on=self._history.as_of if is_change or security.key in self._moved else None,
            )
            for position, security in enumerate(securities)
        ]


def _key(listing: Listing) -> tuple[str, str]:
    return listing.exchange.mic, symbol_key(listing.symbol)


def _known_companies(registrants: Sequence[Registrant]) -> Iterable[Any]:
    """Return the companies that have one of these CIKs, or one of these tickers now."""
    securities = [security for registrant in registrants for security in registrant.securities]
    listed = Listing.objects.filter(
        exchange__mic__in={security.market.mic for security in securities},
        symbol__in={spelling for security in securities for spelling in spellings(security.symbol)},
        delisted_on__isnull=True,
    )
    ciks = [registrant.cik for registrant in registrants]
    return Company.objects.filter(Q(cik__in=ciks) | Q(pk__in=listed.values("company"))).select_related("merged_into")
