"""Revisions: every saved text, never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.constraints import Frozen
from articles.models.exact import ExactEncoder
from articles.models.forever import Kept


class SavedText(Kept):
    """A body, stored once however many revisions have it, under the SHA-256 of its UTF-8 bytes."""

    digest = models.CharField(max_length=64, primary_key=True)
    html = models.TextField()

    class Meta:
        verbose_name = _("saved text")
        verbose_name_plural = _("saved texts")
        constraints = (Frozen(name="savedtext_frozen"),)

    def __str__(self) -> str:
        return self.digest[:12]


class Revision(Kept):
    """A story as somebody saved it.

    `content` has every content field but the body by name (keys as ids), and `bylines`, `companies`, `persons`,
    `topics` and `related` as lists in order: see `articles.workflow.content`.
    """

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(encoder=ExactEncoder)
    text = models.ForeignKey(SavedText, models.PROTECT, related_name="+")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("article", "number")
        constraints = (
            models.UniqueConstraint(fields=("article", "number"), name="revision_number_unique"),
            Frozen(name="revision_frozen"),
        )

    def __str__(self) -> str:
        return f"{self.article_id}.{self.number}"

    @property
    def body(self) -> str:
        """The saved body."""
        return self.text.html
