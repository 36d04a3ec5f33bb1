"""Blocks and the ids they keep."""

import re
from difflib import SequenceMatcher
from hashlib import sha256

import pytest
from hypothesis import given, settings

from articles.text.alignment import SIMILAR
from articles.text.counts import words
from articles.text.elements import BLOCK_ID
from articles.text.paragraphs import Block, blocks, body, first_paragraph, with_ids
from tests.text.strategies import any_html, bodies

STORED = (
    '<p id="p00000001">The bank raised its forecast on Tuesday.</p>\n'
    '<h2 id="p00000002">Shares</h2>\n'
    '<p id="p00000003">Its shares fell four percent in Hong Kong.</p>\n'
    '<ul id="p00000004"><li>Revenue</li><li>Profit</li></ul>'
)


def made_from(text: str) -> str:
    """Return the id that a new block with this text gets."""
    return f"p{sha256(text.encode()).hexdigest()[:8]}"


def ids(html: str) -> list[str]:
    return [block.id for block in blocks(html)]


def test_blocks_tell_tag_id_html_and_text() -> None:
    html = (
        '<p id="pfeedbeef">A &amp; <em>b</em><br>c</p>\n<blockquote><p>D</p><p>E</p></blockquote>\n<ul><li>F</li></ul>'
    )

    assert blocks(html) == [
        Block("p", "pfeedbeef", '<p id="pfeedbeef">A &amp; <em>b</em><br>c</p>', "A & b\nc"),
        Block("blockquote", "", "<blockquote><p>D</p><p>E</p></blockquote>", "D\nE"),
        Block("ul", "", "<ul><li>F</li></ul>", "F"),
    ]
    assert body(blocks(html)) == html


def test_blocks_are_clean() -> None:
    assert blocks("<script>x</script> ") == []
    assert [block.html for block in blocks("A\n\n<b onclick=x>B</b>")] == ["<p>A</p>", "<p><strong>B</strong></p>"]


def test_first_paragraph_is_one_line() -> None:
    assert first_paragraph("<h2>A</h2><p>B<br>C &amp; D</p><p>E</p>") == "B C & D"
    assert first_paragraph("<h2>A</h2>") == ""


def test_with_ids_names_new_blocks_after_their_text() -> None:
    html = "<p>A</p><h2>B</h2><p>A</p><p>A</p>"

    assert ids(with_ids(html)) == [made_from("A"), made_from("B"), f"{made_from('A')}-2", f"{made_from('A')}-3"]


def test_with_ids_keeps_ids_that_are_there() -> None:
    html = '<p id="p00000009">A</p><p id="x">B</p><p id="p00000009">C</p>'

    assert ids(with_ids(html, STORED)) == ["p00000009", made_from("B"), made_from("C")]


def test_with_ids_finds_moved_and_edited_blocks_again() -> None:
    html = (
        "<ul><li>Revenue</li><li>Profit</li></ul>"
        "<p>A new beginning that nobody has read before.</p>"
        "<p>The bank cut its forecast on Tuesday.</p>"
        "<h3>Shares</h3>"
        "<p>Its shares fell <strong>five</strong> percent in Hong Kong.</p>"
    )

    assert ids(with_ids(html, STORED)) == [
        "p00000004",
        made_from("A new beginning that nobody has read before."),
        "p00000001",
        "p00000002",
        "p00000003",
    ]


def test_with_ids_gives_an_id_to_the_most_similar_block() -> None:
    html = "<p>Its shares fell four points in Hong Kong today.</p><p>Its shares fell four percent in Hong Kong!</p>"

    assert ids(with_ids(html, STORED))[1] == "p00000003"


def test_with_ids_never_gives_an_id_to_an_unrelated_block() -> None:
    html = "<p>Nothing here is what stood there before, not at all.</p><h2>Outlook</h2>"

    assert set(ids(with_ids(html, STORED))).isdisjoint(ids(STORED))


def test_with_ids_does_not_reuse_the_id_of_a_deleted_block() -> None:
    previous = f'<p id="{made_from("A")}">Something else entirely by now.</p>'

    assert ids(with_ids("<p>A</p>", previous)) == [f"{made_from('A')}-2"]


def test_with_ids_knows_chinese_paragraphs() -> None:
    previous = '<p id="p00000001">阿里巴巴周二上调了全年预测。</p><p id="p00000002">股价在香港下跌百分之四。</p>'

    assert ids(with_ids("<p>股价在香港下跌百分之五。</p>", previous)) == ["p00000002"]


def test_with_ids_keeps_a_long_body_apart() -> None:
    sentences = [f"Paragraph {number} tells of bank {number * 7} and fund {number * 13}." for number in range(3_000)]
    previous = with_ids("".join(f"<p>{sentence}</p>" for sentence in sentences))
    edited = [sentence.replace("tells", "speaks") for sentence in sentences]

    assert ids(with_ids("".join(f"<p>{sentence}</p>" for sentence in edited), previous)) == ids(previous)


@pytest.mark.parametrize("text", ["A", "A B C D E F G"])
def test_with_ids_numbers_equal_blocks_in_order(text: str) -> None:
    html = with_ids(f"<p>{text}</p>" * 500)

    assert len(set(ids(html))) == 500
    assert with_ids(re.sub(" id=[^>]*", "", html), html) == html


@settings(deadline=None)
@given(any_html, any_html)
def test_with_ids_names_every_block_once(html: str, previous: str) -> None:
    identified = with_ids(html, with_ids(previous))

    found = blocks(identified)
    assert all(BLOCK_ID.fullmatch(block.id) for block in found)
    assert len({block.id for block in found}) == len(found)
    assert [block.text for block in found] == [block.text for block in blocks(html)]
    assert with_ids(identified, previous) == identified == with_ids(html, with_ids(previous))


@settings(deadline=None)
@given(bodies, bodies)
def test_with_ids_moves_ids_only_to_versions_of_a_block(html: str, previous: str) -> None:
    before = {block.id: block for block in blocks(with_ids(previous))}

    for block in blocks(with_ids(html, body(before.values()))):
        if block.id in before:
            one, other = before[block.id].text, block.text
            by_word = SequenceMatcher(None, words(other), words(one), autojunk=False).ratio()
            by_letter = SequenceMatcher(None, other, one, autojunk=False).ratio()
            assert one == other or max(by_word, by_letter) >= SIMILAR


@settings(deadline=None)
@given(bodies, bodies)
def test_with_ids_gives_every_unchanged_block_its_id(html: str, addition: str) -> None:
    previous = with_ids(html)

    after = with_ids(html + addition, previous)

    assert ids(after)[: len(ids(previous))] == ids(previous)
