"""A journalist logs in with a real browser, under the site's own Content-Security-Policy."""

import pytest
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from newsroom.models import Journalist
from newsroom.roles import Role

PASSWORD = "a long pass phrase"


@pytest.mark.django_db(transaction=True)
def test_journalist_logs_in_without_a_violation_of_the_policy(live_server: LiveServer, page: Page) -> None:
    Journalist.objects.create_journalist("rita", role=Role.REPORTER, password=PASSWORD)
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"{live_server.url}/desk/")
    page.get_by_label("Username").fill("rita")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{live_server.url}/desk/")

    assert page.get_by_text("rita").count() > 0
    assert complaints == []
