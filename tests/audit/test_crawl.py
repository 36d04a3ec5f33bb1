"""The judges of the audit can fail: each finds what it is there to find."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.audit.__main__ import kinds
from tests.audit.crawl import crawl, judge_links
from tests.audit.feeds import judge_feeds
from tests.audit.tools import Absent, program
from tests.audit.verdicts import Verdict, grouped
from tests.serving import Server, Site

HTML = "text/html; charset=utf-8"


class Pages(http.server.BaseHTTPRequestHandler):
    """A small site with some broken links."""

    documents: ClassVar[dict[str, tuple[str, str]]] = {
        "/": (
            HTML,
            "<a href='/good/#there'>a</a> <a href='good/#missing'>b</a> <a href='https://other.example/'>c</a>",
        ),
        "/good/": (
            HTML,
            "<p id=there><img src='/picture.jpg' srcset='/small.jpg 1x, /big.jpg 2x'><a href='/desk/'>d",
        ),
        "/picture.jpg": ("image/jpeg", ""),
        "/small.jpg": ("image/jpeg", ""),
        "/robots.txt": ("text/plain", "User-agent: *\nSitemap: /other.xml\n"),
        "/sitemap.xml": ("application/xml", "<urlset><url><loc>/listed/</loc></url></urlset>"),
        "/other.xml": ("application/xml", "<urlset/>"),
        "/favicon.ico": ("image/png", ""),
    }

    def do_GET(self) -> None:
        kind, text = self.documents.get(self.path, (HTML, "<p>Nothing.</p>"))
        self.send_response(200 if self.path in self.documents else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Run the small site."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as pages:
        thread = threading.Thread(target=pages.serve_forever)
        thread.start()
        port = pages.server_address[1]
        try:
            yield Server(Site(tmp_path, f"http://127.0.0.1:{port}"), port, pid=1)
        finally:
            pages.shutdown()
            thread.join()


def test_broken_links_are_found(server: Server) -> None:
    verdict = judge_links(crawl(server), {})

    assert sorted(verdict.findings) == [
        "/big.jpg: answers 404, linked from /good/",
        "/good/: has no #missing",
        "/listed/: answers 404, linked from /sitemap.xml",
    ]
    assert verdict.summary == ("links", "10 addresses", "3")


def test_expected_answers_are_no_findings(server: Server) -> None:
    verdict = judge_links(crawl(server, ("/nothing/",)), {"/nothing/": 404, "/big.jpg": 404, "/listed/": 404})

    assert verdict.findings == ["/good/: has no #missing"]


def test_bad_feed_is_found() -> None:
    verdict = judge_feeds({"/rss.xml": b"<rss version='2.0'><channel><title>x</title></channel></rss>"})

    assert "/rss.xml: a channel needs a link" in verdict.findings


def test_pages_are_told_apart_by_kind() -> None:
    rich, poor = b"<p><b></b></p>", b"<p></p>"
    pages = {"/": poor, "/latest/?before=1-2": poor, "/markets/": poor, "/markets/a-b/": poor, "/story/c-d/": rich}

    assert kinds(pages | {"/topics/x/": poor}) == {
        "fixed": ["/", "/latest/?before=1-2"],
        "section": ["/markets/"],
        "article": ["/story/c-d/", "/markets/a-b/"],
        "topics": ["/topics/x/"],
    }


def test_findings_are_counted_and_cut_off() -> None:
    assert grouped(["a", "b", "a"]) == ["a (2 times)", "b"]
    assert grouped(["a", "b", "c"], limit=2) == ["a", "b", "and 1 more"]


def test_judge_that_is_missing_is_named() -> None:
    with pytest.raises(Absent, match=r"^no-such-judge is not installed"):
        program("no-such-judge", "nothing")
    assert Verdict("Judge", absent="it is away").summary == ("Judge", "not asked: it is away", "–")
