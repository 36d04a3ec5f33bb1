"""Words around a figure that say it is not exact: "more than", "nearly", "or so"."""

import re
from typing import Final

_BEFORE: Final = {
    "over": "more than|over|above|at least|no less than|not less than|upwards of|upward of|exceeding|greater than"
    "|in excess of|north of|just over|just above|well over|a little over|slightly over|slightly more than"
    "|mehr als|über|plus de|más de"
    "|超过|超過|逾",
    "under": "less than|under|below|up to|as much as|as many as|at most|no more than|not more than|nearly|almost"
    "|close to|just under|just below|just shy of|shy of|short of|a maximum of|fast|knapp|bis zu|weniger als|jusqu'à"
    "|hasta|casi|près de",
    "about": "about|around|roughly|approximately|approx.|approx|some|circa|ca.|ca|c.|an estimated|estimated|~|≈|≃"
    "|in the region of|or about|rund|etwa|ungefähr|environ|unos|cerca de|aproximadamente|约|約|大约|약",
}  # fmt: skip
_AFTER: Final = {
    "over": "or more|plus|and more|or higher",
    "under": "or less|at most|or lower",
    "about": "or so|or thereabouts|approximately",
}


def _pattern(words: dict[str, str]) -> str:
    return "|".join(
        f"(?P<{kind}>{'|'.join(re.escape(form) for form in sorted(forms.split('|'), key=len, reverse=True))})"
        for kind, forms in words.items()
    )


_BEFORE_PATTERN: Final = re.compile(
    rf"(?<!\w)(?:{_pattern(_BEFORE)})(?:\s(?:a|an|the|only))?[\s\u00a0]*[({{\[]?$", re.IGNORECASE
)
_AFTER_PATTERN: Final = re.compile(rf"\s?(?:{_pattern(_AFTER)})(?!\w)|(?P<plus>\+)", re.IGNORECASE)
_REACH: Final = 24


def read_qualifier(text: str, start: int, end: int) -> str:
    """Return what the words around a sum make of it: "over", "under", "about", or nothing."""
    before = _BEFORE_PATTERN.search(text[max(0, start - _REACH) : start])
    if before and before.lastgroup:
        return before.lastgroup
    after = _AFTER_PATTERN.match(text, end)
    if after is None:
        return ""
    return "over" if after["plus"] else after.lastgroup or ""
