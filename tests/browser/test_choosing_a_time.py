"""A time that somebody has typed is never passed over: a story that goes out too early cannot be called back."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Edition
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.browser import desk
from tests.browser.desk import House


@pytest.mark.parametrize("scripts", [True, False])
def test_a_time_beside_now_does_not_release_at_once(house: House, staff: dict[Role, Journalist], scripts: bool) -> None:
    story = factories.approved()
    pavel = house.journalist("pavel", scripts=scripts)
    desk.open_story(pavel, house.url, story)
    form = desk.ask(pavel, "Release")
    tomorrow = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)

    desk.choose_instant(form, "When", tomorrow.astimezone(ZoneInfo(settings.TIME_ZONE)))
    form.get_by_role("button", name="Release", exact=True).click()

    if not scripts:
        expect(form).to_contain_text("You gave a time, but “Now” is chosen. Choose the time, or clear it.")
        assert not Edition.objects.exists()
        form.get_by_role("group", name="When").get_by_label("At this time").check()
        form.get_by_role("button", name="Release", exact=True).click()
    assert desk.said(pavel).startswith("Scheduled: ")
    assert Edition.objects.get().live_from == tomorrow


def test_choosing_now_after_all_sends_no_time(house: House, staff: dict[Role, Journalist]) -> None:
    story = factories.approved()
    pavel = house.journalist("pavel")
    desk.open_story(pavel, house.url, story)
    form = desk.ask(pavel, "Release")
    desk.choose_instant(form, "When", timezone.now() + timedelta(days=1))
    when = form.get_by_role("group", name="When")
    expect(when.get_by_label("At this time")).to_be_checked()

    when.get_by_label("Now").check()
    form.get_by_role("button", name="Release", exact=True).click()

    assert desk.said(pavel).startswith("Readers have it now.")
