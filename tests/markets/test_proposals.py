"""What copy says of a market, and when."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.moments import Moment, resolve_moment
from articles.markets.proposals import propose, resolve

NEW_YORK, LONDON, HONG_KONG = ZoneInfo("America/New_York"), ZoneInfo("Europe/London"), ZoneInfo("Asia/Hong_Kong")
# A Tuesday.
WRITTEN_AT = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)

STATEMENTS = """
Shares of Alibaba were [down 1.2% today, as of 12:50 ET], after the news. | change-percent 1.2 down - -
The shares were [down 1.2% at 12:50 p.m. ET]. | change-percent 1.2 down - -
Alibaba [rose 3 percent to $86.10 in premarket trading]. | change-percent 3 up - pre
Its shares [closed at $86.10]. | close 86.10 - USD close
Alibaba [fell 2.5% on Tuesday]. | change-percent 2.5 down - -
The stock [ended the day 0.4% higher]. | change-percent 0.4 up - close
The index [gained 12 points to close at 4,512.30]. | close 4512.30 up - close
The stock [hit a 52-week high of $92.30]. | level 92.30 - USD -
The FTSE 100 was [up as much as 5% by 0950 GMT]. | change-percent 5 up - -
The yield [slipped 30 basis points]. | change 0.30 down points -
Shares [were flat in Hong Kong at 1.30 p.m. local time]. | change-percent 0 flat - -
The S&P 500 [closed down 0.3% at 6,012.45 on Monday]. | change-percent 0.3 down - close
The stock [rose $1.20 to $45.10]. | change 1.20 up USD -
At 12:50 ET, the shares were [down 1.2%]. | change-percent 1.2 down - -
Brent crude [settled at $61.40 a barrel on Nov. 24]. | close 61.40 - USD close
Shares [fell 12 pence to 310p]. | change 12 down GBX -
The shares [gained 12 cents]. | change 0.12 up USD -
The Nikkei [lost 1.1% to 38,200.10 at the close]. | change-percent 1.1 down - close
Its Hong Kong shares [closed up 1.2% at HK$85]. | change-percent 1.2 up - close
Its stock, which [fell 3% in after-hours trading], had gained 20% this year. | change-percent 3 down - post
The Dow [was little changed]. | change-percent 0 flat - -
The Hang Seng [slid -1.2%]. | change-percent -1.2 down - -
Tesla [jumped 8% before the bell]. | change-percent 8 up - pre
The stock [traded at 86.10 pounds]. | level 86.10 - GBP -
Alibaba (NYSE: BABA) [advanced 2.1% in New York]. | change-percent 2.1 up - -
Brent futures [rose 35 cents, or 0.6%, to $63.72 a barrel by 1210 GMT]. | change-percent 0.6 up - -
The stock was [off 0.8%] on the news. | change-percent 0.8 down - -
[down 1.2%] | change-percent 1.2 down - -
"""


@pytest.mark.parametrize("line", STATEMENTS.strip().splitlines())
def test_statement_is_proposed(line: str) -> None:
    text, _, expected = line.partition(" | ")
    plain = text.replace("[", "").replace("]", "")

    [found] = propose(plain)

    assert found.text == plain[found.start : found.end] == text[text.index("[") + 1 : text.index("]")]
    fields = [found.measure, f"{found.value:f}", found.direction, found.unit, found.session]
    assert [field or "-" for field in fields] == expected.split()


@pytest.mark.parametrize(
    "text",
    [
        "Revenue rose 12% to $5 billion.",
        "Profit fell 3% on Tuesday, the company said.",
        "Inflation rose 3% in March.",
        "Its shares have gained 20% this year.",
        "The number of users rose 4%.",
        "Net income increased 12% from a year earlier.",
        "The price of a ticket was raised by 12%.",
        "It owns 12% of the company, which has 300 shops.",
        "He closed at the office.",
    ],
)
def test_other_figures_are_not_proposed(text: str) -> None:
    assert propose(text) == []


def test_two_statements_of_a_sentence_do_not_overlap() -> None:
    text = "The S&P 500 rose 0.4% on Tuesday and the Nasdaq gained 0.8% to 19,003.65."

    assert [found.text for found in propose(text)] == ["rose 0.4% on Tuesday", "gained 0.8% to 19,003.65"]


@pytest.mark.parametrize(
    ("time_words", "day_words", "zone", "expected"),
    [
        ("as of 12:50 ET", "today", NEW_YORK, "2026-11-24T17:50"),
        ("at 12:50 p.m. ET", "", NEW_YORK, "2026-11-24T17:50"),
        ("at 12:50 a.m. ET", "", NEW_YORK, "2026-11-24T05:50"),
        ("at 4 p.m. ET", "on Monday", NEW_YORK, "2026-11-23T21:00"),
        ("at 4 p.m. EDT", "on 6 July", NEW_YORK, "2026-07-06T20:00"),
        ("by 0950 GMT", "", LONDON, "2026-11-24T09:50"),
        ("at 1.30 p.m. local time", "on Tuesday", HONG_KONG, "2026-11-24T05:30"),
        ("at 13:30", "yesterday", HONG_KONG, "2026-11-24T05:30"),
        ("at noon", "on Nov. 20", LONDON, "2026-11-20T12:00"),
        ("at 16:00 JST", "on 30 December", LONDON, "2025-12-30T07:00"),
        ("at 09:30 CST", "", HONG_KONG, "2026-11-25T01:30"),
        ("at 09:30 CST", "", NEW_YORK, "2026-11-24T15:30"),
        ("at 09:30 IST", "2026-11-20", NEW_YORK, "2026-11-20T04:00"),
        ("at 11:00 AEST", "November 24, 2024", NEW_YORK, "2024-11-24T00:00"),
        ("at noon ET", "on Feb. 29, 2028", NEW_YORK, "2028-02-29T17:00"),
        # The clocks went back on 1 November: the hour came twice.
        ("at 1:30 a.m. EDT", "on Nov. 1", NEW_YORK, "2026-11-01T05:30"),
        ("at 1:30 a.m. EST", "on Nov. 1", NEW_YORK, "2026-11-01T06:30"),
    ],
)
def test_moment_is_that_of_the_words(time_words: str, day_words: str, zone: ZoneInfo, expected: str) -> None:
    at = resolve_moment(Moment(time_words, day_words), WRITTEN_AT, zone)

    assert at == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "moment",
    [Moment(), Moment("", "today"), Moment("at lunch"), Moment("at noon ET", "on Feb. 30"), Moment("", "2026-02-30")],
)
def test_words_without_a_time_give_no_moment(moment: Moment) -> None:
    assert resolve_moment(moment, WRITTEN_AT, NEW_YORK) is None


def test_close_is_that_of_the_exchange() -> None:
    def closes_at(day: date) -> datetime | None:
        return datetime(day.year, day.month, day.day, 16, tzinfo=NEW_YORK) if day.weekday() < 5 else None

    close, monday, sunday = propose("It closed at $86.10. It closed at $85 on Monday. It closed at $85 on Sunday.")

    # Written at half past one: the last close was on the day before.
    assert resolve(close, WRITTEN_AT, NEW_YORK, closes_at=closes_at) == datetime(2026, 11, 23, 21, tzinfo=UTC)
    assert resolve(monday, WRITTEN_AT, NEW_YORK, closes_at=closes_at) == datetime(2026, 11, 23, 21, tzinfo=UTC)
    assert resolve(sunday, WRITTEN_AT, NEW_YORK, closes_at=closes_at) is None
    assert resolve(close, WRITTEN_AT, NEW_YORK) is None


def test_story_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        resolve_moment(Moment("at noon"), WRITTEN_AT.replace(tzinfo=None), NEW_YORK)


PIECES = st.sampled_from(
    "shares rose fell down closed at to 1.2% 99999999999999999999% $86.10 12 cents 30 bp today on Tuesday 12:50 ET "
    "0950 GMT 99:99 noon Nov. 31 flat were premarket . , -1.2% ½ 1.2.3 pence".split(" ")
)


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join)))
def test_any_text_is_read(text: str) -> None:
    found = propose(text)

    assert all(text[proposal.start : proposal.end] == proposal.text for proposal in found)
    assert all(isinstance(proposal.value, Decimal) for proposal in found)
    for proposal in found:
        resolve(proposal, WRITTEN_AT, NEW_YORK)
