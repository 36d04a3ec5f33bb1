"""With a CDN in front, nobody gets what is withdrawn once it has answered, and no flip is ever late."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles import paths, workflow
from articles.models import Edition, Purge
from articles.purging import desk
from articles.purging.sending import purge_now, send_due
from articles.purging.site import SETTLED, UNDER_WAY
from newsroom.roles import Role
from tests import factories
from tests.admin.pages import asked, verb
from tests.canaries import CANARY, addresses, at_instant, secret
from tests.purging.edge import Answer, Edge, answer_of
from tests.purging.paper import Paper
from tests.purging.paper import addresses as all_addresses
from tests.purging.purges import start
from tests.purging.servers import Api

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
TICK = timedelta(microseconds=1)
#: Walks that between them find out if any kind of tag is forgotten, and many more would pass.
SEEDS = (3, 4, 10)
#: The names of addresses whose pages print prices.
PRICED = ("company", "markets", "prices")
ONE = pytest.mark.parametrize("api", ["fastly"], indirect=True)


@pytest.fixture
def edge(api: Api) -> Edge:
    return Edge(api)


def canaries(edge: Edge, asked_for: list[str]) -> list[str]:
    """Return the addresses at which readers get a canary. A page may repeat the address it was asked for."""
    return [path for path in asked_for if CANARY.encode() in edge.get(path).body]


def test_after_the_answer_to_a_withdrawal_nobody_gets_the_story(api: Api, edge: Edge) -> None:
    factories.live(headline="Something public")
    made = secret()
    made.article = factories.live(**made.content)
    start()
    everywhere = [path for group in addresses(made).values() for path in group]
    before = canaries(edge, everywhere)
    assert {paths.FRONT, paths.SITE_FEED, made.company.path, made.section.path} <= set(before)
    assert canaries(edge, everywhere) == before
    kept = [path for name, group in addresses(made).items() if name not in PRICED for path in group]
    assert edge.hits >= len(kept) - 2, "it is the copies that are looked at"
    client = Client()
    client.force_login(factories.person(Role.PUBLISHER))

    client.post(verb(made.article, "withdraw"), asked(client, made.article, "withdraw", notice="It was not true."))

    assert Purge.objects.latest("pk").answered_at is not None
    assert canaries(edge, everywhere) == []
    pictures = [edge.get(path).status for path in addresses(made)["media"]]
    assert pictures == [404] * len(pictures)


@ONE
def test_without_an_answer_readers_get_it_until_the_time_that_the_desk_names(
    api: Api, edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copies would stay, and the purge is what takes them away; and they end with their time if it fails."""
    monkeypatch.setattr(desk, "_PATIENCE", 0.2)
    factories.live(headline="Something public")
    made = secret()
    made.article = factories.live(**made.content)
    start()
    page = Edition.objects.get(article=made.article).path
    client = Client()
    client.force_login(factories.person(Role.PUBLISHER))
    data = asked(client, made.article, "withdraw", notice="It was not true.")
    api.acts.extend(["fail:500"] * 99)
    now = timezone.now()
    with at_instant(now):
        edge.get(page)
    late = edge.fetch(page)

    client.post(verb(made.article, "withdraw"), data)

    purge = Purge.objects.latest("pk")
    until = purge.made_at + timedelta(seconds=310)
    assert canaries(edge, [page]) == [page]
    with at_instant(purge.made_at + SETTLED - TICK):
        edge.keep(late)
    with at_instant(until - SECOND):
        assert canaries(edge, [page]) == [page]
    with at_instant(until):
        assert canaries(edge, [page]) == []


@pytest.mark.parametrize(
    "ahead", [400, 306, 305, 304, 60, 10, 6, 5.000001, 5, 4.9, 1, 0.000001], ids=lambda ahead: f"{ahead}s"
)
@ONE
def test_no_flip_is_late(api: Api, edge: Edge, ahead: float) -> None:
    """A page that was fetched so long before a flip, and was under way for the longest time, is new at the flip."""
    flip = timezone.now().replace(microsecond=0) + timedelta(minutes=8)
    expiring = factories.live(at=flip - timedelta(hours=1), headline="What ends")
    factories.live(at=flip - timedelta(hours=1), headline="What stays")
    with at_instant(flip - timedelta(minutes=30)):
        workflow.expire(expiring, by=factories.person(Role.PUBLISHER), expires_at=flip)
    factories.scheduled(at=flip - timedelta(hours=1), live_from=flip, headline="What begins")
    pages = [paths.FRONT, paths.LATEST, paths.SITE_FEED, "/markets/", Edition.objects.filter(article=expiring)[0].path]
    with at_instant(flip - timedelta(seconds=ahead)):
        copies = [edge.fetch(path) for path in pages]
    with at_instant(min(flip - timedelta(seconds=ahead) + UNDER_WAY, flip) - TICK):
        for copy in copies:
            edge.keep(copy)
            assert b"What begins" not in copy.answer.body

    with at_instant(flip):
        answers = [edge.get(path) for path in pages]

    assert [b"What begins" in answer.body for answer in answers] == [True, True, True, True, False]
    assert [b'">What ends' in answer.body for answer in answers[:4]] == [False] * 4
    assert answers[4].status == 410
    assert bool(edge.hits) is False
    assert (copies[0].seconds > 0) is (ahead >= 6)


@ONE
def test_what_is_scheduled_far_ahead_is_not_late_though_it_purges_nothing(
    api: Api, edge: Edge, settings: Settings
) -> None:
    settings.CDN_MAX_AGE = 540
    factories.live(headline="Something public")
    start()
    now = timezone.now()
    front, latest = edge.fetch(paths.FRONT), edge.fetch(paths.LATEST)
    assert front.seconds == 540
    factories.scheduled(live_from=now + timedelta(seconds=605), headline="What begins")

    assert purge_now(now, 1.0) is None
    with at_instant(now + UNDER_WAY):
        edge.keep(front)
        edge.keep(latest)
    with at_instant(now + timedelta(seconds=605)):
        assert b"What begins" in edge.get(paths.FRONT).body
        assert b"What begins" in edge.get(paths.LATEST).body
    assert api.asked == []


def test_an_answer_that_crosses_a_purge_does_not_stay(api: Api, edge: Edge) -> None:
    factories.live(headline="Something public")
    story = factories.live(headline="What is not true")
    start()
    page = Edition.objects.get(article=story).path
    began = timezone.now()
    crossing = [edge.fetch(path) for path in (page, paths.FRONT)]
    workflow.withdraw(story, by=factories.person(Role.PUBLISHER), notice="Gone.")
    purge = purge_now(began, 5.0)
    assert purge is not None
    assert purge.answered_at is not None

    with at_instant(purge.made_at + SETTLED - TICK):
        for copy in crossing:
            edge.keep(copy)
        assert [b"What is not true" in edge.get(copy.path).body for copy in crossing] == [True, True]
    with at_instant(purge.made_at + SETTLED):
        send_due()
        assert [b"What is not true" in edge.get(copy.path).body for copy in crossing] == [False, False]


@ONE
def test_what_was_not_there_appears(api: Api, edge: Edge) -> None:
    """404s, and ways from elsewhere, are kept too."""
    factories.live(headline="Something public")
    company = factories.company("Newly Named")
    story = factories.approved(companies=[company])
    start()
    address = paths.article("markets", story.slug or "headline", story.public_key)
    began = timezone.now()
    assert [edge.get(path).status for path in (address, company.path, paths.feed(company.path))] == [404] * 3

    edition = workflow.release(story, by=factories.person(Role.PUBLISHER))
    purge_now(began, 5.0)

    assert [edge.get(path).status for path in (edition.path, company.path, paths.feed(company.path))] == [200] * 3
    assert edge.get(address) == answer_of(Client().get(address))


def test_every_answer_that_is_kept_is_tagged_and_none_may_be_given_out_stale(api: Api, edge: Edge) -> None:
    made = secret()
    made.article = factories.live(**made.content)
    tags = {"fastly": "Surrogate-Key", "cloudflare": "Cache-Tag", "varnish": "xkey"}[api.kind]

    for name, path in ((name, path) for name, group in addresses(made).items() for path in group):
        response = Client().get(path)
        answer_of(response)  # reads what is sent piece by piece, and so closes it
        said = " ".join(f"{name}: {value}" for name, value in response.headers.items())
        assert "stale-while-revalidate" not in said, path
        assert "stale-if-error" not in said, path
        if name in PRICED:
            # A poll purges nothing, so no copy of these is kept.
            assert "=300" not in said, path
            continue
        assert "site" in response.headers.get(tags, "").replace(",", " ").split(), path
        kept_by_others = "no-cache, s-maxage=300" if api.kind == "varnish" else "no-cache"
        assert response.headers["Cache-Control"] == kept_by_others, path


def _answers(asked_for: list[str]) -> Iterator[tuple[str, Answer]]:
    client = Client()
    for path in asked_for:
        yield path, answer_of(client.get(path))


@pytest.mark.parametrize("seed", SEEDS)
@ONE
def test_whatever_happens_the_cdn_is_never_wrong(api: Api, edge: Edge, seed: int) -> None:
    """A walk through verbs and time: behind each purge, and at each instant, every copy is what the site would say."""
    now = timezone.now() - timedelta(hours=3)
    with at_instant(now):
        paper = Paper(seed)
        start()
    history: list[str] = []
    spared = 0
    for _step in range(10):
        now += paper.dice.choice([SECOND, 10 * SECOND, 45 * SECOND, 200 * SECOND])
        with at_instant(now):
            for path in all_addresses():
                edge.get(path)
            kept = len(edge.copies)
        now += SECOND
        with at_instant(now):
            history.append(paper.happen())
            if purge_now(now, 5.0) is not None:
                spared += 0 < len(edge.copies) < kept
            asked_for = all_addresses()
            wrong = [path for path, answer in _answers(asked_for) if edge.get(path) != answer]
            assert wrong == [], history
    assert edge.hits > 0
    assert spared > 0, "a change of a story spares something"
