"""A confidential story is not there for anybody but its people."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from articles import workflow
from articles.models import Article, Redirect
from articles.workflow import clock
from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import LIST, change, filled

pytestmark = pytest.mark.django_db
WORD = "Zyxoplan"


@pytest.fixture
def insider() -> Journalist:
    return factories.journalist(Role.EDITOR)


@pytest.fixture
def secret(insider: Journalist) -> Article:
    """Make a confidential story that is in every list a story can be in."""
    article = factories.approved(by=factories.journalist(Role.COPY_EDITOR), headline=f"{WORD} buys a rival")
    creator = article.created_by
    workflow.save(article, {}, by=creator, confidential=True, people=[insider, factories.person(Role.PUBLISHER)])
    workflow.submit(article, by=creator)
    workflow.approve(article, by=insider)
    workflow.release(article, by=factories.person(Role.PUBLISHER), at=clock.now() + factories.HOUR, reason=WORD)
    Redirect.objects.create(path="/zyxoplan-offer/", article=article)
    return article


def _autocomplete(app_model: str, field: str) -> str:
    return f"/desk/autocomplete/?app_label=articles&model_name={app_model}&field_name={field}&term={WORD}"


PAGES: dict[str, str] = {
    "dashboard": "/desk/",
    "list": LIST,
    "search": f"{LIST}?q={WORD}",
    "state": f"{LIST}?state__exact=released",
    "scheduled": f"{LIST}?public=scheduled",
    "ledger": "/desk/articles/transition/",
    "ledger search": f"/desk/articles/transition/?q={WORD}",
    "editions": "/desk/articles/edition/",
    "editions search": f"/desk/articles/edition/?q={WORD}",
    "redirects": "/desk/articles/redirect/",
    "follows": _autocomplete("article", "follows"),
    "translation of": _autocomplete("article", "translation_of"),
    "related": _autocomplete("relatedstory", "story"),
    "redirect to": _autocomplete("redirect", "article"),
}


@pytest.mark.parametrize("place", PAGES)
def test_confidential_story_is_listed_for_its_people_only(
    place: str, secret: Article, insider: Journalist, desk: Desk
) -> None:
    its_people, others = desk(insider), desk(factories.journalist(Role.ADMINISTRATOR))

    assert WORD.lower() in its_people.get(PAGES[place]).content.decode().replace(f"?q={WORD}", "").lower()
    page = others.get(PAGES[place])
    assert page.status_code == 200
    without_the_question = page.content.decode().replace(WORD, "", page.content.decode().count(f'value="{WORD}"') + 9)
    assert "buys a rival" not in without_the_question
    assert "zyxoplan-offer" not in without_the_question


ADDRESSES: dict[str, Callable[[Article], str]] = {
    "form": change,
    "history": lambda article: f"{LIST}{article.pk}/history/",
    "revision": lambda article: f"{LIST}{article.pk}/revisions/1/",
    "preview": lambda article: f"{LIST}{article.pk}/preview/",
    "old preview": lambda article: f"{LIST}{article.pk}/preview/?revision=1",
    "cancel": lambda article: f"{LIST}{article.pk}/cancel/",
    "approve": lambda article: f"{LIST}{article.pk}/approve/",
    "duplicate": lambda article: f"{LIST}{article.pk}/duplicate/",
}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("place", ADDRESSES)
def test_confidential_story_answers_like_one_that_does_not_exist(
    place: str, method: str, secret: Article, desk: Desk
) -> None:
    outsider = desk(factories.journalist(Role.ADMINISTRATOR))
    missing = Article(pk=987654)

    answers = [_ask(outsider, method, ADDRESSES[place](article)) for article in (secret, missing)]

    assert answers[0].replace(f"“{secret.pk}”", "“987654”") == answers[1]
    assert "987654" in answers[1] or "302" in answers[1]


def _ask(client: Client, method: str, address: str) -> str:
    """Return everything an answer says, with the message on the page it leads to."""
    answer = getattr(client, method)(
        address, {"seen_state": "released", "seen_revision": "1"} if method == "post" else {}
    )
    told: list[Any] = []
    if answer.status_code == 302:
        told = [str(message) for message in client.get(answer.headers["Location"]).context["messages"]]
    return f"{answer.status_code} {answer.headers.get('Location')} {told}"


def test_rows_of_a_confidential_story_answer_like_missing_ones(secret: Article, desk: Desk) -> None:
    outsider = desk(factories.journalist(Role.ADMINISTRATOR))
    row, edition = secret.transitions.last(), secret.editions.get()
    assert row is not None

    answers = [
        outsider.get(f"/desk/articles/{noun}/{key}/change/")
        for noun, key in (
            ("transition", row.pk),
            ("edition", edition.pk),
            ("redirect", Redirect.objects.get().pk),
        )
    ]

    assert [(answer.status_code, answer.headers.get("Location")) for answer in answers] == [(302, "/desk/")] * 3


def test_confidential_story_is_not_in_a_bundle(secret: Article, desk: Desk) -> None:
    outsider = desk(factories.journalist(Role.ADMINISTRATOR))

    page = outsider.get(f"{LIST}release-together/?stories={secret.pk}")

    assert page.context["parts"] == []
    assert WORD not in page.content.decode()


def test_deleting_what_a_confidential_story_names_does_not_name_the_story(secret: Article, desk: Desk) -> None:
    administrator = desk(factories.journalist(Role.ADMINISTRATOR))
    author = secret.bylines.get().author
    assert secret.section is not None

    pages = [
        administrator.get(address).content.decode()
        for address in (
            f"/desk/articles/section/{secret.section.pk}/delete/",
            f"/desk/articles/author/{author.pk}/delete/",
            f"/desk/newsroom/journalist/{secret.created_by_id}/delete/",
        )
    ]

    assert all("It has to stay." in page for page in pages)
    assert not any(WORD in page for page in pages)


def test_opening_a_confidential_story_is_written_into_the_ledger(
    secret: Article, insider: Journalist, desk: Desk
) -> None:
    client = desk(insider)
    opened = secret.transitions.filter(verb="open", by=insider)

    for count, place in enumerate(("form", "history", "revision", "preview"), 1):
        client.get(ADDRESSES[place](secret))
        assert opened.count() == count


def test_opening_any_other_story_is_not(desk: Desk) -> None:
    article = factories.draft()

    desk(Role.EDITOR).get(change(article))

    assert not article.transitions.filter(verb="open").exists()


def test_history_of_an_open_story_does_not_name_the_confidential_one_it_was_copied_from(
    secret: Article, insider: Journalist, desk: Desk
) -> None:
    copy = workflow.duplicate(secret, by=insider)
    workflow.save(copy, {"headline": "Harmless"}, by=insider, confidential=False)
    address = f"{LIST}{copy.pk}/history/"

    assert WORD in desk(insider).get(address).content.decode()
    assert WORD not in desk(factories.journalist(Role.ADMINISTRATOR)).get(address).content.decode()


def test_who_makes_a_story_confidential_stays_among_its_people(desk: Desk) -> None:
    article = factories.draft()
    editor = factories.journalist(Role.EDITOR)
    client = desk(editor)

    client.post(change(article), filled(client, change(article), confidential="on"))

    article.refresh_from_db()
    assert article.confidential
    assert set(article.people.all()) == {article.created_by, editor}
    assert client.get(change(article)).status_code == 200
