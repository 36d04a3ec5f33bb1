"""Sources: who a story comes from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.fields import SLUG_LENGTH, LineField, ProseField, SlugField
from articles.models.stamp import watched
from articles.models.word import Findable


class CanonicalRule(models.TextChoices):
    """Which address search engines are told is the original."""

    OWN = "own", _("Ours")
    ORIGINAL = "original", _("The source's, where the story names it")


class Source(Findable):
    """The own desk, a provider or an agency."""

    name = LineField(_("name"), max_length=120, unique=True)
    slug = SlugField(_("slug"), max_length=SLUG_LENGTH, unique=True)
    prefix = LineField(
        _("prefix"), max_length=60, blank=True, help_text=_("Printed before the first paragraph: “Investing.com --”.")
    )
    is_own_desk = models.BooleanField(_("own desk"), default=False)
    licence_note = ProseField(_("licence note"), blank=True, help_text=_("What we may do with this copy. Not printed."))
    canonical_rule = models.CharField(
        _("canonical address"), max_length=10, choices=CanonicalRule, default=CanonicalRule.OWN
    )

    word_columns = ("name", "slug", "prefix")

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("name",)
        constraints = (watched("source"),)

    def __str__(self) -> str:
        return str(self.name)
