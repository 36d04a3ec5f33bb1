"""A writing process killed at any moment leaves whole stories, whole bundles and a ledger that knows of all of them."""

import random
import subprocess
import sys
import time

from django.db import connection

from articles.models import Article, Edition, Transition
from tests.serving import ROOT
from tests.soak.database import variables
from tests.soak.figures import Figures
from tests.soak.integrity import broken


def kill_writers(rounds: int, seed: int, longest: float = 0.8) -> Figures:
    """Start a writer, kill it (SIGKILL) at some moment after its first release, and look at all rows; and again."""
    chance, figures = random.Random(seed), Figures()
    checked = set[int]()
    for number in range(rounds):
        _write_and_die(seed + number, chance.uniform(0, longest))
        fresh = Article.objects.exclude(pk__in=checked)
        figures.failures += [f"kill {number}: {flaw}" for flaw in broken(fresh)]
        checked |= set(fresh.values_list("pk", flat=True))
    figures.failures += broken()
    figures.add("writing processes killed", rounds)
    figures.add("stories, editions and ledger rows they left", _counts())
    figures.add("flaws found in them", len(figures.failures))
    return figures


def _write_and_die(seed: int, seconds: float) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.soak.writer", str(seed)], cwd=ROOT, env=variables(), stdout=subprocess.PIPE
    ) as writer:
        try:
            if writer.stdout is None or writer.stdout.readline() != b"begun\n":
                raise RuntimeError("The writer ended before it had written anything.")
            time.sleep(seconds)
            if writer.poll() is not None:
                raise RuntimeError(f"The writer ended by itself with {writer.returncode}.")
        finally:
            writer.kill()
    _wait_for_rollback()


def _wait_for_rollback() -> None:
    """Wait until the server has noticed that the writer's connections are gone."""
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL "
                "AND pid <> pg_backend_pid()"
            )
            row = cursor.fetchone()
        if not row or not row[0]:
            return
        time.sleep(0.05)


def _counts() -> str:
    return " / ".join(f"{model._default_manager.count():,}" for model in (Article, Edition, Transition))
