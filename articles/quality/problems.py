"""A problem that stops a verb, in an editor's words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend: the form field it concerns ("" for none) and what to do about it."""

    field: str
    message: str

    def __str__(self) -> str:
        return self.message
