"""axe-core in a real browser, in both color schemes and on a narrow screen."""

from collections.abc import Iterator, Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.audit.verdicts import Verdict

SCHEMES = ("light", "dark")
WIDE, NARROW = (1280, 900), (390, 844)


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page that a browser shows: all its rules, best practice included."""
    # Fading colors would be measured halfway.
    page.emulate_media(reduced_motion="reduce")
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{violation['id']} ({violation['impact']}): {', '.join(node['target'][0] for node in violation['nodes'][:3])}"
        for violation in found["violations"]
    ]


def judge_accessibility(
    browser: Browser, address: str, paths: Sequence[str], *, name: str = "axe, public pages", state: Any = None
) -> Verdict:
    """Look at pages of a site in both schemes and widths; `state` is a browser's stored login."""
    seen: dict[str, list[str]] = {}
    views = 0
    for view, page in _views(browser, state):
        views += 1
        for path in paths:
            page.goto(address + path, wait_until="load")
            found = violations(page)
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append("wider than the screen")
            for violation in found:
                seen.setdefault(f"{path}: {violation}", []).append(view)
    findings = [
        f"{what} (in every view)" if len(where) == views else f"{what} ({'; '.join(where)})"
        for what, where in seen.items()
    ]
    return Verdict(name, f"{len(paths)} pages in {views} views", findings)


def _views(browser: Browser, state: Any) -> Iterator[tuple[str, Page]]:
    """Yield a page for each scheme and width, with the name of the view."""
    for scheme in SCHEMES:
        for width, height in (WIDE, NARROW):
            context = browser.new_context(
                color_scheme="dark" if scheme == "dark" else "light",
                viewport={"width": width, "height": height},
                storage_state=state,
            )
            yield f"{scheme}, {width} px", context.new_page()
            context.close()
