"""The indexes A–Z, and the way from a ticker to its company."""

from datetime import date

import pytest
from django.test import Client

from articles.models import Listing
from articles.reading import indexes
from tests import factories
from tests.pages import attributes, parse, select, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def _companies() -> None:
    for name in ("Alibaba Group", "ABB", "Baidu", "3M", "Électricité de France"):
        factories.company(name, f"NYSE:{name[:2].upper()}" if name != "Baidu" else "", from_reference=True)
    Listing.objects.filter(symbol="").delete()


def answered(client: Client, path: str) -> tuple[int, str]:
    response = client.get(path)
    return response.status_code, response.headers.get("Location", "")


@pytest.mark.usefixtures("_companies")
def test_companies_from_a_to_z(client: Client) -> None:
    tree = parse(client.get("/companies/").content)

    assert texts(tree, "h1") == ["Companies A–Z"]
    assert texts(tree, ".names li") == [
        "ABB NYSE:AB",
        "Alibaba Group NYSE:AL",
        "Baidu",
        "Électricité de France NYSE:ÉL",
        "3M NYSE:3M",
    ]
    assert texts(tree, ".letters a") == ["All", "A", "B", "E", "#"]
    assert len(texts(tree, ".letters li")) == 28
    assert attributes(tree, ".letters a", "href")[1] == "/companies/?letter=a"
    assert attributes(tree, ".letters a", "aria-current") == ["page", None, None, None, None]
    assert attributes(tree, ".letters a", "aria-label")[-1] == "Digits and other scripts"
    assert attributes(tree, "meta[name=robots]", "content") == ["max-image-preview:large"]


@pytest.mark.usefixtures("_companies")
@pytest.mark.parametrize(
    ("letter", "found", "title"),
    [
        ("a", ["ABB", "Alibaba Group"], "Companies: A"),
        ("%23", ["3M"], "Companies: #"),
        ("q", [], "Companies: Q"),
    ],
)
def test_letter_has_its_companies(client: Client, letter: str, found: list[str], title: str) -> None:
    tree = parse(client.get(f"/companies/?letter={letter}").content)

    assert (texts(tree, "h1"), texts(tree, ".names a")) == ([title], found)
    assert attributes(tree, "link[rel=canonical]", "href") == [f"https://news.example.com/companies/?letter={letter}"]
    assert texts(tree, ".empty") == ([] if found else ["There is nothing here yet."])
    indexed = "max-image-preview:large" if found else "noindex, follow"
    assert attributes(tree, "meta[name=robots]", "content") == [indexed]


def test_people_have_a_present_role(client: Client) -> None:
    joe = factories.somebody("Joe Tsai")
    factories.live(persons=[joe])
    joe.roles.create(title="chairman", body="Alibaba Group")

    tree = parse(client.get("/people/").content)

    assert texts(tree, ".names li") == ["Joe Tsai chairman, Alibaba Group"]
    assert attributes(tree, ".names a", "href") == ["/people/joe-tsai/"]
    assert texts(tree, ".letters a") == ["All", "J"]


@pytest.mark.usefixtures("_companies")
@pytest.mark.parametrize("start", ["/companies/", "/companies/?letter=a"])
def test_parts_follow_one_another(client: Client, start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = texts(parse(client.get(start).content), ".names a")
    monkeypatch.setattr(indexes, "INDEX_SIZE", 1)

    found, path = list[str](), start
    while path:
        # What was kept is of another size.
        factories.company(from_reference=True, name="Zzz").delete()
        tree = parse(client.get(path).content)
        found += texts(tree, ".names a")
        assert bool(select(tree, ".pager a")) == (len(whole) > 1)
        path = str(next(iter(attributes(tree, ".pager-older", "href")), ""))

    assert found == whole
    assert attributes(tree, "meta[name=robots]", "content") == ["noindex, follow"]
    assert attributes(tree, ".pager a", "href") == [start]


@pytest.mark.usefixtures("_companies")
@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/companies", (301, "/companies/")),
        ("/companies?letter=a&utm_source=x", (301, "/companies/?letter=a")),
        ("/companies/?letter=A", (301, "/companies/?letter=a")),
        ("/people?letter=A&after=b~1", (301, "/people/?letter=a&after=b~1")),
        ("/companies/?letter=aa", (404, "")),
        ("/companies/?after=x", (404, "")),
        ("/companies/?letter=a&after=b~1", (404, "")),
        ("/companies/?letter=a&after=a~0", (200, "")),
    ],
)
def test_spellings_of_an_index(client: Client, path: str, answer: tuple[int, str]) -> None:
    assert answered(client, path) == answer


@pytest.mark.parametrize("ticker", ["NYSE:BRK.B", "brk-b", "BRK/B", "BRK/B/", "brk.b/", "NYSE%3ABRK.B", "BRK%20B"])
def test_ticker_leads_to_its_company(client: Client, ticker: str) -> None:
    factories.company("Berkshire Hathaway", "NYSE:BRK.B", from_reference=True)

    assert answered(client, f"/quote/{ticker}") == (301, "/companies/berkshire-hathaway/")


@pytest.mark.parametrize("ticker", ["NOPE", "NYSE:NOPE", "SECR", "NYSE:SECR", "a/b/c", "%20", ":"])
def test_ticker_of_nobody_is_not_found(client: Client, ticker: str) -> None:
    factories.draft(companies=[factories.company("Secret", "NYSE:SECR")])

    nothing = client.get("/nothing/at/all/")
    found = client.get(f"/quote/{ticker}")

    assert (found.status_code, found.content) == (404, nothing.content)


def test_ticker_of_several_companies_asks(client: Client) -> None:
    factories.company("Agilent", "NYSE:A", from_reference=True)
    factories.company("Citic", "HKEX:A", from_reference=True)

    response = client.get("/quote/a")
    tree = parse(response.content)

    assert response.status_code == 200
    assert texts(tree, "h1") == ["Which A?"]
    assert texts(tree, ".candidates li") == ["NYSE:A Agilent NYSE", "HKEX:A Citic HKEX"]
    assert attributes(tree, ".candidates a", "href") == ["/companies/agilent/", "/companies/citic/"]
    assert attributes(tree, "meta[name=robots]", "content") == ["noindex, follow"]
    assert answered(client, "/quote/HKEX:A") == (301, "/companies/citic/")


def test_former_tickers_say_so(client: Client) -> None:
    for name in ("First", "Second"):
        factories.company(name, "NYSE:T", from_reference=True)
        Listing.objects.update(delisted_on=date(2020, 1, 1))

    assert texts(parse(client.get("/quote/T").content), ".candidates li") == [
        "NYSE:T First NYSE, formerly",
        "NYSE:T Second NYSE, formerly",
    ]
