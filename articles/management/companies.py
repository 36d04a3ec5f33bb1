"""Companies and listings from a register, into the newsroom.

The desk has the last word: names, descriptions and listings that are there stay as they are, whoever made them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from articles.management.register import BadRow, Market, Registrant, Security
from articles.models import Company, Exchange, Listing
from articles.text.slugs import make_slug

#: Companies in one transaction: an interrupted run keeps what it has done, and the next one goes on from there.
BATCH = 500
_SLUG_LENGTH = 90
_CURRENCY = "USD"


@dataclass(slots=True)
class Loaded:
    """What a run has done."""

    new: int = 0
    matched: int = 0
    unchanged: int = 0
    listings: int = 0
    exchanges: int = 0
    bad: list[BadRow] = field(default_factory=list)

    @property
    def changed_nothing(self) -> bool:
        """Whether everything was there before."""
        return not (self.new or self.matched or self.listings or self.exchanges)


def load_companies(registrants: Sequence[Registrant], progress: Callable[[int], object]) -> Loaded:
    """Bring companies into the newsroom, a batch at a time; `progress` is told how many after each.

    A company is known by its CIK, or else by a ticker it has now. Running it again changes nothing. Raises
    `django.db.IntegrityError` when the desk enters the same company meanwhile; what was done until then stays.
    """
    loaded, slugs = Loaded(), _Slugs()
    exchanges = _Exchanges(loaded)
    for start in range(0, len(registrants), BATCH):
        batch = registrants[start : start + BATCH]
        with transaction.atomic():
            _Batch(batch, exchanges, slugs, loaded).load()
        progress(len(batch))
    return loaded


class _Exchanges:
    """The exchanges by code, made when the first listing needs one."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._by_mic: dict[str, Exchange] = {}

    def get(self, market: Market) -> Exchange:
        if market.mic not in self._by_mic:
            values = {"name": market.name, "short_name": market.short_name, "time_zone": market.time_zone}
            exchange, is_new = Exchange.objects.get_or_create(mic=market.mic, defaults=values)
            self._by_mic[market.mic] = exchange
            self._loaded.exchanges += is_new
        return self._by_mic[market.mic]


class _Slugs:
    """Slugs that no other company has, in one query for them all."""

    def __init__(self) -> None:
        self._taken = set(Company.objects.values_list("slug", flat=True))
        self._numbers: Counter[str] = Counter()

    def make(self, name: str) -> str:
        """Return a free slug for a name: acme, acme-2, acme-3."""
        base = slug = make_slug(name, _SLUG_LENGTH) or "company"
        while slug in self._taken:
            self._numbers[base] += 1
            slug = f"{base}-{self._numbers[base] + 1}"
        self._taken.add(slug)
        return slug


class _Batch:
    """Some companies of the register beside what the newsroom knows of them."""

    def __init__(self, registrants: Sequence[Registrant], exchanges: _Exchanges, slugs: _Slugs, loaded: Loaded) -> None:
        self._registrants, self._exchanges, self._slugs, self._loaded = registrants, exchanges, slugs, loaded
        self._companies: dict[int, Company] = {}
        self._by_cik: dict[int, Company] = {}
        for row in _known_companies(registrants):
            company = row.merged_into or row
            company = self._companies.setdefault(company.pk, company)
            if row.cik is not None:
                self._by_cik[row.cik] = company
        self._listings: dict[int, list[Listing]] = {}
        self._holders: dict[tuple[str, str], Company] = {}
        for listing in Listing.objects.filter(company__in=self._companies).select_related("exchange"):
            self._listings.setdefault(listing.company_id, []).append(listing)
            if listing.delisted_on is None:
                self._holders[listing.exchange.mic, listing.symbol] = self._companies[listing.company_id]

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
            found = self._missing_listings(company, securities)
            listings += found
            self._loaded.unchanged += not (is_changed or found)
        Company.objects.bulk_update(matched, ["cik", "from_reference"])
        listings += self._create(new)
        Listing.objects.bulk_create(listings)
        self._loaded.new += len(new)
        self._loaded.matched += len(matched)
        self._loaded.listings += len(listings)

    def _match(self, registrant: Registrant) -> Company | None:
        """Return the company with this CIK, or one without any that has one of these tickers now."""
        if registrant.cik in self._by_cik:
            return self._by_cik[registrant.cik]
        holders = (self._holders.get(security.key) for security in registrant.securities)
        return next((company for company in holders if company is not None and company.cik is None), None)

    def _free_securities(self, registrant: Registrant, company: Company | None) -> list[Security]:
        """Return the securities that no other company has; report the others."""
        free = []
        for security in registrant.securities:
            holder = self._holders.get(security.key)
            if holder is None or holder is company:
                free.append(security)
            else:
                whose = f"“{holder.name}” ({f'CIK {holder.cik}' if holder.cik else 'without a CIK'})"
                self._loaded.bad.append(BadRow(security.place, f"{security} is the ticker of another company, {whose}"))
        return free

    def _adopt(self, company: Company, registrant: Registrant) -> bool:
        """Note what the register adds to a company of the desk's; say whether that is anything."""
        if registrant.cik not in self._by_cik:
            company.cik = registrant.cik
            self._by_cik[registrant.cik] = company
        elif company.from_reference:
            return False
        company.from_reference = True
        return True

    def _missing_listings(self, company: Company, securities: Sequence[Security]) -> list[Listing]:
        """Return the listings the company lacks. One that the desk has ended is not begun again."""
        own = self._listings.get(company.pk, [])
        known = {(listing.exchange.mic, listing.symbol) for listing in own}
        missing = [security for security in securities if security.key not in known]
        has_primary = any(listing.is_primary and listing.delisted_on is None for listing in own)
        return self._new_listings(company, missing, has_primary=has_primary)

    def _create(self, new: Sequence[tuple[Registrant, list[Security]]]) -> list[Listing]:
        """Insert companies and return their listings, the first of each the primary one."""
        companies = Company.objects.bulk_create(
            Company(
                name=registrant.name, slug=self._slugs.make(registrant.name), cik=registrant.cik, from_reference=True
            )
            for registrant, _securities in new
        )
        return [
            listing
            for company, (_registrant, securities) in zip(companies, new, strict=True)
            for listing in self._new_listings(company, securities, has_primary=False)
        ]

    def _new_listings(self, company: Company, securities: Sequence[Security], *, has_primary: bool) -> list[Listing]:
        return [
            Listing(
                company=company,
                exchange=self._exchanges.get(security.market),
                symbol=security.symbol,
                currency=_CURRENCY,
                is_primary=not has_primary and position == 0,
            )
            for position, security in enumerate(securities)
        ]


def _known_companies(registrants: Sequence[Registrant]) -> Iterable[Any]:
    """Return the companies that have one of these CIKs, or one of these tickers now."""
    securities = [security for registrant in registrants for security in registrant.securities]
    listed = Listing.objects.filter(
        exchange__mic__in={security.market.mic for security in securities},
        symbol__in={security.symbol for security in securities},
        delisted_on__isnull=True,
    )
    ciks = [registrant.cik for registrant in registrants]
    return Company.objects.filter(Q(cik__in=ciks) | Q(pk__in=listed.values("company"))).select_related("merged_into")
