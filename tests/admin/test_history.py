"""The ledger of a story, and its texts compared."""

from datetime import UTC, datetime

import pytest
import time_machine

from articles import workflow
from articles.states import Scheduled
from articles.workflow import clock
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import LIST

pytestmark = pytest.mark.django_db


@time_machine.travel(datetime(2026, 11, 24, 17, 50, tzinfo=UTC), tick=False)
def test_history_says_who_did_what_when_and_why(desk: Desk) -> None:
    editor = factories.person(Role.EDITOR)
    editor.first_name, editor.last_name = "Edith", "Vasseur"
    editor.save()
    article = factories.submitted()
    workflow.send_back(article, by=editor, reason="Who says so?")

    page = desk(Role.EDITOR).get(f"{LIST}{article.pk}/history/")

    assert [row.verb for row, _details in page.context["ledger"]] == ["send_back", "submit", "start"]
    text = page.content.decode()
    for words in ("Send back", "Edith Vasseur", "Today, 12:50 ET", "Who says so?", "In review", "Draft"):
        assert words in text


def test_history_of_a_release_says_edition_kind_and_notice(desk: Desk) -> None:
    article = factories.rewrite(factories.live(), headline="Corrected")
    workflow.correct(article, by=factories.person(Role.PUBLISHER), notice="It was ten, not nine.")

    page = desk(Role.EDITOR).get(f"{LIST}{article.pk}/history/")

    details = dict(page.context["ledger"][0][1])
    assert (details["Kind"], details["Notice to readers"]) == ("Correction", "It was ten, not nine.")
    assert "edition 2" in page.content.decode()


def test_every_detail_of_the_ledger_has_words(desk: Desk) -> None:
    publisher = factories.person(Role.PUBLISHER)
    article = factories.rewrite(factories.live(), headline="Update")
    workflow.update(article, by=publisher, at=clock.now() + factories.HOUR)
    workflow.reschedule(article, by=publisher, at=clock.now() + 2 * factories.HOUR)
    workflow.expire(article, by=publisher, expires_at=clock.now() + factories.DAY, scheduled=Scheduled.CARRY)
    workflow.withdraw(article, by=publisher, notice="Gone.")

    ledger = desk(Role.EDITOR).get(f"{LIST}{article.pk}/history/").context["ledger"]

    labels = {label for _row, details in ledger for label, _words in details}
    assert labels <= {
        "Kind",
        "Live from",
        "Until then scheduled for",
        "Because of",
        "Expires",
        "Carried into scheduled edition",
        "Notice to readers",
    }
    assert {"Until then scheduled for", "Because of", "Carried into scheduled edition"} <= labels


def test_revision_is_compared_with_the_one_before(desk: Desk) -> None:
    article = factories.draft(headline="Old", body="<p>The price was nine dollars.</p>")
    workflow.save(
        article, {"headline": "New", "body": "<p>The price was ten dollars.</p>"}, by=factories.person(Role.COPY_EDITOR)
    )

    page = desk(Role.EDITOR).get(f"{LIST}{article.pk}/revisions/2/")

    changes = {part.name: part for part in page.context["changes"]}
    assert set(changes) == {"headline", "body"}
    assert (changes["headline"].theirs, changes["headline"].yours) == ("Old", "New")
    assert "<del>nine" in changes["body"].compared
    assert "<ins>ten" in changes["body"].compared


def test_first_revision_is_shown_and_a_missing_one_is_not(desk: Desk) -> None:
    article = factories.draft(headline="Only")
    client = desk(Role.EDITOR)

    assert "Only" in client.get(f"{LIST}{article.pk}/revisions/1/").content.decode()
    assert client.get(f"{LIST}{article.pk}/revisions/2/").status_code == 404


def test_ledger_and_editions_are_read_only(desk: Desk) -> None:
    article = factories.live()
    row, edition = article.transitions.last(), article.editions.get()
    assert row is not None
    client = desk(Role.ADMINISTRATOR)

    for noun, key in (("transition", row.pk), ("edition", edition.pk)):
        assert client.get(f"/desk/articles/{noun}/").status_code == 200
        page = client.get(f"/desk/articles/{noun}/{key}/change/")
        assert page.status_code == 200
        assert 'type="submit"' not in page.content.decode().split('id="content"')[1]
        assert client.post(f"/desk/articles/{noun}/{key}/change/", {}).status_code == 403
        assert client.post(f"/desk/articles/{noun}/{key}/delete/", {"post": "yes"}).status_code == 403
        assert client.get(f"/desk/articles/{noun}/add/").status_code == 403


def test_reporter_sees_the_ledger_too(desk: Desk) -> None:
    factories.live()

    assert desk(Role.REPORTER).get("/desk/articles/transition/").status_code == 200


def test_ledger_names_the_people_of_a_confidential_story(desk: Desk) -> None:
    carol = factories.journalist(Role.EDITOR, first_name="Carol", last_name="Chen")
    article = factories.confidential(people=[carol])

    page = desk(carol).get(f"{LIST}{article.pk}/history/")

    people = [dict(details)["People"] for row, details in page.context["ledger"] if "people" in row.details]
    assert [set(names.split(", ")) for names in people] == [{article.created_by.name, "Carol Chen"}]
