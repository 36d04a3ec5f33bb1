"""The exchanges that ship come in once, whole, and leave alone what the desk wrote."""

from datetime import UTC, date, datetime, time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.markets import exchanges as data
from articles.markets.special_days import SpecialDay
from articles.models import Exchange, ExchangeDay
from tests import factories

pytestmark = pytest.mark.django_db


def load(*options: str) -> str:
    said = StringIO()
    call_command("load_exchanges", *options, stdout=said, stderr=StringIO())
    return said.getvalue()


def test_exchanges_come_with_hours_and_days() -> None:
    said = load("--mic", "XNYS", "--mic", "XTKS", "--mic", "XLON")

    assert "exchanges: 3 added, 0 changed, 0 unchanged, 0 refused." in said
    new_york = Exchange.objects.get(mic="XNYS")
    assert (new_york.name, new_york.short_name, new_york.city, new_york.country, new_york.currency) == (
        "New York Stock Exchange", "NYSE", "New York", "US", "USD",
    )  # fmt: skip
    assert new_york.hours == {
        "pre": ["04:00", "09:30"], "regular": [["09:30", "16:00"]], "post": ["16:00", "20:00"],
    }  # fmt: skip
    assert Exchange.objects.get(mic="XLON").currency == "GBX"
    assert [hours.get("from") for hours in Exchange.objects.get(mic="XTKS").hours] == [None, "2024-11-05"]
    days = ExchangeDay.objects.filter(exchange=new_york, date__year=2026, date__month__gte=11).order_by("date")
    assert list(days.values_list("date", "closes_at", "name", "by_hand")) == [
        (date(2026, 11, 26), None, "Thanksgiving Day", False),
        (date(2026, 11, 27), time(13), "Day after Thanksgiving Day", False),
        (date(2026, 12, 24), time(13), "Christmas Eve", False),
        (date(2026, 12, 25), None, "Christmas Day", False),
    ]


def test_stored_exchange_has_the_calendar_that_ships() -> None:
    load("--mic", "XKRX")

    stored, shipped = Exchange.objects.get(mic="XKRX").calendar(), data.calendar("XKRX")

    assert stored is not None
    first, last = date(2015, 1, 1), date(2035, 12, 31)
    assert list(stored.trading_days(first, last)) == list(shipped.trading_days(first, last))
    assert stored.opens_at(date(2026, 11, 19)) == datetime(2026, 11, 19, 1, 0, tzinfo=UTC)


def test_exchange_without_hours_has_no_calendar() -> None:
    assert factories.exchange("HKEX").calendar() is None


def test_second_run_changes_nothing() -> None:
    mics = [option for mic in ("XNYS", "XHKG", "XNSE", "BVMF", "XTAE") for option in ("--mic", mic)]
    first = load(*mics)
    before = list(ExchangeDay.objects.order_by("pk").values_list())

    said = load(*mics)

    assert "exchanges: 5 added" in first
    assert "exchanges: 0 added, 0 changed, 5 unchanged, 0 refused." in said
    assert f"holidays and half days: 0 added, 0 changed, {len(before)} unchanged, 0 refused." in said
    assert before == list(ExchangeDay.objects.order_by("pk").values_list())


def test_all_ship() -> None:
    said = StringIO()
    call_command("load_exchanges", "--dry-run", stdout=said, stderr=StringIO())

    assert f"exchanges: {len(data.markets())} added" in said.getvalue()


def test_what_the_desk_typed_stays_and_what_it_left_empty_is_filled() -> None:
    ours = Exchange.objects.create(
        mic="XHKG", name="Hong Kong Exchange", short_name="HKEX", time_zone="Asia/Hong_Kong", delay_minutes=5
    )

    said = load("--mic", "XHKG")

    ours.refresh_from_db()
    assert "exchanges: 0 added, 1 changed, 0 unchanged, 0 refused." in said
    assert (ours.name, ours.delay_minutes, ours.city, ours.currency) == ("Hong Kong Exchange", 5, "Hong Kong", "HKD")
    assert ours.hours == {"regular": [["09:30", "12:00"], ["13:00", "16:00"]]}


def test_value_that_the_file_gave_follows_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    load("--mic", "XHKG", "--mic", "XTAI")
    Exchange.objects.filter(mic="XTAI").update(city="Taipei City")
    from dataclasses import replace

    changed = {mic: replace(data.markets()[mic], city="Elsewhere") for mic in ("XHKG", "XTAI")}
    monkeypatch.setattr("articles.management.exchanges.markets", lambda: changed)

    load("--mic", "XHKG", "--mic", "XTAI")

    assert set(Exchange.objects.values_list("mic", "city")) == {("XHKG", "Elsewhere"), ("XTAI", "Taipei City")}


def test_days_of_the_desk_stay() -> None:
    """It entered a storm, moved a half day, and deleted a holiday on which the exchange opens after all."""
    load("--mic", "XNYS")
    new_york = Exchange.objects.get(mic="XNYS")
    ExchangeDay.objects.create(exchange=new_york, date=date(2026, 12, 2), name="Storm")
    ExchangeDay.objects.filter(exchange=new_york, date=date(2026, 11, 27)).update(closes_at=time(12), by_hand=True)
    ExchangeDay.objects.filter(exchange=new_york, date=date(2026, 11, 26)).delete()

    said = load("--mic", "XNYS")

    assert "holidays and half days: 0 added, 0 changed" in said
    assert "1 passed over" in said
    days = ExchangeDay.objects.filter(exchange=new_york, date__year=2026, date__month__gte=11).order_by("date")
    assert list(days.values_list("date", "closes_at")) == [
        (date(2026, 11, 27), time(12)), (date(2026, 12, 2), None), (date(2026, 12, 24), time(13)),
        (date(2026, 12, 25), None),
    ]  # fmt: skip


def test_days_of_the_file_follow_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    load("--mic", "XNYS")
    mended = (SpecialDay(date(2026, 11, 26), "Thanksgiving"), SpecialDay(date(2026, 12, 1), "A new holiday"))
    monkeypatch.setattr("articles.management.exchanges.special_days", lambda _mic: mended)

    load("--mic", "XNYS")

    assert list(ExchangeDay.objects.values_list("date", "name")) == [
        (date(2026, 11, 26), "Thanksgiving"), (date(2026, 12, 1), "A new holiday"),
    ]  # fmt: skip


def test_dry_run_writes_nothing() -> None:
    said = load("--mic", "XNYS", "--dry-run")

    assert "exchanges: 1 added" in said
    assert "This was a dry run" in said
    assert not Exchange.objects.exists()


def test_exchange_that_does_not_ship_is_refused() -> None:
    with pytest.raises(CommandError, match="“XXXX” does not ship"):
        load("--mic", "XXXX")
