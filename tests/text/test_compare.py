"""What an editor sees of a change."""

import re

import pytest
from hypothesis import given, settings

from articles.text.compare import compare_bodies
from articles.text.plain import plain_text
from tests.text.strategies import any_html, bodies

TAG = re.compile(r"<[^>]*>")
ALLOWED_TAG = re.compile(r'</?(?:p|h2|h3|ul|ol|li|blockquote|strong|em|ins|del|mark)>|<br>|</a>|<a href="[^"<>]*">')


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", ""),
        ('<p id="pfeedbeef">A</p>', "<p>A</p>", "<p>A</p>"),
        (
            "<p>One two 3 four five</p>",
            "<p>One two III four five</p>",
            "<p>One two <ins>III</ins> <del>3</del> four five</p>",
        ),
        ("<p>A</p><p>B</p>", "<p>A</p>", "<p>A</p>\n<p><del>B</del></p>"),
        ("<p>A</p>", "<h2>B &amp; C</h2><p>A</p>", "<h2><ins>B &amp; C</ins></h2>\n<p>A</p>"),
        ("", "<ul><li>A<ul><li>B</li></ul></li></ul>", "<ul><li><ins>A</ins><ul><li><ins>B</ins></li></ul></li></ul>"),
        ("", "<p><strong>A</strong> b</p>", "<p><ins><strong>A</strong> b</ins></p>"),
        ("<p>A</p>", "<h2>A</h2>", "<p><del>A</del></p><h2><ins>A</ins></h2>"),
        ("<p>周二上调了预测</p>", "<p>周二下调了预测</p>", "<p>周二<ins>下</ins><del>上</del>调了预测</p>"),
        (
            "<p>One stands here</p><p>Two stays there</p>",
            "<p>Two stays there</p><p>One stands here</p>",
            "<p><ins>Two stays there</ins></p>\n<p>One stands here</p>\n<p><del>Two stays there</del></p>",
        ),
    ],
)
def test_compare_bodies_marks_words(old: str, new: str, shown: str) -> None:
    assert compare_bodies(old, new) == shown


BANK = '<span data-company="12">Bank Group</span>'


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (f"A {BANK} rose", f"A {BANK} rose", "A <mark>Bank Group</mark> rose"),
        (f"A {BANK} rose", f"A {BANK} fell", "A <mark>Bank Group</mark> <ins>fell</ins> <del>rose</del>"),
        ("A Bank Group", f"A {BANK}", "A <ins><mark>Bank Group</mark></ins> <del>Bank Group</del>"),
        (f"A {BANK}", "A Bank Group", "A <ins>Bank Group</ins> <del><mark>Bank Group</mark></del>"),
        (f"A {BANK}", f"A {BANK.replace('12', '3')}",
         "A <ins><mark>Bank Group</mark></ins> <del><mark>Bank Group</mark></del>"),
        ('<span data-company="1">银行</span>升', '<span data-person="1">银行</span>升',
         "<ins><mark>银行</mark></ins> <del><mark>银行</mark></del> 升"),
    ],
)  # fmt: skip
def test_compare_bodies_shows_what_is_marked_otherwise(old: str, new: str, shown: str) -> None:
    compared = compare_bodies(f"<p>{old}</p>", f"<p>{new}</p>")

    assert compared.replace(" </p>", "</p>").replace("<p> ", "<p>") == f"<p>{shown}</p>"


def test_compare_bodies_follows_a_block_by_its_id() -> None:
    old = '<p id="p00000001">All of this is new</p>'
    new = '<p id="p00000001">Nothing like that</p>'

    assert compare_bodies(old, new).count("<ins>") == compare_bodies(old, new).count("<del>") == 1


def test_compare_bodies_names_a_new_address() -> None:
    shown = compare_bodies('<p>See <a href="/a">this</a></p>', '<p>See <a href="/b">this</a></p>')

    assert plain_text(shown.replace("del>", "ins>")) == "See this Link: /b Link: /a"


def test_compare_bodies_shows_a_very_long_block_whole() -> None:
    text = "word " * 20_000

    assert compare_bodies(f"<p>{text}</p>", f"<p>{text}more</p>").startswith("<p><del>word word")


@settings(deadline=None)
@given(any_html, any_html)
def test_compare_bodies_is_safe(old: str, new: str) -> None:
    shown = compare_bodies(old, new)

    assert [tag for tag in TAG.findall(shown) if not ALLOWED_TAG.fullmatch(tag)] == []


@settings(deadline=None)
@given(bodies, bodies)
def test_compare_bodies_holds_both(old: str, new: str) -> None:
    shown = compare_bodies(old, new)

    without_new = re.sub(r"<ins>.*?</ins>|</?del>", " ", shown)
    without_old = re.sub(r"<del>.*?</del>|</?ins>", " ", shown)
    assert sorted(plain_text(without_new).split()) == sorted(plain_text(old).split())
    assert plain_text(without_old).split() == plain_text(new).split()
