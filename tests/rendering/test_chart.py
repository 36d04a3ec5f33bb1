"""Charts: well-formed, labeled, within their frame, and told in words, whatever the prices are."""

import re
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rendering.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Scale, chart, in_words

FIRST = date(2026, 10, 26)
SVG = "{http://www.w3.org/2000/svg}"
CLOSES = st.lists(st.decimals(min_value=-1000, max_value=10**6, places=4), min_size=1, max_size=40)


def points(*closes: str) -> list[tuple[date, Decimal]]:
    return [(FIRST + timedelta(days=number), Decimal(close)) for number, close in enumerate(closes)]


def drawn(*closes: str, unit: str = "USD") -> ElementTree.Element:
    return ElementTree.fromstring(chart(points(*closes), title="NYSE:BABA <closes>", unit=unit, language="en"))


def test_a_chart_has_title_description_line_and_labels() -> None:
    svg = drawn("80", "84", "82")
    assert svg.get("role") == "img"
    assert [svg.findtext("title"), svg.find("title").get("id"), svg.find("desc").get("id")] == [  # type: ignore[union-attr]
        *("NYSE:BABA <closes>", "chart-title", "chart-words")
    ]
    assert svg.get("aria-labelledby") == "chart-title chart-words"
    labels = [text.text for text in svg.findall("text")]
    assert labels == ["$80.00", "$81.00", "$82.00", "$83.00", "$84.00", "26 Oct", "27 Oct", "28 Oct"]
    (path,) = svg.findall("path")
    assert path.get("d") == f"M{LEFT}.0 {HEIGHT - BOTTOM}.0L{(LEFT + WIDTH - RIGHT) / 2} {TOP}.0L{WIDTH - RIGHT}.0 89.0"


def test_a_chart_has_no_style_and_no_script_of_its_own() -> None:
    said = chart(points("80", "84"), title="x", unit="USD", language="en")
    assert not re.search(r"style=|<style|<script|on\w+=|href", said)


def test_one_close_is_a_dot() -> None:
    svg = drawn("80")
    assert (len(svg.findall("circle")), svg.findall("path")) == (1, [])
    assert in_words(points("80"), "USD", "en") == "$80.00 on 26 October 2026."


def test_closes_that_are_all_the_same_have_a_scale() -> None:
    assert len(drawn("80", "80", "80").findall("path")) == 1
    assert len(drawn("0", "0").findall("line")) >= 2
    assert "unchanged" in in_words(points("80", "80"), "USD", "en")


def test_prices_below_nothing_are_drawn() -> None:
    labels = [text.text for text in drawn("18.27", "-37.63", "10.01").findall("text")]
    assert "−$40.00" in labels
    assert "$20.00" in labels


def test_pence_and_points_keep_their_unit() -> None:
    assert drawn("412", "414", unit="GBX").findall("text")[0].text == "412p"
    assert drawn("6700", "6900", unit="").findall("text")[0].text == "6,700.00"


def test_a_chart_is_told_in_words() -> None:
    assert in_words(points("80", "90", "75", "84"), "USD", "en") == (
        "From $80.00 on 26 October 2026 to $84.00 on 29 October 2026, up 5.0%. "
        "Highest close $90.00 on 27 October 2026, lowest $75.00 on 28 October 2026."
    )


def test_a_long_chart_names_months() -> None:
    long = [(date(2021, 11, 24) + timedelta(days=7 * week), Decimal(week)) for week in range(260)]
    svg = ElementTree.fromstring(chart(long, title="x", unit="USD", language="en"))
    assert [text.text for text in svg.findall("text")][-4:] == ["Nov 2021", "Jul 2023", "Mar 2025", "Nov 2026"]


@pytest.mark.parametrize("language", ["en", "de", "zh-Hans", "ar"])
def test_dates_are_in_the_language_of_the_site(language: str) -> None:
    ElementTree.fromstring(chart(points("80", "84"), title="x", unit="USD", language=language))


@given(CLOSES)
def test_any_closes_stay_in_the_frame(closes: list[Decimal]) -> None:
    found = [(FIRST + timedelta(days=3 * number), close) for number, close in enumerate(closes)]
    scale = Scale.around(closes)
    assert all(scale.low <= close <= scale.high for close in closes)
    assert 2 <= len(scale.lines()) <= 8
    svg = ElementTree.fromstring(chart(found, title="x", unit="USD", language="en"))
    places = re.findall(r"[\d.]+ [\d.]+", "".join(path.get("d") or "" for path in svg.findall("path")))
    for place in places:
        across, down = map(float, place.split())
        assert LEFT <= across <= WIDTH - RIGHT
        assert TOP <= down <= HEIGHT - BOTTOM
