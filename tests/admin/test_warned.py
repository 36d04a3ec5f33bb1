"""What looks wrong is shown where a story is handed on; who releases it all the same says so in the ledger."""

from typing import Any

import pytest

from articles import workflow
from articles.models import Article
from articles.naming.decisions import dismiss
from articles.workflow import clock
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import LIST, asked, change, posted, verb

pytestmark = pytest.mark.django_db
WARNING = "The story seems to be about Harbor Bank (NYSE:HBR), and does not say so: confirm or dismiss it."


@pytest.fixture
def story() -> Article:
    factories.company("Harbor Bank", "NYSE:HBR")
    return factories.approved(headline="Harbor Bank falls")


def _warnings(page: Any) -> list[str]:
    return [str(warning) for warning in page.context["warnings"]]


def test_release_asks_for_a_tick_and_notes_the_warnings(story: Article, desk: Desk) -> None:
    client = desk(Role.PUBLISHER)
    page = client.get(verb(story, "release"))
    data = posted(page, "question")
    assert _warnings(page) == [WARNING]
    assert "despite" not in data

    refused = client.post(verb(story, "release"), data)
    story.refresh_from_db()
    assert (refused.status_code, story.state) == (400, "approved")
    assert refused.context["form"].errors == {"despite": ["Read the warnings. Mend the story, or tick the box."]}

    box = page.context["form"]["despite"].field.widget.accepted
    answer = client.post(verb(story, "release"), data | {"despite": box})

    assert answer.status_code == 302
    assert story.transitions.get(verb="release").details["despite"] == [WARNING]
    history = client.get(f"{LIST}{story.pk}/history/").content.decode()
    assert "Released despite" in history
    assert WARNING in history


@pytest.mark.django_db(transaction=True)  # names are read again when another transaction has changed them
def test_tick_is_for_the_warnings_that_were_read(desk: Desk) -> None:
    factories.company("Harbor Bank", "NYSE:HBR")
    story = factories.approved(headline="Harbor Bank and Meridian Foods fall")
    client = desk(Role.PUBLISHER)
    page = client.get(verb(story, "release"))
    data = posted(page, "question") | {"despite": page.context["form"]["despite"].field.widget.accepted}
    factories.company("Meridian Foods", "NYSE:MRF")

    answer = client.post(verb(story, "release"), data)

    assert answer.status_code == 400
    assert len(_warnings(answer)) == 2
    assert 'name="despite"' in answer.content.decode()
    assert "checked" not in str(answer.context["form"]["despite"])


@pytest.mark.parametrize(("state", "name"), [(factories.draft, "submit"), (factories.submitted, "approve")])
def test_submitting_and_approving_show_the_warnings_and_ask_for_nothing(state: Any, name: str, desk: Desk) -> None:
    factories.company("Harbor Bank", "NYSE:HBR")
    article = state(headline="Harbor Bank falls")
    client = desk(factories.journalist(Role.ADMINISTRATOR))
    page = client.get(verb(article, name))

    answer = client.post(verb(article, name), posted(page, "question"))

    assert _warnings(page) == [WARNING]
    assert "despite" not in page.context["form"].fields
    assert answer.status_code == 302


def test_other_verbs_warn_of_nothing(story: Article, desk: Desk) -> None:
    page = desk(Role.PUBLISHER).get(verb(story, "spike"))

    assert _warnings(page) == []


def test_dismissed_and_listed_companies_are_no_warning(story: Article, desk: Desk) -> None:
    dismiss(story, [("Harbor Bank", None)], by=story.created_by, at=clock.now())
    client = desk(Role.PUBLISHER)

    assert _warnings(client.get(verb(story, "release"))) == []
    assert client.post(verb(story, "release"), asked(client, story, "release")).status_code == 302
    assert "despite" not in story.transitions.get(verb="release").details


def test_correction_of_a_live_story_is_warned_of_too(desk: Desk) -> None:
    factories.company("Harbor Bank", "NYSE:HBR")
    article = factories.live()
    workflow.save(article, {"headline": "Harbor Bank falls"}, by=factories.person(Role.COPY_EDITOR))
    client = desk(Role.PUBLISHER)
    page = client.get(verb(article, "correct"))
    box = page.context["form"]["despite"].field.widget.accepted

    answer = client.post(verb(article, "correct"), posted(page, "question") | {"notice": "It fell.", "despite": box})

    assert answer.status_code == 302
    assert article.transitions.get(verb="correct").details["despite"] == [WARNING]


def test_bundle_asks_for_each_story(story: Article, desk: Desk) -> None:
    quiet = factories.approved()
    client = desk(Role.PUBLISHER)
    address = f"{LIST}release-together/?stories={story.pk},{quiet.pk}"
    page = client.get(address)
    data = posted(page, "question")

    refused = client.post(address, data)
    assert (refused.status_code, Article.objects.filter(state="released").count()) == (400, 0)
    assert WARNING in refused.content.decode()

    [box] = [part.fields["despite"].widget.accepted for part, _stands in page.context["parts"] if part.warned]
    answer = client.post(address, data | {f"story{story.pk}-despite": box})

    assert answer.status_code == 302
    assert story.transitions.get(verb="release").details["despite"] == [WARNING]
    assert "despite" not in quiet.transitions.get(verb="release").details


def test_warning_leads_to_the_story(story: Article, desk: Desk) -> None:
    page = desk(Role.PUBLISHER).get(verb(story, "release")).content.decode()

    assert f'<a href="{change(story)}#' in page
