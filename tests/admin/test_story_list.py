"""The list of stories and the desk's first page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import workflow
from articles.models import Article
from articles.workflow import clock
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import LIST

pytestmark = pytest.mark.django_db


def headlines(client: Client, query: str = "") -> set[str]:
    return {article.headline for article in client.get(f"{LIST}?{query}").context["cl"].result_list}


@pytest.mark.parametrize(
    ("address", "most"),
    [("/desk/", 11), (LIST, 12), (f"{LIST}?public=live", 12), (f"{LIST}?q=headline", 16), (f"{LIST}?q=two words", 16)],
)
def test_page_takes_as_many_queries_for_thirty_stories_as_for_one(address: str, most: int, desk: Desk) -> None:
    client = desk(Role.PUBLISHER)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    for make in (factories.draft, factories.submitted, factories.approved, factories.live, factories.scheduled):
        make()
    queries()  # the first request also fills Django's caches
    for_few = queries()
    for _number in range(6):
        for make in (factories.draft, factories.submitted, factories.approved, factories.live, factories.scheduled):
            make()

    assert queries() == for_few
    assert for_few <= most


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("alibaba", {"Alibaba turns to the cloud"}),
        ("cloud ALIBABA", {"Alibaba turns to the cloud"}),
        ("standfirst-word", {"Alibaba turns to the cloud"}),
        ("chips alibaba", {"Alibaba turns to the cloud"}),
        ("chips", {"Alibaba turns to the cloud", "São Paulo’s chips are short"}),
        ("ｃｈｉｐｓ", {"Alibaba turns to the cloud", "São Paulo’s chips are short"}),
        ("电池", {"蓝海电池斥资65亿元"}),
        ("alibaba battery", set()),
        ('"turns to the"', {"Alibaba turns to the cloud"}),
        ('"to turns"', set()),
        ("sao paulo's", {"São Paulo’s chips are short"}),
        ("word " * 3000, {"Alibaba turns to the cloud"}),
        ("strong", set()),
        ("%", set()),
    ],
)
def test_search_finds_stories_with_all_words_of_headline_standfirst_and_body(
    words: str, found: set[str], desk: Desk
) -> None:
    factories.draft(
        headline="Alibaba turns to the cloud",
        standfirst="A standfirst-word.",
        body="<p>It needs <strong>chips</strong>.</p>",
    )
    factories.draft(headline="São Paulo’s chips are short")
    factories.draft(headline="蓝海电池斥资65亿元")

    assert headlines(desk(Role.REPORTER), f"q={words}") == found


def test_filters_find_what_they_say(desk: Desk) -> None:
    markets, economy = factories.section("Markets"), factories.section("Economy")
    publisher, rita = factories.person(Role.PUBLISHER), factories.journalist(Role.REPORTER)
    signed = factories.author("Rita", journalist=rita)
    factories.draft(headline="Draft", section=economy, kind="analysis", language="de")
    factories.draft(headline="Own", by=rita)
    factories.submitted(headline="Signed", bylines=[signed])
    factories.scheduled(headline="Scheduled")
    factories.live(headline="Live")
    updated = factories.rewrite(factories.live(headline="Live, waiting"), standfirst="New.")
    workflow.update(updated, by=publisher, at=clock.now() + factories.HOUR)
    factories.expired(headline="Expired")
    factories.withdrawn(headline="Withdrawn")
    client = desk(rita)

    expected = {
        "state__exact=draft": {"Draft", "Own"},
        "state__exact=submitted": {"Signed"},
        f"section__id__exact={economy.pk}": {"Draft"},
        f"section__id__exact={markets.pk}&state__exact=submitted": {"Signed"},
        "kind__exact=analysis": {"Draft"},
        "language=de": {"Draft"},
        "whose=mine": {"Own", "Signed"},
        "public=not_published": {"Draft", "Own", "Signed"},
        "public=scheduled": {"Scheduled"},
        "public=live": {"Live", "Live, waiting"},
        "public=waiting": {"Live, waiting"},
        "public=expired": {"Expired"},
        "public=withdrawn": {"Withdrawn"},
    }
    assert {query: headlines(client, query) for query in expected} == expected


def test_list_shows_states_public_statuses_and_what_a_scheduled_text_lacks(desk: Desk) -> None:
    article = factories.rewrite(factories.live(headline="The story"), standfirst="New.")
    workflow.update(article, by=factories.person(Role.PUBLISHER), at=clock.now() + factories.HOUR)
    client = desk(Role.EDITOR)
    page = client.get(LIST).content.decode()
    assert 'class="badge state-released"' in page
    assert 'class="badge public-live"' in page
    assert "The scheduled text lacks these changes" not in page

    workflow.save(article, {"headline": "The story, changed"}, by=factories.person(Role.COPY_EDITOR))

    assert "The scheduled text lacks these changes" in client.get(LIST).content.decode()


def test_list_has_a_date_drill_down(desk: Desk) -> None:
    article = factories.draft(at=clock.now() - 400 * factories.DAY, headline="Old")
    factories.draft(headline="New")
    client = desk(Role.EDITOR)

    assert headlines(client, f"changed_at__year={article.changed_at.year}") == {"Old"}


def test_nothing_deletes_a_story(desk: Desk) -> None:
    article = factories.draft()
    client = desk(Role.ADMINISTRATOR)
    page = client.get(LIST)

    answers = [
        client.post(f"{LIST}{article.pk}/delete/", {"post": "yes"}),
        client.post(LIST, {"action": "delete_selected", "_selected_action": article.pk, "post": "yes"}),
    ]

    assert "delete_selected" not in page.content.decode()
    assert answers[0].status_code == 403
    assert Article.objects.filter(pk=article.pk).exists()


def test_first_page_shows_what_waits(desk: Desk) -> None:
    editor = factories.person(Role.EDITOR)
    mine = factories.draft(by=editor, headline="My draft")
    factories.draft(headline="A colleague's draft")
    review = factories.submitted(headline="To be read")
    approved = factories.approved(headline="To be released")
    waiting = factories.scheduled(headline="Comes soon")
    live = factories.live(headline="Is out")
    factories.withdrawn(headline="Is gone")

    panels = {panel.name: panel for panel in desk(editor).get("/desk/").context["panels"]}

    assert {name: [story for story, _when in panel.items] for name, panel in panels.items()} == {
        "drafts": [mine],
        "review": [review],
        "approved": [approved],
        "scheduled": [waiting],
        "released": [live],
    }


def test_panel_leads_to_its_whole_list(desk: Desk) -> None:
    factories.submitted(headline="To be read")
    client = desk(Role.EDITOR)
    panels = {panel.name: panel for panel in client.get("/desk/").context["panels"]}

    assert headlines(client, panels["review"].query) == {"To be read"}
