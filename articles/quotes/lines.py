"""Quotes as lines of JSON, an object each."""

import json
from decimal import Decimal
from typing import Any, NoReturn

from articles.quotes.provider import Delivery

#: More than any quote needs.
LONGEST_LINE = 10_000


def read_lines(origin: str, text: str) -> Delivery:
    """Return the objects of a text that has one on each line; numbers are Decimal, blank lines are passed over."""
    rows: list[tuple[int, dict[str, Any]]] = []
    refused: list[tuple[int, str]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            rows.append((number, read_object(line)))
        except ValueError as error:
            refused.append((number, str(error)))
    return Delivery(origin, tuple(rows), tuple(refused))


def read_object(line: str) -> dict[str, Any]:
    """Return the object on a line. Raises ValueError with what is wrong."""
    if len(line) > LONGEST_LINE:
        raise ValueError("This line is too long for a quote.")
    found = read_json(line)
    if not isinstance(found, dict):
        raise ValueError("There is no object of JSON on this line: write {…} on one line for each quote.")
    return found


def read_json(text: str | bytes) -> Any:
    """Return what JSON says, its numbers exact. Raises ValueError with what is wrong."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raise ValueError("This is no JSON.") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number.")
