"""How well mentions are found in labeled text.

A prediction is right when its company has the labeled symbol and its span overlaps the labeled one; it is exact when
the spans are the same. A label is found once; what else is found of the same company in a labeled span, or in the
brackets right behind it, or in words right before them ("Alibaba (NYSE: BABA)" labeled as one or as either), counts
neither way.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from re import compile as pattern
from time import process_time
from typing import Any

from articles.management.scoring.labeled import Label, LabeledText
from articles.management.scoring.master import Master
from articles.markets.mentions import Finder, Mention

_BETWEEN = pattern(r"['’]?s?[ \u00a0]?[(（<\[]?[^()（）<>\n]{0,40}[)）>\]]?")
_WORD = pattern(r"\w+")


@dataclass(slots=True)
class Score:
    """Counts over labeled texts, and what was predicted for each."""

    right: int = 0
    exact: int = 0
    wrong: int = 0
    missed: int = 0
    abstained: int = 0
    texts: int = 0
    words: int = 0
    seconds: float = 0.0
    predictions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of right ones among all predictions; 1 if there are none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the labels that were found; 1 if there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def milliseconds(self) -> float:
        """Processor time for a thousand words."""
        return 1e6 * self.seconds / self.words if self.words else 0.0


class Scorer:
    """Finds the companies of a master in texts and compares them with labels."""

    def __init__(self, master: Master) -> None:
        self._finder = Finder(master.aliases())
        self._listings = master.listings()

    def score(self, texts: Iterable[LabeledText]) -> Score:
        """Return the figures of all texts together."""
        score = Score()
        for text in texts:
            begun = process_time()
            mentions = self._finder.find(text.text, text.on)
            score.seconds += process_time() - begun
            score.texts += 1
            score.words += len(_WORD.findall(text.text))
            score.abstained += sum(mention.chosen is None for mention in mentions)
            self._compare(text, mentions, score)
        return score

    def _compare(self, text: LabeledText, mentions: list[Mention], score: Score) -> None:
        chosen = [mention for mention in mentions if mention.chosen is not None]
        placed = [label for label in text.labels if label.start is not None]
        loose = [label for label in text.labels if label.start is None]
        verdicts: dict[int, str] = {}
        open_labels = self._match(placed, chosen, verdicts, score)
        anywhere = [label for label in loose if any(self._is(mention, label) for mention in chosen)]
        score.right += len(anywhere)
        score.exact += len(anywhere)
        score.missed += len(open_labels) + len(loose) - len(anywhere)
        wrong_companies: set[Any] = set()
        for mention in chosen:
            if id(mention) in verdicts:
                continue
            if self._is_beside(mention, text, loose, [m for m in chosen if id(m) in verdicts]):
                verdicts[id(mention)] = "beside"
            elif loose and not placed and mention.chosen in wrong_companies:
                verdicts[id(mention)] = "wrong again"
            else:
                verdicts[id(mention)] = "wrong"
                wrong_companies.add(mention.chosen)
                score.wrong += 1
        score.predictions.append(self._prediction(text, mentions, verdicts, [*open_labels, *(
            label for label in loose if label not in anywhere)]))  # fmt: skip

    def _match(self, labels: list[Label], chosen: list[Mention], verdicts: dict[int, str], score: Score) -> list[Label]:
        """Give each label the mention that fits it best, count, and return the labels that have none."""
        missed = []
        for label in labels:
            fitting = [
                mention
                for mention in chosen
                if id(mention) not in verdicts and label.overlaps(mention.start, mention.end)
                and label.is_of(*self._security(mention, label))
            ]  # fmt: skip
            if not fitting:
                missed.append(label)
                continue
            best = min(fitting, key=lambda mention: (mention.start, mention.end) != (label.start, label.end))
            exact = (best.start, best.end) == (label.start, label.end)
            verdicts[id(best)] = "right"
            score.right += 1
            score.exact += exact
        return missed

    def _security(self, mention: Mention, label: Label) -> tuple[str, str]:
        """Return the listing of the mentioned company that a label is of, or its first one."""
        lines = self._listings[_company(mention)]
        same = next((line for line in lines if label.is_of(line.symbol, line.mic)), lines[0])
        return same.symbol, same.mic

    def _is(self, mention: Mention, label: Label) -> bool:
        return label.is_of(*self._security(mention, label))

    def _is_beside(self, mention: Mention, text: LabeledText, loose: list[Label], right: list[Mention]) -> bool:
        """Say whether a mention that no label is left for says no more than a label or a right mention beside it."""
        if any(self._is(mention, label) for label in loose):
            return True
        if any(label.overlaps(mention.start, mention.end) and self._is(mention, label) for label in text.labels):
            return True
        for other in right:
            first, second = sorted((mention, other), key=lambda one: one.start)
            if other.chosen == mention.chosen and _BETWEEN.fullmatch(text.text[first.end : second.start]):
                return "ticker" in {mention.form, other.form}
        return False

    def _prediction(
        self, text: LabeledText, mentions: list[Mention], verdicts: dict[int, str], missed: list[Label]
    ) -> dict[str, Any]:
        return {
            "id": text.key,
            "text": text.text,
            "date": text.on.isoformat(),
            "spans": [[one.start, one.end, self._print(one, text.on)] for one in mentions if one.chosen is not None],
            "mentions": [
                {
                    "start": one.start,
                    "end": one.end,
                    "words": one.text,
                    "form": one.form,
                    "verdict": verdicts.get(id(one), "abstained"),
                    "candidates": [[self._first(candidate.entity, text.on), candidate.confidence]
                                   for candidate in one.candidates],
                }
                for one in mentions
            ],
            "missed": [[label.start, label.end, f"{label.mic}:{label.symbol}".lstrip(":")] for label in missed],
        }  # fmt: skip

    def _print(self, mention: Mention, on: date) -> str:
        """Return the security of a mention: the printed one of a ticker, else the company's first on that day."""
        lines = self._listings[_company(mention)]
        if mention.form == "ticker":
            for line in lines:
                if line.symbol.upper() in mention.text.upper():
                    return f"{line.mic}:{line.symbol}".lstrip(":")
        return self._first(mention.chosen, on)

    def _first(self, company: Any, on: date) -> str:
        lines = self._listings[company]
        held = [line for line in lines
                if (line.from_on or date.min) <= on <= (line.until_on or date.max)]  # fmt: skip
        line = (held or lines)[0]
        return f"{line.mic}:{line.symbol}".lstrip(":")


def _company(mention: Mention) -> int:
    company = mention.chosen
    if not isinstance(company, int):
        raise TypeError(f"{mention} is of no company of the master")
    return company
