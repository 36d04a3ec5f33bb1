"""Conditional requests, line by line of RFC 9110, section 13."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.public.caching.conditions import Outcome, last_modified, outcome
from articles.reading import Stamp

CHANGED: Final = datetime(2026, 3, 2, 17, 0, 0, 400_000, tzinfo=UTC)
MODIFIED: Final = "Mon, 02 Mar 2026 17:00:00 GMT"
ETAG: Final = '"0123-br"'
STAMP: Final = Stamp(CHANGED + timedelta(hours=1), "7-abc", 7, CHANGED)
SEND, NOT_MODIFIED, FAILED = Outcome.SEND, Outcome.NOT_MODIFIED, Outcome.FAILED


def judged(headers: dict[str, str], *, stamp: Stamp | None = STAMP) -> Outcome:
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return outcome(named, ETAG, last_modified(stamp) if stamp else "", stamp)


@pytest.mark.parametrize(
    ("tags", "result"),
    [
        (ETAG, NOT_MODIFIED),
        (f"W/{ETAG}", NOT_MODIFIED),
        (f'"another", {ETAG}', NOT_MODIFIED),
        (f'W/"another" , W/{ETAG},"x"', NOT_MODIFIED),
        (f'"a,b", {ETAG}', NOT_MODIFIED),
        ("*", NOT_MODIFIED),
        (" * ", NOT_MODIFIED),
        ('"another"', SEND),
        ('"0123"', SEND),
        ('"0123-gzip"', SEND),
        ('"0123-BR"', SEND),
        ("0123-br", SEND),
        ("'0123-br'", SEND),
        ('w/"0123-br"', SEND),
        ('"0123-br', SEND),
        ('"*"', SEND),
        ("", SEND),
        (",,,", SEND),
        ("\x00\xff", SEND),
        ('"x", ' * 20_000, SEND),
    ],
)
def test_if_none_match_compares_weakly(tags: str, result: Outcome) -> None:
    assert judged({"If-None-Match": tags}) is result


@pytest.mark.parametrize(
    ("date", "result"),
    [
        (MODIFIED, NOT_MODIFIED),
        ("Monday, 02-Mar-26 17:00:00 GMT", NOT_MODIFIED),
        ("Mon Mar  2 17:00:00 2026", NOT_MODIFIED),
        ("Mon, 02 Mar 2026 16:59:59 GMT", SEND),
        # A client's own guess, too near: a change may have been on its way to being committed.
        ("Mon, 02 Mar 2026 17:00:01 GMT", SEND),
        ("Mon, 02 Mar 2026 17:01:00 GMT", SEND),
        ("Mon, 02 Mar 2026 17:01:01 GMT", NOT_MODIFIED),
        ("Mon, 02 Mar 2026 18:00:00 GMT", NOT_MODIFIED),
        # A date that is still to come was never told by anybody.
        ("Mon, 02 Mar 2026 18:00:02 GMT", SEND),
        ("Fri, 01 Jan 2199 00:00:00 GMT", SEND),
        ("2026-03-02T17:00:00Z", SEND),
        ("1772470800", SEND),
        ("Mon, 99 Mar 2026 17:00:00 GMT", SEND),
        ("", SEND),
        ("x" * 100_000, SEND),
    ],
)
def test_if_modified_since_is_believed_only_when_it_can_be_right(date: str, result: Outcome) -> None:
    assert judged({"If-Modified-Since": date}) is result


def test_a_tag_takes_precedence_over_a_date() -> None:
    assert judged({"If-None-Match": '"another"', "If-Modified-Since": MODIFIED}) is SEND
    assert judged({"If-None-Match": "no tag", "If-Modified-Since": MODIFIED}) is SEND
    assert judged({"If-None-Match": "", "If-Modified-Since": MODIFIED}) is SEND
    assert judged({"If-None-Match": ETAG, "If-Modified-Since": "Mon, 02 Mar 2020 17:00:00 GMT"}) is NOT_MODIFIED


@pytest.mark.parametrize(
    ("headers", "result"),
    [
        ({"If-Match": ETAG}, SEND),
        ({"If-Match": f'"another", {ETAG}'}, SEND),
        ({"If-Match": "*"}, SEND),
        ({"If-Match": f"W/{ETAG}"}, FAILED),  # strong comparison
        ({"If-Match": '"another"'}, FAILED),
        ({"If-Match": ""}, FAILED),
        ({"If-Match": "rubbish"}, FAILED),
        ({"If-Unmodified-Since": MODIFIED}, SEND),
        ({"If-Unmodified-Since": "Mon, 02 Mar 2026 17:00:01 GMT"}, SEND),
        ({"If-Unmodified-Since": "Mon, 02 Mar 2026 16:59:59 GMT"}, FAILED),
        ({"If-Unmodified-Since": "yesterday"}, SEND),
        # The tag speaks, the date beside it does not.
        ({"If-Match": ETAG, "If-Unmodified-Since": "Mon, 02 Mar 2020 17:00:00 GMT"}, SEND),
        # First whether it is still the page that was meant, then whether it is known already.
        ({"If-Match": '"another"', "If-None-Match": ETAG}, FAILED),
        ({"If-Match": ETAG, "If-None-Match": ETAG}, NOT_MODIFIED),
        ({"If-Unmodified-Since": MODIFIED, "If-None-Match": '"another"'}, SEND),
        ({}, SEND),
    ],
)
def test_preconditions_are_judged_in_order(headers: dict[str, str], result: Outcome) -> None:
    assert judged(headers) is result


@pytest.mark.parametrize(
    ("age", "header"),
    [
        (timedelta(seconds=-30), ""),  # the clock of the database is ahead
        (timedelta(0), ""),
        (timedelta(seconds=4, milliseconds=999), ""),
        (timedelta(seconds=5), MODIFIED),
        (timedelta(days=400), MODIFIED),
    ],
)
def test_last_modified_is_told_when_nothing_can_come_out_under_its_second(age: timedelta, header: str) -> None:
    assert last_modified(Stamp(CHANGED + age, "7-abc", 7, CHANGED)) == header


def test_what_never_changed_has_no_date() -> None:
    stamp = Stamp(CHANGED, "0-abc", 0, None)
    assert last_modified(stamp) == ""
    assert judged({"If-Modified-Since": MODIFIED}, stamp=stamp) is SEND
    assert judged({"If-Unmodified-Since": MODIFIED}, stamp=stamp) is SEND


def test_a_young_change_is_not_asked_for_by_date() -> None:
    stamp = Stamp(CHANGED + timedelta(seconds=1), "7-abc", 7, CHANGED)
    assert judged({"If-Modified-Since": MODIFIED}, stamp=stamp) is SEND
    assert judged({"If-Unmodified-Since": "Mon, 02 Mar 2026 16:59:59 GMT"}, stamp=stamp) is FAILED


def test_without_a_stamp_only_tags_are_judged() -> None:
    assert judged({"If-None-Match": ETAG}, stamp=None) is NOT_MODIFIED
    assert judged({"If-Match": '"another"'}, stamp=None) is FAILED
    assert judged({"If-Modified-Since": MODIFIED}, stamp=None) is SEND
    assert judged({"If-Unmodified-Since": "Mon, 02 Mar 2020 17:00:00 GMT"}, stamp=None) is SEND


@given(
    st.dictionaries(
        st.sampled_from(["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"]), st.text(max_size=60)
    )
)
def test_any_header_has_some_outcome(headers: dict[str, str]) -> None:
    assert judged(headers) in Outcome
