"""Reference rates: reading the ECB's file, and looking a day up."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from articles.markets.ecb import ReferenceRate, UnreadableRates, read_rates
from articles.markets.rates import CrossRate, Rates, cross_rate, rate_band
from tests.markets.made_up_rates import FILE, rows

TABLE = b"""Date,USD,JPY,CNY,
2026-11-24,1.1600,180.00,8.2000,
2026-11-20,1.1500,179.00,N/A,
"""
MONDAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 20)


def read(data: bytes) -> tuple[list[ReferenceRate], list[tuple[int, str]]]:
    refused: list[tuple[int, str]] = []
    rates = list(read_rates(io.BytesIO(data), lambda line, why: refused.append((line, why))))
    return rates, refused


def zipped(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return data.getvalue()


def rates_of(data: bytes) -> Rates:
    return Rates((row.on, row.currency, row.rate) for row in read(data)[0])


def test_table_is_read_with_its_lines() -> None:
    rates, refused = read(TABLE)

    assert rates == [
        (2, TUESDAY, "USD", Decimal("1.1600")),
        (2, TUESDAY, "JPY", Decimal("180.00")),
        (2, TUESDAY, "CNY", Decimal("8.2000")),
        (3, FRIDAY, "USD", Decimal("1.1500")),
        (3, FRIDAY, "JPY", Decimal("179.00")),
    ]
    assert refused == []


def test_zip_is_read_as_its_table() -> None:
    assert read(zipped(eurofxref_csv=TABLE)) == read(TABLE)


def test_table_of_the_last_day_is_read() -> None:
    rates, refused = read(b"Date, USD, JPY, \n24 November 2026, 1.1600, 180.00, \n")

    assert (rates, refused) == (
        [(2, TUESDAY, "USD", Decimal("1.1600")), (2, TUESDAY, "JPY", Decimal("180.00"))],
        [],
    )


def test_rows_that_cannot_be_used_are_refused_by_line() -> None:
    data = b"Date,USD,x1,JPY\n2026-11-24,-1,5,NaN\n24.11.2026,1,1,1\n2026-11-24,2,2,2\n2026-11-20,1,1,1,1\n\n"
    data += b"2026-11-19,1.5,,"

    rates, refused = read(data)

    assert rates == [(7, date(2026, 11, 19), "USD", Decimal("1.5"))]
    assert refused == [
        (1, "“x1” is no currency code; its column is passed over"),
        (2, "“-1” is no rate of USD"),
        (2, "“NaN” is no rate of JPY"),
        (3, "“24.11.2026” is no date"),
        (4, "2026-11-24 is there twice; the first one counts"),
        (5, "the row has 4 figures for 3 currencies"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Symbol,Security Name\nA,Agilent\n",
        b"Date\n2026-11-24\n",
        b"Date,USD\n\xff\xfe,1\n",
        b"PK\x03\x04 no zip at all",
        zipped(one_csv=TABLE, two_csv=TABLE),
        zipped(readme_txt=b"none"),
        zipped(eurofxref_csv=TABLE)[:80],
    ],
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableRates):
        read(data)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRates, match="No such file"):
        Rates.from_csv(tmp_path / "none.csv")


def test_file_of_the_tests_is_what_its_code_makes() -> None:
    assert FILE.read_text(encoding="utf-8") == "".join(",".join(row) + "\n" for row in rows())


def test_rate_is_of_the_latest_day_both_have() -> None:
    rates = rates_of(TABLE)

    assert cross_rate(rates, "EUR", "USD", TUESDAY) == CrossRate(Decimal("1.1600"), TUESDAY)
    assert cross_rate(rates, "EUR", "USD", MONDAY) == CrossRate(Decimal("1.1500"), FRIDAY)
    assert cross_rate(rates, "USD", "EUR", TUESDAY) == CrossRate(1 / Decimal("1.1600"), TUESDAY)
    assert cross_rate(rates, "USD", "JPY", MONDAY) == CrossRate(Decimal("179.00") / Decimal("1.1500"), FRIDAY)
    # There is none of the yuan on Friday.
    assert cross_rate(rates, "USD", "CNY", MONDAY) is None


def test_rate_is_not_older_than_a_week() -> None:
    rates = rates_of(TABLE)

    assert cross_rate(rates, "EUR", "USD", date(2026, 12, 1)) is not None
    assert cross_rate(rates, "EUR", "USD", date(2026, 12, 2)) is None
    assert cross_rate(rates, "EUR", "USD", date(2026, 11, 19)) is None
    assert cross_rate(rates, "EUR", "TWD", TUESDAY) is None


def test_pegged_currencies_follow_their_anchor() -> None:
    rates = rates_of(TABLE)

    assert cross_rate(rates, "USD", "AED", TUESDAY) == CrossRate(Decimal("3.6725"), TUESDAY)
    assert cross_rate(rates, "USD", "XOF", TUESDAY) == CrossRate(Decimal("655.957") / Decimal("1.1600"), TUESDAY)
    assert cross_rate(rates, "EUR", "XOF", TUESDAY) is None


def test_leap_day_has_a_rate() -> None:
    rates = rates_of(b"Date,USD\n2028-02-29,1.2\n")

    assert cross_rate(rates, "EUR", "USD", date(2028, 3, 1)) == CrossRate(Decimal("1.2"), date(2028, 2, 29))


def test_band_covers_the_days_around() -> None:
    rates = rates_of(TABLE)

    low, high = rate_band(rates, "EUR", "USD", MONDAY) or (Decimal(0), Decimal(0))

    assert low < Decimal("1.15") < Decimal("1.16") < high < Decimal("1.18")
    assert rate_band(rates, "EUR", "TWD", MONDAY) is None
