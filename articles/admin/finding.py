"""Find nouns and stories by the beginnings of their words, through indexes.

Rows with a word that few have are looked up by it. Of words that many have, the rows are asked in the order of the
list, until enough are found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull
from django.http import HttpRequest

from articles import paths
from articles.models import ArticleCompany, Byline, Word
from articles.text.finding import words_sought
from articles.text.plain import sought

#: Rows that are looked up by their keys.
FEW = 5000
#: Keys of a word that are compared with those of another word, where neither is rare.
MANY = 20_000
#: Authors or companies whose stories are looked up; of a word that more are called by, the stories are asked.
NAMED = 500
#: Newest stories whose whole text is looked through.
RECENT = 3000
#: Rows that are shown of all that are found; the last page leads on.
FOUND = 300

_EXCHANGE = re.compile(r"\b[A-Za-z]{1,20}:(?=\w)")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Rows by words of their own; `column` has the key that the words lead to."""

    noun: str
    column: str = "pk"

    def keys(self, word: str, most: int) -> set[int] | None:
        """Return the keys that a word leads to, or None when there are more than `most`."""
        words = Word.objects.filter(noun=self.noun, word__begins=word).order_by()
        return _at_most(words.values_list("key", flat=True), most)

    def having(self, word: str) -> Q:
        """Return the condition for rows that have the word."""
        return _is_there(
            Word.objects.filter(noun=self.noun, word__begins=word, key=OuterRef(self.column)).values("key")
        )


@dataclass(frozen=True, slots=True)
class WordsOfNamed:
    """Stories by words of the authors or companies they name: `rows` lead from these to stories."""

    rows: Any
    noun: str
    column: str = "pk"

    def keys(self, named: set[int], most: int) -> set[int] | None:
        """Return the keys of the stories that name one of these, or None when there are more than `most`."""
        stories = self.rows.objects.filter(**{f"{self.noun}__in": named}).order_by()
        return _at_most(stories.values_list("article_id", flat=True), most)

    def having(self, word: str) -> Q:
        """Return the condition for stories that name somebody or something with the word."""
        # From the story to the few it names: the other way leads by everybody who is called so.
        named = self.rows.objects.filter(article_id=OuterRef(self.column)).order_by()
        return _is_there(named.filter(OwnWords(self.noun, f"{self.noun}_id").having(word)).values("pk"))


type Place = OwnWords | WordsOfNamed


def with_words(queryset: Any, typed: str, noun: str) -> Any:
    """Return the nouns that have all typed words, or words that begin with them."""
    return _having_all(queryset, typed, [OwnWords(noun)], "pk")


def called(queryset: Any, typed: str, noun: str) -> list[Any]:
    """Return the nouns whose printed name is what was typed, whatever its case."""
    name = typed.casefold()
    return [row for row in with_words(queryset, typed, noun)[:FEW] if str(row).casefold() == name]


def about(queryset: Any, typed: str, column: str = "article_id") -> Any:
    """Return the rows about stories that have all typed words in headline, address or key, or among their names.

    A word that begins with a typed one will do. `column` of the rows has the story's key.
    """
    named = [WordsOfNamed(Byline, "author", column), WordsOfNamed(ArticleCompany, "company", column)]
    return _having_all(queryset, typed, [OwnWords("article", column), *named], column)


def stories(request: HttpRequest, queryset: Any, typed: str) -> Any:
    """Return the stories that `about` finds, and of the newest also those with all words and phrases in their text."""
    phrases = sought(typed)
    found, recent = about(queryset, typed, "pk"), newest(queryset, "changed_at")
    for phrase in phrases:
        recent = recent.filter(search_text__contains=phrase)
        if " " in phrase:
            found = found.filter(search_text__contains=phrase)
    return first_of_all(request, queryset, found, recent)


def newest(queryset: Any, instant: str) -> Any:
    """Return the newest rows of a query set by the column of an instant, few enough to look through."""
    instants = queryset.order_by(f"-{instant}", "-pk").values_list(instant, flat=True)
    last = instants[RECENT - 1 : RECENT].first()
    return queryset if last is None else queryset.filter(**{f"{instant}__gte": last})


def first_of_all(request: HttpRequest, queryset: Any, *found: Any) -> Any:
    """Return the first rows that are in one of several query sets.

    Looked up once, they are shown and paged through by their keys. The list learns from the request how many there are,
    and whether there are more.
    """
    firsts = [list(rows.values_list("pk", flat=True)[: FOUND + 1]) for rows in found]
    keys = {key for some in firsts for key in some}
    request.found_more = max(map(len, firsts)) > FOUND
    if request.found_more:
        keys = set(queryset.filter(pk__in=keys).values_list("pk", flat=True)[:FOUND])
    request.found = len(keys)
    return queryset.filter(pk__in=keys)


def _is_there(rows: Any) -> Q:
    """Return the condition that there is a row.

    As EXISTS, but PostgreSQL would look up all rows of such a condition before it has seen one to which it applies.
    """
    return Q(IsNull(Subquery(rows[:1]), False))


def _having_all(queryset: Any, typed: str, places: Sequence[Place], column: str) -> Any:
    """Keep the rows that have every typed word in one of the places."""
    words = words_sought(_address_or_words(typed))
    if not words:
        return queryset.none()
    held = {word: _keys(places, word, FEW) for word in words}
    if len(words) > 1 and not any(keys is not None for keys in held.values()):
        held = {word: _keys(places, word, MANY) for word in words}
    known = [keys for keys in held.values() if keys is not None]
    keys = set.intersection(*known) if known else set()
    is_few = bool(known) and len(keys) <= FEW
    if is_few:
        queryset = queryset.filter(**{f"{column}__in": keys})
    for word in words:
        if held[word] is None or not is_few:
            condition = Q()
            for place in places:
                condition |= place.having(word)
            queryset = queryset.filter(condition)
    return queryset


def _keys(places: Sequence[Place], word: str, most: int) -> set[int] | None:
    """Return the keys that a word leads to, or None when there are more than `most`."""
    found: set[int] = set()
    for keys in _keys_by_place(places, word, most):
        if keys is None or len(found | keys) > most:
            return None
        found |= keys
    return found


def _keys_by_place(places: Sequence[Place], word: str, most: int) -> Iterator[set[int] | None]:
    own = [place for place in places if isinstance(place, OwnWords)]
    others = [place for place in places if isinstance(place, WordsOfNamed)]
    yield from (place.keys(word, most) for place in own)
    if not others:
        return
    named = _called(word, [place.noun for place in others])
    if named is None:
        yield None
        return
    for place in others:
        if keys := {key for noun, key in named if noun == place.noun}:
            yield place.keys(keys, most)


def _called(word: str, nouns: Sequence[str]) -> set[tuple[str, int]] | None:
    """Return kinds and keys of what is called by a word, or None when that is too much to look up the stories of."""
    # A walk through the index for each kind, in one question: Django does not unite what has a limit on SQLite, and for
    # `IN` PostgreSQL may read the table.
    walks: list[str] = []
    values: list[Any] = []
    for number, noun in enumerate(nouns):
        words = Word.objects.filter(noun=noun, word__begins=word).order_by().values_list("noun", "key")
        sql, params = words[: NAMED + 1].query.sql_with_params()
        walks.append(f"SELECT * FROM ({sql}) AS walk{number}")  # noqa: S608 - the ORM's own text
        values += params
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(walks), values)
        found = cursor.fetchall()
    return set(found) if len(found) <= NAMED else None


def _at_most(keys: Any, most: int) -> set[int] | None:
    found = list(keys[: most + 1])
    return set(found) if len(found) <= most else None


def _address_or_words(typed: str) -> str:
    """Return what was typed; of a pasted address the key of the story, or the name in it; of a ticker the symbol."""
    typed = _EXCHANGE.sub("", typed.strip())
    if "/" not in typed or " " in typed:
        return typed
    last = unquote(urlsplit(typed).path.strip("/").rpartition("/")[2])
    return paths.article_key(last) or last or typed
