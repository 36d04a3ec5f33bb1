"""What every response carries to protect readers and editors."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from newsroom.models import Journalist
from newsroom.roles import Role

pytestmark = pytest.mark.django_db
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
DESK = ["/desk/login/", "/desk/", "/desk/newsroom/journalist/", "/desk/newsroom/journalist/add/"]
PUBLIC = ["/", "/latest/", "/rss.xml", "/robots.txt", "/sitemap.xml", "/no-such-page/"]


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(Journalist.objects.create_journalist("ada", role=Role.ADMINISTRATOR))
    return client


@pytest.mark.parametrize("address", PUBLIC)
def test_public_response_forbids_all_but_the_sites_own_files(address: str, client: Client) -> None:
    assert client.get(address).headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize("address", DESK)
def test_desk_page_allows_nothing_unsafe(address: str, desk: Client) -> None:
    policy = desk.get(address).headers["Content-Security-Policy"]

    assert re.sub(r" 'nonce-[\w-]+'", "", policy) == POLICY
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", DESK + PUBLIC)
def test_page_has_no_inline_script_or_style(address: str, desk: Client) -> None:
    page = desk.get(address).content.decode()

    assert re.findall(r"<script(?![^>]*\b(?:src|nonce|type=\"application/(?:ld\+)?json\"))[^>]*>", page) == []
    assert re.findall(r"<style(?![^>]*\bnonce)[^>]*>", page) == []
    assert re.findall(r"<[^>]*\s(?:style|on[a-z]+)=[^>]*>", page) == []


@pytest.mark.parametrize("address", ["/desk/login/", *PUBLIC])
def test_response_carries_the_other_headers(address: str, client: Client) -> None:
    headers = client.get(address, secure=True).headers

    assert {name: headers.get(name) for name in EXPECTED} == EXPECTED


EXPECTED = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_response_has_nothing_to_do_with_cookies(address: str, desk: Client) -> None:
    answer = desk.get(address)

    assert desk.cookies[settings.SESSION_COOKIE_NAME].value
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_cookies_stay_at_the_desk_and_out_of_reach_of_scripts(client: Client) -> None:
    Journalist.objects.create_journalist("ada", role=Role.ADMINISTRATOR, password="a long pass phrase")
    client.get(reverse("admin:login"))

    client.post(reverse("admin:login"), {"username": "ada", "password": "a long pass phrase"})

    assert set(client.cookies) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    for cookie in client.cookies.values():
        assert (cookie["path"], cookie["secure"], cookie["httponly"], cookie["samesite"]) == (
            "/desk/",
            True,
            True,
            "Lax",
        )
