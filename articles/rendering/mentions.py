"""Find the companies of a story in its body and link each where readers meet it first."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from articles.records import Company
from articles.text.word_bounds import NEAR, ends_word, forms, starts_word, straight

_TAG = re.compile(r"(<[^<>]*>)")
_TAG_NAME = re.compile(r"</?([a-z][a-z0-9]*)")
#: Text inside these is left alone: a link cannot hold a link, and headings stay plain.
_CLOSED = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6"})
#: Tags that do not part a word from the next: "<strong>Ali</strong>baba" is one word.
_INLINE = frozenset({"a", "em", "strong", "b", "i", "span", "sup", "sub"})

_POSSESSIVE = re.compile(r"'s(?![^\W_])|(?<=s)'(?![^\W_])")
#: A listing that the copy itself prints behind the name: " (NYSE:BABA)", " (NYSE: BRK-B, B3: PETR4)", "（NYSE：BABA）".
_PRINTED_TICKER = re.compile(
    r"(?:'s?)?\s*[(\[][^()\[\]<>]{0,40}?[A-Z][A-Za-z0-9]{1,11} ?: ?[A-Z0-9][A-Z0-9./-]{0,11}(?=\s?[,;)\]])"
)
#: The inside of brackets behind a name, where the symbol may stand alone: " (BABA)", " (9988.HK, BABA.N)".
_IN_BRACKETS = re.compile(r"(?:'s?)?\s*[(\[]([^()\[\]<>]{1,60})[)\]]")
_SUFFIX = re.compile(r"(?:\.[A-Z]{1,4})?")
#: How far ahead a printed ticker is looked for across inline tags.
_AHEAD = 80


def link_companies(body: str, companies: Iterable[Company]) -> str:
    """Link every company at its first mention in clean HTML, with its ticker behind: `Alibaba Group (NYSE:BABA)`.

    A mention is the name or another name of the company, as whole words, case-sensitive and outside links and
    headings; where names overlap the longer one counts. "Alibaba’s" becomes "Alibaba’s (NYSE:BABA)". A private
    company gets no ticker, nor does a mention behind which the copy prints one. Time grows with the body's length.
    """
    owners = _owners(companies)
    if not owners:
        return body
    return "".join(_Linker(_TAG.split(body), owners).pieces())


def _owners(companies: Iterable[Company]) -> dict[str, Company]:
    """Return who is meant by each name, as it stands in HTML. The company named first in the story wins."""
    owners: dict[str, Company] = {}
    for company in companies:
        for name in (company.name, *company.names):
            for form in forms(name):
                owners.setdefault(form, company)
    return owners


class _Linker:
    """Walk once through the text and tags of a body."""

    def __init__(self, tokens: list[str], owners: dict[str, Company]) -> None:
        self._tokens = tokens
        self._owners = owners
        longest_first = sorted(owners, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, longest_first)))
        #: For each name the shorter ones that it begins with: "Alibaba" where "Alibaba Groupe" is no "Alibaba Group".
        self._within = {
            name: [name, *(other for other in longest_first if other != name and name.startswith(other))]
            for name in owners
        }
        self._waiting = {company.id for company in owners.values()}

    def pieces(self) -> Iterator[str]:
        """Yield the tokens of the body again, with links in them."""
        closed = 0
        before = ""
        for index, token in enumerate(self._tokens):
            if token.startswith("<"):
                name = _tag_name(token)
                if name in _CLOSED:
                    closed += -1 if token.startswith("</") else 1
                if name not in _INLINE:
                    before = ""
                yield token
            elif closed or not self._waiting:
                before = token or before
                yield token
            else:
                yield from self._linked(token, before, index)
                before = token or before

    def _linked(self, text: str, before: str, index: int) -> Iterator[str]:
        copy = straight(text)
        after = self._following(index)
        done = position = 0
        while self._waiting and (match := self._names.search(copy, position)):
            start = match.start()
            name = self._name_at(match[0], copy[max(0, start - NEAR) : start] or before, copy, start, after)
            if not name:
                position = start + 1
                continue
            position = start + len(name)
            company = self._owners[name]
            if company.id not in self._waiting:
                continue
            self._waiting.discard(company.id)
            yield text[done:start]
            yield f'<a class="company" href="{escape(company.path)}">{text[start:position]}</a>'
            done = position
            if company.ticker and not _prints_ticker(copy[position : position + _AHEAD] + after, company.ticker):
                possessive = _POSSESSIVE.match(copy, position)
                done = possessive.end() if possessive else position
                yield f"{text[position:done]} ({escape(company.ticker, quote=False)})"
        yield text[done:]

    def _name_at(self, found: str, before: str, text: str, start: int, after: str) -> str:
        """Return the longest name at `start` that ends where a word ends, or ""."""
        if not starts_word(before, found[0]):
            return ""
        for name in self._within[found]:
            end = start + len(name)
            if ends_word(name[-1], text[end : end + NEAR] or after):
                return name
        return ""

    def _following(self, index: int) -> str:
        """Return the text behind a token as far as the same line of text goes, a few words of it."""
        text = ""
        for token in self._tokens[index + 1 : index + 9]:
            if not token.startswith("<"):
                text += straight(token[:_AHEAD])
            elif _tag_name(token) not in _INLINE:
                break
        return text


def _prints_ticker(text: str, ticker: str) -> bool:
    """Say whether the copy prints a ticker, or the symbol of this one, in brackets before anything else."""
    if _PRINTED_TICKER.match(text):
        return True
    inside = _IN_BRACKETS.match(text)
    if inside is None:
        return False
    symbol = escape(ticker.rpartition(":")[2], quote=False)
    # With or without the exchange that news agencies write behind: "BABA.N". "(700 people)" is no symbol.
    parts = [part.strip() for part in re.split("[,;]", inside[1])]
    return any(_SUFFIX.fullmatch(part.removeprefix(symbol)) for part in parts if part.startswith(symbol))


def _tag_name(tag: str) -> str:
    match = _TAG_NAME.match(tag)
    return match[1] if match else ""
