"""Constraints that make triggers of their own, on SQLite and on PostgreSQL.

A constraint is made again with its table, as `articles.models.constraints` says.
"""

from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Model


class Triggers(BaseConstraint):
    """Triggers that are made with a table and validate nothing.

    Subclasses say which, and name in `deconstruct()` what decides about them: a change of it becomes a migration.
    """

    def statements(self, model: Any, vendor: str) -> Iterable[str]:
        """Return the SQL that makes the triggers; `%(table)s` stands for the table."""
        raise NotImplementedError

    def removal(self) -> str:
        """Return the SQL that drops them on PostgreSQL; on SQLite they go with the table that is remade."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return self.deconstruct() == other.deconstruct() if isinstance(other, Triggers) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Queue the triggers to be made after the table, which this is called while making."""
        for sql in self.statements(model, schema_editor.connection.vendor):
            schema_editor.deferred_sql.append(_statement(sql, model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Return the statement that makes the triggers on a table that is there already (PostgreSQL)."""
        sql = ";".join(self.statements(model, schema_editor.connection.vendor))
        return _statement(sql, model, schema_editor) if sql else None

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Return the statement that drops the triggers (PostgreSQL)."""
        return _statement(self.removal(), model, schema_editor)

    def validate(self, model: type[Model], instance: Model, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        """Accept everything: what a row may be is not for these triggers to say."""


def _statement(sql: str, model: Any, schema_editor: Any) -> Statement:
    return Statement(sql, table=Table(model._meta.db_table, schema_editor.quote_name))
