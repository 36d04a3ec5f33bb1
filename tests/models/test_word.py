"""The index of words is kept by whatever writes a name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import connection, models

from articles import workflow
from articles.models import Article, Author, Company, Listing, Redirect, Topic, Word
from articles.models.word import Findable
from newsroom.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


def words(row: models.Model) -> set[str]:
    """Return the words that lead to a row."""
    found = Word.objects.filter(noun=row._meta.model_name, key=row.pk)
    return set(found.values_list("word", flat=True))


def renamed_by_save(author: Author) -> None:
    author.name = "Mei Lindqvist"
    author.save()


def renamed_by_update(author: Author) -> None:
    Author.objects.filter(pk=author.pk).update(name="Mei Lindqvist")


def renamed_by_bulk_update(author: Author) -> None:
    author.name = "Mei Lindqvist"
    Author.objects.bulk_update([author], ["name"])


def renamed_by_get_or_create(author: Author) -> None:
    Author.objects.update_or_create(pk=author.pk, defaults={"name": "Mei Lindqvist"})


def renamed_by_raw_sql(author: Author) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_author SET name = 'Mei Lindqvist' WHERE id = %s", [author.pk])
    Author.note_words([author.pk])


@pytest.mark.parametrize(
    "rename",
    [renamed_by_save, renamed_by_update, renamed_by_bulk_update, renamed_by_get_or_create, renamed_by_raw_sql],
)
def test_new_name_takes_the_place_of_the_old_one(rename: Callable[[Author], None]) -> None:
    author, other = factories.author("Ada Smith", slug="ada"), factories.author("Ada Smith", slug="ada-2")
    assert words(author) == {"ada", "smith"}

    rename(author)

    assert words(author) == {"mei", "lindqvist", "ada"}  # the address stays
    assert words(other) == {"ada", "smith", "2"}


def test_rows_made_in_bulk_are_noted() -> None:
    made = Topic.objects.bulk_create([Topic(name="Interest rates", slug="rates"), Topic(name="Copper", slug="copper")])

    assert [words(topic) for topic in made] == [{"interest", "rates"}, {"copper"}]


@pytest.mark.parametrize("in_bulk", [False, True])
def test_words_of_what_is_deleted_go(in_bulk: bool) -> None:
    topic = factories.topic("Copper")
    assert words(topic) == {"copper"}

    if in_bulk:
        Topic.objects.filter(pk=topic.pk).delete()
    else:
        topic.delete()

    assert not Word.objects.filter(noun="topic").exists()


def test_company_is_found_by_all_its_names_and_numbers() -> None:
    company = factories.company(
        "Alibaba", "NYSE:BABA", slug="alibaba", legal_name="Alibaba Group Holding", aliases=["阿里巴巴"], cik=1577552
    )

    assert words(company) == {"alibaba", "group", "holding", "阿里", "里巴", "巴巴", "巴", "1577552", "baba"}


def change_by_save(listing: Listing) -> None:
    listing.symbol = "NEW"
    listing.save()


def change_by_update(listing: Listing) -> None:
    Listing.objects.filter(pk=listing.pk).update(symbol="NEW")


@pytest.mark.parametrize("change", [change_by_save, change_by_update])
def test_company_is_found_by_the_symbol_it_has_now(change: Callable[[Listing], None]) -> None:
    company = factories.company("Acme", "NYSE:OLD")

    change(company.listings.get())

    assert words(company) == {"acme", "new"}


def test_listing_that_goes_takes_its_symbol_along() -> None:
    company = factories.company("Acme", "NYSE:OLD", "HKEX:77")

    company.listings.get(symbol="OLD").delete()

    assert words(company) == {"acme", "77"}


def test_listing_that_moves_leads_to_its_new_company() -> None:
    company, other = factories.company("Acme", "NYSE:ACM"), factories.company("Bolt")

    company.listings.update(company=other)

    assert (words(company), words(other)) == ({"acme"}, {"bolt", "acm"})


def test_merged_company_is_found_by_what_the_other_one_was_called() -> None:
    noun, into = factories.company("Acme Inc", "NYSE:ACM"), factories.company("Bolt")

    workflow.merge(noun, into, by=factories.person(Role.EDITOR))

    assert words(into) == {"bolt", "acme", "inc", "acm"}


def test_story_is_found_by_headline_slug_and_key() -> None:
    article = factories.draft(headline="Prices rise", slug="price-rise")
    assert words(article) == {"prices", "rise", "price", article.public_key}

    workflow.save(article, {"headline": "Prices fall"}, by=article.created_by)

    assert words(article) == {"prices", "fall", "price", "rise", article.public_key}


def test_saving_without_a_change_of_name_writes_no_word(django_assert_num_queries: Any) -> None:
    author = factories.author("Ada Smith")

    # A savepoint and its end, the address before and after, the row, its words: and nothing more to write.
    with django_assert_num_queries(6):
        author.save()


def test_redirect_is_found_as_it_is_read() -> None:
    redirect = Redirect.objects.create(path="/日本/", topic=factories.topic())

    assert words(redirect) == {"日本", "本"}


def test_command_notes_what_was_loaded_by_sql() -> None:
    company, article = factories.company("Acme", "NYSE:ACM"), factories.draft(headline="Acme")
    known = set(Word.objects.values_list("noun", "key", "word"))
    Word.objects.all().delete()
    Word.objects.create(noun="company", key=company.pk, word="wrong")

    call_command("index_desk")

    assert words(company) == {"acme", "acm"}
    assert words(article) == {"acme", article.public_key}
    assert set(Word.objects.values_list("noun", "key", "word")) == known


def test_everything_with_a_list_at_the_desk_can_be_found() -> None:
    searched = {model for model, room in admin.site._registry.items() if room.search_fields}
    own = {model for model in searched if issubclass(model, Findable)}

    assert {model._meta.model_name for model in own} == {
        *("article", "author", "company", "exchange", "image", "person", "redirect", "section", "source", "topic"),
    }
    for model in own:
        assert tuple(admin.site._registry[model].search_fields) == model.word_columns


@pytest.mark.parametrize(
    ("prefix", "found"),
    [("al", ["al", "alä", "al\U0001f600"]), ("Al", ["Al"]), ("al_", []), ("al%", []), ("b", ["b"])],
)
def test_begins_compares_bytes(prefix: str, found: list[str]) -> None:
    for word in ("al", "Al", "alä", "al\U0001f600", "a", "am", "b"):
        Word.objects.create(noun="test", key=1, word=word)

    assert sorted(Word.objects.filter(word__begins=prefix).values_list("word", flat=True)) == sorted(found)


def test_a_query_set_of_stories_keeps_its_words_too() -> None:
    article = factories.draft(headline="Old")

    Article.objects.filter(pk=article.pk).update(headline="New words")

    assert words(article) == {"new", "words", article.public_key}


def test_companies_noted_together_take_few_queries(django_assert_max_num_queries: Any) -> None:
    companies = [factories.company(f"Company {name}", f"NYSE:{name}") for name in "ABCDE"]
    Word.objects.all().delete()

    with django_assert_max_num_queries(6):
        Company.note_words([company.pk for company in companies])

    assert [words(company) for company in companies] == [{"company", name.lower()} for name in "ABCDE"]
