"""`docs/measurements.md`: one section for each tool, replaced when the tool runs again."""

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.serving import ROOT

FILE = ROOT / "docs" / "measurements.md"
INTRODUCTION = """\
# Measurements

Figures that tools took of this version, each section written by the tool it names. Requests per second and seconds
depend on the machine and on what else it did; ratios within one run, counts and verdicts do not. `CONTRIBUTING.md`
says how each tool is run.
"""
#: The sections in their order in the file.
TOOLS = ("bench", "bench-postgresql", "bench-company", "soak", "soak-exactness", "soak-scale", "audit")


def write_section(tool: str, title: str, text: str, file: Path = FILE) -> None:
    """Replace a tool's section, or add it in its place, and leave the others as they are."""
    document = file.read_text("utf-8") if file.exists() else ""
    sections = {name: section for name in TOOLS if (section := _section(name, document))}
    now = f"{datetime.now(UTC):%Y-%m-%d}"
    head = f"## {title}\n\n*{now}, commit {commit()}, {machine()}*"
    sections[tool] = f"{_begin(tool)}\n{head}\n\n{text.strip()}\n{_end(tool)}"
    file.write_text("\n".join([INTRODUCTION, *(sections[name] + "\n" for name in TOOLS if name in sections)]), "utf-8")


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def commit() -> str:
    """Return the commit that is measured, marked when the working tree differs from it."""
    try:
        name = _git("rev-parse", "--short", "HEAD")
        changed = [line for line in _git("status", "--porcelain").splitlines() if "docs/measurements.md" not in line]
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{name} with changes" if changed else name


def machine() -> str:
    """Return what the figures were taken on."""
    return f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"


def _section(tool: str, document: str) -> str:
    found = re.search(f"{re.escape(_begin(tool))}\n.*?\n{re.escape(_end(tool))}", document, re.DOTALL)
    return found[0] if found else ""


def _begin(tool: str) -> str:
    return f"<!-- {tool} -->"


def _end(tool: str) -> str:
    return f"<!-- end of {tool} -->"


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
