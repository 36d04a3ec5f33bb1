"""Files are loaded in the order of their days: an older one would undo what a newer one has said."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from articles.models import Company, CompanyName, Listing
from tests.factories import exchange

pytestmark = pytest.mark.django_db

FIELDS = ["cik", "name", "ticker", "exchange"]


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel("2026-11-30T12:00:00Z", tick=False) as travelled:
        yield travelled


def register(folder: Path, *rows: tuple[int, str, str]) -> Path:
    file = folder / "register.json"
    data = [[cik, name, ticker, "Nasdaq"] for cik, name, ticker in rows]
    file.write_text(json.dumps({"fields": FIELDS, "data": data}))
    return file


def load(file: Path, as_of: str) -> None:
    call_command("load_companies", file, as_of=date.fromisoformat(as_of), stdout=StringIO(), stderr=StringIO())


def test_an_older_register_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    load(register(tmp_path, (1326801, "Facebook Inc", "FB")), "2021-06-01")
    load(register(tmp_path, (1326801, "Meta Platforms, Inc.", "META")), "2022-07-01")
    before = [list(model.objects.order_by("pk").values()) for model in (Company, CompanyName, Listing)]

    with pytest.raises(CommandError, match="as of 2022-07-01 has been loaded before"):
        load(register(tmp_path, (1326801, "Facebook Inc", "FB")), "2021-06-01")

    assert [list(model.objects.order_by("pk").values()) for model in (Company, CompanyName, Listing)] == before


def test_the_same_day_may_be_loaded_again(tmp_path: Path) -> None:
    file = register(tmp_path, (1326801, "Meta Platforms, Inc.", "META"))
    load(file, "2022-07-01")
    load(file, "2022-07-01")

    assert Listing.objects.count() == 1


def test_a_day_to_come_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="still to come"):
        load(register(tmp_path, (1, "Meta", "META")), "2026-12-01")
    assert not Company.objects.exists()


def test_another_kind_of_file_has_days_of_its_own(tmp_path: Path) -> None:
    exchange("NASDAQ")
    load(register(tmp_path, (1326801, "Meta Platforms, Inc.", "META")), "2022-07-01")
    file = tmp_path / "listings.csv"
    file.write_text("Symbol,Security Name\nAAPL,Apple Inc. - Common Stock\n")
    options = {"mic": "XNAS", "stdout": StringIO(), "stderr": StringIO()}

    call_command("load_listings", file, as_of=date(2021, 6, 1), **options)
    with pytest.raises(CommandError, match="as of 2021-06-01 has been loaded before"):
        call_command("load_listings", file, as_of=date(2021, 5, 1), **options)

    assert Listing.objects.filter(symbol="AAPL").exists()
