"""All companies and listings of the newsroom, to find those that an exchange's file means."""

from collections.abc import Collection, Iterable

from articles.management.free_slugs import FreeSlugs
from articles.management.listing_file import ListedSecurity
from articles.markets.company_names import name_key
from articles.markets.securities import are_kin
from articles.markets.symbols import symbol_key
from articles.models import Company, CompanyName, Exchange, Listing
from articles.states import CompanyKind


class NotOne(Exception):
    """It cannot be told which company a security is of. The message says why, for the desk."""


class KnownCompanies:
    """Companies by their names and their listings, those of this run included."""

    def __init__(self, exchange: Exchange, present: Collection[tuple[str, str]]) -> None:
        self._exchange, self._present = exchange, present
        self._slugs = FreeSlugs()
        self._companies = {company.pk: company for company in Company.objects.filter(merged_into__isnull=True)}
        self._by_name: dict[str, list[Company]] = {}
        for company in self._companies.values():
            self._learn(company, (company.name, company.legal_name, *company.aliases))
        for key, name in CompanyName.objects.values_list("company", "name"):
            if key in self._companies:
                self._learn(self._companies[key], (name,))
        self._held: dict[tuple[str, str], Listing] = {}
        self._ended: set[tuple[str, str]] = set()
        self._listings: dict[int, list[Listing]] = {}
        for listing in Listing.objects.select_related("exchange"):
            if listing.company_id in self._companies:
                listing.company = self._companies[listing.company_id]
                self.add(listing)

    def key(self, listing: Listing) -> tuple[str, str]:
        """Return what one listing has at a time."""
        return listing.exchange.mic, symbol_key(listing.symbol)

    def holder(self, key: tuple[str, str]) -> Listing | None:
        """Return the listing that has a symbol now."""
        listing = self._held.get(key)
        return listing if listing is not None and listing.delisted_on is None else None

    def was_listed(self, key: tuple[str, str]) -> bool:
        """Say whether a symbol has been given before, and has ended."""
        return key in self._ended or (key in self._held and self._held[key].delisted_on is not None)

    def listings(self, company: Company) -> list[Listing]:
        """Return all listings of a company."""
        return self._listings.get(id(company), [])

    def add(self, listing: Listing) -> None:
        """Know a listing too."""
        self._listings.setdefault(id(listing.company), []).append(listing)
        if listing.delisted_on is None:
            self._held[self.key(listing)] = listing
        else:
            self._ended.add(self.key(listing))

    def meant_by(self, security: ListedSecurity) -> list[Company]:
        """Return the companies that a security may be of: who has its symbol, or else who has its name."""
        holder = self.holder(security.key)
        return [holder.company] if holder else self._by_name.get(name_key(security.name), [])

    def find(self, security: ListedSecurity) -> Company | None:
        """Return the company of a security; None for a new one. Raises `NotOne`."""
        meant = self.meant_by(security)
        if len(meant) > 1:
            raise NotOne(f"several companies are called “{security.name}”: enter {security.symbol} at the desk")
        if meant and self.holder(security.key) is None:
            self._refuse_namesake(security, meant[0])
        return meant[0] if meant else None

    def make(self, name: str, kind: CompanyKind) -> Company:
        """Return a new company, not written yet."""
        company = Company(name=name, slug=self._slugs.make(name), kind=kind, from_reference=True)
        self._learn(company, (name,))
        return company

    def _refuse_namesake(self, security: ListedSecurity, company: Company) -> None:
        """Raise `NotOne` for a company that has such shares around there already: it will be another one.

        A symbol of this exchange that the file lacks is none: the company has left it for this one.
        """
        for listing in self.listings(company):
            has_left = listing.exchange_id == self._exchange.pk and self.key(listing) not in self._present
            is_alike = (
                listing.delisted_on is None
                and listing.share_class == security.share_class
                and listing.exchange.time_zone == self._exchange.time_zone
                and not are_kin(symbol_key(listing.symbol), symbol_key(security.symbol))
            )
            if is_alike and not has_left:
                raise NotOne(
                    f"“{company.name}” has such shares as {listing.ticker}, so {security.symbol} may be another "
                    "company's: enter it at the desk"
                )

    def _learn(self, company: Company, names: Iterable[str]) -> None:
        for key in {name_key(name) for name in names if name}:
            named = self._by_name.setdefault(key, [])
            if not any(other is company for other in named):
                named.append(company)
