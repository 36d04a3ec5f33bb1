"""Uploaded files that readers may fetch."""

import re
from datetime import datetime

from articles import records
from articles.models import Edition, Image
from articles.reading.nouns import public_authors

_RENDITION = re.compile(r"(?P<stem>.+)\.\d{2,4}\.jpg")
#: What a picture may have been uploaded as; its renditions are JPEG.
_SUFFIXES = ("jpg", "jpeg", "png", "webp", "avif", "gif")


def media(name: str, at: datetime) -> records.MediaFile | None:
    """Return a file by its storage name while a live story shows it, or a live byline's author has it as portrait."""
    if name.startswith("portraits/"):
        return records.MediaFile(name) if public_authors(at).filter(portrait=name).exists() else None
    image = _image(name)
    if image is None or not Edition.objects.live(at).filter(lead_image=image).exists():
        return None
    return records.MediaFile(name)


def _image(name: str) -> Image | None:
    names = [name]
    rendition = _RENDITION.fullmatch(name)
    if rendition:
        names += [f"{rendition['stem']}.{suffix}" for suffix in _SUFFIXES]
    for image in Image.objects.filter(file__in=names):
        if name == image.file.name or name in map(image.rendition_name, image.rendition_widths):
            return image
    return None
