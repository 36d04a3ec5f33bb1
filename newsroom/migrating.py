"""Migrations of one database are run by one process at a time, for as long as they take."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.core.files import locks
from django.core.management.base import CommandError

from newsroom.checks import is_in_memory

#: What the processes agree on: "newsroom" in the alphabet of telephones.
KEY: Final = 63_977_666
#: Seconds between two looks at a file that another process has locked.
LOOK: Final = 0.2


@contextmanager
def alone(connection: Any, patience: int, tell: Callable[[str], Any]) -> Iterator[None]:
    """Hold the lock of migrations of a database; the end of this process, however it comes, gives it back.

    While another process holds it `tell` is told so, once. Raises `CommandError` after `patience` seconds.
    """
    if connection.vendor == "postgresql":
        with _server_lock(connection, patience, tell):
            yield
    elif is_in_memory(str(connection.settings_dict["NAME"])):
        yield
    else:
        with _file_lock(Path(f"{connection.settings_dict['NAME']}.migrating"), patience, tell):
            yield


@contextmanager
def _server_lock(connection: Any, patience: int, tell: Callable[[str], Any]) -> Iterator[None]:
    """Hold an advisory lock of PostgreSQL on a session of its own, in an open transaction.

    The session is no other's, so no migration can let go of the lock; the transaction keeps a pooler from giving the
    session away. It has no snapshot, so it keeps nothing from being vacuumed.
    """
    driver = connection.Database
    with driver.connect(**connection.get_connection_params()) as session:
        for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
            session.execute(f"SET LOCAL {name} = 0")
        session.execute(f"SET LOCAL lock_timeout = '{patience * 1000 or 1}ms'")  # 0 would be for ever
        ((is_free,),) = session.execute("SELECT pg_try_advisory_xact_lock(%s)", [KEY]).fetchall()
        if not is_free:
            tell(_waiting(patience))
            try:
                session.execute("SELECT pg_advisory_xact_lock(%s)", [KEY])
            except driver.errors.LockNotAvailable as error:
                raise CommandError(_given_up(patience)) from error
        yield


@contextmanager
def _file_lock(path: Path, patience: int, tell: Callable[[str], Any]) -> Iterator[None]:
    with path.open("a") as file:
        end, is_told = time.monotonic() + patience, False
        while not locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
            if not is_told:
                tell(_waiting(patience))
                is_told = True
            if time.monotonic() > end:
                raise CommandError(_given_up(patience))
            time.sleep(LOOK)
        yield


def _waiting(patience: int) -> str:
    return f"Another process migrates this database; waiting for it up to {patience} seconds."


def _given_up(patience: int) -> str:
    return (
        f"Another process has been migrating this database for more than {patience} seconds. Nothing was done here;"
        " run this again when that one has ended, or with a longer --lock-timeout."
    )
