"""Pictures, with what must stand beside them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField, ProseField
from articles.models.stamp import watched
from articles.models.uploads import picture_name
from articles.models.word import Findable

#: What must stand beside a picture before a story is released with it.
NEEDED = ("alt", "credit")


def rendition_name(name: str, width: int) -> str:
    """Return the storage name of the rendition, `width` pixels wide, of the picture that is stored as `name`."""
    stem, _dot, _suffix = name.rpartition(".")
    return f"{stem}.{width}.jpg"


class Image(Findable):
    """A picture in the library. Stories refer to it, so its credit and rights may change after a release."""

    title = LineField(_("title"), max_length=200, help_text=_("How the desk finds it. Not printed."))
    file = models.ImageField(
        _("file"), upload_to=picture_name, max_length=200, db_index=True, width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(_("width"), editable=False, default=0)
    height = models.PositiveIntegerField(_("height"), editable=False, default=0)
    rendition_widths = models.JSONField(_("renditions"), default=list, editable=False)
    alt = LineField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    caption = ProseField(_("caption"), blank=True)
    credit = LineField(_("credit"), max_length=200, blank=True, help_text=_("“Photo: Ada Smith / Agency”."))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    word_columns = ("title", "credit")

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ("-uploaded_at", "-pk")
        constraints = (watched("image"),)
        indexes = (
            models.Index(fields=("-uploaded_at", "-id"), name="image_uploaded"),
            *(
                models.Index(
                    fields=("-uploaded_at", "-id"), condition=models.Q(**{name: ""}), name=f"image_without_{name}"
                )
                for name in NEEDED
            ),
        )

    def __str__(self) -> str:
        return str(self.title)

    def rendition_name(self, width: int) -> str:
        """Return the storage name of the rendition that is `width` pixels wide."""
        return rendition_name(str(self.file.name), width)
