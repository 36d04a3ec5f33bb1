"""What a later register changes keeps its history; what the desk typed stays."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from articles.models import Company, CompanyName, Listing
from tests import factories
from tests.management.test_load_companies import load, write

pytestmark = pytest.mark.django_db

FIRST, THEN, LATER = "2022-01-03", "2022-06-09", "2023-02-01"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A place for registers."""
    return tmp_path / "company_tickers_exchange.json"


def run(file: Path, as_of: str, *rows: Any, complete: bool = False) -> tuple[str, list[str]]:
    return load(write(file, *rows), "--as-of", as_of, *(["--complete"] if complete else []))


def listings() -> list[tuple[Any, ...]]:
    """Return every listing from when until when, in the order in which they were made."""
    rows = Listing.objects.select_related("company", "exchange").order_by("pk")
    return [
        (
            row.company.name,
            row.ticker,
            row.listed_on and str(row.listed_on),
            row.delisted_on and str(row.delisted_on),
            row.is_primary,
        )
        for row in rows
    ]


def names() -> set[tuple[Any, ...]]:
    """Return the former names of companies, and until when."""
    return set(CompanyName.objects.values_list("company__name", "name", "until_on"))


def test_new_name_is_kept_with_the_former_one(file: Path) -> None:
    run(file, FIRST, [1326801, "Facebook Inc", "FB", "Nasdaq"])

    said, _bad = run(file, THEN, [1326801, "Meta Platforms, Inc.", "FB", "Nasdaq"])

    assert "1 companies have a new name, 0 listings have ended." in said
    assert names() == {("Meta Platforms, Inc.", "Facebook Inc", date(2022, 6, 9))}
    company = Company.objects.get()
    assert (company.name, company.slug) == ("Meta Platforms, Inc.", "facebook-inc")


@pytest.mark.parametrize("spelling", ["FACEBOOK INC", "Facebook, Inc.", "Facebook Inc /DE/", "FACEBOOK, INC"])
def test_other_spelling_is_no_new_name(file: Path, spelling: str) -> None:
    run(file, FIRST, [1, "Facebook Inc", "FB", "Nasdaq"])

    said, _bad = run(file, THEN, [1, spelling, "FB", "Nasdaq"])

    assert "have a new name" not in said
    assert names() == set()
    assert Company.objects.get().name == "Facebook Inc"


def test_name_that_the_desk_typed_stays_and_the_history_goes_on(file: Path) -> None:
    run(file, FIRST, [1, "Facebook Inc", "FB", "Nasdaq"])
    Company.objects.update(name="Facebook")

    run(file, THEN, [1, "Meta Platforms", "FB", "Nasdaq"])

    assert names() == {("Facebook", "Facebook Inc", date(2022, 6, 9))}


def test_changed_ticker_ends_the_old_listing(file: Path) -> None:
    run(file, FIRST, [1, "Meta", "FB", "Nasdaq"], [1, "Meta", "FBW", "Nasdaq"])

    said, _bad = run(file, THEN, [1, "Meta", "META", "Nasdaq"], [1, "Meta", "FBW", "Nasdaq"])

    assert "0 companies have a new name, 1 listings have ended." in said
    assert listings() == [
        ("Meta", "NASDAQ:FB", None, THEN, True),
        ("Meta", "NASDAQ:FBW", None, None, False),
        ("Meta", "NASDAQ:META", THEN, None, True),
    ]
    nasdaq = (
        Listing.objects.called("XNAS", "FB", date(2022, 6, 8)),
        Listing.objects.called("XNAS", "FB", date(2022, 6, 9)),
    )
    assert [rows.count() for rows in nasdaq] == [1, 0]


def test_ticker_that_another_company_has_now_is_reused(file: Path) -> None:
    run(file, FIRST, [1, "Old", "ACM", "NYSE"], [1, "Old", "OLD", "NYSE"])

    _said, bad = run(file, THEN, [1, "Old", "OLD", "NYSE"], [2, "New", "ACM", "NYSE"])

    assert bad == []
    assert listings() == [
        ("Old", "NYSE:ACM", None, THEN, True),
        ("Old", "NYSE:OLD", None, None, False),
        ("New", "NYSE:ACM", THEN, None, True),
    ]
    [before], [after] = (Listing.objects.called("XNYS", "ACM", day) for day in (date(2022, 6, 8), date(2022, 6, 9)))
    assert (before.company.name, after.company.name) == ("Old", "New")


def test_companies_may_change_tickers_with_each_other(file: Path) -> None:
    run(file, FIRST, [1, "One", "AAA", "NYSE"], [2, "Two", "BBB", "NYSE"])

    _said, bad = run(file, THEN, [1, "One", "BBB", "NYSE"], [2, "Two", "AAA", "NYSE"])

    assert bad == []
    assert {row for row in listings() if row[3] is None} == {
        ("One", "NYSE:BBB", THEN, None, True), ("Two", "NYSE:AAA", THEN, None, True),
    }  # fmt: skip


def test_listing_that_the_desk_typed_is_not_ended(file: Path) -> None:
    factories.company("Ours", "NYSE:ACM", cik=1)

    _said, bad = run(file, THEN, [1, "Ours", "NEW", "NYSE"], [2, "Other", "ACM", "NYSE"], complete=True)

    assert bad == ["row 2: NYSE:ACM is the ticker of another company, “Ours” (CIK 1)"]
    assert listings() == [("Ours", "NYSE:ACM", None, None, True), ("Ours", "NYSE:NEW", None, None, False)]


def test_only_a_complete_register_ends_what_it_lacks(file: Path) -> None:
    factories.company("Ours", "NYSE:OUR")
    run(file, FIRST, [1, "One", "ONE", "NYSE"], [2, "Two", "TWO", "NYSE"])

    run(file, THEN, [1, "One", "ONE", "NYSE"])
    assert not Listing.objects.exclude(delisted_on=None).exists()
    said, _bad = run(file, LATER, [1, "One", "ONE", "NYSE"], complete=True)

    assert "1 listings have ended" in said
    assert listings()[1:] == [("One", "NYSE:ONE", None, None, True), ("Two", "NYSE:TWO", None, LATER, True)]
    again, _bad = run(file, LATER, [1, "One", "ONE", "NYSE"], complete=True)
    assert "Nothing changed" in again


def test_company_that_comes_back_is_listed_anew(file: Path) -> None:
    run(file, FIRST, [1, "One", "ONE", "NYSE"])
    run(file, THEN, complete=True)

    run(file, LATER, [1, "One", "ONE", "NYSE"])

    assert listings() == [("One", "NYSE:ONE", None, THEN, True), ("One", "NYSE:ONE", LATER, None, True)]


def test_share_class_written_otherwise_is_the_same_listing(file: Path) -> None:
    factories.company("Berkshire", "NYSE:BRK.B", cik=1067983, from_reference=True)

    said, bad = run(file, THEN, [1067983, "Berkshire Hathaway", "BRK-B", "NYSE"])

    assert (bad, "Nothing changed" in said) == ([], True)
    assert listings() == [("Berkshire", "NYSE:BRK.B", None, None, True)]


def test_dry_run_changes_no_history(file: Path) -> None:
    run(file, FIRST, [1, "Facebook", "FB", "Nasdaq"])
    before = listings()

    said, _bad = load(write(file, [1, "Meta", "META", "Nasdaq"]), "--as-of", THEN, "--dry-run")

    assert "1 companies have a new name, 1 listings have ended." in said
    assert (listings(), names()) == (before, set())
