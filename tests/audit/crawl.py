"""Every page, feed and sitemap of a running site that links lead to, and the links that lead nowhere."""

from collections import deque
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html

from tests.audit.verdicts import Verdict
from tests.serving import Answer, Server

START = ("/", "/sitemap.xml", "/robots.txt", "/favicon.ico")
_ATTRIBUTES = ("href", "src", "action")


@dataclass(slots=True)
class Crawled:
    """Answers by path, and the fragments that pages are linked to by."""

    answers: dict[str, Answer] = field(default_factory=dict)
    linked_from: dict[str, str] = field(default_factory=dict)
    fragments: set[tuple[str, str]] = field(default_factory=set)

    def of_type(self, content_type: str) -> dict[str, bytes]:
        """Return the bodies of the good answers of a type, by path."""
        return {
            path: answer.body
            for path, answer in self.answers.items()
            if answer.status == HTTPStatus.OK and _type(answer) == content_type
        }

    @property
    def pages(self) -> dict[str, bytes]:
        """The pages by path."""
        return self.of_type("text/html")


def crawl(server: Server, more: tuple[str, ...] = ()) -> Crawled:
    """Follow all links of the site from the front page and the sitemaps; the desk is left out."""
    found, waiting = Crawled(), deque((path, "") for path in (*START, *more))
    connection = server.connect()
    while waiting:
        path, source = waiting.popleft()
        if path in found.answers:
            continue
        answer = server.get(path, connection)
        found.answers[path], found.linked_from[path] = answer, source
        for link in _links(answer):
            target, fragment = urldefrag(urljoin(server.site.url + path, link))
            parts = urlsplit(target)
            if f"{parts.scheme}://{parts.netloc}" != server.site.url or parts.path.startswith("/desk/"):
                continue
            address = parts.path + (f"?{parts.query}" if parts.query else "")
            waiting.append((address, path))
            if fragment:
                found.fragments.add((address, fragment))
    connection.close()
    return found


def judge_links(crawled: Crawled, expected: dict[str, int]) -> Verdict:
    """Find links that lead nowhere or by way of a redirect, and fragments that their page has not."""
    verdict = Verdict("links", f"{len(crawled.answers)} addresses")
    for path, answer in crawled.answers.items():
        if answer.status != expected.get(path, HTTPStatus.OK):
            verdict.findings.append(
                f"{path}: answers {answer.status}, linked from {crawled.linked_from[path] or 'nowhere'}"
            )
    for path, fragment in sorted(crawled.fragments):
        page = crawled.pages.get(path)
        if page is not None and not html.document_fromstring(page).xpath("//*[@id=$id]", id=fragment):
            verdict.findings.append(f"{path}: has no #{fragment}")
    return verdict


def _links(answer: Answer) -> list[str]:
    if answer.status in (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND):
        return [answer.headers.get("Location", answer.headers.get("location", ""))]
    if _type(answer) == "text/html":
        document: Any = html.document_fromstring(answer.body)
        found = [str(value) for name in _ATTRIBUTES for value in document.xpath(f"//@{name}")]
        return found + [part.split()[0] for source in document.xpath("//@srcset") for part in source.split(",")]
    if _type(answer).endswith("xml"):
        root: Any = etree.fromstring(answer.body)
        return [str(text) for text in root.xpath("//*[local-name()='loc' or local-name()='link']/text()")]
    if _type(answer) == "text/plain":
        lines = answer.body.decode().splitlines()
        return [line.partition(":")[2].strip() for line in lines if line.lower().startswith("sitemap:")]
    return []


def _type(answer: Answer) -> str:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return headers.get("content-type", "").partition(";")[0]
