"""What can be the content of a story, whoever writes it."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from articles import workflow
from articles.models import CONTENT_FIELDS, Revision
from articles.workflow.content import KEYS, clean_content, empty_content, read_content
from newsroom.roles import Role
from tests.factories import author, company, draft, image, live, person, rewrite, section, topic
from tests.workflow.desk import NOON, again, stored

pytestmark = pytest.mark.django_db


def _problems(**content: Any) -> list[tuple[str, str]]:
    with pytest.raises(workflow.Refused) as refused:
        clean_content(content)
    return [(problem.field, problem.message) for problem in refused.value.problems]


def test_content_has_every_column_and_list() -> None:
    lists = {"bylines", "companies", "persons", "topics", "related"}
    assert set(empty_content()) == set(KEYS) == {*CONTENT_FIELDS, *lists}


def test_content_goes_in_and_comes_out_the_same() -> None:
    everything = {
        "kind": "opinion",
        "language": "zh-Hans",
        "headline": "标题",
        "slug": "标题",
        "standfirst": "One.\n\nTwo.",
        "section": section().pk,
        "lead_image": image().pk,
        "bylines": [[author().pk, "columnist"]],
        "companies": [[company().pk, "mentioned"]],
        "topics": [topic().pk],
        "related": [draft().pk],
        "follows": draft().pk,
        "access": "subscribers",
        "search_engines": "noindex",
        "is_lead": True,
        "embargo_at": NOON,
        "original_url": "https://example.com/a",
    }
    story = workflow.start(everything, by=person(Role.REPORTER))
    assert read_content(again(story)) | everything == read_content(again(story))


def test_every_problem_is_named_at_once() -> None:
    found = _problems(
        kind="poem",
        language="klingon!",
        headline="x" * 251,
        kicker=None,
        section=99999,
        lead_image="picture",
        original_url="javascript:alert(1)",
        canonical_url="/markets/",
        embargo_at=datetime(2026, 6, 1, 12, 0),  # noqa: DTZ001
        access="everybody",
        search_engines="please",
        public_key="O0I1l",
        bylines=[[author().pk, "ghost"]],
        companies=[[99999, "subject"]],
        topics=["first"],
        related=7,
        section_name="Markets",
    )
    assert [field for field, _message in found] == [
        "",
        "kind",
        "language",
        "headline",
        "kicker",
        "section",
        "lead_image",
        "original_url",
        "canonical_url",
        "embargo_at",
        "access",
        "search_engines",
        "public_key",
        "bylines",
        "companies",
        "topics",
        "related",
    ]
    messages = dict(found)
    assert messages[""] == "A story has no “section_name”."
    assert messages["headline"] == "“headline” is too long: at most 250 characters."
    assert messages["original_url"] == "Give a web address: https://example.com/story."
    assert messages["embargo_at"] == "Give the time with its zone."
    assert messages["companies"] == "Something named here does not exist any more. Choose again."


@pytest.mark.parametrize("name", ["state", "guid", "id", "created_by", "last_edition_number", "confidential", "people"])
def test_what_is_no_content_cannot_be_written_as_content(name: str) -> None:
    story = draft()
    before = stored()
    with pytest.raises(workflow.Refused, match="A story has no"):
        workflow.save(story, {name: "released"}, by=story.created_by)
    assert stored() == before


def test_text_as_long_as_its_place_fits_after_cleaning() -> None:
    assert clean_content({"headline": "  " + "x" * 250 + "\x00 "}) == {"headline": "x" * 250}


@pytest.mark.parametrize(
    "address", ["ftp://example.com/a", "//example.com", "mailto:a@example.com", "example", "https://"]
)
def test_only_web_addresses_are_addresses(address: str) -> None:
    assert _problems(canonical_url=address) == [("canonical_url", "Give a web address: https://example.com/story.")]


def test_nouns_are_named_once_and_by_number() -> None:
    first, second = author(), author()
    clean = clean_content(
        {
            "bylines": [(str(first.pk), "reporter"), (second.pk, "reporter"), (first.pk, "columnist")],
            "topics": [topic().pk] * 2,
            "section": str(section().pk),
        }
    )
    assert clean["bylines"] == [[first.pk, "reporter"], [second.pk, "reporter"]]
    assert len(clean["topics"]) == 1
    assert clean["section"] == section().pk


def test_embargo_is_kept_in_utc() -> None:
    local = datetime(2026, 11, 1, 1, 30, 5, 123456, tzinfo=ZoneInfo("America/New_York"), fold=1)
    story = draft(embargo_at=local)
    assert again(story).embargo_at == datetime(2026, 11, 1, 6, 30, 5, 123456, tzinfo=UTC)
    assert Revision.objects.get().content["embargo_at"] == "2026-11-01T06:30:05.123456+00:00"


def test_empty_addresses_and_slugs_stay_empty() -> None:
    assert clean_content({"slug": "", "original_url": "", "canonical_url": "", "embargo_at": None}) == {
        "slug": "",
        "original_url": "",
        "canonical_url": "",
        "embargo_at": None,
    }


@pytest.mark.parametrize("slug", ["हिन्दी-समाचार", "أخبار-السوق", "ελληνικά", "新闻"])
def test_slugs_of_any_script_are_taken(slug: str) -> None:
    assert clean_content({"slug": slug}) == {"slug": slug}


@pytest.mark.parametrize("name", ["follows", "translation_of"])
def test_a_story_cannot_follow_or_translate_itself(name: str) -> None:
    story = draft()
    with pytest.raises(workflow.Refused) as refused:
        workflow.save(story, {name: story.pk}, by=story.created_by)
    assert [problem.field for problem in refused.value.problems] == [name]


def test_a_story_cannot_stand_beside_itself() -> None:
    story = draft()
    with pytest.raises(workflow.Refused, match="A story cannot name itself here"):
        workflow.save(story, {"related": [draft().pk, story.pk]}, by=story.created_by)


def test_a_key_that_another_story_has_or_had_is_taken() -> None:
    other = live()
    old_key = other.public_key
    rewrite(other, public_key="abcdefgh")
    story = draft()
    for key in ("abcdefgh", old_key):
        with pytest.raises(workflow.Refused, match="Another story has or had this key"):
            workflow.save(story, {"public_key": key}, by=story.created_by)
    workflow.save(story, {"public_key": "hgfedcba"}, by=story.created_by)
    assert again(story).public_key == "hgfedcba"


def test_a_story_may_take_back_its_own_old_key() -> None:
    story = live()
    key = story.public_key
    rewrite(story, public_key="abcdefgh")
    workflow.save(story, {"public_key": key}, by=person(Role.COPY_EDITOR))
    assert story.public_key == key


def test_a_story_cannot_begin_with_a_key_that_is_taken() -> None:
    story = draft()
    before = stored()
    with pytest.raises(workflow.Refused, match="Another story has or had this key"):
        workflow.start({"public_key": story.public_key}, by=person(Role.REPORTER))
    assert stored() == before
