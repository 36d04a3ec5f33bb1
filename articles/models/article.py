"""Articles: the working copies editors change. Readers never see them."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.author import Author
from articles.models.company import Company
from articles.models.content import Content
from articles.models.person import Person
from articles.models.topic import Topic, TopicItem
from articles.models.word import Findable, FindableQuerySet
from articles.states import BylineRole, CompanyRole, State

if TYPE_CHECKING:
    from newsroom.models import Journalist


#: What the desk's list of stories is narrowed by, with an index for each.
LISTED_BY = ("state", "section", "kind", "language")


class ArticleQuerySet(FindableQuerySet):
    """Working copies, as somebody at the desk may see them."""

    def visible_to(self, journalist: "Journalist") -> Self:
        """Leave out confidential stories of which `journalist` is none of the people."""
        return self.exclude(pk__in=hidden_from(journalist))


def hidden_from(journalist: "Journalist") -> models.QuerySet[Any]:
    """Return the keys of the stories that a journalist must not know of: few, and found through an index.

    Rows about stories are asked whether their story is among them, which takes no look at the story.
    """
    named = Article.people.through._default_manager.filter(
        article_id=models.OuterRef("pk"), journalist_id=journalist.pk
    )
    hidden = Article._base_manager.filter(~models.Exists(named), confidential=True)
    return hidden.values("pk")


class Article(Content, Findable):
    """The working copy of a story. Its `state` and everything released are written by `articles.workflow` only.

    It has no public address of its own: what readers see is an `Edition`.
    """

    guid = models.UUIDField(_("permanent identifier"), default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    revision = models.ForeignKey(
        "articles.Revision", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("revision")
    )
    last_edition_number = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    created_at = models.DateTimeField(_("created"), editable=False)
    changed_at = models.DateTimeField(_("changed"), editable=False)
    search_text = models.TextField(editable=False, default="", help_text=_("Folded words, for searching at the desk."))
    confidential = models.BooleanField(
        _("confidential"), default=False, help_text=_("Only the people named below can see that this story exists.")
    )
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("people"))
    # A name with a plus at its end leaves no way back from a topic to stories, as Django does for its own relations.
    topics = TaggableManager(
        related_name="_articles_article_topics_+",
        through="articles.ArticleTopic",
        blank=True,
        verbose_name=_("topics"),
        help_text="",
    )

    objects: ClassVar[Any] = ArticleQuerySet.as_manager()

    word_columns = ("headline", "slug", "public_key")

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ("-changed_at", "-pk")
        default_permissions = ("add", "change", "view")
        permissions = (
            ("submit_article", _("Can submit own stories")),
            ("edit_any_article", _("Can edit anybody's stories")),
            ("send_back_article", _("Can send stories back")),
            ("approve_article", _("Can approve stories")),
            ("spike_article", _("Can spike and revive stories")),
            ("release_article", _("Can release, schedule and expire stories")),
            ("correct_article", _("Can correct released stories")),
            ("withdraw_article", _("Can withdraw released stories")),
            ("administer_newsroom", _("Can administer the newsroom")),
        )
        constraints = (
            models.UniqueConstraint(fields=("public_key",), name="article_public_key_unique"),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="article_state_known"),
        )
        indexes = (
            models.Index(fields=("-changed_at", "-id"), name="article_changed"),
            models.Index(
                fields=("-changed_at", "-id"), name="article_unreleased", condition=models.Q(last_edition_number=0)
            ),
            models.Index(fields=("confidential",), name="article_confidential", condition=models.Q(confidential=True)),
            *(models.Index(fields=(name, "-changed_at", "-id"), name=f"article_by_{name}") for name in LISTED_BY),
        )

    def __str__(self) -> str:
        return self.headline or str(_("Untitled story"))


class Byline(models.Model):
    """Somebody's place in the byline of a working copy."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="+", verbose_name=_("author"))
    role = models.CharField(_("role"), max_length=20, choices=BylineRole, default=BylineRole.REPORTER)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("article", "author"), name="byline_author_once"),)

    def __str__(self) -> str:
        return str(self.author)


class ArticleCompany(models.Model):
    """A company named with a working copy."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="companies")
    company = models.ForeignKey(Company, models.PROTECT, related_name="+", verbose_name=_("company"))
    role = models.CharField(_("role"), max_length=20, choices=CompanyRole, default=CompanyRole.SUBJECT)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("article", "company"), name="article_company_once"),)

    def __str__(self) -> str:
        return str(self.company)


class ArticlePerson(models.Model):
    """A person whom a working copy is about or names."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="persons")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people in the story")
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("article", "person"), name="article_person_once"),)

    def __str__(self) -> str:
        return str(self.person)


class ArticleTopic(TopicItem):
    """A topic of a working copy."""

    content_object = models.ForeignKey(Article, models.CASCADE, related_name="topic_items")
    tag = models.ForeignKey(
        Topic, models.PROTECT, related_name="+", related_query_name="article_items", verbose_name=_("topic")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("content_object", "tag"), name="article_topic_once"),)


class RelatedStory(models.Model):
    """A story picked by hand to stand beside another."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="related_stories")
    story = models.ForeignKey(Article, models.PROTECT, related_name="+", verbose_name=_("story"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("related story")
        verbose_name_plural = _("related stories")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("article", "story"), name="related_story_once"),
            models.CheckConstraint(condition=~models.Q(article=models.F("story")), name="related_story_is_another"),
        )

    def __str__(self) -> str:
        return str(self.story)
