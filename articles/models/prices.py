"""What the market said: daily prices, quotes, reference rates and splits. Readers see them on pages with prices only.

Amounts are Decimal in the unit that the exchange quotes in: `currency` is an ISO 4217 code, or GBX, ZAC or ILA for
pence, cents and agorot. None is ever converted on its way in.
"""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.company import Listing
from articles.models.constraints import Frozen
from articles.models.fields import LineField
from articles.models.price_stamp import ToldLate, priced

check_unit = RegexValidator(r"^[A-Z]{3}$", _("Three capital letters: USD, or GBX for pence."))


def _price(**options: Any) -> Any:
    return models.DecimalField(max_digits=18, decimal_places=6, **options)


class DailyPrice(models.Model):
    """What a listing traded at on a day. A row can be loaded again: the later file is right."""

    pk = models.CompositePrimaryKey("listing", "date")
    # The primary key begins with the listing, and another index would cost the loader a quarter.
    listing = models.ForeignKey(Listing, models.CASCADE, related_name="+", db_index=False)
    date = models.DateField()
    open = _price(null=True)
    high = _price(null=True)
    low = _price(null=True)
    close = _price()
    volume = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, validators=[check_unit])

    class Meta:
        verbose_name = _("daily price")
        verbose_name_plural = _("daily prices")
        default_permissions = ()
        constraints = (priced("dailyprice"),)

    def __str__(self) -> str:
        return f"{self.listing_id} {self.date} {self.close}"


class Quote(models.Model):
    """What a listing was said to trade at, at an instant. Rows are added and never changed.

    `as_of` is when it traded at that price, `received_at` when the newsroom was told; what was told later never
    changes what was printed before.
    """

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="+", db_index=False)
    price = _price()
    previous_close = _price(null=True)
    currency = models.CharField(max_length=3, validators=[check_unit])
    as_of = models.DateTimeField()
    received_at = models.DateTimeField()
    delay_minutes = models.PositiveSmallIntegerField(default=0)
    provider = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("listing", "as_of", "provider"), name="quote_once"),
            Frozen(name="quote_frozen"),
            priced("quote"),
            ToldLate(name="quote_told_late"),
        )
        indexes = (models.Index(fields=("listing", "-as_of", "-id"), name="quote_newest"),)

    def __str__(self) -> str:
        return f"{self.listing_id} {self.as_of} {self.price}"


class ReferenceRate(models.Model):
    """How many units of a currency a euro was worth on a day, by the European Central Bank."""

    pk = models.CompositePrimaryKey("currency", "date")
    currency = models.CharField(max_length=3, validators=[check_unit])
    date = models.DateField()
    rate = models.DecimalField(max_digits=20, decimal_places=8, validators=[MinValueValidator(Decimal("0.00000001"))])

    class Meta:
        verbose_name = _("reference rate")
        verbose_name_plural = _("reference rates")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(condition=Q(rate__gt=0), name="referencerate_positive"),
            priced("referencerate"),
        )

    def __str__(self) -> str:
        return f"{self.date} EUR 1 = {self.currency} {self.rate}"


class Split(models.Model):
    """On `date` every `old` shares became `new` ones, 1 and 10 for a ten-for-one split: charts divide what is older."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="splits", verbose_name=_("listing"))
    date = models.DateField(_("first day at the new price"))
    new = models.PositiveIntegerField(_("new shares"), validators=[MinValueValidator(1)])
    old = models.PositiveIntegerField(_("for old shares"), default=1, validators=[MinValueValidator(1)])
    note = LineField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("split")
        verbose_name_plural = _("splits")
        ordering = ("-date",)
        constraints = (
            models.UniqueConstraint(fields=("listing", "date"), name="split_once"),
            models.CheckConstraint(
                condition=Q(new__gt=0, old__gt=0) & ~Q(new=F("old")),
                name="split_changes_something",
                violation_error_message=_("A split changes the number of shares."),
            ),
            priced("split"),
        )

    def __str__(self) -> str:
        return f"{self.new} for {self.old} on {self.date}"
