"""Reading the demo's files: nouns in TOML, stories as TOML front matter with an HTML body."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any

from babel.dates import format_date

from newsroom.demo.sessions import at, last_session, session_told

FOLDER = Path(__file__).parent
_OFFSET = re.compile(r"(?P<sign>[+-])(?:(?P<days>\d+)d)?(?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m)?")
_SESSION = re.compile(r"last-session (?P<hour>\d\d):(?P<minute>\d\d) America/New_York")
_PLACEHOLDER = re.compile(r"\{(weekday|date|month|year|session-date|session-long|session)(?::([+-]\d+))?\}")


@dataclass(frozen=True, slots=True)
class StoryFile:
    """A story of the demo: its front matter and its body."""

    name: str
    values: dict[str, Any]
    body: str

    @property
    def status(self) -> str:
        """Where the story stands when the demo has been loaded."""
        return str(self.values.get("status", "live"))


def nouns(name: str) -> list[dict[str, Any]]:
    """Return the rows of a file of nouns, "section" for sections.toml."""
    plural = name[:-1] + "ies" if name.endswith("y") else name + "s"
    rows: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{plural}.toml").read_text("utf-8"))[name]
    return rows


def stories() -> list[StoryFile]:
    """Return all stories in the order of their file names."""
    return [read_story(path) for path in sorted((FOLDER / "stories").glob("*.html"))]


def read_story(path: Path) -> StoryFile:
    """Return the story in one file."""
    _before, front, body = path.read_text("utf-8").split("+++\n", 2)
    values = tomllib.loads(front)
    return StoryFile(values["name"], values, body.strip())


def instant(text: str, now: datetime) -> datetime:
    """Return the instant that "-9d4h", "+2h" or "last-session 12:58 America/New_York" means at `now`."""
    session = _SESSION.fullmatch(text)
    if session:
        return at(last_session(now), time(int(session["hour"]), int(session["minute"])))
    offset = _OFFSET.fullmatch(text)
    if offset is None:
        message = f"“{text}” is no instant of the demo"
        raise ValueError(message)
    length = timedelta(**{unit: int(offset[unit] or 0) for unit in ("days", "hours", "minutes")})
    return (now - length if offset["sign"] == "-" else now + length).astimezone(UTC)


def dated(text: str, released: datetime, zone: tzinfo, language: str = "en") -> str:
    """Return `text` with its placeholders for days replaced by the days they mean for a story released then."""
    locale = language.replace("-", "_")
    local = released.astimezone(zone)

    def day_in(form: str) -> Callable[[timedelta], str]:
        return lambda shift: format_date(local.date() + shift, form, locale=locale)

    def session_in(form: str) -> Callable[[timedelta], str]:
        return lambda _shift: format_date(session, form, locale=locale)

    session = session_told(released)
    day_form = "M月d日" if language.startswith("zh") else "d MMMM"
    words = {
        "weekday": day_in("EEEE"),
        "date": day_in(day_form),
        "month": day_in("LLLL"),
        "year": day_in("y"),
        "session": session_in("EEEE"),
        "session-date": session_in(day_form),
        "session-long": session_in(f"EEEE, {day_form}"),
    }
    return _PLACEHOLDER.sub(lambda found: words[found[1]](timedelta(days=int(found[2] or 0))), text)
