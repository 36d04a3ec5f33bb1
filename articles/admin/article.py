"""Stories at the desk: the list, and the addresses of their pages."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest
from django.urls import path, re_path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.bundle import BundlePages
from articles.admin.colleagues import ColleagueSelectMultiple, find_colleagues
from articles.admin.copy_pages import CopyPages
from articles.admin.filters import InUse, Mine, Public
from articles.admin.finding import about, stories
from articles.admin.history import HistoryPages
from articles.admin.instants import InstantField
from articles.admin.lists import BoundedList
from articles.admin.noun import is_choice
from articles.admin.preview import PreviewPages
from articles.admin.prose import body_editor
from articles.admin.standing import attach_standings
from articles.admin.story_form import StoryColumns
from articles.admin.topics_field import find_topics, topics_field
from articles.admin.verb_pages import VerbPages
from articles.admin.verbs import QUESTIONS
from articles.admin.writing import WritingPages
from articles.models import Article, Byline
from articles.templatetags.desk import moment, public_badge, state_badge
from articles.workflow import clock

#: What a list prints of a story, and asks of it to know how it stands.
_LISTED = ("kicker", "headline", "language", "state", "confidential", "changed_at", "revision_id", "section__name")


class StoryList(BoundedList):
    """A page of the list, with what readers have of each story, in one query."""

    def get_queryset(self, request: HttpRequest, **options: Any) -> Any:
        """Return the stories with what the list prints of them, and not their texts."""
        return super().get_queryset(request, **options).select_related("section").only(*_LISTED)

    def get_results(self, request: HttpRequest) -> None:
        """Look up the public statuses and the names of the page."""
        super().get_results(request)
        stories = list(self.result_list)
        attach_standings(stories, clock.now())
        attach_names(stories)


def attach_names(articles: list[Any]) -> None:
    """Give each story the `names` in its byline, in one query for all."""
    signed = Byline.objects.filter(article__in=[article.pk for article in articles])
    names: dict[int, list[str]] = {}
    for key, name in signed.values_list("article", "author__name"):
        names.setdefault(key, []).append(name)
    for article in articles:
        article.names = names.get(article.pk, [])


@admin.register(Article)
class ArticleAdmin(WritingPages, CopyPages, VerbPages, HistoryPages, PreviewPages, BundlePages):
    """Find stories, and go to the pages on which they are written and moved."""

    form = StoryColumns
    actions = ("release_together",)
    list_display = ("story", "state_now", "public_now", "section", "names", "changed")
    list_filter = ("state", Public, Mine, "section", "kind", ("language", InUse))
    date_hierarchy = "changed_at"
    search_fields = Article.word_columns
    search_help_text = _(
        "Words of the headline, a name in the byline, a company or its ticker, or a pasted address. Of the newest "
        "3,000 stories also any word of the text, or “a phrase” in quotation marks."
    )
    ordering = ("-changed_at", "-pk")
    autocomplete_fields = ("source", "lead_image", "follows", "translation_of")
    sortable_by = ("changed",)

    @admin.display(description=_("story"))
    def story(self, article: Any) -> Any:
        kicker = format_html('<span class="list-kicker">{}</span> ', article.kicker) if article.kicker else ""
        secret = format_html(' <span class="badge badge-confidential">{}</span>', _("Confidential"))
        return format_html(
            '{}<span class="list-headline" lang="{}" dir="auto">{}</span>{}',
            kicker,
            article.language,
            article,
            secret if article.confidential else "",
        )

    @admin.display(description=_("desk"))
    def state_now(self, article: Any) -> Any:
        return state_badge(article)

    @admin.display(description=_("readers"))
    def public_now(self, article: Any) -> Any:
        return public_badge(article.standing)

    @admin.display(description=_("by"))
    def names(self, article: Any) -> Any:
        return ", ".join(article.names) or "–"

    @admin.display(description=_("changed"), ordering="changed_at")
    def changed(self, article: Any) -> Any:
        return moment(article.changed_at)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out confidential stories that this journalist is none of the people of: everywhere."""
        return super().get_queryset(request).visible_to(request.user)

    def get_changelist(self, request: HttpRequest, **options: Any) -> Any:
        """Use the list that knows public statuses."""
        return StoryList

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find stories by headlines and names; in the list also by the text of the newest."""
        if not search_term.strip():
            return queryset, False
        found = about(queryset, search_term, "pk") if is_choice(request) else stories(request, queryset, search_term)
        return found, False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a story is spiked or withdrawn, never deleted."""
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Give the body its editor, and the embargo the newsroom's zone."""
        if db_field.name == "body":
            return db_field.formfield(widget=body_editor())
        if db_field.name == "embargo_at":
            return InstantField(label=db_field.verbose_name, required=False, help_text=db_field.help_text)
        if db_field.name == "headline":
            return db_field.formfield(widget=StoryColumns.Meta.widgets["headline"])
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # From a story, pictures alone are added and mended on the way.
            field.widget.can_view_related = field.widget.can_delete_related = False
            field.widget.can_change_related &= db_field.name == "lead_image"
            field.widget.can_add_related &= db_field.name == "lead_image"
        return field

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        """Return the form of the columns, with the two fields that are looked up as somebody types."""
        form = super().get_form(request, obj, change, fields=StoryColumns.Meta.fields, **options)
        form.base_fields["people"].widget = ColleagueSelectMultiple(
            Article._meta.get_field("people"), self.admin_site, choices=form.base_fields["people"].choices
        )
        form.base_fields["topics"] = topics_field(self.admin_site)
        return form

    def get_urls(self) -> Any:
        """Add the pages of verbs, revisions, the preview and the bundle."""
        view = self.admin_site.admin_view
        verbs = "|".join(verb.value for verb in QUESTIONS)
        return [
            path("colleagues/", view(find_colleagues), name="articles_article_colleagues"),
            path("topics/", view(find_topics), name="articles_article_topics"),
            path("copy/", view(self.copy_view), name="articles_article_copy_new"),
            path("copy/rule/", view(self.name_rule_view), name="articles_article_rule_new"),
            path("copy/names/", view(self.names_view), name="articles_article_names"),
            path("copy/listings/", view(self.listings_view), name="articles_article_listings"),
            path("copy/statement/", view(self.statement_view), name="articles_article_statement"),
            path("<int:pk>/copy/", view(self.copy_view), name="articles_article_copy"),
            path("<int:pk>/copy/dismiss/", view(self.dismiss_view), name="articles_article_dismiss"),
            path("<int:pk>/copy/rule/", view(self.name_rule_view), name="articles_article_rule"),
            path("release-together/", view(self.together_view), name="articles_article_together"),
            path("<int:pk>/preview/", view(self.preview_view), name="articles_article_preview"),
            path("<int:pk>/revisions/<int:number>/", view(self.revision_view), name="articles_article_revision"),
            re_path(rf"^(?P<pk>[0-9]+)/(?P<verb>{verbs})/$", view(self.verb_view), name="articles_article_verb"),
            *super().get_urls(),
        ]
