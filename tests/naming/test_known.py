"""The finder of names is made when it is needed, kept while nothing changes, and made again when a name does."""

import time
from datetime import date

import pytest

from articles.models import Company
from articles.naming import known as module
from articles.naming.known import Known, known
from tests import factories

ON = date(2026, 11, 24)


def _names(found: Known, text: str) -> list[object]:
    assert found.finder is not None
    return [mention.chosen for mention in found.finder.find(text, ON)]


@pytest.mark.django_db
def test_finder_knows_the_names() -> None:
    company = factories.company("Harbor Bank", "NYSE:HBR")

    found = known()

    assert found.is_current
    assert _names(found, "Harbor Bank fell.") == [f"company-{company.pk}"]


@pytest.mark.django_db
def test_finder_is_kept_while_no_name_changes() -> None:
    company = factories.company("Harbor Bank", "NYSE:HBR")
    first = known().finder
    Company.objects.filter(pk=company.pk).update(description="A bank at a harbor.")

    assert known().finder is first


@pytest.mark.django_db
def test_finder_knows_a_new_name_at_once() -> None:
    known()
    company = factories.company("Meridian Foods", "NYSE:MRF")

    assert _names(known(), "Meridian Foods fell.") == [f"company-{company.pk}"]


@pytest.mark.django_db
def test_keeping_takes_one_query(django_assert_num_queries: object) -> None:
    factories.company("Harbor Bank")
    known()

    with django_assert_num_queries(1):  # type: ignore[operator]
        known()


@pytest.mark.django_db(transaction=True)
def test_many_names_are_read_beside_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 1)
    company = factories.company("Harbor Bank", "NYSE:HBR")
    factories.company("Meridian Foods")

    first = known()
    deadline = time.monotonic() + 20
    while not known().is_current and time.monotonic() < deadline:
        time.sleep(0.02)

    assert first == Known(None, is_current=False)
    assert _names(known(), "Harbor Bank fell.") == [f"company-{company.pk}"]


@pytest.mark.django_db(transaction=True)
def test_old_names_serve_while_new_ones_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    company = factories.company("Harbor Bank", "NYSE:HBR")
    factories.company("Meridian Foods")
    before = known()
    monkeypatch.setattr(module, "AT_ONCE", 1)
    factories.company("Third")

    meanwhile = known()
    deadline = time.monotonic() + 20
    while not known().is_current and time.monotonic() < deadline:
        time.sleep(0.02)

    assert meanwhile == Known(before.finder, is_current=False)
    assert _names(meanwhile, "Harbor Bank fell.") == [f"company-{company.pk}"]
    assert known().is_current
