"""Places in rendered HTML that are filled when a page is put together.

A story is rendered once, at its release, and printed on many pages: with another headline level here, without its
picture there. Where pages differ the templates print one of these characters. They are control characters, which no
text of the newsroom can hold (`articles.text.characters.printable`).
"""

from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Slots:
    """One character for each place.

    `picture`, `full` and `section` stand before and behind what may be left out, `price` before and behind the key of
    a listing.
    """

    head: str = "\x01"
    main: str = "\x02"
    related: str = "\x03"
    cards: str = "\x04"
    rows: str = "\x05"
    style: str = "\x06"
    level: str = "\x07"
    sizes: str = "\x0e"
    loading: str = "\x0f"
    picture: str = "\x10"
    full: str = "\x11"
    section: str = "\x12"
    price: str = "\x13"


SLOTS: Final = Slots()
#: Every character that is a slot.
CHARACTERS: Final = frozenset(getattr(SLOTS, field.name) for field in fields(Slots))
