"""Feeds by the rules of RSS 2.0 and by a feed reader that is not ours; sitemaps by their schema."""

import json
import subprocess
import sys
from io import BytesIO
from typing import Any

from lxml import etree

from tests.audit.tools import node_package, python_packages
from tests.audit.verdicts import Verdict
from tests.public.rss_rules import problems

_READ = """
import json, sys, feedparser
for line in sys.stdin:
    path, body = json.loads(line)
    feed = feedparser.parse(body.encode())
    dated = all(entry.get("published_parsed") and entry.get("id") and entry.get("link") for entry in feed.entries)
    print(json.dumps([path, repr(feed.bozo_exception) if feed.bozo else "", len(feed.entries), dated, feed.version]))
"""
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def judge_feeds(feeds: dict[str, bytes]) -> Verdict:
    """Check every feed by the rules of rssboard.org."""
    found = [f"{path}: {problem}" for path, body in feeds.items() for problem in problems(body)]
    return Verdict("rules of RSS 2.0", f"{len(feeds)} feeds", found)


def judge_reading(feeds: dict[str, bytes]) -> Verdict:
    """Let feedparser read every feed, and compare what it found with what is there."""
    verdict = Verdict("feedparser", f"{len(feeds)} feeds")
    lines = "".join(json.dumps([path, body.decode()]) + "\n" for path, body in feeds.items())
    run = subprocess.run(
        [sys.executable, "-c", _READ], input=lines, env={"PYTHONPATH": str(python_packages())},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    for path, error, entries, dated, version in map(json.loads, run.stdout.splitlines()):
        items = len(etree.fromstring(feeds[path]).findall(".//item"))
        if error or version != "rss20":
            verdict.findings.append(f"{path}: {error or version}")
        if entries != items or not dated:
            verdict.findings.append(f"{path}: {entries} of {items} items were read, dates and links in all: {dated}")
    return verdict


def judge_sitemaps(documents: dict[str, bytes]) -> Verdict:
    """Check every sitemap by the schema of sitemaps.org, and the index by its rules."""
    schema = etree.XMLSchema(etree.parse(node_package("sitemap") / "schema" / "sitemap.xsd"))
    verdict = Verdict("schema of sitemaps.org", "")
    count = 0
    for path, body in documents.items():
        tree = etree.parse(BytesIO(body))
        root = etree.QName(tree.getroot())
        if root.namespace != _SITEMAPS:
            continue
        count += 1
        if root.localname == "sitemapindex":
            locations = tree.getroot().findall(f"{{{_SITEMAPS}}}sitemap/{{{_SITEMAPS}}}loc")
            if not locations or len(locations) != len(tree.getroot()):
                verdict.findings.append(f"{path}: not every entry of the index has a location")
            continue
        # The schema of the news extension is published at an address only; the rest is checked without it.
        etree.strip_elements(tree, f"{{{_NEWS}}}news")
        if len(tree.getroot()) and not schema.validate(tree):
            errors: Any = schema.error_log
            verdict.findings += [f"{path}: {error.message}" for error in errors]
    verdict.looked_at = f"{count} sitemaps"
    return verdict
