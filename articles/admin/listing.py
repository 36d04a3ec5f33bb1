"""Where companies are listed, in the form of the company, and what happened to the shares, on a page of the listing."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.noun import NounAdmin
from articles.admin.tables import RowForm, Rows, Table
from articles.models import Listing, Split


class ListingForm(RowForm):
    """One listing. Which one is primary is a matter of all of them together, and so is which day it has a symbol on."""

    def _get_validation_exclusions(self) -> set[str]:
        # A form by itself is compared with the rows stored now, of which another form may be about to change one.
        together = {"is_primary"} if self.instance.pk else {"is_primary", "symbol"}
        return super()._get_validation_exclusions() | together


class Listings(Rows):
    """All listings of a company: exactly one current one is primary, if there is any, and none is there twice."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Let a listing leave to the table how it stands to the others in it."""
        super().add_fields(form, index)
        form.instance.beside = [row.pk for row in self.get_queryset()]

    def clean(self) -> None:
        """Say which listings are in each other's way."""
        super().clean()
        if any(self.errors):
            return
        listings = [form.instance for form in self.kept()]
        for number, listing in enumerate(listings):
            if any(listing.overlaps(other) for other in listings[:number]):
                raise ValidationError(
                    _("%s is here twice for the same days. End one before the other begins.") % listing
                )
        current = [listing for listing in listings if listing.delisted_on is None]
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


class ListingTable(Table):
    """Where the company is listed."""

    model = Listing
    form = ListingForm
    formset = Listings
    autocomplete_fields = ("exchange",)
    verbose_name_plural = gettext_lazy("listings (none for a private company)")
    readonly_fields = ("shares",)
    fields = (
        *("exchange", "symbol", "is_primary", "share_class", "currency", "price_unit", "isin", "is_watched"),
        *("listed_on", "delisted_on", "shares"),
    )

    @admin.display(description=gettext_lazy("splits"))
    def shares(self, listing: Listing) -> Any:
        """Lead to the page of the listing, where its splits are."""
        if not listing.pk:
            return "–"
        splits = len(listing.splits.all())
        label = ngettext("%d split", "%d splits", splits) % splits if splits else _("None yet")
        address = reverse("admin:articles_listing_change", args=[listing.pk])
        return format_html('<a href="{}" aria-label="{}">{}</a>', address, _("Splits of %s") % listing, label)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return listings with their exchanges and splits."""
        return super().get_queryset(request).select_related("exchange").prefetch_related("splits")


class SplitTable(Table):
    """When shares were split or put together."""

    model = Split
    fields = ("date", "new", "old", "note")
    verbose_name_plural = gettext_lazy("splits: ten new shares for one old one are 10 and 1")


@admin.register(Listing)
class ListingAdmin(NounAdmin):
    """Keep the splits of a listing. All else about it is on the page of its company."""

    fields = readonly_fields = ("of_company", "ticker", "share_class", "currency", "isin", "listed_on", "delisted_on")
    inlines = (SplitTable,)
    list_display = ("ticker", "company")
    list_select_related = ("exchange", "company")
    sortable_by = ()

    @admin.display(description=gettext_lazy("company"))
    def of_company(self, listing: Listing) -> Any:
        """Lead back to the company."""
        address = reverse("admin:articles_company_change", args=[listing.company_id])
        return format_html('<a href="{}">{}</a>', address, listing.company)

    @admin.display(description=gettext_lazy("ticker"))
    def ticker(self, listing: Listing) -> str:
        return listing.ticker

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show no room of listings: the way to one leads through its company."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave it to the company's page to list it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Listing | None = None) -> bool:
        """Leave it to the company's page to take a listing away."""
        return False
