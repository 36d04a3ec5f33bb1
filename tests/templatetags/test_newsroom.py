"""What templates print beyond plain values."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from pytest_django import Settings

from tests.public.stories import story

MOMENT = datetime(2026, 11, 24, 4, 5, 6, tzinfo=UTC)


def print_with(source: str, **context: object) -> str:
    return Template("{% load newsroom %}" + source).render(Context(context))


def test_house_time_is_in_the_zone_of_the_newsroom() -> None:
    assert print_with("{% house_time at %}", at=MOMENT) == '<time datetime="2026-11-24T04:05:06Z">23:05 ET</time>'


def test_house_time_follows_the_setting(settings: Settings) -> None:
    settings.TIME_ZONE = "Asia/Hong_Kong"

    assert print_with("{% house_time at %}", at=MOMENT) == '<time datetime="2026-11-24T04:05:06Z">12:05 HKT</time>'


def test_house_date_is_the_day_in_the_zone_of_the_newsroom() -> None:
    assert print_with("{% house_date at %}", at=MOMENT) == '<time datetime="2026-11-23">23 November 2026</time>'


def test_house_datetime_has_date_and_time() -> None:
    assert print_with("{% house_datetime at %}", at=MOMENT) == (
        '<time datetime="2026-11-24T04:05:06Z">23 November 2026, 23:05 ET</time>'
    )


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("news", ""),
        ("alert", "Alert"),
        ("opinion", "Opinion"),
        ("analysis", "Analysis"),
        ("explainer", "Explainer"),
        ("press_release", "Press release"),
        ("partner_content", "Partner content"),
    ],
)
def test_a_kind_that_is_not_news_is_labeled(kind: str, label: str) -> None:
    assert print_with("{{ kind|kind_label }}", kind=kind) == label


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("correction", "Correction"),
        ("clarification", "Clarification"),
        ("withdrawal", "Withdrawn"),
        ("update", "Update"),
        ("refile", "Update"),
    ],
)
def test_a_notice_is_headed_by_what_was_done(kind: str, label: str) -> None:
    assert print_with("{{ kind|notice_label }}", kind=kind) == label


def test_a_kicker_that_repeats_the_label_is_left_out() -> None:
    assert print_with("{{ card|kicker }}", card=story(kind="opinion", kicker="OPINION")) == ""
    assert print_with("{{ card|kicker }}", card=story(kind="opinion", kicker="Ada Smith")) == "Ada Smith"


def test_a_country_is_named() -> None:
    assert print_with("{{ code|country_name }}", code="CN") == "China"
    assert print_with("{{ code|country_name }}", code="QX") == "QX"


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("https://www.example.com/", "example.com"),
        ("https://social.example.com/@ada/", "social.example.com/@ada"),
    ],
)
def test_an_address_is_printed_as_people_say_it(url: str, label: str) -> None:
    assert print_with("{{ url|address_label }}", url=url) == label
