"""Texts labelled with whether their conversions hold, and how well the checks of money agree with the labels."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from time import perf_counter
from typing import Any

from articles.markets.money import Checked, check
from articles.markets.rates import RateSource


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text of a day that is "ok" or "wrong"; `kind` says what was done to it, if the set says so."""

    id: str
    text: str
    on: date
    verdict: str
    kind: str = ""


@dataclass(slots=True)
class MoneyScore:
    """What was found in a labelled set; the counters are by kind of line."""

    wrong: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    ok: Counter[str] = field(default_factory=Counter)
    false_alarms: Counter[str] = field(default_factory=Counter)
    abstained: Counter[str] = field(default_factory=Counter)
    conversions: int = 0
    words: int = 0
    seconds: float = 0.0

    def add(self, labelled: LabelledText, checked: list[Checked]) -> str:
        """Count a text and return what the checks make of it: wrong if any conversion is, unknown if nothing else."""
        statuses = {found.verdict.status for found in checked}
        verdict = "wrong" if "wrong" in statuses else "unknown" if "unknown" in statuses else "ok"
        self.conversions += len(checked)
        self.words += len(labelled.text.split())
        self.abstained[labelled.verdict] += verdict == "unknown"
        every, hits = (self.wrong, self.found) if labelled.verdict == "wrong" else (self.ok, self.false_alarms)
        every[labelled.kind] += 1
        hits[labelled.kind] += verdict == "wrong"
        return verdict


def read_labelled(lines: Iterable[str], refuse: Callable[[int, str], object]) -> Iterator[LabelledText]:
    """Yield the texts of JSON lines `{"id", "text", "date", "verdict", "kind"?}`.

    `refuse` is told the line of whatever is no such thing, and why.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _labelled(json.loads(line))
        except (ValueError, RecursionError) as error:
            refuse(number, str(error))


def _labelled(row: Any) -> LabelledText:
    """Return the text of a parsed line; raises ValueError, with what is wrong, for anything else."""
    if not isinstance(row, dict):
        raise ValueError("the line is no JSON object")
    text, printed, verdict = row.get("text"), row.get("date"), row.get("verdict")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("“text” is missing")
    if verdict not in {"ok", "wrong"}:
        raise ValueError(f"“verdict” must be ok or wrong, not {verdict!r}")
    if not isinstance(printed, str):
        raise ValueError("“date” is missing")
    on = datetime.fromisoformat(printed).date()
    return LabelledText(str(row.get("id", "")), text, on, verdict, str(row.get("kind") or ""))


def score(
    texts: Iterable[LabelledText], rates: RateSource, tell: Callable[[LabelledText, str, list[Checked]], object]
) -> MoneyScore:
    """Check every text by the rates of its day; `tell` hears the verdict on each."""
    total = MoneyScore()
    for labelled in texts:
        start = perf_counter()
        checked = check(labelled.text, rates, labelled.on)
        total.seconds += perf_counter() - start
        tell(labelled, total.add(labelled, checked), checked)
    return total


def prediction(labelled: LabelledText, verdict: str, checked: list[Checked]) -> str:
    """Return what is said of a text as a JSON line; figures are strings, so that none of their digits are lost."""
    conversions = [
        {
            "text": labelled.text[found.pair.start : found.pair.end],
            "start": found.pair.start,
            "end": found.pair.end,
            "status": found.verdict.status,
            "why": found.verdict.why,
            "source": found.verdict.source,
            "target": found.verdict.target,
            "converted": _plain(found.verdict.converted),
            "rate": _plain(found.verdict.rate),
            "rate_on": found.verdict.rate_on and found.verdict.rate_on.isoformat(),
            "deviation": _plain(found.verdict.deviation),
            "tolerance": _plain(found.verdict.tolerance),
        }
        for found in checked
    ]
    return json.dumps({"id": labelled.id, "verdict": verdict, "pairs": conversions}, ensure_ascii=False)


def _plain(value: Any) -> str | None:
    return None if value is None else f"{value:f}"
