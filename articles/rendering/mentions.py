"""Link the companies and people of a story where readers meet them first in its body."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice, takewhile

from articles.records import Company, Person
from articles.rendering.printed_tickers import in_house_form, is_ticker, prints_ticker
from articles.states import TickerForm
from articles.text.mark_forms import Mention, Named
from articles.text.word_bounds import NEAR, ends_word, forms, starts_word, straight

_TAG = re.compile(r"(<[^<>]*>)")
_TAG_NAME = re.compile(r"</?([a-z][a-z0-9]*)")
#: Text inside these is left alone: a link cannot hold a link, and headings stay plain.
_CLOSED = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6"})
#: What the desk marks; no name is looked for in what somebody has said the meaning of.
_MARKS = frozenset({"span", "data"})
#: Tags that do not part a word from the next: "<strong>Ali</strong>baba" is one word.
_INLINE = frozenset({"a", "em", "strong", "b", "i", "span", "data", "sup", "sub"})

_POSSESSIVE = re.compile(r"'s(?![^\W_])|(?<=s)'(?![^\W_])")
#: How far ahead a printed ticker is looked for across inline tags.
_AHEAD = 80


def link_mentions(
    body: str, companies: Iterable[Company], persons: Iterable[Person] = (), form: str = TickerForm.COLON
) -> str:
    """Link every company and person at their first mention in clean HTML: `Alibaba Group (NYSE:BABA)`.

    Where the desk has marked mentions, the first of them counts. A company without one is found by its name or
    another name of it, a person by their name alone: as whole words, case-sensitive and outside links and headings;
    where names overlap the longer one counts, and of equal ones that of a company. A ticker in the given `TickerForm`
    stands behind a company, and behind "Alibaba’s". A private company gets none, nor does a mention that is one or
    behind which the copy prints one. No mark of a mention is left; those of statements stay. Time grows with the
    body's length.
    """
    nouns: tuple[Company | Person, ...] = (*companies, *persons)
    tokens = _TAG.split(body)
    firsts = _first_marks(tokens, nouns)
    owners = _owners(noun for noun in nouns if noun not in firsts.values())
    if not owners and "<span " not in body:
        return body
    return "".join(_Linker(tokens, firsts, owners, form).pieces())


def _first_marks(tokens: Sequence[str], nouns: Iterable[Company | Person]) -> dict[int, Company | Person]:
    """Return the nouns that the desk has marked outside headings, by the position of the first mark of each."""
    meant: dict[str, Company | Person] = {}
    for noun in nouns:
        kind: Named = "company" if isinstance(noun, Company) else "person"
        meant.update({Mention(kind, key).start_tag: noun for key in (noun.id, *noun.former)})
    found: dict[Company | Person, int] = {}
    closed = 0
    for position, token in enumerate(tokens):
        if _tag_name(token) in _CLOSED:
            closed += -1 if token.startswith("</") else 1
        elif token in meant and not closed:
            found.setdefault(meant[token], position)
    return {position: noun for noun, position in found.items()}


def _owners(nouns: Iterable[Company | Person]) -> dict[str, Company | Person]:
    """Return who is meant by each name, as it stands in HTML. Who is named first in the story wins."""
    owners: dict[str, Company | Person] = {}
    for noun in nouns:
        # "Ford" may be anybody's name, and the company's.
        for name in (noun.name, *noun.names) if isinstance(noun, Company) else (noun.name,):
            for form in forms(name):
                owners.setdefault(form, noun)
    return owners


class _Linker:
    """Walk once through the text and tags of a body."""

    def __init__(
        self,
        tokens: Sequence[str],
        firsts: dict[int, Company | Person],
        owners: dict[str, Company | Person],
        form: str,
    ) -> None:
        self._tokens = tokens
        self._firsts = firsts
        self._owners = owners
        self._form = form
        longest_first = sorted(owners, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, longest_first)))
        #: For each name the shorter ones that it begins with: "Alibaba" where "Alibaba Groupe" is no "Alibaba Group".
        self._within = {
            name: [name, *(other for other in longest_first if other != name and name.startswith(other))]
            for name in owners
        }
        self._waiting = set(owners.values())
        self._is_linking = False
        #: The ticker of the company whose link has begun, and the one that stands behind a link that has ended.
        self._ticker = self._owed = ""

    def pieces(self) -> Iterator[str]:
        """Yield the tokens of the body again, with links in them."""
        closed = 0
        before = ""
        for index, token in enumerate(self._tokens):
            if token.startswith("<"):
                name = _tag_name(token)
                if name in _CLOSED or name in _MARKS:
                    closed += -1 if token.startswith("</") else 1
                if name not in _INLINE:
                    before = ""
                yield self._mark(index, token, before) if name == "span" else token
                continue
            cut = self._end_of_possessive(before, token) if self._owed else 0
            yield token[:cut] + self._owed
            self._owed, text = "", token[cut:]
            if closed or not self._waiting:
                yield text
            else:
                yield from self._linked(text, before, index)
            before = token or before

    def _mark(self, index: int, tag: str, before: str) -> str:
        """Return the tag of a link for that of a mark, "" where it is not the first one of anything."""
        noun = self._firsts.get(index)
        if tag.startswith("</"):
            html = "</a>" if self._is_linking else ""
            if self._ticker and not prints_ticker(self._following(index)[:_AHEAD], self._ticker):
                self._owed = escape(in_house_form(self._ticker, self._form), quote=False)
            self._is_linking, self._ticker = False, ""
            return html
        if noun is None:
            return ""
        self._is_linking = True
        if isinstance(noun, Company) and not is_ticker(self._words(index), straight(before), noun.ticker):
            self._ticker = noun.ticker
        return _start_of_link(noun)

    def _words(self, index: int) -> str:
        """Return the words of the mark that begins at a position."""
        inside = takewhile(lambda one: one != "</span>", islice(self._tokens, index + 1, None))
        return straight("".join(token for token in inside if not token.startswith("<")))

    def _end_of_possessive(self, before: str, text: str) -> int:
        """Return how far the ending of a possessive reaches with which text goes on behind a name."""
        last = before[-1:]
        possessive = _POSSESSIVE.match(straight(last + text), len(last))
        return possessive.end() - len(last) if possessive else 0

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
            noun = self._owners[name]
            if noun not in self._waiting:
                continue
            self._waiting.discard(noun)
            yield text[done:start]
            yield f"{_start_of_link(noun)}{text[start:position]}</a>"
            done = position
            listed_as = noun.ticker if isinstance(noun, Company) else ""
            ticker = escape(in_house_form(listed_as, self._form), quote=False)
            if ticker and not prints_ticker(copy[position : position + _AHEAD] + after, listed_as):
                possessive = _POSSESSIVE.match(copy, position)
                done = possessive.end() if possessive else position
                yield text[position:done] + ticker
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


def _start_of_link(noun: Company | Person) -> str:
    kind = "company" if isinstance(noun, Company) else "person"
    return f'<a class="{kind}" href="{escape(noun.path)}">'


def _tag_name(tag: str) -> str:
    match = _TAG_NAME.match(tag)
    return match[1] if match else ""
