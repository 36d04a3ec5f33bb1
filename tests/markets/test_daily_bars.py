"""A day's figures: what is stored as it is printed, what is looked at twice, what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.daily_bars import BadBar, is_plain, read_bar


@pytest.mark.parametrize(
    ("printed", "stored"),
    [
        (("85.9", "87.5", "85.1", "86.10", "1200"), ("85.9", "87.5", "85.1", "86.1", "1200")),
        (("", "", "", "86.10", ""), (None, None, None, "86.1", None)),
        (("N/A", "-", "null", "86.10", "None"), (None, None, None, "86.1", None)),
        ((" 85.9 ", "87.5", "85.1", "+86.10", "1.2E3"), ("85.9", "87.5", "85.1", "86.1", "1200")),
        (("85.9", "87.5", "85.1", "86.0999984741211", "0"), ("85.9", "87.5", "85.1", "86.099998", "0")),
        (("0", "0", "0", "86.1", "0"), (None, None, None, "86.1", "0")),
        (("7150", "7150", "7150", "7150", "12.0"), ("7150", "7150", "7150", "7150", "12")),
        (("0.0001", "0.0001", "0.0001", "0.0001", ""), ("0.0001", "0.0001", "0.0001", "0.0001", None)),
        (("999999999999.999999",) * 4 + ("1",), ("999999999999.999999",) * 4 + ("1",)),
    ],
)
def test_figures_are_stored_as_plain_decimals(printed: tuple[str, ...], stored: tuple[str | None, ...]) -> None:
    assert tuple(read_bar(*printed)) == stored


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        (("85", "87", "84", "", "1"), "there is no close"),
        (("85", "87", "84", "NaN", "1"), "“NaN” is no number"),
        (("85", "inf", "84", "86", "1"), "“inf” is no number"),
        (("85", "87", "84", "86,1", "1"), "“86,1” is no number"),
        (("85", "87", "84", "8_6", "1"), "“8_6” is no number"),
        (("85", "87", "84", "８６", "1"), "“８６” is no number"),
        (("85", "87", "84", "1e400", "1"), "“1e400” is too large for a price"),
        (("85", "84", "87", "86", "1"), "the high, 84, is below the low, 87"),
        (("85", "87", "84", "88", "1"), "the close, 88, is above the high, 87"),
        (("85", "87", "84", "83.99", "1"), "the close, 83.99, is below the low, 84"),
        (("88", "87", "84", "86", "1"), "the open, 88, is above the high, 87"),
        (("-85", "87", "84", "86", "1"), "the open is -85, and no price is zero or less"),
        (("85", "87", "84", "0", "1"), "the close is 0, and no price is zero or less"),
        (("0", "0", "0", "86", "5"), "the open is 0, and no price is zero or less"),
        (("", "", "", "0.0000001", "1"), "the close is smaller than a millionth"),
        (("85", "87", "84", "86", "-1"), "“-1” is no volume"),
        (("85", "87", "84", "86", "1.5"), "“1.5” is no volume"),
        (("85", "87", "84", "86", "9999999999999999999"), "“9999999999999999999” is no volume"),
    ],
)
def test_nonsense_is_refused(printed: tuple[str, ...], reason: str) -> None:
    with pytest.raises(BadBar) as refused:
        read_bar(*printed)

    assert str(refused.value) == reason
    assert not is_plain(*printed)


FIGURES = st.decimals(Decimal("0.000001"), Decimal("999999999.999999"), places=6).map(lambda figure: f"{figure:f}")
TEXTS = st.one_of(FIGURES, st.text(max_size=8), st.sampled_from(["", "0", "-1", "nan", "1e5", "12.34", "-0", "1e-9"]))


@given(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
def test_reading_never_fails_otherwise(open_: str, high: str, low: str, close: str, volume: str) -> None:
    try:
        bar = read_bar(open_, high, low, close, volume)
    except BadBar:
        assert not is_plain(open_, high, low, close, volume)
        return

    assert read_bar(*(figure or "" for figure in bar)) == bar
    figures = [Decimal(figure) for figure in (bar.low, bar.close, bar.high) if figure is not None]
    assert figures == sorted(figures)
    assert all(figure > 0 for figure in figures)


@given(FIGURES, FIGURES, FIGURES, FIGURES, st.integers(0, 10**18 - 1).map(str))
def test_what_is_plain_is_what_a_careful_look_finds_right(
    open_: str, high: str, low: str, close: str, volume: str
) -> None:
    """Floats are exact for the figures that the quick look takes."""
    try:
        bar = read_bar(open_, high, low, close, volume)
    except BadBar:
        assert not is_plain(open_, high, low, close, volume)
        return

    assert is_plain(open_, high, low, close, volume)
    assert [Decimal(figure or 0) for figure in bar] == [Decimal(text) for text in (open_, high, low, close, volume)]
