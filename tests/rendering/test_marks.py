"""What the desk has marked in the copy, as its page and its feed print it."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import given, settings

from articles.records import Company, Person, StatedListing
from articles.rendering.body import body_html
from articles.rendering.feed_content import content_html
from articles.rendering.mentions import link_mentions
from articles.text.clean import clean_body
from articles.text.mark_forms import Statement
from articles.text.plain import plain_text
from tests.public.stories import MARKETS, SITE, feed_item, story
from tests.text.strategies import any_html, bodies

ALIBABA = Company(12, "Alibaba Group", "/companies/alibaba/", "NYSE:BABA", "subject", ("Alibaba",))
TENCENT = Company(3, "Tencent", "/companies/tencent/", "HKEX:700")
PRIVATE = Company(4, "DeepSeek", "/companies/deepseek/")
TSAI = Person(3, "Joe Tsai", "/people/joe-tsai/", ("Joe Tsai",))
LINK = '<a class="company" href="/companies/alibaba/">'
TICKER = " (NYSE:BABA)"


def company(words: str, key: int = 12) -> str:
    return f'<span data-company="{key}">{words}</span>'


def person(words: str, key: int = 3) -> str:
    return f'<span data-person="{key}">{words}</span>'


@pytest.mark.parametrize(
    ("copy", "printed"),
    [
        (f"The group {company('it')} and {company('Alibaba')}", f"The group {LINK}it</a>{TICKER} and Alibaba"),
        (f"Alibaba, that is {company('Alibaba')}", f"Alibaba, that is {LINK}Alibaba</a>{TICKER}"),
        (company("<strong>Ali</strong>baba"), f"{LINK}<strong>Ali</strong>baba</a>{TICKER}"),
        (f"{company('Alibaba')}’s shares", f"{LINK}Alibaba</a>’s{TICKER} shares"),
        (f"{company('Alibaba Holdings')}' shares", f"{LINK}Alibaba Holdings</a>'{TICKER} shares"),
        (company("Alibaba’s"), f"{LINK}Alibaba’s</a>{TICKER}"),
        # the copy prints it
        (f"{company('Alibaba')} (NYSE:BABA)", f"{LINK}Alibaba</a> (NYSE:BABA)"),
        (f"{company('Alibaba')} ({company('NYSE: BABA')})", f"{LINK}Alibaba</a> (NYSE: BABA)"),
        (f"{company('Alibaba')}’s (BABA) shares", f"{LINK}Alibaba</a>’s (BABA) shares"),
        (company("Alibaba (NYSE:BABA)"), f"{LINK}Alibaba (NYSE:BABA)</a>"),
        (f"{company('NYSE:BABA')} fell", f"{LINK}NYSE:BABA</a> fell"),
        (f"NYSE: {company('BABA')} fell", f"NYSE: {LINK}BABA</a> fell"),
        (f"{company('$BABA')} fell", f"{LINK}$BABA</a> fell"),
        (f"${company('BABA')} fell", f"${LINK}BABA</a> fell"),
        (f"{company('&lt;BABA.N&gt;')} fell", f"{LINK}&lt;BABA.N&gt;</a> fell"),
        (f"{company('BABA')} fell", f"{LINK}BABA</a>{TICKER} fell"),
        (f"{company('Alibaba')} said $BABA fell", f"{LINK}Alibaba</a>{TICKER} said $BABA fell"),
        # what is no longer named
        (company("Meridian", 99), "Meridian"),
        (person("Jack Ma", 99), "Jack Ma"),
    ],
)  # fmt: skip
def test_the_first_mark_of_a_company_is_its_link(copy: str, printed: str) -> None:
    assert link_mentions(clean_body(f"<p>{copy}</p>"), [ALIBABA]) == f"<p>{printed}</p>"


@pytest.mark.parametrize(
    ("form", "ticker"), [("colon", " (NYSE:BABA)"), ("spaced", " (NYSE: BABA)"), ("symbol", " (BABA)"), ("none", "")]
)
def test_tickers_have_the_form_of_the_section(form: str, ticker: str) -> None:
    for copy in (company("Alibaba"), "Alibaba"):
        body = f"<p>{copy} fell.</p>"
        section = replace(MARKETS, ticker_form=form)

        page = body_html(story(body=body, companies=(ALIBABA,), dateline="", section=section))
        feed = content_html(feed_item(body=body, companies=(ALIBABA,), dateline="", section=section), SITE)

        assert page == f"<p>{LINK}Alibaba</a>{ticker} fell.</p>"
        assert feed == page.replace('href="/', 'href="https://news.example.com/')


def test_a_story_without_a_section_prints_exchange_and_symbol() -> None:
    html = body_html(story(body=f"<p>{company('Alibaba')}</p>", companies=(ALIBABA,), dateline="", section=None))

    assert html == f"<p>{LINK}Alibaba</a>{TICKER}</p>"


def test_a_company_without_a_mark_is_found_by_its_name() -> None:
    copy = f"<p>DeepSeek, Tencent and {company('the group')}; Alibaba, Tencent.</p>"

    html = link_mentions(copy, [ALIBABA, TENCENT, PRIVATE])

    assert html == (
        '<p><a class="company" href="/companies/deepseek/">DeepSeek</a>, '
        '<a class="company" href="/companies/tencent/">Tencent</a> (HKEX:700) and '
        f"{LINK}the group</a>{TICKER}; Alibaba, Tencent.</p>"
    )


def test_a_mark_in_a_heading_is_none_to_link() -> None:
    copy = f"<h2>{company('Alibaba')}</h2>\n<p>So Alibaba said.</p>\n<p>{person('Joe Tsai')}</p>"

    html = link_mentions(copy, [ALIBABA], [TSAI])

    assert html == (
        f"<h2>Alibaba</h2>\n<p>So {LINK}Alibaba</a>{TICKER} said.</p>\n"
        '<p><a class="person" href="/people/joe-tsai/">Joe Tsai</a></p>'
    )


def test_names_in_what_is_marked_otherwise_are_not_looked_for() -> None:
    copy = f"<p>{person('Alibaba Joe')} and {company('Tencent Alibaba', 99)}</p>"

    assert link_mentions(copy, [ALIBABA, TENCENT]) == "<p>Alibaba Joe and Tencent Alibaba</p>"


def test_the_first_mark_of_a_person_is_their_link() -> None:
    copy = f"<p>Joe Tsai: {person('Joe Tsai')} said {person('Tsai')} and Joe Tsai</p>"

    assert link_mentions(copy, [], [TSAI]) == (
        '<p>Joe Tsai: <a class="person" href="/people/joe-tsai/">Joe Tsai</a> said Tsai and Joe Tsai</p>'
    )


def test_a_person_without_a_mark_is_found_by_the_whole_name_alone() -> None:
    ford = Company(5, "Ford", "/companies/ford/", "NYSE:F")
    henry = Person(6, "Henry Ford", "/people/henry-ford/", ("Henry Ford", "Ford", "Henry"))
    copy = "<p>Henry, Henry Ford and Ford, Henry Ford’s.</p>"

    assert link_mentions(copy, [ford], [henry]) == (
        '<p>Henry, <a class="person" href="/people/henry-ford/">Henry Ford</a> and '
        '<a class="company" href="/companies/ford/">Ford</a> (NYSE:F), Henry Ford’s.</p>'
    )
    assert link_mentions("<p>Ford</p>", [], [henry]) == "<p>Ford</p>"


def test_marks_of_what_was_merged_lead_to_what_it_is_now() -> None:
    copy = f"<p>{company('Ali', 7)} and {person('Joe', 8)}, {company('Alibaba')}</p>"

    html = link_mentions(copy, [replace(ALIBABA, former=(7,))], [replace(TSAI, former=(8,))])

    assert html == f'<p>{LINK}Ali</a>{TICKER} and <a class="person" href="/people/joe-tsai/">Joe</a>, Alibaba</p>'


@settings(deadline=None)
@given(bodies | any_html)
def test_no_mark_is_left_and_every_word_is(html: str) -> None:
    body = clean_body(html)
    names = (Company(12, "bank", "/companies/bank/", "LSE:B"), Company(17, "rose", "/companies/rose/"))
    listings = (StatedListing(17, "LSE:B", "Europe/London"),)
    named: dict[str, Any] = {"companies": names, "persons": (TSAI,), "stated": listings, "dateline": "", "body": body}

    page, feed = body_html(story(**named)), content_html(feed_item(**named), SITE)

    assert " data-" not in re.sub(r' data-listing="LSE:B"| data-&gt;', "", page.replace("data-x", ""))
    assert clean_body(page.replace('class="company"', "")).count("<a ") == page.count("<a ")
    for printed in (page, feed):
        assert "<span " not in printed
        # Tickers and instants come between, even where a mark ends within a word: every letter is there, in its order.
        letters = iter(re.findall(r"\w", plain_text(printed)))
        assert [letter for letter in re.findall(r"\w", plain_text(body)) if letter not in letters] == []


def stated(words: str, **values: Any) -> str:
    """Return a market statement of the New York session of 24 November 2026."""
    told: dict[str, Any] = {
        "listing": 17,
        "measure": "change-percent",
        "value": "1.2",
        "direction": "down",
        "as_of": datetime(2026, 11, 24, 17, 50, tzinfo=UTC),
        "session": "regular",
    }
    return f"{Statement(**(told | values)).start_tag}{words}</data>"


BABA = StatedListing(17, "NYSE:BABA", "America/New_York")
TOYOTA = StatedListing(18, "TSE:7203", "Asia/Tokyo")
NOON = '<time datetime="2026-11-24T17:50:00Z">12:50 ET on 24 November</time>'


def printed(words: str, *, changes: dict[str, Any] | None = None, **values: Any) -> str:
    """Return the page's words for those of a statement."""
    told = story(body=f"<p>It was {stated(words, **values)}.</p>", companies=(), stated=(BABA, TOYOTA), dateline="",
                 **(changes or {}))  # fmt: skip
    html = body_html(told).removeprefix("<p>It was ")
    data, _end, rest = html.partition("</data>")
    assert rest == ".</p>"
    return data


DATA = '<data class="market" value="-1.2" data-listing="NYSE:BABA">'


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("down 1.2% today, as of 12:50 ET", f"down 1.2% as of {NOON}"),
        ("down <strong>1.2% today</strong>, as of 12:50 ET", f"down <strong>1.2% as of {NOON}</strong>"),
        ("down 1.2% <em>today</em>", f"down 1.2% as of {NOON}"),
        ("down <strong>1.2%</strong>", f"down <strong>1.2%</strong>, as of {NOON}"),
        ("down<br>1.2% today &amp; more", f"down<br>1.2% as of {NOON} &amp; more"),
        ("down 1.2% as of 12:50 ET on 24 November", f"down 1.2% as of {NOON}"),
    ],
)
def test_a_statement_is_printed_absolutely(words: str, html: str) -> None:
    assert printed(words) == DATA + html


def test_words_that_are_absolute_already_have_their_instant_around_them() -> None:
    html = printed("down 1.2% as of <strong>12:50 ET</strong> on 24 November")

    assert html == (
        f'{DATA}<time datetime="2026-11-24T17:50:00Z">down 1.2% as of <strong>12:50 ET</strong> on 24 November</time>'
    )


def test_a_close_has_a_day() -> None:
    html = printed("closed at $86.10 on Tuesday", measure="close", value="86.10", session="close", unit="USD")

    assert html == (
        '<data class="market" value="86.10" data-listing="NYSE:BABA">closed at $86.10 on '
        '<time datetime="2026-11-24">24 November</time>'
    )


def test_the_instant_is_that_of_the_exchange() -> None:
    html = printed(
        "up 2% today", listing=18, direction="up", value="2", as_of=datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
    )

    assert html == (
        '<data class="market" value="2" data-listing="TSE:7203">up 2% as of '
        '<time datetime="2026-11-25T01:30:00Z">10:30 JST on 25 November</time>'
    )


def test_another_year_is_named() -> None:
    html = printed("down 1.2% today", as_of=datetime(2025, 11, 24, 17, 50, tzinfo=UTC))

    assert html.endswith('<time datetime="2025-11-24T17:50:00Z">12:50 ET on 24 November 2025</time>')


def test_a_statement_without_an_instant_stays_as_it_is() -> None:
    assert printed("down 1.2%", as_of=None, session="") == f"{DATA}down 1.2%"


def test_a_statement_of_a_listing_that_is_gone_keeps_figures_and_instant() -> None:
    with override_settings(TIME_ZONE="Europe/Paris"):
        html = printed("down 1.2% today", listing=99)

    assert html == (
        '<data class="market" value="-1.2">down 1.2% as of '
        '<time datetime="2026-11-24T17:50:00Z">18:50 CET on 24 November</time>'
    )


def test_another_language_gets_the_instant_in_its_own_form() -> None:
    html = printed("今日下跌1.2%", changes={"language": "zh-Hans"})

    assert html == f'{DATA}今日下跌1.2% (<time datetime="2026-11-24T17:50:00Z">2026年11月24日 12:50 ET</time>)'


def test_a_feed_has_the_words_alone() -> None:
    body = f"<p>It was {stated('down <strong>1.2%</strong> today')}.</p>"

    html = content_html(feed_item(body=body, companies=(), stated=(BABA,), dateline=""), SITE)

    assert html == "<p>It was down <strong>1.2%</strong> as of 12:50 ET on 24 November.</p>"


@pytest.mark.parametrize(
    ("values", "value"),
    [
        ({"value": "-1.2"}, "-1.2"),
        ({"direction": "up"}, "1.2"),
        ({"measure": "change", "unit": "USD"}, "-1.2"),
        ({"measure": "level", "unit": "points"}, "1.2"),
        ({"direction": "flat", "value": "0"}, "0"),
    ],
)
def test_a_fall_is_negative_for_machines(values: dict[str, Any], value: str) -> None:
    assert f' value="{value}" ' in printed("so", **values)
