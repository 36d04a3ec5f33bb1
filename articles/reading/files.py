"""Uploaded files that readers may fetch."""

import json
import re
from datetime import datetime
from functools import lru_cache
from typing import Final

from articles import records
from articles.models.image import rendition_name
from articles.reading.database import rows
from articles.reading.selection import has_stories

_RENDITION = re.compile(r"(?P<stem>.+)\.\d{2,4}\.jpg")
#: What a picture may have been uploaded as; its renditions are JPEG.
_SUFFIXES = ("jpg", "jpeg", "png", "webp", "avif", "gif")
#: One question each whether there is no such file, a secret one or a public one, so that the time tells nothing.
_PORTRAIT: Final = " UNION ALL ".join(
    f"SELECT 1 FROM articles_{noun} x WHERE x.portrait = %s AND x.merged_into_id IS NULL AND {has_stories(noun)}"  # noqa: S608
    for noun in ("author", "person")
)


def media(name: str, at: datetime) -> records.MediaFile | None:
    """Return a file by its storage name while a live story shows it.

    A portrait is shown while a live story has its author's byline or names its person.
    """
    if name.startswith("portraits/"):
        found = bool(rows(_PORTRAIT, (name, *[at] * 5) * 2))
    else:
        names = [name]
        rendition = _RENDITION.fullmatch(name)
        if rendition:
            names += [f"{rendition['stem']}.{suffix}" for suffix in _SUFFIXES]
        pictures = rows(_pictures(len(names)), (*names, *[at] * 5))
        found = any(_has(name, str(file), widths) for file, widths in pictures)
    return records.MediaFile(name) if found else None


@lru_cache
def _pictures(names: int) -> str:
    marks = ", ".join(["%s"] * names)
    return f"""
        SELECT x.file, x.rendition_widths FROM articles_image x WHERE x.file IN ({marks}) AND {has_stories("image")}
    """  # noqa: S608 - texts of this module


def _has(name: str, file: str, widths: str) -> bool:
    return name == file or name in (rendition_name(file, width) for width in json.loads(widths))
