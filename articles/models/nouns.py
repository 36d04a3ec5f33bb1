"""What sections, authors, companies and topics have in common: an address of their own and a way to merge."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from articles.models.fields import SLUG_LENGTH, LineField, SlugField
from articles.models.word import Findable
from articles.text.slugs import make_slug

SLUG_HELP = _("Part of the public address. When it changes, the old address leads to the new one.")


class Addressed(Findable):
    """A noun with a public address. Changing the slug keeps the old address as a redirect."""

    name = LineField(_("name"), max_length=120)
    slug = SlugField(_("slug"), max_length=SLUG_LENGTH, unique=True, blank=True, help_text=SLUG_HELP)

    word_columns: ClassVar[tuple[str, ...]] = ("name", "slug")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and keep the old address working when the slug has changed."""
        self.slug = SlugField.clean_value(self.slug)
        if not self.slug:
            self.slug = free_slug(type(self), make_slug(self.name, 90) or self._meta.model_name or "", self.pk)
        # What is stored and not what this instance was read with: somebody else may have changed it in between.
        stored = type(self)._base_manager.filter(pk=self.pk).values_list("slug", flat=True)
        with transaction.atomic():
            old = stored.first()
            super().save(*args, **kwargs)
            if old is not None and old != stored.first():
                from articles.models.redirect import Redirect  # redirects name the nouns: imported late

                Redirect.keep(self.path_for(old), self)

    def path_for(self, slug: str) -> str:
        """Return the public address this noun has, or would have, under `slug`."""
        raise NotImplementedError

    @property
    def path(self) -> str:
        """The public address, whether or not readers can see anything there."""
        return self.path_for(self.slug)

    def clean(self) -> None:
        """Make a slug from the name where none was given; refuse names that make none."""
        super().clean()
        if not self.slug:
            self.slug = free_slug(type(self), make_slug(self.name, 90), self.pk)
        if not self.slug:
            raise ValidationError({"slug": _("This name has no letters to make an address from. Type a slug.")})


class Mergeable(Addressed):
    """A noun that can turn out to be another one entered twice."""

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("merged into")
    )

    #: Models whose rows name this noun in a story, as ("app.Model", "field"); moved by a merge.
    named_by: ClassVar[tuple[tuple[str, str], ...]] = ()
    #: The same for rows that belong to no story.
    has: ClassVar[tuple[tuple[str, str], ...]] = ()

    class Meta:
        abstract = True


def free_slug(model: type[models.Model], slug: str, own_pk: Any = None) -> str:
    """Return `slug`, or the first of slug-2, slug-3, … that no other row of `model` has; "" stays ""."""
    if not slug:
        return ""
    taken = set(model._default_manager.exclude(pk=own_pk).filter(slug__begins=slug).values_list("slug", flat=True))
    number, candidate = 1, slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
