"""The picture library at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _

from articles.admin.noun import NounAdmin
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
    search_fields = ("title", "alt", "credit", "caption")
    fields = ("file", "title", "alt", "caption", "credit", "size", "uploaded")
    readonly_fields = ("size", "uploaded")

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

    def get_fields(self, request: HttpRequest, obj: Image | None = None) -> Any:
        """Leave out what a new picture has not got yet."""
        return self.fields if obj else self.fields[:-2]

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
