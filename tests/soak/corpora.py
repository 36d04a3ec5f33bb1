"""How long a corpus takes, and what is left of one whose making was killed."""

import random
import subprocess
import sys
import time

from django.core.management import call_command
from django.db.models import Max, Min

from articles.management.corpus.shelves import count_stories
from articles.models import Article
from tests.serving import ROOT
from tests.soak.database import variables
from tests.soak.figures import Figures
from tests.soak.integrity import broken

SAMPLE = 300


def build_corpus(articles: int, seed: int) -> Figures:
    """Make a corpus by the command, and look closely at some of its stories."""
    figures, begin = Figures(), time.perf_counter()
    call_command("make_corpus", articles=articles, seed=seed, verbosity=0)
    seconds = time.perf_counter() - begin
    if count_stories(articles, seed) != articles:
        figures.failures.append(f"the corpus has {count_stories(articles, seed)} stories of {articles}")
    figures.failures += broken(_sample(seed))
    figures.add(f"make_corpus --articles {articles}", f"{seconds:.0f} s")
    return figures


def kill_corpus(articles: int, seed: int) -> Figures:
    """Kill the command again and again in the midst of its work until it has done all of it."""
    chance, figures, kills = random.Random(seed), Figures(), 0
    before = Article.objects.count()
    command = [sys.executable, "manage.py", "make_corpus", "--articles", str(articles), "--seed", str(seed)]
    while True:
        with subprocess.Popen(command, cwd=ROOT, env=variables(), stdout=subprocess.DEVNULL) as maker:
            try:
                maker.wait(chance.uniform(2, 6))
                break
            except subprocess.TimeoutExpired:
                maker.kill()
                kills += 1
    made = Article.objects.count() - before
    if made != articles:
        figures.failures.append(f"a corpus killed {kills} times has {made} stories of {articles}")
    figures.failures += broken(_sample(seed))
    figures.add(
        f"make_corpus --articles {articles}, killed in its midst", f"{kills} times; all stories there, none twice"
    )
    return figures


def _sample(seed: int) -> list[Article]:
    corpus = Article.objects.filter(created_by__username="corpus-reporter")
    ends = corpus.aggregate(first=Min("pk"), last=Max("pk"))
    keys = range(ends["first"], ends["last"] + 1)
    return list(corpus.filter(pk__in=random.Random(seed).sample(keys, min(SAMPLE, len(keys)))))
