"""Two people change the same text."""

import re

import pytest
from hypothesis import given, settings

from articles.text.merge import MergedBody, MergedValue, merge_bodies, merge_values
from articles.text.paragraphs import blocks, with_ids
from tests.text.strategies import bodies

A = '<p id="p0000000a">Alpha stands here</p>'
B = '<p id="p0000000b">Beta comes second</p>'
C = '<p id="p0000000c">Gamma ends it</p>'
BASE = f"{A}\n{B}\n{C}"
X = '<p id="p0000000e">Something mine</p>'
Y = '<p id="p0000000f">Another of theirs</p>'
B_MINE = '<p id="p0000000b">Beta comes first</p>'
B_THEIRS = '<p id="p0000000b">Beta comes third</p>'


def lines(*parts: str) -> str:
    return "\n".join(parts)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        (1, 1, 1, MergedValue(1)),
        (1, 2, 1, MergedValue(2)),
        (1, 1, 3, MergedValue(3)),
        (1, 2, 2, MergedValue(2)),
        (1, 2, 3, MergedValue(2, is_conflict=True)),
        ("a", "", "b", MergedValue("", is_conflict=True)),
        (None, None, "b", MergedValue("b")),
    ],
)
def test_merge_values_takes_the_one_change(base: object, mine: object, theirs: object, merged: object) -> None:
    assert merge_values(base, mine, theirs) == merged


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        pytest.param(BASE, BASE, MergedBody(BASE), id="nothing"),
        pytest.param(
            lines(A, B_MINE, C), lines(A, B, C, Y), MergedBody(lines(A, B_MINE, C, Y)), id="edit and addition"
        ),
        pytest.param(lines(A, C), lines(A, B, Y, C), MergedBody(lines(A, Y, C)), id="deletion and addition after it"),
        pytest.param(
            lines(A, X, B, C), lines(A, Y, B, C), MergedBody(lines(A, X, Y, B, C)), id="additions in one place"
        ),
        pytest.param(
            lines(X, A, B, C), lines(Y, A, B, C), MergedBody(lines(X, Y, A, B, C)), id="additions at the start"
        ),
        pytest.param(lines(A, B_MINE, C), lines(A, B_MINE, C), MergedBody(lines(A, B_MINE, C)), id="the same edit"),
        pytest.param(
            lines(C, A, B), lines(A, B_THEIRS, C), MergedBody(lines(C, A, B_THEIRS)), id="I moved, they edited"
        ),
        pytest.param(lines(A, B_MINE, C), lines(B, A, C), MergedBody(lines(B_MINE, A, C)), id="they moved, I edited"),
        pytest.param(lines(C, X, B, A), lines(A, B, C, Y), MergedBody(lines(C, X, Y, B, A)), id="I moved, they added"),
        pytest.param("", BASE, MergedBody(""), id="all deleted"),
        pytest.param(
            lines(A, B_MINE, C),
            lines(A, B_THEIRS, C),
            MergedBody(lines(A, B_MINE, C), ("p0000000b",)),
            id="both edited",
        ),
        pytest.param(
            lines(A, C),
            lines(A, B_THEIRS, C),
            MergedBody(lines(A, B_THEIRS, C), ("p0000000b",)),
            id="deleted and edited",
        ),
        pytest.param(
            lines(A, B_MINE, C), lines(A, C), MergedBody(lines(A, B_MINE, C), ("p0000000b",)), id="edited and deleted"
        ),
    ],
)
def test_merge_bodies_brings_changes_together(mine: str, theirs: str, merged: MergedBody) -> None:
    assert merge_bodies(BASE, mine, theirs) == merged


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        pytest.param("[1:Beta] comes second", "Beta comes third", "[1:Beta] comes third", id="I marked, they wrote"),
        pytest.param("Beta comes third", "[1:Beta] comes second", "[1:Beta] comes third", id="they marked, I wrote"),
        pytest.param("[1:Beta] comes second", "Beta [2:comes] second", "[1:Beta] [2:comes] second", id="both marked"),
        pytest.param("[1:Beta] comes second", "", "", id="I marked, they deleted"),
        pytest.param("Be[1:t]a comes second", "A letter: Beta comes third", None, id="not as often"),
        pytest.param("[1:Beta] comes second", "Gamma comes second", None, id="the words are gone"),
        pytest.param("[1:Beta] comes second", "[2:Beta] comes second", None, id="marked differently"),
        pytest.param("[1:Beta comes] second", "Beta [2:comes second]", None, id="marks that overlap"),
        pytest.param("[1:Beta comes] second", "[1:Beta comes] third", "[1:Beta comes] third", id="the same mark"),
    ],
)
def test_merge_bodies_brings_marks_and_words_together(mine: str, theirs: str, merged: str | None) -> None:
    bodies = [marked(words) for words in (mine, theirs, mine if merged is None else merged)]

    expected = MergedBody(bodies[2], () if merged is not None else ("p0000000b",))
    assert merge_bodies(BASE, bodies[0], bodies[1]) == expected


def test_merge_bodies_takes_marks_off_new_words_and_keeps_those_of_others() -> None:
    base, mine = marked("[1:Beta] comes second"), marked("Beta comes second")

    assert merge_bodies(base, mine, marked("[1:Beta] comes [2:third]")).html == marked("Beta comes [2:third]")
    assert merge_bodies(base, marked("[3:Beta] comes second"), marked("[1:Beta] comes [2:third]")).html == (
        marked("[3:Beta] comes [2:third]")
    )


def marked(words: str) -> str:
    """Return the base with other words in its second paragraph, "[1:Beta]" for a mark, or without it."""
    html = re.sub(r"\[(\d):([^\]]*)\]", r'<span data-company="\1">\2</span>', words)
    return lines(A, *([f'<p id="p0000000b">{html}</p>'] if words else []), C)


def test_merge_bodies_knows_blocks_without_ids_by_their_text() -> None:
    mine = "<p>Alpha stands here</p><p>Beta comes second today</p><p>Gamma ends it</p>"
    theirs = "<p>Alpha stands here</p><p>Beta comes second</p><p>Gamma ends it all</p>"

    assert merge_bodies(BASE, mine, theirs) == MergedBody(
        '<p id="p0000000a">Alpha stands here</p>\n'
        '<p id="p0000000b">Beta comes second today</p>\n'
        '<p id="p0000000c">Gamma ends it all</p>'
    )


def test_merge_bodies_takes_the_same_new_block_once() -> None:
    mine = BASE + "<p>Breaking news</p>"
    theirs = "<p>Breaking news</p>" + BASE

    assert [block.text for block in blocks(merge_bodies(BASE, mine, theirs).html)].count("Breaking news") == 1


@settings(deadline=None)
@given(bodies, bodies)
def test_merge_bodies_takes_the_only_change_whole(base: str, changed: str) -> None:
    base = with_ids(base)

    expected = MergedBody(with_ids(changed, base))
    assert merge_bodies(base, changed, base) == expected
    assert merge_bodies(base, base, changed) == expected
    assert merge_bodies(base, changed, changed) == expected


@settings(deadline=None)
@given(bodies, bodies, bodies)
def test_merge_bodies_loses_no_change(base: str, mine: str, theirs: str) -> None:
    base = with_ids(base)
    before, my_ids, their_ids = (
        {block.id for block in blocks(html)} for html in (base, with_ids(mine, base), with_ids(theirs, base))
    )

    merged = merge_bodies(base, mine, theirs)

    ids = [block.id for block in blocks(merged.html)]
    assert len(ids) == len(set(ids))
    assert set(ids) - set(merged.conflicts) == ((my_ids | their_ids) - before | (my_ids & their_ids)) - set(
        merged.conflicts
    )
    assert set(merged.conflicts) <= set(ids)
    assert set(merge_bodies(base, theirs, mine).conflicts) == set(merged.conflicts)
