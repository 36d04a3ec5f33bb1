"""The ways into the picture library. Whoever saves a picture or a portrait does it by one of these functions.

`Image.save()`, `Author.save()` and `Person.save()` keep whatever file they are given, as it is; only these functions
clean it and make its renditions. They decode and encode, which takes up to some seconds for a large picture.
"""

from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db.models.fields.files import FieldFile

from articles.media import renditions
from articles.media.pictures import check_upload, prepare, prepare_portrait
from articles.models.author import Author
from articles.models.image import Image
from articles.models.person import Person

if TYPE_CHECKING:
    from newsroom.models import Journalist


def add_picture(
    file: "File[bytes]",
    *,
    title: str,
    alt: str = "",
    caption: str = "",
    credit: str = "",
    by: "Journalist | None" = None,
) -> Image:
    """Add an uploaded file to the library and return its picture.

    Raises `ValidationError` with words for an editor when the file is no sound picture or a text does not fit.
    """
    check_upload(file)
    upload = File(file, name=file.name or "picture")
    image = Image(title=title, file=upload, alt=alt, caption=caption, credit=credit, uploaded_by=by)
    image.full_clean()
    store_picture(image)
    return image


def replace_file(image: Image, file: "File[bytes]") -> None:
    """Give a picture of the library another file; pages that show it show the new one.

    The new file has an address of its own. The old one stays in the store, where the door no longer finds it.
    Raises `ValidationError` like `add_picture()`.
    """
    check_upload(file)
    image.file = File(file, name=file.name or "picture")
    store_picture(image)


def store_picture(image: Image) -> None:
    """Save a picture whose file may be new: clean a new file, make its renditions, then write the row.

    For forms: call it instead of `image.save()`. Raises `ValidationError` like `add_picture()`, so check the upload
    with `articles.media.pictures.check_upload()` while the form is being validated.
    """
    if _is_new(image.file):
        upload = prepare(image.file)
        image.file.save(upload.name or "", upload, save=False)
        image.rendition_widths = renditions.make(image)
    image.save()


def store_portrait(noun: Author | Person) -> None:
    """Save an author or a person whose portrait may be new: a new one is cleaned and cut to a small square.

    For forms: call it instead of `save()`, after `check_upload()`.
    """
    if _is_new(noun.portrait):
        upload = prepare_portrait(noun.portrait)
        noun.portrait.save(upload.name or "", upload, save=False)
    noun.save()


def _is_new(file: FieldFile) -> bool:
    """Say whether a file was assigned but not stored yet, by the mark Django itself goes by."""
    return bool(file) and not getattr(file, "_committed", True)
