"""The page of a person."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from articles.media.library import store_portrait
from articles.models import Person, PersonRole
from tests import factories
from tests.pages import attributes, parse, select, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def joe() -> Person:
    made = factories.somebody("Joe Tsai", aliases=["Cai Chongxin"], biography="Born in Taipei.\n\nLives in Hong Kong.")
    alibaba = factories.company("Alibaba Group", from_reference=True)
    roles: list[dict[str, Any]] = [
        {"company": alibaba, "title": "vice chairman", "since_on": date(2013, 5, 10), "until_on": date(2023, 9, 10)},
        {"company": alibaba, "title": "chairman", "since_on": date(2023, 9, 10)},
        {"body": "Brooklyn Nets", "title": "owner"},
        {"body": "Taobao", "company": alibaba, "title": "founder", "until_on": date(2003, 1, 1)},
        {"body": "Sullivan & Cromwell", "title": "associate", "until_on": date(1993, 1, 1)},
    ]
    for role in roles:
        PersonRole.objects.create(person=made, **role)
    factories.live(headline="About him", persons=[made], at=timezone.now() - timedelta(hours=2))
    return made


def page(client: Client, path: str = "/people/joe-tsai/") -> Any:
    response = client.get(path)
    assert response.status_code == 200
    return parse(response.content)


def test_person_has_a_page(client: Client, joe: Person) -> None:
    factories.live(headline="About others")

    tree = page(client)

    assert texts(tree, "h1") == ["Joe Tsai"]
    assert texts(tree, ".person-now li") == ["Chairman, Alibaba Group", "Owner, Brooklyn Nets"]
    assert texts(tree, ".page-description p") == ["Born in Taipei.", "Lives in Hong Kong."]
    assert texts(tree, ".river-headline") == ["About him"]
    assert texts(tree, ".portrait") == []
    assert "/people/joe-tsai/rss.xml" in attributes(tree, "link[rel=alternate]", "href")


def test_roles_are_a_list_with_their_months(client: Client, joe: Person) -> None:
    tree = page(client)

    assert texts(tree, ".roles ol li") == [
        "Chairman Alibaba Group Since September 2023",
        "Owner Brooklyn Nets",
        "Vice chairman Alibaba Group From May 2013 until September 2023",
        "Founder Taobao, Alibaba Group Until January 2003",
        "Associate Sullivan & Cromwell Until January 1993",
    ]
    assert attributes(tree, ".roles time", "datetime") == ["2023-09", "2013-05", "2023-09", "2003-01", "1993-01"]
    assert attributes(tree, ".roles a", "href") == ["/companies/alibaba-group/"] * 3
    assert attributes(tree, "section.roles", "aria-labelledby") == attributes(tree, ".roles h2", "id")


def test_person_without_roles_has_no_list_of_them(client: Client) -> None:
    factories.live(persons=[factories.somebody("Joe Tsai")])

    tree = page(client)

    assert (select(tree, ".roles"), select(tree, ".person-now")) == ([], [])


def test_portrait_and_its_credit(client: Client, joe: Person) -> None:
    joe.portrait, joe.portrait_credit = ContentFile(factories.jpeg(90, 90), "joe.jpg"), "Photo: Ada"
    store_portrait(joe)

    tree = page(client)

    assert attributes(tree, ".person-portrait img", "src") == [f"/media/{joe.portrait.name}"]
    assert texts(tree, ".person-portrait figcaption") == ["Photo: Ada"]
    file: Any = client.get(f"/media/{joe.portrait.name}")
    assert (file.status_code, b"".join(file.streaming_content)[:2]) == (200, b"\xff\xd8")
    file.close()


def test_search_engines_are_told_who_it_is(client: Client, joe: Person) -> None:
    (script,) = select(page(client), "script[type=application/ld+json]")

    assert json.loads(script.text) == {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": "Joe Tsai",
        "alternateName": ["Cai Chongxin"],
        "url": "https://news.example.com/people/joe-tsai/",
        "description": "Born in Taipei.\n\nLives in Hong Kong.",
        "jobTitle": ["chairman", "owner"],
        "worksFor": [
            {
                "@type": "Corporation",
                "name": "Alibaba Group",
                "url": "https://news.example.com/companies/alibaba-group/",
            },
            {"@type": "Organization", "name": "Brooklyn Nets"},
        ],
    }


def test_person_with_nothing_but_a_name_is_described_in_short(client: Client) -> None:
    factories.live(persons=[factories.somebody("Joe Tsai")])

    (script,) = select(page(client), "script[type=application/ld+json]")

    assert sorted(json.loads(script.text)) == ["@context", "@type", "name", "url"]


def test_older_stories_follow(client: Client, joe: Person) -> None:
    now = timezone.now()
    for number in range(21):
        factories.live(headline=f"Story {number}", persons=[joe], at=now - timedelta(minutes=number))

    [older] = attributes(page(client), ".pager-older", "href")
    tree = page(client, str(older))

    assert texts(tree, ".river-headline") == ["Story 20", "About him"]
    assert texts(tree, ".page-part") == ["Older stories"]


def test_page_is_tagged_for_a_cdn(client: Client, joe: Person, settings: Any) -> None:
    settings.CDN_URL, settings.CDN_TOKEN = "fastly://Svc", "token"

    for path in ("/people/joe-tsai/", "/people/joe-tsai/rss.xml"):
        assert client.get(path).headers["Surrogate-Key"] == f"person-{joe.pk} site"
