"""The commands that load and poll quotes."""

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Quote
from tests.factories import company

pytestmark = pytest.mark.django_db

AS_OF = datetime.now(UTC).isoformat()
LINE = {"symbol": "BABA", "mic": "XNYS", "price": 86.1, "currency": "USD", "as_of": AS_OF}


def said(command: str, *arguments: Any, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(command, *arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture(autouse=True)
def listing() -> None:
    company("", "NYSE:BABA").listings.update(currency="USD")


def test_a_file_is_loaded_and_what_is_refused_is_named(tmp_path: Path) -> None:
    file = tmp_path / "quotes.jsonl"
    file.write_text("\n".join([json.dumps(LINE), "{", json.dumps(LINE | {"price": "NaN"})]))

    out, err = said("load_quotes", file)

    assert out == "quotes: 1 added, 0 changed, 0 unchanged, 2 refused.\n"
    assert err == "line 2: This is no JSON.\nline 3: “price” is 'NaN', which no price is.\n"
    assert said("load_quotes", file)[0] == "quotes: 0 added, 0 changed, 1 unchanged, 2 refused.\n"
    with pytest.raises(CommandError, match="2 rows were refused"):
        said("load_quotes", file, strict=True)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "quotes.jsonl"
    file.write_text(json.dumps(LINE))

    assert "nothing has been written" in said("load_quotes", file, dry_run=True)[0]
    assert not Quote.objects.exists()


def test_a_file_that_cannot_be_read_ends_with_an_error(tmp_path: Path) -> None:
    file = tmp_path / "quotes.jsonl"
    with pytest.raises(CommandError, match="No such file"):
        said("load_quotes", file)
    file.write_bytes(b"\xff")
    with pytest.raises(CommandError, match="UTF-8"):
        said("load_quotes", file)
    file.write_text("nothing")
    with pytest.raises(CommandError, match="None of the rows can be used"):
        said("load_quotes", file)


def test_providers_are_polled(tmp_path: Path, settings: Any) -> None:
    settings.QUOTE_PROVIDERS, settings.QUOTE_KEYS = [f"drop:{tmp_path}"], {}
    (tmp_path / "a.jsonl").write_text(json.dumps(LINE))

    assert said("poll_quotes")[0] == f"drop {tmp_path.name}"[:40] + ": 1 added, 0 known already, 0 refused.\n"
    assert Quote.objects.get().provider == f"drop {tmp_path.name}"[:40]


def test_a_provider_that_fails_is_an_error(tmp_path: Path, settings: Any) -> None:
    settings.QUOTE_PROVIDERS, settings.QUOTE_KEYS = [f"drop:{tmp_path / 'none'}"], {}

    for _ in range(2):
        with pytest.raises(CommandError, match="No quotes from drop none"):
            said("poll_quotes")


def test_nobody_to_ask_is_an_error(settings: Any) -> None:
    settings.QUOTE_PROVIDERS = []

    with pytest.raises(CommandError, match="QUOTE_PROVIDERS is not set"):
        said("poll_quotes")
