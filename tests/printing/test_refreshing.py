"""Stale fragments are rendered again, and nothing else is."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import reading, workflow
from articles.models import Edition, Fragment, Listing
from articles.printing.refreshing import refresh, refresh_stale
from newsroom.roles import Role
from tests.factories import (
    author,
    company,
    draft,
    image,
    live,
    person,
    rewrite,
    scheduled,
    section,
    source,
    topic,
    withdrawn,
)

pytestmark = pytest.mark.django_db


def render() -> str:
    out = StringIO()
    call_command("render_fragments", stdout=out)
    return out.getvalue()


def marked() -> None:
    """Leave a mark in every fragment, which rendering takes away."""
    Fragment.objects.update(brief="stored")


def rendered_again() -> set[int]:
    return set(Fragment.objects.exclude(brief="stored").values_list("pk", flat=True))


def edition_of(article: Any) -> int:
    key: int = article.editions.latest("live_from").pk
    return key


def test_nothing_is_rendered_twice() -> None:
    live()
    scheduled()
    marked()

    assert render() == "Looked at 2 stories and rendered 0.\n"
    assert rendered_again() == set()


def test_what_is_missing_is_rendered() -> None:
    superseded, future, gone = live(), scheduled(), withdrawn()
    workflow.correct(rewrite(superseded, headline="Right"), by=person(Role.PUBLISHER), notice="It was wrong.")
    draft()
    Fragment.objects.all().delete()

    assert render() == "Looked at 2 stories and rendered 2.\n"
    assert rendered_again() == {edition_of(superseded), edition_of(future)}
    assert not Fragment.objects.filter(edition__article=gone).exists()


def test_stories_of_a_changed_noun_are_rendered() -> None:
    ada = author("Ada")
    hers, other = live(bylines=[ada]), live()
    marked()
    ada.name = "Ada B."
    ada.save()
    reading.stamp(timezone.now())  # PostgreSQL notes the change at the commit

    assert render() == "Looked at 2 stories and rendered 1.\n"
    assert rendered_again() == {edition_of(hers)}
    assert "Ada B." in Fragment.objects.get(edition=edition_of(hers)).main
    assert edition_of(other) not in rendered_again()


def test_a_new_version_renders_everything() -> None:
    live()
    live()
    Fragment.objects.update(version="old", brief="stored")

    assert render() == "Looked at 2 stories and rendered 2.\n"


def test_a_ticker_that_ended_is_rendered_away() -> None:
    firm = company("Alibaba", "NYSE:BABA")
    Listing.objects.update(delisted_on=timezone.now().date() + timedelta(days=1))
    article = live(body="<p>Alibaba.</p>", companies=[firm])
    later = timezone.now() + timedelta(days=1)

    assert refresh_stale(timezone.now()) == 0
    assert refresh_stale(later) == 1
    assert Fragment.objects.filter(edition=edition_of(article)).exists()


def test_all_means_all() -> None:
    live()
    marked()
    out = StringIO()

    call_command("render_fragments", "--all", stdout=out)

    assert out.getvalue() == "Looked at 1 stories and rendered 1.\n"
    assert len(rendered_again()) == 1


@pytest.mark.parametrize("kind", ["section", "author", "company", "topic", "source", "lead_image"])
def test_the_newest_stories_of_a_noun_are_rendered_at_once(kind: str) -> None:
    makers: dict[str, Any] = {
        "section": section, "author": author, "company": company, "topic": topic, "source": source, "lead_image": image,
    }  # fmt: skip
    noun = makers[kind]("Rare")
    lists = {"author": "bylines", "company": "companies", "topic": "topics"}
    content = {lists[kind]: [noun]} if kind in lists else {kind: noun}
    now = timezone.now()
    mine = [live(at=now - timedelta(hours=n), **content) for n in range(3)]
    live()
    marked()

    assert refresh(noun, limit=2) == 2
    assert rendered_again() == {edition_of(article) for article in mine[:2]}


def test_what_no_story_prints_has_nothing_to_render() -> None:
    assert refresh(live()) == 0
    assert Edition.objects.count() == Fragment.objects.count() == 1
