"""A withdrawal at the desk waits for the CDN's answer and shows it; so does everything else that readers can see."""

import time
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connections
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles import workflow
from articles.models import Article, Edition, Purge, Section
from articles.purging import desk, keys
from articles.purging.desk import latest_purge, words
from articles.purging.sending import send_due
from articles.purging.site import SETTLED
from newsroom.roles import Role
from tests import factories
from tests.admin.pages import asked, change, filled, verb
from tests.canaries import at_instant
from tests.purging.purges import cover, start
from tests.purging.servers import Api

pytestmark = pytest.mark.django_db

ONE = pytest.mark.parametrize("api", ["fastly"], indirect=True)
NAMES = {"fastly": "Fastly", "cloudflare": "Cloudflare", "varnish": "Varnish"}


@pytest.fixture(autouse=True)
def _started(api: Api) -> None:
    factories.live(headline="Steady")
    start()


def publisher() -> Client:
    client = Client()
    client.force_login(factories.person(Role.PUBLISHER))
    return client


def withdraw(story: Article, client: Client) -> list[tuple[str, str]]:
    """Withdraw a story at the desk, and return what is said on the page that comes next, with its level."""
    data = asked(client, story, "withdraw", notice="It was not true.")
    page = client.post(verb(story, "withdraw"), data, follow=True)
    assert page.status_code == 200
    return [(message.level_tag, str(message)) for message in page.context["messages"]]


def clock(at: datetime) -> str:
    """Return a time of day as the house prints it, in New York."""
    return f"{at.astimezone(timezone.get_default_timezone()):%H:%M:%S} ET"


def test_a_withdrawal_waits_for_the_answer_and_shows_it(api: Api) -> None:
    story = factories.live()
    api.acts.append("late:0.3")

    said = withdraw(story, publisher())

    purge = Purge.objects.latest("pk")
    assert purge.answered_at is not None
    assert keys.story(story.public_key) in api.purged[-1]
    assert [level for level, _message in said] == ["success", "success"]
    assert said[1][1] == (
        f"{NAMES[api.kind]} was purged at {clock(purge.answered_at)}."
        f" Pages that were on their way to it are purged once more at {clock(purge.made_at + SETTLED)}."
    )


@pytest.mark.parametrize(
    ("act", "why"),
    [
        ("fail:500", "HTTP 500"),
        ("hang_up", "it ended the connection"),
        ("late:30", "no answer"),
        ("busy:60", "HTTP 429"),
    ],
)
def test_a_withdrawal_says_plainly_that_there_was_no_answer(
    api: Api, act: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = factories.live()
    api.acts.extend([act] * 20)
    monkeypatch.setattr(desk, "_PATIENCE", 0.5)

    said = withdraw(story, publisher())

    purge = Purge.objects.latest("pk")
    level, message = said[1]
    assert level == "error"
    assert message.startswith(f"{NAMES[api.kind]} has not confirmed the purge ({why}")
    assert f"Until {clock(purge.made_at + timedelta(seconds=310))} at the latest, readers may still get" in message
    assert message.endswith("The purge is tried again until it is confirmed.")
    assert Edition.objects.filter(article=story, release_kind="withdrawal").exists()


@ONE
def test_nobody_waits_longer_than_five_seconds(api: Api) -> None:
    story = factories.live()
    client = publisher()
    data = asked(client, story, "withdraw", notice="It was not true.")
    api.acts.extend(["drip:30"] * 20)
    began = time.monotonic()

    client.post(verb(story, "withdraw"), data)

    assert 4.5 < time.monotonic() - began < 7


@ONE
@pytest.mark.django_db(transaction=True)
def test_the_purge_is_asked_for_when_the_withdrawal_is_committed(api: Api) -> None:
    story = factories.live()
    seen: list[bool] = []

    def look(_keys: Collection[str]) -> None:
        # Another connection, which sees what is committed and nothing else.
        seen.append(Edition.objects.filter(article=story, release_kind="withdrawal").exists())
        connections.close_all()

    api.purge = look
    withdraw(story, publisher())

    assert seen == [True]


@ONE
def test_the_page_of_the_story_shows_it_until_it_is_done(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_PATIENCE", 0.3)
    story, client = factories.live(), publisher()
    api.acts.extend(["fail:502"] * 20)
    withdraw(story, client)

    assert "Fastly has not confirmed the purge (HTTP 502 It failed)." in client.get(change(story)).content.decode()
    api.acts.clear()
    purge = Purge.objects.latest("pk")
    assert purge.due_at is not None
    with at_instant(purge.due_at):
        send_due()
    shown = client.get(change(story)).content.decode()
    assert f"Fastly was purged at {clock(purge.due_at)}. Pages that were on their way" in shown
    with at_instant(purge.made_at + SETTLED):
        send_due()
    shown = client.get(change(story)).content.decode()
    assert f"Fastly was purged at {clock(purge.due_at)}." in shown
    assert "Pages that were on their way" not in shown


@ONE
def test_a_purge_that_nobody_sends_says_what_is_missing(api: Api) -> None:
    story = factories.live()
    cover()
    purge = latest_purge(story)
    assert purge is not None

    assert "not sent yet" in words(purge)
    assert "purge --watch" not in words(purge)
    with at_instant(purge.made_at + timedelta(minutes=3)):
        assert words(purge).endswith("Nobody sends it: is “manage.py purge --watch” running?")


@ONE
def test_a_change_of_a_noun_is_purged_and_told_too(api: Api) -> None:
    client = Client()
    client.force_login(factories.person(Role.ADMINISTRATOR))
    section = Section.objects.get()
    address = f"/desk/articles/section/{section.pk}/change/"
    data = {"name": "Money", "slug": "money", "order": "0", "language": "en", "direction": "", "description": ""}
    data["ticker_form"] = "colon"

    page = client.post(address, data, follow=True)

    assert [str(message) for message in page.context["messages"]][1].startswith("Fastly was purged at ")
    assert api.purged == [(keys.SITE,)]


@ONE
def test_what_readers_cannot_see_is_neither_purged_nor_told(api: Api) -> None:
    story = factories.draft()
    client = Client()
    client.force_login(factories.person(Role.COPY_EDITOR))

    page = client.post(change(story), filled(client, change(story), headline="Another"), follow=True)

    assert [str(message) for message in page.context["messages"]] != []
    assert "purge" not in page.content.decode()
    assert api.asked == []


@ONE
def test_pages_that_only_look_purge_nothing(api: Api) -> None:
    client = publisher()
    story = factories.live()

    client.get(change(story))
    client.get("/")

    assert api.asked == []


@ONE
def test_a_database_that_fails_after_the_change_is_told(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_asked: object) -> None:
        raise OperationalError

    story, client = factories.live(), publisher()
    monkeypatch.setattr(desk, "purge_now", fail)

    said = withdraw(story, client)

    assert said[1] == ("error", "It is not known whether the CDN has been purged. It will be tried again.")
    assert Edition.objects.filter(article=story, release_kind="withdrawal").exists()


@ONE
def test_without_a_cdn_nothing_is_told(api: Api, settings: Settings) -> None:
    settings.CDN_URL = ""
    story, client = factories.live(), publisher()

    said = withdraw(story, client)

    assert [level for level, _message in said] == ["success"]
    assert latest_purge(story) is None
    assert "<dt>CDN</dt>" not in client.get(change(story)).content.decode()
    assert api.asked == []


@ONE
def test_a_story_is_found_by_every_key_that_it_had(api: Api) -> None:
    story = factories.live(public_key="abcd2345", at=datetime(2026, 6, 1, 12, tzinfo=UTC))
    other = factories.live()
    cover()
    first = Purge.objects.latest("pk")
    factories.rewrite(story, public_key="bcde2345")
    assert latest_purge(story) == first
    workflow.update(story, by=factories.person(Role.PUBLISHER))
    cover()

    assert latest_purge(story) == Purge.objects.latest("pk")
    assert latest_purge(other) == first
    assert latest_purge(factories.draft()) is None
