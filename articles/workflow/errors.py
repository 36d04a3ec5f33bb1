"""Why a verb did not happen. Nothing has been written when one of these is raised."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from articles.quality.problems import Problem

if TYPE_CHECKING:
    from articles.models import Article


class NotAllowed(PermissionDenied):
    """The rules forbid it; the message says why."""


class StaleArticle(Exception):
    """Somebody else was faster: the story is no longer what this person looked at. `article` is what it is now."""

    def __init__(self, article: "Article") -> None:
        """Carry the present story for a form to show."""
        super().__init__(f"story {article.pk} has changed")
        self.article = article


class Refused(Exception):
    """The story is not fit for the verb. `problems` has everything there is to mend, at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Carry the problems."""
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = list(problems)


def refuse_if(problems: Sequence[Problem]) -> None:
    """Raise `Refused` when there is anything to mend."""
    if problems:
        raise Refused(problems)
