"""The words by which the desk finds nouns and stories: a row for each, kept by whatever writes the names.

A search for beginnings of words walks an index of this table, however many nouns there are. Readers never see it.
"""

from collections.abc import Collection, Iterable
from itertools import batched
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

from articles.text.finding import LONGEST, words_of

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup

_BATCH = 500
#: Sorts behind every character that a text can have.
_LAST = "\U0010ffff"


@models.CharField.register_lookup
class Begins(_Lookup):
    """`column__begins="ali"`: a prefix, case and all, that both databases look up in an index.

    `startswith` is a LIKE, which SQLite cannot look up. PostgreSQL needs an index with `varchar_pattern_ops`, which
    Django makes for a column that is unique.
    """

    lookup_name = "begins"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return the condition as a range."""
        return self._range(compiler, connection, "({0} >= %s AND {0} < %s)")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Compare bytes, whatever the collation of the database."""
        return self._range(compiler, connection, "({0} ~>=~ %s AND {0} ~<~ %s)")

    def _range(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, sql: str) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return sql.format(column), (*params, self.rhs, *params, self.rhs + _LAST)


class Word(models.Model):
    """A word that leads to a noun or a story: `noun` is the name of its model, `key` its primary key.

    There is no foreign key: a deletion would list the words of what is deleted.
    """

    pk = models.CompositePrimaryKey("noun", "key", "word")
    noun = models.CharField(max_length=12)
    key = models.BigIntegerField()
    word = models.CharField(max_length=LONGEST)

    class Meta:
        default_permissions = ()
        indexes = (
            models.Index(
                fields=("noun", "word", "key"),
                opclasses=("varchar_ops", "varchar_pattern_ops", "int8_ops"),
                name="word_lookup",
            ),
        )

    def __str__(self) -> str:
        return self.word


class FindableQuerySet(models.QuerySet[Any]):
    """Rows whose words are noted anew when they are written, however many at once."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """Insert rows and note their words."""
        with transaction.atomic(self.db, savepoint=False):
            made = super().bulk_create(objs, *args, **options)
            self._note({getattr(row, self.model.found_by) for row in made} - {None})
        return made

    def update(self, **values: Any) -> int:
        """Change rows, and note their words where these may have changed."""
        if not set(values) & set(self.model.word_columns):
            return super().update(**values)
        with transaction.atomic(self.db, savepoint=False):
            rows = self.model._base_manager.filter(pk__in=list(self.values_list("pk", flat=True)))
            before = set(rows.values_list(self.model.found_by, flat=True))
            changed = super().update(**values)
            self._note(before | set(rows.values_list(self.model.found_by, flat=True)))
        return changed

    update.alters_data = True  # type: ignore[attr-defined]  # templates must not call it, as Django's own

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows, and the words that led to them."""
        keys = set(self.values_list(self.model.found_by, flat=True))
        # Outside of a transaction of its own, which a refusal would break: words that lead nowhere do no harm.
        deleted = super().delete()
        self._note(keys)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _note(self, keys: Collection[Any]) -> None:
        self.model.found().note_words(keys)


class Findable(models.Model):
    """A row that the desk finds by words. `word_columns` are the columns that these stand in."""

    word_columns: ClassVar[tuple[str, ...]] = ("name",)
    #: The column with the key of what is found: another model's, where this is only a part of it.
    found_by: ClassVar[str] = "pk"

    objects: ClassVar[Any] = FindableQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Save, and note the words."""
        with transaction.atomic(savepoint=False):
            super().save(*args, **options)
            self._note()

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete, and forget the words."""
        key = getattr(self, self.found_by)
        deleted = super().delete(*args, **options)
        self.found().note_words([key])
        return deleted

    @classmethod
    def found(cls) -> "type[Findable]":
        """Return the model whose rows the words lead to."""
        return cls

    @classmethod
    def to_note(cls, keys: Collection[int]) -> Iterable[Self]:
        """Return the rows with these keys, and what their words stand in."""
        return cls._base_manager.filter(pk__in=keys).only(*cls.word_columns)

    @classmethod
    def note_words(cls, keys: Iterable[int]) -> None:
        """Make the words that lead to these rows what they must be: for rows written by hand, too."""
        for batch in batched(sorted(keys), _BATCH, strict=False):
            _note(cls, dict.fromkeys(batch, ()) | {row.pk: words_of(row.found_in()) for row in cls.to_note(batch)})

    def found_in(self) -> str:
        """Return the text whose words lead to this row."""
        return "\n".join(_lines(getattr(self, name) for name in self.word_columns))

    def _note(self) -> None:
        if self.found() is type(self):
            _note(type(self), {self.pk: words_of(self.found_in())})
        else:
            self.found().note_words([getattr(self, self.found_by)])


def _note(model: type[models.Model], words: dict[int, Collection[str]]) -> None:
    noun = str(model._meta.model_name)
    held = Word.objects.filter(noun=noun, key__in=words)
    present = set(held.values_list("key", "word"))
    wanted = {(key, word) for key in words for word in words[key]}
    gone = present - wanted
    for key in {key for key, _word in gone}:
        Word.objects.filter(noun=noun, key=key, word__in=[word for other, word in gone if other == key]).delete()
    new = (Word(noun=noun, key=key, word=word) for key, word in sorted(wanted - present))
    Word.objects.bulk_create(new, ignore_conflicts=True)


def _lines(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from map(str, value)
        elif value is not None:
            yield str(value)
