"""Labeled text as JSON Lines."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from articles.management.scoring.labeled import Label, LabeledText, UnreadableText, read_labeled


def write(path: Path, *lines: Any) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_lines_are_texts_with_labels(tmp_path: Path) -> None:
    path = write(
        tmp_path / "set.jsonl",
        {"id": 7, "text": "𝒳 Apple", "date": "2026-11-24", "spans": [[2, 7, "XNAS:AAPL"], [None, None, "V"]]},
        "",
        {"text": "Nothing", "date": "2026-11-24T10:00:00Z"},
    )
    assert list(read_labeled(path)) == [
        LabeledText("7", "𝒳 Apple", date(2026, 11, 24), (Label(2, 7, "AAPL", "XNAS"), Label(None, None, "V", ""))),
        LabeledText("3", "Nothing", date(2026, 11, 24), ()),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting property name"),
        ("[1]", "list indices must be integers"),
        ({"text": "a"}, "it lacks 'date'"),
        ({"text": 1, "date": "2026-11-24"}, "its text is no string"),
        ({"text": "a", "date": "today"}, "Invalid isoformat string"),
        ({"text": "a", "date": "2026-11-24", "spans": [[0, 2, "A"]]}, "lies outside of its text"),
        ({"text": "a", "date": "2026-11-24", "spans": [[0, None, "A"]]}, "has one end only"),
        ({"text": "a", "date": "2026-11-24", "spans": [[0, 1]]}, r"is no \[start, end, symbol\]"),
        ({"text": "a", "date": "2026-11-24", "spans": [[0, 1, " "]]}, r"is no \[start, end, symbol\]"),
        ({"text": "a", "date": "2026-11-24", "spans": [[False, True, "A"]]}, "lies outside of its text"),
    ],
)
def test_what_is_no_labeled_text_is_refused_by_its_line(tmp_path: Path, line: Any, reason: str) -> None:
    path = write(tmp_path / "set.jsonl", {"text": "a", "date": "2026-11-24"}, line)
    with pytest.raises(UnreadableText, match=f"line 2, is no labeled text: .*{reason}"):
        list(read_labeled(path))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableText, match="cannot be read"):
        list(read_labeled(tmp_path / "none.jsonl"))
    (tmp_path / "bytes").write_bytes(b"\xff")
    with pytest.raises(UnreadableText, match="is not in UTF-8: byte 0"):
        list(read_labeled(tmp_path / "bytes"))


@pytest.mark.parametrize(
    ("label", "symbol", "mic", "same"),
    [
        ("BRK.B", "BRK-B", "XNYS", True),
        ("XNYS:BRK/B", "BRK.B", "XNYS", True),
        ("NYSE:BRK.B", "BRK.B", "XNYS", True),
        ("XNAS:BRK.B", "BRK.B", "XNYS", False),
        ("XHKG:0700", "700", "XHKG", True),
        ("BABA", "BABA", "", True),
        ("BABA", "BABAF", "OTCM", False),
    ],
)
def test_a_label_is_of_a_listing(tmp_path: Path, label: str, symbol: str, mic: str, same: bool) -> None:
    path = write(tmp_path / "set.jsonl", {"text": "a", "date": "2026-11-24", "spans": [[0, 1, label]]})
    (text,) = read_labeled(path)
    assert text.labels[0].is_of(symbol, mic) is same
