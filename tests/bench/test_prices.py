"""The bench of the price loader works; what it measures depends on the machine."""

import pytest

from articles.models import DailyPrice
from tests.bench.prices import measure


@pytest.mark.django_db(transaction=True)
def test_loader_is_measured_beside_raw_writing() -> None:
    rates = measure(rows=600, listings=20, rounds=1)

    assert rates.ratio == rates.loader / rates.raw
    assert rates.raw > 0
    assert not DailyPrice.objects.exists()
