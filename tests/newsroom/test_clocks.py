"""Two nodes whose clocks are two seconds apart agree about a flip to the microsecond."""

from collections.abc import Iterator
from datetime import datetime
from itertools import permutations
from pathlib import Path

import pytest

from tests.clusters import clusters
from tests.newsroom import clock_acts as acts
from tests.node import Node
from tests.serving import Site

pytestmark = pytest.mark.needs_postgres


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with clusters() as [primary]:
        folder: Path = tmp_path_factory.mktemp("site")
        variables = {"CLOCK": "database", "SHOW_STAMP": "on", "LOG_LEVEL": "ERROR"}
        site = Site(folder, "http://127.0.0.1", primary.url(), "tests.node_settings", variables)
        site.manage("migrate", "--verbosity", "0")
        yield site


def test_nodes_agree_about_a_flip(site: Site) -> None:
    with Node(site) as right, Node(site) as wrong:
        wrong.call(acts.go_wrong, seconds=-2)
        headline, flip = wrong.call(acts.schedule, seconds=1.5)
        for node in (right, wrong):
            node.begin(acts.watch, headline=headline, until=flip)
        seen = [right.end(), wrong.end()]

    moment = datetime.fromisoformat(flip)
    for pages in seen:
        instants = [datetime.fromisoformat(page["instant"]) for page in pages]
        assert [page["shows"] for page in pages] == [instant >= moment for instant in instants]
        assert instants[0] < moment <= instants[-1]
    # Whoever asks after somebody else was answered is told of a later instant, whichever node each of them asked.
    for earlier, later in permutations([page for pages in seen for page in pages], 2):
        assert earlier["end"] > later["begin"] or earlier["instant"] < later["instant"]
