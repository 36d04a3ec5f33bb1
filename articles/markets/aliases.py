"""The names and tickers that copy is searched for, in the form in which they are found."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from articles.markets.folding import WORD, fold
from articles.markets.legal_endings import TRADE, core_of, shortened, without_security
from articles.markets.ordinary_words import is_given_name, is_ordinary, is_personal
from articles.markets.tickers import symbol_key

if TYPE_CHECKING:
    from ahocorasick import Automaton

COMPANY, PERSON = "company", "person"
ALWAYS, NEVER = "always", "never"
#: How an alias came to a key: as it is, or without the words for its trade.
WHOLE, SHORT = 0, 1

_MANY = -1
#: How many rows before a ticker's the names of its company may stand.
_NEAR = 12
_Codes = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name, a ticker or both, of a company or a person, and when it is theirs.

    `entity` is what mentions are of, any hashable. A company has a row for each of its names and listings, the most
    important first. `from_on` and `until_on` are the first and the last day; None is open. `rule` is "always" (needs no
    context), "never", or "".
    """

    name: str
    entity: Hashable
    kind: str = COMPANY
    symbol: str = ""
    mic: str = ""
    from_on: date | None = None
    until_on: date | None = None
    rule: str = ""

    def holds(self, on: date) -> bool:
        """Say whether the alias is the entity's on a day."""
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)


class AliasIndex:
    """Aliases by what they look like in copy.

    Names of scripts with blanks are found by their folded words written together, so that "JP Morgan" is "JPMorgan" and
    "Delta Airlines" is "Delta Air Lines"; those of scripts without are found by an automaton.
    """

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self.rows: list[Alias] = []
        self.most_words = 1
        self.small: set[str] = set()
        self.never: set[tuple[str, Hashable]] = set()
        self._names: dict[str, _Codes] = {}
        self._symbols: dict[str, _Codes] = {}
        self._firsts: dict[str, int] = {}
        self._unspaced: dict[str, _Codes] = {}
        self._automaton: Automaton | None = None
        for alias in aliases:
            self._add(alias)

    def named(self, key: str) -> Iterator[tuple[Alias, int]]:
        """Yield the aliases of folded words written together, and whether each is `WHOLE` or `SHORT`."""
        yield from self._decoded(self._names.get(key, ()))

    def has_name(self, key: str) -> bool:
        """Say whether folded words written together are the name of something."""
        return key in self._names

    def beginning(self, word: str) -> Alias | None:
        """Return the alias that alone begins with a folded word, or two written together, or ends with a surname."""
        row = self._firsts.get(word, _MANY)
        return self.rows[row] if row != _MANY else None

    def is_shared_beginning(self, word: str) -> bool:
        """Say whether the names of several entities begin with a folded word."""
        return self._firsts.get(word) == _MANY

    def listed(self, symbol: str) -> Iterator[Alias]:
        """Yield the aliases that have a symbol, given by its `symbol_key`."""
        yield from (alias for alias, _how in self._decoded(self._symbols.get(symbol, ())))

    def names_listed(self, symbol: str) -> Iterator[str]:
        """Yield a name of each entity that has a symbol: the alias's own, or that of one right before it."""
        codes = self._symbols.get(symbol, ())
        for code in codes if isinstance(codes, tuple) else (codes,):
            entity = self.rows[code >> 1].entity
            for row in range(code >> 1, max(-1, (code >> 1) - _NEAR), -1):
                if self.rows[row].entity != entity:
                    break
                if self.rows[row].name:
                    yield self.rows[row].name

    def has_symbol(self, symbol: str) -> bool:
        """Say whether a `symbol_key` is a symbol of something."""
        return symbol in self._symbols

    def unspaced(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and key of names of scripts without blanks in a text, the longest at each place."""
        if not self._unspaced:
            return
        if self._automaton is None:
            self._automaton = _automaton(self._unspaced)
        for last, key in self._automaton.iter_long(even(text)):
            yield last + 1 - len(key), last + 1, key

    def unspaced_named(self, key: str) -> Iterator[tuple[Alias, int]]:
        """Yield the aliases of a key from `unspaced`."""
        yield from self._decoded(self._unspaced.get(key, ()))

    def _decoded(self, codes: _Codes) -> Iterator[tuple[Alias, int]]:
        for code in codes if isinstance(codes, tuple) else (codes,):
            yield self.rows[code >> 1], code & 1

    def _add(self, alias: Alias) -> None:
        row = len(self.rows)
        self.rows.append(alias)
        if alias.symbol:
            _put(self._symbols, symbol_key(alias.symbol), row << 1)
        if not alias.name:
            return
        if alias.rule == NEVER:
            self.never.add((key_of(alias.name), alias.entity))
        elif not alias.name.isascii() and is_unspaced(alias.name):
            self._add_unspaced(alias.name, row)
        else:
            self._add_spaced(alias, row)

    def _add_spaced(self, alias: Alias, row: int) -> None:
        words = [fold(word) for word in WORD.findall(without_security(alias.name))]
        core = words if alias.kind == PERSON else core_of(words)
        key = "".join(core)
        if len(key) < 2 and key.isascii():
            return
        _put(self._names, key, row << 1 | WHOLE)
        self.most_words = max(self.most_words, min(len(core), 10))
        if alias.name[0].islower():
            self.small.add(core[0])
        if len(core) == 1 or alias.kind == PERSON:
            return
        if core[-1] == "com":
            _put(self._names, key[:-3], row << 1 | WHOLE)
        if core[:2] == ["united", "states"] and len(core) > 2:
            _put(self._names, "us" + key[len("unitedstates") :], row << 1 | WHOLE)
        self._add_shortened(core, row)

    def _add_shortened(self, core: list[str], row: int) -> None:
        """Add what copy may call a company for short: without its trade, by its beginning, by its founder's surname."""
        for length in range(len(core) - 1, len(shortened(core)) - 1, -1):
            if core[length - 1] != "and" and len(key := "".join(core[:length])) > 2:
                _put(self._names, key, row << 1 | SHORT)
        self._add_first(core[0], row)
        if len(core) > 2 and core[1] not in _WITHIN:
            self._add_first(core[0] + core[1], row)
        elif len(core) == 2 and (len(core[0]) == 1 or is_given_name(core[0])) and core[1] not in TRADE:
            if len(core[0]) > 1 and len(core[1]) > 3 and not (is_personal(core[1]) or is_ordinary(core[1])):
                # A founder's surname that is nothing else is the company: "Disney".
                _put(self._names, core[1], row << 1 | SHORT)
            self._add_first(core[1], row)

    def _add_first(self, word: str, row: int) -> None:
        held = self._firsts.setdefault(word, row)
        if held not in (row, _MANY) and self.rows[held].entity != self.rows[row].entity:
            self._firsts[word] = _MANY

    def _add_unspaced(self, name: str, row: int) -> None:
        whole = even(name)
        _put(self._unspaced, whole, row << 1 | WHOLE)
        for ending in _UNSPACED_LEGAL:
            if whole.endswith(ending) and len(whole) - len(ending) > 1:
                _put(self._unspaced, whole[: -len(ending)], row << 1 | WHOLE)
                return
        if whole.startswith("株式会社"):
            _put(self._unspaced, whole[4:], row << 1 | WHOLE)


_UNSPACED_LEGAL = tuple(
    (
        "集团控股有限公司 控股股份有限公司 集团股份有限公司 集團控股有限公司 集團股份有限公司 "
        "股份有限公司 控股有限公司 集团有限公司 集團有限公司 有限责任公司 有限公司 株式会社 "
        "ホールディングス グループ 控股集团 集团 集團 控股 公司 주식회사 จำกัด"
    ).split()
)


#: Words that no beginning of a name ends with.
_WITHIN = frozenset("and of the for de in".split())


def key_of(name: str) -> str:
    """Return the folded words of a name written together, with its legal forms."""
    return "".join(fold(word) for word in WORD.findall(name)) or even(name)


def is_unspaced(text: str) -> bool:
    """Say whether a text has characters of a script that sets no blanks between words, or of Hangul."""
    return any(is_unspaced_character(character) for character in text)


def is_unspaced_character(character: str) -> bool:
    """Say the same of one character: Thai, Lao, Burmese, Khmer, kana, Han, Hangul."""
    return "\u0e00" <= character <= "\uffdc" and (
        "\u3040" <= character <= "\u30ff"
        or "\u3400" <= character <= "\u9fff"
        or "\uac00" <= character <= "\ud7a3"
        or "\u0e00" <= character <= "\u0eff"
        or "\u1000" <= character <= "\u109f"
        or "\u1780" <= character <= "\u17ff"
        or "\uf900" <= character <= "\ufaff"
        or "\uff66" <= character <= "\uff9d"
    )


def even(text: str) -> str:
    """Return a text in small letters, full-width ones as plain ones, with exactly as many characters."""
    lowered = text.translate(_HALF_WIDTH)
    small = lowered.lower()
    return (
        small if len(small) == len(text) else "".join(one.lower() if len(one.lower()) == 1 else one for one in lowered)
    )


_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def _put(table: dict[str, _Codes], key: str, code: int) -> None:
    held = table.setdefault(key, code)
    if held is not code and held != code:
        table[key] = (*held, code) if isinstance(held, tuple) else (held, code)


def _automaton(keys: Iterable[str]) -> "Automaton":
    # Imported where it is needed: most processes never search a text.
    from ahocorasick import Automaton

    automaton = Automaton()
    for key in keys:
        automaton.add_word(key, key)
    automaton.make_automaton()
    return automaton
