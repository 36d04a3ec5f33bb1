"""Times in house form."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.times import house_date, house_datetime, house_day, house_time

NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2026, 11, 24, 17, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "printed"),
    [
        ("America/New_York", "12:50 ET"),
        ("America/Chicago", "11:50 CT"),
        ("America/Denver", "10:50 MT"),
        ("America/Los_Angeles", "09:50 PT"),
        ("Asia/Hong_Kong", "01:50 HKT"),
        ("Asia/Singapore", "01:50 SGT"),
        ("Asia/Tokyo", "02:50 JST"),
        ("Asia/Shanghai", "01:50 Beijing time"),
        ("Asia/Dubai", "21:50 GST"),
        ("Asia/Kolkata", "23:20 IST"),
        ("Asia/Seoul", "02:50 KST"),
        ("Asia/Jerusalem", "19:50 Israel time"),
        ("Asia/Kuala_Lumpur", "01:50 MYT"),
        ("Asia/Bangkok", "00:50 ICT"),
        ("Asia/Jakarta", "00:50 WIB"),
        ("Asia/Taipei", "01:50 Taipei time"),
        ("Australia/Sydney", "04:50 AEDT"),
        ("Pacific/Auckland", "06:50 NZDT"),
        ("Africa/Johannesburg", "19:50 SAST"),
        ("America/Mexico_City", "11:50 Mexico City time"),
        ("America/Sao_Paulo", "14:50 BRT"),
        ("America/Toronto", "12:50 ET"),
        ("Europe/Dublin", "17:50 Dublin time"),
        ("Europe/Istanbul", "20:50 TRT"),
        ("Europe/Zurich", "18:50 CET"),
        ("Asia/Kathmandu", "23:35 UTC+05:45"),
        ("America/Argentina/Buenos_Aires", "14:50 UTC-03:00"),
        ("Europe/London", "17:50 GMT"),
        ("Europe/Paris", "18:50 CET"),
        ("Europe/Berlin", "18:50 CET"),
        ("UTC", "17:50 UTC"),
    ],
)
def test_house_time_names_the_zone_as_newsrooms_do(zone: str, printed: str) -> None:
    assert house_time(NOON, ZoneInfo(zone)) == printed


@pytest.mark.parametrize(
    ("zone", "printed"),
    [("Europe/London", "18:50 BST"), ("Europe/Paris", "19:50 CEST"), ("America/New_York", "13:50 ET")],
)
def test_house_time_follows_summer_time(zone: str, printed: str) -> None:
    assert house_time(datetime(2026, 7, 1, 17, 50, tzinfo=UTC), ZoneInfo(zone)) == printed


def test_house_time_to_the_second() -> None:
    at = datetime(2026, 7, 1, 17, 50, 3, 999_999, tzinfo=UTC)

    assert house_time(at, NEW_YORK, seconds=True) == "13:50:03 ET"


def test_house_time_takes_any_aware_datetime() -> None:
    in_india = datetime(2026, 11, 24, 23, 20, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    assert house_time(in_india, NEW_YORK) == "12:50 ET"


@pytest.mark.parametrize(
    ("utc", "printed"),
    [
        ("2026-03-08T06:59", "8 March 2026, 01:59 ET"),
        ("2026-03-08T07:00", "8 March 2026, 03:00 ET"),
        ("2026-11-01T05:59", "1 November 2026, 01:59 ET"),
        ("2026-11-01T06:00", "1 November 2026, 01:00 ET"),
        ("2028-02-29T04:59", "28 February 2028, 23:59 ET"),
        ("2028-02-29T05:00", "29 February 2028, 00:00 ET"),
        ("2028-03-01T04:59", "29 February 2028, 23:59 ET"),
        ("2027-01-01T04:59", "31 December 2026, 23:59 ET"),
    ],
)
def test_house_datetime_on_nights_that_differ(utc: str, printed: str) -> None:
    assert house_datetime(datetime.fromisoformat(f"{utc}+00:00"), NEW_YORK) == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "24 November 2026, 12:50 ET"),
        ("en-US", "24 November 2026, 12:50 ET"),
        ("de", "24. November 2026, 12:50 ET"),
        ("zh-Hans", "2026年11月24日 12:50 ET"),
        ("zh-HK", "2026年11月24日 12:50 ET"),
        ("ar", "24 نوفمبر 2026، 12:50 ET"),
        ("xx", "24 November 2026, 12:50 ET"),
        ("", "24 November 2026, 12:50 ET"),
        ("not a language", "24 November 2026, 12:50 ET"),
    ],
)
def test_house_datetime_speaks_the_language(language: str, printed: str) -> None:
    assert house_datetime(NOON, NEW_YORK, language) == printed


def test_house_date_is_that_of_the_zone() -> None:
    assert house_date(NOON, ZoneInfo("Asia/Hong_Kong")) == "25 November 2026"
    assert house_date(NOON, ZoneInfo("Asia/Hong_Kong"), "zh") == "2026年11月25日"


def test_house_day_has_no_year() -> None:
    assert house_day(NOON, ZoneInfo("Asia/Hong_Kong")) == "25 November"
    assert house_day(NOON, NEW_YORK, "zh") == "11月24日"
    assert house_day(NOON, NEW_YORK, "de") == "24. November"


@pytest.mark.parametrize("form", [house_time, house_date, house_day, house_datetime])
def test_house_forms_refuse_naive_datetimes(form: object) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        form(datetime(2026, 11, 24, 12, 50), NEW_YORK)  # type: ignore[operator]  # noqa: DTZ001


moments = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments, st.timezone_keys().map(ZoneInfo))
def test_house_datetime_tells_the_local_minute(at: datetime, zone: ZoneInfo) -> None:
    local = at.astimezone(zone)

    date, _, time = house_datetime(at, zone).partition(", ")
    clock, _, name = time.partition(" ")

    assert date == f"{local.day} {local:%B %Y}"
    assert clock == f"{local:%H:%M}"
    assert name.startswith("UTC") or name.replace(" ", "").isalpha()
