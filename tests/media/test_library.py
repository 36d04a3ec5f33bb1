"""The ways into the picture library: what is stored, and under which names."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.media.library import add_picture, replace_file, store_picture, store_portrait
from articles.models import Author, Image
from tests.media.uploads import HTML, encoded, photo, picture, reopened, upload

pytestmark = pytest.mark.django_db


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def stored_names(image: Image) -> list[str]:
    folder = str(image.file.name).rpartition("/")[0]
    return sorted(default_storage.listdir(folder)[1])


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((479, 300), []),
        ((480, 300), [480]),
        ((1000, 500), [480, 960]),
        ((1600, 900), [480, 960, 1440]),
    ],
)
def test_add_picture_makes_the_renditions_that_are_not_wider_than_the_picture(
    size: tuple[int, int], widths: list[int]
) -> None:
    image = add_picture(photo(size), title="A port", alt="Ships", credit="Photo: Ada Smith")
    image = Image.objects.get(pk=image.pk)
    assert (image.width, image.height) == size
    assert image.rendition_widths == widths
    assert stored_names(image) == sorted(["photo.jpg", *(f"photo.{width}.jpg" for width in widths)])
    for width in widths:
        rendition = reopened(stored(image.rendition_name(width)))
        assert (rendition.format, rendition.info["progressive"]) == ("JPEG", 1)
        assert rendition.size == (width, round(size[1] * width / size[0]))


def test_add_picture_keeps_texts_and_an_address_that_nobody_can_guess() -> None:
    image = add_picture(photo(name="Port of Rotterdam.JPG"), title="A port", alt="Ships", caption="Dawn", credit="Ada")
    assert (image.title, image.alt, image.caption, image.credit) == ("A port", "Ships", "Dawn", "Ada")
    folder, key, name = str(image.file.name).split("/")
    assert (folder, len(key), name) == ("pictures", 12, "port-of-rotterdam.jpg")


def test_add_picture_gives_a_picture_with_transparent_parts_white_renditions() -> None:
    content = encoded(picture((500, 500), "RGBA", (255, 0, 0, 0)), "PNG")
    image = add_picture(upload(content, "logo.png"), title="Logo")
    assert stored_names(image) == ["logo.480.jpg", "logo.png"]
    assert reopened(stored(image.rendition_name(480))).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("file", [upload(HTML), ContentFile(b"")])
def test_add_picture_refuses_what_is_no_picture_and_stores_nothing(file: "ContentFile[bytes]") -> None:
    with pytest.raises(ValidationError):
        add_picture(file, title="A page")
    assert not Image.objects.exists()
    assert not default_storage.exists("pictures")


def test_add_picture_refuses_a_title_that_does_not_fit() -> None:
    with pytest.raises(ValidationError) as caught:
        add_picture(photo(), title="")
    assert list(caught.value.message_dict) == ["title"]
    assert not default_storage.exists("pictures")


def test_replace_file_gives_the_picture_a_new_address_and_new_renditions() -> None:
    image = add_picture(photo((1000, 500)), title="A port")
    before = image.file.name
    replace_file(image, photo((600, 300)))
    image = Image.objects.get()
    assert image.file.name != before
    assert (image.width, image.height, image.rendition_widths) == (600, 300, [480])
    assert stored_names(image) == ["photo.480.jpg", "photo.jpg"]


def test_store_picture_leaves_a_file_alone_that_is_stored_already() -> None:
    image = add_picture(photo((600, 300)), title="A port")
    before = stored(str(image.file.name))
    image = Image.objects.get()
    image.alt = "Ships"
    store_picture(image)
    after = Image.objects.get()
    assert (after.alt, after.file.name, after.rendition_widths) == ("Ships", image.file.name, [480])
    assert stored(str(after.file.name)) == before


def test_store_portrait_keeps_a_small_square() -> None:
    author = Author(name="Ada Smith", portrait=photo((1200, 900), "Ada.png"))
    store_portrait(author)
    author = Author.objects.get()
    assert str(author.portrait.name).startswith("portraits/")
    assert reopened(stored(str(author.portrait.name))).size == (480, 480)
    author.bio = "Covers ports."
    store_portrait(author)
    assert Author.objects.get().portrait.name == author.portrait.name


def test_store_portrait_saves_an_author_without_one() -> None:
    store_portrait(Author(name="Ada Smith"))
    assert not Author.objects.get().portrait
