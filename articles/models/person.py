"""People that stories are about: who they are, and what they do and did where."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles import paths
from articles.models.company import Company, check_names
from articles.models.fields import LineField, LinesField, ProseField
from articles.models.filed import Filed, filed_index
from articles.models.names_stamp import named
from articles.models.stamp import watched
from articles.models.uploads import portrait_name


class Person(Filed):
    """Somebody whom stories name. Readers see a page of them once a live edition does."""

    aliases = LinesField(
        _("other names"), default=list, blank=True, validators=[check_names], help_text=_("Other names used in copy.")
    )
    biography = ProseField(_("biography"), blank=True)
    portrait = models.ImageField(_("portrait"), upload_to=portrait_name, blank=True, max_length=200, db_index=True)
    portrait_credit = LineField(_("credit of the portrait"), max_length=200, blank=True)

    word_columns = ("name", "slug", "aliases")
    named_by = (("articles.ArticlePerson", "person"), ("articles.EditionPerson", "person"))
    has = (
        ("articles.PersonRole", "person"),
        ("articles.AliasRule", "person"),
        ("articles.DismissedMention", "person"),
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name",)
        constraints = (
            watched("person"),
            named("person"),
        )
        indexes = (models.Index(fields=("name", "id"), name="person_name"), filed_index("person"))

    def path_for(self, slug: str) -> str:
        """Return the address of the person's page."""
        return paths.person(slug)


class PersonRole(models.Model):
    """What somebody does or did at a company, or at another body: a ministry, a bank of issue, a university."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles", verbose_name=_("person"))
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("company"),
        help_text=_("Readers see the role once they can see the company."),
    )
    body = LineField(
        _("other body"), max_length=120, blank=True, help_text=_("Where it is no company, or a part of one.")
    )
    title = LineField(_("title"), max_length=120, help_text=_("As printed: “chairman”."))
    since_on = models.DateField(_("since"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True, help_text=_("Open while they hold it."))

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = (F("until_on").desc(nulls_first=True), F("since_on").desc(nulls_last=True), "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(company__isnull=False) | ~Q(body=""),
                name="personrole_somewhere",
                violation_error_message=_("Choose the company, or name another body."),
            ),
            models.CheckConstraint(
                condition=Q(since_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="personrole_until_after_since",
                violation_error_message=_("A role ends after it begins."),
            ),
            watched("personrole"),
        )
        indexes = (
            models.Index(fields=("since_on",), condition=Q(since_on__isnull=False), name="personrole_begins"),
            models.Index(fields=("until_on",), condition=Q(until_on__isnull=False), name="personrole_ends"),
        )

    def __str__(self) -> str:
        return str(self.title)
