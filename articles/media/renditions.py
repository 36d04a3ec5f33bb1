"""Smaller versions of a picture, for small screens."""

from typing import Final

from django.core.files.base import ContentFile
from PIL.Image import Resampling

from articles.media.pictures import jpeg, read_picture
from articles.models.image import Image

WIDTHS: Final = (480, 960, 1440)
QUALITY: Final = 80


def make(image: Image) -> list[int]:
    """Write the renditions of a stored picture beside it and return their widths in pixels, smallest first.

    A rendition is never wider than the picture. Nothing is written to the database.
    """
    with image.file.open("rb") as file:
        picture, _is_lossless = read_picture(file)
    widths = [width for width in WIDTHS if width <= picture.width]
    storage = image.file.storage
    for width in widths:
        height = max(1, round(picture.height * width / picture.width))
        small = picture.resize((width, height), Resampling.LANCZOS, reducing_gap=3.0)
        name = image.rendition_name(width)
        storage.delete(name)
        storage.save(name, ContentFile(jpeg(small, quality=QUALITY)))
    return widths
