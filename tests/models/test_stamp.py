"""Every printed field of every public noun advances the public stamp, whoever writes it, and nothing else does."""

import pytest
from django.apps import apps
from django.db import models

from articles.models import Edition
from articles.models.price_stamp import PRICED
from articles.models.stamp import INSTANTS, PUBLIC, watched
from articles.models.watched import Collected, Watched
from tests.factories import author
from tests.models.stamps import OTHERS, ROWS, WRITES, fields_of, model_of, noted_for, seen, thaw

pytestmark = pytest.mark.django_db

PARTLY = [noun for noun, rules in PUBLIC.items() if not rules.whole]
WHOLE = [noun for noun, rules in PUBLIC.items() if rules.whole]
#: A name says what it is filed as whenever a row is saved, whatever stood there.
DERIVED = {("filed_as", way) for way in ("save", "save of the field", "upsert")}
CHANGES = [
    (noun, field.name, way)
    for noun in PARTLY
    for field in fields_of(noun)
    for way in WRITES
    if (field.name, way) not in DERIVED
]
WHOLE_CHANGES = [(noun, way) for noun in WHOLE for way in WRITES if way != "upsert"]
#: Times and days in public nouns at which nothing changes by itself.
QUIET = {
    ("edition", "embargo_at"),
    ("edition", "updated_at"),
    ("edition", "released_at"),
    ("editionauthor", "first_published_at"),
    ("editioncompany", "first_published_at"),
    ("editionperson", "first_published_at"),
    ("editiontopic", "first_published_at"),
    *(("companyname", name) for name in ("from_on", "until_on")),
    ("exchangeday", "date"),
    ("image", "uploaded_at"),
}
#: What readers never see: the desk's own, and what is derived from public nouns.
PRIVATE = {
    *("article", "articlecompany", "articleperson", "articletopic", "byline", "relatedstory", "article_people"),
    *("revision", "savedtext", "transition", "word"),
    *("publicstamp", "nounchange", "publicmark", "publicwait", "fragment"),
    *("purge", "purgewatch", "unpurged"),
    *("aliasrule", "dismissedmention"),
    *("filerecord", "quotesource", "doubtfulquote", "nameschange"),
    # Readers see prices, under a stamp of their own.
    *("pricestamp", "pricemark", *PRICED),
}


def test_every_model_is_public_or_private() -> None:
    models_here = apps.get_app_config("articles").get_models(include_auto_created=True)
    assert {model._meta.model_name for model in models_here} | PRIVATE == set(PUBLIC) | PRIVATE


def test_every_field_is_printed_or_not() -> None:
    for noun, rules in PUBLIC.items():
        named = [*rules.printed, *rules.unprinted]
        assert sorted(named) == ([] if rules.whole else sorted(field.name for field in fields_of(noun))), noun
        assert noun in WHOLE or sorted(OTHERS[noun]) == sorted(named)


def test_every_public_noun_is_watched_and_no_other_is() -> None:
    for model in apps.get_app_config("articles").get_models(include_auto_created=True):
        found = [constraint for constraint in model._meta.constraints if isinstance(constraint, Watched)]
        noun = str(model._meta.model_name)
        assert found == ([watched(noun)] if noun in PUBLIC else [])


def test_every_time_of_a_public_noun_is_an_instant_or_quiet() -> None:
    times = {(noun, field.name) for noun in PUBLIC for field in fields_of(noun) if isinstance(field, models.DateField)}
    assert times == {(instant.noun, instant.field) for instant in INSTANTS} | QUIET


def test_nothing_was_ever_public() -> None:
    assert (seen().counter, seen().nonce, seen().changes) == (0, "", {})


@pytest.mark.parametrize(("noun", "field", "way"), CHANGES)
def test_printed_field_advances_the_stamp_and_no_other_field_does(noun: str, field: str, way: str) -> None:
    row, value = ROWS[noun](), OTHERS[noun][field]()
    keys, stored = noted_for(noun, row), model_of(noun)._default_manager.filter(pk=row.pk).values(field)
    was, before = stored.get(), seen()
    WRITES[way](row, field, value)
    after = seen()
    assert stored.get() != was
    row.refresh_from_db()
    is_printed = field in PUBLIC[noun].printed
    assert before.is_before(after) == is_printed
    assert before.noted_until(after) == (keys | noted_for(noun, row) if is_printed and keys else set())


@pytest.mark.parametrize("noun", PARTLY)
@pytest.mark.parametrize("way", WRITES)
def test_writing_what_is_there_advances_nothing(noun: str, way: str) -> None:
    row = model_of(noun)._default_manager.get(pk=ROWS[noun]().pk)
    before = seen()
    for field in fields_of(noun):
        WRITES[way](row, field.name, getattr(row, field.name))
    assert seen() == before


@pytest.mark.parametrize(("noun", "way"), WHOLE_CHANGES)
def test_any_change_of_an_edition_and_its_index_advances_the_stamp(noun: str, way: str) -> None:
    row = model_of(noun)._default_manager.get(pk=ROWS[noun]().pk)
    thaw(Edition)
    for field in fields_of(noun):
        before = seen()
        WRITES[way](row, field.name, getattr(row, field.name))
        after = seen()
        assert before.is_before(after), field
        assert before.noted_until(after) == noted_for(noun, row)


@pytest.mark.parametrize("noun", PARTLY)
def test_another_key_is_another_noun(noun: str) -> None:
    row = ROWS[noun]()
    before, keys = seen(), noted_for(noun, row)
    model_of(noun)._default_manager.filter(pk=row.pk).update(id=row.pk + 1000)
    after = seen()
    assert before.is_before(after)
    row.pk += 1000
    assert before.noted_until(after) == keys | noted_for(noun, row)


def test_constraint_is_what_it_watches() -> None:
    one = Watched(name="a_watched", printed=["name"], noted=[("a", "id")])
    assert one == Watched(name="a_watched", printed=("name",), noted=(("a", "id"),)) == one.clone()
    assert hash(one) == hash(one.clone())
    for other in (
        Watched(name="b_watched", printed=["name"], noted=[("a", "id")]),
        Watched(name="a_watched", printed=["slug"], noted=[("a", "id")]),
        Watched(name="a_watched", printed=["name"], noted=[("b", "id")]),
        Watched(name="a_watched", printed=["name"], noted=[("a", "id")], shows=True),
        Watched(name="a_watched", printed=["name"], noted=[("a", "id")], adds=True),
        Watched(name="a_watched", printed=["name"], noted=[("a", "id")], waits_for="at"),
        Collected(name="a_watched"),
        models.CheckConstraint(condition=models.Q(pk=1), name="a_watched"),
    ):
        assert one != other


def test_validation_leaves_watched_rows_alone() -> None:
    author().validate_constraints()
