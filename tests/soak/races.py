"""Verbs raced against each other by real threads: nothing is half done, and whoever loses is told."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.utils import timezone

from articles import workflow
from articles.models import Article, Transition
from articles.states import Scheduled
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.soak.figures import Figures
from tests.soak.integrity import broken

#: How losing may look; anything else is a mistake of ours.
TOLD = (workflow.StaleArticle, workflow.Refused, workflow.NotAllowed)

type Act = Callable[[Article, "Staff"], object]


@dataclass(frozen=True, slots=True)
class Staff:
    """Who takes part, each thread with its own copies of them."""

    reporter: Journalist
    copy_editor: Journalist
    editor: Journalist
    publisher: Journalist

    @classmethod
    def hired(cls) -> "Staff":
        """Return the people of the factories."""
        return cls(*(factories.person(role) for role in (Role.REPORTER, Role.COPY_EDITOR, Role.EDITOR, Role.PUBLISHER)))


def _later() -> Any:
    return timezone.now() + 2 * factories.HOUR


#: Verbs that change the state or the words: of those that saw the same story, one wins.
MOVING: dict[str, Act] = {
    "save": lambda article, staff: workflow.save(article, {"kicker": str(time.time_ns())}, by=staff.copy_editor),
    "submit": lambda article, staff: workflow.submit(article, by=staff.reporter),
    "send_back": lambda article, staff: workflow.send_back(article, by=staff.copy_editor, reason="More."),
    "approve": lambda article, staff: workflow.approve(article, by=staff.editor),
    "spike": lambda article, staff: workflow.spike(article, by=staff.editor, reason="Enough."),
    "release": lambda article, staff: workflow.release(article, by=staff.publisher),
    "schedule": lambda article, staff: workflow.release(article, by=staff.publisher, at=_later()),
    "correct": lambda article, staff: workflow.correct(article, by=staff.publisher, notice="A figure was wrong."),
    "update": lambda article, staff: workflow.update(article, by=staff.publisher, scheduled=Scheduled.CANCEL),
    "refile": lambda article, staff: workflow.refile(article, by=staff.publisher, at=_later()),
}
#: Verbs on what is out or waiting, which leave the working copy alone.
STAYING: dict[str, Act] = {
    "withdraw": lambda article, staff: workflow.withdraw(article, by=staff.publisher, notice="It was wrong."),
    "expire": lambda article, staff: workflow.expire(article, by=staff.publisher, expires_at=_later()),
    "cancel": lambda article, staff: workflow.cancel(article, by=staff.publisher),
    "reschedule": lambda article, staff: workflow.reschedule(article, by=staff.publisher, at=_later()),
}


def _rewritten() -> Article:
    return factories.rewrite(factories.live(), standfirst="Other words.")


#: A story to begin with, and the verbs that could each be used on it.
CONTESTS: dict[str, tuple[Callable[[], Article], str]] = {
    "a draft": (factories.draft, "save submit spike"),
    "a story in review": (factories.submitted, "save send_back approve spike"),
    "an approved story": (factories.approved, "save release schedule spike"),
    "a live story": (factories.live, "save withdraw expire"),
    "an approved change": (_rewritten, "save correct update refile withdraw expire spike"),
    "a scheduled story": (factories.scheduled, "save cancel reschedule"),
}


def race(rounds: int, seed: int, threads: int = 3) -> Figures:
    """Let threads use verbs on the same story in the same instant, round after round."""
    chance, figures, outcomes = random.Random(seed), Figures(), Counter[str]()
    staff, slowest = Staff.hired(), 0.0
    for number in range(rounds):
        name = list(CONTESTS)[number % len(CONTESTS)]
        begin, verbs = CONTESTS[name]
        article = begin()
        acts = chance.choices(verbs.split(), k=threads)
        rows = article.transitions.count()
        found = _run([_act(article.pk, act, staff) for act in acts])
        slowest = max(slowest, *(seconds for _outcome, seconds in found))
        told = [outcome for outcome, _seconds in found]
        outcomes.update("done" if outcome == "" else outcome for outcome in told)
        figures.failures += [f"{name}, {acts}: {flaw}" for flaw in _judge(article, acts, told, rows)]
    figures.add(f"races of {threads} threads on one story", rounds)
    figures.add("verbs done / told that somebody was faster / refused", _score(outcomes))
    figures.add("slowest verb", f"{slowest * 1000:.0f} ms")
    return figures


def race_bundles(rounds: int, seed: int, stories: int = 6) -> Figures:
    """Let two threads release overlapping bundles named in opposite orders, which must neither deadlock nor mix."""
    chance, figures, outcomes = random.Random(seed), Figures(), Counter[str]()
    staff = Staff.hired()
    for _ in range(rounds):
        articles = [factories.approved() for _number in range(stories)]
        keys = [article.pk for article in articles]
        first, second = keys[: chance.randint(stories - 2, stories)], keys[chance.randint(0, 2) :]
        found = _run([_bundle(first, staff), _bundle(second[::-1], staff)])
        told = [outcome for outcome, _seconds in found]
        outcomes.update("done" if outcome == "" else outcome for outcome in told)
        if sorted(told) != ["", "StaleArticle"]:
            figures.failures.append(f"bundles {first} and {second[::-1]}: {told}")
        figures.failures += broken(articles)
    figures.add(f"races of two bundles of up to {stories} stories in opposite orders", rounds)
    figures.add("bundles released / told that somebody was faster / refused", _score(outcomes))
    return figures


def _act(key: int, name: str, staff: Staff) -> Callable[[], object]:
    article = Article.objects.get(pk=key)
    act = (MOVING | STAYING)[name]
    return lambda: act(article, staff)


def _bundle(keys: Sequence[int], staff: Staff) -> Callable[[], object]:
    found = Article.objects.in_bulk(keys)
    releases = [workflow.Release(found[key]) for key in keys]
    return lambda: workflow.release_bundle(releases, by=staff.publisher)


def _run(acts: Sequence[Callable[[], object]]) -> list[tuple[str, float]]:
    """Run all acts at once and return how each ended ("" for done) and how long it took."""
    barrier, ends = threading.Barrier(len(acts)), [("never ended", 0.0)] * len(acts)

    def run(place: int) -> None:
        barrier.wait()
        begin, outcome = time.perf_counter(), ""
        try:
            acts[place]()
        except Exception as error:
            outcome = type(error).__name__ if isinstance(error, TOLD) else repr(error)
        finally:
            ends[place] = outcome, time.perf_counter() - begin
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def _judge(article: Article, acts: Sequence[str], told: Sequence[str], rows: int) -> list[str]:
    known = {error.__name__ for error in TOLD}
    done = [act for act, outcome in zip(acts, told, strict=True) if outcome == ""]
    flaws = [outcome for outcome in told if outcome and outcome not in known]
    if not done:
        flaws.append("nobody won")
    if sum(act in MOVING for act in done) > 1:
        flaws.append(f"several won: {done}")
    added = Transition.objects.filter(article=article).order_by("pk")[rows:]
    # What is cancelled on the way has a line of its own, which says because of what.
    lines = [row for row in added if row.details.get("because", row.verb) == row.verb]
    if len(lines) != len(done):
        flaws.append(f"{len(done)} verbs were done and {len(lines)} are in the ledger")
    return flaws + broken([article])


def _score(outcomes: Counter[str]) -> str:
    refused = outcomes["Refused"] + outcomes["NotAllowed"]
    return f"{outcomes['done']} / {outcomes['StaleArticle']} / {refused}"
