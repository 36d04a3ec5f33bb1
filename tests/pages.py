"""Read pages in tests: find elements by tag, class and attribute, and what they say."""

import re
from typing import Any

from lxml import html

_STEP = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<rest>(?:\.[\w-]+|\[[^\]]+\])*)")


def parse(page: str | bytes) -> Any:
    """Return a page as a tree."""
    return html.document_fromstring(page.decode() if isinstance(page, bytes) else page)


def select(tree: Any, selector: str) -> list[Any]:
    """Return the elements that a selector finds: tags, `.class`, `[name=value]`, and descendants of them."""
    return list(tree.xpath("." + "".join(f"//{_step(part)}" for part in selector.split())))


def texts(tree: Any, selector: str) -> list[str]:
    """Return what each element says, blanks collapsed."""
    return [" ".join(element.text_content().split()) for element in select(tree, selector)]


def attributes(tree: Any, selector: str, name: str) -> list[str | None]:
    """Return an attribute of each element."""
    return [element.get(name) for element in select(tree, selector)]


def _step(part: str) -> str:
    match = _STEP.fullmatch(part)
    assert match, f"{part} is no selector that is understood here"
    conditions = ""
    for condition in re.findall(r"\.[\w-]+|\[[^\]]+\]", match["rest"]):
        if condition.startswith("."):
            conditions += f"[contains(concat(' ', normalize-space(@class), ' '), ' {condition[1:]} ')]"
        else:
            name, _equals, value = condition[1:-1].partition("=")
            conditions += f"[@{name}='{value}']" if value else f"[@{name}]"
    return (match["tag"] or "*") + conditions
