"""The price stamp: it changes whenever a stored price may have changed, and leaves the public stamp alone.

Only pages that print a current price depend on it, so a poll of quotes empties no other cache. As with the public
stamp (`articles.models.stamp`) the database itself keeps it: at once on SQLite, which has one writer at a time, and on
PostgreSQL at the commit, behind everything else, for who locks its one row earlier makes deadlocks.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.db import models

from articles.models.triggers import Triggers

#: Every noun whose rows are prices, by the name of its model.
PRICED: Final = ("dailyprice", "quote", "referencerate", "split")
#: How long before its first publication a story's page looks for the newest quote, and how old a quote may be when it
#: is stored without being late. Between the two there is room for a commit, and for clocks that differ.
SETTLED: Final = timedelta(seconds=60)
LATE: Final = timedelta(seconds=40)

_SQLITE: Final = """
CREATE TRIGGER "{name}_{event}" AFTER {event} ON %(table)s BEGIN
INSERT INTO articles_pricestamp (id, counter, nonce) VALUES (1, 1, lower(hex(randomblob(8))))
ON CONFLICT (id) DO UPDATE SET counter = counter + 1, nonce = excluded.nonce; END
"""
# One mark a statement, however many rows it loads.
_POSTGRESQL: Final = """
CREATE OR REPLACE FUNCTION "{name}_mark"() RETURNS trigger LANGUAGE plpgsql AS $priced$
BEGIN
    INSERT INTO articles_pricemark (xact) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $priced$;
CREATE TRIGGER "{name}" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %(table)s
FOR EACH STATEMENT EXECUTE FUNCTION "{name}_mark"()
"""
# Events that come up while those of the commit are worked off wait for the next round. Foreign keys are checked in the
# first, where a transaction can wait for rows that others have locked; the public stamp advances in the second. Prices
# come behind both, in the same order in every transaction.
_COLLECT: Final = """
CREATE OR REPLACE FUNCTION "{name}_advance"() RETURNS trigger LANGUAGE plpgsql AS $collected$
BEGIN
    IF NEW.round < 2 THEN
        UPDATE articles_pricemark SET round = NEW.round + 1 WHERE xact = NEW.xact;
        RETURN NULL;
    END IF;
    DELETE FROM articles_pricemark WHERE xact = NEW.xact;
    INSERT INTO articles_pricestamp AS stamp (id, counter, nonce)
    VALUES (1, 1, left(replace(gen_random_uuid()::text, '-', ''), 16))
    ON CONFLICT (id) DO UPDATE SET counter = stamp.counter + 1, nonce = excluded.nonce;
    RETURN NULL;
END $collected$;
CREATE CONSTRAINT TRIGGER "{name}" AFTER INSERT OR UPDATE ON %(table)s DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION "{name}_advance"()
"""
_LATE_SQLITE: Final = """
CREATE TRIGGER "{name}_{event}" AFTER {event} ON %(table)s {condition}BEGIN
INSERT INTO articles_publicstamp (id, counter, nonce, changed_at)
VALUES (1, 1, lower(hex(randomblob(8))), datetime('now'))
ON CONFLICT (id) DO UPDATE SET counter = counter + 1, nonce = excluded.nonce, changed_at = excluded.changed_at; END
"""
# Looked at again at the commit: a transaction may take long.
_LATE_POSTGRESQL: Final = """
CREATE OR REPLACE FUNCTION "{name}_mark"() RETURNS trigger LANGUAGE plpgsql AS $late$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.received_at >= clock_timestamp() - interval '{seconds} seconds' THEN RETURN NULL; END IF;
    END IF;
    INSERT INTO articles_publicmark (xact, noun) VALUES (pg_current_xact_id()::text::bigint, '') ON CONFLICT DO NOTHING;
    RETURN NULL;
END $late$;
CREATE CONSTRAINT TRIGGER "{name}" AFTER INSERT OR DELETE ON %(table)s DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION "{name}_mark"();
CREATE TRIGGER "{name}_truncate" AFTER TRUNCATE ON %(table)s FOR EACH STATEMENT EXECUTE FUNCTION "{name}_mark"()
"""


class Priced(Triggers):
    """Advance the price stamp with every statement that writes rows (PostgreSQL), or with every row (SQLite)."""

    def statements(self, model: Any, vendor: str) -> Iterable[str]:  # noqa: ARG002 - any column counts
        """Return the SQL that makes the triggers."""
        if vendor == "postgresql":
            yield _POSTGRESQL.format(name=self.name)
            return
        for event in ("INSERT", "UPDATE", "DELETE"):
            yield _SQLITE.format(name=self.name, event=event)

    def removal(self) -> str:
        """Return the SQL that drops the trigger and its function (PostgreSQL)."""
        return f'DROP TRIGGER IF EXISTS "{self.name}" ON %(table)s; DROP FUNCTION IF EXISTS "{self.name}_mark"()'


class ToldLate(Triggers):
    """Advance the public stamp with quotes that stories which are out may print: those told late, and those deleted.

    A story's page prints the quotes that the newsroom had `SETTLED` before its first publication, whenever it is asked
    for. So a quote must be there by then, or change the public stamp when it comes.
    """

    def statements(self, model: Any, vendor: str) -> Iterable[str]:  # noqa: ARG002 - it watches one table only
        """Return the SQL that makes the triggers."""
        seconds = int(LATE.total_seconds())
        if vendor == "postgresql":
            yield _LATE_POSTGRESQL.format(name=self.name, seconds=seconds)
            return
        late = f"WHEN NEW.received_at < datetime('now', '-{seconds} seconds') "
        yield _LATE_SQLITE.format(name=self.name, event="INSERT", condition=late)
        yield _LATE_SQLITE.format(name=self.name, event="DELETE", condition="")

    def removal(self) -> str:
        """Return the SQL that drops the triggers and their function (PostgreSQL)."""
        return (
            f'DROP TRIGGER IF EXISTS "{self.name}" ON %(table)s; '
            f'DROP TRIGGER IF EXISTS "{self.name}_truncate" ON %(table)s; DROP FUNCTION IF EXISTS "{self.name}_mark"()'
        )


class PricesCollected(Triggers):
    """Turn the mark of a transaction into one advance of the price stamp, behind everything else (PostgreSQL)."""

    def statements(self, model: Any, vendor: str) -> Iterable[str]:  # noqa: ARG002 - it watches one table only
        """Return the SQL that makes the trigger."""
        if vendor == "postgresql":
            yield _COLLECT.format(name=self.name)

    def removal(self) -> str:
        """Return the SQL that drops the trigger and its function."""
        return f'DROP TRIGGER IF EXISTS "{self.name}" ON %(table)s; DROP FUNCTION IF EXISTS "{self.name}_advance"()'


def priced(noun: str) -> Priced:
    """Return the constraint for the `Meta.constraints` of a noun whose rows are prices."""
    return Priced(name=f"{noun}_priced")


class PriceStamp(models.Model):
    """The one row of the price stamp; only triggers write it. A restored backup never repeats its nonce."""

    id = models.SmallIntegerField(primary_key=True)
    counter = models.BigIntegerField()
    nonce = models.CharField(max_length=16)

    class Meta:
        verbose_name = "price stamp"
        verbose_name_plural = "price stamps"
        default_permissions = ()
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="pricestamp_one_row"),)

    def __str__(self) -> str:
        return f"{self.counter} {self.nonce}"


class PriceMark(models.Model):
    """A transaction that writes prices and is about to commit (PostgreSQL); nobody else ever sees it."""

    xact = models.BigIntegerField(primary_key=True)
    round = models.SmallIntegerField(db_default=0)

    class Meta:
        verbose_name = "price mark"
        verbose_name_plural = "price marks"
        default_permissions = ()
        constraints = (PricesCollected(name="pricemark_collected"),)

    def __str__(self) -> str:
        return f"{self.xact}"
