"""The whole of writing and submitting without a mouse."""

from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.browser import desk
from tests.browser.desk import House


def test_a_story_is_written_saved_and_submitted_by_keyboard_alone(house: House, staff: dict[Role, Journalist]) -> None:
    factories.company("Harbor Bank")
    rita = house.reader()
    rita.goto(f"{house.url}/desk/")
    rita.keyboard.type("rita")
    rita.keyboard.press("Tab")
    rita.keyboard.type(desk.PASSWORD)
    rita.keyboard.press("Enter")
    _tab_to(rita, rita.get_by_role("link", name="New story"))
    rita.keyboard.press("Enter")
    body = desk.editor_of(rita)
    _tab_to(rita, rita.get_by_label("Headline", exact=True))
    rita.keyboard.type("Written by hand")
    _tab_to(rita, body)
    desk.write_paragraph(rita, "Harbor Bank ", "grows", ".")
    rita.keyboard.press("Backspace")
    _tab_to(rita, rita.get_by_role("button", name="Add a company"))
    rita.keyboard.press("Enter")
    rita.keyboard.press("Enter")
    assert desk.offered(rita, "harb") == ["Harbor Bank"]
    rita.locator(".select2-results__option--highlighted", has_text="Harbor Bank").wait_for()
    rita.keyboard.press("Enter")

    rita.keyboard.press("Control+s")

    assert desk.said(rita) == "Saved. The story has begun as a draft."
    story = Article.objects.get()
    assert story.headline == "Written by hand"
    assert "Harbor Bank <strong>grows</strong>." in story.body
    assert [str(item.company) for item in story.companies.all()] == ["Harbor Bank"]
    _tab_to(rita, rita.get_by_role("link", name="Submit for review"))
    rita.keyboard.press("Enter")
    button = rita.get_by_role("button", name="Submit for review")
    _tab_to(rita, button)
    expect(button).to_be_focused()
    rita.keyboard.press("Enter")
    assert desk.said(rita) == "Submitted. The desk has the story now."
    assert house.complaints == []


def _tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus."""
    target.wait_for()
    for _press in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"No way to {target} by Tab")
