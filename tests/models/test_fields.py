"""Dirty text is never stored, whatever writes it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model

from articles import workflow
from articles.models import Article, Author, Company, Edition, Revision, SavedText, Transition
from articles.models.fields import BodyField, WebAddressField
from newsroom.roles import Role
from tests.factories import approved, author, company, content, draft, person

pytestmark = pytest.mark.django_db

DIRTY_LINE = "  Profit\x00  up\t5%\u202e\nagain "
CLEAN_LINE = "Profit up 5% again"
DIRTY_PROSE = "One\x0b line \r\n\r\n\r\n\r\n two\u2066 <b>lines</b> "
CLEAN_PROSE = "One line\n\ntwo <b>lines</b>"
DIRTY_BODY = '<p onclick="steal()">Fine <a href="java\tscript:a()">word</a></p><script>b()</script><img onerror=y>'
CLEAN_BODY = "<p>Fine word</p>"
DIRTY_ADDRESS = " java\tscript:alert(1)"
DIRTY_LINES = ["  Ali\x00 baba ", "Alibaba", "", "Ali baba"]
CLEAN_LINES = ["Ali baba", "Alibaba"]
DIRTY_LINKS = ["javascript:alert(1)", "https://example.com/", "/desk/", "https://example.com/"]
CLEAN_LINKS = ["https://example.com/"]

DIRTY = {
    "headline": DIRTY_LINE,
    "standfirst": DIRTY_PROSE,
    "body": DIRTY_BODY,
    "original_url": DIRTY_ADDRESS,
}
CLEAN = {"headline": CLEAN_LINE, "standfirst": CLEAN_PROSE, "body": CLEAN_BODY, "original_url": ""}


def _save(row: Model, values: dict[str, Any]) -> None:
    _set(row, values)
    row.save()


def _save_some(row: Model, values: dict[str, Any]) -> None:
    _set(row, values)
    row.save(update_fields=list(values))


def _update(row: Model, values: dict[str, Any]) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def _bulk_update(row: Model, values: dict[str, Any]) -> None:
    _set(row, values)
    type(row)._default_manager.bulk_update([row], list(values))


def _update_or_create(row: Model, values: dict[str, Any]) -> None:
    type(row)._default_manager.update_or_create(pk=row.pk, defaults=values)


def _set(row: Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


WRITERS = [_save, _save_some, _update, _bulk_update, _update_or_create]


@pytest.mark.parametrize("write", WRITERS)
def test_article_columns_are_clean_after_any_change(write: Callable[[Model, dict[str, Any]], None]) -> None:
    row = draft()
    write(row, DIRTY)
    assert Article.objects.filter(pk=row.pk).values(*DIRTY).get() == CLEAN


@pytest.mark.parametrize("write", WRITERS)
def test_lists_are_clean_after_any_change(write: Callable[[Model, dict[str, Any]], None]) -> None:
    firm, writer = company(), author()
    write(firm, {"aliases": DIRTY_LINES, "website": "mailto:a@example.com", "legal_name": DIRTY_LINE})
    write(writer, {"links": DIRTY_LINKS, "bio": DIRTY_PROSE})
    assert Company.objects.values_list("aliases", "website", "legal_name").get() == (CLEAN_LINES, "", CLEAN_LINE)
    assert Author.objects.values_list("links", "bio").get() == (CLEAN_LINKS, CLEAN_PROSE)


def test_bulk_create_stores_clean_text() -> None:
    model = draft()
    Article.objects.bulk_create(
        [Article(created_by=model.created_by, created_at=model.created_at, changed_at=model.changed_at, **DIRTY)]
    )
    assert Article.objects.exclude(pk=model.pk).values(*DIRTY).get() == CLEAN


def test_saved_instance_has_what_is_stored() -> None:
    row = draft()
    _save(row, DIRTY)
    assert {name: getattr(row, name) for name in DIRTY} == CLEAN


def test_text_clean_for_one_column_is_cleaned_again_for_another() -> None:
    markup = "<script>alert(1)</script>"
    row = draft(standfirst=markup)
    row.refresh_from_db()
    row.save()
    assert row.standfirst == markup
    row.body = row.standfirst
    row.original_url = row.standfirst
    row.save()
    assert Article.objects.values_list("standfirst", "body", "original_url").get() == (markup, "", "")


def test_cleaning_happens_once_for_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    row = draft()
    row.body = "<p>One.</p>"
    row.save()
    monkeypatch.setattr(BodyField, "clean_value", staticmethod(lambda _value: pytest.fail("cleaned twice")))
    row.save()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("HTTP://example.com", "http://example.com"),
        ("https://例え.jp/株", "https://例え.jp/株"),
        ("//example.com/", ""),
        ("/markets/", ""),
        ("ftp://example.com/", ""),
        ("data:text/html,x", ""),
        ("vbscript:x", ""),
        ("https:example.com", ""),
        ("https://example.com/\ud800a", "https://example.com/a"),
        ("https://", ""),
        ('https://example.com/"><script>', "https://example.com/%22%3E%3Cscript%3E"),
        ("", ""),
    ],
)
def test_web_address_is_one_a_link_may_have(typed: str, stored: str) -> None:
    assert WebAddressField.clean_value(typed) == stored


def test_validation_still_refuses_what_is_no_list() -> None:
    row = Author(name="A", slug="a", links="javascript:alert(1)")
    with pytest.raises(Exception, match="Give a list of web addresses"):
        row.full_clean()


def test_verbs_store_clean_text_in_every_table() -> None:
    article = approved(
        headline=DIRTY_LINE,
        standfirst=DIRTY_PROSE,
        body=DIRTY_BODY + "<p>More.</p>",
        slug="Q3: Profit/Loss\x00",
        note_to_editors=DIRTY_PROSE,
    )
    edition = workflow.release(article, by=person(Role.PUBLISHER), reason=DIRTY_LINE)
    for row in (article, edition):
        row.refresh_from_db()
        assert (row.headline, row.standfirst, row.slug) == (CLEAN_LINE, CLEAN_PROSE, "q3-profit-loss")
        assert row.note_to_editors == CLEAN_PROSE
    revision = Revision.objects.get()
    assert (revision.content["headline"], revision.content["standfirst"]) == (CLEAN_LINE, CLEAN_PROSE)
    assert {SavedText.objects.get().html} == {article.body} == {edition.body}
    assert all(word not in edition.body for word in ("script", "onclick", "onerror", "<img"))
    assert Transition.objects.get(verb="release").reason == "Profit up 5%\nagain"


def test_notices_are_clean_in_every_column() -> None:
    article = approved()
    workflow.release(article, by=person(Role.PUBLISHER))
    workflow.withdraw(article, by=person(Role.PUBLISHER), notice="Gone\x00,\u202e  sorry.")
    tombstone = Edition.objects.get(release_kind="withdrawal")
    assert tombstone.notice == "Gone, sorry."
    assert [told["text"] for told in tombstone.notices] == ["Gone, sorry."]
    assert Transition.objects.get(verb="withdraw").details["notice"] == "Gone, sorry."


def test_a_body_of_100_000_words_is_kept_whole() -> None:
    body = "".join(f"<p>{'word ' * 1000}{number}.</p>" for number in range(100))
    article = workflow.start(content(body=body), by=person(Role.REPORTER))
    assert len(article.body.split("</p>")) == 101
    assert SavedText.objects.get().html == article.body
