"""Whether the oracle knows its own mind, and whether the judge sees what is wrong, on each kind of page."""

import ast
import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.utils import timezone
from pytest_django import Settings

from tests.soak import oracle
from tests.soak.exactness import clock
from tests.soak.exactness.inside import fetches
from tests.soak.exactness.judge import INSTANT, STAMP, Judge
from tests.soak.exactness.readers import Answer
from tests.soak.exactness.settled import HOUR, Site, make_site
from tests.soak.oracle import Oracle, World
from tests.soak.oracle.paper import after, cursor
from tests.soak.oracle.words import Mentioned, linked, opened


def test_oracle_shares_no_code_with_the_site() -> None:
    files = sorted(Path(oracle.__file__).parent.glob("*.py"))
    trees = [ast.parse(file.read_text()) for file in files]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}

    assert len(files) > 5
    assert "tests.soak.oracle.paper" in named
    assert {name for name in named if name.split(".")[0] in ("django", "articles", "newsroom")} == set()
    assert {name for name in named if name.startswith("tests.")} == {
        name for name in named if name.startswith("tests.soak.oracle")
    }


def test_cursor_stands_behind_its_story() -> None:
    at = datetime.fromisoformat("2026-11-24T12:00:00.000001+00:00")

    assert cursor(at, 7) == "1795521600000001-7"
    assert [after(cursor(at, 7), place) for place in ((at, 6), (at, 7), (at, 8))] == [True, False, False]
    assert [after(cursor(at, 7), (at + step, 7)) for step in (-HOUR, HOUR)] == [True, False]


def test_marks_count_before_names() -> None:
    acme = Mentioned(("Acme",), "/companies/acme/", "NYSE:ACM", frozenset({1, 9}))
    joe = Mentioned((), "/people/joe/", "", frozenset({3}))
    mark = '<span data-company="9">the group</span>'
    body = f'<p>Acme, {mark}, {mark} and <span data-person="3">Joe</span>, <span data-person="4">Jo</span>.</p>'

    assert linked(body, [acme, joe]) == (
        '<p>Acme, <a class="company" href="/companies/acme/">the group</a> (NYSE:ACM), the group and '
        '<a class="person" href="/people/joe/">Joe</a>, Jo.</p>'
    )


def test_company_is_linked_where_it_is_named_first() -> None:
    companies = [Mentioned(("Acme", "Acme Holdings"), "/companies/acme/", "NYSE:ACM"), Mentioned(("Bee",), "/b/", "")]
    body = "<p>Acmeville.</p><p>Acme Holdings and Acme, and Bee.</p>"

    assert linked(body, companies) == (
        '<p>Acmeville.</p><p><a class="company" href="/companies/acme/">Acme Holdings</a> (NYSE:ACM) and Acme, '
        'and <a class="company" href="/b/">Bee</a>.</p>'
    )


@pytest.mark.parametrize(
    ("prefix", "dateline", "opening"),
    [
        ("", "", ""),
        ("(Wire)", "", '<span class="source-prefix">(Wire)</span> '),
        ("", "PARIS", '<span class="dateline">PARIS —</span> '),
        ("(Wire)", "PARIS", '<span class="dateline">PARIS,</span> <span class="source-prefix">(Wire)</span> '),
    ],
)
def test_body_opens_with_dateline_and_source(prefix: str, dateline: str, opening: str) -> None:
    assert opened('<p id="a">Words.</p><p>More.</p>', prefix, dateline) == f'<p id="a">{opening}Words.</p><p>More.</p>'


@dataclass(frozen=True, slots=True)
class Settled:
    """A site on which nothing happens any more, with a right answer of each kind by its name."""

    judge: Judge
    answers: dict[str, Answer]

    def flaws(self, *answers: Answer) -> list[str]:
        """Return what is wrong with answers."""
        return self.judge.judge([], answers)


#: Making everything takes a while, so the first test that looks at it keeps it for the others.
_made: list[Site] = []


@pytest.fixture
def settled(transactional_db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settled:
    settings.SHOW_STAMP = True
    clock.install(monkeypatch.setattr)
    if not _made:
        _made.append(make_site(lambda: fetches(1)[0]))
    (found,) = _made
    own_name = oracle.Site(site_settings.NEWSROOM_NAME, site_settings.SITE_URL)
    judge = Judge(Oracle(World(), own_name, found.files))
    assert judge.judge(found.events, list(found.answers.values())) == []
    return Settled(judge, found.answers)


#: What may go wrong with a page, by its kind: a pattern of its source and what stands there instead.
WRONGS = [
    ("front", "Main story", "Main story!"),
    ("front", "(?s)(Story 00.*?)(Story 01)", r"\1Story 02"),
    ("latest", "Story 05", "Story 06"),
    ("latest", r'(?s)<li class="river-row".*?</li>', ""),
    ("latest", '<time datetime="2', '<time datetime="3'),
    ("latest", r"\d\d:\d\d ET", "25:00 ET"),
    ("latest", r"before=\d", "before=9"),
    ("latest", r'<a class="river-section" href="/markets/">Markets', '<a class="river-section" href="/markets/">Asia'),
    ("section", "<bdi>Ada</bdi>", "<bdi>Eve</bdi>"),
    ("section", "About 07.", "About 08."),
    ("section", r'<li><a href="/markets/" aria-current="page">Markets</a></li>', ""),
    ("older", "noindex, follow", "index, follow"),
    ("older", "Newest", "Older"),
    ("company", "NYSE:ACM", "NYSE:AMC"),
    ("company", "Story 09", "Story 90"),
    ("author", "Editor", "Writer"),
    ("topic", ">Rates<", ">Rate<"),
    ("corrections", "A figure was wrong.", "No figure was wrong."),
    ("corrections", "A story was withdrawn", "A story was not withdrawn"),
    ("article", "NYSE:ACM", "NYSE:AMC"),
    ("article", "A figure was wrong.", "A figure was right."),
    ("article", '(?s)<section class="related".*?</section>', ""),
    ("article", r"Updated <time[^>]*>", 'Updated <time datetime="2026-11-24T00:00:00Z">'),
    ("article", "<title>Main", "<title>Other"),
    ("article", 'rel="canonical" href="', 'rel="canonical" href="x'),
    ("article", '"jobTitle":"Editor"', '"jobTitle":"Writer"'),
    ("article", '"dateModified":"2', '"dateModified":"3'),
    ("article", 'property="og:title" content="', 'property="og:title" content="x'),
    ("article", r'alt="', 'alt="x'),
    ("article", r" rose\.", " fell."),
    ("article", r">The group</a> \(NYSE:ACM\)", ">The group</a>"),
    ("article", r'<a class="person" href="/people/joe/">Joe</a>', "Joe"),
    ("article", "12:50 ET on 22 November 2024", "today"),
    ("article", 'datetime="2024-11-22T17:50:00Z"', 'datetime="2024-11-22T17:51:00Z"'),
    ("article", '"@type":"Person","name":"Joe"', '"@type":"Person","name":"Jo"'),
    ("feed", "as of 12:50 ET", "as of 12:51 ET"),
    ("person", "Who he is.", "Who she is."),
    ("person", "Main story", "Other story"),
    ("person", "Minister, ", "Master, "),
    ("person", ">Acme<", ">Acmes<"),
    ("company", "chief, since", "chief, until"),
    ("person", "February 2020", "March 2020"),
    ("person", '"jobTitle":', '"title":'),
    ("people", ">Joe<", ">Jo<"),
    ("people", "minister, Treasury", "minister"),
    ("people", "letter=j", "letter=k"),
    ("companies", "NYSE:ACM", "NYSE:AMC"),
    ("withdrawn", "This story was withdrawn.", "This story was moved."),
    ("expired", "Over story", "Other story"),
    ("nothing", "This page does not exist", "This page exists"),
    ("feeds", "/markets/rss.xml", "/asia/rss.xml"),
    ("feed", "<title>Story 03", "<title>Story 30"),
    ("feed", r"(?s)(<item>.*?</item>)(<item>.*?</item>)", r"\2\1"),
    ("feed", "<lastBuildDate>...", "<lastBuildDate>Xxx"),
    ("feed", r"\(NYSE:ACM\)", ""),
    ("company feed", "NYSE:ACM</category>", "NYSE:AMC</category>"),
    ("company feed", "urn:uuid:.", "urn:uuid:x"),
    ("maps", r"<lastmod>\d", "<lastmod>3"),
    ("pages map", r"<url><loc>[^<]*/companies/acme/</loc><lastmod>[^<]*</lastmod></url>", ""),
    ("news map", "Main story", "Main stories"),
    ("month map", r"main-story-", "other-story-"),
    ("picture", "JFIF", "JFIX"),
    ("robots", "Disallow: /desk/", "Disallow: /"),
]


def test_wrong_page_of_every_kind_is_seen(settled: Settled) -> None:
    unseen = []
    for kind, pattern, instead in WRONGS:
        answer = settled.answers[kind]
        body = re.sub(pattern.encode(), instead.encode(), answer.body, count=1)
        assert body != answer.body, f"{kind} has no {pattern}"
        settled.judge.forget()
        if not settled.flaws(replace(answer, body=body)):
            unseen.append((kind, pattern))

    assert unseen == []
    assert {kind for kind, _pattern, _instead in WRONGS} == settled.answers.keys() - {"moved", "redirect", "ticker"}


def test_wrong_way_or_status_is_seen(settled: Settled) -> None:
    for name in ("moved", "redirect", "ticker"):
        answer = settled.answers[name]
        wrong = replace(answer, headers={**answer.headers, "location": "/elsewhere/"})
        settled.judge.forget()

        assert any("location is '/elsewhere/'" in flaw for flaw in settled.flaws(wrong))
    for name, status in (("withdrawn", 200), ("article", 410), ("nothing", 200)):
        settled.judge.forget()

        assert any("status is" in flaw for flaw in settled.flaws(replace(settled.answers[name], status=status)))


def test_page_of_another_address_is_seen(settled: Settled) -> None:
    """Every answer in the place of every other one: no two kinds look the same to the judge."""
    for name, answer in settled.answers.items():
        for other, path in ((other, one.path) for other, one in settled.answers.items() if other != name):
            settled.judge.forget()

            # Two ways lead to one company.
            assert settled.flaws(replace(answer, path=path)) or {name, other} == {"redirect", "ticker"}, (name, other)


def test_answer_that_is_not_of_the_present_is_seen(settled: Settled) -> None:
    answer, at = settled.answers["latest"], timezone.now()
    counter = int(answer.headers[STAMP].partition("-")[0])

    assert settled.flaws(answer) == []
    (old,) = settled.flaws(replace(answer, floor=counter + 1))
    assert old.endswith(f"{counter + 1} was there before it was asked for")
    (late,) = settled.flaws(replace(answer, had=datetime.fromisoformat(answer.headers[INSTANT]) - HOUR))
    assert "it was asked for at" in late
    (other,) = settled.flaws(replace(answer, told=at))
    assert other.endswith(f"it was asked for at {at}")


def test_answer_without_a_stamp_is_seen(settled: Settled) -> None:
    answer = settled.answers["latest"]
    without = {name: value for name, value in answer.headers.items() if name != STAMP}

    assert settled.flaws(replace(answer, headers=without)) == ["/latest/: 200 without a stamp"]
    assert settled.flaws(replace(answer, headers={"retry-after": "1"}, status=503)) == []
    assert settled.flaws(replace(answer, headers={}, status=503)) == ["/latest/: 503 without a stamp"]


def test_not_modified_is_right_only_for_what_is_the_same(settled: Settled) -> None:
    now, was = settled.answers["latest"], settled.answers["latest"]
    same = replace(now, status=304, body=b"", held=was)
    other = replace(same, held=replace(was, body=was.body.replace(b"Story 03", b"Story 33")))

    assert settled.flaws(same) == []
    assert [flaw for flaw in settled.flaws(other) if "Story 33" in flaw]


def test_readers_who_get_different_things_for_one_stamp_are_seen(settled: Settled) -> None:
    answer = settled.answers["latest"]
    counter, _dash, rest = answer.headers[STAMP].partition("-")
    spaced = replace(answer, body=answer.body.replace(b"</main>", b" </main>"))
    tagged = replace(answer, headers={**answer.headers, "etag": '"another"'})
    stamped = replace(answer, headers={**answer.headers, STAMP: f"{counter}-{rest[::-1]}"})

    assert [flaw.rpartition(": ")[2] for flaw in settled.flaws(spaced)] == ["others got other bytes for the same stamp"]
    assert [flaw.rpartition(": ")[2] for flaw in settled.flaws(tagged)] == [
        "others got another entity tag for the same stamp"
    ]
    assert any("has the tokens" in flaw for flaw in settled.flaws(stamped))


def test_edition_that_is_not_what_the_ledger_says_is_seen(settled: Settled) -> None:
    world = settled.judge.oracle.world
    assert world.flaws() == []
    key = max(world.editions)
    row = world.editions[key]

    world.editions[key] = {**row, "headline": "Another"}
    assert world.flaws() == [f"edition {key}: headline is 'Another', the ledger says {row['headline']!r}"]
    del world.editions[key]
    assert world.flaws() == [f"edition {key} is in the ledger only"]
    world.editions[key] = row
    world.editions[key[0], 99] = row
    assert world.flaws() == [f"edition {(key[0], 99)} is not in the ledger"]
