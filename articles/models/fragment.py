"""Fragments: what an edition looks like on pages and in feeds, rendered at its release.

They make pages fast and nothing else: every row can be dropped, and is rendered again from its edition. A fragment is
used only while it is what rendering would give now (`articles.reading.pieces`).
"""

from django.db import models

from articles.models.edition import Edition


class Fragment(models.Model):
    """The rendered parts of an edition, with what they were rendered from.

    `counter` is that of the public stamp when rendering began; `nouns` are the keys of all nouns that are printed, as
    `NounChange` writes them, with blanks between; `version` is that of the templates, code and settings. Tickers are
    printed as of a day: the parts are good from `good_from` until before `good_until`.
    """

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="+")
    counter = models.BigIntegerField()
    version = models.CharField(max_length=16)
    good_from = models.DateField(null=True)
    good_until = models.DateField(null=True)
    nouns = models.TextField()
    picked = models.TextField(default="", help_text="Keys of the related stories that were picked by hand.")
    head = models.TextField()
    main = models.TextField()
    card = models.TextField()
    row = models.TextField()
    brief = models.TextField()
    item = models.TextField()

    class Meta:
        verbose_name = "fragment"
        verbose_name_plural = "fragments"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.edition_id}"
