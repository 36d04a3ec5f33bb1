"""Exchanges where companies are listed."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.markets.exchanges import make_calendar
from articles.markets.hours import hours_problem, read_hours, read_intervals
from articles.markets.sessions import Calendar
from articles.markets.special_days import SpecialDay
from articles.models.fields import LineField
from articles.models.names_stamp import named
from articles.models.stamp import watched
from articles.models.word import Findable


def check_zone(name: str) -> None:
    """Refuse what is no IANA time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is no time zone. Write it like America/New_York."), params={"name": name})


def check_hours(hours: object) -> None:
    """Refuse hours that no clock has, or that do not follow one another."""
    problem = hours_problem(hours)
    if problem:
        raise ValidationError(problem)


def check_sessions(sessions: object) -> None:
    """Refuse sessions that no clock has, or that do not follow one another."""
    try:
        read_intervals(sessions)
    except ValueError as error:
        raise ValidationError(str(error)) from error


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
    city = LineField(_("city"), max_length=80, blank=True)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, ISO 3166: US, CN, DE."))],
    )
    currency = models.CharField(
        _("prices are in"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters: USD, or GBX for pence."))],
    )
    hours = models.JSONField(
        _("hours"),
        default=dict,
        blank=True,
        validators=[check_hours],
        help_text=_(
            'Local times: {"regular": [["09:30", "16:00"]], "pre": ["04:00", "09:30"], "post": ["16:00", "20:00"]}. '
            'A lunch break parts "regular" in two. "days" are the trading days if not Monday to Friday, 0 is Monday.'
        ),
    )
    delay_minutes = models.PositiveSmallIntegerField(
        _("delay of quotes"), default=15, help_text=_("Minutes, where the provider of a quote does not say.")
    )

    word_columns = ("short_name", "name", "mic")

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        ordering = ("short_name",)
        constraints = (
            watched("exchange"),
            named("exchange"),
        )
        indexes = (models.Index(fields=("short_name", "id"), name="exchange_name"),)

    def __str__(self) -> str:
        return str(self.short_name)

    def calendar(self) -> Calendar | None:
        """Return when the exchange trades, in one query; None where its hours are not known.

        Of the years before its first and behind its last holiday only the weekdays are known. Whoever asks often keeps
        the calendar for as long as the public stamp stands still.
        """
        hours = read_hours(self.hours)
        if not hours:
            return None
        days = [SpecialDay(day.date, day.name, day.closes_at, read_intervals(day.hours)) for day in self.days.all()]
        return make_calendar(self.time_zone, hours, days)


class ExchangeDay(models.Model):
    """A day on which an exchange is closed, closes early, or has hours of its own, whatever its other hours say."""

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="days", verbose_name=_("exchange"))
    date = models.DateField(_("day"))
    closes_at = models.TimeField(
        _("closes at"), null=True, blank=True, help_text=_("Local time. Empty on a day without any trading.")
    )
    hours = models.JSONField(
        _("hours of its own"),
        default=list,
        blank=True,
        validators=[check_sessions],
        help_text=_('Local times, where it trades at others than always: [["10:00", "16:30"]].'),
    )
    name = LineField(_("name"), max_length=120, blank=True, help_text=_("Such as Thanksgiving Day."))
    by_hand = models.BooleanField(
        _("by hand"), default=True, editable=False, help_text=_("No command changes what the desk has entered.")
    )

    class Meta:
        verbose_name = _("holiday or half day")
        verbose_name_plural = _("holidays and half days")
        ordering = ("date",)
        constraints = (
            models.UniqueConstraint(fields=("exchange", "date"), name="exchangeday_once"),
            watched("exchangeday"),
        )

    def __str__(self) -> str:
        return f"{self.date} {self.name}"

    def clean(self) -> None:
        """Refuse two ends of one day."""
        super().clean()
        if self.hours and self.closes_at is not None:
            raise ValidationError(_("Give the time at which it closes early, or hours of its own, not both."))
