"""Statements in copy are held against what is stored: hours, holidays, prices; and the two numbers are named."""

from datetime import UTC, date, datetime, timedelta

import pytest

from articles.models import ExchangeDay, Listing, Split
from articles.quality.statements import guessed_listing, judge, proposal_for, proposals, statement_warnings
from articles.text.mark_forms import Statement
from tests.quality import markets
from tests.quality.markets import AS_OF, NOW, TUESDAY, copy_of, down

pytestmark = pytest.mark.django_db
WORDS = "down 1.2% today, as of 12:50 ET"


def _flaws(form: Statement, words: str = WORDS, now: datetime = NOW) -> list[str]:
    found = [flaw.code for flaw in judge([(words, form)], now)[0].flaws]
    # The words stay as they are where a test changes the moment.
    return [code for code in found if code != "moment" or words != WORDS]


def test_statement_that_agrees_with_the_quote_has_no_flaw() -> None:
    listing = markets.listing()
    markets.quoted(listing, AS_OF - timedelta(minutes=2), "98.80", "100")

    assert _flaws(down(listing)) == []


def test_statement_that_disagrees_names_both_numbers() -> None:
    listing = markets.listing()
    markets.quoted(listing, AS_OF, "97.00", "100")

    [judged] = judge([(WORDS, down(listing))], NOW)

    assert [flaw.code for flaw in judged.flaws] == ["disagrees"]
    assert judged.flaws[0].message == "The copy says -1.2%, the stored price -3.00%."


def test_close_before_stands_in_where_a_quote_has_none() -> None:
    listing = markets.listing()
    markets.closed(listing, date(2026, 11, 23), "100")
    markets.quoted(listing, AS_OF, "97.00")

    assert _flaws(down(listing)) == ["disagrees"]


def test_close_of_the_day_is_the_stored_one() -> None:
    listing = markets.listing()
    markets.closed(listing, date(2026, 11, 23), "100")
    markets.closed(listing, TUESDAY, "86.10")
    at_the_bell = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
    right = down(listing, "86.10", at_the_bell, measure="close", direction="", session="close", unit="USD")
    wrong = down(listing, "68.10", at_the_bell, measure="close", direction="", session="close", unit="USD")
    words, later = "closed at $86.10", at_the_bell + timedelta(hours=1)

    assert (_flaws(right, words, later), _flaws(wrong, words, later)) == ([], ["figure", "disagrees"])


def test_price_in_pence_agrees_with_pounds() -> None:
    listing = markets.listing("Brightmere", "LSE:BRM")
    Listing.objects.filter(pk=listing.pk).update(price_unit="GBX")
    markets.quoted(listing, AS_OF, "1234", currency="GBX")
    said = down(listing, "12.34", measure="level", direction="", unit="GBP")

    assert _flaws(said, "traded at 12.34 pounds") == []


def test_split_of_the_day_is_no_fall() -> None:
    listing = markets.listing()
    markets.closed(listing, date(2026, 11, 23), "1000")
    markets.quoted(listing, AS_OF, "98.80")
    Split.objects.create(listing=listing, date=TUESDAY, new=10, old=1)

    assert _flaws(down(listing)) == []


def test_nearest_quote_counts_and_one_of_another_hour_does_not() -> None:
    listing = markets.listing()
    markets.quoted(listing, AS_OF - timedelta(minutes=10), "97.00", "100")
    markets.quoted(listing, AS_OF + timedelta(minutes=1), "98.80", "100")
    other = markets.listing("Harbor Bank", "NYSE:HBR")
    markets.quoted(other, AS_OF - timedelta(hours=2), "97.00", "100")

    assert (_flaws(down(listing)), _flaws(down(other))) == ([], [])


@pytest.mark.parametrize(
    ("as_of", "codes"),
    [
        (None, ["no-as-of"]),
        (datetime(2026, 11, 22, 17, 50, tzinfo=UTC), ["not-a-trading-day"]),  # a Sunday
        (datetime(2026, 11, 26, 17, 50, tzinfo=UTC), ["not-a-trading-day"]),  # Thanksgiving
        (datetime(2026, 11, 27, 18, 30, tzinfo=UTC), ["off-session"]),  # half a day
        (datetime(2026, 11, 24, 22, 0, tzinfo=UTC), ["off-session"]),  # after hours
        (datetime(2027, 1, 4, 17, 0, tzinfo=UTC), ["future"]),
    ],
)
def test_moment_that_cannot_be_is_a_flaw(as_of: datetime | None, codes: list[str]) -> None:
    listing = markets.listing()

    assert _flaws(down(listing, as_of=as_of), now=datetime(2026, 12, 1, tzinfo=UTC)) == codes


def test_words_that_were_changed_since_are_a_flaw() -> None:
    assert _flaws(down(markets.listing()), "down 2.1% today, as of 12:50 ET") == ["figure"]
    assert _flaws(down(markets.listing("Other", "NYSE:OTH")), "down 1.2% today, as of 13:50 ET") == ["moment"]


def test_a_move_after_hours_is_not_held_against_the_day_before() -> None:
    listing = markets.listing()
    after = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    markets.quoted(listing, after, "97.00", "100")

    assert "disagrees" not in _flaws(down(listing, as_of=after, session="post"), "fell 1.2% after hours")


def test_words_and_direction_that_clash_are_a_flaw() -> None:
    assert _flaws(down(markets.listing()), "rose 1.2%") == ["direction"]


def test_listing_that_is_gone_or_was_not_there_is_a_flaw() -> None:
    listing = markets.listing()
    Listing.objects.filter(pk=listing.pk).update(listed_on=date(2026, 11, 25))

    assert _flaws(down(listing)) == ["not-listed"]
    Listing.objects.all().delete()
    assert _flaws(down(listing)) == ["no-listing"]


def test_exchange_without_hours_is_not_held_against_a_calendar() -> None:
    listing = markets.listing()
    type(listing.exchange).objects.update(hours={})

    assert _flaws(down(listing, as_of=datetime(2026, 11, 22, 17, 50, tzinfo=UTC))) == []


def test_many_statements_take_as_many_queries_as_one(django_assert_num_queries: object) -> None:
    listings = [markets.listing(f"Company {number}", f"NYSE:C{number}") for number in range(4)]
    for listing in listings:
        markets.quoted(listing, AS_OF, "98.80", "100")

    for some in (listings[:1], listings):
        with django_assert_num_queries(5):  # type: ignore[operator]
            judge([(WORDS, down(listing)) for listing in some], NOW)


def test_words_are_proposed_with_the_listing_of_the_company_named_before_them() -> None:
    alibaba, harbor = markets.listing(), markets.listing("Harbor Bank", "NYSE:HBR")
    body = "<p>Alibaba fell 1.2% today, as of 12:50 ET. Harbor Bank rose 2% on Tuesday, as of 10:00 ET.</p>"
    copy = copy_of(body)
    mentioned = [(0, alibaba.company_id), (copy.text.index("Harbor"), harbor.company_id)]

    first, second = proposals(copy, mentioned)

    assert (first.proposal.text, first.listing, first.as_of) == ("fell 1.2% today, as of 12:50 ET", alibaba, AS_OF)
    assert (second.listing, second.as_of) == (harbor, datetime(2026, 11, 24, 15, 0, tzinfo=UTC))


def test_bound_words_are_proposed_no_more() -> None:
    listing = markets.listing()
    body = f"<p>Alibaba {down(listing).start_tag}fell 1.2% today, as of 12:50 ET</data>.</p>"

    assert proposals(copy_of(body), [(0, listing.company_id)]) == []


def test_close_without_a_time_of_day_is_at_the_bell() -> None:
    listing = markets.listing()
    copy = copy_of("<p>Alibaba closed down 1.2% on Monday.</p>")

    [proposed] = proposals(copy, [(0, listing.company_id)])

    assert proposed.as_of == datetime(2026, 11, 23, 21, 0, tzinfo=UTC)


def test_selected_words_are_understood() -> None:
    listing = markets.listing()
    copy = copy_of("<p>Alibaba was 1.2% lower as of 12:50 ET. Nothing else happened.</p>")
    start = copy.text.index("1.2%")

    proposed = proposal_for(copy, start, start + len("1.2% lower"), [(0, listing.company_id)])

    assert proposed is not None
    assert (proposed.proposal.direction, f"{proposed.proposal.value}", proposed.listing) == ("down", "1.2", listing)
    place = copy.text.index("Nothing")
    assert proposal_for(copy, place, place + 7, [(0, listing.company_id)]) is None
    assert guessed_listing(copy, place, [(0, listing.company_id)]) == listing


def test_listing_is_guessed_from_a_later_name_and_from_an_earlier_paragraph() -> None:
    listing = markets.listing()
    copy = copy_of("<p>Alibaba plans.</p><p>It fell 1.2%, Harbor Bank said.</p>")
    harbor = markets.listing("Harbor Bank", "NYSE:HBR")
    place = copy.text.index("fell")
    behind = (copy.text.index("Harbor"), harbor.company_id)

    assert guessed_listing(copy, place, [(0, listing.company_id), behind]) == harbor
    assert guessed_listing(copy, place, [(0, listing.company_id)]) == listing
    assert guessed_listing(copy, place, []) is None


def test_warnings_name_the_words() -> None:
    listing = markets.listing()
    body = f"<p>Alibaba {down(listing, as_of=None).start_tag}fell 1.2%</data>.</p>"

    assert [str(problem) for problem in statement_warnings(copy_of(body))] == [
        "“fell 1.2%”: The statement does not say as of when it holds. Add the time and its zone."
    ]


def test_days_of_other_exchanges_are_not_mixed_up() -> None:
    new_york = markets.listing()
    hong_kong = markets.listing("Lanhai", "HKEX:1688")
    ExchangeDay.objects.filter(exchange=hong_kong.exchange).delete()
    thanksgiving = datetime(2026, 11, 26, 17, 50, tzinfo=UTC)
    now = datetime(2026, 12, 1, tzinfo=UTC)

    judged = judge([(WORDS, down(one, as_of=thanksgiving)) for one in (new_york, hong_kong)], now)

    assert [[flaw.code for flaw in one.flaws] for one in judged] == [["not-a-trading-day"], []]
