"""Nouns with an address of their own, and the old addresses that lead to them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from articles.models import Author, Company, Exchange, Image, Listing, Redirect, Section, Source, Topic
from articles.models.nouns import free_slug
from articles.models.uploads import picture_name, random_key
from articles.paths import KEY_ALPHABET
from tests.factories import author, company, draft, exchange, image, section, source, topic

pytestmark = pytest.mark.django_db

NOUNS: list[Any] = [section, author, company, topic]


def _redirects() -> dict[str, Any]:
    """Return where each redirect leads."""
    names = ("section", "author", "company", "topic", "article")
    return {
        row.path: next(getattr(row, name) for name in names if getattr(row, name) is not None)
        for row in Redirect.objects.all()
    }


@pytest.mark.parametrize("make", NOUNS)
def test_slug_is_made_from_the_name(make: Any) -> None:
    assert make("Alibaba’s Großhandel & Co").slug == "alibabas-grosshandel-co"


@pytest.mark.parametrize("make", [author, company])
def test_same_name_gets_a_number(make: Any) -> None:
    assert [make("Same Name").slug for _ in range(3)] == ["same-name", "same-name-2", "same-name-3"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("阿里巴巴", "阿里巴巴"),
        ("الأسواق", "الأسواق"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("ตลาด", "ตลาด"),
        ("???", "topic"),
    ],
)
def test_slugs_in_every_script(name: str, slug: str) -> None:
    made = topic(name)
    assert made.slug == slug
    made.full_clean()
    made.save()
    assert Topic.objects.get().slug == slug


def test_typed_slug_is_cleaned_and_an_empty_one_made() -> None:
    assert section("A", slug=" Über Uns!? ").slug == "über-uns"
    assert author("B", slug="/../").slug == "b"
    Topic.objects.bulk_create([Topic(name="C", slug="C & D")])
    assert Topic.objects.get().slug == "c-d"


def test_form_is_told_that_a_slug_is_taken_once_it_is_clean() -> None:
    section("Markets")
    with pytest.raises(ValidationError, match="already exists"):
        Section(name="Other", slug="MARKETS!").full_clean()


def test_name_without_letters_needs_a_typed_slug() -> None:
    with pytest.raises(ValidationError, match="no letters to make an address from"):
        Section(name="???").full_clean()


@pytest.mark.parametrize(("language", "runs"), [("ar", "rtl"), ("he", "rtl"), ("az-Arab", "rtl"), ("zh-Hant", "ltr")])
def test_section_runs_as_its_language_does(language: str, runs: str) -> None:
    typed = Section(name="Economy", language=language)
    typed.full_clean()
    typed.save()

    assert [section("Markets", language=language).direction, typed.direction] == [runs, runs]


def test_section_in_arabic_is_not_set_from_left_to_right() -> None:
    with pytest.raises(ValidationError) as refused:
        Section(name="Economy", language="ar", direction="ltr").full_clean()

    assert "“ar” is read from right to left" in refused.value.message_dict["direction"][0]


def test_section_is_told_that_an_address_is_the_sites_own() -> None:
    with pytest.raises(ValidationError, match="This slug is an address of the site itself"):
        Section(name="Latest").full_clean()


@pytest.mark.parametrize("make", NOUNS)
def test_changed_slug_leaves_a_redirect(make: Any) -> None:
    noun = make("First")
    old = noun.path
    noun.slug = "second"
    noun.save()
    assert _redirects() == {old: noun}
    noun.slug = "third"
    noun.save()
    assert _redirects() == {old: noun, noun.path_for("second"): noun}


def test_slug_that_comes_back_takes_its_address_back() -> None:
    noun = section("First")
    for slug in ("second", "first"):
        noun.slug = slug
        noun.save()
    assert _redirects() == {"/second/": noun}


def test_redirect_is_from_the_stored_slug_whatever_the_instance_knew() -> None:
    noun = section("First")
    early = Section.objects.get()
    noun.slug = "second"
    noun.save()
    early.slug = "third"
    early.save()
    assert _redirects() == {"/first/": noun, "/second/": noun}
    light = Section.objects.only("name").get()
    light.slug = "fourth"
    light.save()
    assert set(_redirects()) == {"/first/", "/second/", "/third/"}


def test_no_redirect_without_a_change() -> None:
    noun = section("First")
    noun.name = "Other"
    noun.save()
    noun.slug = "never-stored"
    noun.save(update_fields=["name"])
    assert _redirects() == {}
    assert Section.objects.get().slug == "first"


def test_address_of_a_noun_is_taken_from_the_redirect_that_had_it() -> None:
    first, second = section("First"), section("Second")
    first.slug = "moved"
    first.save()
    second.slug = "first"
    second.save()
    assert _redirects() == {"/second/": second}


def test_long_chinese_addresses_fit() -> None:
    noun = company("阿" * 90)
    noun.slug = "里" * 100
    noun.save()
    noun.slug = "short"
    noun.save()
    assert max(len(path) for path in _redirects()) == len("/companies/" + "%E9%87%8C" * 100 + "/")


def test_free_slug_counts_on() -> None:
    for slug in ("a", "a-2", "a-4", "ab"):
        topic(slug, slug=slug)
    assert free_slug(Topic, "a") == "a-3"
    assert free_slug(Topic, "a", Topic.objects.get(slug="a").pk) == "a"
    assert free_slug(Topic, "") == ""


@pytest.mark.parametrize(
    "path", ["davos/", "/davos", "//davos/", "/", "//", "/desk/x/", "/static/a/", "/media/a/", "/latest/", "/markets/"]
)
def test_redirect_from_an_address_the_site_needs_is_refused(path: str) -> None:
    section("Markets")
    with pytest.raises(ValidationError):
        Redirect(path=path, topic=topic()).full_clean()


@pytest.mark.parametrize("path", ["/davos/", "/markets/davos/", "/companies/old-name/", "/2026/davos/"])
def test_redirect_from_a_vanity_address_is_taken(path: str) -> None:
    section("Markets")
    Redirect(path=path, topic=topic()).full_clean()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("/达沃斯/", "/%E8%BE%BE%E6%B2%83%E6%96%AF/"),
        ("/%E8%BE%BE%E6%B2%83%E6%96%AF/", "/%E8%BE%BE%E6%B2%83%E6%96%AF/"),
        ("/davos 2026: live/", "/davos%202026%3A%20live/"),
    ],
)
def test_redirect_is_kept_as_browsers_ask_for_it(typed: str, stored: str) -> None:
    redirect = Redirect(path=typed, topic=topic())
    redirect.full_clean()
    redirect.save()
    assert Redirect.objects.get().path == redirect.path == stored
    with pytest.raises(ValidationError, match="already exists"):
        Redirect(path=typed, topic=topic()).full_clean()


def test_redirect_from_a_section_in_chinese_is_refused() -> None:
    section("财经")
    with pytest.raises(ValidationError, match="A section has this address"):
        Redirect(path="/财经/", topic=topic()).full_clean()


def test_redirect_has_exactly_one_target() -> None:
    for targets in ({}, {"topic": topic(), "section": section()}):
        with pytest.raises(ValidationError, match="exactly one target"):
            Redirect(path="/davos/", **targets).full_clean()
    Redirect(path="/davos/", article=draft()).full_clean()


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (Company(name="A", slug="a", lei="5493001NTNQJDH60PM03"), "lei"),
        (Company(name="A", slug="a", country="usa"), "country"),
        (Company(name="A", slug="a", aliases=["", 1]), "aliases"),
        (Company(name="A", slug="a", website="javascript:alert(1)"), "website"),
        (Listing(symbol="A", isin="US0378331006"), "isin"),
        (Listing(symbol="A", currency="usd"), "currency"),
        (Exchange(mic="nyse", name="N", short_name="N", time_zone="America/New_York"), "mic"),
        (Exchange(mic="XNYS", name="N", short_name="N", time_zone="Mars/Olympus"), "time_zone"),
        (Author(name="A", slug="a", links=["javascript:alert(1)"]), "links"),
        (Author(name="A", slug="a", links=[7]), "links"),
        (Author(name="A", slug="a", email="nobody"), "email"),
        (Section(name="A", slug="a", language="klingon!"), "language"),
    ],
)
def test_forms_are_told_what_is_no_such_thing(row: Any, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert field in refused.value.message_dict


def test_ticker_is_printed_with_its_exchange() -> None:
    firm = company("Alibaba Group", "NYSE:BABA", "HKEX:9988")
    assert [(str(row), row.is_primary) for row in firm.listings.all()] == [("NYSE:BABA", True), ("HKEX:9988", False)]


def test_names_of_nouns() -> None:
    made = [section("A"), author("B"), company("C"), topic("D"), source("E"), image("F"), exchange("NYSE")]
    assert [str(noun) for noun in made] == ["A", "B", "C", "D", "E", "F", "NYSE"]
    assert {type(noun) for noun in made} == {Section, Author, Company, Topic, Source, Image, Exchange}


def test_files_get_names_nobody_guesses() -> None:
    names = [picture_name(Image(), "../Über uns.JPG") for _ in range(20)]
    assert len(set(names)) == 20
    folder, key, file = names[0].split("/")
    assert (folder, len(key), file) == ("pictures", 12, "über-uns.jpg")
    assert set(random_key(99)) <= set(KEY_ALPHABET)
