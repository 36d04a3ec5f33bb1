"""Pages that readers and editors see most pass axe in both color schemes; `make audit` looks at many more."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from articles import workflow
from articles.models import Edition
from newsroom.roles import Role
from tests import factories
from tests.audit.accessibility import SCHEMES, violations

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True, slots=True)
class Front:
    """A running site with one of everything."""

    address: str
    paths: tuple[str, ...]


@pytest.fixture
def front(live_server: LiveServer) -> Front:
    """Publish stories with all that a page can have."""
    company, topic = factories.company("Reachable Group", "NYSE:RCH"), factories.topic("Reach")
    whole: dict[str, Any] = {
        "companies": [company],
        "topics": [topic],
        "lead_image": factories.image(),
        "kicker": "Kicker",
    }
    told = factories.live(**whole, dateline="PARIS", disclosure="The publisher owns shares.")
    factories.rewrite(told, standfirst="Corrected.")
    workflow.correct(told, by=factories.person(Role.PUBLISHER), notice="A figure was wrong.")
    gone = Edition.objects.get(article=factories.withdrawn(), number=1)
    story = Edition.objects.filter(article=told).latest("number")
    return Front(live_server.url, ("/", "/markets/", story.path, company.path, "/corrections/", gone.path))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_for_readers_pass_axe(browser: Browser, front: Front, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    found = {}
    for path in front.paths:
        page.goto(front.address + path)
        found[path] = violations(page)
    context.close()

    assert found == {path: [] for path in front.paths}


def test_harm_is_found(page: Page) -> None:
    page.set_content("<!doctype html><html><body><img src='x.png'><p style='color: #aaa; background: #bbb'>Faint</p>")

    names = {violation.partition(" ")[0] for violation in violations(page)}

    assert {"image-alt", "html-has-lang", "document-title", "color-contrast"} <= names
