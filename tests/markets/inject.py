"""Sentences with conversions, right and wrong: what the checks of money are scored on.

data/copy.txt has a sentence a line. `<words=value currency>` is an amount, with its value in plain figures (or two,
for a range); `{currency|form|digits}` is where its conversion goes, printed with so many significant digits in place
of the #. data/no_pairs.txt has sentences without any conversion. Rates are read here without the code that is scored.

`python -m tests.markets.inject` writes data/money.jsonl: every sentence once as a newsroom would print it, and one in
three of those with a conversion again with a mistake.
"""

import csv
import json
import random
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.markets.made_up_rates import FILE as RATES_FILE

DATA = Path(__file__).parent / "data"
MISTAKES = ("times ten", "a tenth", "million for billion", "wrong rate", "wrong sign", "wrong year")
_MARK = re.compile(r"<([^<>=]+)=([^<>]+) ([A-Z]{3})>|\{([A-Z]{3})\|([^{}|]+)\|(\d)\}")
_SLIPS = {
    "billion": "million",
    "million": "billion",
    "trillion": "billion",
    "bn": "m",
    "mn": "bn",
    "m": "bn",
    "Milliarden": "Millionen",
    "Mrd.": "Mio.",
    "milliard": "million",
    "millones": "mil millones",
    "亿": "万",
    "億": "万",
    "억": "만",
}
_SCALES = {
    "trillion": 1e12,
    "billion": 1e9,
    "Milliarden": 1e9,
    "Mrd.": 1e9,
    "milliard": 1e9,
    "bn": 1e9,
    "million": 1e6,
    "millones": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "亿": 1e8,
    "億": 1e8,
    "억": 1e8,
}
_SIGNS = {
    "US$": "HK$", "HK$": "US$", "A$": "£", "$": "€", "€": "£", "£": "$", "USD": "EUR", "EUR": "GBP", "NKr": "€",
    "euros": "dollars", "yuan": "yen", "Dollar": "Pfund", "dollars": "euros", "dólares": "euros", "美元": "日元",
    "ドル": "ポンド", "달러": "위안", "Euro": "Dollar", "Swiss francs": "pounds", "rupees": "yen", "yen": "yuan",
}  # fmt: skip
_OTHERS = "USD EUR GBP JPY CNY HKD AUD CAD CHF INR KRW SGD".split()


@dataclass(frozen=True)
class Line:
    """One line of a labelled set."""

    id: str
    text: str
    date: str
    verdict: str
    kind: str

    def as_json(self) -> str:
        return json.dumps(vars(self), ensure_ascii=False)


class PlainRates:
    """Units for a euro by day, as floats."""

    def __init__(self, path: Path = RATES_FILE) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            rows = sorted(csv.DictReader(file), key=lambda row: row["Date"])
        self.days = [date.fromisoformat(row["Date"]) for row in rows]
        self._rows = rows

    def rate(self, source: str, target: str, on: date, *, back: int = 0) -> float | None:
        """Return units of target for one of source on the last day until `on`, or so many rows before."""
        row = self._rows[max(bisect_right(self.days, on) - 1 - back, 0)]
        values = [1.0 if code == "EUR" else _number(row.get(code)) for code in (source, target)]
        return values[1] / values[0] if values[0] and values[1] else None


def _number(printed: str | None) -> float:
    return float(printed) if printed and printed != "N/A" else 0.0


def read_copy() -> list[str]:
    return (DATA / "copy.txt").read_text(encoding="utf-8").splitlines()


def read_no_pairs() -> list[str]:
    return (DATA / "no_pairs.txt").read_text(encoding="utf-8").splitlines()


def write(sentence: str, rates: PlainRates, on: date, chance: random.Random, mistake: str = "") -> str | None:
    """Return a sentence with its conversions as of a day, its first one with a mistake.

    None where the mistake cannot be made there, or would change the printed figure by less than three in a hundred.
    """
    parts, end, values, source, spoilt = [], 0, [0.0], "", not mistake
    for mark in _MARK.finditer(sentence):
        parts.append(sentence[end : mark.start()])
        end = mark.end()
        if mark[1]:
            values, source = [float(value) for value in mark[2].split(":")], mark[3]
            parts.append(mark[1])
            continue
        rate = _newsroom_rate(rates, source, mark[4], on, chance)
        if rate is None:
            return None
        right = _print(mark[5], [value * rate for value in values], int(mark[6]))
        if not spoilt:
            wrong = _spoil(mistake, right, mark, values, rate, source, rates, on, chance)
            if wrong is None:
                return None
            right, spoilt = wrong, True
        parts.append(right)
    return "".join([*parts, sentence[end:]])


def _newsroom_rate(rates: PlainRates, source: str, target: str, on: date, chance: random.Random) -> float | None:
    """Return the rate a newsroom may have used: of the day, of the day before, or of some hour between."""
    rate = rates.rate(source, target, on, back=chance.choice([0, 0, 1]))
    return rate and rate * chance.choice([1.0, 1 + chance.uniform(-0.005, 0.005)])


def _print(form: str, values: list[float], digits: int) -> str:
    """Return values in a form, each in the next #; the last one where there are more values than places."""
    scale = next((size for word, size in _SCALES.items() if re.search(rf"(?<![^\W#]){re.escape(word)}", form)), 1.0)
    for value in values:
        # Pence have two places, however small the sum.
        printed = _figure(value / scale, digits)
        form = form.replace("#", printed.replace(",", "").replace(".", ",") if "#;" in form else printed, 1)
    return form.replace(";", "")


def _figure(value: float, digits: int) -> str:
    rounded = float(f"{value:.{digits}g}")
    places = max(digits - len(f"{int(rounded)}"), 0) if rounded >= 1 else 2
    return f"{rounded:,.{places}f}"


def _spoil(
    mistake: str,
    right: str,
    mark: re.Match[str],
    values: list[float],
    rate: float,
    source: str,
    rates: PlainRates,
    on: date,
    chance: random.Random,
) -> str | None:
    """Return a conversion with a mistake in it."""
    form, digits = mark[5], int(mark[6])
    if mistake in {"million for billion", "wrong sign"}:
        words = _SLIPS if mistake == "million for billion" else _SIGNS
        old = next((word for word in words if re.search(rf"(?<![^\W#\d]){re.escape(word)}(?![a-z])", right)), None)
        return None if old is None else right.replace(old, words[old])
    if mistake == "times ten":
        wrong = 10.0
    elif mistake == "a tenth":
        wrong = 0.1
    elif mistake == "wrong rate":
        other = chance.choice([code for code in _OTHERS if code not in {source, mark[4]}])
        wrong = (rates.rate(source, other, on) or rate) / rate
    else:
        year = chance.choice([year for year in range(rates.days[0].year, rates.days[-1].year + 1) if year != on.year])
        wrong = (rates.rate(source, mark[4], on.replace(year=year, day=min(on.day, 28))) or rate) / rate
    shift = abs(wrong - 1)
    spoilt = _print(form, [value * rate * wrong for value in values], digits)
    return None if shift < 0.03 or _shift(spoilt, right) < 0.03 else spoilt


def _shift(spoilt: str, right: str) -> float:
    """Return by how much the printed figures differ: nothing, where rounding hides it."""
    figures = [
        [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)] for text in (spoilt, right)
    ]
    return max((abs(new / old - 1) if old else 0.0 for new, old in zip(*figures, strict=True)), default=0.0)


def labelled(seed: int, rates: PlainRates, *, rounds: int = 1, mistakes: int = 1) -> Iterator[Line]:
    """Yield every sentence `rounds` times as printed on some day, and each with so many of the mistakes."""
    chance = random.Random(seed)
    last, span = rates.days[-1], (rates.days[-1] - rates.days[0]).days - 10
    for number in range(rounds):
        for place, sentence in enumerate([*read_copy(), *read_no_pairs()], 1):
            on = last - timedelta(days=chance.randrange(span))
            text = write(sentence, rates, on, chance)
            name = f"{number}-{place}"
            if text is None:
                continue
            yield Line(name, text, on.isoformat(), "ok", "untouched" if text != sentence else "no pair")
            for mistake in chance.sample(MISTAKES, mistakes):
                wrong = write(sentence, rates, on, chance, mistake) if text != sentence else None
                if wrong is not None:
                    yield Line(f"{name}-{mistake}", wrong, on.isoformat(), "wrong", mistake)


if __name__ == "__main__":
    lines = labelled(20261124, PlainRates())
    (DATA / "money.jsonl").write_text("".join(line.as_json() + "\n" for line in lines), encoding="utf-8")
