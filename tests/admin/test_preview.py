"""The private preview."""

import pytest
from django.test import Client

from articles import workflow
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import LIST

pytestmark = pytest.mark.django_db


def test_preview_is_the_real_page_with_the_saved_words(desk: Desk) -> None:
    acme = factories.company("Acme", "NYSE:ACME")
    article = factories.draft(headline="Not out yet", body="<p>Acme rose.</p>", companies=[acme])

    page = desk(Role.REPORTER).get(f"{LIST}{article.pk}/preview/")

    text = page.content.decode()
    assert '<h1 class="article-headline">Not out yet</h1>' in text
    assert "NYSE:ACME" in text
    assert "Preview. Readers cannot see this page." in text
    assert '<meta name="robots" content="noindex">' in text
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]


def test_preview_of_a_live_story_has_the_new_words(desk: Desk) -> None:
    article = factories.live(headline="As released")
    workflow.save(article, {"headline": "Being changed"}, by=factories.person(Role.COPY_EDITOR))
    client = desk(Role.EDITOR)

    assert "Being changed" in client.get(f"{LIST}{article.pk}/preview/").content.decode()
    assert "Being changed" not in client.get(f"{LIST}{article.pk}/preview/?revision=1").content.decode()
    assert client.get(f"{LIST}{article.pk}/preview/?revision=77").status_code == 404


def test_picture_of_a_preview_comes_through_the_desk(desk: Desk) -> None:
    image = factories.image()
    article = factories.draft(lead_image=image)
    client = desk(Role.REPORTER)

    page = client.get(f"{LIST}{article.pk}/preview/").content.decode()

    address = f"/desk/articles/image/file/{image.file.name}"
    assert f'src="{address}"' in page
    assert "/media/" not in page
    file = client.get(address)
    assert (file.status_code, file.headers["Content-Type"]) == (200, "image/jpeg")
    file.close()


def test_outsiders_get_neither_preview_nor_picture() -> None:
    image = factories.image()
    article = factories.draft(lead_image=image)

    answers = [
        Client().get(f"{LIST}{article.pk}/preview/"),
        Client().get(f"/desk/articles/image/file/{image.file.name}"),
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert all(answer.headers["Location"].startswith("/desk/login/") for answer in answers)
    assert Client().get(f"/media/{image.file.name}").status_code == 404


def test_desk_hands_out_no_file_from_elsewhere(desk: Desk) -> None:
    client = desk(Role.EDITOR)

    for name in ("../settings.py", "%2e%2e/settings.py", "pictures/none.jpg", "/etc/passwd"):
        assert client.get(f"/desk/articles/image/file/{name}").status_code in (302, 404)
