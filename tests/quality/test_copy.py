"""The copy of a story: its plain text, its marks, and where its first paragraph ends."""

from articles.text.mark_forms import Mention
from tests.quality.markets import NOW, TUESDAY, copy_of


def test_copy_has_the_text_and_its_marks() -> None:
    copy = copy_of(
        '<h2>News</h2><p>Shares of <span data-company="12">Harbor Bank</span> fell.</p><p>More.</p>', "Harbor"
    )

    assert (copy.headline, copy.text, copy.on) == ("Harbor", "News\nShares of Harbor Bank fell.\nMore.", TUESDAY)
    assert copy.text[: copy.opening] == "News\nShares of Harbor Bank fell."
    assert {entity: [mark.form for mark in marks] for entity, marks in copy.named.items()} == {
        "company-12": [Mention("company", 12)]
    }
    start = copy.text.index("Bank")
    assert (copy.is_marked(start, start + 4), copy.is_marked(0, 4)) == (True, False)


def test_first_paragraph_with_line_breaks_ends_where_it_ends() -> None:
    copy = copy_of("<p>One line,<br>another line.</p><p>More.</p>")

    assert copy.text[: copy.opening] == "One line,\nanother line."


def test_copy_without_a_paragraph_has_no_opening() -> None:
    assert (copy_of("").opening, copy_of("<h2>News</h2>").opening) == (0, 0)


def test_day_of_the_copy_is_the_newsroom_s() -> None:
    assert copy_of("", at=NOW.replace(hour=3)).on.day == TUESDAY.day - 1
