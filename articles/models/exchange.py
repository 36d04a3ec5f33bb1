"""Exchanges where companies are listed."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField
from articles.models.stamp import watched
from articles.models.word import Findable


def check_zone(name: str) -> None:
    """Refuse what is no IANA time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is no time zone. Write it like America/New_York."), params={"name": name})


class Exchange(Findable):
    """A market, by its Market Identifier Code (ISO 10383)."""

    mic = models.CharField(
        _("MIC"),
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9]{4}$", _("Four capital letters or digits, ISO 10383: XNYS."))],
    )
    name = LineField(_("name"), max_length=120)
    short_name = LineField(_("short name"), max_length=20, help_text=_("As printed before the symbol: NYSE."))
    time_zone = models.CharField(_("time zone"), max_length=60, validators=[check_zone])

    word_columns = ("short_name", "name", "mic")

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        ordering = ("short_name",)
        constraints = (watched("exchange"),)
        indexes = (models.Index(fields=("short_name", "id"), name="exchange_name"),)

    def __str__(self) -> str:
        return str(self.short_name)
