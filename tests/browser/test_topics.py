"""Topics are chosen as somebody types, and made only on purpose."""

from articles.models import Topic
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.browser import desk
from tests.browser.desk import House


def test_enter_takes_a_topic_that_exists_and_the_last_one_offered_is_new(
    house: House, staff: dict[Role, Journalist]
) -> None:
    factories.topic("Cloud computing")
    story = factories.draft(by=staff[Role.REPORTER])
    rita = house.journalist("rita")
    desk.open_story(rita, house.url, story)
    rita.wait_for_load_state()
    rita.locator(".field-topics").get_by_role("searchbox").click()

    assert desk.offered(rita, "cloud") == ["Cloud computing", "cloud"]
    rita.keyboard.press("Enter")
    assert desk.offered(rita, "Data centers") == ["Data centers"]
    rita.keyboard.press("Enter")
    assert desk.save(rita) == "Saved as revision 2."

    assert [str(item.tag) for item in story.topic_items.all()] == ["Cloud computing", "Data centers"]
    assert Topic.objects.count() == 2
    assert house.complaints == []
