"""Charts of closes as SVG: a line with labels, drawn by the server, colored by the stylesheet and told in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel.dates import format_date
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.markets.changes import change
from articles.markets.printed_prices import print_percent, print_price

#: The drawing in its own units. Letters are set for a phone; a wider page shows it larger.
WIDTH: Final = 360
HEIGHT: Final = 190
LEFT: Final = 4
RIGHT: Final = 54
TOP: Final = 10
BOTTOM: Final = 22
_ROWS: Final = 4
_COLUMNS: Final = 4
#: Steps between lines that readers can count in.
_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))

type Point = tuple[date, Decimal]


@dataclass(frozen=True, slots=True)
class Scale:
    """The lines of a chart: from `low` to `high` in steps."""

    low: Decimal
    high: Decimal
    step: Decimal

    @classmethod
    def around(cls, values: Sequence[Decimal]) -> "Scale":
        """Return the scale for some values, which may all be the same, nothing, or less."""
        least, most = min(values), max(values)
        spread = most - least or abs(most) / 10 or Decimal(1)
        rough = spread / _ROWS
        magnitude = Decimal(1).scaleb(rough.adjusted())
        step = next(step * magnitude for step in _STEPS if step * magnitude >= rough)
        low = (least / step).to_integral_value("ROUND_FLOOR") * step
        high = (most / step).to_integral_value("ROUND_CEILING") * step
        return cls(low, high if high > low else low + step, step)

    def lines(self) -> list[Decimal]:
        """Return the values that have a line."""
        count = int((self.high - self.low) / self.step)
        return [self.low + number * self.step for number in range(count + 1)]

    def height(self, value: Decimal) -> float:
        """Return where a value is, from the top of the drawing."""
        return round(TOP + float((self.high - value) / (self.high - self.low)) * (HEIGHT - TOP - BOTTOM), 1)


def chart(points: Sequence[Point], *, title: str, unit: str, language: str) -> SafeString:
    """Return closes, oldest first and at least one, as an SVG with title and description.

    It has no style and no script of its own: `static/css/components/chart.css` draws its classes.
    """
    scale = Scale.around([value for _on, value in points])
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="chart-title chart-words">',
        f'<title id="chart-title">{escape(title)}</title>',
        f'<desc id="chart-words">{escape(in_words(points, unit, language))}</desc>',
        *(_line(value, scale, unit) for value in scale.lines()),
        *_dates(points, language),
        _path(points, scale),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 - numbers, and words that are escaped


def figures(points: Sequence[Point], unit: str, language: str) -> SafeString:
    """Return the rows of a table of the closes, the newest first."""
    rows = (
        f'<tr><th scope="row"><time datetime="{on.isoformat()}">{escape(_long(on, language))}</time></th>'
        f"<td>{escape(print_price(close, unit))}</td></tr>\n"
        for on, close in reversed(points)
    )
    return mark_safe("".join(rows))  # noqa: S308 - days and numbers, and words that are escaped


def in_words(points: Sequence[Point], unit: str, language: str) -> str:
    """Return what a chart shows: where it begins and ends, and its highest and lowest close."""
    (first_on, first), (last_on, last) = points[0], points[-1]
    if len(points) == 1:
        return f"{print_price(last, unit)} on {_long(last_on, language)}."
    moved = change(last, first)
    words = {"up": "up", "down": "down", "flat": "unchanged"}[moved.direction]
    if moved.amount and moved.percent is not None:
        words += f" {print_percent(moved.percent)}"
    high_on, high = max(points, key=lambda point: point[1])
    low_on, low = min(points, key=lambda point: point[1])
    return (
        f"From {print_price(first, unit)} on {_long(first_on, language)} to {print_price(last, unit)} on "
        f"{_long(last_on, language)}, {words}. Highest close {print_price(high, unit)} on {_long(high_on, language)}, "
        f"lowest {print_price(low, unit)} on {_long(low_on, language)}."
    )


def _line(value: Decimal, scale: Scale, unit: str) -> str:
    height = scale.height(value)
    label = escape(print_price(value, unit))
    return (
        f'<line class="chart-line" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{height}" y2="{height}"/>'
        f'<text class="chart-label" x="{WIDTH - RIGHT + 6}" y="{round(height + 3.5, 1)}">{label}</text>'
    )


def _dates(points: Sequence[Point], language: str) -> list[str]:
    """Return some dates below the chart, the first and the last among them."""
    last = len(points) - 1
    chosen = sorted({round(number * last / (_COLUMNS - 1)) for number in range(_COLUMNS)})
    form = "MMM y" if (points[-1][0] - points[0][0]).days > 300 else "d MMM"
    labels = []
    for index in chosen:
        anchor = "start" if index == 0 and last else "end" if index == last and last else "middle"
        place = f'x="{_across(points, index)}" y="{HEIGHT - 6}" text-anchor="{anchor}"'
        words = escape(format_date(points[index][0], form, locale=_locale(language)))
        labels.append(f'<text class="chart-label" {place}>{words}</text>')
    return labels


def _path(points: Sequence[Point], scale: Scale) -> str:
    places = [f"{_across(points, index)} {scale.height(value)}" for index, (_on, value) in enumerate(points)]
    if len(places) == 1:
        across, _blank, down = places[0].partition(" ")
        return f'<circle class="chart-dot" cx="{across}" cy="{down}" r="3"/>'
    return f'<path class="chart-path" d="M{"L".join(places)}"/>'


def _across(points: Sequence[Point], index: int) -> float:
    """Return where a day is, from the left: days without trading take their room."""
    first, last = points[0][0], points[-1][0]
    share = (points[index][0] - first).days / ((last - first).days or 1) if first != last else 0.5
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


@lru_cache(maxsize=4096)
def _long(on: date, language: str) -> str:
    return format_date(on, "long", locale=_locale(language))


def _locale(language: str) -> str:
    """Return the locale of a language; English is day first, as all dates of the house are."""
    return "en_GB" if language.partition("-")[0] == "en" else language.replace("-", "_")
