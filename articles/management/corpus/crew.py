"""Who fills the shelves: this process, or several side by side, for one keeps one core busy and the database waits.

Nothing of Django's is imported with this module: a process that starts reads it before its settings.
"""

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread

#: Shelves between two checkpoints of SQLite's write-ahead log.
_BETWEEN_CHECKPOINTS = 20
_fill: Callable[[int], int]


def fill(shelves: Mapping[int, int], articles: int, seed: int, processes: int = 1) -> Iterator[int]:
    """Make what is missing on some shelves of a corpus, and yield after each how many stories were.

    Each shelf is a transaction: an interrupted run keeps what it has done, and the next one goes on from there.
    """
    from articles.management.corpus.shelves import Filler

    filler = Filler(articles, seed)  # makes the nouns, which other processes then find
    if processes > 1 and len(shelves) > 1:
        yield from _fill_side_by_side(list(shelves), articles, seed, processes)
    else:
        yield from map(filler.fill, shelves)


def _fill_side_by_side(shelves: list[int], articles: int, seed: int, processes: int) -> Iterator[int]:
    from django.db import connection

    # Started anew and not forked: a fork would share connections.
    pool = ProcessPoolExecutor(
        min(processes, len(shelves)),
        get_context("spawn"),
        initializer=_begin,
        initargs=(str(connection.settings_dict["NAME"]), articles, seed),
    )
    try:
        for number, shelf in enumerate(as_completed([pool.submit(_work, shelf) for shelf in shelves]), start=1):
            yield shelf.result()
            if not number % _BETWEEN_CHECKPOINTS:
                _checkpoint()
    finally:
        pool.shutdown(cancel_futures=True)


def _checkpoint() -> None:
    """Let SQLite bring its write-ahead log into the database. With several writers there is never a moment for it."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _begin(database: str, articles: int, seed: int) -> None:
    """Prepare this process, which works on the same database as the one that started it."""
    global _fill  # noqa: PLW0603  - what a process has once
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started it is told, too, and ends the others
    Thread(target=_end_with_parent, daemon=True).start()
    import django

    django.setup()
    from django.db import connection

    # A test's database has another name than the settings say.
    connection.settings_dict["NAME"] = database
    from articles.management.corpus.shelves import Filler

    _fill = Filler(articles, seed).fill


def _work(shelf: int) -> int:
    return _fill(shelf)


def _end_with_parent() -> None:
    """Leave with the process that started this one, however it ended; an unfinished shelf is rolled back."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
