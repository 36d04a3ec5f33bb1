"""Which securities the tickers in a text are, on a day."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from articles.markets.aliases import NEVER, Alias, AliasIndex
from articles.markets.folding import fold_words
from articles.markets.legal_endings import without_security
from articles.markets.ordinary_words import ABBREVIATIONS, is_ordinary
from articles.markets.printed_exchanges import is_same_market
from articles.markets.tickers import BARE, CASHTAG, PrintedTicker, Reading, find_tickers, symbol_key
from articles.markets.wording import CAPITALS, Wording

#: A ticker that stands in the text like a word: "AAPL rose".
LOOSE = "loose"
_UNITED_STATES = frozenset("XNYS XNAS XASE ARCX BATS".split())


@dataclass(frozen=True, slots=True)
class TickerHit:
    """A printed ticker and the aliases that it may be of, best first; `weight` says how sure that it is one of them."""

    start: int
    end: int
    form: str
    aliases: tuple[Alias, ...]
    weight: float

    @property
    def entities(self) -> list[Hashable]:
        """The entities of the aliases in their order, each once."""
        return list(dict.fromkeys(alias.entity for alias in self.aliases))

    @property
    def is_plain(self) -> bool:
        """Say whether nothing but a ticker is printed so."""
        return self.form not in {BARE, LOOSE}


def find_listed(wording: Wording, index: AliasIndex, on: date) -> list[TickerHit]:
    """Return the tickers of a text that some alias has on a day, in order."""
    printed = [hit for ticker in find_tickers(wording.text) if (hit := _resolve(ticker, index, on))]
    printed = [_doubted(hit, wording) if hit.form == BARE else hit for hit in printed]
    taken = {place for hit in printed for place in range(hit.start, hit.end)}
    loose = [hit for hit in _loose(wording, index, on) if hit.start not in taken]
    return sorted([*printed, *loose], key=lambda hit: hit.start)


def _resolve(ticker: PrintedTicker, index: AliasIndex, on: date) -> TickerHit | None:
    for reading in ticker.readings:
        held = _held(reading.symbol, index, on)
        if not held:
            continue
        there = [alias for alias in held if _is_at(alias, reading)]
        if there:
            return TickerHit(ticker.start, ticker.end, ticker.form, tuple(there), _weight(ticker.form, reading))
        if reading.mics and reading is ticker.readings[-1]:
            # The symbol is listed, but elsewhere: perhaps it has moved, perhaps it is another company's.
            return TickerHit(ticker.start, ticker.end, ticker.form, tuple(held), 0.4)
    return None


def _doubted(hit: TickerHit, wording: Wording) -> TickerHit:
    """Return a ticker with little weight if it abbreviates the words before its bracket: "money market fund (MMF)"."""
    number = wording.at(hit.start)
    letters = wording.text[hit.start : hit.end]
    before = [word for word in wording.folded[max(0, number - 2 * len(letters)) : number] if word not in _SMALL]
    initials = "".join(word[:1] for word in before[-len(letters) :])
    return replace(hit, weight=0.1) if len(letters) > 1 and initials == letters.lower() else hit


_SMALL = frozenset("of the and for in on to a an".split())


def _held(symbol: str, index: AliasIndex, on: date) -> list[Alias]:
    return [alias for alias in index.listed(symbol) if alias.holds(on) and alias.rule != NEVER]


def _is_at(alias: Alias, reading: Reading) -> bool:
    return not reading.mics or not alias.mic or any(is_same_market(alias.mic, mic) for mic in reading.mics)


def _weight(form: str, reading: Reading) -> float:
    if form == CASHTAG:
        return 0.92
    if form != BARE:
        return 0.98
    if reading.symbol in ABBREVIATIONS or len(reading.symbol) < 2 or reading.symbol.isdigit():
        return 0.2
    return 0.5 if len(reading.symbol) == 2 else 0.62


def _loose(wording: Wording, index: AliasIndex, on: date) -> Iterator[TickerHit]:
    """Yield the words in capitals that are symbols."""
    for number, word in enumerate(wording.words):
        if not (2 <= len(word) <= 6 and word.isupper() and word.isascii()) or not index.has_symbol(symbol_key(word)):
            continue
        held = _held(symbol_key(word), index, on) if word.isalpha() else []
        if held:
            weight = _loose_weight(word, index)
            if wording.style(number) == CAPITALS:
                # Every word is in capitals there, so only what is no word of English may be a symbol.
                weight = weight - 0.15 if weight >= 0.5 else 0.0
            yield TickerHit(wording.starts[number], wording.ends[number], LOOSE, tuple(held), weight)


def _loose_weight(word: str, index: AliasIndex) -> float:
    if word in ABBREVIATIONS:
        return 0.1
    if any(_initials(name).startswith(word) for name in index.names_listed(symbol_key(word))):
        return 0.75 if len(word) > 2 else 0.6
    if is_ordinary(word.lower()) or len(word) < 3:
        return 0.2
    return 0.6 if len(word) > 3 else 0.5


def _initials(name: str) -> str:
    return "".join(word[0] for word in fold_words(without_security(name)) if word).upper()


def at_home(aliases: tuple[Alias, ...]) -> list[Hashable]:
    """Return the entities that a symbol without an exchange means most likely: those listed in the United States."""
    return list(dict.fromkeys(alias.entity for alias in aliases if alias.mic in _UNITED_STATES))
