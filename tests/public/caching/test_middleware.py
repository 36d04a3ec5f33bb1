"""The cache in front of the site: what is kept, for whom, and for how long."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from articles import reading, workflow
from articles.reading import Stamp
from articles.workflow.clock import clock_at
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.public.caching.conftest import Count
from tests.public.caching.pages import WORDS, numbers, watch

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.public.caching.pages")]

ANSWERS = "newsroom_public_answers_total"


def test_a_page_is_rendered_once_while_nothing_changes(
    client: Client, counted: Count, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get("/watched/")
    with django_assert_num_queries(1):
        again = client.get("/watched/")
    assert (again.status_code, again.content, again.headers) == (200, first.content, first.headers)
    assert len(watch.rendered) == 1
    assert counted(ANSWERS, source="rendered") == counted(ANSWERS, source="memory") == 1


@pytest.mark.parametrize("path", ["/", "/latest/", "/rss.xml", "/sitemap.xml", "/robots.txt", "/markets/", "/feeds/"])
def test_what_is_kept_is_what_was_rendered(client: Client, counted: Count, path: str) -> None:
    factories.live(section=factories.section("Markets"))
    first, again = client.get(path), client.get(path)
    assert (first.status_code, first.content, first.headers) == (200, again.content, again.headers)
    assert counted(ANSWERS, source="memory") == 1


def test_any_release_ends_it(client: Client) -> None:
    assert numbers(client, "/watched/", "/watched/") == ["1", "1"]
    factories.live()
    assert numbers(client, "/watched/", "/watched/") == ["2", "2"]


def test_a_release_that_is_rolled_back_ends_nothing(client: Client) -> None:
    factories.live()
    numbers(client, "/watched/")

    def give_up() -> None:
        factories.live()
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        give_up()
    assert numbers(client, "/watched/") == ["1"]


@pytest.mark.django_db(transaction=True)
def test_readers_see_a_withdrawal_at_once(client: Client) -> None:
    article = factories.live(headline="Copper rises")
    assert b"Copper rises" in client.get("/latest/").content
    assert b"Copper rises" in client.get("/latest/").content
    workflow.withdraw(article, by=factories.person(Role.PUBLISHER), notice="Withdrawn.")
    assert b"Copper rises" not in client.get("/latest/").content


def test_a_scheduled_story_appears_on_a_page_that_was_kept(client: Client) -> None:
    flip = timezone.now() + timedelta(hours=1)
    factories.scheduled(live_from=flip, headline="Copper rises")
    told = []
    for moment in (flip - timedelta(seconds=1), flip - timedelta(microseconds=1), flip, flip + timedelta(days=9)):
        with time_machine.travel(moment, tick=False):
            told.append(b"Copper rises" in client.get("/latest/").content)
    assert told == [False, False, True, True]


def test_parameters_that_are_declared_make_other_pages(client: Client) -> None:
    paths = ["/watched/", "/watched/?part=1", "/watched/?part=2", "/watched/?utm_source=x&part=1", "/watched/?x=y"]
    assert numbers(client, *paths) == ["1", "2", "3", "2", "1"]


def test_a_page_sees_the_parameters_that_it_is_kept_by(client: Client) -> None:
    assert client.get("/watched/?part=a&part=b&x=1").content.startswith(b" b 1 ")


@pytest.mark.parametrize(
    "query", ["?" + "&".join(f"p{n}=x" for n in range(2000)), "?part=%ff%fe", "?%", "?=&&&;", "?a=" + "x" * 50_000]
)
def test_queries_that_would_break_a_form_break_no_page(client: Client, query: str) -> None:
    assert client.get(f"/watched/{query}").status_code == 200


def test_addresses_and_hosts_make_other_pages(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    asked = [("a.example", "/watched/"), ("A.example:80", "/watched/"), ("b.example", "/watched/")]
    asked += [("a.example", "/watched/x/"), ("a.example", "/watched/%78/"), ("a.example", "/watched/X/")]
    said = [numbers(client, path, headers={"Host": host})[0] for host, path in asked]
    assert said == ["1", "1", "2", "3", "3", "4"]


def test_a_host_that_is_not_ours_gets_nothing_that_is_kept(client: Client) -> None:
    numbers(client, "/watched/")
    answer = client.get("/watched/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert WORDS not in answer.content.decode()


@pytest.mark.parametrize(("status", "renderings"), [(200, 1), (301, 1), (410, 1), (404, 3), (302, 3), (403, 3)])
def test_only_what_there_is_a_bounded_number_of_is_kept(client: Client, status: int, renderings: int) -> None:
    watch.status = status
    assert {client.get("/watched/").status_code for _ in range(3)} == {status}
    assert len(watch.rendered) == renderings


def test_a_failure_is_not_kept(client: Client) -> None:
    client.raise_request_exception = False
    assert [client.get("/broken/").status_code for _ in range(2)] == [500, 500]
    assert len(watch.rendered) == 2
    assert client.get("/broken/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/counting/", "/unkept/"])
def test_what_may_not_be_kept_is_not(client: Client, path: str) -> None:
    assert numbers(client, path, path) == ["1", "2"]


def test_what_depends_on_a_session_is_not_kept(client: Client) -> None:
    assert numbers(client, "/personal/", "/personal/") == [*["None"] * 2]
    assert len(watch.rendered) == 2


def test_a_view_that_is_not_for_readers_is_passed_on_untouched(client: Client) -> None:
    first, again = client.get("/form/"), client.get("/form/", headers={"If-None-Match": "*"})
    assert first.content != again.content
    assert again.status_code == 200
    assert "ETag" not in first.headers
    assert first.cookies


def test_the_desk_is_never_kept(client: Client, counted: Count) -> None:
    ada = Journalist.objects.create_journalist("ada", role=Role.ADMINISTRATOR)
    assert client.get("/desk/").status_code == 302
    client.force_login(ada)
    assert client.get("/desk/").status_code == 200
    assert client.get("/desk").status_code in {301, 302}
    assert sum(counted(ANSWERS, source=source) for source in ("memory", "rendered", "bypassed", "joined")) == 0


def test_who_is_logged_in_at_the_desk_gets_a_page_of_their_own(
    client: Client, counted: Count, admin_client: Client
) -> None:
    numbers(client, "/watched/")
    kept = client.get("/watched/")
    client.cookies["sessionid"] = admin_client.cookies["sessionid"].value
    fresh = client.get("/watched/")
    assert len(watch.rendered) == 2
    assert counted(ANSWERS, source="bypassed") == 1
    assert fresh.headers.keys() == kept.headers.keys()
    del client.cookies["sessionid"]
    assert client.get("/watched/").content == kept.content


@pytest.mark.parametrize("forged", ["whatever", "f" * 32])
def test_who_makes_up_a_session_gets_what_all_readers_get(client: Client, counted: Count, forged: str) -> None:
    kept = client.get("/watched/")
    client.cookies["sessionid"] = forged
    assert client.get("/watched/").content == kept.content
    assert counted(ANSWERS, source="bypassed") == 0


def test_cookies_of_readers_make_no_difference(client: Client) -> None:
    client.cookies["theme"] = "dark"
    first = client.get("/watched/")
    client.cookies["theme"] = "light"
    again = client.get("/watched/")
    assert (len(watch.rendered), first.content) == (1, again.content)
    assert "Cookie" not in first.headers.get("Vary", "")
    assert not again.cookies


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_get_nothing_that_is_kept(client: Client, method: str) -> None:
    numbers(client, "/watched/")
    answer = getattr(client, method)("/watched/", headers={"If-None-Match": "*"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert numbers(client, "/watched/") == ["1"]


def test_switched_off_it_renders_every_time_and_still_watches_the_stamp(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.RESPONSE_CACHE = False
    with django_assert_num_queries(2):
        first = client.get("/watched/")
    assert numbers(client, "/watched/") == ["2"]
    assert first.headers["ETag"]
    assert client.get("/robots.txt", headers={"If-None-Match": "*"}).status_code == 304


def test_without_memory_it_renders_every_time(client: Client, settings: Settings) -> None:
    settings.CACHE_MEMORY = 0
    assert numbers(client, "/watched/", "/watched/") == ["1", "2"]


def test_another_deployment_keeps_other_pages(client: Client, settings: Settings) -> None:
    assert numbers(client, "/watched/") == ["1"]
    settings.NEWSROOM_NAME = "Another Ledger"
    assert numbers(client, "/watched/") == ["2"]


@pytest.mark.parametrize("path", ["/watched/", "/unkept/", "/no/such/page/", "/robots.txt"])
def test_the_stamp_is_shown_to_who_asks_for_it(client: Client, settings: Settings, path: str) -> None:
    settings.SHOW_STAMP = True
    factories.live()
    for _ in range(2):
        answer = client.get(path)
        shown = reading.stamp(datetime.fromisoformat(answer.headers["X-Newsroom-Instant"]))
        assert answer.headers["X-Newsroom-Stamp"] == shown.token
        assert len(answer.headers["X-Newsroom-Instant"]) == len("2026-03-02T17:00:00.000000+00:00")
    again = client.get(path, headers={"If-None-Match": "*"})
    assert again.headers["X-Newsroom-Stamp"] == shown.token


def test_the_stamp_is_not_shown_otherwise(client: Client) -> None:
    assert [name for name in client.get("/watched/").headers if name.startswith("X-Newsroom")] == []


def test_views_are_told_the_stamp(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Stamp | None] = []

    def house(at: datetime, stamp: Stamp | None) -> Any:
        seen.append(stamp)
        return ask(at, stamp)

    ask: Callable[..., Any] = reading.house
    monkeypatch.setattr(reading, "house", house)
    client.get("/feeds/")
    with transaction.atomic():
        client.get("/feeds/")
    assert [stamp is None for stamp in seen] == [False, True]
    assert seen[0] == reading.present_stamp()


def test_an_answer_keeps_the_names_of_what_it_shows(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, ...]] = []

    def headers(response: Any, stamp: Stamp) -> None:
        told.append((str(response.status_code), *getattr(response, "surrogate_keys", ())))

    monkeypatch.setattr("articles.public.cdn.headers", headers)
    article = factories.live(section=factories.section("Markets"))
    path = f"/x/{article.public_key}/"
    path = client.get(path).headers["Location"]
    etag = client.get(path).headers["ETag"]
    client.get(path)
    client.get(path, headers={"If-None-Match": etag})
    client.get("/no/such/page/")
    page = told[1][1:]
    assert page
    assert told == [told[0], ("200", *page), ("200", *page), ("304", *page), ("404",)]


def test_other_middleware_is_spared(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/watched/")

    def refuse(*_: object) -> None:
        raise AssertionError("a page that is kept needs no session")

    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_request", refuse)
    again = client.get("/watched/", secure=True)
    assert (again.status_code, again.content) == (200, first.content)
    # Those in front of it still have their say, about this request.
    assert "Strict-Transport-Security" in again.headers
    assert "Strict-Transport-Security" not in first.headers
    assert "Strict-Transport-Security" not in client.get("/watched/").headers


def test_https_comes_before_what_is_kept(client: Client, settings: Settings) -> None:
    client.get("/watched/", secure=True)
    settings.SECURE_SSL_REDIRECT = True
    other = Client()
    assert other.get("/watched/").status_code == 301
    assert other.get("/watched/").headers["Location"] == "https://testserver/watched/"


def test_moments_of_the_newsroom_do_not_stop_the_keeping(client: Client) -> None:
    with clock_at(timezone.now() - timedelta(days=2)):
        factories.live()
    assert numbers(client, "/watched/", "/watched/") == ["1", "1"]
