"""Times typed at the desk."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms

from articles.admin.instants import InstantField


@pytest.mark.parametrize(
    ("zone", "day", "time", "words"),
    [
        ("America/New_York", "2026-11-01", "01:30", "The clocks go back that night, and 01:30 comes twice."),
        ("America/New_York", "2027-03-14", "02:30", "The clocks go forward that night, and there is no 02:30."),
        ("Europe/Berlin", "2027-03-28", "02:00", "The clocks go forward that night, and there is no 02:00."),
    ],
)
def test_time_the_clocks_skip_or_repeat_is_refused_with_the_reason(
    zone: str, day: str, time: str, words: str, settings: Any
) -> None:
    settings.TIME_ZONE = zone

    with pytest.raises(forms.ValidationError) as refused:
        InstantField().clean([day, time])

    assert refused.value.messages == [f"{words} Choose a time before or after that hour."]


@pytest.mark.parametrize(
    ("day", "time", "instant"),
    [
        ("2026-11-01", "00:59", datetime(2026, 11, 1, 4, 59, tzinfo=UTC)),
        ("2026-11-01", "02:00", datetime(2026, 11, 1, 7, tzinfo=UTC)),
        ("2027-03-14", "03:00", datetime(2027, 3, 14, 7, tzinfo=UTC)),
    ],
)
def test_times_around_it_are_what_they_say(day: str, time: str, instant: datetime) -> None:
    assert InstantField().clean([day, time]) == instant
