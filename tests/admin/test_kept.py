"""What somebody typed while their session ended, or while they signed in again elsewhere, is handed back to them."""

import pytest
from django.test import Client

from articles.models import Article
from newsroom import kept
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import change, filled, posted

pytestmark = pytest.mark.django_db
TYPED = {"headline": "A “new” <headline>", "standfirst": "One line.\r\nAnother line."}


@pytest.fixture
def article() -> Article:
    return factories.draft(headline="Old headline", body="<p>The words.</p>")


def test_session_that_ended_costs_no_word(article: Article, desk: Desk) -> None:
    client, somebody = desk(article.created_by), {"username": article.created_by.username}
    form = filled(client, change(article), **TYPED)
    client.logout()

    page = client.post(change(article), form)
    again = client.post("/desk/login/", posted(page, "login-form") | somebody | {"password": "wrong"})
    offer = client.post("/desk/login/", posted(again, "login-form") | somebody | {"password": "secret"})
    answer = client.post(change(article), posted(offer, "story-form"))

    article.refresh_from_db()
    assert [page.status_code, again.status_code, offer.status_code, answer.status_code] == [403, 200, 403, 302]
    assert f'action="{change(article)}"' in offer.content.decode()
    assert (article.headline, article.standfirst) == (TYPED["headline"], "One line.\nAnother line.")
    assert article.revisions.count() == 2


def test_signing_in_elsewhere_costs_no_word(article: Article) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(article.created_by)
    form = filled(client, change(article), **TYPED)
    client.cookies.pop("csrftoken")

    page = client.post(change(article), form, headers={"Sec-Fetch-Site": "same-origin"})
    unsaved = Article.objects.get(pk=article.pk).headline
    answer = client.post(change(article), posted(page, "story-form"))

    article.refresh_from_db()
    assert (page.status_code, unsaved, answer.status_code) == (403, "Old headline", 302)
    assert article.headline == TYPED["headline"]


def test_login_page_with_kept_words_that_lay_too_long_keeps_them_and_no_password() -> None:
    login = {"username": "x", "password": "hush", "next": "/desk/articles/", "kept": '[["headline", "Typed"]]'}

    page = Client(enforce_csrf_checks=True).post("/desk/login/", login, headers={"Sec-Fetch-Site": "same-origin"})

    again = posted(page, "login-form")
    assert (again["kept"], again["next"]) == (login["kept"], "/desk/articles/")
    assert "hush" not in page.content.decode()


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_form_from_elsewhere_is_not_offered_for_sending(article: Article, site: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(article.created_by)

    page = client.post(change(article), {"headline": "Forged"}, headers={"Sec-Fetch-Site": site})

    assert page.status_code == 403
    assert "Forged" not in page.content.decode()


def test_login_page_that_lay_too_long_opens_anew() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/desk/login/?next=/desk/articles/", {"username": "x"}, headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/login/?next=/desk/articles/")


def test_somebody_without_the_desk_gets_no_further_with_kept_words(article: Article, desk: Desk) -> None:
    reader = factories.journalist(Role.REPORTER)
    type(reader).objects.filter(pk=reader.pk).update(is_staff=False)

    page = desk(reader).post(change(article), {"headline": "Typed"})

    assert page.status_code == 403
    assert "may not open the desk" in page.content.decode()
    assert article.headline not in page.content.decode()


@pytest.mark.parametrize("packed", ["", "{", "7", "{}", "[1, [2], [3, 4, 5]]"])
def test_what_was_not_packed_here_is_left_out(packed: str) -> None:
    assert kept.unpack(packed) == []
