"""The scenarios of the soak, short and always the same; `make soak` runs them for longer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.models import Article, Edition, EditionAuthor, Fragment, Transition
from articles.states import Scheduled
from articles.workflow import timing
from newsroom.roles import Role
from tests import factories
from tests.soak import races
from tests.soak.flips import Fetch, Look, watch_flips
from tests.soak.integrity import broken
from tests.soak.kills import kill_writers
from tests.soak.races import race, race_bundles

in_truth = pytest.mark.django_db(transaction=True)


def reader() -> Fetch:
    """Return a reader inside this process."""
    client = Client()

    def fetch(path: str) -> tuple[int, str]:
        response = client.get(path)
        return response.status_code, response.content.decode()

    return fetch


@in_truth
def test_races_leave_nothing_half_done() -> None:
    figures = race(rounds=12, seed=1)

    assert figures.failures == []
    assert figures.lines[0] == ("races of 3 threads on one story", "12")


@in_truth
def test_overlapping_bundles_neither_mix_nor_deadlock() -> None:
    assert race_bundles(rounds=5, seed=1).failures == []


@in_truth
def test_flips_are_exact() -> None:
    assert watch_flips(reader, rounds=1, readers=2).failures == []


@in_truth
def test_killed_writers_leave_nothing_half_done() -> None:
    assert kill_writers(rounds=2, seed=1, longest=0.3).failures == []


@in_truth
def test_race_that_everybody_wins_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge can fail: without the comparison of what somebody saw, two verbs may both go through."""
    monkeypatch.setitem(races.CONTESTS, "a draft", (factories.draft, "save"))
    monkeypatch.setitem(races.MOVING, "save", lambda *_: None)

    failures = race(rounds=1, seed=1, threads=2).failures

    assert failures == [
        "a draft, ['save', 'save']: several won: ['save', 'save']",
        "a draft, ['save', 'save']: 2 verbs were done and 0 are in the ledger",
    ]


@pytest.mark.parametrize(
    ("look", "flaw"),
    [
        (Look(asked=-0.5, had=-0.4, shows=False), ""),
        (Look(asked=-0.5, had=0.0, shows=True), ""),
        (Look(asked=-0.1, had=0.2, shows=False), ""),
        (Look(asked=0.1, had=0.2, shows=True), ""),
        (Look(asked=-0.5, had=-0.001, shows=True), "1.000 ms early"),
        (Look(asked=0.0, had=0.1, shows=False), "0.000 ms late"),
        (Look(asked=-0.5, had=0.1, shows=None), "half"),
    ],
)
def test_answer_is_judged_by_the_instant(look: Look, flaw: str) -> None:
    assert look.flaw == flaw


def remove_ledger_row(article: Article) -> None:
    Transition.objects.filter(article=article, verb="release")._raw_delete("default")


def remove_index(article: Article) -> None:
    EditionAuthor.objects.filter(article=article).delete()


def remove_edition(article: Article) -> None:
    Fragment.objects.filter(edition__article=article).delete()
    EditionAuthor.objects.filter(article=article).delete()
    Fragment.objects.filter(edition__article=article).delete()
    Edition.objects.filter(article=article)._raw_delete("default")


def forget_state(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(state="approved")


def forget_words(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(kicker="Other")


def forget_revision(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(revision=None)


def forget_number(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(last_edition_number=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("harm", "flaw"),
    [
        (remove_ledger_row, "edition 1 has 0 ledger rows"),
        (remove_index, "edition 1 is not in the index by its bylines"),
        (remove_edition, "edition 1 is in the ledger only"),
        (forget_state, "is approved, the ledger says released"),
        (forget_words, "the working copy is not what its revision says"),
        (forget_revision, "its revision is not the one that the ledger saw saved last"),
        (forget_number, "has more editions than it counted (0)"),
    ],
)
def test_harm_is_found(harm: Callable[[Article], None], flaw: str) -> None:
    article = factories.live()
    assert broken([article]) == []

    harm(article)

    assert f"story {article.pk}: {flaw}" in broken([article])


@pytest.mark.django_db
def test_half_a_bundle_is_found() -> None:
    articles = [factories.approved(), factories.approved()]
    workflow.release_bundle([workflow.Release(article) for article in articles], by=factories.person(Role.PUBLISHER))
    assert broken(articles) == []

    remove_ledger_row(articles[0])

    assert any("half a bundle" in flaw for flaw in broken(articles))


@pytest.mark.django_db
def test_all_that_verbs_do_is_sound() -> None:
    for make in (factories.draft, factories.scheduled, factories.expired, factories.withdrawn, factories.spiked):
        make()
    carried = factories.rewrite(factories.live(), standfirst="Later.")
    publisher = factories.person(Role.PUBLISHER)
    workflow.update(carried, by=publisher, at=timezone.now() + timedelta(hours=1))
    workflow.expire(carried, by=publisher, expires_at=timezone.now() + timedelta(hours=2), scheduled=Scheduled.CARRY)
    near = factories.scheduled(live_from=timezone.now() + timing.CANCEL_MARGIN / 2)
    workflow.withdraw(near, by=publisher, notice="Gone before it came.")

    assert broken() == []
