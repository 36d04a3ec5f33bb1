"""The labeled set: what is found stays found. docs/decisions/0013-mention-finding.md has the figures and the misses."""

from functools import cache
from pathlib import Path

from articles.management.scoring.labeled import read_labeled
from articles.management.scoring.master import read_master
from articles.management.scoring.mentions import Score, Scorer

DATA = Path(__file__).parent / "data"


@cache
def score() -> Score:
    return Scorer(read_master(DATA / "master.csv")).score(read_labeled(DATA / "mentions.jsonl"))


def test_the_set_is_large_and_one_in_three_names_nothing() -> None:
    texts = list(read_labeled(DATA / "mentions.jsonl"))
    assert len(texts) >= 500
    assert sum(not text.labels for text in texts) >= len(texts) / 3


def test_what_is_chosen_is_right() -> None:
    assert score().precision >= 0.98


def test_what_is_named_is_found() -> None:
    assert score().recall >= 0.95
