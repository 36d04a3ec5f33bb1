"""What of a response can be kept, and the forms in which it is sent."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from time import sleep
from typing import Any

import pytest
from django.http import FileResponse, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse

from articles.public.caching import codings
from articles.public.caching.answers import Answer, plain
from tests.public.caching.answers import answer

BODY = b"<p>Words</p>" * 100
TAG = sha256(BODY).hexdigest()[:32]


@pytest.mark.parametrize(
    ("accepted", "etag", "coding"),
    [(None, f'"{TAG}"', None), ("gzip", f'"{TAG}-gzip"', "gzip"), ("br, gzip", f'"{TAG}-br"', "br")],
)
def test_each_form_has_its_own_strong_tag(accepted: str | None, etag: str, coding: str | None) -> None:
    form = answer(BODY).form(accepted)
    assert form.etag == form.headers["ETag"] == etag
    assert form.headers.get("Content-Encoding") == coding
    assert form.headers["Vary"] == "Accept-Encoding"
    assert form.headers["Content-Length"] == str(len(form.body))
    assert form.body == (codings.coded(BODY, coding) if coding else BODY)
    assert dict(form.not_modified) == {"Cache-Control": "no-cache", "ETag": etag, "Vary": "Accept-Encoding"}


def test_the_tag_is_that_of_the_body_and_nothing_else() -> None:
    first, again = answer(BODY).form("br"), answer(BODY, Content_Language="en").form("br")
    assert first.etag == again.etag
    assert answer(BODY + b"x").form("br").etag != first.etag


def test_a_small_body_has_one_form_and_varies_with_nothing() -> None:
    form = answer(b"Sitemap").form("br, gzip")
    assert (form.body, form.headers.get("Vary"), form.headers.get("Content-Encoding")) == (b"Sitemap", None, None)
    assert form.etag == f'"{sha256(b"Sitemap").hexdigest()[:32]}"'


def test_a_body_that_is_coded_already_is_left_alone() -> None:
    form = answer(BODY, Content_Encoding="deflate").form("br")
    assert (form.body, form.headers["Content-Encoding"]) == (BODY, "deflate")


@pytest.mark.parametrize("status", [301, 404, 410])
def test_only_a_page_has_a_tag(status: int) -> None:
    form = answer(BODY, status).form("br")
    assert form.etag == ""
    assert "ETag" not in form.headers
    assert form.headers["Vary"] == "Accept-Encoding"


def test_a_form_is_made_once_for_all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    coded = codings.coded

    def slowly(body: bytes, coding: str) -> bytes:
        made.append(coding)
        sleep(0.05)
        return coded(body, coding)

    monkeypatch.setattr(codings, "coded", slowly)
    page = answer(BODY)
    with ThreadPoolExecutor(8) as pool:
        forms = list(pool.map(page.form, ["br", "gzip"] * 8))
    assert sorted(made) == ["br", "gzip"]
    assert len({id(form) for form in forms}) == 2


def test_a_plain_response_is_an_answer() -> None:
    response = HttpResponse(BODY, headers={"X-Frame-Options": "DENY", "Content-Length": "1", "Vary": "accept-encoding"})
    response.surrogate_keys = ("story-7",)  # type: ignore[attr-defined]
    page = plain(response)
    assert page is not None
    assert (page.status, page.body, page.surrogate_keys) == (200, BODY, ("story-7",))
    assert page.headers == {
        "X-Frame-Options": "DENY",
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-cache",
    }


def test_a_redirect_is_an_answer() -> None:
    page = plain(HttpResponsePermanentRedirect("/a/"))
    assert isinstance(page, Answer)
    assert (page.status, page.headers["Location"], page.body) == (301, "/a/", b"")


def with_cookie() -> HttpResponse:
    response = HttpResponse(BODY)
    response.set_cookie("who", "you")
    return response


@pytest.mark.parametrize(
    "response",
    [
        with_cookie(),
        StreamingHttpResponse([BODY]),
        FileResponse(iter([BODY])),
        HttpResponse(BODY, headers={"Vary": "Cookie"}),
        HttpResponse(BODY, headers={"Vary": "Accept-Encoding, Accept-Language"}),
        HttpResponse(BODY, headers={"Vary": "*"}),
        HttpResponse(BODY, headers={"Cache-Control": "private"}),
        HttpResponse(BODY, headers={"Cache-Control": "max-age=0, no-store"}),
        HttpResponse(BODY, headers={"Content-Security-Policy": "script-src 'self' 'nonce-abc'"}),
    ],
)
def test_what_is_for_one_reader_is_no_answer(response: Any) -> None:
    assert plain(response) is None
