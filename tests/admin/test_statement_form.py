"""What somebody types to bind words to a market, and what comes of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from articles.admin.statement_form import Unfit, attributes_of, read_statement
from articles.text.mark_forms import Statement, read_form
from tests.quality import markets

pytestmark = pytest.mark.django_db


def _fields(**changes: Any) -> dict[str, Any]:
    listing = markets.listing()
    return {
        "listing": listing.pk,
        "measure": "change-percent",
        "value": "1.2",
        "direction": "down",
        "unit": "",
        "date": "2026-11-24",
        "time": "12:50",
        "session": "regular",
    } | changes


def test_fields_become_a_mark_that_the_cleaner_keeps() -> None:
    form, listing = read_statement(_fields())

    assert form == Statement(
        listing.pk, "change-percent", "1.2", "down", datetime(2026, 11, 24, 17, 50, tzinfo=UTC), "regular", ""
    )
    assert read_form("data", attributes_of(form)) == form


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.20", "1.20"), ("1,5", "1.5"), ("+2", "2"), ("−3.1", "-3.1"), ("007", "7"), (" 0.5 ", "0.5")],
)
def test_figure_is_taken_as_it_is_typed(typed: str, value: str) -> None:
    assert read_statement(_fields(value=typed))[0].value == value


def test_close_without_a_time_is_at_the_bell_of_the_day() -> None:
    fields = _fields(measure="close", session="close", unit="usd", time="")

    at = [read_statement({**fields, "date": day})[0].as_of for day in ("2026-11-24", "2026-11-27", "2026-11-26")]

    # Half a day after Thanksgiving, and on Thanksgiving none.
    assert at == [datetime(2026, 11, 24, 21, 0, tzinfo=UTC), datetime(2026, 11, 27, 18, 0, tzinfo=UTC), None]


def test_without_a_time_of_day_there_is_no_moment() -> None:
    assert read_statement(_fields(time=""))[0].as_of is None


def test_summer_time_of_the_exchange_counts() -> None:
    assert read_statement(_fields(date="2026-07-01"))[0].as_of == datetime(2026, 7, 1, 16, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"listing": ""}, ["listing"]),
        ({"listing": "99999"}, ["listing"]),
        ({"value": ""}, ["value"]),
        ({"value": "1.2%"}, ["value"]),
        ({"value": "1" * 16}, ["value"]),
        ({"measure": "mood"}, ["measure"]),
        ({"direction": "sideways", "session": "night"}, ["direction", "session"]),
        ({"date": "", "time": "12:50"}, ["time"]),
        ({"time": "25:00"}, ["time"]),
        ({"date": "yesterday"}, ["time"]),
        ({"measure": "level", "unit": "dollars"}, ["unit"]),
    ],
)
def test_what_is_missing_is_said_for_each_field(changes: dict[str, Any], wrong: list[str]) -> None:
    with pytest.raises(Unfit) as unfit:
        read_statement(_fields(**changes))

    assert list(unfit.value.problems) == wrong


@pytest.mark.parametrize("fields", [None, [], "text", {}])
def test_fields_that_are_none_are_refused(fields: Any) -> None:
    with pytest.raises(Unfit):
        read_statement(fields)
