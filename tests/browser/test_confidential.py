"""A confidential story is nowhere at the desk for anybody but its people."""

from playwright.sync_api import Page, expect

from articles.models import Article
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.browser import desk
from tests.browser.desk import House

HEADLINE = "Orchid takeover talks"


def test_a_confidential_story_is_invisible_to_a_colleague(house: House, staff: dict[Role, Journalist]) -> None:
    secret = factories.submitted(
        by=staff[Role.REPORTER], headline=HEADLINE, bylines=[factories.author("Rita Roe")], body="<p>Zanzibar.</p>"
    )
    other = factories.draft(by=staff[Role.PUBLISHER], headline="Another story")
    pavel, edith = house.journalist("pavel"), house.journalist("edith")
    assert _places(house, pavel, secret, other) == ["first page", "list", "search", "autocomplete", "page", "preview"]

    desk.open_story(edith, house.url, secret)
    edith.locator("summary").get_by_text("Confidential", exact=True).click()
    edith.get_by_label("Confidential", exact=True).check()
    edith.locator(".field-people").get_by_role("searchbox").click()
    desk.take(edith, "ada", "Ada")
    assert desk.save(edith) == "Saved: who may know of the story."
    expect(edith.locator(".badge-confidential")).to_have_text("Confidential")

    assert _places(house, pavel, secret, other) == []
    assert _places(house, house.journalist("ada"), secret, other)[-2:] == ["page", "preview"]
    people = [person.username for person in secret.people.order_by("username")]
    assert people == ["ada", "edith", "rita"]
    assert house.complaints == []


def test_opening_a_confidential_story_is_in_its_history(house: House, staff: dict[Role, Journalist]) -> None:
    story = factories.confidential(by=staff[Role.REPORTER], people=[staff[Role.EDITOR]])
    desk.open_story(house.journalist("edith"), house.url, story)
    rita = house.journalist("rita")
    desk.open_story(rita, house.url, story)

    rita.get_by_role("link", name="History", exact=True).click()

    rows = rita.get_by_role("main").get_by_role("listitem").filter(has_text="Open")
    expect(rows.filter(has_text="Edith")).to_have_count(1)


def _places(house: House, page: Page, story: Article, other: Article) -> list[str]:
    """Return where somebody comes upon the story."""
    url = house.url
    found = {}
    page.goto(f"{url}/desk/")
    found["first page"] = page.get_by_text(HEADLINE).count() > 0
    page.goto(f"{url}/desk/articles/article/")
    found["list"] = page.get_by_text(HEADLINE).count() > 0
    page.get_by_role("search", name="Search stories").get_by_role("searchbox").fill("zanzibar")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=zanzibar*")
    found["search"] = page.get_by_text(HEADLINE).count() > 0
    desk.open_story(page, url, other)
    page.get_by_role("group", name="Related stories").get_by_role("button", name="Add a story").click()
    page.keyboard.press("Enter")
    found["autocomplete"] = any(HEADLINE in choice for choice in desk.offered(page, "orchid"))
    page.goto(f"{url}/desk/articles/article/{story.pk}/change/")
    found["page"] = HEADLINE in page.content()
    page.goto(f"{url}/desk/articles/article/{story.pk}/preview/")
    found["preview"] = HEADLINE in page.content()
    return [place for place, there in found.items() if there]
