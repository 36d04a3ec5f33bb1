"""The picture library at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _

from articles import rules
from articles.admin.finding import first_of_all, newest
from articles.admin.noun import NounAdmin, is_choice
from articles.admin.picture import PictureInput, checked_upload, show_file
from articles.media.library import store_picture
from articles.models import Image
from articles.templatetags.desk import in_full, moment, small_file, thumbnail


class ImageForm(forms.ModelForm):
    """A picture whose file is checked as a whole before it is kept."""

    file = forms.FileField(
        label=_("File"),
        widget=PictureInput,
        help_text=_("JPEG, PNG, WebP, AVIF or GIF. Where and with what it was taken is removed from the file."),
    )

    def clean(self) -> Any:
        """Refuse to take away what a picture before readers must have."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("alt", "credit"):
            if not cleaned.get(name) and name in self.fields and self.instance.pk and rules.is_released(self.instance):
                self.add_error(name, _("Stories with this picture are released, so this cannot be empty."))
        return cleaned

    def clean_file(self) -> Any:
        """Refuse what is no sound picture."""
        return checked_upload(self.cleaned_data["file"])


class Lacking(admin.SimpleListFilter):
    """Find the pictures that no story can be released with."""

    title = _("what is missing")
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("alt", _("alternative text")), ("credit", _("credit"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(**{self.value(): ""}) if self.value() in ("alt", "credit") else queryset


@admin.register(Image)
class ImageAdmin(NounAdmin):
    """Upload pictures and say what they show and who made them."""

    form = ImageForm
    list_display = ("small", "title", "alt", "credit", "uploaded_by", "when")
    list_display_links = ("small", "title")
    list_filter = (Lacking,)
    list_select_related = ("uploaded_by",)
    date_hierarchy = "uploaded_at"
    search_fields = Image.word_columns
    search_help_text = _("Words of the title or the credit; of the newest 3,000 pictures also of their other texts.")
    sortable_by = ("when",)
    fields = ("file", "title", "alt", "caption", "credit", "size", "uploaded")
    readonly_fields = ("size", "uploaded", "locked")

    @admin.display(description=_("picture"))
    def small(self, image: Image) -> Any:
        return thumbnail(image) or "–"

    @admin.display(description=_("uploaded"), ordering="uploaded_at")
    def when(self, image: Image) -> Any:
        return moment(image.uploaded_at)

    @admin.display(description=_("size"))
    def size(self, image: Image) -> str:
        return _("%(width)d × %(height)d pixels") % {"width": image.width, "height": image.height}

    @admin.display(description=_("uploaded"))
    def uploaded(self, image: Image) -> str:
        return f"{image.uploaded_by or '–'}, {in_full(image.uploaded_at)}"

    @admin.display(description=_("why it cannot be changed here"))
    def locked(self, image: Image) -> Any:
        return _("It stands in a released story, so readers would see the change. Ask a publisher for it.")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find pictures by title and credit, the newest also by what they show."""
        found, _may_repeat = super().get_search_results(request, queryset, search_term)
        if is_choice(request) or not search_term.strip():
            return found, False
        recent = newest(queryset, "uploaded_at")
        for word in search_term.split():
            recent = recent.filter(Q(alt__icontains=word) | Q(caption__icontains=word) | Q(title__icontains=word))
        return first_of_all(request, queryset, found, recent), False

    def get_fields(self, request: HttpRequest, obj: Image | None = None) -> Any:
        """Leave out what a new picture has not got yet, and say why one that readers have is only shown."""
        if obj is None:
            return self.fields[:-2]
        is_locked = self.has_change_permission(request) and not self.has_change_permission(request, obj)
        return ("locked", *self.fields) if is_locked else self.fields

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Leave a picture that readers see to those who may correct what readers see."""
        may: bool = super().has_change_permission(request, obj)
        return may and (obj is None or rules.may_change_picture(request.user, obj))

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        """Save by way of the picture library, which cleans a new file and makes its smaller versions."""
        if not change:
            obj.uploaded_by = request.user
        store_picture(obj)

    def get_urls(self) -> Any:
        """Add the files themselves, and what a form asks to show the picture just chosen."""
        view = self.admin_site.admin_view
        return [
            path("file/<path:name>", view(show_file), name="articles_image_file"),
            path("<int:pk>/card/", view(self.card), name="articles_image_card"),
            *super().get_urls(),
        ]

    def card(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Answer with what the story form shows of a picture."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        image = get_object_or_404(Image, pk=pk)
        return JsonResponse(
            {"src": small_file(image), "alt": image.alt, "credit": image.credit, "caption": image.caption}
        )
