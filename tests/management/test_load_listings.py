"""Securities of Nasdaq's and New York's files become listings of their companies, and keep their history."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Company, CompanyName, Exchange, Listing
from articles.states import CompanyKind
from tests import factories

pytestmark = pytest.mark.django_db

NASDAQ = "Symbol|Security Name|Market Category|Test Issue|Financial Status|Round Lot Size|ETF|NextShares"
OTHER = "ACT Symbol|Security Name|Exchange|CQS Symbol|ETF|Round Lot Size|Test Issue|NASDAQ Symbol"
FIRST, THEN, LATER = "2026-01-05", "2026-06-09", "2026-11-02"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A place for listings."""
    return tmp_path / "listed.txt"


def write(file: Path, *rows: str) -> Path:
    file.write_text("\n".join(rows) + "\n", "utf-8")
    return file


def load(file: Path, *options: str) -> tuple[str, list[str]]:
    """Run the command and return what it says and the lines it names."""
    said, named = StringIO(), StringIO()
    call_command("load_listings", str(file), *options, stdout=said, stderr=named)
    return said.getvalue().splitlines()[0], named.getvalue().splitlines()


def load_csv(file: Path, as_of: str, *rows: str, complete: bool = False) -> tuple[str, list[str]]:
    options = ["--mic", "XNAS", "--as-of", as_of, *(["--complete"] if complete else [])]
    return load(write(file, "Symbol,Security Name", *rows), *options)


def listings() -> list[tuple[Any, ...]]:
    rows = Listing.objects.select_related("company", "exchange").order_by("pk")
    return [(row.company.name, row.ticker, row.share_class, row.is_primary) for row in rows]


def ended() -> set[tuple[str, Any, Any]]:
    return set(Listing.objects.values_list("symbol", "listed_on", "delisted_on"))


def test_nasdaqs_file_becomes_companies_with_listings(file: Path) -> None:
    write(
        file,
        NASDAQ,
        "AAPL|Apple Inc. - Common Stock|Q|N|N|100|N|N",
        "GOOG|Alphabet Inc. - Class C Capital Stock|Q|N|N|100|N|N",
        "GOOGL|Alphabet Inc. - Class A Common Stock|Q|N|N|100|N|N",
        "QQQ|Invesco QQQ Trust, Series 1|G|N|N|100|Y|N",
        "ZXZZT|NASDAQ TEST STOCK|G|Y|N|100|N|N",
        "ACMEW|Acme Acquisition Corp. - Warrant|S|N|N|100|N|N",
        "ACMEU|Acme Acquisition Corp. - Unit|S|N|N|100|N|N",
        "File Creation Time: 1124202621:30|||||||",
    )

    said, named = load(file, "--mic", "XNAS")

    assert said == "listings: 3 added, 0 changed, 0 unchanged, 4 passed over, 0 refused."
    assert named == [
        "passed over: 1 of kind fund", "passed over: 1 of kind test issue", "passed over: 1 of kind unit",
        "passed over: 1 of kind warrant",
    ]  # fmt: skip
    assert listings() == [
        ("Apple Inc.", "NASDAQ:AAPL", "", True),
        ("Alphabet Inc.", "NASDAQ:GOOG", "C", True),
        ("Alphabet Inc.", "NASDAQ:GOOGL", "A", False),
    ]
    assert Company.objects.filter(from_reference=True).count() == 2
    assert set(Listing.objects.values_list("currency", "price_unit")) == {("USD", "")}


def test_other_exchanges_are_told_by_their_letter(file: Path) -> None:
    write(
        file,
        OTHER,
        "BABA|Alibaba Group Holding Limited American Depositary Shares each representing eight|N|BABA|N|100|N|BABA",
        "BRK.A|Berkshire Hathaway Inc. Common Stock|N|BRK.A|N|1|N|BRK.A",
        "BRK.B|Berkshire Hathaway Inc. New Common Stock|N|BRK.B|N|100|N|BRK.B",
        "IMO|Imperial Oil Limited Common Stock|A|IMO|N|100|N|IMO",
        "SPY|SPDR S&P 500|P|SPY|Y|100|N|SPY",
        "XXX|Somewhere Else Inc.|?|XXX|N|100|N|XXX",
    )

    said, named = load(file)

    assert "4 added" in said
    assert named[0] == "line 7: “?” is no exchange that the newsroom knows"
    assert set(listings()) == {
        ("Alibaba Group Holding Limited", "NYSE:BABA", "ADR", True),
        ("Berkshire Hathaway Inc.", "NYSE:BRK.A", "A", True),
        ("Berkshire Hathaway Inc.", "NYSE:BRK.B", "B", False),
        ("Imperial Oil Limited", "NYSE American:IMO", "", True),
    }
    assert Exchange.objects.get(mic="XNYS").hours["regular"] == [["09:30", "16:00"]]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Symbol,Company Name", "AAPL,Apple Inc."),
        ("ACT Symbol,Company Name", "AAPL,Apple Inc. Common Stock"),
        ("symbol,company name,security name,market category", "AAPL,Apple Inc.,Apple Inc. - Common Stock,Q"),
        ("\ufeffSecurity Name;Symbol", "Apple Inc. - Common Stock;aapl"),
    ],
)
def test_columns_are_found_by_name(file: Path, head: str, row: str) -> None:
    load(write(file, head, row), "--mic", "nasdaq")

    assert listings() == [("Apple Inc.", "NASDAQ:AAPL", "", True)]


def test_known_company_gets_the_listing_and_keeps_its_name(file: Path) -> None:
    factories.company("Apple", "NASDAQ:AAPL")
    factories.company("Alibaba Group", "HKEX:9988", aliases=["Alibaba Group Holding Ltd"])
    factories.company("Berkshire Hathaway", "NASDAQ:BRK-B")
    Exchange.objects.filter(short_name="HKEX").update(time_zone="Asia/Hong_Kong")

    said, _named = load_csv(file, FIRST, "AAPL,Apple Inc. - Common Stock", "BABA,Alibaba Group Holding Limited",
                            "BRK.B,Berkshire Hathaway Inc. New Common Stock")  # fmt: skip

    assert said == "listings: 1 added, 1 changed, 1 unchanged, 0 refused."
    assert listings() == [
        ("Apple", "NASDAQ:AAPL", "", True),
        ("Alibaba Group", "HKEX:9988", "", True),
        ("Berkshire Hathaway", "NASDAQ:BRK-B", "B", True),
        ("Alibaba Group", "NASDAQ:BABA", "", False),
    ]


def test_second_run_changes_nothing(file: Path) -> None:
    rows = ["GOOG,Alphabet Inc. - Class C Capital Stock", "GOOGL,Alphabet Inc. - Class A Common Stock"]
    load_csv(file, FIRST, *rows)

    said, named = load_csv(file, THEN, *rows, complete=True)

    assert (said, named) == ("listings: 0 added, 0 changed, 2 unchanged, 0 refused.", [])


def test_namesakes_are_not_taken_for_one_company(file: Path) -> None:
    said, named = load_csv(file, FIRST, "FBNC,First Bancorp - Common Stock", "FBP,First BanCorp. New Common Stock")

    assert "1 added, 0 changed, 0 unchanged, 1 refused" in said
    assert named == [
        "line 3: “First Bancorp” has such shares as NASDAQ:FBNC, so FBP may be another company's: enter it at the desk"
    ]


def test_classes_without_words_for_them_are_one_company_by_their_symbols(file: Path) -> None:
    load(write(file, "Symbol,Company Name", "GOOG,Alphabet Inc.", "GOOGL,Alphabet Inc."), "--mic", "XNAS")

    assert [row[0] for row in listings()] == ["Alphabet Inc.", "Alphabet Inc."]
    assert Company.objects.count() == 1


def test_new_name_is_kept_with_the_former_one(file: Path) -> None:
    load_csv(file, FIRST, "SQ,Square Inc. - Class A Common Stock")

    said, _named = load_csv(file, THEN, "SQ,Block Inc. - Class A Common Stock")

    assert "0 added, 1 changed, 0 unchanged" in said
    assert set(CompanyName.objects.values_list("company__name", "name", "until_on")) == {
        ("Block Inc.", "Square Inc.", date(2026, 6, 9))
    }


def test_classes_with_names_of_their_own_do_not_rename_each_other(file: Path) -> None:
    rows = ["LMCA,Liberty Live - Class A Common Stock", "LMCK,Liberty Live - Class C Common Stock"]
    load_csv(file, FIRST, *rows)
    changed = [rows[0], "LMCK,Liberty Live Group Sirius - Class C Common Stock"]

    for day in (THEN, LATER):
        said, _named = load_csv(file, day, *changed)

        assert "0 changed, 2 unchanged" in said
    assert not CompanyName.objects.exists()


def test_changed_symbol_ends_the_old_listing(file: Path) -> None:
    load_csv(file, FIRST, "SQ,Block Inc. - Class A Common Stock")

    said, named = load_csv(file, THEN, "XYZ,Block Inc. - Class A Common Stock")

    assert (said, named) == ("listings: 1 added, 0 changed, 1 ended, 0 unchanged, 0 refused.", [])
    assert ended() == {("SQ", None, date(2026, 6, 9)), ("XYZ", date(2026, 6, 9), None)}


def test_symbol_that_was_given_back_may_be_anothers(file: Path) -> None:
    load_csv(file, FIRST, "OLD,Old Corp. - Common Stock", "KEEP,Keeper Inc.")
    said, _named = load_csv(file, THEN, "KEEP,Keeper Inc.", complete=True)

    load_csv(file, LATER, "KEEP,Keeper Inc.", "OLD,New Horizons plc - Ordinary Shares")

    assert "1 ended" in said
    assert listings() == [
        ("Old Corp.", "NASDAQ:OLD", "", True), ("Keeper Inc.", "NASDAQ:KEEP", "", True),
        ("New Horizons plc", "NASDAQ:OLD", "", True),
    ]  # fmt: skip
    assert ended() == {
        ("OLD", None, date(2026, 6, 9)), ("KEEP", None, None), ("OLD", date(2026, 11, 2), None),
    }  # fmt: skip


def test_listing_of_the_desk_is_not_ended(file: Path) -> None:
    factories.company("Ours", "NASDAQ:OURS")

    load_csv(file, THEN, "AAPL,Apple Inc.", complete=True)

    assert set(Listing.objects.values_list("symbol", "delisted_on")) == {("OURS", None), ("AAPL", None)}


def test_funds_are_loaded_where_they_are_asked_for(file: Path) -> None:
    load(write(file, NASDAQ, "QQQ|Invesco QQQ Trust, Series 1|G|N|N|100|Y|N"), "--mic", "XNAS", "--funds")

    assert Company.objects.get().kind == CompanyKind.FUND


def test_what_cannot_be_used_is_named_by_line(file: Path) -> None:
    factories.company("Twin")
    factories.company("Twin Inc.")

    rows = [
        "AAPL,Apple Inc.",
        "aapl,Apple Inc.",
        "A B,Spaced",
        "NONE,",
        f"LONG,{'x' * 121}",
        "TWIN,Twin Inc. - Common Stock",
    ]

    said, named = load_csv(file, FIRST, *rows)

    assert said == "listings: 1 added, 0 changed, 0 unchanged, 5 refused."
    assert named == [
        "line 4: “A B” is no symbol",
        "line 5: NONE has no name",
        "line 6: the name of LONG is longer than 120 characters",
        "line 3: AAPL repeats line 2",
        "line 7: several companies are called “Twin Inc.”: enter TWIN at the desk",
    ]


def test_dry_run_writes_nothing(file: Path) -> None:
    said, _named = load(write(file, "Symbol,Company Name", "AAPL,Apple Inc."), "--mic", "XNAS", "--dry-run")

    assert "1 added" in said
    assert not Company.objects.exists()


def test_other_files_are_refused(file: Path) -> None:
    with pytest.raises(CommandError, match="must name the columns Symbol"):
        load(write(file, "date,close", "1,2"), "--mic", "XNAS")
    with pytest.raises(CommandError, match="does not say which exchange"):
        load(write(file, "Symbol,Company Name", "AAPL,Apple Inc."))
    with pytest.raises(CommandError, match="“XXXX” is no exchange"):
        load(file, "--mic", "XXXX")
