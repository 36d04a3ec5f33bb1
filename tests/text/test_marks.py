"""Marks found, set and taken off by the places of their words."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.clean import clean_body
from articles.text.mark_forms import Form, Mention, Statement
from articles.text.marks import Mark, Span, change_marks, marked, set_marks, statements_in, without_marks
from articles.text.paragraphs import blocks, with_ids
from articles.text.plain import plain_text
from tests.text.strategies import any_html, bodies

ALIBABA = Mention("company", 12)
TSAI = Mention("person", 3)
DOWN = Statement(
    listing=17,
    measure="change-percent",
    value="1.20",
    direction="down",
    as_of=datetime(2026, 11, 24, 17, 50, tzinfo=UTC),
    session="regular",
)
BODY = (
    '<h2 id="p00000001">Results</h2>\n'
    '<p id="p00000002">Shares of <strong>Ali</strong>baba &amp; Co <a href="/x">fell 1.2%</a>, Joe Tsai said.</p>\n'
    '<ul id="p00000003"><li>Alibaba<ul><li>Joe<br>Tsai</li></ul></li></ul>\n'
    '<p id="p00000004">It was down 1.20% as of 12:50 ET.</p>'
)
TEXT = plain_text(BODY)


def span(words: str, form: Form = ALIBABA, body: str = BODY) -> Span:
    """Return a mark for the first place of these words."""
    start = plain_text(body).index(words)
    return Span(start, start + len(words), form)


def words_of(body: str) -> list[str]:
    return [mark.words for mark in marked(body)]


def test_words_are_marked_across_emphasis() -> None:
    html = set_marks(BODY, [span("Alibaba & Co")])

    assert html == BODY.replace(
        "<strong>Ali</strong>baba &amp; Co", '<span data-company="12"><strong>Ali</strong>baba &amp; Co</span>'
    )


def test_marks_are_found_with_their_places() -> None:
    html = set_marks(BODY, [span("down 1.20% as of 12:50 ET", DOWN), span("Joe Tsai", TSAI), span("Joe\nTsai", TSAI)])

    start = TEXT.index("Joe Tsai")
    assert marked(html)[0] == Mark(TSAI, "Joe Tsai", start, start + 8, block=1, opens=True)
    assert [(mark.kind, mark.key, mark.words, mark.block, mark.opens) for mark in marked(html)] == [
        ("person", 3, "Joe Tsai", 1, True),
        ("person", 3, "Joe\nTsai", 2, False),
        ("statement", 17, "down 1.20% as of 12:50 ET", 3, False),
    ]
    assert [mark.form for mark in statements_in(html)] == [DOWN]


def test_a_statement_keeps_its_figures_as_printed() -> None:
    html = set_marks("<p>down 1.20%</p>", [Span(0, 10, DOWN)])

    assert html == f"<p>{DOWN.start_tag}down 1.20%</data></p>"
    assert DOWN.start_tag == (
        '<data value="1.20" data-listing="17" data-measure="change-percent" data-direction="down" '
        'data-as-of="2026-11-24T17:50:00Z" data-session="regular">'
    )
    assert DOWN.number == Decimal("1.2")


def test_an_instant_is_written_in_utc() -> None:
    hong_kong = timezone(timedelta(hours=8))
    close = Statement(1, "close", "88.40", as_of=datetime(2026, 11, 24, 16, tzinfo=hong_kong), unit="HKD")

    (mark,) = statements_in(set_marks("<p>at 88.40</p>", [Span(0, 8, close)]))

    assert mark.form == close
    assert close.start_tag == (
        '<data value="88.40" data-listing="1" data-measure="close" data-as-of="2026-11-24T08:00:00Z" data-unit="HKD">'
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(TEXT.index("fell"), TEXT.index("fell") + 4, id="link"),
        pytest.param(TEXT.index("Co fell"), TEXT.index("Co fell") + 7, id="into a link"),
        pytest.param(0, 20, id="two paragraphs"),
        pytest.param(TEXT.index("Alibaba\n"), TEXT.index("Joe\n") + 3, id="two items"),
        pytest.param(TEXT.index("Joe Tsai") - 1, TEXT.index("Joe Tsai"), id="a blank"),
        pytest.param(3, 3, id="nothing"),
        pytest.param(5, 3, id="backwards"),
        pytest.param(-3, 3, id="before the beginning"),
        pytest.param(len(TEXT) - 2, len(TEXT) + 1, id="beyond the end"),
    ],
)
def test_what_cannot_be_marked_stays_as_it_is(start: int, end: int) -> None:
    assert set_marks(BODY, [Span(start, end, ALIBABA)]) == BODY


def test_a_mark_takes_the_place_of_others_and_an_earlier_one_stands() -> None:
    html = set_marks(BODY, [span("Joe Tsai", TSAI), span("Alibaba & Co")])

    assert words_of(set_marks(html, [span("baba"), span("ba & Co", TSAI)])) == ["baba", "Joe Tsai"]


def test_blanks_at_the_ends_are_not_marked() -> None:
    assert words_of(set_marks(BODY, [span(" Joe Tsai ", TSAI)])) == ["Joe Tsai"]


def test_marks_are_taken_off_where_they_stand() -> None:
    html = set_marks(BODY, [span("Alibaba & Co"), span("Joe Tsai", TSAI)])
    place = TEXT.index("Joe Tsai")

    assert words_of(without_marks(html, place + 2, place + 3)) == ["Alibaba & Co"]
    assert words_of(without_marks(html, place + 8)) == ["Alibaba & Co", "Joe Tsai"]
    assert words_of(without_marks(html, 0, place)) == ["Joe Tsai"]
    assert without_marks(html) == BODY


def test_marks_are_changed() -> None:
    html = set_marks(BODY, [span("Alibaba & Co"), span("Joe Tsai", TSAI)])

    changed = change_marks(html, lambda mark: Mention("company", 9) if mark.kind == "company" else None)

    assert [(mark.key, mark.words) for mark in marked(changed)] == [(9, "Alibaba & Co")]
    assert change_marks(html, lambda mark: mark.form) is html


def test_a_changed_mark_joins_its_neighbor() -> None:
    html = '<p><span data-company="1">Alibaba</span> <span data-company="2">Group</span></p>'

    assert words_of(change_marks(html, lambda _: ALIBABA)) == ["Alibaba Group"]


def test_the_first_paragraph_is_a_paragraph() -> None:
    html = '<ul><li><span data-person="1">A</span></li></ul>\n<p><span data-person="2">B</span></p>\n<p>{}</p>'

    found = marked(html.format('<span data-person="3">C</span>'))

    assert [(mark.key, mark.block, mark.opens) for mark in found] == [(1, 0, False), (2, 1, True), (3, 2, False)]


def test_an_id_does_not_change_when_a_mark_is_set_or_taken_off() -> None:
    plain = with_ids("<p>Alibaba fell.</p><p>It fell.</p>")
    html = set_marks(plain, [Span(0, 7, ALIBABA)])
    nameless = html.replace(' id="', ' class="')

    assert with_ids(nameless) == with_ids(nameless, plain) == html
    assert with_ids(without_marks(nameless), html) == plain


@settings(deadline=None)
@given(any_html)
def test_marks_stand_where_the_plain_text_has_their_words(html: str) -> None:
    body = clean_body(html)
    text = plain_text(body)

    found = marked(body)

    assert [text[mark.start : mark.end] for mark in found] == [mark.words for mark in found]
    assert len(found) == body.count("<span ") + body.count("<data ")
    assert [mark.block for mark in found] == sorted(mark.block for mark in found)
    assert plain_text(without_marks(body)) == text
    assert marked(without_marks(body)) == []


@settings(deadline=None)
@given(st.one_of(bodies, any_html), st.data())
def test_setting_marks_keeps_every_word_and_every_id(html: str, data: st.DataObject) -> None:
    body = with_ids(html)
    text = plain_text(body)
    places = st.integers(0, len(text))
    spans = data.draw(
        st.lists(st.builds(Span, places, places, st.sampled_from([ALIBABA, TSAI, DOWN])), max_size=5), label="spans"
    )

    after = set_marks(body, spans)

    assert plain_text(after) == text
    assert clean_body(after) == after
    assert [block.id for block in blocks(after)] == [block.id for block in blocks(body)]
    before = {(mark.form, mark.words) for mark in marked(body)}
    wanted = {(one.form, text[one.start : one.end].strip()) for one in spans}
    # Neighbors with one meaning are one mark.
    for mark in marked(after):
        assert any(form == mark.form and words in mark.words for form, words in before | wanted)
    assert without_marks(after) == without_marks(body)
