"""Ask outside judges about the demo newsroom: `make audit`.

The demo is loaded into a database of its own and served as in production. Ends with an error when a judge finds
anything; a judge that cannot be had on this machine is named as not asked. Writes its section of docs/measurements.md.
"""

import argparse
import re
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests.audit import accessibility, feeds, markup, scores, tools
from tests.audit.crawl import Crawled, crawl, judge_links
from tests.audit.verdicts import Verdict, grouped
from tests.measurements import table, write_section
from tests.serving import Server, Site, free_port

MISSING = "/no-such-page/"
#: What these addresses answer; all others answer 200.
EXPECTED = {MISSING: 404, "/favicon.ico": 302}
JUDGES = ("links", "markup", "feeds", "sitemaps", "axe", "lighthouse")
#: Pages of a kind that axe looks at.
OF_A_KIND = 4
ARTICLES = 12
#: First parts of addresses that are pages of their own and no section's.
FIXED = ("latest", "corrections", "feeds", "companies", "people")


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the demo, ask the judges, print what they found and keep it."""
    options = _options(arguments)
    password = secrets.token_urlsafe(12)
    with tempfile.TemporaryDirectory(prefix="newsroom-audit-") as folder:
        port = free_port()
        site = Site(Path(folder), f"http://127.0.0.1:{port}", variables={"DEMO_PASSWORD": password})
        site.manage("migrate", "--verbosity", "0")
        site.manage("load_demo")
        site.collect_static()
        with site.serving(port) as server:
            verdicts = list(_verdicts(server, options.judges, password))
    text = _text(verdicts)
    print(f"\n{text}")  # noqa: T201
    if set(options.judges) == set(JUDGES):
        write_section("audit", "Outside judges", f"`make audit`, the demo newsroom.\n\n{text}")
    sys.exit(1 if any(verdict.findings for verdict in verdicts) else 0)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description="Ask outside judges about the demo.")
    parser.add_argument("judges", nargs="*", choices=[*JUDGES, []], default=list(JUDGES), help="all by default")
    return parser.parse_args(arguments)


def _verdicts(server: Server, judges: Sequence[str], password: str) -> Iterator[Verdict]:
    found = crawl(server, (MISSING,))
    all_feeds = found.of_type("application/rss+xml")
    documents = found.of_type("application/xml") | found.of_type("text/xml")
    ask: dict[str, list[tuple[str, Callable[[], Verdict]]]] = {
        "links": [("links", lambda: judge_links(found, EXPECTED))],
        "markup": [("Nu Html Checker", lambda: markup.judge_markup(found.pages, server.site.folder / "pages"))],
        "feeds": [
            ("rules of RSS 2.0", lambda: feeds.judge_feeds(all_feeds)),
            ("feedparser", lambda: feeds.judge_reading(all_feeds)),
        ],
        "sitemaps": [("schema of sitemaps.org", lambda: feeds.judge_sitemaps(documents))],
        "lighthouse": [("Lighthouse", lambda: _score(server, found))],
    }
    for name in judges:
        for judge, question in ask.get(name, []):
            yield _asked(judge, question)
    if "axe" in judges:
        yield from _look(server, found, password)


def _asked(judge: str, question: Callable[[], Verdict]) -> Verdict:
    try:
        return question()
    except tools.Absent as absent:
        return Verdict(judge, absent=str(absent))


def _score(server: Server, found: Crawled) -> Verdict:
    by_kind = kinds(found.pages)
    paths = ["/", by_kind["section"][0], by_kind["article"][0]]
    return scores.judge_scores(server.site.url, paths, tools.chromium())


def _look(server: Server, found: Crawled, password: str) -> Iterator[Verdict]:
    """Look at some pages of every kind, and at the desk."""
    try:
        chromium = tools.chromium()
    except tools.Absent as absent:
        yield Verdict("axe", absent=str(absent))
        return
    by_kind = kinds(found.pages)
    public = [MISSING, *by_kind.pop("article")[:ARTICLES], *by_kind.pop("fixed")]
    public += [path for some in by_kind.values() for path in some[:OF_A_KIND]]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield accessibility.judge_accessibility(browser, server.site.url, public)
        state, desk = _log_in(browser, server.site.url, password)
        yield accessibility.judge_accessibility(browser, server.site.url, desk, name="axe, the desk", state=state)
        browser.close()


def _log_in(browser: Browser, address: str, password: str) -> tuple[Any, list[str]]:
    """Log in as the demo's administrator; return the browser's state and the desk's pages to look at."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/desk/")
    page.get_by_label(re.compile("user", re.IGNORECASE)).fill("ada")
    page.locator("input[type=password]").fill(password)
    page.locator("[type=submit]").first.click()
    page.wait_for_url(f"{address}/desk/")
    found = ["/desk/", *_desk_pages(page, address)]
    state = context.storage_state()
    context.close()
    return state, list(dict.fromkeys(found))


def _desk_pages(page: Page, address: str) -> Iterator[str]:
    """Yield the list of each noun, its empty form, its first entry, and what an entry of a story leads to."""
    for noun in [path for path in _paths(page, "a") if re.fullmatch(r"/desk/\w+/\w+/", path)]:
        page.goto(address + noun)
        entries = [path for path in _paths(page, "main tbody a, #content tbody a") if path.startswith(noun)]
        forms = [path for path in _paths(page, "a[href*='/add/']") if path == f"{noun}add/"]
        yield from (noun, *forms[:1], *entries[:1])
        if noun.endswith("/article/") and entries:
            page.goto(address + entries[0])
            story = entries[0].removesuffix("change/")
            yield from (path for path in _paths(page, "a") if path.startswith(story))


def _paths(page: Page, selector: str) -> list[str]:
    found = page.eval_on_selector_all(selector, "links => links.map(link => link.pathname)")
    return list(dict.fromkeys(str(path) for path in found))


def kinds(pages: dict[str, bytes]) -> dict[str, list[str]]:
    """Return the paths of pages by the kind of page, the articles with the most markup first."""
    found: dict[str, list[str]] = {}
    for path in pages:
        parts = [part for part in urlsplit(path).path.split("/") if part]
        if len(parts) == 2:
            kind = parts[0] if parts[0] in ("companies", "people", "topics", "authors") else "article"
        else:
            kind = "section" if parts and parts[0] not in FIXED else "fixed"
        found.setdefault(kind, []).append(path)
    found.get("article", []).sort(key=lambda path: -pages[path].count(b"<"))
    return found


def _text(verdicts: Sequence[Verdict]) -> str:
    parts = [table(["judge", "looked at", "findings"], [verdict.summary for verdict in verdicts])]
    for verdict in verdicts:
        if verdict.findings:
            parts.append(f"{verdict.judge}:\n\n" + "\n".join(f"- {line}" for line in grouped(verdict.findings)))
        if verdict.notes:
            parts.append("\n".join(f"- {line}" for line in verdict.notes))
    return "\n\n".join(parts)


if __name__ == "__main__":
    main()
