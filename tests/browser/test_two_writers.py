"""Two people write in the same story at the same time: whoever is later is told, and keeps every word."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.browser import desk
from tests.browser.desk import House

FIRST = "<p>The plant closed on Monday.</p><p>Nobody was hurt.</p>"


@pytest.fixture
def story(staff: dict[Role, Journalist]) -> Article:
    """Begin a draft that both may write in."""
    return factories.draft(
        by=staff[Role.REPORTER], headline="Plant closes", standfirst="It opens again in May.", body=FIRST
    )


def test_the_later_save_is_refused_with_both_texts_and_then_saved_on_top(house: House, story: Article) -> None:
    colin, rita = (_opens(house, name, story) for name in ("colin", "rita"))
    _colin_saves(colin)
    _rita_types(rita)

    rita.get_by_role("button", name="Save", exact=True).click()

    conflict = rita.get_by_role("alert").filter(has_text="Somebody else was faster")
    expect(conflict).to_contain_text("Colin: Save, Today")
    headline = conflict.locator(".difference").filter(has=rita.get_by_role("heading", name="Headline"))
    assert headline.get_by_role("paragraph").all_inner_texts() == ["Plant closes for good", "Plant closes early"]
    body = conflict.locator(".compared")
    assert body.locator("del").all_inner_texts() == ["Monday.", "Two people were hurt."]
    assert body.locator("ins").all_inner_texts() == ["Tuesday.", "Nobody was hurt."]
    _has_all_that_rita_typed(rita)
    story.refresh_from_db()
    assert story.headline == "Plant closes for good"
    assert story.revisions.count() == 2

    rita.get_by_role("button", name="Save mine").click()
    expect(conflict).to_contain_text("Tick the box to save your text on top of theirs")
    _has_all_that_rita_typed(rita)
    rita.get_by_label("I have read both. Save mine on top of theirs.").check()
    rita.get_by_role("button", name="Save mine").click()

    assert desk.said(rita) == "Saved as revision 3."
    story.refresh_from_db()
    assert (story.headline, story.standfirst) == ("Plant closes early", "It opens again in June.")
    assert "Tuesday" in story.body
    assert "Nobody was hurt" in story.body
    assert house.complaints == []


def test_a_verb_asked_of_a_story_that_has_changed_is_not_done(
    house: House, story: Article, staff: dict[Role, Journalist]
) -> None:
    rita = _opens(house, "rita", story)
    form = desk.ask(rita, "Submit for review")
    _colin_saves(_opens(house, "colin", story))

    form.get_by_label("Note for the history").fill("Please read it soon.")
    form.get_by_role("button", name="Submit for review").click()

    expect(rita.get_by_role("alert").first).to_contain_text("The story has changed since you opened this page.")
    expect(form).to_contain_text("Plant closes for good")
    expect(form.get_by_label("Note for the history")).to_have_value("Please read it soon.")
    story.refresh_from_db()
    assert story.state == "draft"
    form.get_by_role("button", name="Submit for review").click()
    assert desk.said(rita) == "Submitted. The desk has the story now."
    assert house.complaints == []


def _opens(house: House, name: str, story: Article) -> Page:
    page = house.journalist(name)
    desk.open_story(page, house.url, story)
    desk.editor_of(page)
    return page


def _colin_saves(colin: Page) -> None:
    """Change the headline, which Rita changes too, and the second paragraph, which she leaves alone."""
    colin.get_by_label("Headline", exact=True).fill("Plant closes for good")
    desk.overwrite(colin, "The plant closed on Monday.\n", "Nobody was", "Two people were")
    assert desk.save(colin) == "Saved as revision 2."


def _rita_types(rita: Page) -> None:
    rita.get_by_label("Headline", exact=True).fill("Plant closes early")
    rita.get_by_label("Standfirst").fill("It opens again in June.")
    desk.overwrite(rita, "The plant closed on ", "Monday", "Tuesday")


def _has_all_that_rita_typed(rita: Page) -> None:
    expect(rita.get_by_label("Headline", exact=True)).to_have_value("Plant closes early")
    expect(rita.get_by_label("Standfirst")).to_have_value("It opens again in June.")
    expect(desk.editor_of(rita)).to_have_text("The plant closed on Tuesday.Nobody was hurt.")
