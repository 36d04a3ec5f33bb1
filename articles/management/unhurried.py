"""Statements that may take as long as they need."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def unhurried(connection: Any) -> Iterator[None]:
    """Lift the limits that requests are held to: a million rows take longer than four seconds.

    The limit on waiting for locks stays, since whoever waits for a table keeps all others waiting behind.
    """
    if connection.vendor != "postgresql":
        yield
        return
    # Without the last one, the server would go on with the statement of a process that was killed.
    lifted = {"statement_timeout": "0", "idle_in_transaction_session_timeout": "0"}
    lifted["client_connection_check_interval"] = "1s"
    with connection.cursor() as cursor:
        for name, value in lifted.items():
            cursor.execute(f"SET {name} = '{value}'")
        raw, patience = connection.connection, getattr(connection.connection, "patience", None)
        raw.patience = None
        try:
            yield
        finally:
            raw.patience = patience
            if connection.connection is raw and not raw.closed:
                for name in lifted:
                    raw.execute(f"RESET {name}")
