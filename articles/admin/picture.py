"""Pictures in the desk's forms: checked on the way in, shown to staff only."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from articles.media.pictures import check_upload
from articles.media.serving import serve
from articles.templatetags.desk import desk_file


class PictureInput(forms.ClearableFileInput):
    """Show the present picture, fetched through the desk, above the place for another one."""

    template_name = "desk/picture_input.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add where staff fetch the present file."""
        context = super().get_context(name, value, attrs)
        context["widget"]["thumbnail"] = desk_file(value.name) if self.is_initial(value) else ""
        return context


def checked_upload(file: Any) -> Any:
    """Return a form's file; raises `ValidationError` when a new one is no sound picture."""
    if isinstance(file, UploadedFile):
        check_upload(file)
    return file


def show_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Hand staff a picture that readers may not have yet."""
    if not request.user.has_perm("articles.view_image"):
        raise PermissionDenied
    return serve(request, name)
