"""Stories in the words of schema.org."""

import json
from dataclasses import replace

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from PIL import Image

from articles import reading
from articles.records import Byline, Company, Person
from articles.rendering.structured_data import LOGO, TYPES, breadcrumbs, news_article, script_json
from articles.states import Kind
from tests import factories
from tests.public.stories import ADA, CORRECTION, PICTURE, SITE, UPDATED, story

ADDRESS = "https://news.example.com/markets/alibaba-sales-rise-abcd2345/"
LEDGER = {"@type": "NewsMediaOrganization", "name": "The Test Ledger", "url": "https://news.example.com/"}


def test_news_article_tells_everything_about_a_story() -> None:
    notices = (CORRECTION, replace(CORRECTION, kind="update", text="More figures."))
    data = news_article(story(notices=notices, original_url="https://wire.example/1"), SITE)
    image = {"@type": "ImageObject", "caption": "The port at dawn.", "creditText": "Photo: Ada Smith"}
    assert data == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": "urn:uuid:6f6c1a52-8f0e-4f43-9d0c-0a3f6cf3f0aa",
        "url": ADDRESS,
        "mainEntityOfPage": {"@type": "WebPage", "@id": ADDRESS},
        "headline": "Alibaba sales rise",
        "description": "How much Alibaba sold.",
        "image": [
            image | {"url": f"https://news.example.com/media/pictures/abc/port.{w}.jpg", "width": w, "height": h}
            for w, h in ((1440, 810), (960, 540), (480, 270))
        ],
        "datePublished": "2026-11-23T17:50:12+00:00",
        "dateModified": "2026-11-24T09:05:00+00:00",
        "author": [
            {
                "@type": "Person",
                "name": "Ada Smith",
                "url": "https://news.example.com/authors/ada-smith/",
                "jobTitle": "Asia technology editor",
            },
            {"@type": "Person", "name": "Bo Li", "url": "https://news.example.com/authors/bo-li/"},
        ],
        "publisher": LEDGER
        | {"logo": {"@type": "ImageObject", "url": "https://news.example.com/static/img/apple-touch-icon.png"}},
        "sourceOrganization": LEDGER,
        "isBasedOn": "https://wire.example/1",
        "articleSection": "Markets",
        "keywords": ["Cloud", "Earnings"],
        "dateline": "HONG KONG",
        "inLanguage": "en",
        "wordCount": 312,
        "isAccessibleForFree": True,
        "about": [
            {
                "@type": "Corporation",
                "name": "Alibaba Group",
                "url": "https://news.example.com/companies/alibaba-group/",
                "tickerSymbol": "NYSE BABA",
            }
        ],
        "mentions": [
            {
                "@type": "Corporation",
                "name": "Quillon Software",
                "url": "https://news.example.com/companies/quillon/",
            }
        ],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": "An earlier version gave the wrong quarter.",
                "datePublished": "2026-11-24T09:05:00+00:00",
            }
        ],
    }


def test_indices_and_funds_are_no_corporations_and_people_are_mentioned() -> None:
    index = Company(5, "Hang Seng", "/companies/hang-seng/", "HKEX:HSI", "subject", kind="index")
    fund = Company(6, "China Fund", "/companies/china-fund/", "NYSE:CHN", "mentioned", kind="fund")
    tsai = Person(3, "Joe Tsai", "/people/joe-tsai/")

    data = news_article(story(companies=(index, fund), persons=(tsai,)), SITE)

    assert data["about"] == [
        {
            "@type": "Thing",
            "name": "Hang Seng",
            "url": "https://news.example.com/companies/hang-seng/",
            "identifier": "HKEX HSI",
        }
    ]
    assert data["mentions"] == [
        {
            "@type": "InvestmentFund",
            "name": "China Fund",
            "url": "https://news.example.com/companies/china-fund/",
            "identifier": "NYSE CHN",
        },
        {"@type": "Person", "name": "Joe Tsai", "url": "https://news.example.com/people/joe-tsai/"},
    ]


def test_news_article_is_not_by_its_photographer() -> None:
    taken = Byline("Cy Ng", "/authors/cy-ng/", "photographer")

    data = news_article(story(bylines=(taken, ADA)), SITE)

    assert [person["name"] for person in data["author"]] == ["Ada Smith"]
    assert [person["name"] for person in data["contributor"]] == ["Cy Ng"]
    assert [person["name"] for person in news_article(story(bylines=(taken,)), SITE)["author"]] == [SITE.name]


def test_news_article_shows_a_logo_as_large_as_google_asks() -> None:
    logo = finders.find(LOGO)
    assert isinstance(logo, str)
    with Image.open(logo) as picture:
        assert min(picture.size) >= 112


def test_news_article_leaves_out_what_a_story_lacks() -> None:
    bare = story(
        standfirst="", search_description="", picture=None, section=None, bylines=(), source_name="", companies=(),
        topics=(), dateline="", word_count=0, access="subscribers",
    )  # fmt: skip
    data = news_article(bare, SITE)
    assert set(data) == {
        "@context", "@type", "@id", "url", "mainEntityOfPage", "headline", "datePublished", "dateModified", "author",
        "publisher", "inLanguage", "isAccessibleForFree",
    }  # fmt: skip
    assert data["isAccessibleForFree"] is False
    assert data["author"] == [LEDGER]


def test_news_article_names_the_provider_of_its_copy() -> None:
    data = news_article(story(source_name="Reuters", bylines=()), SITE)
    assert data["sourceOrganization"] == {"@type": "Organization", "name": "Reuters"}
    assert data["author"] == [{"@type": "Organization", "name": "Reuters"}]


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        (Kind.NEWS, "NewsArticle"),
        (Kind.ALERT, "NewsArticle"),
        (Kind.ANALYSIS, "AnalysisNewsArticle"),
        (Kind.OPINION, "OpinionNewsArticle"),
        (Kind.EXPLAINER, "BackgroundNewsArticle"),
        (Kind.PRESS_RELEASE, "Article"),
        (Kind.PARTNER_CONTENT, "AdvertiserContentArticle"),
    ],
)
def test_news_article_has_the_type_of_its_kind(kind: Kind, type_: str) -> None:
    assert news_article(story(kind=str(kind)), SITE)["@type"] == type_
    assert set(TYPES) == set(Kind)


@pytest.mark.parametrize(
    ("headline", "short", "expected"),
    [
        ("x" * 110, "short", "x" * 110),
        ("x" * 111, "short", "short"),
        ("a word " * 20, "", "a word " * 15 + "a…"),
        ("x" * 111, "y" * 111, "x" * 109 + "…"),
    ],
)
def test_news_article_keeps_its_headline_short_enough(headline: str, short: str, expected: str) -> None:
    data = news_article(story(headline=headline, short_headline=short), SITE)
    assert data["headline"] == expected
    assert len(expected) <= 110
    assert data.get("alternativeHeadline", expected) == headline


def test_news_article_shows_a_picture_without_renditions() -> None:
    picture = replace(PICTURE, path="/media/a/b.png", renditions=(), caption="", credit="")
    assert news_article(story(picture=picture), SITE)["image"] == [
        {
            "@type": "ImageObject",
            "url": "https://news.example.com/media/a/b.png",
            "width": 1600,
            "height": 900,
            "caption": "Ships at a quay",
        }
    ]


def test_breadcrumbs_lead_from_the_front_page_to_the_story() -> None:
    def names(data: dict[str, object]) -> list[tuple[object, ...]]:
        items = data["itemListElement"]
        assert isinstance(items, list)
        return [(item["position"], item["name"], item["item"]) for item in items]

    front, end = (1, "The Test Ledger", "https://news.example.com/"), ("Alibaba sales rise", ADDRESS)
    section = (2, "Markets", "https://news.example.com/markets/")
    assert names(breadcrumbs(story(), SITE)) == [front, section, (3, *end)]
    assert names(breadcrumbs(story(section=None), SITE)) == [front, (2, *end)]


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "&lt;", "\u2028\u2029", "阿里 🚀"]
)
def test_script_json_cannot_leave_its_script(text: str) -> None:
    written = script_json(news_article(story(headline=text), SITE))
    assert not set(written) & set("<>&\u2028\u2029")
    page = html.document_fromstring(f'<body><script type="application/ld+json">{written}</script><p>After</p>')
    (script,) = page.findall(".//script")
    assert json.loads(script.text or "")["headline"] == text
    assert page.findtext(".//p") == "After"


@given(st.text())
def test_script_json_says_what_it_was_given(text: str) -> None:
    assert json.loads(script_json({text: [text]})) == {text: [text]}


def test_news_article_says_when_it_was_changed_and_not_when_it_was_asked() -> None:
    assert news_article(story(), SITE) == news_article(story(), SITE)
    assert news_article(story(updated_at=UPDATED), SITE)["dateModified"] == "2026-11-24T09:05:00+00:00"


@pytest.mark.django_db
def test_article_page_prints_its_structured_data_and_social_tags(client: Client) -> None:
    factories.live(headline="</script>&“quoted”", lead_image=factories.image())
    (card,) = reading.latest(timezone.now()).items
    page = html.document_fromstring(client.get(card.path).content)
    documents = [json.loads(script.text or "") for script in page.findall(".//script[@type='application/ld+json']")]
    assert [document["@type"] for document in documents] == ["NewsArticle", "BreadcrumbList"]
    assert [documents[0]["headline"], documents[0]["url"]] == ["</script>&“quoted”", SITE.absolute(card.path)]
    tags = {meta.get("property"): meta.get("content") for meta in page.findall(".//meta[@property]")}
    assert tags["og:title"] == "</script>&“quoted”"
    assert client.get((tags["og:image"] or "").removeprefix(SITE.url)).getvalue() != b""
