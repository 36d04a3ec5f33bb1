"""Pages in a real browser: what machines can judge of their accessibility, at every width, light and dark."""

from datetime import date, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from articles import workflow
from articles.media.library import store_portrait
from articles.models import Edition, Exchange, PersonRole
from newsroom.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

#: WCAG 2.0 to 2.2, levels A and AA, in the words of axe.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (320, 820, 1440)


@pytest.fixture
def addresses() -> list[str]:
    """Publish something of everything; return the address of each kind of page."""
    now = timezone.now()
    nouns: dict[str, Any] = {
        "companies": [factories.company("Alibaba Group", "NYSE:BABA", "HKEX:9988"), factories.company("DeepSeek")],
        "bylines": [
            factories.author("Ada Smith", role_title="Editor", bio="She writes.", links=["https://a.example/"])
        ],
        "topics": [factories.topic("Cloud")],
        "persons": [factories.somebody("Joe Tsai", biography="He chairs.", portrait_credit="Photo: Ada Smith")],
    }
    shares = factories.listing("NYSE:BABA", is_watched=True)
    factories.quote(shares, as_of=now - timedelta(days=2))
    factories.daily_prices(shares, {now.date() - timedelta(days=n): f"{100 + n}" for n in range(2, 30)})
    Exchange.objects.filter(short_name="NYSE").update(hours={"regular": [["09:30", "16:00"]]})
    (joe,) = nouns["persons"]
    joe.portrait = ContentFile(factories.jpeg(200, 200), "joe.jpg")
    store_portrait(joe)
    PersonRole.objects.create(person=joe, company=nouns["companies"][0], title="chairman", since_on=date(2023, 9, 10))
    PersonRole.objects.create(person=joe, body="A bank of issue", title="adviser", until_on=date(2020, 1, 1))
    for name, exchange in (("One company", "HKEX"), ("Another company", "XETRA"), ("3M", "SIX")):
        factories.company(name, f"{exchange}:T", from_reference=True)
    for n in range(22):
        factories.live(at=now - timedelta(hours=2, minutes=n), lead_image=factories.image() if n % 3 else None)
    body = "<p>Alibaba Group fell.</p><h2>More</h2><ul><li>One</li></ul><blockquote><p>Two</p></blockquote>"
    article = factories.live(
        headline="A headline that is long enough to need more than one line on a telephone",
        kicker="Technology",
        body=body,
        dateline="PARIS",
        kind="opinion",
        lead_image=factories.image(caption="A caption."),
        disclosure="The author owns shares.",
        at=now - timedelta(hours=1),
        **nouns,
    )
    article = factories.rewrite(article, standfirst="Other words.")
    workflow.correct(article, by=factories.person(Role.PUBLISHER), notice="It was wrong.")
    arabic = factories.live(headline="قمر تبني رصيفا ثانيا", body="<p>قالت قمر.</p>", language="ar", **nouns)
    chinese = factories.live(headline="阿里巴巴押注开源人工智能", body="<p>阿里巴巴宣布。</p>", language="zh-Hans")
    paid = factories.live(kind="partner_content", disclosure="Paid for.", source=factories.source("Acme"))
    gone = factories.withdrawn()
    stories = (article, arabic, chinese, paid, gone)
    return [
        *("/", "/latest/", "/markets/", "/corrections/", "/feeds/", "/nothing/"),
        *("/people/", "/people/?letter=j", "/people/?letter=b", "/people/joe-tsai/", "/companies/", "/quote/T"),
        *("/market-data/", "/companies/alibaba-group/?chart=year"),
        *("/companies/alibaba-group/", "/authors/ada-smith/", "/topics/cloud/"),
        *(Edition.objects.filter(article=story).earliest("live_from").path for story in stories),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(browser: Browser, live_server: LiveServer, addresses: list[str], scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 390, "height": 844})  # type: ignore[arg-type]
    for path in addresses:
        page.goto(live_server.url + path)

        results = Axe().run(page, options=RULES)

        assert results.violations_count == 0, f"{path} {scheme}\n{results.generate_report()}"
    page.close()


def test_pages_fit_every_width(page: Page, live_server: LiveServer, addresses: list[str]) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for path in addresses:
            page.goto(live_server.url + path)

            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_pages_break_no_rule_of_the_content_security_policy(
    page: Page, live_server: LiveServer, addresses: list[str]
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in addresses:
        page.goto(live_server.url + path)

    assert [text for text in complaints if "404" not in text and "410" not in text] == []


def test_fonts_and_styles_come_from_the_site_itself(page: Page, live_server: LiveServer, addresses: list[str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(live_server.url + addresses[0], wait_until="networkidle")

    assert {url for url in asked if not url.startswith(live_server.url)} == set()
    assert page.evaluate("document.fonts.check('1rem \"Source Serif 4\"')")
    assert page.evaluate("getComputedStyle(document.querySelector('.nameplate')).fontFamily").startswith(
        '"Source Serif 4"'
    )


def test_the_keyboard_skips_to_the_story(page: Page, live_server: LiveServer, addresses: list[str]) -> None:
    page.goto(live_server.url + addresses[0])

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_to_press_is_large_enough(page: Page, live_server: LiveServer, addresses: list[str]) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, links within a line of text aside."""
    page.set_viewport_size({"width": 390, "height": 844})
    for path in addresses:
        page.goto(live_server.url + path)
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                "nav a, .topics a, .companies a, .pager a, .profile-links a, .names a, .candidates a"
            )]
            .filter(link => link.getClientRects().length && link.getBoundingClientRect().height < 24)
            .map(link => link.textContent)"""
        )

        assert small == [], path


def test_a_name_in_the_list_of_companies_is_underlined_under_the_mouse_only(
    page: Page, live_server: LiveServer, addresses: list[str]
) -> None:
    path = next(path for path in addresses if "a-headline-that" in path)
    page.goto(live_server.url + path)
    name = page.locator(".companies .company-name").first

    assert name.evaluate("name => getComputedStyle(name).textDecorationLine") == "none"
    name.hover()
    assert name.evaluate("name => getComputedStyle(name).textDecorationLine") == "underline"
