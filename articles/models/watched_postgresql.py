"""The triggers of watched rows on PostgreSQL: marks at the commit, and behind them one advance of the stamp.

Nothing is remembered but the marks, so whoever sets constraints to immediate gets an advance at once, as many times
as wanted. No "UPDATE OF column" and no WHEN clause: PostgreSQL would refuse to alter a column that a trigger names.
What is printed is compared as JSON, because a session that has run a function of PL/pgSQL once goes on with the types
that columns had then, and fails when a migration has altered one.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from articles.models.watched import Collected, Watched

_FAR: Final = "clock_timestamp() + interval '10 minutes'"
# Marks are keyed by their transaction, so that no transaction ever waits for the marks of another one. The mark
# without a noun is what calls for the advance: it comes with the others, in one statement.
# A plan that was made while a table was small would read all of it for every row once it has grown: no such scans.
_WATCH: Final = """
CREATE OR REPLACE FUNCTION "{name}_mark"() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $watched$
DECLARE nouns text[]; before jsonb; after jsonb;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF {unmarked} AND ({inserted}) THEN nouns := ARRAY[{new}'']; END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        {compared}
        IF {updated} THEN nouns := ARRAY[{both}'']; END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF {deleted} THEN nouns := ARRAY[{old}'']; END IF;
    ELSE
        nouns := ARRAY[''];
    END IF;
    IF nouns IS NULL THEN RETURN NULL; END IF;
    INSERT INTO articles_publicmark (xact, noun)
    SELECT pg_current_xact_id()::text::bigint, noun FROM unnest(nouns) noun ON CONFLICT DO NOTHING;
    RETURN NULL;
END $watched$;
CREATE CONSTRAINT TRIGGER "{name}" AFTER {events} ON %(table)s DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION "{name}_mark"();
CREATE TRIGGER "{name}_truncate" AFTER TRUNCATE ON %(table)s
FOR EACH STATEMENT EXECUTE FUNCTION "{name}_mark"()
"""
# Of rows inserted by the thousand the first one says all there is to say.
_UNMARKED: Final = """
NOT EXISTS (SELECT FROM articles_publicmark WHERE xact = pg_current_xact_id()::text::bigint AND noun = '')
""".strip()
_COLLECT: Final = """
CREATE OR REPLACE FUNCTION "{name}_advance"() RETURNS trigger LANGUAGE plpgsql AS $collected$
DECLARE nouns text[]; latest bigint;
BEGIN
    WITH taken AS (
        DELETE FROM articles_publicmark WHERE xact = pg_current_xact_id()::text::bigint RETURNING noun
    ) SELECT array_agg(noun) INTO nouns FROM taken;
    IF nouns IS NULL THEN RETURN NULL; END IF;
    INSERT INTO articles_publicstamp AS stamp (id, counter, nonce, changed_at)
    VALUES (1, 1, left(replace(gen_random_uuid()::text, '-', ''), 16), clock_timestamp())
    ON CONFLICT (id) DO UPDATE
    SET counter = stamp.counter + 1, nonce = excluded.nonce, changed_at = clock_timestamp()
    RETURNING counter INTO latest;
    INSERT INTO articles_nounchange (noun, counter)
    SELECT noun, latest FROM unnest(nouns) noun WHERE noun <> ''
    ON CONFLICT (noun) DO UPDATE SET counter = excluded.counter;
    RETURN NULL;
END $collected$;
CREATE CONSTRAINT TRIGGER "{name}" AFTER INSERT ON %(table)s DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.noun = '') EXECUTE FUNCTION "{name}_advance"()
"""


def watch(watched: "Watched", model: Any) -> Iterable[str]:
    """Return the SQL that makes the triggers of a table."""
    table = _Table(watched, model)
    yield _WATCH.format(
        name=watched.name,
        events="INSERT OR UPDATE OR DELETE" if watched.shows else "UPDATE OR DELETE",
        unmarked="true" if watched.adds else _UNMARKED,
        compared=table.compared(),
        inserted=table.all_of(table.shown(), table.near("NEW")),
        updated=table.all_of(table.changed(), table.near("OLD", "NEW")),
        deleted=table.all_of(table.near("OLD")),
        new=table.keys("NEW") if watched.adds else "",
        both=table.keys("OLD", "NEW"),
        old=table.keys("OLD"),
    )


def unwatch(watched: "Watched") -> str:
    """Return the SQL that drops the triggers of a table."""
    return f"""
DROP TRIGGER IF EXISTS "{watched.name}" ON %(table)s;
DROP TRIGGER IF EXISTS "{watched.name}_truncate" ON %(table)s;
DROP FUNCTION IF EXISTS "{watched.name}_mark"()
"""


def collect(collected: "Collected") -> Iterable[str]:
    """Return the SQL that makes the trigger of the marks."""
    yield _COLLECT.format(name=collected.name)


def uncollect(collected: "Collected") -> str:
    """Return the SQL that drops the trigger of the marks."""
    return f"""
DROP TRIGGER IF EXISTS "{collected.name}" ON %(table)s;
DROP FUNCTION IF EXISTS "{collected.name}_advance"()
"""


class _Table:
    """The columns of a watched table, and the SQL that names them."""

    def __init__(self, watched: "Watched", model: Any) -> None:
        column = {field.name: field.column for field in model._meta.local_concrete_fields}
        self._watched = watched
        self._printed = [model._meta.pk.column, *(column[name] for name in watched.printed)] if watched.printed else []
        self._noted = [(noun, column[name]) for noun, name in watched.noted]
        self._shows = column[watched.shows] if isinstance(watched.shows, str) else ""
        self._waits, self._waits_with, self._other = "", "", ("", "", "")
        own, _, other = watched.waits_for.partition("__")
        if other:
            related = model._meta.get_field(own).related_model._meta
            self._waits_with = column[own]
            self._other = related.db_table, related.pk.column, related.get_field(other).column
        elif own:
            self._waits = column[own]

    @staticmethod
    def all_of(*conditions: str) -> str:
        """Return the condition that holds where all of these do; an empty one always does."""
        return " AND ".join(f"({condition})" for condition in conditions if condition) or "true"

    def shown(self) -> str:
        """Return the condition for rows that readers can see from their insertion on."""
        return f'NEW."{self._shows}"' if self._shows else ""

    def compared(self) -> str:
        """Return the statements that look at what is printed, before and after an update."""
        if not self._printed:
            return ""
        names = ", ".join(f"'{name}'" for name in self._printed)
        return f"""before := to_jsonb(OLD); after := to_jsonb(NEW);
        IF NOT after ?& ARRAY[{names}] THEN
            RAISE EXCEPTION '{self._watched.name}: a column has another name now; remove and add this constraint';
        END IF;"""

    def changed(self) -> str:
        """Return the condition for updates that change what is printed."""
        old, new = ([f"{row} -> '{name}'" for name in self._printed] for row in ("before", "after"))
        return f"ROW({', '.join(old)}) IS DISTINCT FROM ROW({', '.join(new)})" if old else ""

    def near(self, *rows: str) -> str:
        """Return the condition for rows that do not wait for an instant far away."""
        if self._waits:
            return " OR ".join(f'{row}."{self._waits}" <= {_FAR}' for row in rows)
        if self._waits_with:
            table, key, instant = self._other
            keys = ", ".join(f'{row}."{self._waits_with}"' for row in rows)
            # What was deleted with its edition is the edition's to tell.
            return f'EXISTS (SELECT FROM "{table}" WHERE "{key}" IN ({keys}) AND "{instant}" <= {_FAR})'
        return ""

    def keys(self, *rows: str) -> str:
        """Return the keys of the nouns whose change it is, each with a comma behind."""
        return "".join(f"'{noun}-' || {row}.\"{column}\", " for noun, column in self._noted for row in rows)
