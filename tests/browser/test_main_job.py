"""A story from draft to reader, by mouse and keyboard: the job this house is for.

Nothing else runs while the story waits for its instant: no worker, no timer, nobody at the desk.
"""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone
from lxml import etree
from playwright.sync_api import Page, expect

from articles.models import Edition
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.browser import desk
from tests.browser.desk import House

HEADLINE = "Harbor bank trims its lending forecast"
STANDFIRST = "Loans will grow by 3%, a point less than planned."
REASON = "Say who gave the figure, and name the quarter."
NOTICE = "An earlier version gave the growth of loans as 4%. It is 3%."
FAREWELL = "The bank has taken its forecast back. We no longer stand by this story."
MINUTE = timedelta(minutes=1)


@pytest.fixture
def nouns(staff: dict[Role, Journalist]) -> None:
    """Set up what a writer chooses from."""
    factories.section("Markets")
    factories.section("Economy")
    factories.author("Mei Lindqvist")
    factories.company("Harbor Bank", "NYSE:HBR")
    factories.company("Harbor Lights")
    factories.topic("Central banks")
    factories.topic("Banks")


def test_a_story_goes_from_a_reporter_to_readers_and_is_corrected_and_withdrawn(house: House, nouns: None) -> None:
    rita, edith, pavel = (house.log_in(name) for name in ("rita", "edith", "pavel"))
    reader = house.reader()

    _write(rita)
    assert desk.use(rita, "Submit for review") == "Submitted. The desk has the story now."
    _send_back_and_resubmit(house, rita, edith)
    desk.find_story(edith, house.url, HEADLINE)
    assert desk.use(edith, "Approve") == "Approved. The story can be released."
    live_from = _schedule(house, pavel)
    page = _wait_for_readers(house, reader, live_from)
    _correct(house, edith, pavel, reader, page)
    _withdraw_while_it_is_rewritten(house, rita, pavel, reader, page)

    assert house.complaints == []


def _write(rita: Page) -> None:
    rita.get_by_role("link", name="New story").click()
    body = desk.editor_of(rita)
    rita.get_by_label("Headline", exact=True).fill(HEADLINE)
    rita.get_by_label("Standfirst").fill(STANDFIRST)
    body.click()
    desk.write_paragraph(rita, "Harbor Bank expects loans to grow by ", "4% this year", ", it said on Monday.")
    rita.keyboard.type("Analysts had expected more, its calendar")
    desk.link_last(rita, len("calendar"), "https://example.com/calendar")
    rita.keyboard.type(" shows.")
    rita.get_by_label("Section").select_option("Markets")
    desk.add_row(rita, "Bylines", "lind", "Mei Lindqvist")
    desk.add_row(rita, "Companies", "bank", "Harbor Bank")
    rita.locator(".field-topics").get_by_role("searchbox").click()
    desk.take(rita, "centr", "Central banks")

    assert desk.save(rita) == "Saved. The story has begun as a draft."
    assert desk.state(rita) == "Draft Not published"


def _send_back_and_resubmit(house: House, rita: Page, edith: Page) -> None:
    desk.find_story(edith, house.url, HEADLINE)
    assert desk.use(edith, "Send back", reason=REASON).startswith("Sent back.")

    desk.find_story(rita, house.url, HEADLINE)
    note = rita.get_by_role("region", name="Sent back by Edith")
    expect(note).to_contain_text(REASON)
    desk.editor_of(rita).get_by_text("this year").click()
    rita.keyboard.press("Control+End")
    desk.write_paragraph(rita, " The forecast is for the fourth quarter, the chief executive said.")
    assert desk.save(rita) == "Saved as revision 2."
    assert desk.use(rita, "Submit for review") == "Submitted. The desk has the story now."


def _schedule(house: House, pavel: Page) -> datetime:
    """Schedule the story for a full minute that is about to come, after a slip with the hour."""
    desk.find_story(pavel, house.url, HEADLINE)
    form = desk.ask(pavel, "Release")
    past = timezone.now().astimezone(ZoneInfo(settings.TIME_ZONE)) - timedelta(hours=2)
    desk.choose_instant(form, "When", past)
    form.get_by_label("Note for the history").fill("Markets open soon.")
    form.get_by_role("button", name="Release", exact=True).click()

    [problem] = desk.problems(pavel)
    assert problem.endswith(f", {past:%H:%M} ET has passed. Choose a time to come.")
    when = form.get_by_role("group", name="When")
    expect(when.locator(".instant")).to_have_text("ET")
    expect(when.get_by_label("At this time")).to_be_checked()
    expect(when.get_by_label("Time", exact=True)).to_have_value(f"{past:%H:%M}")
    expect(form.get_by_label("Note for the history")).to_have_value("Markets open soon.")

    live_from = (timezone.now() + timedelta(seconds=8)).replace(second=0, microsecond=0) + MINUTE
    desk.choose_instant(form, "When", live_from.astimezone(ZoneInfo(settings.TIME_ZONE)))
    form.get_by_role("button", name="Release", exact=True).click()
    assert desk.said(pavel) == f"Scheduled: {_in_short(live_from)}."
    assert Edition.objects.get().live_from == live_from
    return live_from


def _in_short(at: datetime) -> str:
    zone = ZoneInfo(settings.TIME_ZONE)
    day = "Today" if at.astimezone(zone).date() == timezone.now().astimezone(zone).date() else "Tomorrow"
    return f"{day}, {at.astimezone(zone):%H:%M} ET"


def _wait_for_readers(house: House, reader: Page, live_from: datetime) -> str:
    """Return the address of the story, at which there is nothing before its instant."""
    page = house.url + Edition.objects.get().path
    assert _status(reader, page) == 404
    assert _headlines(house, reader) == []
    assert timezone.now() < live_from

    time.sleep((live_from - timezone.now()).total_seconds() + 0.1)

    assert _status(reader, page) == 200
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(reader.get_by_role("link", name="calendar")).to_have_attribute("href", "https://example.com/calendar")
    expect(reader.locator(".prose strong")).to_have_text("4% this year")
    for name in ("Rita Almeida", "Mei Lindqvist", "Central banks"):
        expect(reader.get_by_role("link", name=name)).to_have_count(1)
    expect(reader.locator(".prose p").first).to_contain_text("Harbor Bank (NYSE:HBR)")
    assert _headlines(house, reader) == ["/", "/markets/", "/latest/", "/rss.xml", "/markets/rss.xml"]
    return page


def _correct(house: House, edith: Page, pavel: Page, reader: Page, page: str) -> None:
    """Correct a figure. The editor who rewrites the story is not the one who approves it."""
    desk.find_story(edith, house.url, HEADLINE)
    desk.overwrite(edith, "Harbor Bank expects loans to grow by ", "4", "3")
    assert desk.save(edith) == "Saved as revision 3. The story was “Released” and is a draft again."
    assert desk.state(edith) == "Draft Live"
    desk.use(edith, "Submit for review")
    assert "Approve" not in desk.buttons(edith)
    _read(reader, page, "4% this year")

    desk.find_story(pavel, house.url, HEADLINE)
    desk.use(pavel, "Approve")
    assert desk.use(pavel, "Correct", notice=NOTICE).startswith("Readers have it now.")

    _read(reader, page, "3% this year")
    expect(reader.get_by_role("note").filter(has_text="Correction")).to_contain_text(NOTICE)
    [item] = _items(house, reader)
    assert NOTICE in item
    assert "3% this year" in item
    assert "4% this year" not in item


def _withdraw_while_it_is_rewritten(house: House, rita: Page, pavel: Page, reader: Page, page: str) -> None:
    """Withdraw a live story whose working copy is a draft again; the draft stays as it is."""
    desk.find_story(rita, house.url, HEADLINE)
    rita.get_by_label("Standfirst").fill("The bank says nothing any more.")
    desk.save(rita)
    assert desk.state(rita) == "Draft Live"
    _read(reader, page, "3% this year")

    desk.find_story(pavel, house.url, HEADLINE)
    assert desk.use(pavel, "Withdraw", notice=FAREWELL).startswith("Withdrawn.")
    assert desk.state(pavel) == "Draft Withdrawn"

    assert _status(reader, page) == 410
    expect(reader.locator("main")).to_contain_text(FAREWELL)
    expect(reader.locator("main")).not_to_contain_text(HEADLINE)
    assert _headlines(house, reader) == []
    assert _items(house, reader) == []
    desk.find_story(rita, house.url, HEADLINE)
    expect(rita.get_by_label("Standfirst")).to_have_value("The bank says nothing any more.")
    rita.get_by_label("Standfirst").fill("The bank says nothing at all.")
    assert desk.save(rita) == "Saved as revision 5."


def _read(reader: Page, page: str, words: str) -> None:
    """Open the page of the story anew, and find words in it."""
    assert _status(reader, page) == 200
    expect(reader.locator(".prose")).to_contain_text(words)


def _status(reader: Page, address: str) -> int:
    answer = reader.goto(address)
    assert answer is not None
    return answer.status


def _headlines(house: House, reader: Page) -> list[str]:
    """Return the pages and feeds that have the story."""
    found = []
    for path in ("/", "/markets/", "/latest/"):
        reader.goto(house.url + path)
        if reader.get_by_role("main").get_by_role("link", name=HEADLINE).count():
            found.append(path)
    return found + [path for path in ("/rss.xml", "/markets/rss.xml") if _items(house, reader, path)]


def _items(house: House, reader: Page, path: str = "/rss.xml") -> list[str]:
    """Return what the items of a feed say."""
    answer = reader.request.get(house.url + path)
    if answer.status == 404:
        return []
    return ["".join(map(str, item.itertext())) for item in etree.fromstring(answer.body()).iter("item")]
