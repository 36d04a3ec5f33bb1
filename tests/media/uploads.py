"""Files as journalists and other people might upload them, made on the spot."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

RED, BLUE = (255, 0, 0), (0, 0, 255)
#: Stands in everything that must not get into a kept file.
CANARY = b"canary-of-the-camera"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><title>Hello</title><script>alert(1)</script>"


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB", color: Any = RED) -> Image.Image:
    """Return a picture of one color, its right half blue when it is in full color."""
    image = Image.new(mode, size, color)
    if mode == "RGB":
        image.paste(BLUE, (size[0] // 2, 0, *size))
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return the picture as the bytes of a file of some kind."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> "ContentFile[bytes]":
    """Return bytes as an uploaded file."""
    return ContentFile(content, name=name)


def photo(size: tuple[int, int] = (64, 48), name: str = "photo.jpg", **options: Any) -> "ContentFile[bytes]":
    """Return an uploaded photograph."""
    return upload(encoded(picture(size), **options), name)


def reopened(content: bytes) -> Image.Image:
    """Return the picture in a file's bytes."""
    image = Image.open(BytesIO(content))
    image.load()
    return image


def png_that_claims(width: int, height: int) -> bytes:
    """Return a small PNG file whose header promises a picture of any size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
