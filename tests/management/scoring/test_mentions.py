"""What counts as right, wrong and missed."""

from datetime import date
from pathlib import Path

import pytest

from articles.management.scoring.labeled import Label, LabeledText
from articles.management.scoring.master import read_master
from articles.management.scoring.mentions import Score, Scorer

DAY = date(2026, 11, 24)
MASTER = """name,alias,symbol,mic,from,until
Alibaba Group Holding Limited,Alibaba,BABA,XNYS,,
Alibaba Group Holding Limited,Alibaba,9988,XHKG,,
Tencent Holdings,,0700,XHKG,,
Apple Inc.,,AAPL,XNAS,,
"""


@pytest.fixture
def scorer(tmp_path: Path) -> Scorer:
    path = tmp_path / "master.csv"
    path.write_text(MASTER)
    return Scorer(read_master(path))


def counts(score: Score) -> tuple[int, int, int, int]:
    return score.right, score.exact, score.wrong, score.missed


def label(text: str, words: str, symbol: str, mic: str = "") -> Label:
    start = text.index(words)
    return Label(start, start + len(words), symbol, mic)


def scored(scorer: Scorer, text: str, *labels: Label) -> tuple[int, int, int, int]:
    return counts(scorer.score([LabeledText("1", text, DAY, labels)]))


def test_the_labeled_span_is_right_and_exact(scorer: Scorer) -> None:
    text = "Alibaba rose 2%."
    assert scored(scorer, text, label(text, "Alibaba", "BABA")) == (1, 1, 0, 0)


def test_any_listing_of_the_company_is_right_but_the_wrong_market_is_not(scorer: Scorer) -> None:
    text = "Alibaba rose 2%."
    assert scored(scorer, text, label(text, "Alibaba", "9988", "XHKG")) == (1, 1, 0, 0)
    assert scored(scorer, text, label(text, "Alibaba", "BABA", "XNAS")) == (0, 0, 1, 1)


def test_an_overlapping_span_is_right_though_not_exact(scorer: Scorer) -> None:
    text = "Alibaba's shares rose."
    assert scored(scorer, text, label(text, "Alibaba's", "BABA")) == (1, 0, 0, 0)


def test_another_company_is_wrong_and_the_labeled_one_missed(scorer: Scorer) -> None:
    text = "Alibaba rose 2%."
    assert scored(scorer, text, label(text, "Alibaba", "AAPL")) == (0, 0, 1, 1)


@pytest.mark.parametrize("words", ["Alibaba", "NYSE: BABA", "Alibaba (NYSE: BABA)"])
def test_a_name_and_its_ticker_may_be_labeled_as_one_or_as_either(scorer: Scorer, words: str) -> None:
    text = "Alibaba (NYSE: BABA) rose 2%."
    right, _exact, wrong, missed = scored(scorer, text, label(text, words, "BABA"))
    assert (right, wrong, missed) == (1, 0, 0)


def test_a_name_and_its_ticker_may_both_be_labeled(scorer: Scorer) -> None:
    text = "Alibaba (NYSE: BABA) rose 2%."
    labels = (label(text, "Alibaba", "BABA"), label(text, "NYSE: BABA", "BABA", "XNYS"))
    assert scored(scorer, text, *labels) == (2, 2, 0, 0)


def test_a_second_mention_that_is_not_labeled_is_wrong(scorer: Scorer) -> None:
    text = "Alibaba rose 2%, then Alibaba fell."
    assert scored(scorer, text, label(text, "Alibaba", "BABA")) == (1, 1, 1, 0)


def test_a_label_without_a_place_is_found_anywhere_and_once(scorer: Scorer) -> None:
    text = "Alibaba rose 2%, then Alibaba fell."
    assert scored(scorer, text, Label(None, None, "BABA", "")) == (1, 1, 0, 0)
    assert scored(scorer, text, Label(None, None, "BABA", ""), Label(None, None, "AAPL", "")) == (1, 1, 0, 1)
    assert scored(scorer, text, Label(None, None, "AAPL", "")) == (0, 0, 1, 1)


def test_figures_are_of_all_texts(scorer: Scorer) -> None:
    one, two, three = "Alibaba rose 2%.", "Apple pie was served.", "Tencent fell."
    score = scorer.score(
        [
            LabeledText("1", one, DAY, (label(one, "Alibaba", "BABA"),)),
            LabeledText("2", two, DAY, (label(two, "Apple", "AAPL"),)),
            LabeledText("3", three, DAY, ()),
        ]
    )
    assert counts(score) == (1, 1, 1, 1)
    assert (score.precision, score.recall, score.f1, score.abstained) == (0.5, 0.5, 0.5, 1)
    assert (score.texts, score.words) == (3, 9)
    assert score.milliseconds > 0


def test_nothing_to_find_is_no_division_by_zero(scorer: Scorer) -> None:
    score = scorer.score([])
    assert (score.precision, score.recall, score.f1, score.milliseconds) == (1.0, 1.0, 1.0, 0.0)


def test_predictions_say_what_was_found_in_the_form_of_labels(scorer: Scorer) -> None:
    text = "Alibaba (HKEX: 9988) rose 2%, apple pie did not. Apple pie?"
    (line,) = scorer.score([LabeledText("1", text, DAY, (label(text, "Alibaba", "BABA"),))]).predictions
    assert line["spans"] == [[0, 7, "XNYS:BABA"], [9, 19, "XHKG:9988"]]
    assert [(one["words"], one["verdict"]) for one in line["mentions"]] == [
        ("Alibaba", "right"),
        ("HKEX: 9988", "beside"),
        ("Apple", "abstained"),
    ]
    assert line["mentions"][2]["candidates"] == [["XNAS:AAPL", 0.3]]
    assert line["missed"] == []
