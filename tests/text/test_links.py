"""Where links may lead."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.links import safe_href
from tests.text.strategies import HREFS


@pytest.mark.parametrize(
    ("href", "stored"),
    [
        ("https://example.com/a?b=1&c=%20#d", "https://example.com/a?b=1&c=%20#d"),
        (" HTTPS://Example.com/A ", "https://Example.com/A"),
        ("https://example.com/a b\"<>|'", "https://example.com/a%20b%22%3C%3E%7C'"),
        ("https://zh.example/市場", "https://zh.example/市場"),
        ("https://exam\nple.com/\u200bx", "https://example.com/x"),
        ("MAILTO:desk@example.com?subject=Hi", "mailto:desk@example.com?subject=Hi"),
        ("/markets/?page=2", "/markets/?page=2"),
        ("/", "/"),
        ("#terms", "#terms"),
        ("https://www.google.com/url?q=https://example.com/%3Fa%3D1&sa=D", "https://example.com/?a=1"),
        ("https://google.co.uk/url?sa=t&url=https%3A%2F%2Fexample.com%2F", "https://example.com/"),
        ("https://www.google.com/search?q=https://example.com", "https://www.google.com/search?q=https://example.com"),
    ],
)
def test_safe_href_keeps_good_addresses(href: str, stored: str) -> None:
    assert safe_href(href) == stored


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#",
        "markets/",
        "example.com",
        "//example.com",
        "/\\example.com",
        "/\t/example.com",
        "\\\\example.com",
        "http:example.com",
        "http:///example.com",
        "http://",
        "https://[::1",
        "https://example.com:port/",
        "mailto:",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///C:/notes.docx",
        "ftp://example.com/",
        "tel:+85212345678",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://www.google.com/url?sa=D",
    ],
)
def test_safe_href_refuses(href: str) -> None:
    assert safe_href(href) == ""


@settings(deadline=None)
@given(st.lists(st.one_of(st.sampled_from(HREFS), st.text(max_size=5)), max_size=4).map("".join))
def test_safe_href_settles_at_once(href: str) -> None:
    stored = safe_href(href)

    assert safe_href(stored) == stored
