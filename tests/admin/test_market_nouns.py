"""Listings, exchanges and rules for names at the desk."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import AliasRule, CompanyName, Exchange, ExchangeDay, Listing, Split
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.test_nouns import DESK, company_form, listing, problems

pytestmark = pytest.mark.django_db


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("days", "is_refused"),
    [
        (("", ""), True),
        (("2015-01-01", ""), True),
        (("", "2015-01-01"), True),
        (("2011-01-01", "2012-01-01"), True),
        (("", "2010-01-01"), False),
        (("2020-01-01", ""), False),
        (("2019-12-31", "2020-06-01"), True),
        (("2009-01-01", "2010-01-02"), True),
    ],
)
def test_symbol_has_one_meaning_on_each_day(days: tuple[str, str], is_refused: bool) -> None:
    first = factories.company("First", "NYSE:T")
    Listing.objects.update(listed_on=date(2010, 1, 1), delisted_on=date(2020, 1, 1))
    begins, ends = map(day, days)
    other = Listing(company=factories.company(), exchange=factories.exchange(), symbol="T")
    other.listed_on, other.delisted_on = begins, ends
    said: str | None = None

    try:
        other.full_clean()
    except ValidationError as error:
        said = " ".join(error.message_dict["symbol"])

    words = "NYSE:T is First from 2010-01-01 until 2020-01-01. One has to end before the other begins."
    assert said == (words if is_refused else None)
    stored = first.listings.get()
    assert stored.overlaps(other) == other.overlaps(stored) == is_refused


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({}, "NYSE:T is First. One"),
        ({"listed_on": date(2010, 1, 1)}, "NYSE:T is First from 2010-01-01. One"),
        ({"delisted_on": date(2999, 1, 1)}, "NYSE:T is First until 2999-01-01. One"),
    ],
)
def test_refusal_says_whose_symbol_it_is_and_when(days: dict[str, date], words: str) -> None:
    factories.company("First", "NYSE:T")
    Listing.objects.update(**days)

    with pytest.raises(ValidationError) as refused:
        Listing(company=factories.company(), exchange=factories.exchange(), symbol="T").clean()

    assert str(refused.value.message_dict["symbol"][0]).startswith(words)


def test_same_symbol_elsewhere_is_no_matter() -> None:
    factories.company("First", "NYSE:T")

    Listing(company=factories.company(), exchange=factories.exchange("HKEX"), symbol="T").clean()


def test_listing_ends_and_another_begins_in_one_save(desk: Desk) -> None:
    company = factories.company("Acme", "NYSE:ACME")
    old = company.listings.get()
    rows = (
        listing("ACME", id=old.pk, company=company.pk, delisted_on="2020-01-01"),
        listing("ACME", is_primary="on", share_class="A", price_unit="GBX", is_watched="on", listed_on="2020-01-01"),
    )

    answer = desk(Role.COPY_EDITOR).post(f"{DESK}/company/{company.pk}/change/", company_form(*rows))

    assert answer.status_code == 302
    new = Listing.objects.get(listed_on=date(2020, 1, 1))
    assert (new.share_class, new.price_unit, new.is_watched, new.is_primary) == ("A", "GBX", True, True)
    assert Listing.objects.get(pk=old.pk).delisted_on == date(2020, 1, 1)


def test_listing_that_is_there_twice_is_refused(desk: Desk) -> None:
    rows = (listing("ACME", is_primary="on"), listing("ACME", listed_on="2020-01-01"))

    answer = desk(Role.COPY_EDITOR).post(f"{DESK}/company/add/", company_form(*rows))

    assert "NYSE:ACME is here twice for the same days. End one before the other begins." in problems(answer)


def test_former_names_are_kept_and_found(desk: Desk) -> None:
    client = desk(Role.COPY_EDITOR)
    names = {"former_names-TOTAL_FORMS": 1, "former_names-0-name": "Facebook", "former_names-0-until_on": "2021-10-28"}

    client.post(f"{DESK}/company/add/", company_form(name="Meta Platforms", kind="fund", **names))

    former = CompanyName.objects.get()
    assert (former.name, former.until_on, former.company.kind) == ("Facebook", date(2021, 10, 28), "fund")
    assert b"Meta Platforms" in client.get(f"{DESK}/company/?q=facebook").content


def test_former_name_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    names = {f"former_names-0-{name}": value for name, value in
             {"name": "Old", "from_on": "2020-01-02", "until_on": "2020-01-01"}.items()}  # fmt: skip

    answer = desk(Role.COPY_EDITOR).post(
        f"{DESK}/company/add/", company_form(**{"former_names-TOTAL_FORMS": 1}, **names)
    )

    assert "A name ends after it begins." in str(answer.context["inline_admin_formsets"][1].formset.errors)


def test_splits_are_on_the_page_of_the_listing(desk: Desk) -> None:
    company = factories.company("Acme", "NYSE:ACME")
    own = company.listings.get()
    client = desk(Role.COPY_EDITOR)
    address = f"{DESK}/listing/{own.pk}/change/"
    assert f'href="{address}"' in client.get(f"{DESK}/company/{company.pk}/change/").content.decode()
    split = {"splits-TOTAL_FORMS": 1, "splits-INITIAL_FORMS": 0, "splits-0-date": "2024-06-10", "splits-0-new": 10}

    refused = client.post(address, split | {"splits-0-old": 10})
    client.post(address, split | {"splits-0-old": 1})

    assert "A split changes the number of shares." in refused.content.decode()
    made = Split.objects.get()
    assert (made.listing, made.date, made.new, made.old) == (own, date(2024, 6, 10), 10, 1)
    assert "1 split<" in client.get(f"{DESK}/company/{company.pk}/change/").content.decode()


def test_listings_have_no_room_of_their_own(desk: Desk) -> None:
    client = desk(Role.ADMINISTRATOR)
    own = factories.company("Acme", "NYSE:ACME").listings.get()

    assert b"/desk/articles/listing/" not in client.get("/desk/").content
    assert client.get(f"{DESK}/listing/add/").status_code == 403
    assert client.post(f"{DESK}/listing/{own.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk(Role.REPORTER).get(f"{DESK}/listing/{own.pk}/change/").status_code == 200


def exchange_form(*days: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return what the form of an exchange posts."""
    data: dict[str, Any] = {"short_name": "LSE", "name": "London Stock Exchange", "mic": "XLON", "city": "London"}
    data |= {"time_zone": "Europe/London", "country": "GB", "currency": "GBX", "hours": "{}", "delay_minutes": 15}
    data |= {"days-TOTAL_FORMS": len(days), "days-INITIAL_FORMS": sum("id" in day for day in days)}
    for number, row in enumerate(days):
        data |= {f"days-{number}-{name}": value for name, value in row.items()}
    return data | changes


def test_exchange_has_hours_and_days(desk: Desk) -> None:
    year = timezone.now().year
    days = (
        {"date": f"{year}-12-24", "closes_at": "12:30", "name": "Christmas Eve"},
        {"date": f"{year}-12-25", "hours": ""},
        {"date": f"{year}-12-28", "hours": '[["10:00", "16:30"]]'},
    )
    hours = '{"regular": [["08:00", "16:30"]]}'

    answer = desk(Role.PUBLISHER).post(f"{DESK}/exchange/add/", exchange_form(*days, hours=hours))

    assert answer.status_code == 302
    made = Exchange.objects.get()
    assert (made.city, made.country, made.currency, made.delay_minutes) == ("London", "GB", "GBX", 15)
    assert made.hours == {"regular": [["08:00", "16:30"]]}
    assert [(str(day.date), str(day.closes_at), day.hours, day.by_hand) for day in made.days.all()] == [
        (f"{year}-12-24", "12:30:00", [], True),
        (f"{year}-12-25", "None", [], True),
        (f"{year}-12-28", "None", [["10:00", "16:30"]], True),
    ]


def test_exchange_may_have_no_hours(desk: Desk) -> None:
    assert desk(Role.PUBLISHER).post(f"{DESK}/exchange/add/", exchange_form(hours=" ")).status_code == 302
    assert Exchange.objects.get().hours == {}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"hours": "at noon"}, "Enter a valid JSON."),
        ({"hours": '[["16:00", "10:00"]]'}, "do not follow one another"),
        ({"hours": '[["10:00", "16:00"]]', "closes_at": "12:30"}, "not both"),
        ({"closes_at": "noon"}, "Enter a valid time."),
    ],
)
def test_day_that_cannot_be_is_refused_in_words(row: dict[str, str], words: str, desk: Desk) -> None:
    answer = desk(Role.PUBLISHER).post(f"{DESK}/exchange/add/", exchange_form({"date": "2026-12-24"} | row))

    assert words in str(answer.context["inline_admin_formsets"][0].formset.errors)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("hours", "nothing", "Enter a valid JSON."),
        ("hours", '{"regular": [["16:30", "08:00"]]}', "do not follow one another"),
        ("hours", '{"regular": []}', "Give the regular session as a list"),
        ("time_zone", "London", "is no time zone"),
        ("country", "gb", "Two capital letters"),
        ("delay_minutes", "-1", "greater than or equal to 0"),
    ],
)
def test_what_no_exchange_has_is_refused_in_words(field: str, value: str, words: str, desk: Desk) -> None:
    answer = desk(Role.PUBLISHER).post(f"{DESK}/exchange/add/", exchange_form(**{field: value}))

    assert words in " ".join(answer.context["adminform"].form.errors[field])


def test_hours_are_shown_a_part_on_a_line(desk: Desk) -> None:
    exchange = factories.exchange()
    regular = [["09:30", "11:30"], ["12:30", "16:00"]]
    for hours, shown in (
        (
            {"regular": regular, "days": [0]},
            '{\n  "days": [0],\n  "regular": [["09:30", "11:30"], ["12:30", "16:00"]]\n}',
        ),
        ([{"regular": regular}], '[\n{\n  "regular": [["09:30", "11:30"], ["12:30", "16:00"]]\n}\n]'),
        ({}, "{}"),
    ):
        Exchange.objects.update(hours=hours)
        page = desk(Role.PUBLISHER).get(f"{DESK}/exchange/{exchange.pk}/change/")
        assert page.context["adminform"].form["hours"].value() == shown


def test_days_of_this_year_and_the_next_are_shown_and_become_the_desks_when_changed(desk: Desk) -> None:
    exchange, year = factories.exchange(), timezone.now().year
    made = [
        ExchangeDay.objects.create(exchange=exchange, date=date(year + offset, 12, 25), by_hand=False)
        for offset in (-1, 0, 1, 2)
    ]
    client = desk(Role.PUBLISHER)
    address = f"{DESK}/exchange/{exchange.pk}/change/"

    (table,) = client.get(address).context["inline_admin_formsets"]
    own = {"short_name": "NYSE", "mic": "XNYS"}
    kept = ({"id": row.pk, "exchange": exchange.pk, "date": str(row.date)} for row in made[1:3])
    this, following = kept
    client.post(address, exchange_form(this | {"name": "Christmas"}, following, **own))

    assert [form.instance for form in table.formset.initial_forms] == made[1:3]
    assert list(ExchangeDay.objects.order_by("date").values_list("name", "by_hand")) == [
        ("", False),
        ("Christmas", True),
        ("", False),
        ("", False),
    ]


def test_day_that_is_there_already_is_refused(desk: Desk) -> None:
    exchange, year = factories.exchange(), timezone.now().year
    ExchangeDay.objects.create(exchange=exchange, date=date(year + 5, 1, 1))
    row = {"date": f"{year + 5}-01-01", "exchange": exchange.pk}

    answer = desk(Role.PUBLISHER).post(
        f"{DESK}/exchange/{exchange.pk}/change/", exchange_form(row, short_name="NYSE", mic="XNYS")
    )

    assert "already exists" in str(answer.context["inline_admin_formsets"][0].formset.errors)


RULE = {"words": "Apple", "verdict": "always", "company": "", "person": ""}


def test_rule_for_a_name_is_kept_and_found(desk: Desk) -> None:
    client, apple = desk(Role.COPY_EDITOR), factories.company("Apple Inc")

    client.post(f"{DESK}/aliasrule/add/", RULE | {"company": apple.pk})
    client.post(f"{DESK}/aliasrule/add/", RULE | {"words": "Target", "verdict": "never"})

    assert set(AliasRule.objects.values_list("words", "company", "verdict")) == {
        ("Apple", apple.pk, "always"),
        ("Target", None, "never"),
    }
    client.get(f"{DESK}/aliasrule/")  # says what has been added
    page = client.get(f"{DESK}/aliasrule/?q=appl").content.decode()
    assert ("Apple Inc" in page, "Target" in page) == (True, False)


def test_rule_that_says_nothing_is_refused_in_words(desk: Desk) -> None:
    client, apple, ann = desk(Role.COPY_EDITOR), factories.company("Apple"), factories.somebody("Ann")
    AliasRule.objects.create(words="Apple", company=apple, verdict="always")

    def said(**changes: Any) -> str:
        answer = client.post(f"{DESK}/aliasrule/add/", RULE | changes)
        return " ".join(str(error) for errors in answer.context["adminform"].form.errors.values() for error in errors)

    assert said(words="Gap") == "Say whom the words always name."
    assert said(words="Gap", company=apple.pk, person=ann.pk) == "Choose a company or a person, not both."
    assert "The words already always name another. Change that rule." in said(person=ann.pk)
    assert "There is a rule for these words already. Change that one." in said(company=apple.pk, verdict="never")


def test_section_says_how_tickers_are_printed(desk: Desk) -> None:
    section = factories.section("Markets")
    data = {"name": "Markets", "slug": "markets", "order": 0, "language": "en", "direction": "ltr"}

    desk(Role.PUBLISHER).post(f"{DESK}/section/{section.pk}/change/", data | {"ticker_form": "symbol"})

    section.refresh_from_db()
    assert section.ticker_form == "symbol"
