"""What the panel beside the text asks, and who is answered."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from articles.admin import typed_copy
from articles.admin.statement_form import attributes_of
from articles.models import AliasRule, Article, Company, ReferenceRate
from articles.naming import known as names
from articles.naming.decisions import dismiss, dismissals
from articles.naming.known import Known
from articles.workflow import clock
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import ADD, LIST, change, filled
from tests.quality import markets

pytestmark = pytest.mark.django_db
NEW = f"{LIST}copy/"
STATEMENT = f"{LIST}copy/statement/"


@pytest.fixture
def harbor() -> Company:
    return factories.company("Harbor Bank", "NYSE:HBR")


def question(*blocks: Any, headline: str = "", **more: Any) -> dict[str, Any]:
    """Return what the panel sends of a text: paragraphs, or paragraphs with marks."""
    texts = [block if isinstance(block, dict) else {"text": block} for block in blocks]
    return {"headline": headline, "blocks": [{**text, "opens": not place} for place, text in enumerate(texts)], **more}


def ask(client: Client, address: str, said: Any, **headers: Any) -> Any:
    return client.post(address, json.dumps(said), content_type="application/json", **headers)


def of(article: Article) -> str:
    return f"{LIST}{article.pk}/copy/"


def test_names_are_found_with_their_places(harbor: Company, desk: Desk) -> None:
    answer = ask(desk(Role.REPORTER), NEW, question("Nothing.", "Shares of Harbor Bank fell."))

    assert answer.status_code == 200
    assert answer.json()["reading"] is False
    assert answer.json()["open"] == [
        {
            "id": f"company-{harbor.pk}",
            "sure": True,
            "words": ["Harbor Bank"],
            "headline": False,
            "candidates": [
                {
                    "entity": f"company-{harbor.pk}",
                    "kind": "company",
                    "key": str(harbor.pk),
                    "name": "Harbor Bank",
                    "note": "NYSE:HBR",
                }
            ],
            "role": "Mentioned",
            "places": [
                {
                    "block": 1,
                    "start": 10,
                    "end": 21,
                    "words": "Harbor Bank",
                    "before": "Shares of ",
                    "after": " fell.",
                }
            ],
        }
    ]
    assert answer.json()["titles"] == {f"company-{harbor.pk}": "Harbor Bank (NYSE:HBR)"}


def test_places_count_as_a_browser_counts(harbor: Company, desk: Desk) -> None:
    answer = ask(desk(Role.REPORTER), NEW, question("😀 Harbor Bank fell."))

    [found] = answer.json()["open"]
    assert [(place["start"], place["end"]) for place in found["places"]] == [(3, 14)]


def test_marked_and_linked_words_are_not_to_be_decided(harbor: Company, desk: Desk) -> None:
    mark = {"tag": "span", "attributes": {"data-company": str(harbor.pk)}, "start": 3, "end": 14}
    block = {"text": "😀 Harbor Bank fell. Harbor Bank rose.", "marks": [mark]}
    link = {"text": "Harbor Bank", "marks": [{"tag": "a", "attributes": {"href": "/x"}, "start": 0, "end": 11}]}

    marked = ask(desk(Role.REPORTER), NEW, question(block)).json()
    linked = ask(desk(Role.REPORTER), NEW, question(link)).json()

    [named] = marked["named"]
    assert marked["open"] == []
    assert (named["entity"], named["role"]) == (f"company-{harbor.pk}", "Subject")
    assert [place["start"] for place in named["marked"]] == [3]
    assert [place["start"] for place in named["places"]] == [21]
    assert (linked["open"], linked["named"]) == ([], [])


def test_dismissed_words_come_back_as_dismissed_only(harbor: Company, desk: Desk) -> None:
    entity = f"company-{harbor.pk}"

    answer = ask(desk(Role.REPORTER), NEW, question("Harbor Bank fell.", dismissed=[["Harbor Bank", entity]])).json()

    assert answer["open"] == []
    assert answer["dismissed"] == [{"words": "Harbor Bank", "entity": entity, "name": "Harbor Bank"}]


def test_saved_story_remembers_what_was_dismissed(harbor: Company, desk: Desk) -> None:
    article, entity = factories.draft(), f"company-{harbor.pk}"
    client = desk(article.created_by)

    answer = ask(client, f"{of(article)}dismiss/", {"dismissed": [["Harbor Bank", entity]]})

    assert answer.json() == {"dismissed": [["Harbor Bank", entity]]}
    assert ask(client, of(article), question("Harbor Bank fell.")).json()["open"] == []
    ask(client, f"{of(article)}dismiss/", {"dismissed": [["Harbor Bank", entity]], "back": True})
    assert len(ask(client, of(article), question("Harbor Bank fell.")).json()["open"]) == 1


def test_new_story_takes_along_what_was_dismissed(harbor: Company, desk: Desk) -> None:
    client, entity = desk(Role.REPORTER), f"company-{harbor.pk}"
    data = filled(client, ADD, headline="New", dismissed=json.dumps([["Harbor Bank", entity]]))

    client.post(ADD, data)

    assert dismissals(Article.objects.get()) == [("Harbor Bank", entity)]


@pytest.mark.parametrize("said", ["", "{", '[["Harbor Bank"]]', '[["", null]]', '{"a": 1}', "[[1, 2]]", "[" * 9000])
def test_new_story_begins_whatever_stands_in_the_field(said: str, desk: Desk) -> None:
    client = desk(Role.REPORTER)

    client.post(ADD, filled(client, ADD, headline="New", dismissed=said))

    assert dismissals(Article.objects.get()) == []


def test_nothing_is_dismissed_in_a_story_that_one_may_not_save(desk: Desk) -> None:
    article = factories.submitted()

    answer = ask(desk(article.created_by), f"{of(article)}dismiss/", {"dismissed": [["Harbor", None]]})

    assert (answer.status_code, answer.json()) == (403, {"problem": "You cannot change this story now."})
    assert dismissals(article) == []


@pytest.mark.parametrize("place", ["", "dismiss/", "rule/"])
def test_confidential_story_answers_like_one_that_does_not_exist(place: str, desk: Desk) -> None:
    secret = factories.confidential()
    outsider = desk(factories.journalist(Role.ADMINISTRATOR))
    said = {**question("Text."), "dismissed": [["Words", None]], "words": "Words", "verdict": "never"}

    answers = [ask(outsider, f"{of(article)}{place}", said) for article in (secret, Article(pk=987654))]

    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (404, {"problem": "There is no such story."})
    ] * 2
    assert ask(desk(secret.created_by), of(secret), question("Text.")).status_code == 200


def test_panel_is_for_those_who_write(desk: Desk) -> None:
    nobody = factories.journalist(Role.REPORTER)
    nobody.groups.clear()
    client = desk(nobody)

    statuses = [
        ask(client, address, question("Text.")).status_code for address in (NEW, STATEMENT, f"{LIST}copy/rule/")
    ]
    looked_up = [client.get(f"{LIST}copy/{place}/?term=a").status_code for place in ("names", "listings")]

    assert (statuses, looked_up) == ([403] * 3, [403] * 2)


def test_question_needs_the_token(harbor: Company) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.person(Role.REPORTER))

    assert ask(client, NEW, question("Harbor Bank fell.")).status_code == 403


@pytest.mark.parametrize("address", [NEW, STATEMENT, f"{LIST}copy/rule/"])
def test_question_that_is_none_is_refused_in_words(address: str, desk: Desk) -> None:
    client = desk(Role.ADMINISTRATOR)

    answers = [client.post(address, body, content_type="application/json") for body in ("", "{", "[]", "1", "[" * 9000)]

    assert [answer.status_code for answer in answers] == [400] * 5
    assert {answer.json()["problem"] for answer in answers} == {
        "The desk did not understand the question. Load the page again."
    }
    assert client.get(address).status_code == 405


BAD: list[dict[str, Any]] = [
    {"blocks": "text"},
    {"blocks": [{"text": 1}]},
    {"blocks": [{}]},
    {"blocks": ["text"]},
    {"headline": 1, "blocks": []},
    {"blocks": [{"text": "Text", "marks": [{"tag": "span", "start": 0, "end": 9, "attributes": {}}]}]},
    {"blocks": [{"text": "Text", "marks": [{"tag": "span", "start": 2, "end": 2, "attributes": {}}]}]},
    {"blocks": [{"text": "Text", "marks": [{"tag": "span", "start": "a", "end": 2, "attributes": {}}]}]},
    {"blocks": [{"text": "Text", "marks": [{"tag": "span", "start": 0, "end": 2, "attributes": []}]}]},
    {"blocks": [], "dismissed": "all"},
    {"blocks": [], "dismissed": [["words", "topic-3"]]},
    {"blocks": [], "dismissed": [["x" * 121, None]]},
    {"blocks": [], "dismissed": [["x", None]] * 501},
    {"blocks": [], "listed": 7},
]


@pytest.mark.parametrize("said", BAD)
def test_text_that_no_browser_sends_is_refused(said: dict[str, Any], desk: Desk) -> None:
    assert ask(desk(Role.REPORTER), NEW, said).status_code == 400


def test_text_that_is_too_long_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk(Role.REPORTER)
    monkeypatch.setattr(typed_copy, "MOST_CHARACTERS", 100)
    long = ask(client, NEW, question("x" * 60, "y" * 60))
    monkeypatch.setattr(typed_copy, "MOST_BYTES", 100)
    large = ask(client, NEW, question("x" * 100))

    assert [(answer.status_code, answer.json()) for answer in (long, large)] == [
        (413, {"problem": "The text is too long to be looked through."})
    ] * 2


def test_half_a_character_harms_nothing(harbor: Company, desk: Desk) -> None:
    answer = desk(Role.REPORTER).post(
        NEW, '{"blocks": [{"text": "\\ud83d Harbor Bank fell."}]}', content_type="application/json"
    )

    assert [place["start"] for place in answer.json()["open"][0]["places"]] == [2]


def test_desk_says_when_the_names_are_being_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk(Role.REPORTER)
    monkeypatch.setattr("articles.admin.copy_pages.known", lambda: Known(None, is_current=False))

    answer = ask(client, NEW, question("Harbor Bank fell 2% on Tuesday."))

    assert answer.json()["reading"] is True
    assert "open" not in answer.json()
    assert len(answer.json()["proposed"]) == 1


def test_rule_holds_from_the_next_question_on(harbor: Company, desk: Desk) -> None:
    client = desk(Role.COPY_EDITOR)
    rule = {"words": "Harbor Bank", "entity": f"company-{harbor.pk}", "verdict": "never"}

    answer = ask(client, f"{LIST}copy/rule/", rule)

    assert answer.json() == {"rule": "Harbor Bank: Never"}
    assert ask(client, NEW, question("Harbor Bank fell.")).json()["open"] == []
    assert AliasRule.objects.get().company == harbor


@pytest.mark.parametrize(
    "rule",
    [
        {"words": "Harbor", "entity": None, "verdict": "always"},
        {"words": "", "entity": None, "verdict": "never"},
        {"words": "Harbor", "entity": None, "verdict": "sometimes"},
        {"words": "Harbor", "entity": "company-99999", "verdict": "never"},
        {"words": "Harbor", "entity": "topic-1", "verdict": "never"},
        {},
    ],
)
def test_rule_that_makes_no_sense_is_refused(rule: dict[str, Any], desk: Desk) -> None:
    answer = ask(desk(Role.COPY_EDITOR), f"{LIST}copy/rule/", rule)

    assert answer.status_code == 400
    assert answer.json()["problem"]
    assert AliasRule.objects.count() == 0


def test_rules_are_not_for_reporters_nor_made_in_confidential_stories(harbor: Company, desk: Desk) -> None:
    rule = {"words": "Harbor Bank", "entity": f"company-{harbor.pk}", "verdict": "never"}
    editor = factories.journalist(Role.EDITOR)
    secret = factories.confidential(people=[editor])

    answers = [
        ask(desk(Role.REPORTER), f"{LIST}copy/rule/", rule),
        ask(desk(editor), f"{of(secret)}rule/", rule),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "data-rule" not in desk(editor).get(change(secret)).content.decode()
    assert "data-rule" in desk(editor).get(change(factories.draft())).content.decode()
    assert "data-rule" not in desk(Role.REPORTER).get(ADD).content.decode()
    assert AliasRule.objects.count() == 0


def test_companies_people_and_listings_are_looked_up(harbor: Company, desk: Desk) -> None:
    person = factories.somebody("Ann Harbor")
    client = desk(Role.REPORTER)

    people = client.get(f"{LIST}copy/names/", {"term": "harb"}).json()["results"]
    listings = client.get(f"{LIST}copy/listings/", {"term": "hbr"}).json()["results"]

    assert people == [
        {"id": f"company-{harbor.pk}", "text": "Harbor Bank", "note": "NYSE:HBR"},
        {"id": f"person-{person.pk}", "text": "Ann Harbor", "note": ""},
    ]
    assert [(found["text"], found["note"], found["zone"]) for found in listings] == [
        ("NYSE:HBR", "Harbor Bank", "America/New_York")
    ]
    assert client.get(f"{LIST}copy/names/", {"term": " "}).json() == {"results": []}


def test_asking_takes_as_many_queries_for_many_names_as_for_one(desk: Desk, django_assert_max_num_queries: Any) -> None:
    listings = [markets.listing(f"Kontor {tree}", f"NYSE:K{tree[0]}") for tree in ("Alder", "Birch", "Cedar")]
    markets.rates(USD="1.08", CNY="7.74")
    client = desk(Role.REPORTER)
    blocks = [f"{one.company.name} fell 2% on Tuesday and paid 774 million yuan ($108 million)." for one in listings]
    ask(client, NEW, question(*blocks))

    for some in (blocks[:1], blocks):
        with django_assert_max_num_queries(18):
            answer = ask(client, NEW, question(*some)).json()
        assert [len(answer[part]) for part in ("open", "proposed", "pairs")] == [len(some)] * 3


def test_words_are_understood_bound_and_held_against_the_price(desk: Desk) -> None:
    listing = markets.listing()
    client = desk(Role.REPORTER)
    text = "Alibaba Group fell 1.2% today, as of 12:50 ET."
    place = {"block": 0, "start": text.index("fell"), "end": len(text) - 1}
    asked = question(text, place=place)

    fields = ask(client, STATEMENT, asked).json()["fields"]
    answer = ask(
        client, STATEMENT, {**asked, "fields": {**fields, "listing": fields["listing"]["id"], "date": "2026-11-24"}}
    )

    assert (fields["listing"]["text"], fields["measure"], fields["value"]) == ("NYSE:BABA", "change-percent", "1.2")
    assert (fields["direction"], fields["time"], fields["session"]) == ("down", "12:50", "regular")
    assert answer.json()["attributes"] == {
        "value": "1.2",
        "data-listing": str(listing.pk),
        "data-measure": "change-percent",
        "data-direction": "down",
        "data-as-of": "2026-11-24T17:50:00Z",
        "data-session": "regular",
    }
    assert answer.json()["printed"] == "fell 1.2% as of 12:50 ET on 24 November"


def test_words_are_printed_in_the_language_of_the_story(desk: Desk) -> None:
    listing = markets.listing()
    mark = {"tag": "data", "attributes": attributes_of(markets.down(listing)), "start": 8, "end": 18}

    answer = ask(desk(Role.REPORTER), NEW, question({"text": "Alibaba verlor 1,2%.", "marks": [mark]}, language="de"))

    assert [found["printed"] for found in answer.json()["bound"]] == ["verlor 1,2 (24. November 2026, 12:50 ET)"]


def test_figure_of_an_undecided_company_is_bound_to_none(harbor: Company, desk: Desk) -> None:
    factories.company("Apple", "NASDAQ:AAPL")
    factories.company("Apple Hospitality", "NYSE:APLE", aliases=["Apple"])

    answer = ask(desk(Role.REPORTER), NEW, question("Harbor Bank fell.", "Shares in Apple rose 2% on Tuesday.")).json()

    assert [item["sure"] for item in answer["open"]] == [True, False]
    assert [item["who"] for item in answer["proposed"]] == [""]


def test_bound_words_open_with_what_their_mark_says(desk: Desk) -> None:
    listing = markets.listing()
    mark = {
        "tag": "data",
        "attributes": {
            "value": "86.10",
            "data-listing": str(listing.pk),
            "data-measure": "close",
            "data-as-of": "2026-11-24T21:00:00Z",
            "data-session": "close",
            "data-unit": "USD",
        },
        "start": 8,
        "end": 14,
    }
    asked = question({"text": "It was $86.10.", "marks": [mark]}, place={"block": 0, "start": 8, "end": 14})

    fields = ask(desk(Role.REPORTER), STATEMENT, asked).json()["fields"]

    assert {name: fields[name] for name in ("measure", "value", "unit", "session", "date", "time")} == {
        "measure": "close",
        "value": "86.10",
        "unit": "USD",
        "session": "close",
        "date": "2026-11-24",
        "time": "16:00",
    }


@pytest.mark.parametrize("place", [None, {}, {"block": 4, "start": 0, "end": 1}, {"block": 0, "start": 0, "end": 99}])
def test_words_that_are_not_there_are_not_bound(place: Any, desk: Desk) -> None:
    assert ask(desk(Role.REPORTER), STATEMENT, question("Text.", place=place)).status_code == 400


def test_conversion_is_offered_in_the_currency_that_was_chosen(desk: Desk) -> None:
    today = clock.now().date()
    for currency, rate in (("USD", "1.08"), ("GBP", "0.85")):
        ReferenceRate.objects.create(currency=currency, date=today, rate=Decimal(rate))
    client = desk(Role.REPORTER)

    answers = [
        ask(client, NEW, question("It paid €1.25 billion.", currency=currency)).json() for currency in ("GBP", "XXX")
    ]

    assert [answer["sums"][0]["insert"] for answer in answers] == ["(£1.06 billion)", "($1.35 billion)"]
    assert [answer["currency"] for answer in answers] == ["GBP", "USD"]


def test_dismissals_of_another_story_do_not_count(harbor: Company, desk: Desk) -> None:
    article, other = factories.draft(), factories.draft()
    dismiss(other, [("Harbor Bank", None)], by=other.created_by, at=clock.now())

    assert len(ask(desk(article.created_by), of(article), question("Harbor Bank fell.")).json()["open"]) == 1


def test_old_names_are_gone_with_the_day(desk: Desk) -> None:
    listing = markets.listing("Harbor Bank", "NYSE:HBR")
    type(listing).objects.update(delisted_on=date(2020, 1, 1))
    names.forget()

    [found] = ask(desk(Role.REPORTER), NEW, question("Harbor Bank fell.")).json()["open"]

    assert found["candidates"][0]["note"] == ""
