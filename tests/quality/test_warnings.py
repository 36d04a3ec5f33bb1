"""All that looks wrong in a story, at a cost that does not grow with it."""

from typing import Any

import pytest

from articles.quality.problems import Problem
from articles.quality.warnings import seal, warnings
from tests import factories
from tests.quality import markets
from tests.quality.markets import AS_OF, NOW, down

pytestmark = pytest.mark.django_db


def _content(body: str, headline: str = "") -> dict[str, Any]:
    return {"headline": headline, "body": body, "companies": [], "persons": []}


def test_warnings_of_all_families_come_together() -> None:
    listing = markets.listing()
    markets.quoted(listing, AS_OF, "97.00", "100")
    markets.rates(USD="1.08", CNY="7.74")
    body = (
        f"<p>Alibaba Group {down(listing).start_tag}fell 1.2% as of 12:50 ET</data>. "
        "It will spend 380 billion yuan ($530 billion).</p>"
    )

    found = [str(problem) for problem in warnings(_content(body), NOW, [])]

    assert [words[:30] for words in found] == [
        "“fell 1.2% as of 12:50 ET”: Th",
        "“380 billion yuan ($530 billio",
        "The story seems to be about Al",
    ]


def test_story_without_figures_and_names_has_no_warning(django_assert_num_queries: object) -> None:
    factories.company("Acme")
    content = _content("<p>It rained on Tuesday.</p>")
    warnings(content, NOW, [])

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert warnings(content, NOW, []) == []


def test_the_same_warning_comes_once() -> None:
    listing = markets.listing()
    statement = f"{down(listing, as_of=None).start_tag}fell 1.2%</data>"

    found = warnings(_content(f"<p>It {statement}.</p><p>It {statement}.</p>"), NOW, [])

    assert len(found) == 1


def test_queries_do_not_grow_with_the_story(django_assert_max_num_queries: object) -> None:
    markets.rates(USD="1.08", CNY="7.74")
    listings = [
        markets.listing(f"Kontor {name}", f"NYSE:K{name[0]}") for name in ("Alder", "Birch", "Cedar", "Dogwood")
    ]
    body = "".join(
        f"<p>{one.company.name} {down(one).start_tag}fell 1.2%</data> on 774 million yuan ($10{number} million).</p>"
        for number, one in enumerate(listings)
    )
    warnings(_content(body), NOW, [])

    with django_assert_max_num_queries(20):  # type: ignore[operator]
        warnings(_content(body), NOW, [])


def test_seal_tells_warnings_apart() -> None:
    one, other = Problem("body", "One."), Problem("body", "Other.")

    assert seal([]) == ""
    assert seal([one]) == seal([one]) != seal([one, other])
