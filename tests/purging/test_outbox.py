"""Every change that readers can see is in a purge; what they cannot see is in none."""

from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone

from articles import workflow
from articles.models import Author, Company, Image, Listing, Purge, PurgeWatch, Redirect, Section, Unpurged
from articles.models.stamp import PublicStamp
from articles.purging import keys, outbox, stories
from newsroom.roles import Role
from tests import factories
from tests.purging import purges

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def cover() -> list[set[str]]:
    """Make purges for what has changed, and return the tags of each."""
    newest = Purge.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    purges.cover()
    assert not Unpurged.objects.exists()
    return [set(purge.keys.split()) for purge in Purge.objects.filter(pk__gt=newest).order_by("pk")]


@pytest.fixture
def started() -> None:
    """Let purging have begun, with stories in their sections."""
    factories.live(headline="Steady", section=factories.section("Markets"))
    cover()


def test_at_first_the_whole_site_is_purged_once() -> None:
    factories.live()

    assert cover() == [{keys.SITE}]
    assert cover() == []


def test_a_purge_is_due_at_once_and_says_what_it_covers() -> None:
    before = timezone.now()
    factories.live()
    cover()

    purge = Purge.objects.get()
    assert before <= purge.made_at <= timezone.now()
    assert purge.due_at == purge.made_at
    assert purge.counter == PublicStamp.objects.get().counter
    assert (purge.attempts, purge.answered_at, purge.error) == (0, None, "")


def test_a_change_of_a_story_purges_what_it_is_in(started: None) -> None:
    story = factories.live()

    [found] = cover()

    assert found == {
        keys.LISTS,
        keys.PICKS,
        keys.story(story.public_key),
        f"section-{story.section_id}",
        f"author-{story.bylines.get().author_id}",
    }


def test_changes_of_several_stories_come_into_one_purge(started: None) -> None:
    both = [factories.live(), factories.live()]

    [found] = cover()

    assert {keys.story(story.public_key) for story in both} <= found
    assert keys.SITE not in found


def test_many_stories_at_once_purge_the_site(started: None) -> None:
    for _number in range(21):
        factories.live()

    assert cover() == [{keys.SITE}]


def test_more_changes_than_are_read_at_once_purge_the_site(started: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_MOST_CHANGES", 3)
    factories.live(companies=[factories.company(), factories.company(), factories.company()])

    newest = Purge.objects.count()
    while Unpurged.objects.exists():
        purges.cover()

    assert all(keys.SITE in purge.keys.split() for purge in Purge.objects.order_by("pk")[newest : newest + 1])


def _renames_author() -> None:
    Author.objects.filter(pk=Author.objects.order_by("pk").values("pk")[:1]).update(name="Another Name")


def _moves_section() -> None:
    Section.objects.update(order=7)


def _delists() -> None:
    Listing.objects.update(delisted_on=timezone.now().date())


def _redirects() -> None:
    Redirect.objects.create(path="/davos/", section=Section.objects.get())


def _loads_company() -> None:
    Company.objects.create(name="Loaded", from_reference=True)


def _captions() -> None:
    Image.objects.update(caption="Another.")


@pytest.mark.parametrize(
    "change",
    [_renames_author, _moves_section, _delists, _redirects, _loads_company, _captions],
    ids=lambda f: f.__name__,
)
def test_a_change_of_a_noun_purges_the_site(change: Any) -> None:
    factories.live(companies=[factories.company("Alibaba", "NYSE:BABA")], lead_image=factories.image())
    cover()

    change()

    assert cover() == [{keys.SITE}]


def test_a_noun_and_a_story_at_once_purge_the_site_and_name_the_story(started: None) -> None:
    story = factories.live()
    Section.objects.update(order=7)

    [found] = cover()

    assert {keys.SITE, keys.story(story.public_key)} <= found


def test_what_stays_at_the_desk_purges_nothing(started: None) -> None:
    story = factories.approved(companies=[factories.company("Unseen")])
    workflow.save(story, {"headline": "Another"}, by=factories.person(Role.COPY_EDITOR))
    factories.journalist()
    Company.objects.update(cik=5)

    assert cover() == []


def test_what_is_scheduled_far_ahead_purges_nothing(started: None) -> None:
    """By its instant no CDN has anything left that it kept before the scheduling."""
    story = factories.scheduled(live_from=timezone.now() + timedelta(minutes=11))
    assert Unpurged.objects.exists()
    assert cover() == []

    workflow.cancel(story, by=factories.person(Role.PUBLISHER))
    assert Unpurged.objects.exists()
    assert cover() == []


def test_what_is_scheduled_soon_is_purged_at_once_for_answers_to_be_kept_no_longer(started: None) -> None:
    story = factories.scheduled(live_from=timezone.now() + timedelta(minutes=9))

    [found] = cover()

    assert keys.story(story.public_key) in found


def test_what_changes_while_a_purge_is_made_comes_into_the_next(started: None, monkeypatch: pytest.MonkeyPatch) -> None:
    story = factories.live()
    real = stories.keys_of

    def release_meanwhile(*asked: Any) -> set[str]:
        monkeypatch.setattr(stories, "keys_of", real)
        _renames_author()
        meanwhile.append(factories.live())
        return real(*asked)

    meanwhile: list[Any] = []
    monkeypatch.setattr(stories, "keys_of", release_meanwhile)
    purges.cover()
    first = set(Purge.objects.latest("pk").keys.split())
    second = cover()

    assert keys.story(story.public_key) in first
    assert keys.story(meanwhile[0].public_key) not in first
    assert [found & {keys.SITE, keys.story(meanwhile[0].public_key)} for found in second] == [
        {keys.SITE, keys.story(meanwhile[0].public_key)}
    ]


def test_a_crash_before_the_purge_is_made_loses_nothing(started: None, monkeypatch: pytest.MonkeyPatch) -> None:
    story = factories.live()

    def crash(*_asked: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(outbox, "_make", crash)
        with pytest.raises(MemoryError):
            purges.cover()

    assert keys.story(story.public_key) in cover()[0]


@pytest.mark.needs_postgres  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_a_change_that_commits_late_is_in_a_later_purge(started: None) -> None:
    """Keys are given out before a transaction ends; what is not committed yet must not count as covered."""
    written, may_commit = Event(), Event()
    released: list[Any] = []

    def release() -> None:
        with transaction.atomic():
            released.append(factories.live())
            written.set()
            may_commit.wait(10)
        connections.close_all()

    writer = Thread(target=release)
    writer.start()
    assert written.wait(10)
    before = cover()
    may_commit.set()
    writer.join()
    [found] = cover()

    assert before == []
    assert keys.story(released[0].public_key) in found


def test_after_a_week_without_purges_the_whole_site_is_purged(started: None) -> None:
    PurgeWatch.objects.update(until=timezone.now() - DAY)
    factories.live()
    assert not Unpurged.objects.exists()

    assert cover() == [{keys.SITE}]
    assert PurgeWatch.objects.get().until > timezone.now() + 6 * DAY
    assert cover() == []


def test_the_watch_is_renewed_in_time(started: None) -> None:
    PurgeWatch.objects.update(until=timezone.now() + 3 * DAY)

    assert cover() == []
    assert PurgeWatch.objects.get().until > timezone.now() + 6 * DAY


def test_an_older_copy_of_the_database_purges_the_site_once(started: None) -> None:
    Purge.objects.update(counter=10**9)

    assert cover() == [{keys.SITE}]
    assert cover() == []


def test_the_site_is_purged_on_demand(started: None) -> None:
    outbox.purge_site()

    assert Purge.objects.latest("pk").keys == keys.SITE
    assert cover() == []


def test_old_purges_are_forgotten_but_for_those_not_done_and_the_newest(started: None) -> None:
    long_ago = timezone.now() - 31 * DAY
    done, open_, newest = (
        Purge.objects.create(counter=number, keys="lists", made_at=long_ago, due_at=due)
        for number, due in ((1, None), (2, long_ago), (3, None))
    )

    outbox.forget_old()

    left = set(Purge.objects.values_list("pk", flat=True))
    assert done.pk not in left
    assert {open_.pk, newest.pk} <= left
