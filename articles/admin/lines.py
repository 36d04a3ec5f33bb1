"""Lists typed one item on a line."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.text.plain import clean_line


class LinesField(forms.CharField):
    """A list of texts, shown and typed one on a line. Empty lines and repetitions are left out."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 60})

    def __init__(self, *, check: Callable[[str], object] | None = None, **options: Any) -> None:
        """Take a validator for single items."""
        super().__init__(**options)
        self._check = check

    def prepare_value(self, value: Any) -> Any:
        """Return what stands in the text area."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Return the items; every bad line is named with its number."""
        lines = [clean_line(line) for line in (value or "").splitlines()]
        problems = [problem for number, line in enumerate(lines, 1) for problem in self._problems(number, line)]
        if problems:
            raise ValidationError(problems)
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is in the lines, not how they end."""
        try:
            return list(initial or []) != self.clean(data)
        except ValidationError:
            return True

    def _problems(self, number: int, line: str) -> list[ValidationError]:
        if not line or self._check is None:
            return []
        try:
            self._check(line)
        except ValidationError as problem:
            text = _("Line %(number)d, “%(line)s”: %(problem)s") % {
                "number": number,
                "line": line,
                "problem": " ".join(problem.messages),
            }
            return [ValidationError(text)]
        return []
