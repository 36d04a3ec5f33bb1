"""Pictures of live stories and portraits of their authors."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponseBase

from articles import reading
from articles.media.serving import serve
from articles.public import cdn, responses
from articles.public.instant import at_one_instant


@at_one_instant(kept=False)
def media(request: HttpRequest, at: datetime, name: str) -> HttpResponseBase:
    """Answer with an uploaded file while something public shows it.

    A file of an unpublished story gets the answer of an address that never was.
    """
    file = reading.media(name, at) if "\0" not in name else None
    if file is None:
        return responses.not_found(request, at)
    try:
        return cdn.tag(serve(request, file.name), *cdn.file(file.name))
    except Http404:
        return responses.not_found(request, at)
