"""Uploaded pictures: refused with a word of advice, or encoded anew so that only the picture is kept.

What an upload carries beside its pixels goes: the place it was taken, the camera's serial number, comments, and
whatever else could be hidden in a file that opens as a picture and as something else.
"""

from io import BytesIO
from pathlib import PurePath
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

#: Decoders that an upload may reach, by Pillow's names. SVG is a program, not a picture.
FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
#: Formats whose pixels are kept exactly: charts and screenshots, mostly.
LOSSLESS: Final = ("PNG", "GIF")
MAX_BYTES: Final = 25 * 1024 * 1024
#: Below the size at which Pillow warns of a decompression bomb, so what it only warns of is refused here.
MAX_PIXELS: Final = 50_000_000
MAX_SIDE: Final = 16_000
WHITE: Final = (255, 255, 255)
_SRGB: Final = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))

NO_PICTURE = _("This file is no picture that we can print. Save it as JPEG, PNG, WebP or AVIF and upload that.")
DAMAGED = _("This picture is damaged or incomplete. Ask for it again, or export it anew, and upload the new file.")
TOO_HEAVY = _("This file has %(size)s; the limit is %(limit)s. Export it smaller, as JPEG for instance.")
TOO_LARGE = _("This picture is too large to open safely. Make it smaller: 6000 pixels on the longer side are enough.")


def check_upload(file: "File[bytes]") -> None:
    """Refuse a file that is no sound picture. Raises `ValidationError` with words for an editor.

    The whole picture is decoded, so a truncated file is refused too. The file is left at its beginning.
    """
    read_picture(file)


def prepare(file: "File[bytes]") -> "ContentFile[bytes]":
    """Return the picture to keep for an upload: upright, in sRGB, without metadata, named as what it is.

    The result is a JPEG, or a PNG where the upload was lossless or has transparent parts; of an animation, the first
    frame. Raises `ValidationError` like `check_upload()`.
    """
    picture, is_lossless = read_picture(file)
    stem = PurePath(file.name or "").stem or "picture"
    if is_lossless or picture.mode == "RGBA":
        out = BytesIO()
        picture.save(out, "PNG")
        return ContentFile(out.getvalue(), name=f"{stem}.png")
    return ContentFile(jpeg(picture, quality=90), name=f"{stem}.jpg")


def prepare_portrait(file: "File[bytes]", side: int = 480) -> "ContentFile[bytes]":
    """Return a square JPEG of at most `side` pixels from the middle of an upload, cleaned like `prepare()` does."""
    picture, _is_lossless = read_picture(file)
    side = min(side, *picture.size)
    stem = PurePath(file.name or "").stem or "portrait"
    return ContentFile(jpeg(ImageOps.fit(picture, (side, side)), quality=85), name=f"{stem}.jpg")


def jpeg(picture: Image.Image, *, quality: int) -> bytes:
    """Return the picture as a progressive JPEG; transparent parts turn white."""
    if picture.mode == "RGBA":
        page = Image.new("RGB", picture.size, WHITE)
        page.paste(picture, mask=picture.getchannel("A"))
        picture = page
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
    return out.getvalue()


def read_picture(file: "File[bytes]") -> tuple[Image.Image, bool]:
    """Return a file's picture, upright, in sRGB, as RGB or RGBA and without metadata; and whether it was lossless.

    Raises `ValidationError` with words for an editor. The file is left at its beginning.
    """
    if file.size > MAX_BYTES:
        sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(MAX_BYTES)}
        raise ValidationError(TOO_HEAVY, code="too_heavy", params=sizes)
    file.seek(0)
    try:
        with _opened(file) as picture:
            is_lossless = picture.format in LOSSLESS
            return _decoded(picture), is_lossless
    finally:
        file.seek(0)


def _opened(file: "File[bytes]") -> Image.Image:
    try:
        picture = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise ValidationError(TOO_LARGE, code="too_large") from None
    except Exception as problem:  # decoders raise whatever they stumble over: struct.error, IndexError, SyntaxError
        raise ValidationError(NO_PICTURE, code="no_picture") from problem
    width, height = picture.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        picture.close()
        raise ValidationError(TOO_LARGE, code="too_large")
    return picture


def _decoded(picture: Image.Image) -> Image.Image:
    try:
        picture.load()
        picture = _in_srgb(ImageOps.exif_transpose(picture))
    except Exception as problem:  # see _opened()
        raise ValidationError(DAMAGED, code="damaged") from problem
    # Savers copy some of this into the new file: comments, colour profiles.
    picture.info = {}
    return picture


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):
        # Sixteen bits of grey, which a plain conversion would clip to white.
        picture = picture.point(lambda level: level / 256).convert("L")
    is_transparent = picture.has_transparency_data
    if picture.mode not in {"RGB", "RGBA", "L", "CMYK"} or (is_transparent and picture.mode != "RGBA"):
        picture = picture.convert("RGBA" if is_transparent else "RGB")
    if profile:
        picture = _translated(picture, profile)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        return picture.convert("RGB")
    return picture if picture.mode in {"RGB", "RGBA"} else picture.convert("RGB")


def _translated(picture: Image.Image, profile: bytes) -> Image.Image:
    """Return the picture with its colours in sRGB, or as it is where its profile is broken or of another kind."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, _SRGB, outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture
