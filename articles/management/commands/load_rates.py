"""Load the reference rates of the European Central Bank."""

from decimal import Decimal
from itertools import batched
from typing import Any, Final

from django.db import transaction
from tqdm import tqdm

from articles.management.loading import LoadingCommand, Refuse, Totals, UnreadableFile
from articles.markets import ecb
from articles.models import ReferenceRate

#: Rates in one transaction: an interrupted run keeps what it has done.
BATCH: Final = 5_000
_PLACES: Final = Decimal("0.00000001")


class Command(LoadingCommand):
    """Load a file of rates; running it again changes nothing, a later file with other figures is right."""

    help = (
        "Load the ECB's euro foreign exchange reference rates from eurofxref-hist.csv, eurofxref.csv, or the zip that "
        "they come in: https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/."
    )
    noun = "rates"

    def load(self, options: dict[str, Any], totals: Totals, refuse: Refuse) -> None:
        """Write what is new or has changed."""
        try:
            with tqdm(desc="Loading rates", unit="rate", disable=None) as progress:
                for batch in batched(ecb.read_rates(options["file"], refuse), BATCH, strict=False):
                    with transaction.atomic():
                        _write({(rate.currency, rate.on): rate.rate.quantize(_PLACES) for rate in batch}, totals)
                    progress.update(len(batch))
        except ecb.UnreadableRates as error:
            raise UnreadableFile(str(error)) from error


def _write(rates: dict[tuple[str, Any], Decimal], totals: Totals) -> None:
    days = [day for _currency, day in rates]
    stored = ReferenceRate.objects.filter(date__range=(min(days), max(days))).values_list("currency", "date", "rate")
    present = {(currency, day): rate for currency, day, rate in stored}
    new = {place: rate for place, rate in rates.items() if place not in present}
    changed = {place: rate for place, rate in rates.items() if place in present and present[place] != rate}
    ReferenceRate.objects.bulk_create(
        (ReferenceRate(currency=currency, date=day, rate=rate) for (currency, day), rate in (new | changed).items()),
        update_conflicts=True,
        unique_fields=["currency", "date"],
        update_fields=["rate"],
    )
    totals.added += len(new)
    totals.changed += len(changed)
    totals.unchanged += len(rates) - len(new) - len(changed)
