"""Whom a body marks is named with its story."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import workflow
from articles.models import Article, Edition, Listing
from articles.models.nouns import Mergeable
from articles.text.marks import marked
from articles.workflow.content import read_content
from newsroom.roles import Role
from tests.factories import approved, company, draft, live, person, rewrite, somebody
from tests.workflow.desk import again

pytestmark = pytest.mark.django_db


def mention(noun: Mergeable, words: str = "Alibaba") -> str:
    return f'<span data-{noun._meta.model_name}="{noun.pk}">{words}</span>'


def statement(listing: Listing) -> str:
    return f'<data value="1.2" data-listing="{listing.pk}" data-measure="change-percent">down 1.2%</data>'


def body(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def lists(article: Article) -> tuple[Any, Any]:
    content = read_content(again(article))
    return content["companies"], content["persons"]


def test_whom_a_body_marks_joins_the_lists() -> None:
    first, second, third = company("Alibaba"), company("Meridian"), company("Tencent", aliases=["Tencent Cloud"])
    joe = somebody("Joe Tsai")
    text = body(f"{mention(first)} fell.", f"{mention(second)}, {mention(joe)} and {mention(third)} {mention(second)}")

    story = draft(body=text, headline="What Tencent Cloud’s rivals say")

    assert lists(story) == (
        [[first.pk, "subject"], [second.pk, "mentioned"], [third.pk, "subject"]],
        [joe.pk],
    )


def test_names_within_words_of_the_headline_make_no_subject() -> None:
    ally = company("Ali", legal_name="Visa")

    story = draft(body=body("One.", mention(ally)), headline="Alibaba and Visas")

    assert lists(story)[0] == [[ally.pk, "mentioned"]]


def test_what_the_desk_has_listed_keeps_its_role_and_place() -> None:
    first, second = company(), company()
    jane, joe = somebody(), somebody()
    text = body(f"{mention(second)} {mention(first)} {mention(joe)} {mention(jane)}")

    story = draft(body=text, companies=[[first.pk, "mentioned"]], persons=[jane])

    assert lists(story) == ([[first.pk, "mentioned"], [second.pk, "subject"]], [jane.pk, joe.pk])


def test_a_mark_that_is_taken_off_leaves_the_lists_alone() -> None:
    alibaba = company()
    story = draft(body=body(mention(alibaba)))

    workflow.save(story, {"body": body("Alibaba")}, by=story.created_by)

    assert lists(story) == ([[alibaba.pk, "subject"]], [])


def test_a_statement_names_the_company_that_it_speaks_of() -> None:
    alibaba = company("Alibaba", "NYSE:BABA")

    story = draft(body=body("One.", f"It was {statement(alibaba.listings.get())}."), headline="Alibaba falls")

    assert lists(story)[0] == [[alibaba.pk, "subject"]]


def test_marks_of_nothing_are_dropped_and_their_words_stay() -> None:
    alibaba = company("Alibaba", "NYSE:BABA")
    listing = alibaba.listings.get()
    joe = somebody()
    text = body(f"{mention(alibaba)} {mention(joe, 'Joe')} {statement(listing)}")
    for gone in (listing, alibaba, joe):
        gone.delete()

    story = draft(body=text)

    assert marked(again(story).body) == []
    assert "Alibaba Joe down 1.2%" in again(story).body
    assert lists(story) == ([], [])


def test_marks_of_merged_nouns_are_those_of_what_they_are_now() -> None:
    old, new = company("Alibaba"), company("Alibaba Group")
    joe, joseph = somebody("Joe"), somebody("Joseph")
    by = person(Role.COPY_EDITOR)
    workflow.merge(old, new, by=by)
    workflow.merge(joe, joseph, by=by)

    story = draft(body=body(f"{mention(old)} {mention(new)} {mention(joe, 'Joe')}"))

    assert lists(story) == ([[new.pk, "subject"]], [joseph.pk])
    assert [(mark.kind, mark.key, mark.words) for mark in marked(again(story).body)] == [
        ("company", new.pk, "Alibaba Alibaba"),
        ("person", joseph.pk, "Joe"),
    ]


def test_saving_nothing_new_writes_nothing_though_a_marked_noun_was_merged() -> None:
    old, new = company(), company()
    story = draft(body=body(mention(old)))
    workflow.merge(old, new, by=person(Role.COPY_EDITOR))

    workflow.save(again(story), {"body": story.body}, by=story.created_by)

    assert story.revisions.count() == 1


def test_a_release_names_what_marked_nouns_are_by_then() -> None:
    old, new = company("Alibaba", "NYSE:BABA"), company("Alibaba Group")
    listing = old.listings.get()
    joe, joseph = somebody(), somebody()
    text = body(f"{mention(old)} {mention(joe, 'Joe')} {statement(listing)}")
    story = approved(body=text)
    workflow.merge(old, new, by=person(Role.COPY_EDITOR))
    workflow.merge(joe, joseph, by=person(Role.COPY_EDITOR))

    edition = workflow.release(again(story), by=person(Role.PUBLISHER))

    assert [(mark.kind, mark.key) for mark in marked(edition.body)] == [
        ("company", new.pk),
        ("person", joseph.pk),
        ("statement", listing.pk),
    ]
    assert list(edition.company_items.values_list("company_id", "role")) == [(new.pk, "subject")]
    assert list(edition.person_items.values_list("person_id", flat=True)) == [joseph.pk]


def test_a_release_drops_the_mark_of_a_listing_that_is_gone() -> None:
    alibaba = company("Alibaba", "NYSE:BABA")
    story = approved(body=body(f"It was {statement(alibaba.listings.get())}."))
    alibaba.listings.get().delete()

    edition = workflow.release(story, by=person(Role.PUBLISHER))

    assert edition.body.endswith(">It was down 1.2%.</p>")


def test_a_duplicate_and_an_update_name_them_too() -> None:
    alibaba, joe = company(), somebody()
    story = live()

    rewrite(story, body=body(f"{mention(alibaba)} and {mention(joe, 'Joe')}"))
    workflow.update(story, by=person(Role.PUBLISHER))

    edition = Edition.objects.filter(article=story).latest("live_from")
    assert list(edition.company_items.values_list("company_id", flat=True)) == [alibaba.pk]
    assert edition.printed["persons"] == [{"id": joe.pk, "name": joe.name}]
    copy = workflow.duplicate(story, by=person(Role.REPORTER))
    assert lists(copy) == ([[alibaba.pk, "subject"]], [joe.pk])


def test_marks_cost_a_save_two_queries() -> None:
    alibaba, joe = company("Alibaba", "NYSE:BABA"), somebody()
    other, jane = company(), somebody()
    story = draft(companies=[alibaba], persons=[joe])

    def queries(text: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            workflow.save(story, {"body": text}, by=story.created_by)
        return sum(f'FROM "articles_{noun}" ' in one["sql"] for noun in ("company", "person") for one in captured)

    assert queries(body("Alibaba")) == 0
    assert queries(body(f"{mention(alibaba)} {mention(joe, 'Joe')}")) == 0
    assert queries(body(f"{mention(other)} {mention(jane, 'Jane')} {statement(alibaba.listings.get())}")) == 2
    assert lists(story) == ([[alibaba.pk, "subject"], [other.pk, "subject"]], [joe.pk, jane.pk])
