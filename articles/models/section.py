"""Sections: the parts of the paper."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import paths
from articles.models.fields import ProseField
from articles.models.nouns import Addressed
from articles.models.stamp import watched
from articles.states import TickerForm
from articles.text.languages import direction, valid_language


def check_language(tag: str) -> None:
    """Refuse what is no BCP 47 language tag."""
    if not valid_language(tag):
        raise ValidationError(
            _("“%(tag)s” is no language tag. Write it like en, zh-Hans or pt-BR."), params={"tag": tag}
        )


class Direction(models.TextChoices):
    """Which way a section's text runs."""

    LTR = "ltr", _("Left to right")
    RTL = "rtl", _("Right to left")


class Section(Addressed):
    """A part of the paper, with its place in the navigation and the language of its furniture."""

    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Lower numbers come first."))
    language = models.CharField(_("language"), max_length=35, default="en", validators=[check_language])
    direction = models.CharField(
        _("direction"),
        max_length=3,
        choices=Direction,
        blank=True,
        help_text=_("Leave it open, and it is that of the language."),
    )
    description = ProseField(_("description"), blank=True, help_text=_("For search engines and the feed."))
    ticker_form = models.CharField(
        _("tickers in copy"),
        max_length=8,
        choices=TickerForm,
        default=TickerForm.COLON,
        help_text=_("What stands behind a company's name where a story names it first."),
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("order", "name")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(slug__in=sorted(paths.RESERVED)),
                name="section_slug_not_reserved",
                violation_error_message=_("This slug is an address of the site itself. Choose another."),
            ),
            watched("section"),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the direction of the language where none was chosen."""
        self.direction = self.direction or direction(self.language)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse to set a language of which it is known that it runs from right to left the other way."""
        super().clean()
        if self.direction == Direction.LTR and direction(self.language) == "rtl":
            text = _("“%(language)s” is read from right to left. Change the direction, or leave it open.")
            raise ValidationError({"direction": ValidationError(text, params={"language": self.language})})

    def path_for(self, slug: str) -> str:
        """Return the address of the section front."""
        return paths.section(slug)
