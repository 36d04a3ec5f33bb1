"""What is rendered while the news changes, or where it cannot be known whether it does."""

from itertools import count

import pytest
from django.db import transaction
from django.test import Client

from articles import reading
from articles.public.caching import middleware
from articles.reading import Stamp
from tests import factories
from tests.public.caching.conftest import Count
from tests.public.caching.pages import WORDS, numbers, watch

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.public.caching.pages")]


def test_inside_a_transaction_nothing_is_kept_and_nothing_looked_up(client: Client) -> None:
    numbers(client, "/watched/")
    with transaction.atomic():
        inside = client.get("/watched/")
        assert numbers(client, "/watched/") == ["3"]
    assert "ETag" in inside.headers
    assert "Last-Modified" not in inside.headers
    assert numbers(client, "/watched/") == ["1"]


def test_a_page_that_was_overtaken_is_rendered_again(client: Client, counted: Count) -> None:
    def release_once() -> None:
        watch.during = lambda: None
        factories.live()

    watch.during = release_once
    assert numbers(client, "/watched/", "/watched/") == ["2", "2"]
    assert counted("newsroom_public_repeats_total") == 1
    assert watch.rendered[1] > watch.rendered[0]


@pytest.mark.parametrize("path", ["/watched/", "/unkept/"])
def test_a_page_that_is_always_overtaken_is_never_sent(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    calls = count()
    monkeypatch.setattr(reading, "stamp", lambda at, **_: Stamp(at, f"token-{next(calls)}", 1, None))
    monkeypatch.setattr(middleware, "LONGEST", 0)
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert answer.headers["Cache-Control"] == "no-store"
    assert WORDS not in answer.content.decode()
    assert len(watch.rendered) == middleware.TRIES


def test_a_page_for_the_desk_is_not_sent_when_overtaken_either(admin_client: Client) -> None:
    def release_once() -> None:
        watch.during = lambda: None
        factories.live()

    watch.during = release_once
    assert numbers(admin_client, "/watched/", "/watched/") == ["2", "3"]
