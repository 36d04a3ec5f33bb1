"""How a story becomes an item of a feed."""

from dataclasses import replace
from io import BytesIO

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from articles.records import Byline, FeedItem
from articles.rendering.rss import NewsRss, creators
from tests.public.rss_rules import NS, parsed, problems
from tests.public.stories import ADA, ALIBABA, CORRECTION, PICTURE, PUBLISHED, SITE, UPDATED, feed_item


def feed(*items: FeedItem, **channel: object) -> bytes:
    values: dict[str, object] = {
        "title": "Markets",
        "description": "What moves prices.",
        "language": "en",
        "changed_at": UPDATED,
    }
    links = {"link": "https://news.example.com/", "feed_url": "https://news.example.com/rss.xml"}
    rss = NewsRss(**(values | links | channel))
    for item in items:
        rss.add_story(item, SITE)
    out = BytesIO()
    rss.write(out, "utf-8")
    return out.getvalue()


def item_of(**changes: object) -> etree._Element:
    content = feed(feed_item(**changes))
    with time_machine.travel(UPDATED):
        assert problems(content) == []
    item = parsed(content).find("channel/item")
    assert item is not None
    return item


def texts(item: etree._Element, name: str) -> list[str | None]:
    return [element.text for element in item.findall(name, NS)]


def test_item_carries_the_whole_story() -> None:
    item = item_of(notices=(CORRECTION,), disclosure="The author owns shares.")
    assert texts(item, "title") == ["Alibaba sales rise"]
    assert texts(item, "link") == ["https://news.example.com/markets/alibaba-sales-rise-abcd2345/"]
    assert texts(item, "description") == ["Cloud revenue grew for a third quarter."]
    assert texts(item, "pubDate") == ["Mon, 23 Nov 2026 17:50:12 +0000"]
    assert texts(item, "guid") == ["urn:uuid:6f6c1a52-8f0e-4f43-9d0c-0a3f6cf3f0aa"]
    assert [dict(guid.items()) for guid in item.findall("guid")] == [{"isPermaLink": "false"}]
    assert texts(item, "dc:creator") == ["Ada Smith", "Bo Li"]
    assert texts(item, "atom:updated") == texts(item, "dcterms:modified") == ["2026-11-24T09:05:00+00:00"]
    assert [(category.text, dict(category.items())) for category in item.findall("category")] == [
        ("Markets", {}),
        ("Cloud", {}),
        ("Earnings", {}),
        ("NYSE:BABA", {"domain": "https://news.example.com/companies/"}),
    ]
    (content,) = texts(item, "content:encoded")
    assert content == (
        "<p><strong>Correction (24 November 2026, 04:05 ET):</strong> An earlier version gave the wrong quarter.</p>\n"
        '<p id="p00000001"><span class="dateline">HONG KONG —</span> Sales at '
        '<a class="company" href="https://news.example.com/companies/alibaba-group/">Alibaba Group</a> (NYSE:BABA) '
        'rose. See <a href="https://news.example.com/markets/">markets</a>.</p>\n'
        "<p><em>The author owns shares.</em></p>"
    )


def test_item_carries_its_picture_with_credit_and_caption() -> None:
    (media,) = item_of().findall("media:content", NS)
    assert dict(media.items()) == {
        "url": "https://news.example.com/media/pictures/abc/port.1440.jpg",
        "medium": "image",
        "type": "image/jpeg",
        "width": "1440",
        "height": "810",
    }
    assert {etree.QName(child).localname: child.text for child in media} == {
        "title": "Ships at a quay",
        "description": "The port at dawn.",
        "credit": "Photo: Ada Smith",
    }


def test_item_carries_a_picture_without_renditions_or_words() -> None:
    small = replace(PICTURE, renditions=(), path="/media/a/b.png", width=300, height=200, caption="", credit="", alt="")
    (media,) = item_of(picture=small).findall("media:content", NS)
    assert media.attrib["url"] == "https://news.example.com/media/a/b.png"
    assert [media.attrib[name] for name in ("type", "width", "height")] == ["image/png", "300", "200"]
    assert len(media) == 0


def test_item_of_a_bare_headline_is_a_valid_item() -> None:
    item = item_of(
        standfirst="",
        body="",
        dateline="",
        picture=None,
        section=None,
        bylines=(),
        topics=(),
        companies=(),
        source_name="",
    )
    assert {etree.QName(child).localname for child in item} == {
        "title", "link", "pubDate", "guid", "updated", "modified"
    }  # fmt: skip


def test_item_without_a_byline_names_its_source() -> None:
    assert texts(item_of(bylines=(), source_name="Reuters"), "dc:creator") == ["Reuters"]


def test_item_is_not_by_its_photographer() -> None:
    taken = Byline("Cy Ng", "/authors/cy-ng/", "photographer")
    assert creators(feed_item(bylines=(taken, ADA))) == ("Ada Smith",)


def test_item_in_another_language_says_so() -> None:
    item = item_of(
        language="ar", direction="rtl", headline="ارتفاع المبيعات", body="<p>قمر</p>", dateline="", companies=()
    )
    assert texts(item, "dc:language") == ["ar"]
    assert texts(item, "title") == ["ارتفاع المبيعات"]
    assert texts(item, "content:encoded") == ['<div dir="rtl" lang="ar"><p>قمر</p></div>']
    assert texts(item_of(), "dc:language") == []


def test_item_begins_with_the_prefix_of_its_source() -> None:
    (content,) = texts(
        item_of(source_prefix="Investing.com --", dateline="", body="<p>Oil fell.</p>"), "content:encoded"
    )
    assert content == '<p><span class="source-prefix">Investing.com --</span> Oil fell.</p>'


def test_item_links_to_places_on_the_storys_own_page() -> None:
    body = '<p><a href="#p1">up</a> <a href="https://a.example/?b=1&amp;c=2">out</a> <a href="mailto:a@b.co">x</a></p>'
    (content,) = texts(item_of(body=body, dateline="", companies=()), "content:encoded")
    assert content == body.replace('"#p1"', '"https://news.example.com/markets/alibaba-sales-rise-abcd2345/#p1"')


def test_item_leaves_what_only_looks_like_a_link_alone() -> None:
    body = '<p>Write &lt;a href="/x"&gt; or href="/y".</p>'
    assert texts(item_of(body=body, dateline="", companies=()), "content:encoded") == [body]


def test_item_escapes_notices_and_disclosures() -> None:
    notice = replace(CORRECTION, text="A <b>\nB & C")
    (content,) = texts(item_of(notices=(notice,), disclosure="<i>", body="", companies=()), "content:encoded")
    assert content == (
        "<p><strong>Correction (24 November 2026, 04:05 ET):</strong> A &lt;b&gt;<br>B &amp; C</p>\n"
        "<p><em>&lt;i&gt;</em></p>"
    )


@pytest.mark.parametrize(
    ("standfirst", "description"),
    [
        ("AT&T and O’Neill’s “plan”", "AT&T and O’Neill’s “plan”"),
        ("less < more", "less < more"),
        ("the <b> tag", "the &lt;b&gt; tag"),
        ("write &amp; or &copy 2026", "write &amp;amp; or &amp;copy 2026"),
    ],
)
def test_description_shows_every_reader_the_standfirst(standfirst: str, description: str) -> None:
    assert texts(item_of(standfirst=standfirst), "description") == [description]


@pytest.mark.parametrize(
    "text", ["]]>", "<![CDATA[", "&nbsp;", "🧑‍🚀 🇯🇵", "阿里巴巴 «تجربة»", "\ud800", "a\0b\x0b\x1f\ufffe\uffff"]
)
def test_feed_stays_well_formed_whatever_a_story_says(text: str) -> None:
    company = replace(ALIBABA, ticker=f"X:{text}")
    item = item_of(
        headline=f"x{text}y", standfirst=text + ".", body=f"<p>{text}.</p>", language=f"en-{text}", companies=(company,)
    )
    kept = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    for illegal in "\0\x0b\x1f\ufffe\uffff":
        kept = kept.replace(illegal, " " if illegal in "\x0b\x1f" else "")
    assert texts(item, "title") == [f"x{kept}y"]


@given(st.text(st.characters(), max_size=30))
def test_feed_is_well_formed_for_any_text(text: str) -> None:
    item = feed_item(
        headline=text, standfirst=text, dateline=text, disclosure=text, notices=(replace(CORRECTION, text=text),)
    )
    parsed(feed(item, title=text, description=text))


def test_channel_says_what_it_is() -> None:
    (channel,) = parsed(feed()).findall("channel")
    assert {etree.QName(child).localname: child.text or dict(child.items()) for child in channel} == {
        "title": "Markets",
        "description": "What moves prices.",
        "language": "en",
        "link": {"rel": "self", "type": "application/rss+xml", "href": "https://news.example.com/rss.xml"},
        "lastBuildDate": "Tue, 24 Nov 2026 09:05:00 +0000",
    }


def test_channel_without_stories_has_no_build_date() -> None:
    assert parsed(feed(changed_at=None)).findall("channel/lastBuildDate") == []


def test_feed_depends_on_nothing_but_its_stories() -> None:
    with time_machine.travel(PUBLISHED):
        first = feed(feed_item())
    with time_machine.travel(UPDATED):
        assert feed(feed_item()) == first


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b'version="2.0"', b'version="0.91"'),
        (b"<title>Markets</title>", b""),
        (b"<title>Markets</title>", b"<title>Markets</title><title>Twice</title>"),
        (b"<language>en</language>", b"<language>English, mostly</language>"),
        (b"Mon, 23 Nov 2026", b"Tue, 23 Nov 2026"),
        (b"Mon, 23 Nov 2026", b"2026-11-23"),
        (b"<guid ", b"<guid>x</guid><guid "),
        (b' isPermaLink="false"', b""),
        (b"<dc:creator>Bo Li<", b"<dc:creator><"),
        (b'url="https://news.example.com/', b'url="/'),
        (b'href="https://news.example.com/rss.xml"', b'href="/rss.xml"'),
        (b'href="https://news.example.com/markets/"', b'href="/markets/"'),
        (b"<item>", b"<item><body/>"),
        (b"<item>", b'<item><enclosure url="https://a.example/"/>'),
    ],
)
def test_rules_find_what_breaks_them(good: bytes, bad: bytes) -> None:
    content = feed(feed_item())
    with time_machine.travel(UPDATED):
        assert problems(content) == []
        assert good in content
        assert problems(content.replace(good, bad, 1)) != []
