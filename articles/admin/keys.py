"""Keys of rows as they come back from a page: in its address or in its hidden fields."""

import re
from collections.abc import Iterable
from typing import Any

#: As many digits as every database's keys can have. Longer numbers are errors in some of them, and in Python.
_KEY = re.compile(r"[0-9]{1,18}", re.ASCII)


def as_key(value: Any) -> int | None:
    """Return the key that a text is, or None."""
    return int(value) if isinstance(value, str) and _KEY.fullmatch(value) else None


def keys_in(values: Iterable[Any]) -> list[int]:
    """Return the keys among some texts, in their order."""
    return [key for value in values if (key := as_key(value)) is not None]
