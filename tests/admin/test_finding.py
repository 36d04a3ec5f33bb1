"""What is found by what somebody types: in the lists, and where something is to be chosen."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from articles import paths, workflow
from articles.admin import finding
from articles.models import Article, Company, Image, Redirect
from articles.workflow import clock
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import LIST
from tests.admin.test_lists import further, shown

pytestmark = pytest.mark.django_db
LEDGER = "/desk/articles/transition/"


def found(client: Client, room: str, typed: str) -> list[str]:
    """Return what the list of a room finds."""
    return shown(client, f"/desk/articles/{room}/?q={quote(typed)}")[1]


def offered(client: Client, model: str, field: str, typed: str, page: int = 1) -> Any:
    """Return what is offered where somebody types into a field."""
    query = f"app_label=articles&model_name={model}&field_name={field}&term={quote(typed)}&page={page}"
    answer = client.get(f"/desk/autocomplete/?{query}")
    assert answer.status_code == 200
    return answer.json()


def names(client: Client, model: str, field: str, typed: str) -> list[str]:
    return [choice["text"] for choice in offered(client, model, field, typed)["results"]]


@pytest.fixture
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a word that three rows have for a common one, and look through two newest stories only."""
    monkeypatch.setattr(finding, "FEW", 2)
    monkeypatch.setattr(finding, "MANY", 4)
    monkeypatch.setattr(finding, "RECENT", 2)


@pytest.fixture
def archive() -> dict[str, Article]:
    """Make old stories, and two new ones behind which their texts are not looked through."""
    old = clock.now() - 900 * factories.DAY
    mei = factories.author("Mei Lindqvist")
    alibaba = factories.company("Alibaba", "NYSE:BABA", aliases=["阿里巴巴"])
    made = {
        "cloud": factories.draft(at=old, headline="Alibaba turns to the cloud", body="<p>Chips are short.</p>"),
        "copper": factories.draft(at=old, headline="The price of copper turns", bylines=[mei]),
        "listed": factories.draft(at=old, headline="The price of power", companies=[alibaba]),
        "battery": factories.draft(at=old, headline="蓝海电池斥资65亿元"),
        "slug": factories.draft(at=old, headline="The price of power again", slug="power-price"),
    }
    factories.draft(headline="Newest")
    factories.draft(headline="New", body="<p>A lonely pangolin.</p>")
    return made


CASES = [
    ("alibaba cloud", {"cloud"}),
    ("CLOUD alib", {"cloud"}),
    ("turns", {"cloud", "copper"}),
    ("the price", {"copper", "listed", "slug"}),
    ("price turns", {"copper"}),
    ("price power", {"listed", "slug"}),
    ("lindqvist", {"copper"}),
    ("lind copper", {"copper"}),
    ("lind cloud", set()),
    ("baba", {"listed"}),
    ("阿里", {"listed"}),
    ("alibaba", {"cloud", "listed"}),
    ("电池", {"battery"}),
    ("电池斥资", {"battery"}),
    ("power-price", {"listed", "slug"}),
    ("price NYSE:BABA", {"listed"}),
    ("NYSE:BABA", {"listed"}),
    ('"turns to the"', {"cloud"}),
    ('"to turns"', set()),
    ("chips", set()),  # stands in the text of an old story only
    ("loud", set()),  # no word begins so
    ("%", set()),
    ("'", set()),
]


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize(("typed", "keys"), CASES)
def test_old_story_is_found_by_its_headline_and_by_whom_it_names(
    typed: str, keys: set[str], archive: dict[str, Article], desk: Desk
) -> None:
    assert set(found(desk(Role.REPORTER), "article", typed)) == {archive[key].headline for key in keys}


@pytest.mark.parametrize(("typed", "keys"), CASES)
def test_what_is_common_makes_no_difference(
    typed: str, keys: set[str], archive: dict[str, Article], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "RECENT", 2)

    assert set(found(desk(Role.REPORTER), "article", typed)) == {archive[key].headline for key in keys}


@pytest.mark.usefixtures("_few", "archive")
def test_new_story_is_found_by_its_text(desk: Desk) -> None:
    client = desk(Role.REPORTER)

    assert found(client, "article", "lonely pango") == ["New"]
    assert found(client, "article", '"pangolin lonely"') == []


@pytest.mark.usefixtures("_few")
def test_text_of_an_old_story_is_found_among_those_of_its_year(archive: dict[str, Article], desk: Desk) -> None:
    year = archive["cloud"].changed_at.year
    factories.draft(at=clock.now(), headline="Chips")
    monday = f"{LIST}?q=short&changed_at__year={year}"
    Article.objects.exclude(pk=archive["cloud"].pk).filter(changed_at__year=year).update(changed_at=clock.now())

    assert shown(desk(Role.REPORTER), monday)[1] == ["Alibaba turns to the cloud"]


@pytest.mark.parametrize("around", ["{}", "https://news.example.com{}", "https://news.example.com{}?utm=1#x", " {} "])
def test_pasted_address_finds_its_story(around: str, desk: Desk) -> None:
    story, _other = factories.live(headline="Found"), factories.live(headline="Another")
    edition = story.editions.get()

    assert found(desk(Role.REPORTER), "article", around.format(edition.path)) == ["Found"]
    assert found(desk(Role.REPORTER), "edition", around.format(edition.path)) == ["Found (1)"]


def test_pasted_address_finds_its_company(desk: Desk) -> None:
    company = factories.company("Acme Motors")
    factories.company("Acme")

    assert found(desk(Role.REPORTER), "company", f"https://news.example.com{company.path}") == ["Acme Motors"]
    assert found(desk(Role.REPORTER), "company", paths.company("nobody")) == []


def test_search_of_many_rows_shows_the_first_and_leads_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "FOUND", 3)
    for number in range(8):
        factories.draft(headline=f"Price {number}", at=clock.now() - number * factories.DAY)
    client = desk(Role.REPORTER)
    address, seen = f"{LIST}?q=price", list[str]()
    while address:
        changes, rows = shown(client, address)
        seen += rows
        last = further(client, address)
        assert changes.counted == ("More than 3 stories" if last else "2 stories")
        address = f"{LIST}{last}" if last else ""

    assert seen == [f"Price {number}" for number in range(8)]


@pytest.mark.parametrize(
    ("room", "make"),
    [
        ("author", factories.author),
        ("company", factories.company),
        ("topic", factories.topic),
        ("section", factories.section),
        ("source", factories.source),
        ("image", factories.image),
    ],
)
def test_noun_is_found_by_the_beginning_of_any_word(room: str, make: Any, desk: Desk) -> None:
    made, _other = make("Blue Sky Großhandel"), make("Sea")
    client = desk(Role.ADMINISTRATOR)

    for typed in ("blue", "SKY", "gross", "grossh blu", "großhandel", "blue sky gro"):
        assert found(client, room, typed) == [str(made)], typed
    for typed in ("blue sea", "%", "_"):
        assert found(client, room, typed) == [], typed
    # Of the newest pictures every part of a text is looked at.
    assert found(client, room, "lue") == ([str(made)] if room == "image" else [])


def test_company_is_found_by_name_alias_ticker_and_number(desk: Desk) -> None:
    factories.company("Alibaba", "NYSE:BABA", aliases=["阿里巴巴", "Taobao Holding"], cik=1577552)
    factories.company("Tencent", "HKEX:700")
    client = desk(Role.REPORTER)

    for typed in ("alib", "baba", "NYSE:BABA", "taobao", "holding", "阿里", "1577552"):
        assert found(client, "company", typed) == ["Alibaba"], typed


def test_ledger_is_searched_by_story_person_and_reason(desk: Desk) -> None:
    sent_back = factories.submitted(headline="Copper falls")
    editor = factories.journalist(Role.EDITOR, "tilda", first_name="Tilda", last_name="Brandt")
    workflow.send_back(sent_back, by=editor, reason="Who says so?")
    client = desk(Role.EDITOR)

    def verbs(typed: str) -> list[str]:
        return [row.verb for row in shown(client, f"{LEDGER}?q={quote(typed)}")[0].result_list]

    assert verbs("copper") == ["send_back", "submit", "start"]
    assert verbs("tilda brandt") == ["send_back"]
    assert verbs("who says") == ["send_back"]
    assert verbs("tilda copper") == []


def test_editions_are_searched_by_what_they_were_called(desk: Desk) -> None:
    story = factories.live(headline="Copper falls")
    workflow.save(story, {"headline": "Tin rises"}, by=factories.person(Role.COPY_EDITOR))
    client = desk(Role.EDITOR)

    assert found(client, "edition", "tin") == ["Copper falls (1)"]
    assert found(client, "edition", "copper") == ["Copper falls (1)"]


def test_redirect_is_found_by_words_of_its_address(desk: Desk) -> None:
    Redirect.objects.create(path="/davos/", topic=factories.topic())

    assert found(desk(Role.EDITOR), "redirect", "/davos/") == ["/davos/"]
    assert found(desk(Role.EDITOR), "redirect", "dav") == ["/davos/"]


def test_newest_pictures_are_found_by_what_they_show(desk: Desk) -> None:
    factories.image("Harbor", alt="A crane", caption="Cranes at dawn.")

    for typed in ("harb", "crane", "dawn"):
        assert found(desk(Role.EDITOR), "image", typed) == ["Harbor"]
    assert found(desk(Role.EDITOR), "image", "harbor dusk") == []
    assert Image.objects.count() == 1


def test_company_with_the_typed_ticker_is_offered_first(desk: Desk) -> None:
    for name in ("TAA", "Tbb", "Tcc"):
        factories.company(name)
    factories.company("AT&T", "NYSE:T")
    factories.company("Zeta", "NASDAQ:ZT")
    client = desk(Role.REPORTER)

    assert names(client, "articlecompany", "company", "t") == ["AT&T (NYSE:T)", "TAA", "Tbb", "Tcc"]
    assert names(client, "articlecompany", "company", "NYSE:T")[0] == "AT&T (NYSE:T)"
    assert names(client, "articlecompany", "company", "zt") == ["Zeta (NASDAQ:ZT)"]


def test_choices_come_page_by_page(desk: Desk) -> None:
    for number in range(45):
        factories.company(f"Group {number:02}", *(["NYSE:GROUP"] if number == 44 else []))
    client = desk(Role.REPORTER)

    pages = [offered(client, "articlecompany", "company", "group", page) for page in (1, 2, 3, 4)]

    assert [len(page["results"]) for page in pages] == [21, 20, 4, 0]
    assert [page["pagination"]["more"] for page in pages] == [True, True, False, False]
    keys = [choice["id"] for page in pages for choice in page["results"]]
    assert len(set(keys)) == len(keys) == 45
    assert keys[0] == str(Company.objects.get(name="Group 44").pk)


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999"])
def test_odd_page_of_choices_is_none(page: str, desk: Desk) -> None:
    query = f"app_label=articles&model_name=articlecompany&field_name=company&term=&page={page}"

    assert desk(Role.REPORTER).get(f"/desk/autocomplete/?{query}").status_code == 404


def test_nothing_typed_offers_the_first(desk: Desk) -> None:
    factories.company("Beta")
    factories.company("Alpha")

    assert names(desk(Role.REPORTER), "articlecompany", "company", " ") == ["Alpha", "Beta"]


def test_merged_noun_is_not_offered(desk: Desk) -> None:
    gone, into = factories.company("Acme Inc"), factories.company("Acme")
    Company.objects.filter(pk=gone.pk).update(merged_into=into)

    assert names(desk(Role.REPORTER), "articlecompany", "company", "acme") == ["Acme"]


def test_story_is_offered_by_its_headline_newest_first(desk: Desk) -> None:
    for days in (3, 1, 2):
        factories.draft(headline=f"Copper {days}", at=clock.now() - days * factories.DAY)

    assert names(desk(Role.REPORTER), "article", "follows", "cop") == ["Copper 1", "Copper 2", "Copper 3"]


def test_topics_are_offered_in_the_story_form(desk: Desk) -> None:
    for name in ("Central banks", "Banking", "Copper"):
        factories.topic(name)
    client = desk(Role.REPORTER)

    def topics(typed: str) -> list[str]:
        answer = client.get(f"{LIST}topics/?term={quote(typed)}")
        return [choice["text"] for choice in answer.json()["results"]]

    assert topics("bank") == ["Banking", "Central banks"]
    assert topics("") == ["Banking", "Central banks", "Copper"]
    assert topics("anking") == []


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize("typed", ["zyxoplan", "zyxoplan the", "the", "the price", "insider", "rival"])
def test_confidential_story_is_found_by_its_people_only(typed: str, archive: dict[str, Article], desk: Desk) -> None:
    insider = factories.journalist(Role.EDITOR)
    byline = factories.author("Ingrid Insider")
    secret = factories.confidential(
        headline="Zyxoplan: the price of the rival", bylines=[byline], people=[insider], body="<p>Rival.</p>"
    )
    outsider = desk(factories.journalist(Role.ADMINISTRATOR))

    assert secret.headline in found(desk(insider), "article", typed)
    assert secret.headline not in found(outsider, "article", typed)
    assert secret.headline in names(desk(insider), "article", "follows", typed)
    assert secret.headline not in names(outsider, "article", "follows", typed)
    assert str(secret) not in [
        row.article.headline for row in shown(outsider, f"/desk/articles/transition/?q={typed}")[0].result_list
    ]
    assert archive


def test_confidential_stories_are_not_counted(desk: Desk) -> None:
    factories.draft(headline="Open")
    factories.confidential(headline="Secret")

    assert shown(desk(factories.journalist(Role.ADMINISTRATOR)), LIST)[0].counted == "1 story"
