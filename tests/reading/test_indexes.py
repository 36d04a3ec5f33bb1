"""The indexes A–Z: every public noun once, in order, in parts."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import records, workflow
from articles.models import Company, Listing, PersonRole
from articles.reading import BadCursor, companies_index, indexes, people_index
from articles.text.filing import LETTERS, filed_as
from tests.factories import company, exchange, live, scheduled, somebody
from tests.workflow.desk import DAY, HOUR, NOON, publisher

pytestmark = pytest.mark.django_db


def names(index: records.Index) -> list[str]:
    return [item.name for item in index.items]


def known(*given: str) -> None:
    """Make companies from a register."""
    for name in given:
        company(name, from_reference=True)


def test_companies_are_in_order_under_their_letters() -> None:
    known("Zynga", "eBay", "Électricité de France", "ABB", "3M", "阿里巴巴", "Eaton")

    found = companies_index(NOON)

    assert names(found) == ["ABB", "Eaton", "eBay", "Électricité de France", "Zynga", "3M", "阿里巴巴"]
    assert found.letters == ("a", "e", "z", "#")
    assert {letter: names(companies_index(NOON, letter)) for letter in found.letters} == {
        "a": ["ABB"],
        "e": ["Eaton", "eBay", "Électricité de France"],
        "z": ["Zynga"],
        "#": ["3M", "阿里巴巴"],
    }
    assert companies_index(NOON, "q") == records.Index(found.letters, ())


def test_only_what_readers_can_see_is_listed() -> None:
    story = live(at=NOON - HOUR, companies=[company("Alpha")], persons=[somebody("Ann")])
    scheduled(live_from=NOON + HOUR, companies=[company("Beta")], persons=[somebody("Ben")])
    company("Unnamed"), somebody("Unnamed")
    found = {at: (names(companies_index(at)), names(people_index(at))) for at in (NOON - DAY, NOON, NOON + HOUR)}

    assert found == {
        NOON - DAY: ([], []),
        NOON: (["Alpha"], ["Ann"]),
        NOON + HOUR: (["Alpha", "Beta"], ["Ann", "Ben"]),
    }
    assert [companies_index(at).letters for at in found] == [(), ("a",), ("a", "b")]
    workflow.withdraw(story, by=publisher(), notice="Gone.")
    assert (names(companies_index(NOON)), people_index(NOON)) == ([], records.Index((), ()))


def test_merged_company_is_not_listed() -> None:
    known("Alpha", "Alpha Inc")
    Company.objects.filter(name="Alpha Inc").update(merged_into=Company.objects.get(name="Alpha"))

    assert names(companies_index(NOON)) == ["Alpha"]


def test_company_has_its_ticker_of_the_day() -> None:
    firm = company("Alpha", "NYSE:OLD", from_reference=True)
    Listing.objects.update(delisted_on=NOON.date())
    Listing.objects.create(
        company=firm, exchange=exchange("HKEX"), symbol="9", is_primary=True, listed_on=date(2026, 6, 1)
    )
    Listing.objects.create(company=firm, exchange=exchange("NYSE"), symbol="ADR")
    known("Beta")

    assert companies_index(NOON).items == (
        records.Entry("Alpha", "/companies/alpha/", "HKEX:9"),
        records.Entry("Beta", "/companies/beta/", ""),
    )
    assert companies_index(NOON - DAY).items[0].note == "NYSE:OLD"


def test_person_has_a_present_role() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    live(at=NOON - 2 * DAY, persons=[ann, ben])
    PersonRole.objects.create(person=ann, title="governor", body="Bank of Asia", until_on=NOON.date())
    PersonRole.objects.create(person=ann, title="director", company=company("Secret"))

    assert people_index(NOON - DAY).items == (
        records.Entry("Ann", "/people/ann/", "governor, Bank of Asia"),
        records.Entry("Ben", "/people/ben/", ""),
    )
    assert people_index(NOON).items[0].note == ""


@pytest.mark.parametrize("letter", ["", "c"])
def test_parts_have_everything_once(letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "INDEX_SIZE", 3)
    # Names that are filed alike are told apart by their keys.
    known("Bee", *["Cee"] * 5, *["cée"] * 2, "Ceefax", "Dee")

    found, after, parts = list[str](), "", 0
    while after or not parts:
        part = companies_index(NOON, letter, after)
        found, after, parts = [*found, *[item.path for item in part.items]], part.after, parts + 1

    everything = Company.objects.filter(**({"filed_as__startswith": letter} if letter else {}))
    assert found == [row.path for row in sorted(everything, key=lambda row: (row.filed_as, row.pk))]
    assert parts == -(-len(found) // 3)


@pytest.mark.parametrize(
    ("letter", "after"),
    [
        ("aa", ""),
        ("A", ""),
        ("é", ""),
        ("\x00", ""),
        ("", "x"),
        ("", "~1"),
        ("", "a~"),
        ("", "a~x"),
        ("", "a~٣"),
        ("", f"a~{1 << 63}"),
        ("", "a\x00~1"),
        ("", f"{'a' * 200}~1"),
        ("a", "b~1"),
        ("", "~~1"),
    ],
)
def test_what_no_page_has_printed_is_refused(letter: str, after: str) -> None:
    for index in (companies_index, people_index):
        with pytest.raises(BadCursor):
            index(NOON, letter, after)


@given(letter=st.text(max_size=3), after=st.text(max_size=30))
def test_any_words_of_an_address_are_read_or_refused(letter: str, after: str) -> None:
    try:
        start, end = indexes._bounds(letter)
        filed, key = indexes._read_cursor(after)
    except BadCursor:
        return
    assert start < end
    assert (f"{filed}~", key >= 0) == (after[: len(filed) + 1], True)


def test_letters_are_those_under_which_somebody_is(django_assert_num_queries: Any) -> None:
    people = [somebody(name) for name in ("Ann", "Ørn", "Žid", "王")]
    live(at=NOON, persons=people)

    with django_assert_num_queries(1):
        assert indexes._letters("person", NOON) == ("a", "o", "z", "#")
    assert set(LETTERS) >= {filed_as(person.name)[0] for person in people[:3]}
