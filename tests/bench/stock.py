"""A stock admin beside the desk: the same models, shown by `admin.ModelAdmin` with Django's own templates.

It shows of a story what the desk shows, as far as a few lines of options can: the same facts of columns in its list,
the same filters of columns and length of page; the same fields, and what is a list as tabular inlines, topics as
taggit's text field. It joins the sections that it prints, and what can be long is looked up as somebody types, as any
careful project would have it. Its search finds the same headlines, addresses and names, by asking every row. Left out
is `date_hierarchy`, for which Django reads every row, so that the desk, which has a way to days, gains nothing by that.
It knows nothing of revisions, the ledger, rules, public statuses, or of what somebody else has changed meanwhile.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import include, path

from articles.admin.story_form import StoryColumns
from articles.models import Article, ArticleCompany, Byline, RelatedStory
from newsroom.urls import handler404 as handler404
from newsroom.urls import handler500 as handler500

#: The template engine that has no templates but Django's; `tests.bench.desk_settings` sets it up.
ENGINE = "stock"


class Stock(admin.ModelAdmin):  # type: ignore[type-arg]  # one for every model
    """A room with Django's own furniture."""

    def render_change_form(self, *args: Any, **options: Any) -> Any:
        response: Any = super().render_change_form(*args, **options)
        response.using = ENGINE
        return response

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        response: Any = super().changelist_view(request, extra_context)
        response.using = ENGINE
        return response


class StockInline(admin.TabularInline):  # type: ignore[type-arg]
    fk_name = "article"
    extra = 1


class Bylines(StockInline):
    model = Byline
    autocomplete_fields = ("author",)


class Companies(StockInline):
    model = ArticleCompany
    autocomplete_fields = ("company",)


class Related(StockInline):
    model = RelatedStory
    autocomplete_fields = ("story",)


class StockArticle(Stock):
    """Stories, as a project without a desk would have them."""

    list_display = ("headline", "kicker", "confidential", "state", "section", "changed_at")
    list_filter = ("state", "section", "kind", "language")
    list_select_related = ("section",)
    list_per_page = 50
    search_fields = (*Article.word_columns, "bylines__author__name", "companies__company__name")
    fields = (*StoryColumns.Meta.fields, "people", "topics")
    autocomplete_fields = ("source", "lead_image", "follows", "translation_of", "people")
    inlines = (Bylines, Companies, Related)


class UncountedArticle(StockArticle):
    """The same, but it does not count all stories when it has counted those that were found."""

    show_full_result_count = False


def _site(name: str, stories: type[StockArticle]) -> admin.AdminSite:
    """Return a site with the rooms of the desk."""
    site = admin.AdminSite(name)
    for model, room in admin.site._registry.items():
        options = {"search_fields": room.search_fields}
        site.register(model, stories if model is Article else type("Stock", (Stock,), options))
    return site


admin.autodiscover()
urlpatterns = [
    path("stock/", _site("stock", StockArticle).urls),
    path("uncounted/", _site("uncounted", UncountedArticle).urls),
    path("", include("newsroom.urls")),
]
