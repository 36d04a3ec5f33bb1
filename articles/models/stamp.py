"""The public stamp: it changes when, and only when, something that readers can see may have changed.

The database itself keeps it, so no way of writing can forget it. Readers of it are `articles.reading.stamp`, which adds
what no write announces: the instants that pass. `PUBLIC` names every public noun and `INSTANTS` every future instant;
a new one joins there and nowhere else.

A stamp is told from every other by its nonce, which is new and random each time: after a backup is restored the
counter repeats itself, and what caches kept under the old values must not come back.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import models

from articles.models.watched import Collected, Watched

#: How old a story in the news sitemap may be.
NEWS_AGE: Final = timedelta(days=2)
_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNoun:
    """What readers can see of a noun. Its primary key counts as printed; see `Watched` for the words.

    Every field is in `printed` or in `unprinted`, or `whole` says that any change of a row counts.
    """

    noted: tuple[tuple[str, str], ...]
    printed: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()
    whole: bool = False
    shows: bool | str = False
    adds: bool = False
    waits_for: str = ""


def _naming(edition: str) -> PublicNoun:
    """Return the rules for rows of the index from a noun to editions, which belong to their edition."""
    return PublicNoun(noted=(("edition", edition),), whole=True, shows=True, waits_for=f"{edition}__live_from")


#: Every public noun by the name of its model.
PUBLIC: Final[dict[str, PublicNoun]] = {
    "section": PublicNoun(
        noted=(("section", "id"),),
        printed=("name", "slug", "order", "language", "direction", "description", "ticker_form"),
    ),
    "author": PublicNoun(
        noted=(("author", "id"),),
        printed=("name", "slug", "merged_into", "role_title", "bio", "portrait", "email", "links"),
        unprinted=("active", "journalist"),
    ),
    "topic": PublicNoun(noted=(("topic", "id"),), printed=("name", "slug", "merged_into", "description")),
    "company": PublicNoun(
        noted=(("company", "id"),),
        printed=(
            *("name", "slug", "merged_into", "legal_name", "aliases", "description", "website", "country", "lei"),
            *("from_reference", "kind"),
        ),
        unprinted=("cik", "filed_as"),
        shows="from_reference",
    ),
    "listing": PublicNoun(
        noted=(("company", "company"),),
        printed=(
            *("company", "exchange", "symbol", "currency", "isin", "is_primary", "listed_on", "delisted_on"),
            *("share_class", "price_unit", "is_watched"),
        ),
        shows=True,
        adds=True,
    ),
    "companyname": PublicNoun(
        noted=(("company", "company"),), printed=("company", "name", "from_on", "until_on"), shows=True, adds=True
    ),
    "exchange": PublicNoun(
        noted=(("exchange", "id"),),
        printed=(*("mic", "name", "short_name", "time_zone", "city", "country", "currency", "hours", "delay_minutes"),),
    ),
    "exchangeday": PublicNoun(
        noted=(("exchange", "exchange"),),
        printed=("exchange", "date", "closes_at", "hours", "name"),
        unprinted=("by_hand",),
        shows=True,
        adds=True,
    ),
    "person": PublicNoun(
        noted=(("person", "id"),),
        printed=("name", "slug", "merged_into", "aliases", "biography", "portrait", "portrait_credit"),
        unprinted=("filed_as",),
    ),
    "personrole": PublicNoun(
        noted=(("person", "person"),),
        printed=("person", "company", "body", "title", "since_on", "until_on"),
        shows=True,
        adds=True,
    ),
    "source": PublicNoun(
        noted=(("source", "id"),),
        printed=("name", "prefix", "canonical_rule"),
        unprinted=("slug", "is_own_desk", "licence_note"),
    ),
    "image": PublicNoun(
        noted=(("image", "id"),),
        printed=("file", "width", "height", "rendition_widths", "alt", "caption", "credit"),
        unprinted=("title", "uploaded_by", "uploaded_at"),
    ),
    "redirect": PublicNoun(
        noted=(), printed=("path", "section", "author", "company", "topic", "person", "article"), shows=True
    ),
    "edition": PublicNoun(noted=(("edition", "id"),), whole=True, shows=True, waits_for="live_from"),
    "editionauthor": _naming("edition"),
    "editioncompany": _naming("edition"),
    "editionperson": _naming("edition"),
    "editiontopic": _naming("content_object"),
}


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment at which something changes for readers though nobody writes: `after` the time or day in a field.

    A day begins at midnight UTC, as for `articles.reading.printing.listed`.
    """

    noun: str
    field: str
    after: timedelta = timedelta(0)


#: Every future instant. A story of exactly `NEWS_AGE` is still in the news sitemap.
INSTANTS: Final = (
    Instant("edition", "live_from"),
    Instant("edition", "expires_at"),
    Instant("edition", "first_published_at", after=NEWS_AGE + _TICK),
    Instant("listing", "listed_on"),
    Instant("listing", "delisted_on"),
    Instant("personrole", "since_on"),
    Instant("personrole", "until_on"),
)


def watched(noun: str) -> Watched:
    """Return the constraint for the `Meta.constraints` of a public noun."""
    rules = PUBLIC[noun]
    return Watched(
        name=f"{noun}_watched",
        printed=() if rules.whole else rules.printed,
        noted=rules.noted,
        shows=rules.shows,
        adds=rules.adds,
        waits_for=rules.waits_for,
    )


class PublicStamp(models.Model):
    """The one row of the stamp; where it is missing nothing public was ever written. Only triggers write it.

    No migration may alter this table, nor the others here: on SQLite the triggers of every noun name them.
    """

    id = models.SmallIntegerField(primary_key=True)
    counter = models.BigIntegerField()
    nonce = models.CharField(max_length=16)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "public stamp"
        verbose_name_plural = "public stamps"
        default_permissions = ()
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="publicstamp_one_row"),)

    def __str__(self) -> str:
        return f"{self.counter} {self.nonce}"


class NounChange(models.Model):
    """The counter of the stamp at which something printed of a noun changed last; `noun` is "author-12".

    Rows come with the first change of a noun that was there before. A listing is its company's, a row of the index
    from nouns to editions is its edition's, where it was changed or deleted; rows that come with a release are not
    noted.
    """

    noun = models.CharField(max_length=60, primary_key=True)
    counter = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = "noun change"
        verbose_name_plural = "noun changes"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.noun} {self.counter}"


class PublicMark(models.Model):
    """A mark of a transaction that is about to commit (PostgreSQL); nobody else ever sees it."""

    pk = models.CompositePrimaryKey("xact", "noun")
    xact = models.BigIntegerField()
    noun = models.CharField(max_length=60)

    class Meta:
        verbose_name = "public mark"
        verbose_name_plural = "public marks"
        default_permissions = ()
        constraints = (Collected(name="publicmark_collected"),)

    def __str__(self) -> str:
        return f"{self.xact} {self.noun}"


class PublicWait(models.Model):
    """A noun that waits for its instant (SQLite), for triggers of other tables to know."""

    noun = models.CharField(max_length=60, primary_key=True)
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "public wait"
        verbose_name_plural = "public waits"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.noun} {self.until}"
