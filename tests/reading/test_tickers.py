"""Which company a ticker leads to on a day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import reading, records
from articles.models import Company, Listing
from articles.reading import tickers
from tests.factories import company, exchange, live, scheduled
from tests.workflow.desk import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def listed(name: str, ticker: str, **dates: date) -> Company:
    """Return the company of this name, listed under a ticker."""
    firm = Company.objects.filter(name=name).first() or company(name, from_reference=True)
    place, _colon, symbol = ticker.partition(":")
    Listing.objects.create(company=firm, exchange=exchange(place), symbol=symbol, **dates)
    return firm


def leads(ticker: str, at: Any = NOON) -> str:
    """Return the address that a ticker leads to, "" for none, or all addresses that it may mean."""
    found = reading.quoted(ticker, at)
    if found is None:
        return ""
    return found.path if isinstance(found, records.Moved) else " ".join(one.path for one in found)


@pytest.mark.parametrize(
    "typed",
    ["NYSE:BABA", "nyse:baba", "BABA", "baba", "XNYS:BABA", "xnys:baba", " NYSE: BABA ", "$BABA", "ＢＡＢＡ"],
)
def test_ticker_leads_to_its_company(typed: str) -> None:
    listed("Alibaba", "NYSE:BABA")
    listed("Alibaba", "HKEX:9988")

    assert leads(typed) == "/companies/alibaba/"


@pytest.mark.parametrize("kept", ["BRK.B", "BRK-B", "BRK/B", "BRK B"])
@pytest.mark.parametrize("typed", ["BRK.B", "brk-b", "NYSE:BRK/B", "BRK B"])
def test_class_of_a_share_is_written_in_any_way(kept: str, typed: str) -> None:
    listed("Berkshire", f"NYSE:{kept}")
    listed("Other", "NYSE:BRKB")

    assert leads(typed) == "/companies/berkshire/"


@pytest.mark.parametrize("typed", ["700", "0700", "HKEX:00700", "000700"])
def test_zeros_before_a_number_do_not_count(typed: str) -> None:
    listed("Tencent", "HKEX:700")

    assert leads(typed) == "/companies/tencent/"


def test_as_typed_comes_before_another_spelling() -> None:
    listed("Tencent", "HKEX:700")
    listed("Elsewhere", "SZSE:000700")

    assert (leads("700"), leads("000700")) == ("/companies/tencent/", "/companies/elsewhere/")
    assert leads("00700") == "/companies/elsewhere/ /companies/tencent/"


@pytest.mark.parametrize(
    "typed",
    ["", " ", ":", "NYSE:", ":BABA", "HKEX:BABA", "NOWHERE:BABA", "BAB", "BABA.N", "A:B:BABA", "BABA\x00", "B" * 99],
)
def test_what_is_no_ticker_leads_nowhere(typed: str) -> None:
    listed("Alibaba", "NYSE:BABA")

    assert leads(typed) == ""


def test_one_symbol_of_two_companies_asks() -> None:
    listed("Citic", "HKEX:A")
    listed("Agilent", "NYSE:A")
    listed("Agilent", "XETRA:A")

    assert reading.quoted("a", NOON) == (
        records.Quoted("NYSE:A", "NYSE", "Agilent", "/companies/agilent/", is_present=True),
        records.Quoted("XETRA:A", "XETRA", "Agilent", "/companies/agilent/", is_present=True),
        records.Quoted("HKEX:A", "HKEX", "Citic", "/companies/citic/", is_present=True),
    )
    assert leads("HKEX:A") == "/companies/citic/"


def test_listing_of_the_day_comes_first() -> None:
    listed("Old", "NYSE:T", delisted_on=TODAY)
    listed("New", "NYSE:T", listed_on=TODAY)

    assert [leads("NYSE:T", NOON + offset) for offset in (-DAY, timedelta(hours=-13), timedelta(0))] == [
        "/companies/old/",
        "/companies/old/",
        "/companies/new/",
    ]


def test_former_symbol_leads_to_the_company_of_today() -> None:
    listed("Meta", "NASDAQ:FB", delisted_on=date(2022, 6, 9))
    listed("Meta", "NASDAQ:META", listed_on=date(2022, 6, 9))

    assert leads("FB") == leads("NASDAQ:FB") == leads("META") == "/companies/meta/"


def test_symbol_that_two_companies_had_asks() -> None:
    listed("First", "NYSE:T", delisted_on=date(2010, 1, 1))
    listed("Second", "NYSE:T", listed_on=date(2011, 1, 1), delisted_on=date(2020, 1, 1))

    found = reading.quoted("T", NOON)

    assert isinstance(found, tuple)
    assert [(one.company, one.is_present) for one in found] == [("First", False), ("Second", False)]


def test_listing_to_come_says_nothing() -> None:
    listed("Soon", "NYSE:SOON", listed_on=TODAY + DAY)

    assert (leads("SOON"), leads("SOON", NOON + DAY)) == ("", "/companies/soon/")


def test_company_that_nobody_can_see_is_nowhere() -> None:
    secret = company("Secret", "NYSE:SECR")
    assert leads("SECR") == leads("NYSE:SECR") == ""

    scheduled(live_from=NOON + HOUR, companies=[secret])

    assert (leads("SECR"), leads("SECR", NOON + HOUR)) == ("", "/companies/secret/")


def test_secret_company_is_no_choice() -> None:
    listed("Known", "NYSE:T")
    secret = company("Secret", "HKEX:T")
    assert leads("T") == "/companies/known/"

    live(at=NOON, companies=[secret])

    assert leads("T") == "/companies/known/ /companies/secret/"


def test_merged_company_is_no_choice() -> None:
    kept, gone = listed("Kept", "NYSE:T"), listed("Gone", "HKEX:T")
    Company.objects.filter(pk=gone.pk).update(merged_into=kept)

    assert leads("T") == "/companies/kept/"


@given(st.text(max_size=70))
def test_any_words_are_read(typed: str) -> None:
    exchange_, symbol = tickers._read(typed)

    assert ":" not in exchange_ + symbol
    assert len(tickers._spellings(symbol)) == tickers._SPELLINGS
    assert set(tickers._spellings(symbol)) >= {symbol, symbol.upper()}
