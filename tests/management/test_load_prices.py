"""End-of-day prices come in as they are given, each for the listing that its symbol meant on that day."""

from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.management.commands import load_prices
from articles.management.price_rows import PriceWriter
from articles.models import Company, DailyPrice, Exchange, Listing
from articles.models.price_stamp import PriceStamp
from tests import factories

pytestmark = pytest.mark.django_db

HEAD = "date,symbol,MIC,open,high,low,close,volume,currency"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A place for prices."""
    return tmp_path / "prices.csv"


def write(file: Path, *rows: str, head: str = HEAD) -> Path:
    file.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return file


def load(file: Path, *options: str) -> tuple[str, list[str]]:
    """Run the command and return what it says and the lines it names."""
    said, named = StringIO(), StringIO()
    call_command("load_prices", str(file), *options, stdout=said, stderr=named)
    return said.getvalue().splitlines()[0], named.getvalue().splitlines()


def prices() -> list[tuple[Any, ...]]:
    """Return what is stored, oldest first."""
    rows = DailyPrice.objects.order_by("date", "listing__symbol")
    return [
        (row.listing.symbol, f"{row.date}", *(None if figure is None else f"{figure.normalize():f}"
                                              for figure in (row.open, row.high, row.low, row.close)),
         row.volume, row.currency)
        for row in rows.select_related("listing")
    ]  # fmt: skip


def test_prices_are_stored_as_they_are_given(file: Path) -> None:
    factories.company("Alibaba", "NYSE:BABA")
    write(file, "2026-11-23,BABA,XNYS,85.90,87.5,85.1,86.10,1200300,USD", "2026-11-24,BABA,XNYS,,,,85.067,,USD")

    said, named = load(file)

    assert (said, named) == ("prices: 2 added, 0 changed, 0 unchanged, 0 refused.", [])
    assert prices() == [
        ("BABA", "2026-11-23", "85.9", "87.5", "85.1", "86.1", 1200300, "USD"),
        ("BABA", "2026-11-24", None, None, None, "85.067", None, "USD"),
    ]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("CLOSE,Ticker,mic,Date", "86.1,BABA,XNYS,2026-11-23"),
        ("\ufeffDate;Symbol;Exchange;Adj Close;Close", "2026-11-23;BABA;NYSE;1;86.1"),
        ("date\tsymbol\tMIC\tclose\tcurrency", "2026-11-23\tBABA\txnys\t86.1\tusd"),
        ("date|symbol|MIC|close|currency", "2026-11-23|BABA|XNYS|86.1|"),
    ],
)
def test_columns_are_found_by_name(file: Path, head: str, row: str) -> None:
    factories.company("Alibaba", "NYSE:BABA").listings.update(currency="USD")

    load(write(file, row, head=head))

    assert prices() == [("BABA", "2026-11-23", None, None, None, "86.1", None, "USD")]


def test_pence_stay_pence(file: Path) -> None:
    london = Exchange.objects.create(
        mic="XLON", name="London", short_name="LSE", time_zone="Europe/London", currency="GBX"
    )
    for symbol, currency, unit in (("VOD", "GBP", ""), ("BP", "GBP", "GBP"), ("HSBA", "", ""), ("CCL", "USD", "")):
        company = factories.company(symbol)
        Listing.objects.create(company=company, exchange=london, symbol=symbol, currency=currency, price_unit=unit)
    rows = [f"2026-11-23,{symbol},XLON,,,,71.5,," for symbol in ("VOD", "BP", "HSBA", "CCL")]

    said, _named = load(write(file, *rows, "2026-11-24,VOD,XLON,,,,71.7,,GBp", "2026-11-24,BP,XLON,,,,0.71,,GBP"))

    assert "6 added" in said
    assert [(symbol, close, unit) for symbol, _day, _o, _h, _l, close, _v, unit in prices()] == [
        ("BP", "71.5", "GBP"), ("CCL", "71.5", "USD"), ("HSBA", "71.5", "GBX"), ("VOD", "71.5", "GBX"),
        ("BP", "0.71", "GBP"), ("VOD", "71.7", "GBX"),
    ]  # fmt: skip


def test_symbol_is_looked_up_as_it_was_on_the_day(file: Path) -> None:
    """FB was Facebook's until June 2022, and would be somebody else's now."""
    meta, other = factories.company("Meta"), factories.company("Other")
    nasdaq = factories.exchange("NASDAQ")
    old = Listing.objects.create(company=meta, exchange=nasdaq, symbol="FB", delisted_on=date(2022, 6, 9))
    new = Listing.objects.create(company=other, exchange=nasdaq, symbol="FB", listed_on=date(2023, 1, 3))
    days = ("2022-06-08", "2022-06-09", "2023-01-03")

    _said, named = load(write(file, *[f"{day},FB,XNAS,,,,100,,USD" for day in days]))

    assert named == ["line 3: XNAS:FB is not listed on 2022-06-09"]
    assert set(DailyPrice.objects.values_list("listing", "date")) == {
        (old.pk, date(2022, 6, 8)), (new.pk, date(2023, 1, 3)),
    }  # fmt: skip


def test_share_classes_are_found_however_they_are_written(file: Path) -> None:
    factories.company("Berkshire", "NYSE:BRK.B")
    factories.company("Tencent", "HKEX:0700")

    load(write(file, "2026-11-23,BRK-B,XNYS,,,,400,,USD", "2026-11-24,BRK/B,XNYS,,,,401,,USD",
               "2026-11-24,700,XHKG,,,,601,,HKD"))  # fmt: skip

    assert [(row[0], row[5]) for row in prices()] == [("BRK.B", "400"), ("0700", "601"), ("BRK.B", "401")]


def test_what_cannot_be_used_is_named_by_line(file: Path) -> None:
    factories.company("Alibaba", "NYSE:BABA").listings.update(currency="USD")
    factories.company("Nameless", "HKEX:9")
    write(
        file,
        "2026-11-23,BABA,XNYS,85,84,87,86,1,USD",
        "2026-11-23,BABA,XNYS,85,87,84,88,1,USD",
        "2026-11-23,BABA,XNYS,85,87,84,NaN,1,USD",
        "2026-11-23,BABA,XNYS,85,87,84,-1,1,USD",
        "2099-01-02,BABA,XNYS,85,87,84,86,1,USD",
        "24.11.2026,BABA,XNYS,85,87,84,86,1,USD",
        "1700-01-01,BABA,XNYS,85,87,84,86,1,USD",
        "2026-11-23,NONE,XNYS,85,87,84,86,1,USD",
        "2026-11-23,BABA,XXXX,85,87,84,86,1,USD",
        "2026-11-23,BABA,XNYS,85,87,84,86,1,EUR",
        "2026-11-23,BABA,XNYS,85,87,84,86,1,dollars",
        "2026-11-23,9,XHKG,85,87,84,86,1,",
        "2026-11-23,BABA,XNYS",
        "",
        '2026-11-23,"BABA',
        'X",XNYS,85,87,84,86,1,USD',
        "2026-11-24,BABA,XNYS,85,87,84,86,1,USD",
    )

    said, named = load(file)

    assert named == [
        "line 2: the high, 84, is below the low, 87",
        "line 3: the close, 88, is above the high, 87",
        "line 4: “NaN” is no number",
        "line 5: the close is -1, and no price is zero or less",
        "line 6: 2099-01-02 is yet to come",
        "line 7: “24.11.2026” is no date; write it like 2026-11-24",
        "line 8: 1700-01-01 is too long ago",
        "line 9: XNYS:NONE is no listing that the newsroom knows",
        "line 10: “XXXX” is no exchange that the newsroom knows",
        "line 11: the price is in EUR, but XNYS:BABA trades in USD",
        "line 12: “dollars” is no currency",
        "line 13: there is no currency, and XHKG:9 has none either",
        "line 14: there are too few columns",
        "line 17: XNYS:BABA X is no listing that the newsroom knows",
    ]
    assert said == "prices: 1 added, 0 changed, 0 unchanged, 14 refused."


def test_second_run_changes_nothing_and_a_later_file_is_right(file: Path) -> None:
    factories.company("Alibaba", "NYSE:BABA")
    rows = ["2026-11-23,BABA,XNYS,85,87,84,86,1,USD", "2026-11-24,BABA,XNYS,,,,86,,USD"]
    load(write(file, *rows))

    again = load(file)
    rows[1] = "2026-11-24,BABA,XNYS,,,,87,5,USD"
    mended = load(write(file, *rows, "2026-11-25,BABA,XNYS,,,,88,,USD"))

    assert again == ("prices: 0 added, 0 changed, 2 unchanged, 0 refused.", [])
    assert mended == ("prices: 1 added, 1 changed, 1 unchanged, 0 refused.", [])
    assert [row[5:7] for row in prices()] == [("86", 1), ("87", 5), ("88", None)]


def test_rows_given_twice_must_agree(file: Path) -> None:
    factories.company("Alibaba", "NYSE:BABA")
    row = "2026-11-23,BABA,XNYS,85,87,84,86.5,1,USD"

    said, named = load(write(file, row, row.replace("86.5", "86.50"), row.replace("86.5", "86"), row))

    assert named == ["line 4: the file has other figures for the same listing on 2026-11-23 further up"]
    assert said == "prices: 1 added, 0 changed, 2 unchanged, 1 refused."
    assert [row[5] for row in prices()] == ["86.5"]


def test_interrupted_run_goes_on(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.company("Alibaba", "NYSE:BABA")
    write(file, *[f"2026-11-{day},BABA,XNYS,,,,{day},,USD" for day in range(16, 21)])
    monkeypatch.setattr(load_prices, "BATCH", 2)
    real, calls = PriceWriter.write, []

    def stumble(self: PriceWriter, *arguments: Any) -> None:
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(self, *arguments)

    with monkeypatch.context() as stumbling:
        stumbling.setattr(PriceWriter, "write", stumble)
        with pytest.raises(KeyboardInterrupt):
            load(file)
    assert DailyPrice.objects.count() == 2

    said, _named = load(file)

    assert said == "prices: 3 added, 0 changed, 2 unchanged, 0 refused."


def test_prices_of_a_day_without_trading_are_loaded_and_named_once(file: Path) -> None:
    new_york = factories.exchange("NYSE")
    Exchange.objects.filter(pk=new_york.pk).update(hours={"regular": [["09:30", "16:00"]]})
    factories.company("One", "NYSE:ONE")
    factories.company("Two", "NYSE:TWO")

    said, named = load(write(file, *[f"2026-11-22,{symbol},XNYS,,,,1,,USD" for symbol in ("ONE", "TWO")]))

    assert named == ["line 2: XNYS does not trade on 2026-11-22; its prices of that day are loaded"]
    assert "2 added" in said


def test_dry_run_writes_nothing(file: Path) -> None:
    factories.company("Alibaba", "NYSE:BABA")

    said, _named = load(write(file, "2026-11-23,BABA,XNYS,,,,86,,USD"), "--dry-run")

    assert "1 added" in said
    assert not DailyPrice.objects.exists()


def test_exit_status_tells(file: Path) -> None:
    factories.company("Alibaba", "NYSE:BABA")
    write(file, "2026-11-23,BABA,XNYS,,,,86,,USD", "2026-11-23,NONE,XNYS,,,,86,,USD")

    load(file)
    with pytest.raises(CommandError, match="1 rows were refused"):
        load(file, "--strict")
    with pytest.raises(CommandError, match="None of the rows can be used"):
        load(write(file, "2026-11-23,NONE,XNYS,,,,86,,USD"))


def test_other_files_are_refused(file: Path) -> None:
    with pytest.raises(CommandError, match="must name each of these once: date, symbol, mic, close"):
        load(write(file, head="date,symbol,close"))
    with pytest.raises(CommandError, match="must name each of these once"):
        load(write(file, head="date,symbol,ticker,mic,close"))
    with pytest.raises(CommandError, match="No such file"):
        load(file.with_name("none.csv"))
    file.write_bytes(b"\xff\xfe\x00\x01" * 8)
    with pytest.raises(CommandError, match="must name each of these once"):
        load(file)


def test_line_in_another_encoding_costs_only_itself(file: Path) -> None:
    factories.company("Alibaba", "NYSE:BABA")
    rows = (f"2026-11-23,{symbol},XNYS,,,,86,,USD" for symbol in ("BÄBA", "BABA"))
    file.write_bytes("\n".join((HEAD, *rows)).encode("latin-1"))

    said, named = load(file)

    assert "1 added" in said
    assert named == ["line 2: XNYS:B\ufffdBA is no listing that the newsroom knows"]


@pytest.mark.django_db(transaction=True)
def test_stamp_of_prices_advances(file: Path) -> None:
    factories.company("Alibaba", "NYSE:BABA")
    before = PriceStamp.objects.values_list("nonce", flat=True).first()

    load(write(file, "2026-11-23,BABA,XNYS,,,,86,,USD"))

    assert PriceStamp.objects.values_list("nonce", flat=True).first() != before


def test_companies_are_not_made_up(file: Path) -> None:
    write(file, "2026-11-23,BABA,XNYS,,,,86,,USD")

    with pytest.raises(CommandError):
        load(file)

    assert not Company.objects.exists()
    assert Decimal(0) == DailyPrice.objects.count()
