"""Each tool has a section of its own in the measurements, and replaces no other."""

import re
from pathlib import Path

import pytest

from tests.measurements import INTRODUCTION, machine, table, write_section


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A place for the measurements."""
    return tmp_path / "measurements.md"


def sections(file: Path) -> list[tuple[str, str]]:
    """Return the title and the text of each section, in the order of the file."""
    text = file.read_text("utf-8")
    assert text.startswith(INTRODUCTION)
    found = re.findall(r"<!-- (\S+) -->\n## (.+)\n\n\*(.+)\*\n\n(.+)\n<!-- end of \1 -->", text)
    assert all(machine() in said for _tool, _title, said, _text in found)
    return [(title, text) for _tool, title, _said, text in found]


def test_sections_are_added_in_their_order(file: Path) -> None:
    write_section("audit", "Judges", "No findings.", file)
    write_section("bench", "Requests", "Many.", file)

    assert sections(file) == [("Requests", "Many."), ("Judges", "No findings.")]


def test_section_is_replaced_and_the_others_stay(file: Path) -> None:
    write_section("bench", "Requests", "Many.", file)
    write_section("soak", "Races", "None lost.", file)
    before = file.read_text("utf-8")

    write_section("soak", "Races", r"Three \1 lost.", file)
    assert sections(file) == [("Requests", "Many."), ("Races", r"Three \1 lost.")]

    write_section("soak", "Races", "None lost.", file)
    assert file.read_text("utf-8") == before


def test_section_says_when_and_of_which_commit(file: Path) -> None:
    write_section("bench", "Requests", "Many.", file)

    assert re.search(
        r"^\*\d{4}-\d\d-\d\d, commit ([0-9a-f]{7,}( with changes)?|unknown), ", file.read_text(), re.MULTILINE
    )


def test_table_is_one_of_markdown() -> None:
    assert table(["page", "ms"], [["front", 1], ["feed", 2]]) == "\n".join(
        ["| page | ms |", "| --- | ---: |", "| front | 1 |", "| feed | 2 |"]
    )
