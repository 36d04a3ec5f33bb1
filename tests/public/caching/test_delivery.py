"""What clients, caches and feed readers get over HTTP (RFC 9110), for every kind of answer."""

import gzip
from collections.abc import Iterator
from datetime import timedelta

import brotli
import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.models import Article, Edition
from newsroom.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

PAGES = ["/", "/latest/", "STORY", "/markets/", "/corrections/", "/rss.xml", "/markets/rss.xml", "/sitemap.xml"]
EVERYTHING = [*PAGES, "/sitemaps/news.xml", "/robots.txt"]
#: Which sizes they have decides whether they are coded at all.
CODED = [path for path in EVERYTHING if path != "/robots.txt"]
DECODERS = {"": bytes, "br": brotli.decompress, "gzip": gzip.decompress}


@pytest.fixture(autouse=True)
def article() -> Iterator[Article]:
    """A story that was released a while ago, as things are most of the time."""
    made = factories.live(headline="Copper rises", section=factories.section("Markets"))
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        yield made


def at(path: str) -> str:
    address: str = Edition.objects.latest("live_from").path if path == "STORY" else path
    return address


def ask(path: str, method: str = "get", **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response: HttpResponse = getattr(Client(), method)(at(path), headers=named)
    return response


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize("accepted", ["", "gzip", "gzip, br"])
def test_head_says_what_get_says(path: str, accepted: str) -> None:
    get, head = (ask(path, method, Accept_Encoding=accepted) for method in ("get", "head"))
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers == get.headers
    assert int(head.headers["Content-Length"]) == len(get.content) > 0


@pytest.mark.parametrize("path", CODED)
def test_a_body_comes_in_the_coding_that_is_asked_for(path: str) -> None:
    plain = ask(path)
    tags = set()
    for coding, decode in DECODERS.items():
        coded = ask(path, Accept_Encoding=coding)
        assert coded.headers.get("Content-Encoding", "") == coding
        assert coded.headers["Vary"] == "Accept-Encoding"
        assert decode(coded.content) == plain.content
        tags.add(coded.headers["ETag"])
    assert len(tags) == len(DECODERS)
    assert not any(tag.startswith("W/") for tag in tags)


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("accepted", ["", "br"])
def test_what_a_client_has_is_not_sent_again(path: str, method: str, accepted: str) -> None:
    first = ask(path, Accept_Encoding=accepted)
    for asked, told in (("If_None_Match", "ETag"), ("If_Modified_Since", "Last-Modified")):
        again = ask(path, method, Accept_Encoding=accepted, **{asked: first.headers[told]})
        assert (again.status_code, again.content) == (304, b"")
        for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
            assert again.headers.get(name) == first.headers.get(name)
        assert {"Content-Type", "Content-Length", "Content-Encoding"}.isdisjoint(again.headers)


@pytest.mark.parametrize("path", CODED)
def test_a_tag_is_good_for_its_coding_only(path: str) -> None:
    tag = ask(path, Accept_Encoding="gzip").headers["ETag"]
    assert ask(path, Accept_Encoding="gzip", If_None_Match=tag).status_code == 304
    assert ask(path, Accept_Encoding="br", If_None_Match=tag).status_code == 200
    assert ask(path, If_None_Match=tag).status_code == 200


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_precondition_that_fails_sends_nothing(path: str, method: str) -> None:
    for headers in ({"If_Match": '"another"'}, {"If_Unmodified_Since": "Mon, 02 Jan 2006 15:04:05 GMT"}):
        answer = ask(path, method, **headers)
        assert (answer.status_code, answer.content, answer.headers["Content-Length"]) == (412, b"", "0")
        assert "ETag" not in answer.headers
    assert ask(path, method, If_Match=ask(path).headers["ETag"]).status_code == 200


def test_a_precondition_says_yes_to_the_current_page(article: Article) -> None:
    answer = ask("STORY", If_Match="*", If_Unmodified_Since=ask("STORY").headers["Last-Modified"])
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/no/such/page/", "/latest", "WITHDRAWN"])
@pytest.mark.parametrize(
    "headers",
    [
        {"If_None_Match": "*"},
        {"If_Match": '"another"'},
        {"If_Unmodified_Since": "Mon, 02 Jan 2006 15:04:05 GMT"},
    ],
)
def test_what_is_no_page_has_no_conditions(article: Article, path: str, headers: dict[str, str]) -> None:
    if path == "WITHDRAWN":
        workflow.withdraw(article, by=factories.person(Role.PUBLISHER), notice="Withdrawn.")
        path = "STORY"
    plain, conditional = ask(path), ask(path, **headers)
    assert plain.status_code == conditional.status_code != 200
    assert (plain.content, plain.headers) == (conditional.content, conditional.headers)
    assert {"ETag", "Last-Modified"}.isdisjoint(plain.headers)
    assert plain.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", PAGES)
def test_a_change_is_sent_to_those_who_have_the_page_before(article: Article, path: str) -> None:
    first = ask(path)
    workflow.correct(
        factories.rewrite(article, headline="Copper falls"), by=factories.person(Role.PUBLISHER), notice="It fell."
    )
    for asked, told in (("If_None_Match", "ETag"), ("If_Modified_Since", "Last-Modified")):
        again = ask(path, **{asked: first.headers[told]})
        assert again.status_code == 200
        assert again.content != first.content


@pytest.mark.parametrize("path", ["/markets/", "/markets/rss.xml", "/corrections/", "/robots.txt"])
def test_a_page_that_comes_out_the_same_keeps_its_tag(path: str) -> None:
    energy = factories.section("Energy")
    factories.live(section=energy)
    first = ask(path)
    factories.live(section=energy)
    assert ask(path, If_None_Match=first.headers["ETag"]).status_code == 304
    assert ask("/latest/", If_None_Match=first.headers["ETag"]).status_code == 200


def test_a_feed_keeps_its_tag_when_another_section_has_news() -> None:
    first = ask("/markets/rss.xml", Accept_Encoding="br")
    factories.live(section=factories.section("Energy"))
    again = ask("/markets/rss.xml", Accept_Encoding="br", If_None_Match=first.headers["ETag"])
    assert again.status_code == 304
    assert ask("/rss.xml", If_None_Match=ask("/markets/rss.xml").headers["ETag"]).status_code == 200


def test_the_date_is_that_of_the_last_change_of_anything() -> None:
    then = timezone.now()
    factories.live()
    with time_machine.travel(then + timedelta(minutes=5), tick=False):
        told = ask("STORY").headers["Last-Modified"]
        assert {ask(path).headers["Last-Modified"] for path in EVERYTHING} == {told}


def test_a_young_change_is_told_by_its_tag_alone() -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False) as clock:
        factories.scheduled(live_from=timezone.now() + timedelta(minutes=20))
        clock.shift(timedelta(minutes=20, seconds=4))
        young = ask("/latest/")
        clock.shift(timedelta(seconds=1))
        settled = ask("/latest/")
        unchanged = ask("/latest/", If_Modified_Since=settled.headers["Last-Modified"])
    assert "Last-Modified" not in young.headers
    assert settled.headers["ETag"] == young.headers["ETag"]
    assert unchanged.status_code == 304


@pytest.mark.parametrize("path", ["/no/such/page/", "STORY"])
def test_pages_that_say_why_there_is_none_are_coded_too(article: Article, path: str) -> None:
    workflow.withdraw(article, by=factories.person(Role.PUBLISHER), notice="Withdrawn.")
    plain, coded = ask(path), ask(path, Accept_Encoding="br")
    assert plain.status_code == coded.status_code
    assert brotli.decompress(coded.content) == plain.content
    assert plain.headers["Vary"] == coded.headers["Vary"] == "Accept-Encoding"
