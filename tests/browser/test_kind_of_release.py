"""What readers are told about a change is what somebody chose, and never what happened to stand in the form."""

from playwright.sync_api import expect

from articles import workflow
from articles.models import Article, Edition
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.browser import desk
from tests.browser.desk import House

NOTICE = "The margin was wrong."
SILENT = "A refile tells readers nothing. Choose another kind, or take the notice out."


def test_a_bundle_asks_how_each_changed_story_goes_out(house: House, staff: dict[Role, Journalist]) -> None:
    new = factories.approved(headline="New")
    changed = factories.rewrite(factories.live(headline="Old words"), headline="Changed")
    pavel = house.journalist("pavel")
    pavel.goto(f"{house.url}/desk/articles/article/?state__exact=approved")
    for story in (new, changed):
        pavel.get_by_role("checkbox", name=f"- {story.headline}").check()
    pavel.get_by_label("Action:").select_option("Release together…")
    pavel.get_by_role("button", name="Run").click()
    pavel.get_by_label("Notice to readers").fill(NOTICE)

    pavel.get_by_role("button", name="Release together").click()
    assert desk.problems(pavel) == ["Say what kind of change this is."]
    pavel.get_by_label("Refile").check()
    pavel.get_by_role("button", name="Release together").click()
    assert desk.problems(pavel) == [SILENT]
    assert not new.editions.exists()
    expect(pavel.get_by_label("Notice to readers")).to_have_value(NOTICE)
    pavel.get_by_label("Correct", exact=True).check()
    pavel.get_by_role("button", name="Release together").click()

    assert desk.said(pavel).startswith("2 stories released together: Today, ")
    corrected = _newest(changed)
    assert (corrected.release_kind, corrected.notice) == ("correction", NOTICE)
    assert corrected.live_from == _newest(new).live_from
    assert house.complaints == []


def test_a_roll_back_that_tells_readers_something_is_no_refile(house: House, staff: dict[Role, Journalist]) -> None:
    story = factories.rewrite(factories.live(headline="Right"), headline="Wrong")
    workflow.update(story, by=staff[Role.PUBLISHER])
    pavel = house.journalist("pavel")
    desk.open_story(pavel, house.url, story)
    form = desk.ask(pavel, "Roll back")
    form.get_by_label("Notice to readers").fill(NOTICE)
    form.get_by_label("Refile").check()

    form.get_by_role("button", name="Roll back").click()
    assert desk.problems(pavel) == [SILENT]
    form.get_by_label("Correction").check()
    form.get_by_role("button", name="Roll back").click()

    assert desk.said(pavel).startswith("Readers have it now.")
    newest = _newest(story)
    assert (newest.headline, newest.release_kind, newest.notice) == ("Right", "correction", NOTICE)
    assert house.complaints == []


def _newest(story: Article) -> Edition:
    newest: Edition = Edition.objects.filter(article=story).latest("live_from")
    return newest
