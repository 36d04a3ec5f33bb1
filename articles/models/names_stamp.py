"""The stamp of names: it changes whenever what companies, listings and people are called may have changed.

The desk keeps all names in memory to find them in copy, and asks this small table whether they are still the same. As
with the public stamp (`articles.models.stamp`) the database itself keeps it, so that no loader can forget it. On
SQLite, which has one writer at a time, it is one row that counts; on PostgreSQL every transaction adds a row of its
own, so that none waits for another, and one that commits late is counted when it does.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db import models

from articles.models.triggers import Triggers

#: The columns by which copy may name somebody, by the name of the model. A row that comes or goes counts too.
NAMED: Final = {
    "company": ("name", "legal_name", "aliases", "merged_into", "kind"),
    "companyname": ("company", "name", "from_on", "until_on"),
    "listing": ("company", "exchange", "symbol", "listed_on", "delisted_on", "is_primary"),
    "exchange": ("mic", "short_name"),
    "person": ("name", "aliases", "merged_into"),
    "aliasrule": ("words", "company", "person", "verdict"),
}

_SQLITE: Final = """
CREATE TRIGGER "{name}_{key}" AFTER {event} ON %(table)s BEGIN
INSERT INTO articles_nameschange (xact, counter) VALUES (1, 1)
ON CONFLICT (xact) DO UPDATE SET counter = counter + 1; END
"""
# No "UPDATE OF column": PostgreSQL would refuse to alter a column that a trigger names. Compared as JSON, for a session
# that has run the function once goes on with the types that columns had then.
_POSTGRESQL: Final = """
CREATE OR REPLACE FUNCTION "{name}_note"() RETURNS trigger LANGUAGE plpgsql AS $named$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(OLD) - {others} = to_jsonb(NEW) - {others} THEN RETURN NULL; END IF;
    END IF;
    INSERT INTO articles_nameschange (xact, counter) VALUES (pg_current_xact_id()::text::bigint, 1)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $named$;
CREATE TRIGGER "{name}" AFTER INSERT OR DELETE OR TRUNCATE ON %(table)s
FOR EACH STATEMENT EXECUTE FUNCTION "{name}_note"();
CREATE TRIGGER "{name}_update" AFTER UPDATE ON %(table)s FOR EACH ROW EXECUTE FUNCTION "{name}_note"()
"""


class Named(Triggers):
    """Note in the stamp of names that a column by which copy names somebody was written, or a row came or went."""

    def __init__(self, *, name: str, columns: tuple[str, ...]) -> None:
        """Take the names of the fields."""
        super().__init__(name=name)
        self.columns = tuple(columns)

    def deconstruct(self) -> Any:
        """Return how to make it again."""
        path, args, options = super().deconstruct()
        return path, args, {**options, "columns": self.columns}

    def statements(self, model: Any, vendor: str) -> Iterable[str]:
        """Return the SQL that makes the triggers."""
        columns = ", ".join(f'"{model._meta.get_field(name).column}"' for name in self.columns)
        if vendor == "postgresql":
            fields = model._meta.local_concrete_fields
            others = [field.column for field in fields if field.name not in self.columns and not field.primary_key]
            listed = ", ".join(f"'{column}'" for column in others)
            yield _POSTGRESQL.format(name=self.name, others=f"ARRAY[{listed}]::text[]")
            return
        for key, event in (("insert", "INSERT"), ("delete", "DELETE"), ("update", f"UPDATE OF {columns}")):
            yield _SQLITE.format(name=self.name, key=key, event=event)

    def removal(self) -> str:
        """Return the SQL that drops the trigger and its function (PostgreSQL)."""
        return f"""
DROP TRIGGER IF EXISTS "{self.name}" ON %(table)s;
DROP TRIGGER IF EXISTS "{self.name}_update" ON %(table)s;
DROP FUNCTION IF EXISTS "{self.name}_note"()
"""


def named(noun: str) -> Named:
    """Return the constraint for the `Meta.constraints` of a noun that copy may name."""
    return Named(name=f"{noun}_named", columns=NAMED[noun])


class NamesChange(models.Model):
    """A row of the stamp of names; only triggers write it."""

    xact = models.BigIntegerField(primary_key=True)
    counter = models.BigIntegerField()

    class Meta:
        verbose_name = "change of names"
        verbose_name_plural = "changes of names"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.xact} {self.counter}"
