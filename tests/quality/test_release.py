"""What a release needs, per kind of story."""

from typing import Any

import pytest

from articles import workflow
from articles.models import Author, Image, Section
from articles.models.source import CanonicalRule
from articles.quality import Problem, release_problems
from articles.quality.release import NEEDS
from articles.states import Kind
from articles.workflow.content import empty_content
from newsroom.roles import Role
from tests.factories import approved, author, company, content, image, person, section, source, topic

pytestmark = pytest.mark.django_db

STORY = ["headline", "standfirst", "bylines", "section", "body"]
#: What the newsroom asks for, written out and not read from the code.
ASKED = {
    "news": STORY,
    "analysis": STORY,
    "opinion": STORY,
    "explainer": STORY,
    "alert": ["headline", "bylines"],
    "press_release": ["headline", "section", "body", "source", "disclosure"],
    "partner_content": ["headline", "standfirst", "section", "body", "source", "disclosure"],
}


def _fields(words: dict[str, Any]) -> list[str]:
    return [problem.field for problem in release_problems(words)]


def _full(**changes: Any) -> dict[str, Any]:
    return empty_content() | content(source=source(), disclosure="Paid for by them.") | changes


def test_every_kind_has_its_line_in_the_table() -> None:
    assert set(NEEDS) == set(Kind) == set(ASKED)


@pytest.mark.parametrize("kind", ASKED)
def test_everything_missing_is_named_at_once(kind: str) -> None:
    assert _fields(empty_content() | {"kind": kind}) == ASKED[kind]


@pytest.mark.parametrize("kind", ASKED)
def test_a_full_story_has_no_problem(kind: str) -> None:
    assert release_problems(_full(kind=kind)) == []


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind, fields in ASKED.items() for field in fields])
def test_each_missing_thing_is_named_alone(kind: str, field: str) -> None:
    missing: dict[str, Any] = {"bylines": [], "section": None, "source": None}
    assert _fields(_full(kind=kind, **{field: missing.get(field, "")})) == [field]


def test_an_alert_may_be_a_headline_and_a_byline() -> None:
    writer = author()
    story = approved(kind="alert", standfirst="", body="", section=None, bylines=[writer])
    edition = workflow.release(story, by=person(Role.PUBLISHER))
    assert edition.path == f"/story/{edition.slug}-{story.public_key}/"


@pytest.mark.parametrize("body", ["", "<p></p>", "<p>  </p>", "<p>\u00a0</p>", "<p><br></p>", "<ul><li></li></ul>"])
def test_a_body_without_a_word_is_empty(body: str) -> None:
    assert _fields(_full(body=body)) == ["body"]


def test_a_picture_needs_alternative_text_and_credit() -> None:
    picture = image("Harbor", alt="", credit="")
    assert release_problems(_full(lead_image=picture.pk)) == [
        Problem("lead_image", "Describe the picture “Harbor”: its alternative text is empty."),
        Problem("lead_image", "Credit the picture “Harbor”: say who made it."),
    ]
    for gap in ({"alt": "", "credit": "Ada"}, {"alt": "A harbor", "credit": " "}):
        Image.objects.filter(pk=picture.pk).update(**gap)
        assert _fields(_full(lead_image=picture.pk)) == ["lead_image"]
    Image.objects.filter(pk=picture.pk).update(alt="A harbor", credit="Ada")
    assert release_problems(_full(lead_image=picture.pk)) == []


def test_a_source_that_wants_its_own_page_found_needs_an_address() -> None:
    wire = source("Wire", canonical_rule=CanonicalRule.ORIGINAL)
    assert _fields(_full(source=wire.pk)) == ["original_url"]
    for address in ("original_url", "canonical_url"):
        assert release_problems(_full(source=wire.pk, **{address: "https://example.com/a"})) == []


def test_nouns_that_were_deleted_since_are_named() -> None:
    writer, place = author(), section("Gone")
    words = _full(section=place.pk, bylines=[[writer.pk, "reporter"], [author().pk, "reporter"]])
    Author.objects.filter(pk=writer.pk).delete()
    Section.objects.filter(pk=place.pk).delete()
    assert _fields(words) == ["section", "bylines"]
    gone_company, gone_topic = company(), topic()
    words = _full(companies=[[gone_company.pk, "subject"]], topics=[gone_topic.pk])
    gone_company.delete()
    gone_topic.delete()
    assert _fields(words) == ["companies", "topics"]


def test_a_problem_speaks_for_itself() -> None:
    assert str(Problem("body", "Write the story.")) == "Write the story."
