"""Authors: the names in bylines."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import paths
from articles.models.fields import LineField, ProseField, WebAddressesField, web_address
from articles.models.nouns import Mergeable
from articles.models.stamp import watched
from articles.models.uploads import portrait_name


def check_links(links: object) -> None:
    """Refuse anything but a list of web addresses."""
    if not isinstance(links, list):
        raise ValidationError(_("Give a list of web addresses."))
    for link in links:
        if not (isinstance(link, str) and web_address(link)):
            raise ValidationError(_("“%(link)s” is no web address."), params={"link": link})


class Author(Mergeable):
    """Somebody who can stand in a byline; a journalist of the house or not."""

    role_title = LineField(
        _("role title"), max_length=120, blank=True, help_text=_("As printed: “Asia technology editor”.")
    )
    bio = ProseField(_("biography"), blank=True)
    portrait = models.ImageField(_("portrait"), upload_to=portrait_name, blank=True, max_length=200, db_index=True)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Shown to readers."))
    links = WebAddressesField(_("links"), default=list, blank=True, validators=[check_links])
    active = models.BooleanField(_("active"), default=True, help_text=_("Inactive authors keep their page."))
    journalist = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name=_("journalist"),
        help_text=_("The desk account of this author. Nobody approves a story with their own byline."),
    )

    word_columns = ("name", "slug", "role_title", "email")
    named_by = (("articles.Byline", "author"), ("articles.EditionAuthor", "author"))

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ("name",)
        constraints = (watched("author"),)
        indexes = (models.Index(fields=("name", "id"), name="author_name"),)

    def path_for(self, slug: str) -> str:
        """Return the address of the author's page."""
        return paths.author(slug)
