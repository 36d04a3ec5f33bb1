"""What is not published is seen at the desk, in the real page and with its picture, and nowhere else."""

from playwright.sync_api import Page, expect

from articles import workflow
from articles.models import Image
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.browser import desk
from tests.browser.desk import House


def test_preview_shows_a_draft_in_the_real_page_and_nobody_outside_gets_it(
    house: House, staff: dict[Role, Journalist]
) -> None:
    company = factories.company("Harbor Bank", "NYSE:HBR")
    story = factories.draft(
        by=staff[Role.REPORTER], headline="Not out yet", companies=[company], body="<p>Harbor Bank waits.</p>"
    )
    rita, reader = house.journalist("rita"), house.reader()
    desk.open_story(rita, house.url, story)

    with rita.expect_popup() as opened:
        rita.get_by_role("link", name="Preview").click()

    preview = opened.value
    expect(preview.get_by_role("heading", level=1)).to_have_text("Not out yet")
    expect(preview.get_by_role("status")).to_have_text("Preview. Readers cannot see this page.")
    expect(preview.locator(".prose")).to_contain_text("Harbor Bank (NYSE:HBR) waits.")
    expect(preview.get_by_role("banner").get_by_role("link", name="The Test Ledger")).to_be_visible()
    reader.goto(preview.url)
    expect(reader.get_by_label("Password")).to_be_visible()
    assert "Not out yet" not in reader.content()
    assert house.complaints == []


def test_picture_is_uploaded_from_the_story_and_stays_inside_until_the_release(
    house: House, staff: dict[Role, Journalist]
) -> None:
    story = factories.draft(by=staff[Role.REPORTER])
    rita, pavel, reader = house.journalist("rita"), house.journalist("pavel"), house.reader()
    desk.open_story(rita, house.url, story)
    _upload(rita)
    expect(rita.get_by_role("img", name="Cranes at dusk")).to_be_visible()
    assert desk.save(rita) == "Saved as revision 2."

    story.refresh_from_db()
    picture = Image.objects.get()
    assert story.lead_image == picture
    desk.open_story(pavel, house.url, story)
    assert _width(pavel, "Cranes at dusk") > 0
    pavel.goto(f"{house.url}/desk/articles/article/{story.pk}/preview/")
    assert _width(pavel, "Cranes at dusk") > 0
    inside = pavel.get_by_role("img", name="Cranes at dusk").get_attribute("src")
    assert _answers(house, reader, picture) == {404}
    assert reader.request.get(f"{house.url}{inside}", max_redirects=0).status == 302
    assert pavel.request.get(f"{house.url}{inside}", max_redirects=0).status == 200

    workflow.submit(story, by=staff[Role.REPORTER])
    workflow.approve(story, by=staff[Role.EDITOR])
    desk.open_story(pavel, house.url, story)
    assert desk.use(pavel, "Release").startswith("Readers have it now.")
    assert _answers(house, reader, picture) == {200}
    assert house.complaints == []


def _upload(page: Page) -> None:
    """Put a picture into the library without leaving the story."""
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Add another picture").click()
    library = opened.value
    library.get_by_label("Title", exact=False).first.fill("Cranes")
    file = {"name": "cranes.jpg", "mimeType": "image/jpeg", "buffer": factories.jpeg(1600, 900)}
    library.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    library.get_by_label("Alternative text").fill("Cranes at dusk")
    library.get_by_label("Credit").fill("Photo: Rita Almeida")
    with library.expect_event("close"):
        library.get_by_role("button", name="Save", exact=True).click()


def _width(page: Page, name: str) -> int:
    """Return how wide the file of a picture is; 0 when it did not come."""
    image = page.get_by_role("img", name=name)
    image.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete", arg=image.element_handle())
    return int(image.evaluate("image => image.naturalWidth"))


def _answers(house: House, reader: Page, picture: Image) -> set[int]:
    """Return what a reader gets for the file of a picture and all its smaller versions."""
    names = [picture.file.name, *(picture.rendition_name(width) for width in picture.rendition_widths)]
    assert len(names) > 2
    return {reader.request.get(f"{house.url}/media/{name}").status for name in names}
