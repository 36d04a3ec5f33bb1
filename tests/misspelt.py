"""Make a misspelt variable in one of our own templates fail the test that renders it."""

import sys
from pathlib import Path
from types import FrameType

from django.template import Node, TemplateSyntaxError

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


class MisspeltVariable(str):
    """Stand in for `string_if_invalid`: an error in our templates, Django's own empty text in all others.

    The stock admin is written to rely on silence for names that a context lacks, and so are our templates
    that extend it. Django asks whether this text is true before it prints it (`FilterExpression.resolve`), with
    the template's node on the stack: the file that the node came from decides.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return _is_ours(_template_being_rendered())

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, variable: object) -> str:
        raise TemplateSyntaxError(f"{_template_being_rendered()} names {variable}, which its context does not have.")


def _is_ours(template: Path | None) -> bool:
    if template is None or not template.is_relative_to(TEMPLATES):
        return False
    return template.relative_to(TEMPLATES).parts[0] not in {"admin", "registration"}


def _template_being_rendered() -> Path | None:
    """Return the file of the innermost template node on the stack."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if isinstance(node, Node) and origin is not None:
            return Path(origin.name)
        frame = frame.f_back
    return None
