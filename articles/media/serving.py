"""Hand a file of the private media store to somebody who may have it: to readers by way of the door, or to the desk."""

import logging
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date

logger = logging.getLogger(__name__)

#: What a browser may show, by the end of the name. Anything else is only ever saved, never opened on this site.
CONTENT_TYPES: Final = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
}
#: Even a file that is not what it says can then run nothing and reach nothing.
HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def serve(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer a GET or HEAD with the stored file `name`, or with 304 when the client has it already.

    The caller has decided that this person may have it. Caches must ask again every time, because a withdrawal has to
    take effect at once. With MEDIA_ACCEL set the web server in front sends the file, and parts of it.
    Raises `Http404` where the store has no such file.
    """
    try:
        changed_at = int(default_storage.get_modified_time(name).timestamp())
        # A name is used once, so time and size tell one state of a file from another. nginx writes it the same way.
        etag = f'"{changed_at:x}-{default_storage.size(name):x}"'
        response = get_conditional_response(request, etag, changed_at) or _whole(name)
    except (OSError, SuspiciousOperation, ValueError) as problem:
        logger.warning("%r is not in the media store: %s", name, problem)
        raise Http404 from problem
    for header, value in HEADERS.items():
        response.headers[header] = value
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(changed_at)
    return response


def _whole(name: str) -> HttpResponseBase:
    content_type = CONTENT_TYPES.get(PurePosixPath(name).suffix.lower())
    is_attachment = content_type is None
    content_type = content_type or "application/octet-stream"
    if not settings.MEDIA_ACCEL:
        return FileResponse(default_storage.open(name, "rb"), as_attachment=is_attachment, content_type=content_type)
    response = HttpResponse(content_type=content_type)
    response.headers["X-Accel-Redirect"] = settings.MEDIA_ACCEL + quote(name)
    response.headers["Content-Disposition"] = content_disposition_header(is_attachment, PurePosixPath(name).name) or ""
    return response
