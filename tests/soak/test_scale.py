"""The comparison of a large corpus with a small one works from beginning to end; `make soak` has a really large one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.bench.stories import remove
from tests.serving import Site
from tests.soak import scale
from tests.soak.figures import Figures
from tests.soak.scale import MOST, Pages, Sizes

FEW, MANY = 200, 2000


@pytest.fixture
def server() -> Iterator[str]:
    """Give the PostgreSQL server of the suite, or "" for SQLite, and leave nothing on it."""
    if connection.vendor == "sqlite":
        yield ""
        return
    url = os.environ["TEST_DATABASE_URL"]
    yield url
    for stories in (FEW, MANY):
        remove(stories, url)


def test_pages_cost_the_same_at_ten_times_the_stories(tmp_path: Path, server: str) -> None:
    sizes = Sizes(small=FEW, large=MANY, urls=60, rounds=3, seconds=1, folder=tmp_path)

    figures = scale.compare(sizes, server)

    lines = dict(figures.lines)
    costs = {name.partition(":")[0]: line for name, line in lines.items() if " addresses" in name}
    assert {"article", "front", "section", "section, deep", "rss", "corrections"} <= set(costs)
    # Other programs run here too: this is for a page that reads all stories, which would cost ten times as much.
    assert all(float(line.partition(": ")[2].split()[0]) < 3 for line in costs.values()), costs
    assert len([name for name in lines if name.startswith("worker")]) == 2


def test_page_that_costs_more_is_a_failure() -> None:
    figures = Figures()
    cheap, dear = Pages(["/a", "/b"], [[1.0, 2.0], [9.0, 2.0], [1.0, 4.0]]), Pages(["/c"], [[2.0], [1.96], [1.9]])
    assert (cheap.cost, dear.cost) == (1.5, 1.96)

    scale._judge(figures, {"article": (cheap, dear), "front": (dear, dear)}, {"article": [1, 2], "front": [3, 3]})

    assert figures.failures == ["article costs 1.31 times as much"]
    assert MOST == 1.3
    assert dict(figures.lines)["article: 2 addresses"] == "1.50, 1.96: 1.31 (1 and 2 bytes)"


def test_reader_that_ends_is_told_of(tmp_path: Path) -> None:
    site = Site(tmp_path, "https://scale.example.com", "sqlite:////nowhere/at/all.sqlite3")

    with scale.reader_of(site, 0) as reader, pytest.raises(RuntimeError, match="has ended with 1"):
        reader.do("measure", ["/"])
