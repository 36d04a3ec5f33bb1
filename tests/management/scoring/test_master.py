"""Masters of companies as CSV files."""

from datetime import date
from pathlib import Path

import pytest

from articles.management.scoring.master import Line, UnreadableMaster, read_master
from articles.markets.mentions import Alias

HEADER = "name,alias,symbol,mic,from,until\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "master.csv"


def test_a_row_is_a_listing_with_its_names(path: Path) -> None:
    path.write_text(HEADER + '"Gap, Inc. (The)",Gap|The Gap; Gap Stores,GAP,xnys,2024-08-22,\n')
    master = read_master(path)
    names = ("Gap", "The Gap", "Gap Stores")
    assert master.lines == [(Line(2, "Gap, Inc. (The)", names, "GAP", "XNYS", date(2024, 8, 22), None), 1)]
    assert master.refused == []
    assert list(master.aliases()) == [
        Alias("Gap, Inc. (The)", 1, "company", "GAP", "XNYS", date(2024, 8, 22)),
        *(Alias(name, 1, from_on=date(2024, 8, 22)) for name in names),
    ]


def test_a_mark_quotes_blank_lines_and_further_columns_in_any_order_are_read(path: Path) -> None:
    path.write_text('\ufeffSymbol,note,Name\r\n\r\nA,"two\nlines","Agilent ""A"" Inc"\r\n,,\r\n', encoding="utf-8")
    assert read_master(path).lines == [(Line(4, 'Agilent "A" Inc', (), "A", "", None, None), 1)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",,A,XNYS,,", "has no name"),
        ("Agilent,,,XNYS,,", "has no symbol"),
        ("Agilent", "has no symbol"),
        ("Agilent,,A,XNYS,24 May,", "has '24 May' as from, which is no day such as 2014-09-19"),
        ("Agilent,,A,XNYS,,2020-13-01", "has '2020-13-01' as until, which is no day such as 2014-09-19"),
        ("Agilent,,A,XNYS,2020-01-02,2020-01-01", "ends on 2020-01-01, before it begins on 2020-01-02"),
    ],
)
def test_a_bad_row_is_refused_by_its_line_and_the_rest_is_used(path: Path, row: str, reason: str) -> None:
    path.write_text(f"{HEADER}Alibaba,,BABA,XNYS,,\n{row}\nTencent,,700,XHKG,,\n")
    master = read_master(path)
    assert master.refused == [(3, reason)]
    assert [line.name for line, _company in master.lines] == ["Alibaba", "Tencent"]


def test_rows_of_one_name_are_one_company(path: Path) -> None:
    path.write_text(
        HEADER
        + "Alibaba Group Holding Limited American Depositary Shares each representing eight Ordinary share,,BABA,"
        "XNYS,,\nAlibaba Group Holding Ltd,,9988,XHKG,,\nAlphabet Inc. - Class A Common Stock,,GOOGL,XNAS,,\n"
        "Alphabet Inc. - Class C Capital Stock,,GOOG,XNAS,,\n"
    )
    assert [company for _line, company in read_master(path).lines] == [1, 1, 2, 2]


def test_two_of_one_name_at_once_on_two_american_exchanges_are_two_companies(path: Path) -> None:
    path.write_text(HEADER + "First BanCorp.,,FBP,XNYS,,\nFirst Bancorp - Common Stock,,FBNC,XNAS,,\n")
    assert [company for _line, company in read_master(path).lines] == [1, 2]
    path.write_text(HEADER + "Kraft,,KFT,XNYS,,2012-06-25\nKraft,,KRFT,XNAS,2012-06-26,\n")
    assert [company for _line, company in read_master(path).lines] == [1, 1]


def test_an_exchange_may_be_named_as_it_is_printed(path: Path) -> None:
    path.write_text(HEADER + "Apple,,AAPL,Nasdaq,,\nNobody,,X,QQQQ,,\n")
    assert [line.mic for line, _company in read_master(path).lines] == ["XNAS", "QQQQ"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "lacks name and symbol"),
        (b"name,mic\n", "lacks symbol"),
        (b"\xff\xfe", "is not in UTF-8: byte 0"),
        (b"name,symbol\n" + b'"' + b"x" * 200_000, "line 2: field larger than field limit"),
    ],
)
def test_what_is_no_master_is_refused(path: Path, content: bytes, message: str) -> None:
    path.write_bytes(content)
    with pytest.raises(UnreadableMaster, match=message):
        read_master(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMaster, match=r"none.csv cannot be read: No such file or directory\."):
        read_master(tmp_path / "none.csv")
