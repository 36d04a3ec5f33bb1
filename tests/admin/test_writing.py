"""Write stories at the desk."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.models import Article
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import ADD, change, filled, rows

pytestmark = pytest.mark.django_db


def body_of(html: str) -> str:
    return re.sub(r' id="[^"]*"', "", html).replace("\n", "")


def test_new_story_is_one_revision_with_everything_in_its_order(desk: Desk) -> None:
    rita = factories.person(Role.REPORTER)
    first, second = factories.author("First"), factories.author("Second")
    acme, zenith = factories.company("Acme"), factories.company("Zenith")
    other = factories.draft()
    client = desk(rita)
    data = filled(
        client,
        ADD,
        headline="A  headline\nof two lines",
        body="<p>Words.</p>",
        section=factories.section("Economy").pk,
        topics=["Rates", "Banks"],
        **rows("bylines", (second.pk, "reporter"), (first.pk, "contributor")),
        **rows("companies", (zenith.pk, "mentioned"), (acme.pk, "subject")),
        **rows("related", other.pk),
    )

    answer = client.post(ADD, data)

    article = Article.objects.exclude(pk=other.pk).get()
    assert answer.headers["Location"] == change(article)
    assert (article.headline, body_of(article.body)) == ("A headline of two lines", "<p>Words.</p>")
    assert [(item.author, item.role) for item in article.bylines.all()] == [
        (second, "reporter"),
        (first, "contributor"),
    ]
    assert [(item.company, item.role) for item in article.companies.all()] == [
        (zenith, "mentioned"),
        (acme, "subject"),
    ]
    assert [item.tag.name for item in article.topic_items.all()] == ["Rates", "Banks"]
    assert [item.story for item in article.related_stories.all()] == [other]
    assert article.created_by == rita
    assert article.revisions.count() == 1
    assert [row.verb for row in article.transitions.all()] == ["start"]


def test_new_story_starts_with_the_writers_own_byline(desk: Desk) -> None:
    rita = factories.person(Role.REPORTER)
    author = factories.author("Rita Almeida", journalist=rita)
    client = desk(rita)

    client.post(ADD, filled(client, ADD, headline="Mine"))

    assert [item.author for item in Article.objects.get().bylines.all()] == [author]


def test_save_is_one_revision_and_one_ledger_row(desk: Desk) -> None:
    article = factories.draft()
    client = desk(article.created_by)
    acme = factories.company("Acme")

    client.post(
        change(article),
        filled(client, change(article), headline="Changed", topics=["New"], **rows("companies", (acme.pk, "subject"))),
    )

    article.refresh_from_db()
    assert article.headline == "Changed"
    assert [revision.number for revision in article.revisions.all()] == [1, 2]
    assert [row.verb for row in article.transitions.all()] == ["start", "save"]
    assert not LogEntry.objects.exists()


def test_save_of_an_untouched_form_writes_nothing(desk: Desk) -> None:
    article = factories.draft(
        topics=[factories.topic()], companies=[factories.company()], related=[factories.draft()], dateline="PARIS"
    )
    client = desk(article.created_by)

    answer = client.post(change(article), filled(client, change(article)), follow=True)

    assert "Nothing was changed" in answer.content.decode()
    assert article.revisions.count() == 1
    assert article.transitions.count() == 1


def test_save_of_approved_copy_says_that_it_is_a_draft_again(desk: Desk) -> None:
    article = factories.approved()
    client = desk(Role.COPY_EDITOR)

    answer = client.post(change(article), filled(client, change(article), headline="Changed"), follow=True)

    article.refresh_from_db()
    assert article.state == "draft"
    assert "is a draft again" in answer.content.decode()


def test_dirty_html_is_never_stored(desk: Desk) -> None:
    client = desk(Role.REPORTER)
    dirty = (
        '<p onclick="steal()" style="color:red" class="MsoNormal">Clean <b>words</b>.'
        '<script>steal()</script></p><p><a href="javascript:steal()">link</a><img src=x onerror="steal()"></p>'
    )

    client.post(ADD, filled(client, ADD, headline="<b>H</b>\u0007", body=dirty))

    article = Article.objects.get()
    assert body_of(article.body) == "<p>Clean <strong>words</strong>.</p><p>link</p>"
    assert article.revisions.get().body == article.body
    assert article.headline == "<b>H</b>"


def test_problem_keeps_what_was_typed_and_names_every_place(desk: Desk) -> None:
    article = factories.draft()
    client = desk(article.created_by)
    typed = filled(
        client,
        change(article),
        headline="Typed headline",
        body="<p>Typed body.</p>",
        embargo_at_0="2026-12-01",
        embargo_at_1="",
        original_url="no address",
        language="not a language!",
        topics=["x" * 200],
    )

    answer = client.post(change(article), typed)

    article.refresh_from_db()
    assert article.headline != "Typed headline"
    assert {problem["anchor"] for problem in answer.context["story"].problems} == {
        "id_embargo_at",
        "id_original_url",
        "id_language",
        "id_topics",
    }
    page = answer.content.decode()
    assert "Typed headline" in page
    assert "Typed body." in page
    assert article.revisions.count() == 1


def test_story_can_begin_confidential(desk: Desk) -> None:
    rita, colleague = factories.person(Role.REPORTER), factories.journalist(Role.EDITOR)
    client = desk(rita)

    client.post(ADD, filled(client, ADD, headline="Secret", confidential="on", people=[colleague.pk]))

    article = Article.objects.get()
    assert article.confidential
    assert set(article.people.all()) == {rita, colleague}
    assert article.revisions.count() == 1


def test_reporter_reads_a_colleagues_story_on_a_page_without_a_form(desk: Desk) -> None:
    article = factories.draft(headline="Of a colleague", standfirst="To be read.")

    page = desk(factories.journalist(Role.REPORTER)).get(change(article))

    assert "story" not in page.context
    assert "Of a colleague" in page.content.decode()
    assert "To be read." in page.content.decode()
    assert "<textarea" not in page.content.decode()


def test_reporter_cannot_save_a_colleagues_story_and_keeps_the_words(desk: Desk) -> None:
    article = factories.draft(headline="Of a colleague")
    mine = filled(desk(article.created_by), change(article), headline="Taken over")

    answer = desk(factories.journalist(Role.REPORTER)).post(change(article), mine)

    article.refresh_from_db()
    assert answer.status_code == 403
    assert article.headline == "Of a colleague"
    assert "Taken over" in answer.content.decode()
    assert "Ask a copy editor" in answer.content.decode()


def test_key_to_a_story_out_of_sight_stays_when_somebody_saves(desk: Desk) -> None:
    editor, reporter = factories.person(Role.COPY_EDITOR), factories.person(Role.REPORTER)
    secret = factories.confidential(by=factories.journalist(Role.EDITOR), headline="Top secret")
    open_story = factories.draft()
    article = factories.draft(by=reporter, follows=secret, related=[secret, open_story])
    client = desk(editor)
    page = client.get(change(article)).content.decode()

    client.post(change(article), filled(client, change(article), headline="Changed"))

    article.refresh_from_db()
    assert "Top secret" not in page
    assert article.headline == "Changed"
    assert article.follows == secret
    assert {item.story for item in article.related_stories.all()} == {secret, open_story}


def test_story_out_of_sight_cannot_be_chosen(desk: Desk) -> None:
    secret = factories.confidential(by=factories.journalist(Role.EDITOR), headline="Top secret")
    client = desk(Role.REPORTER)

    for choice in ({"follows": secret.pk}, rows("related", secret.pk)):
        answer = client.post(ADD, filled(client, ADD, **choice))
        assert answer.status_code == 200
        assert "Top secret" not in answer.content.decode()

    assert Article.objects.count() == 1


def test_embargo_is_typed_and_shown_in_the_newsrooms_zone(desk: Desk) -> None:
    client = desk(Role.REPORTER)

    client.post(ADD, filled(client, ADD, embargo_at_0="2026-12-01", embargo_at_1="09:30"))

    article = Article.objects.get()
    embargo = article.embargo_at
    assert embargo is not None
    assert timezone.localtime(embargo, timezone.get_default_timezone()).isoformat() == "2026-12-01T09:30:00-05:00"
    page = client.get(change(article)).content.decode()
    assert 'value="09:30"' in page
    assert "1 December 2026, 09:30 ET" in page
