"""What finding mentions costs: 300,000 aliases built, their memory, and a story of a thousand words searched.

.venv/bin/python -m tests.bench.mentions [--aliases 300000]
"""

import argparse
import gc
import random
import resource
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from articles.markets.mentions import Alias, Finder

_SYLLABLES = (
    "ba be bo ca co da de di do fa fe ga go ha ka ki la le li lo ma me mo na ne no pa po ra re ri ro sa se".split()
)
_TRADES = (
    "Technologies Pharmaceuticals Energy Holdings Financial Systems Resources Industries Software Bancorp Foods".split()
)
_FORMS = [
    "Inc.",
    "Corporation",
    "Limited",
    "plc",
    "AG",
    "S.A.",
    "Co., Ltd.",
    "Inc. - Common Stock",
    "Group Holdings Ltd",
]
_WORDS = (
    "Pacific First Global General United American North Summit Golden Star Blue River Digital Advanced Royal".split()
)
_HAN = "中国上海北京华东南方长江黄河科技电子银行石油化工医药能源汽车航空通信证券保险钢铁建设实业国际股份"
_PROSE = (
    "The company said on Tuesday that sales rose by a tenth in the three months to September, helped by higher prices "
    "and demand from abroad, while analysts had expected less. "
)
_MOST_SECONDS, _MOST_MEGABYTES, _MOST_MILLISECONDS = 5.0, 300.0, 20.0


def aliases(count: int, seed: int = 4) -> Iterator[Alias]:
    """Yield made-up names and tickers as masters have them; one in ten is Chinese, one in five a further name."""
    dice = random.Random(seed)
    for number in range(count):
        name = _name(dice)
        if number % 5 == 4:
            yield Alias(name, number - 1)
        else:
            symbol = "".join(dice.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(dice.randint(2, 5)))
            yield Alias(name, number, "company", symbol, dice.choice(["XNYS", "XNAS", "XLON", "XHKG"]))


def story(names: list[str], words: int, seed: int = 5) -> str:
    """Return a story of about so many words that names a company in every other sentence."""
    dice = random.Random(seed)
    text: list[str] = []
    while sum(part.count(" ") for part in text) < words:
        text.append(_PROSE)
        text.append(
            f"Shares of {dice.choice(names)} (NYSE: {dice.choice('ABCDEF') * 3}) fell 3.2% in New York on Monday. "
        )
    return "\n".join(text)


def main() -> None:
    """Measure and print; exit with 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aliases", type=int, default=300_000)
    count = parser.parse_args().aliases
    made = list(aliases(count))
    own = [alias.name for alias in made]
    gc.collect()
    before, begun, clock = _megabytes(), process_time(), perf_counter()
    finder = Finder(made)
    seconds, waited, grown = process_time() - begun, perf_counter() - clock, _peak() - before
    text = story(own, 1000)
    found = len(finder.find(text, date(2026, 11, 24)))
    grown_later = _peak() - before
    times = []
    for _round in range(30):
        begun = process_time()
        finder.find(text, date(2026, 11, 24))
        times.append(1000 * (process_time() - begun))
    words = len(text.split())
    print(  # noqa: T201 - it is run by hand
        f"{count:,} aliases: built in {seconds:.2f} s of processor time ({waited:.2f} s), {grown:.0f} MB more at the "
        f"peak, {grown_later:.0f} MB after the first text; a story of {words} words: {median(times):.1f} ms, "
        f"{found} mentions"
    )
    passed = seconds > _MOST_SECONDS or grown_later > _MOST_MEGABYTES or median(times) > _MOST_MILLISECONDS
    raise SystemExit(passed)


def _name(dice: random.Random) -> str:
    if dice.random() < 0.1:
        return "".join(dice.choice(_HAN) for _ in range(dice.randint(2, 6))) + dice.choice(["", "集团", "股份有限公司"])
    first = "".join(dice.choice(_SYLLABLES) for _ in range(dice.randint(2, 4))).capitalize()
    middle = [dice.choice(_WORDS)] if dice.random() < 0.3 else []
    return " ".join([*middle, first, dice.choice(_TRADES), dice.choice(_FORMS)])


def _megabytes() -> float:
    status = Path("/proc/self/statm").read_text().split()
    return int(status[1]) * resource.getpagesize() / 1e6


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
