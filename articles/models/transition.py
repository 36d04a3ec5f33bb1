"""The ledger: every verb ever used on a story."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.constraints import Frozen
from articles.models.exact import ExactEncoder
from articles.models.fields import ProseField
from articles.models.forever import Kept
from articles.models.revision import Revision
from articles.states import State, Verb


class Transition(Kept):
    """A line of the ledger, never changed or deleted.

    `edition` may name a row that is gone: the future edition of a cancelled schedule. `details` says what else
    mattered: the instant, the kind, "one_step", "four_eyes_off", the cancelled text's revision.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="transitions")
    verb = models.CharField(_("verb"), max_length=12, choices=Verb)
    from_state = models.CharField(_("from"), max_length=10, choices=State, blank=True, default="")
    to_state = models.CharField(_("to"), max_length=10, choices=State)
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    edition = models.ForeignKey("articles.Edition", models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    edition_number = models.PositiveIntegerField(_("edition"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    reason = ProseField(_("reason"), blank=True, default="")
    details = models.JSONField(default=dict, encoder=ExactEncoder)

    class Meta:
        verbose_name = _("ledger row")
        verbose_name_plural = _("ledger rows")
        ordering = ("article", "at", "pk")
        default_permissions = ("view",)
        indexes = (
            models.Index(fields=("article", "-id"), name="transition_story"),
            models.Index(fields=("-at", "-id"), name="transition_at"),
            models.Index(fields=("verb", "-at", "-id"), name="transition_verb"),
            models.Index(fields=("by", "-at", "-id"), name="transition_by"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(verb__in=Verb.values), name="transition_verb_known"),
            Frozen(name="transition_frozen"),
        )

    def __str__(self) -> str:
        return f"{self.article_id} {self.verb} {self.at:%Y-%m-%d %H:%M}"
