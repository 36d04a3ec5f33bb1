"""Companies and their listings at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.filters import InUse
from articles.admin.lines import LinesField
from articles.admin.listing import ListingTable
from articles.admin.merging import MergeableAdmin
from articles.admin.tables import Table
from articles.models import Company, CompanyName, Listing


class CompanyForm(forms.ModelForm):
    """A company, with its other names one on a line."""

    aliases = LinesField(
        label=gettext_lazy("Other names"),
        required=False,
        help_text=gettext_lazy("Names used in copy, one on a line. Readers get a link where one of them stands."),
    )


class FormerNames(Table):
    """What the company was called, by which it is found in copy of those days."""

    model = CompanyName
    fields = ("name", "from_on", "until_on")
    verbose_name_plural = gettext_lazy("former names")


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
    inlines = (ListingTable, FormerNames)
    list_display = ("name", "tickers", "country", "website", "merged")
    list_filter = (Listed, "from_reference", ("kind", InUse), ("country", InUse))
    search_fields = Company.word_columns
    search_help_text = gettext_lazy("Any of its names, ticker symbol, ISIN, LEI or CIK.")
    sortable_by = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "legal_name", "aliases", "kind", "description")}),
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
