"""Whom copy names, and the companies that it is about and that nobody has confirmed."""

from typing import Any

import pytest

from articles.models import AliasRule, Company
from articles.naming.known import known
from articles.quality.mentions import Found, Place, find_mentions, mention_warnings
from tests import factories
from tests.quality.markets import copy_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbor() -> Company:
    return factories.company("Harbor Bank", "NYSE:HBR")


def _find(body: str, headline: str = "", **options: Any) -> list[Found]:
    finder = known().finder
    assert finder is not None
    return find_mentions(copy_of(body, headline), finder, **options)


def _warnings(body: str, headline: str = "", *, companies: Any = (), dismissed: Any = ()) -> list[str]:
    finder = known().finder
    assert finder is not None
    content = {"companies": companies, "persons": []}
    return [str(problem) for problem in mention_warnings(content, copy_of(body, headline), finder, dismissed)]


def test_places_of_one_company_are_one_answer(harbor: Company) -> None:
    [found] = _find("<p>Nothing.</p><p>Harbor Bank fell. Shares of Harbor Bank rose.</p>", "Harbor Bank in trouble")

    assert found.entity == f"company-{harbor.pk}"
    assert found.is_subject
    assert found.places == (
        Place(0, 11, "Harbor Bank", in_headline=True, in_opening=False),
        Place(9, 20, "Harbor Bank", in_headline=False, in_opening=False),
        Place(37, 48, "Harbor Bank", in_headline=False, in_opening=False),
    )


def test_company_of_the_first_paragraph_is_the_subject(harbor: Company) -> None:
    meridian = factories.company("Meridian Foods", "NYSE:MRF")

    first, second = _find("<h2>News</h2><p>Harbor Bank fell.</p><p>Meridian Foods rose.</p>")

    assert (first.entity, first.is_subject) == (f"company-{harbor.pk}", True)
    assert (second.entity, second.is_subject) == (f"company-{meridian.pk}", False)


def test_dismissed_words_are_not_found(harbor: Company) -> None:
    entity = f"company-{harbor.pk}"

    assert _find("<p>Harbor Bank fell.</p>", dismissed=[("Harbor Bank", entity)]) == []
    assert _find("<p>Harbor Bank fell.</p>", dismissed=[("Harbor Bank", None)]) == []
    assert len(_find("<p>Harbor Bank fell.</p>", dismissed=[("Harbor", entity)])) == 1


def test_words_of_nobody_are_not_found_in_any_story(harbor: Company) -> None:
    AliasRule.objects.create(words="Harbor Bank", verdict="never")

    assert _find("<p>Harbor Bank fell.</p>") == []


def test_company_that_the_story_is_about_and_nobody_confirmed_is_a_warning(harbor: Company) -> None:
    assert _warnings("<p>It fell.</p>", "Harbor Bank falls") == [
        "The story seems to be about Harbor Bank (NYSE:HBR), and does not say so: confirm or dismiss it."
    ]


def test_confirmed_listed_and_dismissed_companies_are_no_warning(harbor: Company) -> None:
    marked = f'<p><span data-company="{harbor.pk}">Harbor Bank</span> fell.</p>'

    assert _warnings(marked) == []
    assert _warnings("<p>Harbor Bank fell.</p>", companies=[[harbor.pk, "subject"]]) == []
    assert _warnings("<p>Harbor Bank fell.</p>", dismissed=[("Harbor Bank", f"company-{harbor.pk}")]) == []


def test_company_further_down_and_person_are_no_warning(harbor: Company) -> None:
    factories.somebody("Joe Tsai")

    assert _warnings("<p>Joe Tsai spoke.</p><p>Harbor Bank fell.</p>") == []
