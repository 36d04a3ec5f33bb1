"""What fragments were rendered by: the same text exactly while templates, code and settings are the same."""

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from django import get_version
from django.conf import settings
from django.templatetags.static import static

from articles.rendering.opengraph import CARD
from articles.rendering.prices import SCRIPT
from articles.rendering.structured_data import LOGO

_ARTICLES: Final = Path(__file__).resolve().parent.parent
#: Folders of code that decides what a fragment looks like.
_CODE: Final = ("markets", "models", "printing", "records", "rendering", "templatetags", "text")
_FILES: Final = ("paths.py", "states.py")
#: The libraries, as locked.
_LOCK: Final = "uv.lock"
_TEMPLATES: Final = ("components", "pages")


def version() -> str:
    """Return the version of what renders fragments."""
    return _version(settings.NEWSROOM_NAME, settings.SITE_URL, settings.LANGUAGE_CODE, settings.TIME_ZONE)


@lru_cache(maxsize=8)
def _version(*printed: str) -> str:
    digest = blake2b(digest_size=8)
    for text in (*printed, static(CARD[0]), static(LOGO), static(SCRIPT), _source_digest()):
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _source_digest() -> str:
    folders = [(_ARTICLES / name, "*.py") for name in _CODE]
    folders += [(Path(settings.BASE_DIR) / "templates" / name, "*.html") for name in _TEMPLATES]
    files = [_ARTICLES / name for name in _FILES]
    files += sorted(file for folder, pattern in folders for file in folder.rglob(pattern))
    digest = blake2b(get_version().encode())
    for file in filter(Path.is_file, [*files, Path(settings.BASE_DIR) / _LOCK]):
        digest.update(f"{file.parent.name}/{file.name}\0".encode() + file.read_bytes())
    return digest.hexdigest()
