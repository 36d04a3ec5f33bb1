"""Companies and where they are listed."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum import isin, lei

from articles import paths
from articles.models.exchange import Exchange
from articles.models.fields import LineField, LinesField, ProseField, WebAddressField
from articles.models.filed import Filed, filed_index
from articles.models.listed import ListingQuerySet
from articles.models.names_stamp import named
from articles.models.reported import Reported
from articles.models.stamp import watched
from articles.models.word import Findable
from articles.states import CompanyKind


def check_lei(value: str) -> None:
    """Refuse a Legal Entity Identifier with a wrong form or check digits (ISO 17442)."""
    if not lei.is_valid(value):
        raise ValidationError(
            _("“%(value)s” is no LEI: 20 letters and digits, the last two check digits."), params={"value": value}
        )


def check_isin(value: str) -> None:
    """Refuse an International Securities Identification Number with a wrong form or check digit (ISO 6166)."""
    if not isin.is_valid(value):
        raise ValidationError(
            _("“%(value)s” is no ISIN: two letters, nine characters, a check digit."), params={"value": value}
        )


def check_names(names: object) -> None:
    """Refuse anything but a list of names."""
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise ValidationError(_("Give a list of names."))


class Company(Filed):
    """A company stories can name: listed on several exchanges, one or none."""

    legal_name = LineField(_("legal name"), max_length=250, blank=True)
    aliases = LinesField(
        _("other names"), default=list, blank=True, validators=[check_names], help_text=_("Other names used in copy.")
    )
    kind = models.CharField(
        _("kind"),
        max_length=8,
        choices=CompanyKind,
        default=CompanyKind.COMPANY,
        help_text=_("Indices and funds are listed, quoted and named as companies are."),
    )
    description = ProseField(_("description"), blank=True)
    website = WebAddressField(_("website"), blank=True, max_length=300)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, ISO 3166: US, CN, DE."))],
        help_text=_("ISO 3166 code: US, CN, DE."),
    )
    lei = models.CharField(_("LEI"), max_length=20, blank=True, validators=[check_lei])
    cik = models.PositiveBigIntegerField(
        _("CIK"), null=True, blank=True, unique=True, help_text=_("SEC central index key.")
    )
    from_reference = models.BooleanField(
        _("from a reference file"),
        default=False,
        editable=False,
        help_text=_("Loaded from a public register, so its page says nothing about the desk's plans."),
    )

    named_by = (("articles.ArticleCompany", "company"), ("articles.EditionCompany", "company"))
    has = (
        ("articles.PersonRole", "company"),
        ("articles.CompanyName", "company"),
        ("articles.AliasRule", "company"),
        ("articles.DismissedMention", "company"),
    )
    word_columns = ("name", "slug", "legal_name", "aliases", "lei", "cik")

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ("name",)
        indexes = (
            models.Index(fields=("name", "id"), name="company_name"),
            models.Index(fields=("country", "name", "id"), name="company_country"),
            models.Index(fields=("from_reference", "name", "id"), name="company_reference"),
            models.Index(fields=("kind", "name", "id"), name="company_kind"),
            filed_index("company"),
        )
        constraints = (
            models.UniqueConstraint(fields=("lei",), condition=~models.Q(lei=""), name="company_lei_unique"),
            watched("company"),
            named("company"),
            Reported(name="company_reported", new_where="from_reference"),
        )

    def path_for(self, slug: str) -> str:
        """Return the address of the company's page."""
        return paths.company(slug)

    @classmethod
    def to_note(cls, keys: Collection[int]) -> Iterable[Any]:
        """Return companies with their listings, by which they are found too."""
        return (
            cls._base_manager.filter(pk__in=keys).only(*cls.word_columns).prefetch_related("listings", "former_names")
        )

    def found_in(self) -> str:
        """Return the names and numbers of the company, and the symbols it has or had."""
        listings = [word for listing in self.listings.all() for word in (listing.symbol, listing.isin)]
        former = [former.name for former in self.former_names.all()]
        return "\n".join([super().found_in(), *former, *listings])


class CompanyName(Findable):
    """A name that a company had, from a day until a day; the present one is `Company.name`."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="former_names", verbose_name=_("company"))
    name = LineField(_("name"), max_length=250)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)

    word_columns = ("name", "company")
    found_by = "company_id"

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = (models.F("until_on").desc(nulls_first=True), "name")
        constraints = (
            models.UniqueConstraint(fields=("company", "name", "until_on"), name="companyname_once"),
            models.UniqueConstraint(
                fields=("company", "name"), condition=models.Q(until_on__isnull=True), name="companyname_open_once"
            ),
            models.CheckConstraint(
                condition=models.Q(from_on__isnull=True)
                | models.Q(until_on__isnull=True)
                | models.Q(until_on__gte=models.F("from_on")),
                name="companyname_until_after_from",
                violation_error_message=_("A name ends after it begins."),
            ),
            watched("companyname"),
            named("companyname"),
        )

    def __str__(self) -> str:
        return str(self.name)

    @classmethod
    def found(cls) -> type[Findable]:
        """Return companies: a name leads to its company."""
        return Company


class Listing(Findable):
    """A security of a company on an exchange, from a day until a day."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="listings", verbose_name=_("company"))
    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="+", verbose_name=_("exchange"))
    symbol = models.CharField(
        _("symbol"), max_length=20, help_text=_("The ticker as the exchange prints it: BABA, 9988.")
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, ISO 4217."))],
    )
    isin = models.CharField(_("ISIN"), max_length=12, blank=True, validators=[check_isin])
    share_class = LineField(_("share class"), max_length=40, blank=True, help_text=_("Such as A, B, ADR."))
    price_unit = models.CharField(
        _("quoted in"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters: USD, or GBX for pence."))],
        help_text=_("If not in the currency itself: GBX where prices are in pence."),
    )
    is_watched = models.BooleanField(_("on the watch list"), default=False, help_text=_("Shown on the markets page."))
    is_primary = models.BooleanField(_("primary"), default=False, help_text=_("The listing printed with the name."))
    listed_on = models.DateField(_("listed from"), null=True, blank=True)
    delisted_on = models.DateField(_("listed until"), null=True, blank=True)

    objects: ClassVar[Any] = ListingQuerySet.as_manager()

    word_columns = ("symbol", "isin", "company")
    found_by = "company_id"

    #: The keys of the listings that are checked together with this one, so not by it.
    beside: Collection[int] = ()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        ordering = ("-is_primary", "exchange", "symbol")
        constraints = (
            models.UniqueConstraint(
                fields=("exchange", "symbol"),
                condition=models.Q(delisted_on__isnull=True),
                name="listing_symbol_unique",
                violation_error_message=_("Another company is listed under this symbol on this exchange."),
            ),
            models.UniqueConstraint(
                fields=("company",),
                condition=models.Q(is_primary=True, delisted_on__isnull=True),
                name="listing_one_primary",
                violation_error_message=_("A company has one primary listing."),
            ),
            models.CheckConstraint(
                condition=models.Q(listed_on__isnull=True)
                | models.Q(delisted_on__isnull=True)
                | models.Q(delisted_on__gte=models.F("listed_on")),
                name="listing_until_after_from",
                violation_error_message=_("A listing ends after it begins."),
            ),
            watched("listing"),
            named("listing"),
        )
        indexes = (
            models.Index(fields=("symbol",), name="listing_symbol"),
            models.Index(fields=("is_watched",), condition=models.Q(is_watched=True), name="listing_watched"),
            models.Index(fields=("listed_on",), condition=models.Q(listed_on__isnull=False), name="listing_begins"),
            models.Index(fields=("delisted_on",), condition=models.Q(delisted_on__isnull=False), name="listing_ends"),
        )

    def __str__(self) -> str:
        return self.ticker

    def clean(self) -> None:
        """Refuse a symbol that means something else on the same exchange on one of its days."""
        super().clean()
        taken = self.in_the_way().exclude(pk__in=self.beside).select_related("company").first()
        if taken is not None:
            raise ValidationError({"symbol": _in_the_way(taken)})

    def in_the_way(self) -> models.QuerySet["Listing"]:
        """Return the listings with this symbol on this exchange on one of its days. `delisted_on` is none of them."""
        others = Listing.objects.filter(exchange=self.exchange_id, symbol=self.symbol).exclude(pk=self.pk)
        if self.delisted_on is not None:
            others = others.filter(models.Q(listed_on__isnull=True) | models.Q(listed_on__lt=self.delisted_on))
        if self.listed_on is not None:
            others = others.filter(models.Q(delisted_on__isnull=True) | models.Q(delisted_on__gt=self.listed_on))
        found: models.QuerySet[Listing] = others.order_by("pk")
        return found

    def overlaps(self, other: "Listing") -> bool:
        """Say whether another listing has this symbol on this exchange on one of its days."""
        same = (self.exchange_id, self.symbol) == (other.exchange_id, other.symbol)
        first = self.delisted_on is None or other.listed_on is None or other.listed_on < self.delisted_on
        last = other.delisted_on is None or self.listed_on is None or self.listed_on < other.delisted_on
        return same and first and last

    @classmethod
    def found(cls) -> type[Findable]:
        """Return companies: a listing leads to its company."""
        return Company

    @property
    def ticker(self) -> str:
        """The listing as printed: "NYSE:BABA"."""
        return f"{self.exchange.short_name}:{self.symbol}"


def _in_the_way(listing: Listing) -> str:
    words = {"ticker": listing.ticker, "company": listing.company.name}
    if listing.listed_on and listing.delisted_on:
        words |= {"since": str(listing.listed_on), "until": str(listing.delisted_on)}
        text = gettext(
            "%(ticker)s is %(company)s from %(since)s until %(until)s. One has to end before the other begins."
        )
    elif listing.listed_on:
        words["since"] = str(listing.listed_on)
        text = gettext("%(ticker)s is %(company)s from %(since)s. One has to end before the other begins.")
    elif listing.delisted_on:
        words["until"] = str(listing.delisted_on)
        text = gettext("%(ticker)s is %(company)s until %(until)s. One has to end before the other begins.")
    else:
        text = gettext("%(ticker)s is %(company)s. One has to end before the other begins.")
    return text % words
