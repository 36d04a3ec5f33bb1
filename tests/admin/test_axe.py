"""The pages of the desk that people use most pass axe in both color schemes; `make audit` looks at all of them."""

from collections.abc import Sequence

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import PersonRole
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import LIST, change, verb
from tests.audit.accessibility import SCHEMES, violations

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses() -> Sequence[str]:
    """Return the desk's pages with all that is chosen, listed and filtered on them."""
    company = factories.company("Reachable Group", "NYSE:RCH")
    article = factories.approved(
        companies=[company], bylines=[factories.author("Ada Smith")], topics=[factories.topic("Reach")]
    )
    person = factories.person(Role.EDITOR)
    somebody = factories.somebody("Joe Tsai")
    PersonRole.objects.create(person=somebody, company=company, title="chairman")
    PersonRole.objects.create(person=somebody, body="Treasury", title="minister")
    return (
        "/desk/",
        LIST,
        change(article),
        verb(article, "release"),
        reverse("admin:articles_company_change", args=[company.pk]),
        reverse("admin:articles_person_change", args=[somebody.pk]),
        reverse("admin:articles_person_changelist"),
        reverse("admin:articles_listing_change", args=[company.listings.get().pk]),
        reverse("admin:articles_exchange_change", args=[factories.exchange().pk]),
        reverse("admin:articles_aliasrule_add"),
        reverse("admin:articles_section_changelist"),
        reverse("admin:articles_redirect_add"),
        reverse("admin:newsroom_journalist_change", args=[person.pk]),
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_of_the_desk_pass_axe(
    browser: Browser, live_server: LiveServer, desk: Desk, addresses: Sequence[str], scheme: str
) -> None:
    session = desk(Role.ADMINISTRATOR).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(
        base_url=live_server.url, color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    found = {address: _look(page, address) for address in addresses}
    context.close()

    assert found == {address: [] for address in addresses}


def _look(page: Page, address: str) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    assert (answer.status, page.url.endswith(address)) == (200, True)
    if page.locator("#id_body").count():
        expect(page.locator(".ProseMirror[contenteditable=true]")).to_be_visible()
    return violations(page)
