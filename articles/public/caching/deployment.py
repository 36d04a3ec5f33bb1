"""What a page is made by: a different program makes different pages, even of the same news."""

import sys
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import django
from django.conf import settings
from django.core.signals import setting_changed

_ROOT: Final = Path(__file__).resolve().parents[3]
#: Settings that may differ from node to node of one site, and that no page prints.
_OF_A_NODE: Final = frozenset(
    {"CACHE_MEMORY", "CACHE_URL", "DATABASES", "LOGGING", "MEDIA_ROOT", "RESPONSE_CACHE", "SHOW_STAMP", "STATIC_ROOT"}
    # What the desk edits with, and whom the poller asks.
    | {"DJANGO_PROSE_EDITOR_EXTENSIONS", "QUOTE_KEYS", "QUOTE_PROVIDERS"}
)


def deployment() -> str:
    """Return a short text that is the same for all processes whose pages are the same.

    It is made of the code, the templates, the locked libraries, the names of static files, and the settings; of
    secrets nothing can be read in it.
    """
    return _digest()


@cache
def _digest() -> str:
    digest = sha256(_files().encode())
    for name in sorted(dir(settings)):
        if name.isupper() and name not in _OF_A_NODE:
            digest.update(f"{name}={getattr(settings, name, None)!r}\n".replace(str(_ROOT), "").encode())
    return digest.hexdigest()[:20]


@cache
def _files() -> str:
    digest = sha256(f"{django.get_version()} {sys.version}".encode())
    files = [*_ROOT.glob("articles/**/*.py"), *_ROOT.glob("newsroom/**/*.py"), *_ROOT.glob("templates/**/*")]
    for file in [*sorted(files), _ROOT / "uv.lock", Path(settings.STATIC_ROOT) / "staticfiles.json"]:
        if file.is_file():
            digest.update(f"{file.name} ".encode() + sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _forget(**_: Any) -> None:
    _digest.cache_clear()


setting_changed.connect(_forget, dispatch_uid="articles.public.caching.deployment")
