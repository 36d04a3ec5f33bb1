"""Release several stories in one instant."""

from typing import Any

import pytest
from django.test import Client

from articles import workflow
from articles.models import Article
from articles.workflow import clock
from articles.workflow.status import future_edition, live_edition
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import LIST, at, posted

pytestmark = pytest.mark.django_db


def together(*stories: Article) -> str:
    return f"{LIST}release-together/?stories={','.join(str(story.pk) for story in stories)}"


def answers(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    return posted(client.get(address), "question") | changes


def test_action_leads_to_the_page_with_the_chosen_stories(desk: Desk) -> None:
    first, second = factories.approved(), factories.approved()
    data = {"action": "release_together", "_selected_action": [first.pk, second.pk], "index": "0"}

    answer = desk(Role.PUBLISHER).post(LIST, data)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{LIST}release-together/?stories=")


def test_action_is_only_for_those_who_may_release(desk: Desk) -> None:
    article = factories.approved()

    assert "release_together" in desk(Role.PUBLISHER).get(LIST).content.decode()
    assert "release_together" not in desk(Role.EDITOR).get(LIST).content.decode()
    assert desk(Role.EDITOR).get(together(article)).status_code == 403


def test_stories_appear_in_one_instant(desk: Desk) -> None:
    new = factories.approved()
    corrected = factories.rewrite(factories.live(at=clock.now() - factories.HOUR), headline="Corrected")
    client = desk(Role.PUBLISHER)
    prefix = f"story{corrected.pk}"
    data = answers(client, together(new, corrected), **{f"{prefix}-verb": "correct", f"{prefix}-notice": "It was ten."})

    answer = client.post(together(new, corrected), data)

    assert answer.status_code == 302
    editions = [live_edition(story, clock.now()) for story in (new, corrected)]
    assert [edition and edition.release_kind for edition in editions] == ["publication", "correction"]
    assert len({edition and edition.live_from for edition in editions}) == 1


def test_stories_wait_for_one_instant(desk: Desk) -> None:
    stories = [factories.approved(), factories.approved()]
    client = desk(Role.PUBLISHER)

    client.post(together(*stories), answers(client, together(*stories), **at("at", "2031-01-02", "09:00")))

    waiting = [future_edition(story, clock.now()) for story in stories]
    assert all(waiting)
    assert len({edition.live_from for edition in waiting if edition}) == 1


def test_one_story_that_is_not_fit_keeps_all_back_and_every_problem_is_named(desk: Desk) -> None:
    good = factories.approved(headline="Good")
    bad, worse = factories.approved(headline="Bad", standfirst=""), factories.approved(headline="Worse", section=None)
    client = desk(Role.PUBLISHER)
    address = together(good, bad, worse)

    answer = client.post(address, answers(client, address, reason="Typed reason"))

    assert {str(problem).partition(":")[0] for problem in answer.context["problems"]} == {"Bad", "Worse"}
    assert "Typed reason" in answer.content.decode()
    assert not good.editions.exists()


def test_story_that_cannot_be_released_is_said_so_at_once(desk: Desk) -> None:
    draft = factories.draft(headline="A draft")

    page = desk(Role.PUBLISHER).get(together(factories.approved(), draft))

    assert [str(problem) for problem in page.context["problems"]] == [
        "A draft cannot be released now: it is “Draft”. Approve it, or take it out of the selection."
    ]


def test_bundle_is_refused_when_a_story_was_changed_meanwhile(desk: Desk) -> None:
    stories = [factories.approved(), factories.approved(headline="Changed later")]
    client = desk(Role.PUBLISHER)
    data = answers(client, together(*stories))
    changed = Article.objects.get(pk=stories[1].pk)
    workflow.save(changed, {"standfirst": "New."}, by=factories.person(Role.COPY_EDITOR))
    workflow.submit(changed, by=factories.person(Role.COPY_EDITOR))
    workflow.approve(changed, by=factories.person(Role.EDITOR))

    answer = client.post(together(*stories), data)

    assert "“Changed later” was changed" in str(answer.context["problems"][0])
    assert not stories[0].editions.exists()


def test_address_with_no_key_at_all_chooses_no_story(desk: Desk) -> None:
    page = desk(Role.PUBLISHER).get(f"{LIST}release-together/?stories={'9' * 25},²,,x")

    assert page.context["parts"] == []
