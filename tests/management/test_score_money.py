"""Scoring the checks of money on a labelled set."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.markets.inject import DATA
from tests.markets.made_up_rates import FILE

LINES = [
    {"id": "1", "text": "It paid 380 billion yuan ($53 billion).", "date": "2026-11-24", "verdict": "ok"},
    {
        "id": "2",
        "text": "It paid 380 billion yuan ($530 billion).",
        "date": "2026-11-24",
        "verdict": "wrong",
        "kind": "x10",
    },
    {"id": "3", "text": "It paid 380 billion yuan ($54 billion).", "date": "2026-11-24T10:00:00Z", "verdict": "wrong"},
    {"id": "4", "text": "It paid NT$380 billion ($12 billion).", "date": "2026-11-24", "verdict": "ok"},
    {"id": "5", "text": "It paid €380 million ($30 million).", "date": "2026-11-24", "verdict": "ok"},
]


def score(tmp_path: Path, lines: list[str], *, out: Path | None = None) -> tuple[str, str]:
    labelled = tmp_path / "labelled.jsonl"
    labelled.write_text("\n".join(lines), encoding="utf-8")
    stdout, stderr = StringIO(), StringIO()
    call_command("score_money", str(labelled), rates=FILE, out=out, stdout=stdout, stderr=stderr)
    return stdout.getvalue(), stderr.getvalue()


def test_score_says_what_was_found(tmp_path: Path) -> None:
    said, refused = score(tmp_path, [json.dumps(line) for line in LINES])

    assert refused == ""
    assert said.splitlines()[:-1] == [
        "Read 5 texts with 5 conversions: 3 are ok, 2 wrong; 0 lines refused.",
        "Found: 1 of 2 (50.0 %) of the wrong ones.",
        "  x10: 1 of 1 (100.0 %)",
        "False alarms: 1 of 3 (33.3 %) of the ok ones.",
        "Abstained: 1 of the ok ones, 0 of the wrong ones.",
    ]
    assert said.splitlines()[-1].endswith(" ms per 1,000 words.")


def test_score_refuses_bad_lines_by_line(tmp_path: Path) -> None:
    good = json.dumps(LINES[0])
    bad = [
        "no json",
        "[]",
        '{"text": "", "date": "2026-11-24", "verdict": "ok"}',
        '{"text": "a", "date": "24 Nov", "verdict": "ok"}',
    ]
    bad += ['{"text": "a", "date": "2026-11-24", "verdict": "maybe"}', '{"text": "a", "verdict": "ok"}', "[" * 100_000]

    said, refused = score(tmp_path, [good, "", *bad, good])

    assert said.startswith(
        "Read 2 texts with 2 conversions: 2 are ok, 0 wrong; 7 lines refused.\nFound: none of the wrong ones."
    )
    assert [line.partition("labelled.jsonl:")[2].partition(":")[0] for line in refused.splitlines()] == list("3456789")


def test_predictions_are_written_as_json_lines(tmp_path: Path) -> None:
    out = tmp_path / "predictions.jsonl"

    score(tmp_path, [json.dumps(line) for line in LINES], out=out)

    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["verdict"]) for row in rows] == [
        ("1", "ok"),
        ("2", "wrong"),
        ("3", "ok"),
        ("4", "unknown"),
        ("5", "wrong"),
    ]
    [pair] = rows[1]["pairs"]
    assert pair["text"] == LINES[1]["text"][pair["start"] : pair["end"]] == "380 billion yuan ($530 billion)"
    assert (pair["source"], pair["target"], pair["rate_on"]) == ("CNY", "USD", "2026-11-24")
    assert (pair["why"], pair["status"]) == ("The conversion is ten times too large.", "wrong")


@pytest.mark.parametrize("name", ["labelled", "rates"])
def test_missing_file_is_said(tmp_path: Path, name: str) -> None:
    paths = {"labelled": DATA / "money.jsonl", "rates": FILE} | {name: tmp_path / "none"}

    with pytest.raises(CommandError, match="none"):
        call_command("score_money", str(paths["labelled"]), rates=paths["rates"])


def test_own_set_meets_the_measure() -> None:
    stdout = StringIO()

    call_command("score_money", str(DATA / "money.jsonl"), rates=FILE, stdout=stdout)

    lines = stdout.getvalue().splitlines()
    assert lines[0] == "Read 359 texts with 250 conversions: 247 are ok, 112 wrong; 0 lines refused."
    assert "False alarms: 0 of 247 (0.0 %) of the ok ones." in lines


def test_score_needs_no_site() -> None:
    names = ("score_money", DATA / "money.jsonl", "--rates", FILE)
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, names)],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("Read 359 texts")
    assert done.stderr == ""
