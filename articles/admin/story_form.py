"""Everything the page of a story asks for, as one form that ends in one save."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from articles.admin.colleagues import colleagues
from articles.admin.rows import KINDS, rows_for
from articles.admin.topics_field import chosen_topics
from articles.models import CONTENT_FIELDS, Article, Topic
from articles.quality import Problem

if TYPE_CHECKING:
    from articles.admin.article import ArticleAdmin

#: Columns of a story that its form asks for.
COLUMNS = tuple(name for name in CONTENT_FIELDS if name != "public_key")
#: Keys to other stories. Where a writer cannot see the other story, the form shows nothing and keeps the key.
STORY_KEYS = ("follows", "translation_of")


class StoryColumns(forms.ModelForm):
    """The columns of a story, its topics, and who may know of it."""

    people = forms.ModelMultipleChoiceField(
        colleagues(),
        label=gettext_lazy("people"),
        required=False,
        help_text=gettext_lazy("They and whoever began the story see it. You stay among them."),
    )

    class Meta:
        model = Article
        fields = (*COLUMNS, "confidential")
        # A headline is one line, and it wraps.
        widgets = {"headline": forms.Textarea(attrs={"rows": 1, "data-one-line": ""})}

    def _post_clean(self) -> None:
        """Ask the columns' own validators, so that all problems show at once. The verb cleans and checks the rest."""
        for name in COLUMNS:
            field = Article._meta.get_field(name)
            try:
                if field.remote_field is None and name != "body" and self.cleaned_data.get(name):
                    field.run_validators(self.cleaned_data[name])
            except ValidationError as problem:
                self.add_error(name, problem)

    def clean_confidential(self) -> bool:
        """Return whether only the named people may know of the story."""
        return bool(self.cleaned_data["confidential"])


class StoryForm:
    """The columns and the lists of a story, bound to what was posted or showing `content`."""

    def __init__(
        self,
        admin: "ArticleAdmin",
        request: HttpRequest,
        article: Article | None,
        content: dict[str, Any],
        data: Any = None,
    ) -> None:
        """Show `content`, or what is in `data`."""
        self.request = request
        self.article = article
        self.before = content
        form_class = admin.get_form(request, article, change=article is not None)
        people = list(article.people.values_list("pk", flat=True)) if article else []
        initial = {name: content[name] for name in COLUMNS}
        topics = Topic.objects.in_bulk(content["topics"])
        initial |= {"people": people, "topics": [topics[pk].name for pk in content["topics"] if pk in topics]}
        # Without an instance: all that the form shows is in `initial`, and it stores nothing.
        self.columns = form_class(data, initial=initial)
        self.columns.fields["topics"].widget.may_add = request.user.has_perm("articles.add_topic")
        self.rows = {
            kind.name: rows_for(
                kind,
                admin_site=admin.admin_site,
                request=request,
                article=article,
                initial=content[kind.name],
                data=data,
            )
            for kind in KINDS
        }

    @property
    def media(self) -> forms.Media:
        """The scripts and styles of all widgets."""
        media: forms.Media = self.columns.media
        for rows in self.rows.values():
            media += rows.empty_form.media
        return media

    def is_valid(self) -> bool:
        """Check everything, so that all problems show at once."""
        return all([self.columns.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def content(self) -> dict[str, Any]:
        """Return what was typed as a story's content. Makes new topics: call it in the transaction of the save."""
        cleaned = self.columns.cleaned_data
        content = {name: _plain(cleaned[name]) for name in COLUMNS}
        content |= {name: rows.content() for name, rows in self.rows.items()}
        content["topics"] = chosen_topics(cleaned["topics"])
        return content | self._out_of_sight(content)

    @property
    def confidential(self) -> bool | None:
        """Whether the story is confidential now, or None where nothing about it was changed."""
        if {"confidential", "people"} & set(self.columns.changed_data):
            return bool(self.columns.cleaned_data["confidential"])
        return None

    @property
    def people(self) -> Any:
        """Who may know of a confidential story, or None where that was not changed."""
        return self.columns.cleaned_data["people"] if self.confidential is not None else None

    def refuse(self, problems: list[Problem]) -> None:
        """Show problems that a verb has found, each where its words were typed."""
        for problem in problems:
            field = problem.field if problem.field in self.columns.fields else None
            self.columns.add_error(field, problem.message)

    @property
    def problems(self) -> list[dict[str, str]]:
        """Everything to mend, with the anchors of the places; empty before the form is posted."""
        if not self.columns.is_bound:
            return []
        found = [
            {"anchor": f"id_{name}", "label": str(capfirst(self.columns.fields[name].label)), "message": message}
            for name, messages in self.columns.errors.items()
            if name in self.columns.fields
            for message in messages
        ]
        for name, rows in self.rows.items():
            messages = [message for form in rows.forms for problem in form.errors.values() for message in problem]
            found += [
                {"anchor": f"rows-{name}", "label": str(rows.kind.title), "message": message} for message in messages
            ]
        return found

    def _out_of_sight(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return the keys to stories this writer cannot see, which a save leaves as they are."""
        keys = {self.before[name] for name in STORY_KEYS} | set(self.before["related"])
        visible = Article.objects.visible_to(self.request.user)
        hidden = keys - {None} - set(visible.filter(pk__in=keys - {None}).values_list("pk", flat=True))
        kept: dict[str, Any] = {
            name: self.before[name] for name in STORY_KEYS if content[name] is None and self.before[name] in hidden
        }
        related = [pk for pk in self.before["related"] if pk in hidden]
        return kept | ({"related": content["related"] + related} if related else {})


def _plain(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value
