"""The command that scores mentions. No test here may touch a database: pytest-django refuses it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [
    {"id": "1", "text": "Apple said sales rose.", "date": "2026-11-24", "spans": [[0, 5, "XNAS:AAPL"]]},
    {"id": "2", "text": "Apple pie was served.", "date": "2026-11-24", "spans": []},
]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "master.csv").write_text("name,alias,symbol,mic,from,until\nApple Inc.,,AAPL,XNAS,,\nNobody,,,XNAS,,\n")
    (tmp_path / "set.jsonl").write_text("\n".join(map(json.dumps, TEXTS)))
    return tmp_path


def test_the_figures_are_printed_and_refused_rows_named(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("score_mentions", str(files / "set.jsonl"), "--aliases", str(files / "master.csv"))
    printed = capsys.readouterr()
    assert printed.err == f"{files / 'master.csv'}, line 3: has no symbol.\n"
    *figures, time = printed.out.splitlines()
    assert figures == [
        "Master: 1 rows used, 1 refused. Texts: 2, words: 8.",
        "precision    1.0000  (1 right, 0 wrong)",
        "recall       1.0000  (0 missed)",
        "F1           1.0000",
        "exact spans  1.0000  (1)",
        "abstentions  1",
    ]
    assert time.startswith("ms per 1,000 words  ")


def test_predictions_are_written_a_line_for_each_text(files: Path) -> None:
    out = files / "out.jsonl"
    call_command("score_mentions", str(files / "set.jsonl"), aliases=files / "master.csv", out=out)
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(line["id"], line["spans"]) for line in lines] == [("1", [[0, 5, "XNAS:AAPL"]]), ("2", [])]


@pytest.mark.parametrize(
    ("text", "master", "out", "message"),
    [
        ("none.jsonl", "master.csv", None, "none.jsonl cannot be read"),
        ("set.jsonl", "none.csv", None, "none.csv cannot be read"),
        ("master.csv", "master.csv", None, "line 1, is no labeled text"),
        ("set.jsonl", "set.jsonl", None, "it lacks name and symbol"),
        ("set.jsonl", "master.csv", ".", "cannot be written"),
    ],
)
def test_files_that_are_no_good_are_refused(files: Path, text: str, master: str, out: str | None, message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command(
            "score_mentions", str(files / text), aliases=files / master, out=files / out if out is not None else None
        )


def test_the_command_needs_no_site(files: Path) -> None:
    environment = {"PATH": os.environ["PATH"]}
    command = [sys.executable, "manage.py", "score_mentions", str(files / "set.jsonl")]
    done = subprocess.run(
        [*command, "--aliases", str(files / "master.csv")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "precision    1.0000" in done.stdout
