"""Everybody is shown the buttons for exactly what they can do with a story now: each is tried, and taken back."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from articles import workflow
from articles.models import Article
from articles.states import Scheduled, Verb
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.browser import desk
from tests.browser.desk import House
from tests.workflow.desk import ACTS

#: Every verb with all that its page asks for.
TRIES: dict[Verb, Callable[[Article, Journalist], Any]] = ACTS | {
    Verb.RELEASE: lambda story, by: workflow.release(story, by=by, scheduled=Scheduled.CANCEL),
}
del TRIES[Verb.OPEN]  # opening is no button


def test_buttons_are_exactly_what_works_for_each_role(house: House, staff: dict[Role, Journalist]) -> None:
    stories = _stories(staff[Role.REPORTER])
    shown, works = {}, {}
    for role, by in staff.items():
        page = house.journalist(by.username)
        for name, story in stories.items():
            desk.open_story(page, house.url, story)
            may_save = page.get_by_role("button", name="Save", exact=True).count() == 1
            shown[role, name] = {*desk.buttons(page), *(["Save"] if may_save else [])}
            works[role, name] = {_label(verb, story) for verb in TRIES if _works(verb, story, by)}

    assert shown == works
    assert house.complaints == []


def _stories(rita: Journalist) -> dict[str, Article]:
    """Return stories of Rita's in every state, with everything that readers can have of them."""
    update = factories.live(by=rita)
    factories.rewrite(update, headline="Other words")
    waiting = factories.rewrite(factories.live(by=rita), headline="Other words")
    workflow.update(waiting, by=factories.person(Role.PUBLISHER), at=workflow.clock.now() + factories.HOUR)
    rewritten = factories.live(by=rita)
    workflow.save(rewritten, {"headline": "Other words"}, by=rita)
    return {
        "draft": factories.draft(by=rita),
        "in review": factories.submitted(by=rita),
        "approved": factories.approved(by=rita),
        "scheduled": factories.scheduled(by=rita),
        "live": factories.live(by=rita),
        "live, rewritten": rewritten,
        "live, update approved": update,
        "live, update scheduled": waiting,
        "expired": factories.expired(by=rita),
        "withdrawn": factories.withdrawn(by=rita),
        "spiked": factories.spiked(by=rita),
        "a colleague's": factories.draft(by=factories.journalist()),
    }


def _works(verb: Verb, story: Article, by: Journalist) -> bool:
    """Use a verb with a good answer to everything that is asked, take it back, and say whether it went well."""
    with transaction.atomic():
        try:
            TRIES[verb](Article.objects.get(pk=story.pk), by)
        except (workflow.NotAllowed, workflow.Refused):
            return False
        finally:
            transaction.set_rollback(True)
    return True


def _label(verb: Verb, story: Article) -> str:
    in_one_step = verb is Verb.CORRECT and story.state != "approved"
    return "Correct in one step" if in_one_step else str(verb.label)
