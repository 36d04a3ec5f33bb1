"""Reference rates come in whole, once, and a later file is right."""

import zipfile
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.management.commands import load_rates
from articles.models import ReferenceRate

pytestmark = pytest.mark.django_db

ROWS = "Date,USD,JPY,CNY,\n2026-11-24,1.0921,168.2,7.8,\n2026-11-23,1.09,N/A,7.81,\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two days of rates."""
    path = tmp_path / "eurofxref-hist.csv"
    path.write_text(ROWS, "utf-8")
    return path


def load(file: Path, *options: str) -> tuple[str, list[str]]:
    """Run the command and return what it says and the lines it names."""
    said, named = StringIO(), StringIO()
    call_command("load_rates", str(file), *options, stdout=said, stderr=named)
    return said.getvalue().splitlines()[0], named.getvalue().splitlines()


def rates() -> set[tuple[Any, ...]]:
    return set(ReferenceRate.objects.values_list("date", "currency", "rate"))


def test_rates_are_stored_as_they_are_given(file: Path) -> None:
    said, named = load(file)

    assert (said, named) == ("rates: 5 added, 0 changed, 0 unchanged, 0 refused.", [])
    assert rates() == {
        (date(2026, 11, 24), "USD", Decimal("1.0921")),
        (date(2026, 11, 24), "JPY", Decimal("168.2")),
        (date(2026, 11, 24), "CNY", Decimal("7.8")),
        (date(2026, 11, 23), "USD", Decimal("1.09")),
        (date(2026, 11, 23), "CNY", Decimal("7.81")),
    }


def test_zip_is_read_too(file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "eurofxref-hist.zip", "w") as archive:
        archive.write(file, file.name)

    said, _named = load(tmp_path / "eurofxref-hist.zip")

    assert "5 added" in said


def test_second_run_changes_nothing_and_a_later_file_is_right(file: Path) -> None:
    load(file)
    again = load(file)
    file.write_text(ROWS.replace("168.2", "168.25").replace("2026-11-23,1.09,N/A", "2026-11-23,1.09,167.9"), "utf-8")

    mended = load(file)

    assert again == ("rates: 0 added, 0 changed, 5 unchanged, 0 refused.", [])
    assert mended == ("rates: 1 added, 1 changed, 4 unchanged, 0 refused.", [])
    assert (date(2026, 11, 24), "JPY", Decimal("168.25")) in rates()


def test_what_cannot_be_used_is_named_by_line(file: Path) -> None:
    file.write_text(ROWS + "2026-11-20,1.1,-5,x,\n2026-13-01,1,1,1,\n2026-11-24,9,9,9,\n", "utf-8")

    said, named = load(file)

    assert said == "rates: 6 added, 0 changed, 0 unchanged, 4 refused."
    assert [line.partition(":")[0] for line in named] == ["line 4", "line 4", "line 5", "line 6"]
    with pytest.raises(CommandError, match="4 rows were refused"):
        load(file, "--strict")


def test_interrupted_run_goes_on(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_rates, "BATCH", 2)
    real = load_rates._write

    def stumble(*arguments: Any) -> None:
        if ReferenceRate.objects.exists():
            raise KeyboardInterrupt
        real(*arguments)

    with monkeypatch.context() as stumbling:
        stumbling.setattr(load_rates, "_write", stumble)
        with pytest.raises(KeyboardInterrupt):
            load(file)
    assert ReferenceRate.objects.count() == 2

    assert load(file)[0] == "rates: 3 added, 0 changed, 2 unchanged, 0 refused."


def test_dry_run_writes_nothing(file: Path) -> None:
    said, _named = load(file, "--dry-run")

    assert "5 added" in said
    assert not ReferenceRate.objects.exists()


def test_other_files_are_refused(file: Path) -> None:
    file.write_text("<html>", "utf-8")

    with pytest.raises(CommandError, match="no table of the ECB's reference rates"):
        load(file)
    with pytest.raises(CommandError, match="No such file"):
        load(file.with_name("none.csv"))
