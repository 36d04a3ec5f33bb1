"""What the panel's fields offer while somebody types a name: companies, people, listings."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from articles.admin.finding import with_words
from articles.models import Company, Listing, Person
from articles.naming.entities import COMPANY, PERSON, describe, entity_of, is_listed

MOST = 8


def found_names(typed: str, at: datetime) -> list[dict[str, Any]]:
    """Return companies and people that have all typed words in their names, for the panel to offer."""
    if not typed.strip():
        return []
    entities = []
    for kind, model in ((COMPANY, Company), (PERSON, Person)):
        found = with_words(model._default_manager.filter(merged_into__isnull=True), typed, kind)
        entities += [entity_of(kind, pk) for pk in found.order_by("name", "pk").values_list("pk", flat=True)[:MOST]]
    names = describe(entities, timezone.localtime(at).date())
    return [
        {"id": entity, "text": names[entity].name, "note": names[entity].note} for entity in entities if entity in names
    ]


def found_listings(typed: str, at: datetime) -> list[dict[str, Any]]:
    """Return present listings of the companies that have all typed words in their names and symbols."""
    if not typed.strip():
        return []
    on = timezone.localtime(at).date()
    found = with_words(Company.objects.filter(merged_into__isnull=True), typed, COMPANY)
    companies = list(found.order_by("name", "pk").values_list("pk", flat=True)[:MOST])
    listings = Listing.objects.filter(company__in=companies).select_related("exchange", "company")
    present = [listing for listing in listings.order_by("-is_primary", "company__name") if is_listed(listing, on)]
    # A symbol that was typed out stands before names that have it in them.
    symbol = typed.strip().rpartition(":")[2].strip().casefold()
    present.sort(key=lambda listing: listing.symbol.casefold() != symbol)
    return [listing_choice(listing) for listing in present[: 2 * MOST]]


def listing_choice(listing: Listing) -> dict[str, Any]:
    """Return a listing as it can be chosen."""
    exchange = listing.exchange
    return {
        "id": str(listing.pk),
        "text": listing.ticker,
        "note": listing.company.name,
        "zone": exchange.time_zone,
        "unit": listing.price_unit or listing.currency or exchange.currency,
        "kind": listing.company.kind,
    }
