"""What the desk marks in copy: who is named, and what is said of a market, as HTML carries it.

`<span data-company="12">Alibaba Group</span>`, `<span data-person="3">Joe Tsai</span>`, and a market statement:
`<data value="1.2" data-listing="17" data-measure="change-percent" data-direction="down"
data-as-of="2026-11-24T17:50:00Z" data-session="regular">down 1.2% today, as of 12:50 ET</data>`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final, Literal

from articles.text.links import safe_href
from articles.text.markup import BOUNDARIES, End, Event, Start

type Named = Literal["company", "person"]
type Form = Mention | Statement

NAMED: Final[tuple[Named, ...]] = ("company", "person")
#: What a statement says: a change in percent or in money or points, where a price stands, where it closed.
MEASURES: Final = frozenset({"change-percent", "change", "level", "close"})
DIRECTIONS: Final = frozenset({"up", "down", "flat", ""})
#: The part of the trading day that a statement speaks of, "" when it does not say.
SESSIONS: Final = frozenset({"pre", "regular", "post", "close", ""})

_KEY = re.compile("[1-9][0-9]{0,17}")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,10})?")
_INSTANT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_UNIT = re.compile("[A-Z]{3}|points|")
#: Every attribute that a mark may have, by element, in the order in which it is written.
ATTRIBUTES: Final = {
    "span": tuple(f"data-{kind}" for kind in NAMED),
    "data": (
        "value",
        *(f"data-{name}" for name in ("listing", "measure", "direction", "as-of", "session", "unit")),
    ),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A company or a person that words name, by its key."""

    kind: Named
    key: int

    @property
    def start_tag(self) -> str:
        """The tag that stands before the words."""
        return f'<span data-{self.kind}="{self.key}">'


@dataclass(frozen=True, slots=True)
class Statement:
    """What words say of a listing. `value` is as printed, "1.20", and has a sign only where the words print one.

    `unit` is an ISO 4217 code, "GBX" or "points", "" for a percentage or where nobody said; `as_of` is in UTC, to the
    second, None where the words name no instant.
    """

    listing: int
    measure: str
    value: str
    direction: str = ""
    as_of: datetime | None = None
    session: str = ""
    unit: str = ""

    @property
    def number(self) -> Decimal:
        """The value as a number."""
        return Decimal(self.value)

    @property
    def start_tag(self) -> str:
        """The tag that stands before the words."""
        values = {
            "value": self.value,
            "data-listing": str(self.listing),
            "data-measure": self.measure,
            "data-direction": self.direction,
            "data-as-of": f"{self.as_of.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if self.as_of else "",
            "data-session": self.session,
            "data-unit": self.unit,
        }
        written = (f' {name}="{values[name]}"' for name in ATTRIBUTES["data"] if values[name])
        return f"<data{''.join(written)}>"


def read_form(tag: str, attributes: Mapping[str, str]) -> Form | None:
    """Return what an element marks, None when it is no mark or says something that no mark can say.

    Attributes of others are passed over; an element that names two nouns is no mark.
    """
    if tag == "span":
        return _mention(attributes)
    return _statement(attributes) if tag == "data" else None


def form_of(start_tag: str) -> Form | None:
    """Return what a start tag of clean HTML marks, None for a tag that marks nothing."""
    return read_form(start_tag[1:].partition(" ")[0], dict(_ATTRIBUTE.findall(start_tag)))


def end_tag(start_tag: str) -> str:
    """Return the end of a mark that begins with this tag."""
    return f"</{start_tag[1:].partition(' ')[0]}>"


def sound_marks(events: Sequence[Event]) -> dict[int, str]:
    """Return the start tags of the marks among events, by their positions.

    A mark stands in one paragraph and neither in a link nor around one; any other is left out, whole.
    """
    found: dict[int, str] = {}
    open_marks: list[tuple[int, int, str]] = []
    open_tags: list[Start] = []
    links = obstacles = 0
    for position, event in enumerate(events):
        if isinstance(event, Start):
            is_link = _is_link(event)
            obstacles += is_link or event.tag in BOUNDARIES
            form = None if links else read_form(event.tag, event.attributes)
            open_marks.append((position, obstacles, form.start_tag if form else ""))
            open_tags.append(event)
            links += is_link
        elif isinstance(event, End):
            links -= _is_link(open_tags.pop())
            begun, before, start_tag = open_marks.pop()
            if start_tag and obstacles == before:
                found[begun] = start_tag
    return found


def _is_link(event: Start) -> bool:
    return event.tag == "a" and safe_href(event.attributes.get("href", "")) != ""


def _mention(attributes: Mapping[str, str]) -> Mention | None:
    found = [Mention(kind, int(key)) for kind in NAMED if (key := _matched(_KEY, attributes, f"data-{kind}"))]
    named = sum(f"data-{kind}" in attributes for kind in NAMED)
    return found[0] if len(found) == named == 1 else None


def _statement(attributes: Mapping[str, str]) -> Statement | None:
    listing = _matched(_KEY, attributes, "data-listing")
    value = _matched(_NUMBER, attributes, "value")
    measure = attributes.get("data-measure", "")
    direction, session = attributes.get("data-direction", ""), attributes.get("data-session", "")
    unit = "" if measure == "change-percent" else attributes.get("data-unit", "")
    is_known = measure in MEASURES and direction in DIRECTIONS and session in SESSIONS and _UNIT.fullmatch(unit)
    try:
        as_of = _instant(attributes.get("data-as-of", ""))
    except ValueError:
        return None
    if not listing or not value or not is_known:
        return None
    return Statement(int(listing), measure, value, direction, as_of, session, unit)


def _instant(text: str) -> datetime | None:
    """Return an instant as marks write it, None for "". Raises ValueError."""
    if not text:
        return None
    if not _INSTANT.fullmatch(text):
        raise ValueError(f"{text!r} is no instant in UTC.")
    return datetime.fromisoformat(text)


def _matched(pattern: re.Pattern[str], attributes: Mapping[str, str], name: str) -> str:
    value = attributes.get(name, "")
    return value if pattern.fullmatch(value) else ""
