"""The pages that are no lists."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from articles import paths, reading, workflow
from articles.models import Article, Edition
from articles.models.redirect import Redirect
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests import factories
from tests.pages import attributes, parse, select, texts

pytestmark = pytest.mark.django_db


def path_of(article: Article) -> str:
    path: str = Edition.objects.filter(article=article).latest("live_from").path
    return path


def test_the_front_page_leads_with_the_story_that_was_marked(client: Client) -> None:
    now = timezone.now()
    factories.live(headline="The lead", is_lead=True, at=now - timedelta(hours=3))
    factories.live(headline="Newer news", at=now - timedelta(hours=1))

    tree = parse(client.get("/").content)

    assert texts(tree, ".front-lead .card-headline") == ["The lead"]
    assert texts(tree, ".front-beside .card-headline") == ["Newer news"]
    assert attributes(tree, "link[rel=canonical]", "href") == ["https://news.example.com/"]


def test_an_empty_newspaper_has_a_front_page(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert texts(parse(response.content), ".empty") == ["There are no stories yet."]


def test_a_story_has_a_page(client: Client) -> None:
    article = factories.live(headline="Copper rises")

    tree = parse(client.get(path_of(article)).content)

    assert texts(tree, "h1") == ["Copper rises"]
    assert attributes(tree, "meta[property=og:title]", "content") == ["Copper rises"]
    assert len(texts(tree, "script[type=application/ld+json]")) == 2


@pytest.mark.parametrize(
    "spelling",
    [
        "/markets/copper-rises-{key}",
        "/MARKETS/COPPER-RISES-{KEY}/",
        "/nowhere/copper-rises-{key}/",
        "/markets/other-words-{key}/",
        "/markets/{key}/",
        "/story/copper-rises-{key}?utm_source=x",
    ],
)
def test_another_spelling_of_an_address_leads_to_the_canonical_one_at_once(client: Client, spelling: str) -> None:
    article = factories.live(headline="Copper rises")
    key = article.public_key

    response = client.get(spelling.format(key=key, KEY=key.upper()))

    assert (response.status_code, response.headers["Location"]) == (301, path_of(article))
    assert response.headers["Cache-Control"] == "no-cache"


def test_an_address_in_another_script_is_canonical_as_it_is(client: Client) -> None:
    section = factories.section("技术", slug="技术")
    path = path_of(factories.live(headline="阿里巴巴押注开源", section=section))

    assert client.get(path).status_code == 200
    assert client.get(path.rstrip("/")).headers["Location"] == path
    assert client.get(paths.section("技术")).status_code == 200


def test_a_new_slug_leaves_the_old_address_working(client: Client) -> None:
    article = factories.live(slug="old-words")
    old = path_of(article)
    article = factories.rewrite(article, slug="new-words")
    workflow.refile(article, by=factories.person(Role.PUBLISHER))

    response = client.get(old)

    assert (response.status_code, response.headers["Location"]) == (301, path_of(article))
    assert client.get(path_of(article)).status_code == 200


def test_a_withdrawn_story_shows_its_notice_only(client: Client) -> None:
    article = factories.withdrawn(headline="What was said", notice="It was not so.", body="<p>Secret words.</p>")

    response = client.get(Edition.objects.filter(article=article).earliest("live_from").path)

    assert response.status_code == 410
    assert texts(parse(response.content), ".gone-notice") == ["It was not so."]
    assert b"What was said" not in response.content
    assert b"Secret words" not in response.content


def test_the_newsrooms_own_words_do_not_turn_their_lines_round(client: Client) -> None:
    gone = factories.withdrawn(language="ar", notice="سُحب هذا الخبر.")
    late = factories.expired(language="ar")

    trees = [parse(client.get(path).content) for path in (path_of(gone), path_of(late), paths.CORRECTIONS)]

    assert [texts(tree, ".empty") for tree in trees] == [[], [], []]
    assert [select(tree, "main span[dir=ltr]") != [] for tree in trees] == [True, True, True]
    for block in ("p", "h1", "h2"):
        assert [select(tree, f"main {block}[dir]") for tree in trees] == [[], [], []]


def test_an_expired_story_shows_its_headline_and_date_only(client: Client) -> None:
    article = factories.expired(headline="A short-lived story", body="<p>Gone words.</p>")

    response = client.get(path_of(article))

    assert response.status_code == 410
    assert texts(parse(response.content), "h1") == ["A short-lived story"]
    assert len(texts(parse(response.content), "main time")) == 1
    assert b"Gone words" not in response.content


def test_a_correction_stands_on_the_page(client: Client) -> None:
    article = factories.live(at=timezone.now() - timedelta(hours=1), body="<p>Wrong.</p>")
    article = factories.rewrite(article, body="<p>Right.</p>")
    workflow.correct(article, by=factories.person(Role.PUBLISHER), notice="The figure was wrong.")

    tree = parse(client.get(path_of(article)).content)

    assert texts(tree, ".notice-heading") == ["Correction"]
    assert texts(tree, ".notice-text") == ["The figure was wrong."]


def test_a_scheduled_story_appears_at_its_instant(client: Client) -> None:
    instant = timezone.now() + timedelta(hours=1)
    path = path_of(factories.scheduled(live_from=instant))

    with time_machine.travel(instant - timedelta(microseconds=1), tick=False):
        before = client.get(path)
    with time_machine.travel(instant, tick=False):
        after = client.get(path)

    assert (before.status_code, after.status_code) == (404, 200)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/nothing/at/all/",
        "/markets/words-abcd2345/",
        "/media",
        "/a%00b/",
        "/companies/a%00b/",
        "/a%00b/rss.xml",
        "/media/a%00b",
        "/%ff/",
    ],
)
def test_an_unknown_address_is_not_found(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert texts(parse(response.content), "h1") == ["This page does not exist"]
    assert b'content="noindex"' in response.content


@pytest.mark.parametrize("path", ["/davos/", "/davos", "/davos?utm_source=x"])
def test_a_vanity_address_leads_to_its_story(client: Client, path: str) -> None:
    article = factories.live()
    Redirect.objects.create(path="/davos/", article=article)

    response = client.get(path)

    assert (response.status_code, response.headers["Location"]) == (301, path_of(article))


def test_the_corrections_page_lists_what_was_put_right(client: Client) -> None:
    article = factories.live(headline="A story", at=timezone.now() - timedelta(hours=1))
    article = factories.rewrite(article, standfirst="Better.")
    workflow.clarify(article, by=factories.person(Role.PUBLISHER), notice="The sum covers three years.")
    factories.withdrawn(headline="Withdrawn words", notice="It could not be confirmed.")

    response = client.get("/corrections/")

    tree = parse(response.content)
    assert texts(tree, ".corrections h2") == ["A story", "A story was withdrawn"]
    assert attributes(tree, ".corrections h2 a", "href") == [path_of(article)]
    assert b"Withdrawn words" not in response.content


def test_the_feeds_page_names_the_feeds_of_the_sections(client: Client) -> None:
    factories.live(section=factories.section("Energy"))

    tree = parse(client.get("/feeds/").content)

    assert attributes(tree, ".feeds a", "href") == ["/rss.xml", "/energy/rss.xml"]


@pytest.mark.parametrize("path", ["/", "/latest/", "/corrections/", "/feeds/", "/markets/", "/nothing/"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_readers_can_only_read(path: str, method: str) -> None:
    client = Client(enforce_csrf_checks=True)

    response = getattr(client, method)(path)

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/latest/", "/feeds/", "/nothing/"])
def test_a_head_request_has_the_headers_of_the_page(client: Client, path: str) -> None:
    head, get = client.head(path), client.get(path)

    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_a_page_that_a_browser_has_is_not_sent_again(client: Client) -> None:
    path = path_of(factories.live())
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/", "/latest/", "/nothing/"])
def test_no_page_sets_or_reads_a_cookie(client: Client, path: str) -> None:
    factories.live()
    response = client.get(path)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "nonce-" not in response.headers["Content-Security-Policy"]


def test_a_failure_has_a_page_that_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("The door is stuck")

    monkeypatch.setattr("articles.reading.printed_front", fail)
    client = Client(raise_request_exception=False)

    response = client.get("/")

    assert response.status_code == 500
    assert texts(parse(response.content), "h1") == ["Something went wrong on our side"]
    assert response.headers["Cache-Control"] == "no-store"


def test_a_failure_of_the_database_has_the_same_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("the disk is gone")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.ensure_connection", fail)
    client = Client(raise_request_exception=False)

    response = client.get("/latest/")

    assert response.status_code == 503
    assert texts(parse(response.content), "h1") == ["Something went wrong on our side"]


def test_one_instant_is_read_for_a_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    stamps: list[reading.Stamp] = []
    instants: list[datetime] = []

    def present_stamp(**_prices: bool) -> reading.Stamp:
        stamps.append(reading.stamp(timezone.now()))
        return stamps[-1]

    def told(ask: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*arguments: Any) -> Any:
            instants.extend(argument for argument in arguments if isinstance(argument, datetime))
            return ask(*arguments)

        return asked

    factories.live()
    for name in ("house", "printed_list"):
        monkeypatch.setattr(reading, name, told(getattr(reading, name)))
    monkeypatch.setattr("articles.reading.present_stamp", present_stamp)
    monkeypatch.delattr("articles.public.instant.now")

    client.get("/latest/")

    assert len(stamps) == 1
    assert instants == [stamps[0].at] * 2


def test_moments_are_those_of_the_newsroom_not_of_the_machine(client: Client) -> None:
    at = timezone.now() - timedelta(days=1)
    with clock_at(at):
        path = path_of(factories.live(at=at))

    assert f"{at.astimezone(timezone.get_default_timezone()):%H:%M} ET" in client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/", "/latest/", "/corrections/", "/feeds/"])
def test_pages_of_the_paper_describe_themselves_to_search_engines(client: Client, path: str) -> None:
    factories.live()

    assert re.search(r'<meta name="description" content="[^"]{20,}">', client.get(path).content.decode())
