"""What the desk has decided about words in copy that may name a company or a person. Readers never see it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.company import Company
from articles.models.fields import LineField
from articles.models.names_stamp import named
from articles.models.person import Person
from articles.states import AliasVerdict


class AliasRule(models.Model):
    """What words mean in every story: always this company or person, or never.

    Without a company or person, "never" says that the words name nobody.
    """

    words = LineField(_("words"), max_length=120, help_text=_("As they stand in copy, case and all."))
    company = models.ForeignKey(
        Company, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("company")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    verdict = models.CharField(_("verdict"), max_length=6, choices=AliasVerdict)

    class Meta:
        verbose_name = _("rule for a name")
        verbose_name_plural = _("rules for names")
        ordering = ("words",)
        constraints = (
            models.UniqueConstraint(
                "words",
                Coalesce("company", 0),
                Coalesce("person", 0),
                name="aliasrule_once",
                violation_error_message=_("There is a rule for these words already. Change that one."),
            ),
            models.CheckConstraint(
                condition=Q(company__isnull=True) | Q(person__isnull=True),
                name="aliasrule_one_noun",
                violation_error_message=_("Choose a company or a person, not both."),
            ),
            models.CheckConstraint(
                condition=Q(verdict=AliasVerdict.NEVER) | Q(company__isnull=False) | Q(person__isnull=False),
                name="aliasrule_always_names",
                violation_error_message=_("Say whom the words always name."),
            ),
            models.UniqueConstraint(
                fields=("words",),
                condition=Q(verdict=AliasVerdict.ALWAYS),
                name="aliasrule_one_always",
                violation_error_message=_("The words already always name another. Change that rule."),
            ),
            named("aliasrule"),
        )

    def __str__(self) -> str:
        return f"{self.words}: {self.get_verdict_display()}"


class DismissedMention(models.Model):
    """Somebody said that words of one story do not name this company or person, or without one, nobody."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    words = LineField(_("words"), max_length=120)
    company = models.ForeignKey(Company, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("dismissed mention")
        verbose_name_plural = _("dismissed mentions")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                "article", "words", Coalesce("company", 0), Coalesce("person", 0), name="dismissedmention_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.words)
