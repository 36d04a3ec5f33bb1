"""Topics, kept by django-taggit with through models of our own (`ArticleTopic`, `EditionTopic`)."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from articles import paths
from articles.models.fields import ProseField
from articles.models.nouns import Mergeable
from articles.models.stamp import watched


class Topic(Mergeable):
    """What stories are about, beyond companies: “Artificial intelligence”, “Interest rates”.

    Stands where taggit expects a tag: it has its `name` (unique) and `slug`.
    """

    description = ProseField(_("description"), blank=True)

    named_by = (("articles.ArticleTopic", "tag"), ("articles.EditionTopic", "tag"))

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("name",), name="topic_name_unique"), watched("topic"))

    def path_for(self, slug: str) -> str:
        """Return the address of the topic's page."""
        return paths.topic(slug)

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Return the slug taggit asks for when it makes a tag."""
        from articles.text.slugs import make_slug

        return make_slug(tag) + (f"-{i}" if i else "")


class TopicItem(ItemBase, models.Model):  # type: ignore[misc]  # taggit has no types
    """A through model to `Topic` whose key leaves no way back from the topic to stories."""

    objects: ClassVar[Any] = models.Manager()

    tag: "models.ForeignKey[Any, Any]"

    class Meta:
        abstract = True

    @classmethod
    def tag_relname(cls) -> str:
        """Return the query name of the key: taggit would take the related name, which is "+"."""
        return str(getattr(cls._meta.get_field("tag").remote_field, "related_query_name", ""))
