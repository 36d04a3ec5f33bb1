"""What the cleaner makes of writing, pasting and attacks."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from lxml import etree

from articles.text.clean import clean_body
from tests.text.strategies import any_html

CLIPBOARD = Path(__file__).parent / "clipboard"
STATEMENT = "https://ir.harbourfreight.example/q3?year=2026&amp;lang=en"
FILING = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&amp;CIK=1577552"
VOID = re.compile("<br>")
TAG = re.compile(r"<[^>]*>")
ALLOWED_TAG = re.compile(
    r"</?(?:li|strong|em)>|<br>|</a>|</(?:p|h2|h3|ul|ol|blockquote)>"
    r'|<(?:p|h2|h3|ul|ol|blockquote)(?: id="p[0-9a-f]{8}(?:-\d+)?")?>'
    r'|<a href="(?:https?://|mailto:|/(?!/)|#)[^"<>]*">'
    r'|<span data-(?:company|person)="[1-9]\d*">|</(?:span|data)>'
    r'|<data value="-?\d+(?:\.\d+)?" data-listing="[1-9]\d*" data-measure="(?:change-percent|change|level|close)"'
    r'(?: data-direction="(?:up|down|flat)")?(?: data-as-of="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")?'
    r'(?: data-session="(?:pre|regular|post|close)")?(?: data-unit="(?:[A-Z]{3}|points)")?>'
)
ILLEGAL_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_xml(html: str) -> etree._Element:
    """Parse clean HTML as XML, where every mistake is an error."""
    return etree.fromstring(f"<body>{VOID.sub('<br/>', html)}</body>")


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("", ""),
        ("  \n ", ""),
        ("<p></p><p>&nbsp;</p><p>\u200b</p><h2> <br> </h2><ul><li></li></ul><blockquote></blockquote>", ""),
        # plain text
        ("Shares < 5 & rising", "<p>Shares &lt; 5 &amp; rising</p>"),
        ("One\nline.\r\n\r\nTwo.\n \n\nIt is <b>3</b>.",
         "<p>One line.</p>\n<p>Two.</p>\n<p>It is <strong>3</strong>.</p>"),
        ("<p>One</p>\n\nTwo\n\nstill two", "<p>One</p>\n<p>Two still two</p>"),
        # blocks
        ("<div>A<div>B</div>C</div>", "<p>A</p>\n<p>B</p>\n<p>C</p>"),
        ("<section><article>A</article>B</section>", "<p>A</p>\n<p>B</p>"),
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h6>D</h6>", "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>\n<h3>D</h3>"),
        ("<pre>A\n  B\n\nC</pre>", "<p>A<br>B</p>\n<p>C</p>"),
        ("<dl><dt>A<dd>B</dl>", "<p>A</p>\n<p>B</p>"),
        ("<blockquote>A<h2>B</h2><ul><li>C</ul><blockquote>D</blockquote></blockquote>",
         "<blockquote><p>A</p><p>B</p><p>C</p><p>D</p></blockquote>"),
        # lists
        ("<ol><li>A<li><p>B</p><p>C</p></ol>", "<ol><li>A</li><li>B<br>C</li></ol>"),
        ("<ul>A<li>B</ul><li>C", "<ul><li>A</li><li>B</li></ul>\n<p>C</p>"),
        ("<ul><li>A<ol><li>B<ul><li>C</ul>D</ol>E</ul>",
         "<ul><li>A<ol><li>B</li><li>C</li><li>D</li></ol></li><li>E</li></ul>"),
        ("<ul><li>A</li><ul><li>B</li></ul><li>C</li></ul>", "<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>"),
        ("<ul><ul><li>A</li></ul></ul>", "<ul><li>A</li></ul>"),
        ("<ul><li><blockquote><p>A</p></blockquote><h2>B</h2></li></ul>", "<ul><li>A<br>B</li></ul>"),
        # tables
        ("<table><caption>T</caption><tr><th>A<th>B<tr><td>1<td><p>2</p><p>3</p></table>",
         "<p>T</p>\n<p>A | B</p>\n<p>1 | 2 3</p>"),
        ("<table><tr><td></td><td> </td></tr><tr><td>A</td><td>&nbsp;</td><td>B<br>C</td></tr></table>",
         "<p>A | B C</p>"),
        ("<table><tr><td><p>A</p><p>B</p></td></tr></table>", "<p>A</p>\n<p>B</p>"),
        ("<table><tr><td>A</td><td><table><tr><td>1<td>2</table></td></tr></table>", "<p>A</p>\n<p>1 | 2</p>"),
        # inline
        ("<p><b>A</b><i>B</i></p>", "<p><strong>A</strong><em>B</em></p>"),
        ("<p><b>A </b> <strong>B</strong><em> </em>C</p>", "<p><strong>A B</strong> C</p>"),
        ("<p><em><b>A</b></em> <b><em>B</em></b></p>", "<p><strong><em>A B</em></strong></p>"),
        ("<p><b><b>A</b> B</b></p>", "<p><strong>A B</strong></p>"),
        ("<b>A<p>B</p></b>", "<p><strong>A</strong></p>\n<p><strong>B</strong></p>"),
        ("<p>e<b></b>\u0301</p>", "<p>é</p>"),
        ("<p><br>A<br> <br>B<br>C<br></p>", "<p>A</p>\n<p>B<br>C</p>"),
        ("<ul><li>A<br><br>B</li></ul>", "<ul><li>A<br>B</li></ul>"),
        ("<p>A&nbsp;\u3000B\u2028C</p>", "<p>A B C</p>"),
        ('<p><span style="font-weight: 600 !important">A</span><b style="font-weight:normal">B</b></p>',
         "<p><strong>A</strong>B</p>"),
        # links
        ('<a href="/a">A</a><a href="/a">B</a> <a href="/c">C</a>', '<p><a href="/a">AB</a> <a href="/c">C</a></p>'),
        ('<a href="/a">A<a href="/b">B</a></a>', '<p><a href="/a">A</a><a href="/b">B</a></p>'),
        ('<a href="/a" title="x" target="_blank" rel="x">A<img src=x></a>', '<p><a href="/a">A</a></p>'),
        ('<a href="/a"><div>A</div></a>', '<p><a href="/a">A</a></p>'),
        ("<a name=x>A</a> <a href=http://[bad>B</a> <a href=http://a%00b/>C</a>", "<p>A B C</p>"),
        # what goes
        ("A<script>b</script><style>c</style><title>d</title><xml>e</xml><o:p>f</o:p><!-- g --><textarea>h</textarea>B",
         "<p>AB</p>"),
        ("A<!--[if gte mso 9]><xml>b</xml><![endif]--><![if !vml]>C<![endif]>", "<p>AC</p>"),
        ('A<span style="display: none">b</span><del>c</del><ins>D</ins><img alt="e" src="f">', "<p>AD</p>"),
        ("A\x00B\ud800C\ufffeD\u202eE\u2066F", "<p>ABCDEF</p>"),
        ("می\u200cخواهم 👩\u200d💼", "<p>می\u200cخواهم 👩\u200d💼</p>"),
        # ids
        ('<p id="p0a1b2c3d" class="x">A</p><ul id="pfeedbeef-2"><li id="p11111111">B</ul>',
         '<p id="p0a1b2c3d">A</p>\n<ul id="pfeedbeef-2"><li>B</li></ul>'),
        ('<h1 id="p0a1b2c3d">A</h1><p id="p0a1b2c3d">B</p><p id="intro">C</p><p id="pFEEDBEEF">D</p>',
         '<h2 id="p0a1b2c3d">A</h2>\n<p>B</p>\n<p>C</p>\n<p>D</p>'),
        ('<p id="p0a1b2c3d"> </p><p id="p0a1b2c3d">A<br><br>B</p>', '<p id="p0a1b2c3d">A</p>\n<p>B</p>'),
        ('<blockquote id="p0a1b2c3d"><p id="p11111111">A</p></blockquote>',
         '<blockquote id="p0a1b2c3d"><p>A</p></blockquote>'),
        ('<div id="p0a1b2c3d">A</div>', "<p>A</p>"),
    ],
)  # fmt: skip
def test_clean_body_gives_one_form(html: str, clean: str) -> None:
    assert clean_body(html) == clean


ALIBABA = '<span data-company="12">'
SAID = (
    '<data value="1.2" data-listing="17" data-measure="change-percent" data-direction="down" '
    'data-as-of="2026-11-24T17:50:00Z" data-session="regular">'
)


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        # one form
        (f"{ALIBABA}Alibaba Group</span> rose", f"{ALIBABA}Alibaba Group</span> rose"),
        ("<span class=x data-person=3 data-x=y>Joe Tsai</span>", '<span data-person="3">Joe Tsai</span>'),
        (f"{SAID}down 1.2% as of 12:50 ET</data>.", f"{SAID}down 1.2% as of 12:50 ET</data>."),
        (f"{SAID.replace(' value=', ' data-unit=USD id=x value=')}A</data>", f"{SAID}A</data>"),
        ("<data data-unit=GBX data-session='' data-as-of='' data-measure=level data-listing=1 value=-2.50>A</data>",
         '<data value="-2.50" data-listing="1" data-measure="level" data-unit="GBX">A</data>'),
        ("<data data-unit=points data-measure=close data-listing=1 value=0>A</data>",
         '<data value="0" data-listing="1" data-measure="close" data-unit="points">A</data>'),
        # blanks and neighbors
        (f"A{ALIBABA} B </span>C", f"A {ALIBABA}B</span> C"),
        (f"{ALIBABA}A</span> {ALIBABA}B</span>{ALIBABA}C</span>", f"{ALIBABA}A BC</span>"),
        (f"{ALIBABA}A</span> <span data-company=1>B</span>", f'{ALIBABA}A</span> <span data-company="1">B</span>'),
        (f"A{ALIBABA} </span>B", "A B"),
        (f"A{ALIBABA}</span>B", "AB"),
        (f"e{ALIBABA}\u0301a</span>\u0301", f"é{ALIBABA}á</span>"),
        # emphasis inside
        (f"<b>A</b> {ALIBABA}<b>B</b> C</span>", f"<strong>A </strong>{ALIBABA}<strong>B</strong> C</span>"),
        (f"<b>A {ALIBABA}B</span></b>", f"<strong>A </strong>{ALIBABA}<strong>B</strong></span>"),
        (f"<b>{SAID}<i>A</i> B</data></b>", f"{SAID}<strong><em>A</em> B</strong></data>"),
        # marks in marks, links, headings, blocks
        (f"{SAID}A {ALIBABA}B</span> C</data>", f"{SAID}A B C</data>"),
        (f"<a href='/x'>A {ALIBABA}B</span></a>", '<a href="/x">A B</a>'),
        (f"{ALIBABA}<a href='/x'>A</a> B</span> {ALIBABA}C</span>", f'<a href="/x">A</a> B {ALIBABA}C</span>'),
        (f"{ALIBABA}<a href='javascript:x'>A</a> B</span>", f"{ALIBABA}A B</span>"),
        (f"{ALIBABA}<p>A</p>B</span>", "A</p>\n<p>B"),
        # malformed
        ("<span data-company=0>A</span>", "A"),
        ("<span data-company='1 '>A</span>", "A"),
        ("<span data-company=٣>A</span>", "A"),
        ("<span data-company=1234567890123456789>A</span>", "A"),
        ("<span data-company=1 data-person=2>A</span>", "A"),
        ("<span data-company=1 data-person=x>A</span>", "A"),
        ("<span data-topic=1>A</span><b data-company=1>B</b><data value=1>C</data>", "A<strong>B</strong>C"),
        *((SAID.replace(*wrong) + "A</data>", "A") for wrong in (
            ("1.2", "1,2"), ("1.2", "+1.2"), ("1.2", "01.2"), ("1.2", "1e2"), ("1.2", ""), ("17", "x"), ("17", "0"),
            ("change-percent", "move"), ("down", "Down"), ("regular", "lunch"), ("-24T", "-31T"), ("50:00Z", "50Z"),
            ("00Z", "00+00:00"), (' data-listing="17"', ""), (' data-measure="change-percent"', ""),
        )),
        ("<data value=1 data-listing=1 data-measure=level data-unit=usd>A</data>", "A"),
    ],
)  # fmt: skip
def test_clean_body_keeps_marks(html: str, clean: str) -> None:
    assert clean_body(f"<p>{html}</p>") == f"<p>{clean}</p>"


def test_clean_body_passes_over_hidden_marks_and_marks_without_an_end() -> None:
    assert clean_body(f"<p>{ALIBABA.replace('>', ' style=display:none>')}A</span>B</p>") == "<p>B</p>"
    assert clean_body(f"<p>{ALIBABA}A<p>B</p>") == "<p>A</p>\n<p>B</p>"
    assert clean_body(ALIBABA * 10_000 + "A") == f"<p>{ALIBABA}A</span></p>"


def test_clean_body_keeps_what_word_meant() -> None:
    pasted = (CLIPBOARD / "word.html").read_text(encoding="utf-8")

    assert clean_body(pasted).split("\n") == [
        "<h2><strong>Harbour Freight lifts forecast</strong></h2>",
        f'<p>HONG KONG – Harbour Co. <strong>raised</strong> <em>its</em> outlook: <a href="{STATEMENT}">here</a>.</p>',
        "<ul><li>Revenue: $1.2bn<ul><li>Asia: 64%</li></ul></li><li>Net profit: <strong>$88m</strong></li></ul>",
        "<ol><li>Cut costs</li><li>Sell ships</li></ol>",
        "<p><strong>Quarter</strong> | <strong>Revenue</strong></p>",
        "<p>Q2 | $1.1bn</p>",
        "<p>Shares fell 5%.</p>",
    ]


def test_clean_body_keeps_what_google_docs_meant() -> None:
    pasted = (CLIPBOARD / "google_docs.html").read_text(encoding="utf-8")

    assert clean_body(pasted).split("\n") == [
        "<h2>Ferry operator seeks a buyer</h2>",
        "<p>The operator said it had <strong>two bidders</strong> and a <strong><em>deadline</em></strong>.</p>",
        f'<p><a href="{FILING}">The filing</a> names neither.</p>',
        "<ul><li>North line<ul><li><em>three ships</em></li></ul></li><li>South line</li></ul>",
        "<h2><strong>What next</strong></h2>",
        "<p>Bids due | 15 January</p>",
    ]


def test_clean_body_ends_a_word_list_where_the_next_paragraph_starts() -> None:
    item = "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>a)</span>{}</p>"

    assert clean_body(item.format("A") + '<p id="pfeedbeef">B</p>' + item.format("C") + "D<ul><li>E</ul>") == (
        '<ol><li>A</li></ol>\n<p id="pfeedbeef">B</p>\n<ol><li>C</li></ol>\n<p>D</p>\n<ul><li>E</li></ul>'
    )


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<scr\x00ipt>alert(1)</scr\x00ipt>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<body onload=alert(1)>x",
        "<p onmouseover=alert(1) style='background:url(javascript:alert(1))'>x</p>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='JaVaScRiPt:alert(1)'>x</a>",
        "<a href='java\nscript:alert(1)'>x</a>",
        "<a href='java&Tab;script:alert(1)'>x</a>",
        "<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61lert(1)'>x</a>",
        "<a href=' \x01javascript:alert(1)'>x</a>",
        "<a href='javascript\u200b:alert(1)'>x</a>",
        "<a href='vbscript:msgbox(1)'>x</a>",
        "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
        "<a href='view-source:javascript:alert(1)'>x</a>",
        "<a href='//evil.example'>x</a>",
        "<a href='/\\evil.example'>x</a>",
        "<a href='/\t/evil.example'>x</a>",
        "<a href='\\\\evil.example'>x</a>",
        "<a href='https:evil.example'>x</a>",
        "<a href='https://www.google.com/url?q=javascript:alert(1)'>x</a>",
        "<form action=javascript:alert(1)><button>x</button></form>",
        "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'><base href='javascript:alert(1)//'>",
        "<link rel=stylesheet href=javascript:alert(1)>",
        "<template><script>alert(1)</script></template>",
    ],
)
def test_clean_body_disarms(attack: str) -> None:
    assert clean_body(f"<p>Before</p><div>{attack}</div><p>After</p>") in {
        "<p>Before</p>\n<p>After</p>",
        "<p>Before</p>\n<p>x</p>\n<p>After</p>",
        "<p>Before</p>\n<p>ipt&gt;alert(1)ipt&gt;</p>\n<p>After</p>",
    }


@settings(deadline=None)
@given(any_html)
@example("<a href='http://a b/c'>x</a>")
@example("<b>a</b>\u200c<b>b</b>")
def test_clean_body_changes_nothing_that_is_clean(html: str) -> None:
    clean = clean_body(html)

    assert clean_body(clean) == clean


@settings(deadline=None)
@given(any_html)
def test_clean_body_lets_nothing_else_pass(html: str) -> None:
    clean = clean_body(html)

    assert [tag for tag in TAG.findall(clean) if not ALLOWED_TAG.fullmatch(tag)] == []
    assert ILLEGAL_IN_XML.findall(clean) == []
    ids = re.findall(r' id="([^"]*)"', clean)
    assert len(ids) == len(set(ids))


@settings(deadline=None)
@given(any_html)
def test_clean_body_nests_as_promised(html: str) -> None:
    clean = clean_body(html)
    body = as_xml(clean)

    assert (body.text or "").strip() == "".join((block.tail or "").strip() for block in body) == ""
    for xpath in (
        "//strong//strong | //em//em | //a//a",
        "//span//span | //data//data | //span//data | //data//span | //a//span | //a//data | //span//a | //data//a",
        "//p//p | //li//p | //li//blockquote | //li//h2 | //blockquote//li | //blockquote/*[not(self::p)]",
        "//ul/*[not(self::li)] | //ol/*[not(self::li)] | //li//li//li",
        "//*[not(self::br) and not(self::body)][not(normalize-space())]",
        "//p/br[1][not(preceding-sibling::node())] | //br/following-sibling::node()[1][self::br]",
        "//*[@id][not(parent::body)]",
        "//*[self::span or self::data][starts-with(., ' ') or substring(., string-length()) = ' ']",
    ):
        assert body.xpath(xpath) == []


def test_clean_body_loses_no_word_of_a_long_body() -> None:
    words = [f"word{number}" for number in range(100_000)]
    paragraphs = [" ".join(words[start : start + 50]) for start in range(0, len(words), 50)]

    clean = clean_body("".join(f"<div><span>{text}</span></div>" for text in paragraphs))

    assert clean == "\n".join(f"<p>{text}</p>" for text in paragraphs)


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<div>" * 10_000 + "A", "<p>A</p>"),
        ("<b>" * 10_000 + "A" + "</b>" * 10_000, "<p><strong>A</strong></p>"),
        ("<blockquote>" * 10_000 + "A", "<blockquote><p>A</p></blockquote>"),
        ("<ul><li>" * 10_000 + "A", "<ul><li>A</li></ul>"),
        ("<table><tr><td>" * 10_000 + "A", "<p>A</p>"),
        ("".join(f"<font color=c{i}>" for i in range(10_000)) + "<p>A" * 10_000, "\n".join(["<p>A</p>"] * 10_000)),
        ("<" * 10_000, f"<p>{'&lt;' * 10_000}</p>"),
        ("<a " * 10_000, ""),
        ("<!--" * 10_000, ""),
        ("<p>" + " " * 1_000_000 + "A", "<p>A</p>"),
    ],
    ids=["div", "b", "blockquote", "list", "table", "font", "angles", "attributes", "comments", "blanks"],
)  # fmt: skip
def test_clean_body_survives_any_depth(html: str, clean: str) -> None:
    assert clean_body(html) == clean
