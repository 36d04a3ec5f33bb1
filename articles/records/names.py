"""What an index A–Z lists, and what a ticker may mean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an index A–Z: a company with its primary ticker, or a person with a present role, or "" for none."""

    name: str
    path: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """A part of an index A–Z. `letters` are those under which something stands; `after` leads to the next part."""

    letters: tuple[str, ...]
    items: tuple[Entry, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A company that a ticker may mean: the listing as printed, and its exchange by its name.

    `is_present` says whether the ticker is the company's on the day that was asked for, or was once.
    """

    ticker: str
    exchange: str
    company: str
    path: str
    is_present: bool
