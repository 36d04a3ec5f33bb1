"""The prices of now in a real browser: they come by themselves, move nothing, and are missed by nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Route, expect
from pytest_django.live_server_helper import LiveServer

from articles import paths
from articles.models import Edition, Exchange
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

MARK = (
    '<p>Shares were <data value="1.2" data-listing="{listing}" data-measure="change-percent" data-direction="down" '
    'data-as-of="2026-11-24T17:50:00Z" data-session="regular">down 1.2%</data> in New York, after a long day.</p>'
)
#: How far anything moved after the first rendering (Layout Instability).
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifted += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def story() -> Edition:
    firm = factories.company("Alibaba", "NYSE:BABA")
    shares, now = factories.listing("NYSE:BABA"), timezone.now()
    factories.quote(shares, "86.10", as_of=now - timedelta(hours=2))
    edition: Edition = factories.live(
        at=now - timedelta(hours=1), companies=[firm], body=MARK.format(listing=shares.pk)
    ).editions.get()
    factories.quote(shares, "90", as_of=now - timedelta(minutes=5))
    return edition


def test_the_price_of_now_comes_beside_that_of_then(browser: Browser, live_server: LiveServer, story: Edition) -> None:
    page = browser.new_page(timezone_id="Asia/Tokyo")
    page.add_init_script(SHIFTS)
    failures: list[str] = []
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(live_server.url + story.path)

    now = page.locator("[data-now]")
    expect(now).to_contain_text("Now $90.00 ▲ up 3.3% as of")
    expect(now).to_contain_text("GMT+9")
    expect(page.locator(".companies")).to_contain_text("At publication $86.10 ▼ down 1.2% as of")
    mark = page.locator("data[data-listing]")
    expect(mark).to_contain_text("down 1.2%")
    note = page.locator(".price-beside")
    expect(note).to_be_hidden()
    mark.focus()
    expect(note).to_be_visible()
    expect(note).to_contain_text("Now $90.00")
    assert mark.get_attribute("aria-describedby") == note.get_attribute("id")
    assert page.evaluate("window.shifted") < 0.01
    assert failures == []


def test_nothing_stands_out_on_a_narrow_page(browser: Browser, live_server: LiveServer, story: Edition) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(live_server.url + story.path)
    expect(page.locator("[data-now]")).to_contain_text("Now $90.00")
    page.locator("data[data-listing]").focus()
    expect(page.locator(".price-beside")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_page_is_whole_when_the_prices_do_not_come(browser: Browser, live_server: LiveServer, story: Edition) -> None:
    page = browser.new_page()

    def fail(route: Route) -> None:
        route.abort()

    page.route(f"**{paths.PRICES}*", fail)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(live_server.url + story.path)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-now]")).to_have_text("")
    expect(page.locator(".companies")).to_contain_text("At publication $86.10")
    assert errors == []


def test_without_scripts_no_room_is_kept(browser: Browser, live_server: LiveServer, story: Edition) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + story.path)
    expect(page.locator("[data-now]")).to_be_hidden()


def test_the_hours_of_exchanges_are_told_in_the_readers_zone(browser: Browser, live_server: LiveServer) -> None:
    factories.exchange("NYSE")
    Exchange.objects.filter(short_name="NYSE").update(hours={"regular": [["09:30", "16:00"]]})
    page = browser.new_page(timezone_id="Asia/Tokyo")
    page.goto(live_server.url + paths.MARKETS)
    expect(page.locator(".market-countdown")).to_contain_text("GMT+9 for you")
