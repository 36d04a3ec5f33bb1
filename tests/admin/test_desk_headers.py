"""What the desk's own pages carry to protect editors and stories."""

import re

import pytest
from django.conf import settings

from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import ADD, LIST

pytestmark = pytest.mark.django_db
PAGES = [
    LIST,
    ADD,
    "{pk}/change/",
    "{pk}/history/",
    "{pk}/revisions/1/",
    "{pk}/release/",
    "release-together/?stories={pk}",
]


@pytest.mark.parametrize("address", PAGES)
def test_page_of_a_story_needs_nothing_unsafe(address: str, desk: Desk) -> None:
    article = factories.approved()
    path = address if address.startswith("/") else LIST + address

    page = desk(Role.PUBLISHER).get(path.format(pk=article.pk))

    assert page.status_code == 200
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    text = page.content.decode()
    nonces = set(re.findall(r'nonce="([^"]+)"', text))
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in policy
    assert re.findall(r"<script(?![^>]*\b(?:src|nonce|type=\"application/json\"))[^>]*>", text) == []
    assert re.findall(r"<style(?![^>]*\bnonce)[^>]*>", text) == []
    assert re.findall(r"<[^>]*\s(?:style|on[a-z]+)=[^>]*>", text) == []


def test_desk_bears_the_newsrooms_name(desk: Desk) -> None:
    assert settings.NEWSROOM_NAME in desk(Role.REPORTER).get("/desk/").content.decode()


def test_rooms_of_the_desk_are_in_their_order(desk: Desk) -> None:
    rooms = desk(Role.ADMINISTRATOR).get("/desk/").context["app_list"]

    assert [(room["name"], [noun["object_name"] for noun in room["models"]]) for room in rooms] == [
        ("Stories", ["Article", "Edition", "Transition"]),
        ("Who and what", ["Image", "Author", "Company", "Person", "Topic"]),
        ("The paper", ["Section", "Source", "Exchange", "AliasRule", "Redirect"]),
        ("The house", ["Journalist", "Group"]),
    ]
