"""What the database itself must refuse, as constraints that make their own triggers.

A trigger made by `RunSQL` vanishes without a word when SQLite remakes a table for a later migration. A constraint in
`Meta.constraints` is made again with the table, because Django asks every constraint for its SQL whenever it creates
one, the remade one included.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Model

_SQLITE = "CREATE TRIGGER %(name)s BEFORE UPDATE ON %(table)s BEGIN SELECT RAISE(ABORT, '%(message)s'); END"
# No "UPDATE OF column" and no WHEN clause: PostgreSQL would refuse to alter a column that a trigger names. Class 23514
# is a check violation, which Django raises as IntegrityError.
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION %(function)s() RETURNS trigger LANGUAGE plpgsql AS $frozen$
BEGIN RAISE EXCEPTION '%(message)s' USING ERRCODE = '23514'; END $frozen$;
CREATE TRIGGER %(name)s BEFORE UPDATE ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(function)s()
"""


class Frozen(BaseConstraint):
    """Refuse every UPDATE of a row, whoever asks: a save, `QuerySet.update()` or raw SQL.

    Rows may still be inserted and deleted: a DELETE trigger would break the flush of Django's test runner on SQLite,
    so models that keep their rows for ever refuse deletion in Python. Raises `django.db.IntegrityError`.
    """

    def __eq__(self, other: object) -> bool:
        # Without it `makemigrations` would find the constraint changed every time.
        return self.name == other.name if isinstance(other, Frozen) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Queue the trigger to be made after the table, which this is called while making."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Return the statement that makes the trigger."""
        template = _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE
        return Statement(
            template,
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
            function=schema_editor.quote_name(f"{self.name}_refuse"),
            message=f"{self.name}: these rows are never changed",
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Return the statement that drops the trigger (on SQLite it goes with the table that is remade)."""
        template = "DROP TRIGGER IF EXISTS %(name)s ON %(table)s; DROP FUNCTION IF EXISTS %(function)s()"
        return Statement(
            template,
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
            function=schema_editor.quote_name(f"{self.name}_refuse"),
        )

    def validate(
        self,
        model: type[Model],
        instance: Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Accept everything: a row that is about to be changed is the database's to refuse."""
