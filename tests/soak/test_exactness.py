"""The soak of exactness, small; `make soak` runs it on the server of production and for longer.

And what shows that its judge can fail: the same soak of a site with one thing wrong.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db.models import Value
from django.db.models.functions import Concat
from pytest_django import Settings

from articles import workflow
from articles.models import Author, Section
from articles.public.caching import ResponseCache
from articles.reading import House, selection
from tests import factories
from tests.soak.exactness import cast, clock, desk
from tests.soak.exactness.gate import Gate
from tests.soak.exactness.history import History
from tests.soak.exactness.inside import fetches
from tests.soak.exactness.redis import Redis
from tests.soak.exactness.soak import Soak
from tests.soak.exactness.writers import Writer
from tests.soak.oracle import Site

SEED = 1


@pytest.fixture
def history(transactional_db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Watch all rows while a test lasts, let readers set the clock and let answers carry their stamps."""
    settings.SHOW_STAMP = True
    clock.install(monkeypatch.setattr)
    History.begin()
    yield
    History.end()


def begin(folder: Path, stories: int, readers: int = 1) -> Soak:
    files = cast.begin(random.Random(SEED), stories)
    site = Site(site_settings.NEWSROOM_NAME, site_settings.SITE_URL)
    return Soak(fetches(readers), site, files, Gate(folder), SEED)


def flips() -> list[datetime]:
    """Change what there is, and return instants to come at which a story appears, changes and goes."""
    writer = Writer("b", SEED)
    appears, changes, goes = (writer.soon(least, least + 1) for least in (60, 70, 80))  # readers ask for them now
    some = [cast.approved(cast.content(writer.names, writer.chance, "news")) for _ in range(5)]
    by = writer.publisher
    workflow.release(some[0], by=by, at=appears)
    for article in some[1:]:
        workflow.release(article, by=by, expires_at=goes if article is some[1] else None)
    workflow.refile(factories.rewrite(some[2], headline="Another headline"), by=by, at=changes)
    workflow.correct(factories.rewrite(some[3], headline="Other words"), by=by, notice="It was wrong.")
    workflow.withdraw(some[4], by=by, notice="It was wrong.")
    Author.objects.update(role_title="Of another title")
    Section.objects.update(name=Concat("name", Value("x")))
    return [appears, changes, goes]


def small_soak(folder: Path, responses: int) -> Soak:
    gate = Gate(folder)
    soak = begin(folder, stories=22, readers=4)
    with desk.threads(2, SEED, 0.05, gate) as writing:
        soak.run(responses, writing)
    assert writing.failures == []
    return soak


def test_every_answer_is_what_the_oracle_says(history: None, tmp_path: Path) -> None:
    soak = small_soak(tmp_path, 300)
    soak.sweep()

    assert soak.finish() == []
    assert soak.counts["answers"] > 300
    assert min(soak.counts[f"status {status}"] for status in (200, 301, 304, 404, 410)) > 0
    assert soak.counts["stamps"] > 20


@pytest.mark.needs_redis
def test_every_answer_is_right_whatever_the_cache_server_does(
    history: None, settings: Settings, tmp_path: Path
) -> None:
    assert shutil.which("redis-server"), "redis-server is not installed (apt-get install redis-server)"
    redis = Redis(tmp_path / "redis")
    settings.CACHE_URL = redis.url

    with redis.in_trouble(SEED, least=0.5, most=2):
        soak = small_soak(tmp_path, 200)

    assert soak.finish() == []
    assert redis.kills > 0


@pytest.fixture
def fixed_sql_made_anew() -> Iterator[None]:
    """Forget the texts of the door's questions, so that a test may change what they are made of."""
    made: list[Any] = [selection._select, selection._of_articles, selection._find]
    for texts in made:
        texts.cache_clear()
    yield
    for texts in made:
        texts.cache_clear()


def moved_bound(old: str, new: str) -> Callable[[pytest.MonkeyPatch], None]:
    def move(patch: pytest.MonkeyPatch) -> None:
        assert old in selection.LIVE
        patch.setattr(selection, "LIVE", selection.LIVE.replace(old, new))

    return move


def trust_every_fragment(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(House, "is_fresh", lambda *_: True)


def forget_the_instants(patch: pytest.MonkeyPatch) -> None:
    """Make a stamp of the counter and its nonce alone, so that nothing tells when an instant has passed."""
    module = import_module("articles.reading.stamp")
    told = module._told
    patch.setattr(module, "_told", lambda at, row, **of: told(at, [*row[:3], *([None] * len(row[3:]))], **of))


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(None, id="nothing is wrong"),
        pytest.param(moved_bound("e.live_from <= %s", "e.live_from < %s"), id="late by a microsecond"),
        pytest.param(moved_bound("e.expires_at > %s", "e.expires_at >= %s"), id="gone late by a microsecond"),
        pytest.param(moved_bound("n.live_from <= %s", "n.live_from < %s"), id="replaced late by a microsecond"),
        pytest.param(moved_bound("n.live_from > e.live_from", "n.id < 0"), id="former editions show"),
        pytest.param(moved_bound("e.expires_at IS NULL", "e.id > 0"), id="expired stories show"),
        pytest.param(moved_bound("'withdrawal'", "'nothing'"), id="withdrawn stories show"),
        pytest.param(trust_every_fragment, id="fragments outlive their nouns"),
        pytest.param(forget_the_instants, id="the stamp knows no instants"),
    ],
)
def test_harm_is_found(
    history: None,
    fixed_sql_made_anew: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    harm: Callable[[pytest.MonkeyPatch], None] | None,
) -> None:
    soak = begin(tmp_path, stories=6)
    instants = flips()
    if harm is not None:
        harm(monkeypatch)

    flaws = soak.sweep(instants, popular=True)

    assert bool(flaws) == (harm is not None), flaws[:3]


def meddle(patch: pytest.MonkeyPatch) -> None:
    """Let everybody in a byline be called something else in the midst of every third page."""
    responses = import_module("articles.public.responses")
    house_of, calls = responses.house_of, 0

    def house_then_write(*arguments: Any) -> House:
        nonlocal calls
        found: House = house_of(*arguments)
        calls += 1
        if calls % 3 == 0:
            Author.objects.update(name=Concat("name", Value("x")))
        return found

    patch.setattr(responses, "house_of", house_then_write)


def test_page_that_is_overtaken_is_made_again(history: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    soak = begin(tmp_path, stories=6)
    meddle(monkeypatch)

    assert soak.sweep(popular=True) == []


def test_page_that_is_sent_though_it_was_overtaken_is_found(
    history: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    soak = begin(tmp_path, stories=6)
    meddle(monkeypatch)
    made = import_module("articles.public.caching.middleware")._made
    monkeypatch.setattr(ResponseCache, "_render", lambda self, request, stamp: made(self._asked(request, stamp)))

    assert soak.sweep(popular=True) != []
