"""What readers ask for is anything, and leads nowhere and to no error.

A NUL, which PostgreSQL takes in no text, is stopped at the addresses: see tests/public.
"""

from collections.abc import Callable
from typing import Any

import pytest

from articles import reading
from tests.factories import live
from tests.workflow.desk import NOON

pytestmark = pytest.mark.django_db

ODD = {
    "control": "a\x01b",
    "long": "x" * 100_000,
    "quotes": "'\"; DROP TABLE articles_edition; --",
    "percent": "%s%(a)s%",
    "like": "%_\\",
    "dots": "../../etc/passwd",
    "emoji": "📰",
    "empty": "",
    "newline": "a\nb",
}
ASKS: dict[str, Callable[[str], Any]] = {
    "story": lambda text: reading.story(text, NOON),
    "section": lambda text: reading.section(text, NOON),
    "company": lambda text: reading.company(text, NOON),
    "author": lambda text: reading.author(text, NOON),
    "topic": lambda text: reading.topic(text, NOON),
    "redirect": lambda text: reading.redirect(f"/{text}/", NOON),
    "picture": lambda text: reading.media(f"pictures/{text}.jpg", NOON),
    "rendition": lambda text: reading.media(f"pictures/{text}.400.jpg", NOON),
    "portrait": lambda text: reading.media(f"portraits/{text}", NOON),
}


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize("odd", ODD)
def test_odd_names_lead_nowhere(ask: str, odd: str) -> None:
    live()
    assert ASKS[ask](ODD[odd]) is None


@pytest.mark.parametrize("odd", ODD)
def test_odd_sections_have_no_stories(odd: str) -> None:
    live()
    assert reading.section_stories(ODD[odd], NOON).items == ()
