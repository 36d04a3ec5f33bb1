"""The words and settings of a story, the same columns for the working copy and for an edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.fields import SLUG_LENGTH, BodyField, LineField, ProseField, SlugField, WebAddressField
from articles.models.image import Image
from articles.models.section import Section, check_language
from articles.models.source import Source
from articles.models.uploads import random_key
from articles.states import Access, Kind, SearchEngines


class Content(models.Model):
    """What a desk writes and a reader, feed or partner can need.

    Keys to other nouns have no way back (`related_name="+"`), so that a public noun never leads to a story.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NEWS)
    language = models.CharField(_("language"), max_length=35, default="en", validators=[check_language])
    headline = LineField(_("headline"), max_length=250, blank=True)
    short_headline = LineField(
        _("short headline"), max_length=120, blank=True, help_text=_("For lists and small screens.")
    )
    search_title = LineField(
        _("search title"), max_length=120, blank=True, help_text=_("For search engines, if not the headline.")
    )
    search_description = LineField(
        _("search description"), max_length=320, blank=True, help_text=_("If not the standfirst.")
    )
    social_title = LineField(
        _("social title"), max_length=200, blank=True, help_text=_("For cards on other sites, if not the headline.")
    )
    kicker = LineField(_("kicker"), max_length=80, blank=True, help_text=_("The small line above the headline."))
    slug = SlugField(
        _("slug"), max_length=SLUG_LENGTH, blank=True, help_text=_("Made from the headline when left empty.")
    )
    public_key = models.CharField(_("public key"), max_length=8, default=random_key, editable=False)
    standfirst = ProseField(_("standfirst"), blank=True, help_text=_("One or two sentences under the headline."))
    body = BodyField(_("body"), blank=True)
    dateline = LineField(_("dateline"), max_length=80, blank=True, help_text=_("The place, as printed: PARIS."))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    original_url = WebAddressField(
        _("original address"), max_length=500, blank=True, help_text=_("The story at its source.")
    )
    canonical_url = WebAddressField(
        _("canonical address"), max_length=500, blank=True, help_text=_("Overrides the rule of the source.")
    )
    disclosure = ProseField(_("disclosure"), blank=True, help_text=_("Interests readers should know of. Printed."))
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("section")
    )
    lead_image = models.ForeignKey(
        Image, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead picture")
    )
    lead_caption = ProseField(_("caption"), blank=True, help_text=_("Instead of the picture's own caption."))
    follows = models.ForeignKey(
        "articles.Article", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("follows")
    )
    translation_of = models.ForeignKey(
        "articles.Article", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("translation of")
    )
    access = models.CharField(_("access"), max_length=12, choices=Access, default=Access.FREE)
    search_engines = models.CharField(
        _("search engines"), max_length=10, choices=SearchEngines, default=SearchEngines.INDEX
    )
    note_to_editors = ProseField(
        _("note to editors"), blank=True, help_text=_("For the desk and for partners. Not printed.")
    )
    is_lead = models.BooleanField(
        _("lead story"), default=False, help_text=_("Stands first on the front, until a newer lead story is out.")
    )
    embargo_at = models.DateTimeField(
        _("embargo"), null=True, blank=True, help_text=_("No release before this instant.")
    )

    class Meta:
        abstract = True


#: The columns of `Content`, in form order.
CONTENT_FIELDS = tuple(field.name for field in Content._meta.local_fields)
