"""A newsroom with one person a role, and browsers to meet them in."""

from collections.abc import Iterator

import pytest
from django.test.testcases import _MediaFilesHandler
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.browser.desk import House


@pytest.fixture
def house(transactional_db: None, live_server: LiveServer, browser: Browser) -> Iterator[House]:
    """Open the newsroom, and close all windows at the end."""
    house = House(live_server.url, browser)
    before = list(browser.contexts)
    yield house
    for context in browser.contexts:
        if context not in before:
            context.close()


@pytest.fixture
def staff(transactional_db: None) -> dict[Role, Journalist]:
    """Hire Rita, Colin, Edith, Pavel and Ada: one of each role. Rita writes under her own name."""
    names = ("rita", "colin", "edith", "pavel", "ada")
    people = {
        role: factories.journalist(role, name, first_name=name.capitalize())
        for role, name in zip(Role, names, strict=True)
    }
    factories.author("Rita Almeida", journalist=people[Role.REPORTER])
    return people


@pytest.fixture(autouse=True)
def _no_way_round_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep Django's test server from handing out uploaded files itself, as no real server of this site does."""
    monkeypatch.setattr(_MediaFilesHandler, "_should_handle", lambda *_request: False)


@pytest.fixture(autouse=True)
def _patience() -> None:
    """Give a busy machine more time than Playwright's five seconds before something that has to come is missing."""
    expect.set_options(timeout=15_000)
