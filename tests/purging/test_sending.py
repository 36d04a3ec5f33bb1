"""Purges are sent until they are answered, whatever the CDN does, and once more when nothing can come in any more."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone
from pytest_django import Settings

from articles import workflow
from articles.models import Purge
from articles.purging import keys, outbox, sending
from articles.purging.sending import is_overdue, purge_now, send, send_due
from articles.purging.site import SETTLED
from newsroom.roles import Role
from tests import factories
from tests.canaries import at_instant
from tests.purging.purges import cover, start
from tests.purging.servers import TOKEN, Api

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
#: All that a CDN can do but purge and say so.
BAD = ["fail:500", "fail:403", "hang_up", "garbage", "gibberish", "redirect", "late:3", "drip:3", "hang_up_after"]

#: For what does not depend on which CDN it is.
ONE = pytest.mark.parametrize("api", ["fastly"], indirect=True)


@pytest.fixture(autouse=True)
def _started(api: Api) -> None:
    """Let purging have begun, with a story in the section that all others are in."""
    factories.live(headline="Steady")
    start()


def release() -> str:
    """Release a story, and return the tag of its page."""
    return keys.story(factories.live().public_key)


def made() -> Purge:
    """Release a story, and return the purge that this makes, not sent yet."""
    release()
    cover()
    return Purge.objects.latest("pk")


def again(purge: Purge) -> Purge:
    return Purge.objects.get(pk=purge.pk)


def test_a_change_is_purged_and_the_answer_written_down(api: Api) -> None:
    began = timezone.now()
    page = release()

    purge = purge_now(began, 5.0)

    assert purge is not None
    assert page in purge.keys.split()
    assert api.purged == [tuple(purge.keys.split())]
    assert api.asked[0].token == TOKEN
    assert purge.answered_at is not None
    assert began < purge.answered_at <= timezone.now()
    assert (purge.attempts, purge.error, purge.due_at) == (1, "", purge.made_at + SETTLED)


@ONE
def test_nothing_is_asked_when_nothing_has_changed(api: Api) -> None:
    factories.approved()

    assert purge_now(timezone.now(), 5.0) is None
    assert api.asked == []


@ONE
def test_nothing_is_asked_inside_a_transaction(api: Api) -> None:
    began = timezone.now()
    with transaction.atomic():
        release()
        assert purge_now(began, 5.0) is None
    assert api.asked == []

    assert purge_now(began, 5.0) is not None


@ONE
def test_without_a_cdn_nothing_is_done(api: Api, settings: Settings) -> None:
    settings.CDN_URL = ""
    began = timezone.now()
    release()

    assert purge_now(began, 5.0) is None
    assert Purge.objects.filter(due_at__isnull=False).count() == 0
    assert send([], 1.0).error == "CDN_URL is not set"


@pytest.mark.parametrize("act", ["fail:500", "hang_up", "garbage", "hang_up_after"])
def test_what_fails_at_once_is_tried_again_at_once(api: Api, act: str) -> None:
    began = timezone.now()
    release()
    api.acts.extend([act, act])

    purge = purge_now(began, 5.0)

    assert purge is not None
    assert purge.answered_at is not None
    assert (purge.attempts, purge.error) == (3, "")


@pytest.mark.parametrize("act", BAD)
def test_a_bad_cdn_holds_nobody_up_and_is_asked_again_later(api: Api, act: str) -> None:
    began = timezone.now()
    release()
    api.acts.extend([act] * 20)
    started = time.monotonic()

    purge = purge_now(began, within=0.6)

    assert time.monotonic() - started < 2.4
    assert purge is not None
    assert purge.answered_at is None
    assert purge.error != ""
    assert purge.due_at is not None
    assert purge.due_at > began
    assert TOKEN not in purge.error

    api.acts.clear()
    api.held.set()
    with at_instant(purge.due_at):
        result = send_due()
    assert result is not None
    assert result.error == ""
    assert again(purge).answered_at == purge.due_at
    assert again(purge).error == ""


def test_a_cdn_that_wants_to_be_left_alone_is_left_alone(api: Api) -> None:
    began = timezone.now()
    release()
    api.acts.extend(["busy:30"] * 5)

    purge = purge_now(began, 5.0)

    assert purge is not None
    assert len(api.asked) == 1
    assert purge.due_at is not None
    assert purge.due_at >= began + 30 * SECOND


@ONE
def test_a_later_change_is_not_held_up_by_an_earlier_refusal(api: Api) -> None:
    api.acts.append("busy:300")
    earlier = timezone.now()
    first = release()
    purge_now(earlier, 5.0)
    began = timezone.now()
    second = release()

    purge = purge_now(began, 5.0)

    assert purge is not None
    assert purge.answered_at is not None
    assert [(first in asked, second in asked) for asked in api.purged] == [(True, False), (False, True)]


@ONE
def test_pauses_grow_up_to_a_minute(api: Api) -> None:
    purge = made()
    api.acts.extend(["fail:500"] * 9)
    pauses = []

    for _attempt in range(9):
        due = again(purge).due_at
        assert due is not None
        with at_instant(due):
            send_due()
            pauses.append((again(purge).due_at or due) - due)

    assert [pause.total_seconds() for pause in pauses] == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert again(purge).attempts == 9


@ONE
def test_a_purge_is_sent_once_more_when_the_change_has_settled(api: Api) -> None:
    purge = made()
    send_due()
    assert len(api.asked) == 1

    with at_instant(purge.made_at + SETTLED - SECOND):
        assert send_due() is None
    with at_instant(purge.made_at + SETTLED):
        assert send_due() is not None
    with at_instant(purge.made_at + timedelta(days=1)):
        assert send_due() is None

    assert api.purged == [tuple(purge.keys.split())] * 2
    assert (again(purge).due_at, again(purge).attempts) == (None, 2)


@ONE
def test_an_answer_after_the_change_has_settled_is_enough(api: Api) -> None:
    purge = made()
    api.acts.append("fail:503")
    send_due()
    with at_instant(purge.made_at + 2 * SETTLED):
        send_due()
        assert send_due() is None

    assert again(purge).due_at is None
    assert again(purge).answered_at == purge.made_at + 2 * SETTLED


@ONE
def test_all_that_is_due_is_sent_as_one(api: Api) -> None:
    purges = [made() for _number in range(4)]

    send_due()

    assert [set(asked) for asked in api.purged] == [{key for purge in purges for key in purge.keys.split()}]
    assert all(again(purge).answered_at for purge in purges)


def test_what_purges_the_site_is_sent_alone(api: Api) -> None:
    made()
    outbox.purge_site()

    send_due()

    assert api.purged == [(keys.SITE,)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["hold_and_fail", "hold"])
def test_answers_in_another_order_do_no_harm(api: Api, act: str) -> None:
    """An attempt that was begun first and is answered last neither opens a purge again nor closes one too early."""
    purge = made()
    api.acts.append(act)

    def attempt() -> None:
        send([purge], 8.0)
        connections.close_all()

    slow = threading.Thread(target=attempt)
    slow.start()
    while not api.asked:
        time.sleep(0.01)
    send([purge], 5.0)
    after_fast = again(purge)
    api.held.set()
    slow.join()

    assert len(api.asked) == 2
    assert after_fast.answered_at is not None
    assert again(purge).answered_at == after_fast.answered_at
    assert again(purge).attempts == 2
    assert again(purge).due_at is not None, "the change has not settled, whoever was answered"


@ONE
@pytest.mark.django_db(transaction=True)
def test_a_failure_that_comes_late_does_not_open_what_is_done(api: Api) -> None:
    purge = made()
    api.acts.append("hold_and_fail")

    def attempt() -> None:
        send([purge], 8.0)
        connections.close_all()

    slow = threading.Thread(target=attempt)
    slow.start()
    while not api.asked:
        time.sleep(0.01)
    Purge.objects.filter(pk=purge.pk).update(made_at=purge.made_at - SETTLED)
    send([again(purge)], 5.0)
    assert again(purge).due_at is None
    api.held.set()
    slow.join()

    assert (again(purge).due_at, again(purge).error) == (None, "")


@ONE
def test_a_crash_after_the_change_loses_nothing(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    began = timezone.now()
    story = factories.live()
    workflow.withdraw(story, by=factories.person(Role.PUBLISHER), notice="Gone.")

    def crash(*_asked: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(sending, "ask_all", crash)
        with pytest.raises(MemoryError):
            purge_now(began, 5.0)
    assert api.asked == []

    assert send_due() is not None
    assert keys.story(story.public_key) in api.purged[0]


@ONE
def test_a_purge_that_nobody_sends_is_overdue(api: Api) -> None:
    purge = made()

    assert not is_overdue(purge)
    with at_instant(purge.made_at + timedelta(minutes=2)):
        assert not is_overdue(purge)
    with at_instant(purge.made_at + timedelta(minutes=2, seconds=1)):
        assert is_overdue(purge)
    Purge.objects.update(due_at=None)
    with at_instant(purge.made_at + timedelta(days=1)):
        assert not is_overdue(again(purge))
