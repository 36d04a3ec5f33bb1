"""What a release should be asked about, though nothing of it forbids one: names, figures and sums that look wrong."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from articles.naming.decisions import Dismissal
from articles.naming.known import known
from articles.quality.copy import Copy
from articles.quality.mentions import mention_warnings
from articles.quality.money import money_warnings
from articles.quality.problems import Problem
from articles.quality.statements import statement_warnings


def warnings(content: Mapping[str, Any], at: datetime, dismissed: Collection[Dismissal]) -> list[Problem]:
    """Return what looks wrong in a story that readers have from `at` on, each warning once; twenty queries at most.

    `dismissed` is what somebody said of names in this story. Companies that nobody has confirmed are left out while the
    names are still being read.
    """
    return list(dict.fromkeys(_all(content, Copy.of(content, at), dismissed)))


def _all(content: Mapping[str, Any], copy: Copy, dismissed: Collection[Dismissal]) -> Iterator[Problem]:
    yield from statement_warnings(copy)
    yield from money_warnings(copy)
    finder = known().finder
    if finder is not None:
        yield from mention_warnings(content, copy, finder, dismissed)


def seal(found: Sequence[Problem]) -> str:
    """Return a short text that is another for other warnings: who accepts some has not accepted what came since."""
    return sha256("\n".join(map(str, found)).encode()).hexdigest()[:16] if found else ""
