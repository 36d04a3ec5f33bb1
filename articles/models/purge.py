"""Purges of a CDN: what has changed, what was therefore asked for, and what was answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unpurged(models.Model):
    """A change that no purge was made for yet, written by the database itself in the transaction of the change.

    `article` is the key of the story that changed; without one anything may have. No migration may alter this table,
    nor `PurgeWatch`: on SQLite the triggers of other tables name them.
    """

    article = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "unpurged change"
        verbose_name_plural = "unpurged changes"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.article or 'anything'}"


class PurgeWatch(models.Model):
    """The one row that says until when changes are kept for somebody to purge."""

    id = models.SmallIntegerField(primary_key=True)
    until = models.DateTimeField()

    class Meta:
        verbose_name = "purge watch"
        verbose_name_plural = "purge watches"
        default_permissions = ()
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="purgewatch_one_row"),)

    def __str__(self) -> str:
        return f"{self.until}"


class Purge(models.Model):
    """What a CDN has to forget, and what it said to that.

    `keys` are the tags, with blanks between. `counter` is that of the public stamp: all changes up to it are in this
    purge or in an earlier one. It is sent when `due_at` has come, and again, until there is nothing to come any more
    that was made before the change; then `due_at` is empty. `answered_at` is when the CDN first said that it has
    forgotten them, `error` is why the last attempt failed.
    """

    counter = models.BigIntegerField()
    keys = models.TextField()
    made_at = models.DateTimeField(_("made"))
    due_at = models.DateTimeField(_("due"), null=True, db_index=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    answered_at = models.DateTimeField(_("answered"), null=True)
    error = models.CharField(_("error"), max_length=200, default="")

    class Meta:
        verbose_name = _("purge")
        verbose_name_plural = _("purges")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M:%S} {self.keys}"
