"""Bodies as their pages print them."""

from dataclasses import replace

import pytest

from articles.rendering.body import body_html, opening
from tests.public.stories import ALIBABA, story

DATELINE = '<span class="dateline">PARIS —</span>'
PREFIX = '<span class="source-prefix">Investing.com --</span>'
BOTH = '<span class="dateline">PARIS,</span> <span class="source-prefix">Investing.com --</span>'


@pytest.mark.parametrize(
    ("prefix", "dateline", "words"),
    [("Investing.com --", "", PREFIX), ("", "PARIS", DATELINE), ("Investing.com -- ", " PARIS", BOTH)],
)
def test_the_first_paragraph_begins_with_where_the_story_comes_from(prefix: str, dateline: str, words: str) -> None:
    html = opening('<p id="p1">One.</p><p>Two.</p>', prefix, dateline)

    assert html == f'<p id="p1">{words} One.</p><p>Two.</p>'


def test_a_body_without_prefix_and_dateline_stays_as_it_is() -> None:
    assert opening("<p>One.</p>", "", " ") == "<p>One.</p>"


@pytest.mark.parametrize(
    "before",
    ["<h2>Heading</h2>", "<blockquote><p>Quotation</p></blockquote>", "<ul><li>Item<ul><li>Sub</li></ul></li></ul>"],
)
def test_the_first_paragraph_is_one_that_stands_by_itself(before: str) -> None:
    assert opening(f"{before}<p>One.</p>", dateline="PARIS") == f"{before}<p>{DATELINE} One.</p>"


def test_a_body_without_such_a_paragraph_gets_one() -> None:
    assert opening("<ul><li>Item</li></ul>", dateline="PARIS") == f"<p>{DATELINE}</p><ul><li>Item</li></ul>"


def test_no_body_gets_no_opening() -> None:
    assert opening("", "Reuters --", "PARIS") == ""


def test_the_opening_is_escaped() -> None:
    assert opening("<p>One.</p>", prefix="<b>A&B") == '<p><span class="source-prefix">&lt;b&gt;A&amp;B</span> One.</p>'


def test_a_body_has_its_opening_and_its_links() -> None:
    html = body_html(
        story(body="<p>Alibaba fell.</p>", companies=(ALIBABA,), dateline="", source_prefix="Investing.com --")
    )

    assert html == (
        f'<p>{PREFIX} <a class="company" href="/companies/alibaba-group/">Alibaba</a> (NYSE:BABA) fell.</p>'
    )


def test_a_company_in_the_prefix_is_no_mention() -> None:
    html = body_html(
        story(
            body="<p>Alibaba fell.</p>",
            companies=(replace(ALIBABA, ticker=""),),
            dateline="",
            source_prefix="Alibaba --",
        )
    )

    assert html.count("<a ") == 1
    assert html.endswith("Alibaba</a> fell.</p>")
