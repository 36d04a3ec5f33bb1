"""Two people write the same story at the same time."""

import pytest
from django.test import Client

from articles.models import Article
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import change, filled

pytestmark = pytest.mark.django_db
TWO = "<p>The first paragraph.</p><p>The second paragraph.</p>"


@pytest.fixture
def article() -> Article:
    return factories.draft(headline="Old headline", body=TWO)


@pytest.fixture
def late(article: Article, desk: Desk) -> tuple[Client, dict[str, object]]:
    """Open the form, then let a copy editor save first."""
    client = desk(article.created_by)
    typed = filled(
        client, change(article), headline="My headline", body="<p>The first paragraph.</p><p>The second, by me.</p>"
    )
    other = desk(Role.COPY_EDITOR)
    other.post(
        change(article),
        filled(
            other, change(article), standfirst="Theirs.", body="<p>The first, by them.</p><p>The second paragraph.</p>"
        ),
    )
    return client, typed


def test_stale_form_is_refused_with_both_texts(article: Article, late: tuple[Client, dict[str, object]]) -> None:
    client, typed = late

    answer = client.post(change(article), typed)

    article.refresh_from_db()
    assert answer.status_code == 409
    assert (article.headline, article.standfirst) == ("Old headline", "Theirs.")
    conflict = answer.context["conflict"]
    assert [part.name for part in conflict.differences] == ["headline", "standfirst", "body"]
    assert (conflict.differences[0].theirs, conflict.differences[0].yours) == ("Old headline", "My headline")
    assert "<ins>" in str(conflict.differences[2].compared)
    page = answer.content.decode()
    assert 'name="headline"' in page
    assert "My headline" in page
    assert "The second, by me." in page
    assert "The first, by them." in page


def test_lines_as_browsers_end_them_are_no_difference(desk: Desk) -> None:
    article = factories.draft(standfirst="One line.\nAnother line.", headline="Old headline")
    client = desk(article.created_by)
    typed = filled(client, change(article), standfirst="One line.\r\nAnother line.", headline="My headline")
    other = desk(Role.COPY_EDITOR)
    other.post(change(article), filled(other, change(article), dateline="PARIS"))

    answer = client.post(change(article), typed)

    assert [part.name for part in answer.context["conflict"].differences] == ["headline", "dateline"]


def test_stale_form_saved_again_is_still_refused_without_a_word(
    article: Article, late: tuple[Client, dict[str, object]]
) -> None:
    client, typed = late
    answer = client.post(change(article), typed)
    again = typed | {"conflict": "1", "seen_revision": answer.context["seen"].revision_id, "_save": "1"}

    answer = client.post(change(article), again)

    article.refresh_from_db()
    assert answer.status_code == 409
    assert article.headline == "Old headline"
    assert "Tick the box" in answer.content.decode()


def test_stale_form_is_saved_on_top_when_the_writer_says_so(
    article: Article, late: tuple[Client, dict[str, object]]
) -> None:
    client, typed = late
    answer = client.post(change(article), typed)
    again = typed | {"conflict": "1", "seen_revision": answer.context["seen"].revision_id, "on_top": "1"}

    client.post(change(article), again)

    article.refresh_from_db()
    assert (article.headline, article.standfirst) == ("My headline", typed["standfirst"])
    assert article.revisions.count() == 3


def test_saving_on_top_is_refused_when_somebody_was_faster_again(
    article: Article, late: tuple[Client, dict[str, object]], desk: Desk
) -> None:
    client, typed = late
    answer = client.post(change(article), typed)
    again = typed | {"conflict": "1", "seen_revision": answer.context["seen"].revision_id, "on_top": "1"}
    other = desk(Role.COPY_EDITOR)
    other.post(change(article), filled(other, change(article), headline="A third headline"))

    answer = client.post(change(article), again)

    article.refresh_from_db()
    assert answer.status_code == 409
    assert article.headline == "A third headline"


def test_both_texts_come_together_in_the_form_and_nothing_is_saved(
    article: Article, late: tuple[Client, dict[str, object]]
) -> None:
    client, typed = late
    answer = client.post(change(article), typed)
    base = answer.context["conflict"].base
    newest = answer.context["seen"].revision_id

    answer = client.post(
        change(article), typed | {"conflict": "1", "base_revision": base, "seen_revision": newest, "_both": "1"}
    )

    assert article.revisions.count() == 2
    form = answer.context["form"]
    assert (form["headline"].value(), form["standfirst"].value()) == ("My headline", "Theirs.")
    assert "The first, by them." in form["body"].value()
    assert "The second, by me." in form["body"].value()
    assert answer.context["seen"].revision_id == newest


def test_words_both_changed_are_named_when_they_come_together(article: Article, desk: Desk) -> None:
    client = desk(article.created_by)
    typed = filled(client, change(article), headline="My headline")
    other = desk(Role.COPY_EDITOR)
    other.post(change(article), filled(other, change(article), headline="Their headline"))
    answer = client.post(change(article), typed)

    answer = client.post(
        change(article), typed | {"conflict": "1", "base_revision": answer.context["conflict"].base, "_both": "1"}
    )

    assert answer.context["form"]["headline"].value() == "My headline"
    assert "the form has yours: Headline" in answer.content.decode()


def test_form_opened_before_the_story_was_submitted_is_refused_and_readable(article: Article, desk: Desk) -> None:
    client = desk(article.created_by)
    typed = filled(client, change(article), headline="My headline")
    desk(Role.COPY_EDITOR).post(f"/desk/articles/article/{article.pk}/submit/", {**_seen(article), "reason": ""})

    answer = client.post(change(article), typed)

    article.refresh_from_db()
    assert (article.state, article.headline) == ("submitted", "Old headline")
    assert answer.status_code == 409
    assert "My headline" in answer.content.decode()
    assert "Ask for it to be sent back" in answer.content.decode()


def test_form_that_does_not_say_what_it_saw_is_refused(article: Article, desk: Desk) -> None:
    client = desk(article.created_by)
    typed = filled(client, change(article), headline="My headline")
    del typed["seen_revision"]

    assert client.post(change(article), typed).status_code == 409


def _seen(article: Article) -> dict[str, object]:
    return {"seen_state": article.state, "seen_revision": article.revision_id}
