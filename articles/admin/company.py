"""Companies and their listings at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import DateField, Exists, OuterRef
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.filters import InUse
from articles.admin.lines import LinesField
from articles.admin.merging import MergeableAdmin
from articles.models import Company, Listing


class CompanyForm(forms.ModelForm):
    """A company, with its other names one on a line."""

    aliases = LinesField(
        label=gettext_lazy("Other names"),
        required=False,
        help_text=gettext_lazy("Names used in copy, one on a line. Readers get a link where one of them stands."),
    )


class ListingForm(forms.ModelForm):
    """One listing. Which one is primary is a matter of all of them together."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name every field: in a table only the columns have visible names."""
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = capfirst(str(field.label))

    def _get_validation_exclusions(self) -> set[str]:
        # A form by itself is compared with the rows stored now, of which another form may be about to change one.
        return super()._get_validation_exclusions() | {"is_primary"}


class Listings(forms.BaseInlineFormSet):
    """All listings of a company: exactly one current one is primary, if there is any."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name the box for removal too."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete this listing")

    def clean(self) -> None:
        """Say which listings are in each other's way."""
        super().clean()
        if any(self.errors):
            return
        current = [form.instance for form in self._kept() if form.instance.delisted_on is None]
        primary = [listing for listing in current if listing.is_primary]
        if current and not primary:
            raise ValidationError(
                _("Mark one listing as primary: the one that is printed behind the company's name.")
                if len(current) > 1
                else _("This is the company's only current listing, so it is the primary one. Mark it as primary.")
            )
        if len(primary) > 1:
            names = ", ".join(listing.ticker for listing in primary)
            raise ValidationError(_("Only one listing can be primary, and these are marked: %s. Keep one.") % names)

    def save(self, commit: bool = True) -> Any:
        """Save, taking the mark from the old primary listing before the new one gets it."""
        if commit:
            demoted = [form.instance.pk for form in self.initial_forms if not form.instance.is_primary]
            Listing.objects.filter(pk__in=demoted).update(is_primary=False)
        return super().save(commit)

    def _kept(self) -> list[Any]:
        return [
            form
            for form in self.forms
            if (form.has_changed() or form.instance.pk) and not self._should_delete_form(form)
        ]


class ListingInline(admin.TabularInline):
    """Where the company is listed."""

    model = Listing
    form = ListingForm
    formset = Listings
    extra = 0
    autocomplete_fields = ("exchange",)
    verbose_name_plural = gettext_lazy("listings (none for a private company)")
    fields = ("exchange", "symbol", "is_primary", "currency", "isin", "listed_on", "delisted_on")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Keep the row narrow: days are the browser's business, exchanges are added and mended in their own room."""
        if isinstance(db_field, DateField):
            return db_field.formfield(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class Listed(admin.SimpleListFilter):
    """Tell listed companies from private ones."""

    title = gettext_lazy("listed")
    parameter_name = "listed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("Listed")), ("no", _("Private"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        listed = Exists(Listing.objects.filter(company=OuterRef("pk"), delisted_on__isnull=True))
        return {"yes": queryset.filter(listed), "no": queryset.filter(~listed)}.get(self.value() or "", queryset)


#: Companies with one symbol on several exchanges that stand before all others.
AT_ONCE = 10


@admin.register(Company)
class CompanyAdmin(MergeableAdmin):
    """Keep the companies that stories name."""

    form = CompanyForm
    inlines = (ListingInline,)
    list_display = ("name", "tickers", "country", "website", "merged")
    list_filter = (Listed, "from_reference", ("country", InUse))
    search_fields = Company.word_columns
    search_help_text = gettext_lazy("Any of its names, ticker symbol, ISIN, LEI or CIK.")
    sortable_by = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "legal_name", "aliases", "description")}),
        (gettext_lazy("Where it is and how it is known"), {"fields": ("website", "country", "lei", "cik")}),
    )

    @admin.display(description=gettext_lazy("listings"))
    def tickers(self, company: Company) -> str:
        listings = [listing for listing in company.listings.all() if listing.delisted_on is None]
        return ", ".join(listing.ticker for listing in listings) or _("private")

    def meant_by(self, request: HttpRequest, typed: str) -> list[int]:
        """Put the companies first that have what was typed as their ticker."""
        symbol = typed.strip().rpartition(":")[2].upper()
        listed = Listing.objects.filter(symbol=symbol, delisted_on__isnull=True).order_by()
        return list(listed.values_list("company", flat=True)[:AT_ONCE]) if symbol else []

    def as_choice(self, noun: Any) -> str:
        """Return the name with the tickers, for many names are alike."""
        tickers = ", ".join(listing.ticker for listing in noun.listings.all() if listing.delisted_on is None)
        return f"{noun} ({tickers})" if tickers else str(noun)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return companies with their listings, for two queries a page."""
        return super().get_queryset(request).prefetch_related("listings__exchange")
