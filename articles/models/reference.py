"""What files and providers have said before: the memory of the commands that load them."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.company import Listing


class FileRecord(models.Model):
    """What a reference file said of a row when it was last read.

    A value that still stands in the row as the file gave it is the file's, and the next file may change it; any other
    is the desk's. `noun` is the name of the model.
    """

    noun = models.CharField(max_length=20)
    row = models.BigIntegerField()
    said = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("record of a reference file")
        verbose_name_plural = _("records of reference files")
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("noun", "row"), name="filerecord_once"),)

    def __str__(self) -> str:
        return f"{self.noun} {self.row}"


class QuoteSource(models.Model):
    """How a provider of quotes has answered: whoever fails again and again is left alone until `resumes_at`."""

    name = models.CharField(max_length=40, unique=True)
    failures = models.PositiveIntegerField(default=0)
    resumes_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, default="")

    class Meta:
        verbose_name = _("source of quotes")
        verbose_name_plural = _("sources of quotes")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.name)


class DoubtfulQuote(models.Model):
    """A quote that is far from the last close, the newest of its provider. A second one that agrees confirms it."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="+")
    provider = models.CharField(max_length=40)
    price: "models.DecimalField[Any, Decimal]" = models.DecimalField(max_digits=18, decimal_places=6)
    currency = models.CharField(max_length=3)
    as_of = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("doubtful quote")
        verbose_name_plural = _("doubtful quotes")
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("listing", "provider"), name="doubtfulquote_once"),)

    def __str__(self) -> str:
        return f"{self.listing_id} {self.as_of} {self.price}"
