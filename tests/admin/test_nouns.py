"""Companies, authors, pictures and the other nouns at the desk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import AliasRule, Author, Company, Image, Listing, PersonRole, Redirect, Section, Topic
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk

pytestmark = pytest.mark.django_db
DESK = "/desk/articles"


def company_form(*listings: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return what the company form posts, with listings that exist when they have an `id`."""
    known = sum("id" in listing for listing in listings)
    data: dict[str, Any] = {"name": "Acme", "slug": "", "kind": "company", "listings-TOTAL_FORMS": len(listings)}
    data |= {"former_names-TOTAL_FORMS": 0, "former_names-INITIAL_FORMS": 0, "listings-INITIAL_FORMS": known} | changes
    for number, listing in enumerate(listings):
        data |= {f"listings-{number}-{name}": value for name, value in listing.items()}
    return data


def listing(symbol: str, exchange: str = "NYSE", **fields: Any) -> dict[str, Any]:
    return {"symbol": symbol, "exchange": factories.exchange(exchange).pk} | fields


def problems(answer: Any) -> str:
    formset = answer.context["inline_admin_formsets"][0].formset
    return " ".join([*formset.non_form_errors(), *(str(form.errors.as_text()) for form in formset.forms)])


def test_company_with_two_listings_has_one_primary(desk: Desk) -> None:
    client = desk(Role.COPY_EDITOR)
    both = (listing("ACME", is_primary="on"), listing("ACM", "HKEX"))

    client.post(f"{DESK}/company/add/", company_form(*both, aliases="Acme Inc\n\n Acme Inc \nACME"))

    company = Company.objects.get()
    assert company.aliases == ["Acme Inc", "ACME"]
    assert company.slug == "acme"
    assert [(item.ticker, item.is_primary) for item in company.listings.all()] == [
        ("NYSE:ACME", True),
        ("HKEX:ACM", False),
    ]


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        (("", ""), "Mark one listing as primary"),
        (("on", "on"), "Only one listing can be primary, and these are marked: NYSE:ACME, HKEX:ACM. Keep one."),
    ],
)
def test_company_without_exactly_one_primary_listing_is_refused(marks: tuple[str, str], words: str, desk: Desk) -> None:
    first, second = marks
    data = company_form(listing("ACME", is_primary=first), listing("ACM", "HKEX", is_primary=second))
    for key in [key for key, value in data.items() if key.endswith("is_primary") and not value]:
        del data[key]

    answer = desk(Role.COPY_EDITOR).post(f"{DESK}/company/add/", data)

    assert words in problems(answer)
    assert not Company.objects.exists()


def test_only_current_listing_must_be_primary_and_past_ones_need_not(desk: Desk) -> None:
    client = desk(Role.COPY_EDITOR)

    refused = client.post(f"{DESK}/company/add/", company_form(listing("ACME")))
    past = company_form(listing("ACME", delisted_on="2020-01-01"))

    assert "only current listing" in problems(refused)
    assert client.post(f"{DESK}/company/add/", past).status_code == 302


def test_primary_mark_moves_to_another_listing_in_one_save(desk: Desk) -> None:
    company = factories.company("Acme", "NYSE:ACME", "HKEX:ACM")
    old, new = company.listings.get(symbol="ACME"), company.listings.get(symbol="ACM")
    rows = [listing(item.symbol, item.exchange.short_name, id=item.pk, company=company.pk) for item in (new, old)]
    rows[0]["is_primary"] = "on"

    answer = desk(Role.COPY_EDITOR).post(f"{DESK}/company/{company.pk}/change/", company_form(*rows))

    assert answer.status_code == 302
    assert {item.symbol: item.is_primary for item in Listing.objects.all()} == {"ACME": False, "ACM": True}


def test_symbol_of_another_company_is_refused_in_words(desk: Desk) -> None:
    factories.company("Other", "NYSE:ACME")

    answer = desk(Role.COPY_EDITOR).post(f"{DESK}/company/add/", company_form(listing("ACME", is_primary="on")))

    assert "NYSE:ACME is Other. One has to end before the other begins." in problems(answer)


def test_author_links_are_checked_line_by_line(desk: Desk) -> None:
    client = desk(Role.COPY_EDITOR)
    data = {"name": "Mei", "slug": "", "active": "on", "links": "https://a.example\njavascript:alert(1)\nnone"}

    answer = client.post(f"{DESK}/author/add/", data)

    errors = answer.context["adminform"].form.errors["links"]
    assert [error.partition(",")[0] for error in errors] == ["Line 2", "Line 3"]
    client.post(f"{DESK}/author/add/", data | {"links": "https://a.example\r\n\r\nhttps://b.example "})
    assert Author.objects.get().links == ["https://a.example", "https://b.example"]


def test_copy_editor_finds_the_journalist_of_an_author(desk: Desk) -> None:
    rita = factories.journalist(Role.REPORTER, first_name="Rita", last_name="Almeida")
    factories.journalist(Role.REPORTER, first_name="Rita", last_name="Gone", is_active=False)

    found = desk(Role.COPY_EDITOR).get("/desk/articles/article/colleagues/?term=rita").json()

    assert found["results"] == [{"id": str(rita.pk), "text": "Rita Almeida"}]


def test_uploaded_picture_is_cleaned_and_belongs_to_who_uploaded_it(desk: Desk) -> None:
    rita = factories.person(Role.REPORTER)
    file = SimpleUploadedFile("holiday.jpg", factories.jpeg(1000, 600), "image/jpeg")

    desk(rita).post(f"{DESK}/image/add/", {"file": file, "title": "A picture", "alt": "Alt", "credit": "Me"})

    image = Image.objects.get()
    assert (image.uploaded_by, image.width, image.height, image.rendition_widths) == (rita, 1000, 600, [480, 960])


@pytest.mark.parametrize("content", [b"no picture", factories.jpeg(300, 300)[:400], b"<svg onload='alert(1)'/>"])
def test_file_that_is_no_sound_picture_is_refused(content: bytes, desk: Desk) -> None:
    file = SimpleUploadedFile("picture.jpg", content, "image/jpeg")

    answer = desk(Role.REPORTER).post(f"{DESK}/image/add/", {"file": file, "title": "A picture"})

    assert answer.context["adminform"].form.errors["file"]
    assert not Image.objects.exists()


@pytest.mark.parametrize("make", [factories.live, factories.scheduled, factories.withdrawn])
def test_picture_in_a_released_story_is_changed_by_publishers_only(make: Callable[..., Any], desk: Desk) -> None:
    image = factories.image(alt="A wafer", credit="Me")
    make(lead_image=image)
    address = f"{DESK}/image/{image.pk}/change/"
    changed = {"title": "New", "alt": "Something else", "credit": "Me"}

    page = desk(Role.EDITOR).get(address)
    answers = [desk(role).post(address, changed).status_code for role in (Role.REPORTER, Role.EDITOR, Role.PUBLISHER)]

    assert "Ask a publisher" in page.content.decode()
    assert answers == [403, 403, 302]


def test_picture_that_no_story_was_released_with_is_changed_by_reporters(desk: Desk) -> None:
    image = factories.image()
    factories.approved(lead_image=image)

    answer = desk(Role.REPORTER).post(f"{DESK}/image/{image.pk}/change/", {"title": "New", "alt": "", "credit": ""})

    assert answer.status_code == 302


def test_picture_in_a_released_story_keeps_its_alternative_text_and_credit(desk: Desk) -> None:
    image = factories.image()
    factories.live(lead_image=image)

    answer = desk(Role.PUBLISHER).post(f"{DESK}/image/{image.pk}/change/", {"title": "New", "alt": "", "credit": " "})

    assert set(answer.context["adminform"].form.errors) == {"alt", "credit"}


def test_picture_form_shows_the_picture_through_the_desk(desk: Desk) -> None:
    image = factories.image()

    page = desk(Role.REPORTER).get(f"{DESK}/image/{image.pk}/change/").content.decode()

    assert f'src="/desk/articles/image/file/{image.file.name}"' in page
    assert "/media/" not in page


def test_card_of_a_picture_has_what_the_story_form_shows(desk: Desk) -> None:
    image = factories.image(alt="A wafer", credit="Me", caption="So it is.")

    card = desk(Role.REPORTER).get(f"{DESK}/image/{image.pk}/card/").json()

    address = f"/desk/articles/image/file/{image.file.name}"
    assert card == {"src": address, "alt": "A wafer", "credit": "Me", "caption": "So it is."}


def test_merge_asks_first_and_happens_when_confirmed(desk: Desk) -> None:
    stays, goes = factories.topic("Interest rates"), factories.topic("Rates")
    article = factories.draft(topics=[goes])
    client = desk(Role.COPY_EDITOR)
    data = {"action": "merge_chosen", "_selected_action": [stays.pk, goes.pk], "index": "0"}
    address = client.post(f"{DESK}/topic/", data).headers["Location"]
    assert "cannot be undone" in client.get(address).content.decode()
    assert not Topic.objects.filter(merged_into=stays).exists()

    client.post(address, {"into": stays.pk})

    assert Topic.objects.get(merged_into=stays) == goes
    assert [item.tag for item in article.topic_items.all()] == [stays]
    assert Redirect.objects.get().path == "/topics/rates/"


@pytest.mark.parametrize("noun", ["company", "topic", "author", "person"])
def test_noun_merges_from_its_own_page_into_any_other(noun: str, desk: Desk) -> None:
    make: Any = factories.somebody if noun == "person" else getattr(factories, noun)
    goes, stays = make("Twice"), make("Once")
    client = desk(Role.COPY_EDITOR)
    page = client.get(f"{DESK}/{noun}/{goes.pk}/change/").content.decode()
    address = f"{DESK}/{noun}/merge/?chosen={goes.pk}"
    assert address in page

    client.post(address, {"into": stays.pk})

    goes.refresh_from_db()
    assert goes.merged_into == stays


def test_merge_needs_a_choice_and_the_right(desk: Desk) -> None:
    topic = factories.topic()

    answer = desk(Role.COPY_EDITOR).post(f"{DESK}/topic/merge/?chosen={topic.pk}", {"into": topic.pk})

    assert answer.context["form"].errors["into"]
    assert desk(Role.REPORTER).get(f"{DESK}/topic/merge/?chosen={topic.pk}").status_code == 403


def test_merged_noun_is_not_offered_any_more(desk: Desk) -> None:
    stays, goes = factories.company("Acme"), factories.company("Acme Corporation")
    client = desk(Role.COPY_EDITOR)
    client.post(f"{DESK}/company/merge/?chosen={goes.pk}", {"into": stays.pk})

    found = client.get("/desk/autocomplete/?app_label=articles&model_name=articlecompany&field_name=company&term=acme")

    assert [item["text"] for item in found.json()["results"]] == ["Acme"]


def test_old_address_of_a_noun_leads_to_the_new_one(desk: Desk) -> None:
    section = factories.section("Economy")
    data = {
        "name": "Economy",
        "slug": "economics",
        "order": 0,
        "language": "en",
        "direction": "ltr",
        "ticker_form": "colon",
    }

    desk(Role.PUBLISHER).post(f"{DESK}/section/{section.pk}/change/", data)

    assert Section.objects.get().slug == "economics"
    assert (Redirect.objects.get().path, Redirect.objects.get().section) == ("/economy/", section)


LOWEST = {
    "author": Role.COPY_EDITOR,
    "company": Role.COPY_EDITOR,
    "section": Role.PUBLISHER,
    "source": Role.EDITOR,
    "topic": Role.REPORTER,
    "image": Role.REPORTER,
    "redirect": Role.PUBLISHER,
    "exchange": Role.PUBLISHER,
    "person": Role.COPY_EDITOR,
    "aliasrule": Role.COPY_EDITOR,
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("noun", LOWEST)
def test_noun_is_added_from_its_role_on(noun: str, role: Role, desk: Desk) -> None:
    client = desk(factories.journalist(role))
    roles = list(Role)

    assert client.get(f"{DESK}/{noun}/").status_code == 200
    expected = 200 if roles.index(role) >= roles.index(LOWEST[noun]) else 403
    assert client.get(f"{DESK}/{noun}/add/").status_code == expected


MAKE: dict[str, Callable[[int], object]] = {
    "author": lambda number: factories.author(f"Author {number}"),
    "company": lambda number: factories.company(f"Company {number}", f"NYSE:C{number}"),
    "person": lambda number: PersonRole.objects.create(
        person=factories.somebody(f"Person {number}"), company=factories.company(), title="chairman"
    ),
    "aliasrule": lambda number: AliasRule.objects.create(
        words=f"Words {number}", company=factories.company(), verdict="always"
    ),
    "section": lambda number: factories.section(f"Section {number}"),
    "source": lambda number: factories.source(f"Source {number}"),
    "topic": lambda number: factories.topic(f"Topic {number}"),
    "image": lambda number: factories.image(f"Picture {number}", uploaded_by=factories.person(Role.REPORTER)),
}


@pytest.mark.parametrize("noun", MAKE)
def test_list_of_nouns_takes_as_many_queries_for_many_as_for_one(noun: str, desk: Desk) -> None:
    client = desk(Role.COPY_EDITOR)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{DESK}/{noun}/")
        return len(captured)

    MAKE[noun](0)
    queries()  # the first request also fills Django's caches
    for_one = queries()
    for number in range(1, 5):
        MAKE[noun](number)

    assert queries() == for_one
