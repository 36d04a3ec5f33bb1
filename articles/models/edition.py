"""Editions: what readers see from an instant on. Rows are inserted, and never changed.

The live edition of a story at T is the newest with `live_from <= T`; it shows unless it is a withdrawal or its
`expires_at` has passed. A row may be deleted only while its `live_from` is still to come: that is a cancelled schedule.
"""

from datetime import datetime
from typing import Any, ClassVar, NoReturn, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles import paths
from articles.models.article import Article
from articles.models.author import Author
from articles.models.company import Company
from articles.models.constraints import Frozen
from articles.models.content import Content
from articles.models.exact import ExactEncoder
from articles.models.fields import ProseField
from articles.models.forever import KeptForever, KeptQuerySet
from articles.models.person import Person
from articles.models.reported import Reported
from articles.models.stamp import watched
from articles.models.topic import Topic, TopicItem
from articles.models.unprinted import Unprinted
from articles.states import BylineRole, CompanyRole, ReleaseKind

#: Raised when a field is added: readers of old rows know by it what such a row cannot have.
SCHEMA = 1


class EditionQuerySet(KeptQuerySet):
    """Editions at an instant."""

    def current(self, at: datetime) -> Self:
        """Keep the newest edition of each story at `at`, whether it shows or is gone."""
        newer = Edition.objects.filter(
            article_id=OuterRef("article_id"), live_from__gt=OuterRef("live_from"), live_from__lte=at
        )
        return self.filter(~Exists(newer), live_from__lte=at)

    def live(self, at: datetime) -> Self:
        """Keep the editions readers see at `at`: the one definition of public."""
        shows = Q(expires_at__isnull=True) | Q(expires_at__gt=at)
        # A story's first publication bounds the walk through an index; without it, lists of the past scan everything
        # published since.
        return self.current(at).filter(shows, first_published_at__lte=at).exclude(release_kind=ReleaseKind.WITHDRAWAL)

    def future(self, at: datetime) -> Self:
        """Keep the editions that wait for their instant at `at`."""
        return self.filter(live_from__gt=at)


class Edition(Content):
    """A released story. Everything a page, feed or partner can need is here, as it was at the release.

    `printed` keeps what stood in other tables: names and roles in byline order, companies with tickers, topics,
    section, source, picture credit, related stories. `notices` are all notices to readers so far, oldest first.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="editions")
    revision = models.ForeignKey("articles.Revision", models.PROTECT, related_name="+")
    guid = models.UUIDField(_("permanent identifier"))
    number = models.PositiveIntegerField(_("number"))
    release_kind = models.CharField(_("kind of release"), max_length=20, choices=ReleaseKind)
    notice = ProseField(_("notice to readers"), blank=True, default="")
    notices = models.JSONField(default=list, encoder=ExactEncoder)
    printed = models.JSONField(default=dict, encoder=ExactEncoder)
    plain_text = models.TextField(default="")
    word_count = models.PositiveIntegerField(default=0)
    first_published_at = models.DateTimeField(_("first published"))
    updated_at = models.DateTimeField(_("updated"), help_text=_("Does not move with a refile."))
    live_from = models.DateTimeField(_("live from"), db_index=True)
    expires_at = models.DateTimeField(_("expires"), null=True)
    schema = models.PositiveSmallIntegerField(default=SCHEMA)
    released_at = models.DateTimeField(_("released"), help_text=_("When the release was given, not when it shows."))
    topics = TaggableManager(
        related_name="_articles_edition_topics_+", through="articles.EditionTopic", blank=True, help_text=""
    )

    objects: ClassVar[Any] = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("-live_from",)
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(fields=("article", "live_from"), name="edition_instant_unique"),
            models.UniqueConstraint(fields=("article", "number"), name="edition_number_unique"),
            models.CheckConstraint(condition=Q(release_kind__in=ReleaseKind.values), name="edition_kind_known"),
            models.CheckConstraint(
                condition=Q(first_published_at__lte=models.F("live_from")), name="edition_first_published_first"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gte=models.F("live_from")),
                name="edition_expires_later",
            ),
            models.CheckConstraint(
                condition=~Q(notice="") | ~Q(release_kind__in=("correction", "clarification", "withdrawal")),
                name="edition_notice_given",
            ),
            Frozen(name="edition_frozen"),
            watched("edition"),
            Reported(name="edition_reported", story="article"),
        )
        indexes = (
            models.Index(fields=("-first_published_at", "-article"), name="edition_latest"),
            models.Index(fields=("section", "-first_published_at", "-article", "id"), name="edition_section"),
            models.Index(fields=("-first_published_at",), condition=Q(is_lead=True), name="edition_lead"),
            models.Index(fields=("public_key",), name="edition_key"),
            models.Index(fields=("expires_at",), condition=Q(expires_at__isnull=False), name="edition_expiry"),
            models.Index(fields=("lead_image", "-first_published_at", "-article", "id"), name="edition_image"),
            models.Index(fields=("release_kind", "-live_from", "-id"), name="edition_notices", condition=~Q(notice="")),
            models.Index(fields=("section", "-live_from", "-id"), name="edition_by_section"),
        )

    def __str__(self) -> str:
        return f"{self.headline} ({self.number})"

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: `cancel_future()` is the only way out, and only before the instant."""
        message = f"edition {self.pk} is kept for ever"
        raise KeptForever(message)

    def cancel_future(self, at: datetime) -> None:
        """Delete this edition, which no reader can have seen at `at`. Raises `KeptForever` from its instant on."""
        if self.live_from <= at:
            message = f"edition {self.pk} has been public since {self.live_from}"
            raise KeptForever(message)
        super().delete()

    @property
    def path(self) -> str:
        """The public address this edition is found under from `live_from` on."""
        return paths.article(self.section.slug if self.section else "", self.slug, self.public_key)


class Named(models.Model):
    """A row of the index from a noun to the editions that name it.

    The index repeats what its order needs, is made with the edition, and follows the noun when that is merged; what
    stood on the page is in `Edition.printed`.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    first_published_at = models.DateTimeField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.article_id} {self.position}"


class EditionAuthor(Named):
    """An author in the byline of an edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="author_items")
    author = models.ForeignKey(Author, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=BylineRole)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("edition", "author"), name="edition_author_once"),
            watched("editionauthor"),
            Reported(name="editionauthor_reported", story="article"),
            Unprinted(name="editionauthor_unprinted", edition="edition"),
        )
        indexes = (
            models.Index(fields=("author", "-first_published_at", "-article", "edition"), name="edition_author_list"),
        )


class EditionCompany(Named):
    """A company named with an edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="company_items")
    company = models.ForeignKey(Company, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=CompanyRole)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("edition", "company"), name="edition_company_once"),
            watched("editioncompany"),
            Reported(name="editioncompany_reported", story="article"),
            Unprinted(name="editioncompany_unprinted", edition="edition"),
        )
        indexes = (
            models.Index(fields=("company", "-first_published_at", "-article", "edition"), name="edition_company_list"),
            models.Index(
                fields=("company", "role", "-first_published_at", "-article", "edition"), name="edition_company_role"
            ),
        )


class EditionPerson(Named):
    """A person named by an edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="person_items")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("edition", "person"), name="edition_person_once"),
            watched("editionperson"),
            Reported(name="editionperson_reported", story="article"),
            Unprinted(name="editionperson_unprinted", edition="edition"),
        )
        indexes = (
            models.Index(fields=("person", "-first_published_at", "-article", "edition"), name="edition_person_list"),
        )


class EditionTopic(Named, TopicItem):
    """A topic of an edition."""

    content_object = models.ForeignKey(Edition, models.CASCADE, related_name="topic_items")
    tag = models.ForeignKey(Topic, models.PROTECT, related_name="+", related_query_name="edition_items")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("content_object", "tag"), name="edition_topic_once"),
            watched("editiontopic"),
            Reported(name="editiontopic_reported", story="article"),
            Unprinted(name="editiontopic_unprinted", edition="content_object"),
        )
        indexes = (
            models.Index(
                fields=("tag", "-first_published_at", "-article", "content_object"), name="edition_topic_list"
            ),
        )
