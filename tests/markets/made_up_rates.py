"""Reference rates that look real and are made up: yearly averages as most people remember them, and a walk of each day.

`python -m tests.markets.made_up_rates` writes data/eurofxref-hist.csv, in the layout of the European Central Bank.
"""

import random
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

FILE = Path(__file__).parent / "data" / "eurofxref-hist.csv"
FIRST, LAST = date(2021, 1, 4), date(2026, 11, 27)
# Units for a euro in the middle of 2020, 2021, … 2026.
AVERAGES = {
    "USD": "1.142 1.183 1.053 1.081 1.082 1.13 1.17",
    "JPY": "121.8 129.9 138 152 163.8 169 182",
    "BGN": "1.9558 1.9558 1.9558 1.9558 1.9558 1.9558 1.9558",
    "CZK": "26.45 25.64 24.57 24 25.12 24.7 24.3",
    "DKK": "7.4542 7.437 7.4396 7.4509 7.4589 7.463 7.467",
    "GBP": ".8897 .8596 .8528 .8698 .8466 .857 .87",
    "HUF": "351 358.5 391.3 381.9 395.3 398 385",
    "PLN": "4.443 4.565 4.686 4.542 4.306 4.24 4.25",
    "RON": "4.838 4.9215 4.9313 4.9467 4.9746 5.04 5.1",
    "SEK": "10.48 10.15 10.63 11.48 11.43 11.06 10.9",
    "CHF": "1.07 1.081 1.005 .9718 .9526 .937 .93",
    "ISK": "154.6 150.2 142.2 149 149.3 145 145",
    "NOK": "10.72 10.16 10.1 11.42 11.63 11.7 11.5",
    "TRY": "8.05 10.51 17.41 25.76 35.57 44.8 50",
    "AUD": "1.655 1.575 1.517 1.629 1.64 1.75 1.72",
    "BRL": "5.894 6.378 5.44 5.401 5.828 6.31 6.2",
    "CAD": "1.53 1.483 1.37 1.46 1.482 1.58 1.6",
    "CNY": "7.875 7.628 7.079 7.66 7.787 8.12 8.2",
    "HKD": "8.859 9.193 8.245 8.465 8.445 8.8 9.13",
    "IDR": "16627 16921 15625 16480 17158 18600 19500",
    "ILS": "3.926 3.82 3.535 3.988 4 3.9 3.8",
    "INR": "84.64 87.44 82.69 89.3 90.56 98.5 104",
    "KRW": "1345.6 1354.1 1358.1 1412.9 1475.4 1605 1680",
    "MXN": "24.52 23.99 21.19 19.18 19.83 21.7 21",
    "MYR": "4.8 4.9 4.63 4.93 4.95 4.83 4.8",
    "NZD": "1.756 1.672 1.658 1.762 1.788 1.94 2",
    "PHP": "56.6 58.3 57.3 60.2 62 65 68",
    "SGD": "1.574 1.589 1.451 1.452 1.446 1.475 1.5",
    "THB": "35.7 37.8 36.86 37.6 38.2 37.1 37.5",
    "ZAR": "18.77 17.48 17.21 19.96 19.83 20.2 19.8",
}
_MIDDLES = [date(year, 7, 1) for year in range(2020, 2027)]
#: How far a rate strays in a day, as a share of itself; what is held to the euro or the dollar hardly does.
_STRAY = {"BGN": 0.0, "DKK": 0.0001, "TRY": 0.006, "BRL": 0.005, "ZAR": 0.005, "HKD": 0.0003}
_ENDED = {"BGN": date(2025, 12, 31)}


def rows() -> Iterator[list[str]]:
    """Yield the file's rows, newest first, the header before them; each ends in an empty field, as the bank's do."""
    yield ["Date", *AVERAGES, ""]
    yield from reversed(list(_days()))


def _days() -> Iterator[list[str]]:
    """Yield the rows of the weekdays but Christmas and New Year, oldest first."""
    chance = random.Random(1999)
    strayed = dict.fromkeys(AVERAGES, 0.0)
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        if day.weekday() > 4 or (day.month, day.day) in {(1, 1), (12, 25), (12, 26)}:
            continue
        for currency in AVERAGES:
            # Pulled back a little each day, or the averages would soon be forgotten.
            strayed[currency] = strayed[currency] * 0.98 + chance.gauss(0, _STRAY.get(currency, 0.003))
        yield [day.isoformat(), *(_printed(currency, day, strayed) for currency in AVERAGES), ""]


def _printed(currency: str, day: date, strayed: dict[str, float]) -> str:
    """Return a day's rate as the bank prints it: to five or six digits, or N/A once there is none."""
    if day > _ENDED.get(currency, day):
        return "N/A"
    # The dollar of Hong Kong moves with that of the United States.
    shift = strayed[currency] + (strayed["USD"] if currency == "HKD" else 0.0)
    return f"{_average(currency, day) * (1 + shift):.6g}"


def _average(currency: str, day: date) -> float:
    """Return where a rate would be without chance: on a line between the middles of two years."""
    values = [float(value) for value in AVERAGES[currency].split()]
    place = min(bisect_right(_MIDDLES, day) - 1, len(values) - 2)
    before, after = _MIDDLES[place], _MIDDLES[place + 1]
    return values[place] + (values[place + 1] - values[place]) * ((day - before) / (after - before))


if __name__ == "__main__":
    FILE.write_text("".join(",".join(row) + "\n" for row in rows()), encoding="utf-8")
