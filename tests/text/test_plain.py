"""Lines and texts without tags."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.plain import clean_line, clean_text, plain_text, search_text, sought
from tests.text.strategies import any_html

anything = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        ("  Bank\u00a0\n\tshares \r\n rose ", "Bank shares rose"),
        ("Cafe\u0301", "Café"),
        ("A\x00B\x1bC\x7fD\ud800E\ufffeF\uffffG", "ABCDEFG"),
        ("A\x0bB\x85C\x96D\ufeffE\u2028F\u2029G", "A B C D E F G"),
        ("\u202eA\u202d\u202a\u202b\u202cB\u2066\u2067\u2068\u2069", "AB"),
        ("می\u200cخواهم \u200eA\u200f", "می\u200cخواهم \u200eA\u200f"),
        ("👩\u200d💼 क्\u200dष", "👩\u200d💼 क्\u200dष"),
        ("阿里巴巴\u3000上调", "阿里巴巴 上调"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_clean_line_gives_one_form(text: str, line: str) -> None:
    assert clean_line(text) == line


@given(anything)
def test_clean_line_is_one_clean_line(text: str) -> None:
    line = clean_line(text)

    assert clean_line(line) == line == unicodedata.normalize("NFC", line) == " ".join(line.split())
    line.encode()


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("", ""),
        ("\n\n A \r\nB\rC\n \n\n\nD  E\t\n", "A\nB\nC\n\nD E"),
        ("A\u2028B\x00\n\ufeffC", "A B\nC"),
    ],
)
def test_clean_text_keeps_paragraphs(text: str, clean: str) -> None:
    assert clean_text(text) == clean


@given(anything)
def test_clean_text_settles_at_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>A <strong>b</strong>c &amp; &lt;d&gt;</p>\n<p>E<br>F</p>", "A bc & <d>\nE\nF"),
        ("<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul><blockquote><p>D</p></blockquote>", "A\nB\nC\nD"),
        ("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>", "A B\nC"),
        ("A<script>b</script><style>c</style>&nbsp;D", "A D"),
    ],
)
def test_plain_text_reads_like_the_page(html: str, text: str) -> None:
    assert plain_text(html) == text


@given(any_html)
def test_plain_text_never_raises(html: str) -> None:
    lines = plain_text(html).split("\n")

    assert lines == [clean_line(line) for line in lines]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ((), ""),
        (("Ａｌｉｂａｂａ", " GROUP\n", ""), "alibaba group"),
        (("Straße", "ﬁnal"), "strasse final"),
        (("می\u200cخواهم", "co\u00adoperate"), "میخواهم cooperate"),
        (("①", "①"), "1 1"),
        (("São Paulo, ΕΛΛΆΔΑ",), "sao paulo, ελλαδα"),
        (("“Alibaba’s” 2025–26",), '"alibaba\'s" 2025-26'),
        (("ガス が हिन्दी",), "ガス が हिन्दी"),
    ],
)
def test_search_text_folds_what_looks_alike(parts: tuple[str, ...], found: str) -> None:
    assert search_text(*parts) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", []),
        ("  ", []),
        ('""', []),
        ("Open models open", ["open", "models"]),
        ('"Open  models" chips', ["open models", "chips"]),
        ("“open models” Alibaba’s", ["open models", "alibaba's"]),
        ('an inch: 5" screen', ["an", "inch:", "5", "screen"]),
        (" ".join(str(number) for number in range(3000)), [str(number) for number in range(20)]),
    ],
)
def test_sought_are_words_and_quoted_phrases(words: str, found: list[str]) -> None:
    assert sought(words) == found


@given(anything)
def test_search_text_finds_itself(text: str) -> None:
    assert search_text(search_text(text)) == search_text(text) == search_text(text.replace(" ", "\u00a0 "))
