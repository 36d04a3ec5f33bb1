"""The SEC's register of tickers comes in once, whole, and without touching what the desk wrote."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import workflow
from articles.models import Company, Exchange, Listing
from newsroom.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

FIELDS = ["cik", "name", "ticker", "exchange"]
SUMMARY = "Added {} companies, {} listings and {} exchanges; completed {} companies of the desk's. {} companies stay"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A place for a register."""
    return tmp_path / "company_tickers_exchange.json"


def write(file: Path, *rows: Any, fields: list[str] = FIELDS, one_a_line: bool = False) -> Path:
    data = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) if one_a_line else json.dumps(rows)[1:-1]
    start = "\n" if one_a_line else ""
    file.write_text(f'{{"fields": {json.dumps(fields)}, "data": [{start}{data}]}}', "utf-8")
    return file


def load(file: Path, *options: str) -> tuple[str, list[str]]:
    """Run the command and return what it says and the bad rows it names."""
    said, named = StringIO(), StringIO()
    call_command("load_companies", str(file), *options, stdout=said, stderr=named)
    return said.getvalue(), named.getvalue().splitlines()


def rows() -> set[tuple[Any, ...]]:
    """Return every company with each of its listings."""
    listed = {
        (row.company.cik, row.company.name, row.company.slug, row.ticker, row.is_primary, row.currency)
        for row in Listing.objects.select_related("company", "exchange")
    }
    private = {(row.cik, row.name, row.slug) for row in Company.objects.filter(listings=None)}
    return {*listed, *private}


def keys(model: type[Company | Listing]) -> list[int]:
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))


def test_register_becomes_companies_with_listings(file: Path) -> None:
    write(
        file,
        [1577552, "Alibaba Group Holding Ltd", "BABA", "NYSE"],
        [1045810, "NVIDIA CORP", "NVDA", "Nasdaq"],
        [1652044, "Alphabet Inc.", "GOOGL", "Nasdaq"],
        [1652044, "Alphabet Inc.", "GOOG", "Nasdaq"],
        [1374310, "Cboe Global Markets, Inc.", "CBOE", "CBOE"],
        [1293451, "TENCENT HOLDINGS LTD", "TCEHY", "OTC"],
        [99, "Nowhere Listed SE", "NWLS", None],
    )

    said, bad = load(file)

    assert bad == []
    assert rows() == {
        (1577552, "Alibaba Group Holding Ltd", "alibaba-group-holding-ltd", "NYSE:BABA", True, "USD"),
        (1045810, "NVIDIA CORP", "nvidia-corp", "NASDAQ:NVDA", True, "USD"),
        (1652044, "Alphabet Inc.", "alphabet-inc", "NASDAQ:GOOGL", True, "USD"),
        (1652044, "Alphabet Inc.", "alphabet-inc", "NASDAQ:GOOG", False, "USD"),
        (1374310, "Cboe Global Markets, Inc.", "cboe-global-markets-inc", "Cboe:CBOE", True, "USD"),
        (1293451, "TENCENT HOLDINGS LTD", "tencent-holdings-ltd", "OTC:TCEHY", True, "USD"),
        (99, "Nowhere Listed SE", "nowhere-listed-se"),
    }
    assert set(Exchange.objects.values_list("mic", "short_name")) == {
        ("XNYS", "NYSE"), ("XNAS", "NASDAQ"), ("BATS", "Cboe"), ("OTCM", "OTC"),
    }  # fmt: skip
    assert set(Company.objects.values_list("from_reference", flat=True)) == {True}
    assert "Read 7 rows: 6 companies; 0 rows passed over." in said
    assert SUMMARY.format(6, 6, 4, 0, 0) in said


def test_columns_are_found_by_name(file: Path) -> None:
    write(file, ["NYSE", "x", "ACME", 7, "Acme"], fields=["exchange", "sic", "ticker", "cik", "name"])

    load(file)

    assert rows() == {(7, "Acme", "acme", "NYSE:ACME", True, "USD")}


def test_second_run_changes_nothing_and_says_so(file: Path) -> None:
    write(file, [1, "One", "ONE", "NYSE"], [1, "One", "ONEB", "NYSE"], [2, "Two", "TWO", None], [3, "Bad", "BAD", "XX"])
    load(file)
    before = (rows(), keys(Company), keys(Listing))

    said, bad = load(file)

    assert "Nothing changed: the newsroom has all of them already." in said
    assert bad == ["row 4: “XX” is no exchange of the register (nasdaq, nyse, cboe, otc)"]
    assert before == (rows(), keys(Company), keys(Listing))


def test_interrupted_run_goes_on(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.management.companies.BATCH", 2)
    write(file, *[[key, f"Company {key}", f"T{key}", "NYSE"] for key in range(1, 6)])
    real, calls = Listing.objects.bulk_create, []

    def stumble(made: list[Listing]) -> Any:
        calls.append(len(made))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(made)

    with monkeypatch.context() as stumbling:
        stumbling.setattr(Listing.objects, "bulk_create", stumble)
        with pytest.raises(KeyboardInterrupt):
            load(file)
    assert Company.objects.count() == Listing.objects.count() == 2

    said, _bad = load(file)

    assert SUMMARY.format(3, 3, 0, 0, 2) in said
    assert Company.objects.count() == Listing.objects.count() == 5


def test_company_is_known_by_its_cik(file: Path) -> None:
    ours = factories.company("Acme", "NYSE:ACM", cik=7, legal_name="Acme Corporation", description="Anvils.")
    write(file, [7, "ACME CORP /DE/", "ACM", "NYSE"], [7, "ACME CORP /DE/", "ACMB", "Nasdaq"])

    said, bad = load(file)

    assert bad == []
    assert SUMMARY.format(0, 1, 1, 1, 0) in said
    assert rows() == {(7, "Acme", "acme", "NYSE:ACM", True, ""), (7, "Acme", "acme", "NASDAQ:ACMB", False, "USD")}
    ours.refresh_from_db()
    assert (ours.legal_name, ours.description, ours.from_reference) == ("Acme Corporation", "Anvils.", True)


def test_company_without_a_cik_is_known_by_its_ticker(file: Path) -> None:
    ours = factories.company("Alibaba Group", "NYSE:BABA", "HKEX:9988")
    write(file, [1577552, "Alibaba Group Holding Ltd", "BABAF", "OTC"], [1577552, "Alibaba", "BABA", "NYSE"])

    load(file)

    ours.refresh_from_db()
    assert (ours.name, ours.cik, ours.from_reference) == ("Alibaba Group", 1577552, True)
    assert rows() == {
        (1577552, "Alibaba Group", "alibaba-group", "NYSE:BABA", True, ""),
        (1577552, "Alibaba Group", "alibaba-group", "HKEX:9988", False, ""),
        (1577552, "Alibaba Group", "alibaba-group", "OTC:BABAF", False, "USD"),
    }


def test_same_symbol_on_another_exchange_is_another_company(file: Path) -> None:
    factories.company("Hongkong Acme", "HKEX:ACM")

    load(write(file, [7, "Acme", "ACM", "NYSE"]))

    assert rows() == {
        (None, "Hongkong Acme", "hongkong-acme", "HKEX:ACM", True, ""),
        (7, "Acme", "acme", "NYSE:ACM", True, "USD"),
    }


def test_listing_that_the_desk_has_ended_stays_ended(file: Path) -> None:
    ours = factories.company("Acme", "NYSE:ACM", cik=7)
    ours.listings.update(delisted_on="2020-01-31")

    said, _bad = load(write(file, [7, "Acme", "ACM", "NYSE"]))

    assert SUMMARY.format(0, 0, 0, 1, 0) in said
    assert Listing.objects.count() == 1


def test_ticker_whose_holder_has_left_it_goes_to_the_next(file: Path) -> None:
    factories.company("Old Acme", "NYSE:ACM", cik=6).listings.update(delisted_on="2020-01-31")

    _said, bad = load(write(file, [7, "New Acme", "ACM", "NYSE"]))

    assert bad == []
    assert Listing.objects.get(delisted_on=None).company.name == "New Acme"


def test_ticker_of_another_company_is_reported(file: Path) -> None:
    factories.company("Acme", "NYSE:ACM", cik=7)
    factories.company("Private Matters", "NYSE:PRV", cik=6)
    write(file, [8, "Apex", "APX", "NYSE"], [8, "Apex", "ACM", "NYSE"], [9, "Imposter", "PRV", "NYSE"])

    _said, bad = load(file)

    assert bad == [
        "row 2: NYSE:ACM is the ticker of another company, “Acme” (CIK 7)",
        "row 3: NYSE:PRV is the ticker of another company, “Private Matters” (CIK 6)",
    ]
    Company.objects.filter(cik=6).delete()
    assert rows() == {(7, "Acme", "acme", "NYSE:ACM", True, ""), (8, "Apex", "apex", "NYSE:APX", True, "USD")}


def test_two_companies_of_the_register_never_become_one(file: Path) -> None:
    factories.company("Acme", "NYSE:ACM", "NYSE:APX")

    _said, bad = load(write(file, [7, "Acme", "ACM", "NYSE"], [8, "Apex", "APX", "NYSE"]))

    assert bad == ["row 2: NYSE:APX is the ticker of another company, “Acme” (CIK 7)"]
    assert Company.objects.get().cik == 7


def test_merged_company_is_what_it_was_merged_into(file: Path) -> None:
    write(file, [7, "Acme Corp", "ACM", "NYSE"])
    load(file)
    ours = factories.company("Acme")
    workflow.merge(Company.objects.get(cik=7), ours, by=factories.person(Role.ADMINISTRATOR))

    said, bad = load(file)

    assert (bad, "Nothing changed" in said) == ([], True)
    assert Listing.objects.get().company == ours


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([5, "Acme", "ACM"], "is no list of 4 values"),
        ({"cik": 5}, "is no list of 4 values"),
        ([None, "Acme", "ACM", "NYSE"], "“null” is no CIK, a number of at most 10 digits"),
        ([True, "Acme", "ACM", "NYSE"], "“true” is no CIK, a number of at most 10 digits"),
        ([0, "Acme", "ACM", "NYSE"], "“0” is no CIK, a number of at most 10 digits"),
        ([10**10, "Acme", "ACM", "NYSE"], "“10000000000” is no CIK, a number of at most 10 digits"),
        ([1.5, "Acme", "ACM", "NYSE"], "“1.5” is no CIK, a number of at most 10 digits"),
        (["５", "Acme", "ACM", "NYSE"], "“５” is no CIK, a number of at most 10 digits"),
        ([5, None, "ACM", "NYSE"], "has no name"),
        ([5, " \u202e\x00 ", "ACM", "NYSE"], "has no name"),
        ([5, "x" * 121, "ACM", "NYSE"], f"the name “{'x' * 39}…” is longer than 120 characters"),
        ([5, "Acme", None, "NYSE"], "“null” is no ticker"),
        ([5, "Acme", "A CM", "NYSE"], "“A CM” is no ticker"),
        ([5, "Acme", "A" * 21, "NYSE"], f"“{'A' * 21}” is no ticker"),
        ([5, "Acme", "ACM", "LSE"], "“LSE” is no exchange of the register (nasdaq, nyse, cboe, otc)"),
        ([5, "Acme", "ACM", ["NYSE"]], '“["NYSE"]” is no exchange of the register (nasdaq, nyse, cboe, otc)'),
        ([1, "Good", "GOOD", "NYSE"], "repeats row 1"),
        ([5, "Acme", "GOOD", "NYSE"], "NYSE:GOOD is the ticker of CIK 1 in row 1"),
    ],
)
def test_bad_row_is_named_and_passed_over(file: Path, row: Any, reason: str) -> None:
    write(file, [1, "Good", "GOOD", "NYSE"], row, [2, "Also Good", "ALSO", "NYSE"])

    said, bad = load(file)

    assert bad == [f"row 2: {reason}"]
    assert "1 rows passed over" in said
    assert [name for _cik, name, *_rest in sorted(rows())] == ["Good", "Also Good"]


def test_line_is_named_where_the_file_has_one_row_a_line(file: Path) -> None:
    write(file, [1, "Good", "GOOD", "NYSE"], [2, "Bad\nName", "", "NYSE"], [3, "", "B", "NYSE"], one_a_line=True)

    _said, bad = load(file)

    assert bad == ["row 2 (line 3): “” is no ticker", "row 3 (line 4): has no name"]


def test_lines_are_not_named_where_rows_share_them(file: Path) -> None:
    file.write_text(
        '{\n "source": {"data": [[1]]},\n "fields": ["cik", "name", "ticker", "exchange"],\n'
        ' "data": [[1, "", "A", "NYSE"], [2, "",\n "B", "NYSE"]]\n}'
    )

    assert load(file)[1] == ["row 1: has no name", "row 2: has no name"]


def test_names_in_every_script_get_addresses_of_their_own(file: Path) -> None:
    names = ["阿里巴巴集团", "Société Générale", "ACME", "Acme", "Acme, Inc.", "†††", "Ακμή \ud83d\udcc8"]
    factories.company("acme-2")

    load(write(file, *[[key, name, f"T{key}", "NYSE"] for key, name in enumerate(names, 1)]))

    assert list(Company.objects.exclude(cik=None).order_by("cik").values_list("name", "slug")) == [
        ("阿里巴巴集团", "阿里巴巴集团"),
        ("Société Générale", "société-générale"),
        ("ACME", "acme"),
        ("Acme", "acme-3"),
        ("Acme, Inc.", "acme-inc"),
        ("†††", "company"),
        ("Ακμή 📈", "ακμή"),
    ]


def test_company_of_the_register_has_a_page(file: Path) -> None:
    load(write(file, [7, "Acme", "ACM", "NYSE"]))

    assert Client().get("/companies/acme/").status_code == 200


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no JSON file: Expecting value: line 1 column 1 (char 0)."),
        ("{", "is no JSON file: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)."),
        ("[" * 100_000, "is no JSON file: "),
        ("[]", 'is not of this layout: {"fields": [cik, name, ticker, exchange], "data": [[…]]}.'),
        ('{"0": {"cik_str": 1, "ticker": "A", "title": "A"}}', "is not of this layout"),
        ('{"fields": [], "data": {}}', "is not of this layout"),
        ('{"fields": ["cik", "name", "name", "x"], "data": []}', "these once: name, ticker, exchange."),
    ],
)
def test_other_file_is_refused(file: Path, text: str, why: str) -> None:
    file.write_text(text)

    with pytest.raises(CommandError) as refusal:
        load(file)

    assert why in str(refusal.value)


def test_missing_or_unreadable_file_is_refused(file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"cannot be read: No such file or directory\."):
        load(file)
    with pytest.raises(CommandError, match=r"cannot be read: Is a directory\."):
        load(tmp_path)
    file.write_bytes(b'{"fields": "\xff"}')
    with pytest.raises(CommandError, match=r"is no JSON file: 'utf-8' codec can't decode"):
        load(file)


def test_byte_order_mark_is_no_obstacle(file: Path) -> None:
    write(file, [7, "Acme", "ACM", "NYSE"])
    file.write_text(file.read_text("utf-8"), "utf-8-sig")

    assert load(file)[1] == []


def test_dry_run_says_what_it_would_do_and_does_nothing(file: Path) -> None:
    factories.company("Desk's", "NYSE:DSK")
    write(file, [1, "One", "ONE", "NYSE"], [2, "Desk's", "DSK", "NYSE"], [3, "", "X", "NYSE"])
    before = rows()

    said, bad = load(file, "--dry-run")

    assert "Would add 1 companies, 1 listings and 0 exchanges; would complete 1 companies of the desk's." in said
    assert "This was a dry run: nothing has been written." in said
    assert bad == ["row 3: has no name"]
    assert rows() == before
    assert not Company.objects.filter(from_reference=True).exists()


def test_queries_do_not_grow_with_rows(file: Path) -> None:
    def queries(start: int, count: int) -> int:
        write(file, *[[start + n, "Acme", f"T{start + n}", "NYSE"] for n in range(count)])
        with CaptureQueriesContext(
            connection,
        ) as captured:
            load(file)
        return len(captured)

    queries(1, 1)  # makes the exchange

    assert queries(100, 3) == queries(200, 300)
