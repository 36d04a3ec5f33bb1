"""What may be uploaded, and what is kept of it."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from articles.media import pictures
from articles.media.pictures import DAMAGED, NO_PICTURE, TOO_LARGE, check_upload, prepare, prepare_portrait
from tests.media.uploads import (
    BLUE,
    CANARY,
    HTML,
    RED,
    SVG,
    encoded,
    photo,
    picture,
    png_that_claims,
    reopened,
    upload,
)

GPS, ORIENTATION, DESCRIPTION = 0x8825, 0x0112, 0x010E
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def refusal(content: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(ValidationError) as caught:
        check_upload(upload(content, name))
    with pytest.raises(ValidationError) as again:
        prepare(upload(content, name))
    assert again.value.messages == caught.value.messages
    (message,) = caught.value.messages
    return message


def is_near(pixel: object, color: tuple[int, ...], by: int = 12) -> bool:
    assert isinstance(pixel, tuple)
    return len(pixel) == len(color) and all(abs(a - b) <= by for a, b in zip(pixel, color, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_check_upload_accepts_the_formats_of_pictures(kind: str) -> None:
    file = upload(encoded(picture(), kind))
    check_upload(file)
    assert file.tell() == 0


@pytest.mark.parametrize("content", [SVG, HTML, b"", b"\xff\xd8\xff", b"GIF89a", encoded(picture(), "BMP")])
def test_check_upload_refuses_what_is_no_picture_whatever_its_name(content: bytes) -> None:
    assert refusal(content) == str(NO_PICTURE)


@pytest.mark.parametrize("kind", ["TIFF", "ICO", "PPM", "PDF"])
def test_check_upload_refuses_formats_that_no_reader_needs(kind: str) -> None:
    assert refusal(encoded(picture((32, 32)), kind)) == str(NO_PICTURE)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("JPEG", DAMAGED), ("PNG", DAMAGED), ("GIF", DAMAGED), ("WEBP", NO_PICTURE), ("AVIF", NO_PICTURE)],
)
def test_check_upload_refuses_a_truncated_file(kind: str, reason: object) -> None:
    content = encoded(Image.effect_noise((400, 300), 80).convert("RGB"), kind)
    assert refusal(content[: len(content) // 2]) == str(reason)


@pytest.mark.parametrize(
    "size",
    [
        (8000, 7000),  # more than the limit, and nothing Pillow would mention
        (10_000, 10_000),  # Pillow only warns
        (20_000, 20_000),  # Pillow refuses
        (16_001, 100),
    ],
)
def test_check_upload_refuses_a_decompression_bomb_before_decoding_it(size: tuple[int, int]) -> None:
    assert refusal(png_that_claims(*size), "bomb.png") == str(TOO_LARGE)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_check_upload_refuses_a_bomb_that_pillow_only_warns_of() -> None:
    assert refusal(png_that_claims(10_000, 10_000)) == str(TOO_LARGE)


def test_check_upload_refuses_a_heavy_file_and_says_how_heavy() -> None:
    content = encoded(picture()) + b"\0" * pictures.MAX_BYTES
    assert refusal(content) == (
        "This file has 25.0\xa0MB; the limit is 25.0\xa0MB. Export it smaller, as JPEG for instance."
    )


def test_prepare_keeps_nothing_but_the_picture() -> None:
    exif = Image.Exif()
    exif[DESCRIPTION] = CANARY.decode()
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (51.0, 30.0, 26.0)
    content = encoded(picture(), exif=exif, comment=CANARY, icc_profile=SRGB, xmp=CANARY) + HTML + CANARY
    assert content.count(CANARY) == 4
    assert reopened(content).getexif().get_ifd(GPS) != {}

    kept = prepare(upload(content)).read()

    assert CANARY not in kept
    assert b"<script>" not in kept
    assert dict(reopened(kept).getexif()) == {}
    assert {str(key).partition("_")[0] for key in reopened(kept).info} == {"jfif", "progressive", "progression"}


def test_prepare_keeps_no_text_of_a_png() -> None:
    from PIL.PngImagePlugin import PngInfo

    texts = PngInfo()
    texts.add_text("Comment", CANARY.decode())
    exif = Image.Exif()
    exif[DESCRIPTION] = CANARY.decode()
    content = encoded(picture(), "PNG", pnginfo=texts, exif=exif, icc_profile=SRGB)
    assert content.count(CANARY) == 2
    kept = prepare(upload(content, "chart.png"))
    assert kept.name == "chart.png"
    assert CANARY not in kept.read()
    assert reopened(kept.open().read()).info == {}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_prepare_turns_a_rotated_photograph_upright(kind: str) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was held so that the first row of the file is the right edge
    kept = reopened(prepare(upload(encoded(picture((64, 48)), kind, exif=exif))).read())
    assert kept.size == (48, 64)
    assert is_near(kept.getpixel((24, 4)), RED)
    assert is_near(kept.getpixel((24, 60)), BLUE)
    assert ORIENTATION not in kept.getexif()


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_prepare_keeps_a_photograph_whose_exif_is_broken() -> None:
    content = encoded(picture(), exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff")
    assert reopened(prepare(upload(content)).read()).size == (64, 48)


def test_prepare_turns_the_colors_of_a_printer_into_those_of_a_screen() -> None:
    content = encoded(picture(mode="CMYK", color=(0, 255, 255, 0)))
    kept = reopened(prepare(upload(content)).read())
    assert kept.mode == "RGB"
    assert is_near(kept.getpixel((10, 10)), RED)


@pytest.mark.parametrize("profile", [SRGB, b"no profile at all"])
def test_prepare_applies_a_color_profile_or_does_without(profile: bytes) -> None:
    kept = reopened(prepare(upload(encoded(picture(), icc_profile=profile))).read())
    assert "icc_profile" not in kept.info
    assert is_near(kept.getpixel((10, 10)), RED)


def test_prepare_keeps_the_transparent_parts_of_a_palette_picture() -> None:
    image = Image.new("P", (20, 20), 0)
    image.putpalette([0, 0, 255, 255, 0, 0])
    image.paste(1, (10, 0, 20, 20))
    kept = prepare(upload(encoded(image, "GIF", transparency=0), "logo.gif"))
    assert kept.name == "logo.png"
    result = reopened(kept.read())
    assert (result.format, result.mode) == ("PNG", "RGBA")
    assert result.getpixel((15, 5)) == (255, 0, 0, 255)
    assert result.getpixel((5, 5)) == (0, 0, 255, 0)


def test_prepare_drops_an_alpha_channel_without_a_transparent_pixel() -> None:
    content = encoded(picture(mode="RGBA", color=(255, 0, 0, 255)), "PNG")
    assert reopened(prepare(upload(content)).read()).mode == "RGB"


def test_prepare_keeps_a_transparent_webp_as_png_and_an_opaque_one_as_jpeg() -> None:
    transparent = encoded(picture(mode="RGBA", color=(255, 0, 0, 128)), "WEBP", lossless=True)
    assert prepare(upload(transparent, "a.webp")).name == "a.png"
    assert prepare(upload(encoded(picture(), "WEBP"), "b.webp")).name == "b.jpg"


def test_prepare_names_a_file_as_what_it_is() -> None:
    assert prepare(photo(name="holiday.html")).name == "holiday.jpg"
    assert prepare(ContentFile(encoded(picture()))).name == "picture.jpg"


def test_prepare_keeps_the_levels_of_a_sixteen_bit_picture() -> None:
    kept = reopened(prepare(upload(encoded(Image.new("I;16", (8, 8), 40_000), "PNG"))).read())
    assert kept.getpixel((4, 4)) == (156, 156, 156)


def test_prepare_keeps_the_first_frame_of_an_animation() -> None:
    frames = [Image.new("RGB", (10, 10), color) for color in (RED, BLUE)]
    for kind in ("GIF", "WEBP", "PNG"):
        content = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        assert getattr(reopened(content), "n_frames", 1) == 2
        kept = reopened(prepare(upload(content)).read())
        assert getattr(kept, "n_frames", 1) == 1
        assert is_near(kept.getpixel((5, 5)), RED)


def test_prepare_accepts_the_double_pictures_of_phones() -> None:
    content = encoded(picture(), "MPO", save_all=True, append_images=[picture((32, 32))])
    assert reopened(content).format == "MPO"
    assert reopened(prepare(upload(content)).read()).size == (64, 48)


def test_prepare_portrait_cuts_a_square_from_the_middle() -> None:
    image = Image.new("RGB", (1000, 600), BLUE)
    image.paste(RED, (300, 100, 700, 500))
    kept = prepare_portrait(upload(encoded(image), "Ada.png"))
    assert kept.name == "Ada.jpg"
    result = reopened(kept.read())
    assert (result.format, result.size) == ("JPEG", (480, 480))
    assert is_near(result.getpixel((240, 240)), RED)
    assert is_near(result.getpixel((4, 4)), BLUE)


def test_prepare_portrait_never_blows_a_small_picture_up() -> None:
    assert reopened(prepare_portrait(photo((200, 120))).read()).size == (120, 120)


def test_prepare_portrait_gives_transparent_parts_a_white_ground() -> None:
    content = encoded(picture(mode="RGBA", color=(255, 0, 0, 0)), "PNG")
    assert is_near(reopened(prepare_portrait(upload(content)).read()).getpixel((10, 10)), (255, 255, 255))
