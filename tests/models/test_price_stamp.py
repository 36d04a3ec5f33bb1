"""Every way of writing prices advances the price stamp, and leaves the public stamp and its caches alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from articles import reading
from articles.models import DailyPrice, Listing, Quote, ReferenceRate, Split
from articles.models.price_stamp import LATE, PRICED, SETTLED, Priced, PriceMark, PricesCollected, ToldLate, priced
from articles.models.stamp import PUBLIC
from tests.factories import company
from tests.models.stamps import AT, seen
from tests.models.test_stamp import PRIVATE

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 24)


def prices() -> str:
    """Return what tells the state of the prices from another."""
    return reading.stamp(AT, prices=True).prices


def listing() -> Listing:
    return Listing.objects.filter(symbol="BABA").first() or Listing.objects.get(company=company("", "NYSE:BABA"))


def unsaved_quote(**fields: Any) -> Quote:
    now = timezone.now()
    values = {"listing": listing(), "price": Decimal(80), "currency": "USD", "as_of": now, "received_at": now}
    return Quote(**(values | {"provider": "a file"} | fields))


def unsaved_price() -> DailyPrice:
    return DailyPrice(listing=listing(), date=DAY, close=Decimal("82.5"), currency="USD")


def unsaved_rate() -> ReferenceRate:
    return ReferenceRate(currency="USD", date=DAY, rate=Decimal("1.05"))


def unsaved_split() -> Split:
    return Split(listing=listing(), date=DAY, new=10)


#: A row of every noun whose rows are prices, and a field with another value.
ROWS: dict[str, tuple[Callable[[], Any], str, Any]] = {
    "dailyprice": (unsaved_price, "close", Decimal("83.5")),
    "quote": (unsaved_quote, "price", Decimal("81.5")),
    "referencerate": (unsaved_rate, "rate", Decimal("1.06")),
    "split": (unsaved_split, "new", 20),
}
CHANGED = [noun for noun in PRICED if noun != "quote"]


def key_of(row: Any) -> dict[str, Any]:
    return {"date": row.date} if isinstance(row, DailyPrice | ReferenceRate) else {"id": row.pk}


def _save(row: Any) -> None:
    row.save()


def _bulk(row: Any) -> None:
    type(row)._default_manager.bulk_create([row])


def _raw(row: Any) -> None:
    fields = [
        field for field in row._meta.concrete_fields if field.column and not field.generated and field.name != "id"
    ]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{row._meta.db_table}" ({columns}) VALUES ({marks})', values)


def _update(row: Any, field: str, value: Any) -> None:
    type(row)._default_manager.filter(**key_of(row)).update(**{field: value})


def _save_change(row: Any, field: str, value: Any) -> None:
    setattr(row, field, value)
    row.save()


def _raw_update(row: Any, field: str, value: Any) -> None:
    column = row._meta.get_field(field)
    stored = column.get_db_prep_save(value, connection)
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{row._meta.db_table}" SET "{column.column}" = %s', [stored])


def _upsert(row: Any, field: str, value: Any) -> None:
    setattr(row, field, value)
    unique = ["id"] if not isinstance(row, DailyPrice | ReferenceRate) else [key.name for key in row._meta.pk_fields]
    type(row)._default_manager.bulk_create([row], update_conflicts=True, update_fields=[field], unique_fields=unique)


def _delete(row: Any) -> None:
    row.delete()


def _raw_delete(row: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{row._meta.db_table}"')


def test_every_model_is_public_priced_or_private() -> None:
    known = apps.get_app_config("articles").get_models(include_auto_created=True)
    names = {str(model._meta.model_name) for model in known}
    assert set(PRICED) <= PRIVATE
    assert names <= set(PUBLIC) | PRIVATE
    assert not set(PUBLIC) & set(PRICED)
    assert set(ROWS) == set(PRICED)


def test_every_priced_noun_advances_the_stamp_and_no_other_does() -> None:
    for model in apps.get_app_config("articles").get_models(include_auto_created=True):
        found = [constraint for constraint in model._meta.constraints if isinstance(constraint, Priced)]
        noun = str(model._meta.model_name)
        assert found == ([priced(noun)] if noun in PRICED else [])


def test_no_price_was_ever_stored() -> None:
    assert prices() == "0--202001010000"


@pytest.mark.parametrize("noun", PRICED)
@pytest.mark.parametrize("way", [_save, _bulk, _raw])
def test_a_new_price_advances_the_price_stamp_and_nothing_else(noun: str, way: Callable[[Any], None]) -> None:
    row = ROWS[noun][0]()
    public, before = seen(), prices()
    way(row)
    assert type(row)._default_manager.count() == 1
    assert prices() != before
    assert seen() == public


@pytest.mark.parametrize("noun", CHANGED)
@pytest.mark.parametrize("way", [_save_change, _update, _raw_update, _upsert])
def test_a_changed_price_advances_the_price_stamp_and_nothing_else(
    noun: str, way: Callable[[Any, str, Any], None]
) -> None:
    make, field, value = ROWS[noun]
    row = make()
    row.save()
    public, before = seen(), prices()
    way(row, field, value)
    assert type(row)._default_manager.values_list(field, flat=True).get() == value
    assert prices() != before
    assert seen() == public


@pytest.mark.parametrize("noun", PRICED)
@pytest.mark.parametrize("way", [_delete, _raw_delete])
def test_a_price_that_is_deleted_advances_the_price_stamp(noun: str, way: Callable[[Any], None]) -> None:
    row = ROWS[noun][0]()
    row.save()
    public, before = seen(), prices()
    way(row)
    assert prices() != before
    # A story may have printed a quote; what else there is of prices no story prints.
    assert (seen() == public) == (noun != "quote")


def test_a_quote_is_never_changed() -> None:
    row = unsaved_quote()
    row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.update(price=1)


def test_a_quote_that_is_told_late_changes_what_stories_may_print() -> None:
    assert LATE < SETTLED
    listing()
    public, told_at = seen(), timezone.now() - LATE
    unsaved_quote(received_at=told_at + timedelta(seconds=15)).save()
    assert seen() == public
    unsaved_quote(received_at=told_at - timedelta(seconds=2), provider="late").save()
    after = seen()
    assert public.is_before(after)
    assert after.changes == public.changes


def test_the_minute_is_part_of_the_stamp_and_the_second_is_not() -> None:
    moment = datetime(2026, 11, 24, 17, 50, tzinfo=UTC)
    told = [reading.stamp(moment + timedelta(seconds=seconds), prices=True) for seconds in (0, 59.9, 60)]
    assert told[0] == told[1] != told[2]
    assert told[0].key != told[2].key
    assert told[0].token == told[2].token
    assert {reading.stamp(stamp.at).key for stamp in told} == {told[0].token}


def test_a_price_that_comes_back_has_another_stamp() -> None:
    tokens = {prices()}
    for _time in range(3):
        row = unsaved_rate()
        row.save()
        tokens.add(prices())
        ReferenceRate.objects.all().delete()
        tokens.add(prices())
    assert len(tokens) == 7


def test_constraints_are_what_they_watch() -> None:
    for one in (priced("a"), PricesCollected(name="a_priced"), ToldLate(name="a_priced")):
        assert one == one.clone()
        assert hash(one) == hash(one.clone())
    assert (
        len({repr(c.deconstruct()) for c in (priced("a"), PricesCollected(name="a_priced"), ToldLate(name="b"))}) == 3
    )
    assert priced("a") != models.CheckConstraint(condition=models.Q(pk=1), name="a_priced")
    unsaved_rate().validate_constraints()


@pytest.mark.needs_postgres
@pytest.mark.django_db(transaction=True)
def test_a_transaction_advances_the_price_stamp_once() -> None:
    unsaved_rate().save()
    before = int(prices().partition("-")[0])
    with transaction.atomic():
        unsaved_price().save()
        unsaved_split().save()
        Split.objects.update(new=7)
    assert int(prices().partition("-")[0]) == before + 1
    assert list(PriceMark.objects.all()) == []
    with transaction.atomic(), connection.cursor() as cursor:
        for new in (8, 9):
            Split.objects.update(new=new)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert int(prices().partition("-")[0]) == before + 3


@pytest.mark.needs_postgres
@pytest.mark.django_db(transaction=True)
def test_truncating_advances_both_stamps() -> None:
    unsaved_quote().save()
    public, before = seen(), prices()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE articles_quote")
    assert prices() != before
    assert public.is_before(seen())
