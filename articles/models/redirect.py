"""Redirects: old addresses of nouns, merged nouns, and vanity addresses."""

from typing import Any
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import paths
from articles.models.article import Article
from articles.models.author import Author
from articles.models.company import Company
from articles.models.person import Person
from articles.models.reported import Reported
from articles.models.section import Section
from articles.models.stamp import watched
from articles.models.topic import Topic
from articles.models.word import Findable

TARGETS = ("section", "author", "company", "topic", "person", "article")


class Redirect(Findable):
    """An address that leads to a noun, a story or another address of the site.

    The target is stored, not its address, so that a chain of changes stays one step. It leads nowhere while readers
    cannot see its target.
    """

    path = models.CharField(
        _("address"),
        max_length=1300,
        unique=True,
        help_text=_("The old or vanity address: /davos/. It begins and ends with a slash."),
    )
    section = models.ForeignKey(
        Section, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("section")
    )
    author = models.ForeignKey(
        Author, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    company = models.ForeignKey(
        Company, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("company")
    )
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("topic"))
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("story")
    )

    word_columns = ("path",)

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ("path",)
        constraints = (watched("redirect"), Reported(name="redirect_reported"))

    def __str__(self) -> str:
        return self.path

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the address as browsers ask for it, percent-encoded."""
        self.path = quote(unquote(self.path))
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse an address the site needs itself, and anything but exactly one target."""
        super().clean()
        self.path = quote(unquote(self.path))
        if not (self.path.startswith("/") and self.path.endswith("/") and len(self.path) > 2) or "//" in self.path:
            raise ValidationError({"path": _("Write the address of a page on this site: /davos/.")})
        first, _slash, rest = self.path.strip("/").partition("/")
        if (first in paths.RESERVED and not rest) or first in ("desk", "static", "media"):
            raise ValidationError({"path": _("The site uses this address itself. Choose another.")})
        if not rest and Section.objects.filter(slug=unquote(first)).exists():
            raise ValidationError({"path": _("A section has this address. Choose another.")})
        if sum(getattr(self, f"{name}_id") is not None for name in TARGETS) != 1:
            raise ValidationError(_("Choose exactly one target."))

    def found_in(self) -> str:
        """Return the address as it is read."""
        return unquote(self.path)

    @classmethod
    def keep(cls, path: str, noun: models.Model) -> None:
        """Make `path` lead to `noun` from now on, and take away what stood in the way of the noun's own address."""
        name = str(noun._meta.model_name)
        targets: dict[str, Any] = dict.fromkeys(TARGETS)
        targets[name] = noun
        cls.objects.update_or_create(path=path, defaults=targets)
        own_path = getattr(noun, "path", None)
        if own_path:
            cls.objects.filter(path=own_path).delete()
