"""Companies linked where readers meet them first."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.records import Company
from articles.rendering.mentions import link_mentions
from articles.text.clean import clean_body

ALIBABA = Company(1, "Alibaba Group", "/companies/alibaba/", "NYSE:BABA", "subject", ("Alibaba", "阿里巴巴"))
DEEPSEEK = Company(2, "DeepSeek", "/companies/deepseek/")
BANK = Company(3, "Meridian", "/companies/meridian/", "LSE:MRD")
BANK_OF = Company(4, "Meridian Bank", "/companies/meridian-bank/", "LSE:MRB")

LINK = '<a class="company" href="/companies/alibaba/">'


def test_the_first_mention_is_linked_with_the_ticker_behind() -> None:
    html = "<p>Shares of Alibaba Group fell. Alibaba Group said so.</p>"

    linked = link_mentions(html, [ALIBABA])

    assert linked == f"<p>Shares of {LINK}Alibaba Group</a> (NYSE:BABA) fell. Alibaba Group said so.</p>"


def test_another_name_of_a_company_is_a_mention() -> None:
    linked = link_mentions("<p>Alibaba fell, Alibaba Group said.</p>", [ALIBABA])

    assert linked == f"<p>{LINK}Alibaba</a> (NYSE:BABA) fell, Alibaba Group said.</p>"


def test_a_private_company_is_linked_without_a_ticker() -> None:
    linked = link_mentions("<p>DeepSeek grew.</p>", [DEEPSEEK])

    assert linked == '<p><a class="company" href="/companies/deepseek/">DeepSeek</a> grew.</p>'


def test_every_company_is_linked_once() -> None:
    html = "<p>DeepSeek and Alibaba.</p><p>DeepSeek and Alibaba.</p>"

    linked = link_mentions(html, [ALIBABA, DEEPSEEK])

    assert linked.count('class="company"') == 2
    assert linked.endswith("<p>DeepSeek and Alibaba.</p>")


def test_the_longer_name_counts() -> None:
    html = "<p>Meridian Bank rose, Meridian Bank said. Meridian fell.</p>"

    linked = link_mentions(html, [BANK, BANK_OF])

    assert linked == (
        '<p><a class="company" href="/companies/meridian-bank/">Meridian Bank</a> (LSE:MRB) rose, Meridian Bank said. '
        '<a class="company" href="/companies/meridian/">Meridian</a> (LSE:MRD) fell.</p>'
    )


def test_the_shorter_name_counts_where_the_longer_one_is_none() -> None:
    linked = link_mentions("<p>Alibaba Groupe fell.</p>", [ALIBABA])

    assert linked == f"<p>{LINK}Alibaba</a> (NYSE:BABA) Groupe fell.</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<p>See <a href="https://example.com/">Alibaba Group</a>.</p>',
        "<h2>Alibaba Group</h2>",
        "<h3>What <em>Alibaba Group</em> did</h3>",
        "<p>alibaba group and ALIBABA</p>",
        "<p>Alibabas, preAlibaba and Alibaba2</p>",
        "<p>Alibaba-backed and non-Alibaba</p>",
        "<p>alibaba.com and Alibaba.com</p>",
        "<p>Ali<strong>baba</strong></p>",
        "<p><strong>Alibaba</strong>n</p>",
        "<p>x<em>Alibaba</em></p>",
        '<p id="Alibaba">Nothing</p>',
    ],
)
def test_what_is_no_mention_stays_as_it_is(html: str) -> None:
    assert link_mentions(html, [ALIBABA]) == html


def test_the_mention_after_a_link_and_a_heading_is_linked() -> None:
    html = '<h2>Alibaba</h2><p><a href="/x/">Alibaba</a> and Alibaba</p>'

    linked = link_mentions(html, [ALIBABA])

    assert linked == f'<h2>Alibaba</h2><p><a href="/x/">Alibaba</a> and {LINK}Alibaba</a> (NYSE:BABA)</p>'


@pytest.mark.parametrize(
    "printed",
    [
        "Alibaba (NYSE:BABA) fell",
        "Alibaba (NYSE: BABA) fell",
        "Alibaba\u00a0(NYSE:BABA, HKEX:9988) fell",
        "Alibaba (HKEX:9988) fell",
        "Alibaba (Xetra:AHLA) fell",
        "Alibaba’s (NYSE:BABA) shares",
        "Alibaba (NYSE:BABA-W) fell",
        "Alibaba (TSX:BABA/B) fell",
        "Alibaba (B3:BABA34) fell",
        "Alibaba (BABA) fell",
        "Alibaba (BABA.N) fell",
        "Alibaba [NYSE:BABA] fell",
        "Alibaba（NYSE：BABA）周一",
    ],
)
def test_a_ticker_that_the_copy_prints_is_not_doubled(printed: str) -> None:
    linked = link_mentions(f"<p>{printed}</p>", [ALIBABA])

    assert linked == f"<p>{printed}</p>".replace("Alibaba", f"{LINK}Alibaba</a>")


def test_a_printed_ticker_is_seen_behind_a_tag() -> None:
    linked = link_mentions("<p><strong>Alibaba</strong> (NYSE:BABA) fell</p>", [ALIBABA])

    assert linked == f"<p><strong>{LINK}Alibaba</a></strong> (NYSE:BABA) fell</p>"


@pytest.mark.parametrize(
    "words", ["(and others)", "(Note: A rival did not)", "(12:50 ET)", "(see below: GDP)", "(BABAX)", "(BABA people)"]
)
def test_other_words_in_brackets_are_no_ticker(words: str) -> None:
    linked = link_mentions(f"<p>Alibaba {words} fell</p>", [ALIBABA])

    assert linked == f"<p>{LINK}Alibaba</a> (NYSE:BABA) {words} fell</p>"


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        ("Alibaba's shares", "Alibaba</a>'s (NYSE:BABA) shares"),
        ("Alibaba’s shares", "Alibaba</a>’s (NYSE:BABA) shares"),
        ("‘Alibaba’ fell", "Alibaba</a> (NYSE:BABA)’ fell"),
    ],
)
def test_the_ticker_stands_behind_a_possessive(copy: str, expected: str) -> None:
    assert expected in link_mentions(f"<p>{copy}</p>", [ALIBABA])


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("阿里巴巴", "周五，阿里巴巴宣布"),
        ("トヨタ", "昨日トヨタは"),
        ("삼성전자", "오늘 삼성전자는"),
        ("Alibaba", "腾讯和Alibaba宣布"),
        ("قمر", "قالت قمر يوم"),
        ("Ørsted", "og Ørsted sa"),
    ],
)
def test_names_are_found_in_every_script(name: str, copy: str) -> None:
    company = Company(9, name, "/companies/x/")

    linked = link_mentions(f"<p>{copy}</p>", [company])

    assert linked == f"<p>{copy}</p>".replace(name, f'<a class="company" href="/companies/x/">{name}</a>')


def test_names_with_special_characters_are_found_as_html_writes_them() -> None:
    companies = [
        Company(1, "AT&T", "/companies/att/", "NYSE:T"),
        Company(2, "Moody's", "/companies/moodys/"),
        Company(3, "C++ (Holdings)", "/companies/c/"),
        Company(4, "amp", "/companies/amp/"),
    ]

    linked = link_mentions("<p>AT&amp;T, Moody’s and C++ (Holdings) &amp; others</p>", companies)

    assert linked == (
        '<p><a class="company" href="/companies/att/">AT&amp;T</a> (NYSE:T), '
        '<a class="company" href="/companies/moodys/">Moody’s</a> and '
        '<a class="company" href="/companies/c/">C++ (Holdings)</a> &amp; others</p>'
    )


def test_a_name_within_a_name_with_an_ampersand_is_no_mention() -> None:
    companies = [Company(1, "T", "/companies/t/"), Company(2, "R", "/companies/r/")]
    copy = "<p>AT&amp;T and R&amp;D are words.</p>"

    assert link_mentions(copy, companies) == copy
    assert link_mentions("<p>One &amp; T</p>", companies).count('class="company"') == 1


@pytest.mark.parametrize(("name", "copy"), [("Caf\u00e9", "Cafe\u0301"), ("Cafe\u0301", "Caf\u00e9")])
def test_an_accent_may_be_typed_either_way(name: str, copy: str) -> None:
    linked = link_mentions(f"<p>{copy} rose</p>", [Company(1, name, "/companies/cafe/")])

    assert linked == f'<p><a class="company" href="/companies/cafe/">{copy}</a> rose</p>'


def test_of_two_companies_with_one_name_the_first_is_meant() -> None:
    other = Company(8, "Alibaba", "/companies/other/", "NYSE:XX")

    assert link_mentions("<p>Alibaba</p>", [ALIBABA, other]) == f"<p>{LINK}Alibaba</a> (NYSE:BABA)</p>"


def test_a_body_without_companies_is_left_alone() -> None:
    assert link_mentions("<p>Alibaba</p>", []) == "<p>Alibaba</p>"


MARKUP = ["<p>", "</p>", "<strong>", "</strong>", "<a href='/x/'>", "</a>", "<h2>", "</h2>", "<ul><li>", "</li></ul>"]
WORDS = ["Alibaba Group", "Alibaba", "Meridian Bank", "Meridian", "DeepSeek", " ", "’s", "-", "(NYSE:BABA)", "é", "集"]
PIECES = st.sampled_from([*MARKUP, *WORDS])


@given(st.lists(PIECES, max_size=30).map(lambda pieces: clean_body("".join(pieces))))
def test_links_leave_the_body_valid_and_its_words_alone(body: str) -> None:
    linked = link_mentions(body, [ALIBABA, BANK, BANK_OF, DEEPSEEK])

    without = re.sub(r'<a class="company" href="[^"]*">(.*?)</a>(’s)?(?: \((?:NYSE|LSE):\w+\))?', r"\1\2", linked)
    assert without.replace(" (NYSE:BABA)", "").replace("(NYSE:BABA)", "") == body.replace(" (NYSE:BABA)", "").replace(
        "(NYSE:BABA)", ""
    )
    assert clean_body(linked).count("<a ") == linked.count("<a ")
    assert not re.search(r"<a [^>]*>[^<]*<a ", linked)


def test_a_very_long_body_takes_time_in_proportion() -> None:
    companies = [
        Company(n, f"Company {n} Holdings", f"/c/{n}/", f"NYSE:C{n}", "", (f"Company {n}",)) for n in range(60)
    ]
    paragraph = "<p>" + "Comp Compan Company and Company 1 of the Company, “Co” " * 40 + "</p>"

    def seconds(paragraphs: int) -> float:
        started = time.thread_time()
        link_mentions(paragraph * paragraphs, companies)
        return time.thread_time() - started

    seconds(10)
    once, tenfold = min(seconds(20) for _ in range(3)), seconds(200)

    assert tenfold < 30 * once
