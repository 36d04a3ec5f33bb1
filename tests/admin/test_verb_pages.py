"""Buttons, confirmation pages and what they do."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles import workflow
from articles.models import Article
from articles.workflow import clock
from articles.workflow.status import future_edition, live_edition
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import asked, at, change, verb
from tests.admin.situations import MAKE, live_draft, updated_live, with_update_waiting

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # 12:00 ET

ANSWERS: list[tuple[str, str, dict[str, Any], str]] = [
    ("draft", "submit", {}, "submitted"),
    ("submitted", "send_back", {"reason": "Who says so?"}, "draft"),
    ("submitted", "approve", {}, "approved"),
    ("approved", "release", {}, "released"),
    ("live, draft", "correct", {"notice": "It was ten."}, "released"),
    ("live, update approved", "correct", {"notice": "It was ten."}, "released"),
    ("live, update approved", "clarify", {"notice": "It was ten at first."}, "released"),
    ("live, update approved", "update", {}, "released"),
    ("live, update approved", "refile", {}, "released"),
    ("live, earlier text", "roll_back", {"kind": "update"}, "released"),
    ("scheduled", "reschedule", {"at_0": "2031-01-02", "at_1": "09:00"}, "released"),
    ("scheduled", "cancel", {}, "released"),
    ("live", "expire", at("expires_at", "2031-01-02", "09:00"), "released"),
    ("live", "withdraw", {"notice": "It was not true."}, "released"),
    ("approved", "spike", {"reason": "Overtaken."}, "spiked"),
    ("spiked", "revive", {}, "draft"),
]


@pytest.mark.parametrize(("state", "name", "answers", "after"), ANSWERS)
def test_verb_happens_on_post_and_not_on_get(
    state: str, name: str, answers: dict[str, Any], after: str, desk: Desk
) -> None:
    article = MAKE[state]()
    before = (article.state, article.transitions.count(), article.editions.count())
    client = desk(factories.journalist(Role.ADMINISTRATOR))
    data = asked(client, article, name, **answers)
    article.refresh_from_db()
    assert (article.state, article.transitions.count(), article.editions.count()) == before

    answer = client.post(verb(article, name), data)

    article.refresh_from_db()
    assert answer.status_code == 302, answer.context["problems"]
    assert answer.headers["Location"] == change(article)
    assert article.state == after
    assert article.transitions.filter(verb=name).exists()


def test_duplicate_leads_to_the_new_draft(desk: Desk) -> None:
    article = factories.live(headline="The original")
    client = desk(Role.REPORTER)

    answer = client.post(verb(article, "duplicate"), asked(client, article, "duplicate"))

    copy = Article.objects.exclude(pk=article.pk).get()
    assert answer.headers["Location"] == change(copy)
    assert (copy.headline, copy.state, copy.created_by) == ("The original", "draft", factories.person(Role.REPORTER))


def test_verb_without_a_token_is_refused() -> None:
    article = factories.submitted()
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.person(Role.EDITOR))

    answer = client.post(verb(article, "approve"), {"seen_state": "submitted", "seen_revision": article.revision_id})

    article.refresh_from_db()
    assert (answer.status_code, article.state) == (403, "submitted")


@pytest.mark.parametrize("role", [Role.REPORTER, Role.COPY_EDITOR])
def test_verb_beyond_the_role_is_refused_with_its_reason(role: Role, desk: Desk) -> None:
    article = factories.submitted()
    client = desk(factories.journalist(role))
    data = {"seen_state": article.state, "seen_revision": article.revision_id}

    answers = [client.get(verb(article, "approve")), client.post(verb(article, "approve"), data)]

    article.refresh_from_db()
    assert article.state == "submitted"
    assert [answer.status_code for answer in answers] == [403, 403]
    assert all("Your role does not allow this" in answer.content.decode() for answer in answers)


def test_verb_the_state_does_not_allow_is_explained(desk: Desk) -> None:
    article = factories.draft()

    answer = desk(Role.EDITOR).get(verb(article, "approve"))

    assert answer.status_code == 403
    assert "not possible while the story is “Draft”" in answer.content.decode()


@pytest.mark.parametrize("name", ["send_back", "spike"])
def test_reason_is_asked_for_where_it_matters(name: str, desk: Desk) -> None:
    article = factories.submitted()
    client = desk(Role.EDITOR)

    answer = client.post(verb(article, name), asked(client, article, name, reason="  "))

    article.refresh_from_db()
    assert (answer.status_code, article.state) == (400, "submitted")
    assert answer.context["form"].errors["reason"] == ["Say why: the reason goes into the story's history."]


def test_refused_release_lists_every_problem_and_keeps_what_was_typed(desk: Desk) -> None:
    article = factories.approved(standfirst="", section=None, bylines=[])
    client = desk(Role.PUBLISHER)
    answers = {"reason": "Typed reason", **at("at", "2020-01-02", "09:00"), **at("expires_at", "2019-01-01", "08:00")}

    answer = client.post(verb(article, "release"), asked(client, article, "release", **answers))

    assert answer.status_code == 400
    assert {problem.field for problem in answer.context["problems"]} == {"standfirst", "section", "bylines"}
    assert {"at", "expires_at"} == set(answer.context["form"].errors)
    page = answer.content.decode()
    assert "Typed reason" in page
    assert 'value="2020-01-02"' in page
    assert 'value="08:00"' in page


def test_what_a_release_lacks_is_said_before_anybody_presses_the_button(desk: Desk) -> None:
    article = factories.approved(standfirst="", section=None)

    page = desk(Role.PUBLISHER).get(verb(article, "release"))

    assert {problem.field for problem in page.context["problems"]} == {"standfirst", "section"}


def test_date_without_a_time_is_a_problem_beside_the_others(desk: Desk) -> None:
    article = factories.approved(standfirst="")
    client = desk(Role.PUBLISHER)

    answer = client.post(verb(article, "release"), asked(client, article, "release", **at("at", "2031-01-02", "")))

    assert answer.context["form"].errors["at"] == ["Give the time of day too, such as 12:50."]
    assert [problem.field for problem in answer.context["problems"]] == ["standfirst"]


@time_machine.travel(NOON, tick=False)
def test_time_is_typed_in_the_newsrooms_zone(desk: Desk) -> None:
    article = factories.approved()
    client = desk(Role.PUBLISHER)
    page = client.get(verb(article, "release")).content.decode()
    assert "It is 12:00 ET now." in page

    client.post(verb(article, "release"), asked(client, article, "release", **at("at", "2026-11-24", "12:50")))

    waiting = future_edition(article, NOON)
    assert waiting is not None
    assert waiting.live_from == NOON + timedelta(minutes=50)


def test_waiting_release_is_asked_about_only_where_one_waits(desk: Desk) -> None:
    client = desk(Role.PUBLISHER)
    alone, waiting = factories.approved(), factories.scheduled()

    assert "scheduled" not in client.get(verb(alone, "release")).context["form"].fields
    assert "scheduled" in client.get(verb(waiting, "release")).context["form"].fields


def test_waiting_update_is_cancelled_or_carried_as_chosen(desk: Desk) -> None:
    client = desk(Role.PUBLISHER)
    for choice, is_waiting in (("cancel", False), ("carry", True)):
        article = factories.rewrite(with_update_waiting(), dateline="PARIS")
        refused = client.post(verb(article, "correct"), asked(client, article, "correct", notice="It was ten."))
        assert "scheduled" in refused.context["form"].errors

        client.post(verb(article, "correct"), asked(client, article, "correct", notice="It was ten.", scheduled=choice))

        live, future = live_edition(article, clock.now()), future_edition(article, clock.now())
        assert live is not None
        assert live.notice == "It was ten."
        assert (future is not None) is is_waiting


def test_expiry_on_show_is_the_present_one(desk: Desk) -> None:
    article = factories.live()
    client = desk(Role.PUBLISHER)
    client.post(verb(article, "expire"), asked(client, article, "expire", **at("expires_at", "2031-01-02", "09:00")))

    data = asked(client, article, "expire")

    assert (data["expires_at_which"], data["expires_at_time_0"], data["expires_at_time_1"]) == (
        "timed",
        "2031-01-02",
        "09:00",
    )
    client.post(verb(article, "expire"), data | {"expires_at_which": "plain"})
    live = live_edition(article, clock.now())
    assert live is not None
    assert live.expires_at is None


def test_verb_on_a_story_changed_meanwhile_is_refused_and_shows_what_changed(desk: Desk) -> None:
    article = factories.approved(headline="As approved")
    client = desk(Role.PUBLISHER)
    data = asked(client, article, "release", reason="Typed reason")
    workflow.save(Article.objects.get(pk=article.pk), {"headline": "Changed"}, by=factories.person(Role.COPY_EDITOR))

    answer = client.post(verb(article, "release"), data)

    assert answer.status_code == 409
    assert [(part.theirs, part.yours) for part in answer.context["changed"]] == [("As approved", "Changed")]
    assert "Typed reason" in answer.content.decode()
    assert not article.editions.exists()


@pytest.mark.parametrize(("state", "name", "answers"), [("live, earlier text", "roll_back", {"kind": "update"})])
def test_verb_on_editions_sent_twice_happens_once(state: str, name: str, answers: dict[str, str], desk: Desk) -> None:
    article = MAKE[state]()
    client = desk(Role.PUBLISHER)
    form = asked(client, article, name, **answers)

    codes = [client.post(verb(article, name), form).status_code for _time in range(2)]

    assert codes == [302, 409]
    assert article.transitions.filter(verb=name).count() == 1


@pytest.mark.parametrize("key", ["9" * 25, "9" * 5000, "²", "-1", ""])
def test_no_key_at_all_is_a_stale_form(key: str, desk: Desk) -> None:
    article = factories.live()
    client = desk(Role.PUBLISHER)
    form = asked(client, article, "withdraw", notice="Gone.")

    answer = client.post(verb(article, "withdraw"), form | {"seen_revision": key})

    assert answer.status_code == 409


def test_withdrawn_story_whose_new_release_waits_offers_to_cancel_it(desk: Desk) -> None:
    article = factories.withdrawn()
    workflow.release(article, by=factories.person(Role.PUBLISHER), at=clock.now() + factories.HOUR)
    client = desk(Role.PUBLISHER)

    buttons = {button["verb"] for button in client.get(change(article)).context["verbs"]}

    assert {"cancel", "reschedule"} < buttons
    assert "withdraw" not in buttons


def test_withdrawing_what_only_waits_again_is_refused_in_words() -> None:
    article = factories.withdrawn()
    publisher = factories.person(Role.PUBLISHER)
    workflow.release(article, by=publisher, at=clock.now() + factories.HOUR)

    with pytest.raises(workflow.Refused, match="Cancel its schedule instead"):
        workflow.withdraw(article, by=publisher, notice="Gone again.")


def test_missing_story_leads_back_to_the_desk(desk: Desk) -> None:
    answer = desk(Role.EDITOR).get("/desk/articles/article/999999/approve/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")


def test_stranger_is_asked_to_log_in() -> None:
    article = factories.submitted()

    answer = Client().get(verb(article, "approve"))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/desk/login/")


def test_correction_page_shows_what_changes_for_readers(desk: Desk) -> None:
    article = factories.rewrite(factories.live(headline="Nine dollars"), headline="Ten dollars")

    page = desk(Role.PUBLISHER).get(verb(article, "correct"))

    assert [(part.theirs, part.yours) for part in page.context["for_readers"]] == [("Nine dollars", "Ten dollars")]


def test_roll_back_page_shows_the_text_that_comes_back(desk: Desk) -> None:
    article = factories.rewrite(factories.live(headline="First"), headline="Second")
    workflow.update(article, by=factories.person(Role.PUBLISHER))
    workflow.save(article, {"headline": "Third"}, by=factories.person(Role.COPY_EDITOR))

    page = desk(Role.PUBLISHER).get(verb(article, "roll_back"))

    assert [(part.theirs, part.yours) for part in page.context["for_readers"]] == [("Second", "First")]


def test_correction_in_one_step_says_that_nobody_has_approved_it(desk: Desk) -> None:
    client = desk(Role.PUBLISHER)

    assert "Nobody else has approved this text" in client.get(verb(live_draft(), "correct")).content.decode()
    assert "Nobody else has approved this text" not in client.get(verb(updated_live(), "correct")).content.decode()
