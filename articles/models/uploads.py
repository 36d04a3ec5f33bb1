"""Names of uploaded files in the private media store. The door decides who may fetch them."""

import secrets
from pathlib import PurePath

from django.db import models

from articles.paths import KEY_ALPHABET
from articles.text.slugs import make_slug


def random_key(length: int = 8) -> str:
    """Return a random key of readable characters, for public addresses and file names."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(length))


def picture_name(_instance: models.Model, filename: str) -> str:
    """Return the storage name of an uploaded picture: a folder that cannot be guessed, a readable file name."""
    return _name("pictures", filename)


def portrait_name(_instance: models.Model, filename: str) -> str:
    """Return the storage name of an uploaded portrait."""
    return _name("portraits", filename)


def _name(folder: str, filename: str) -> str:
    path = PurePath(filename)
    stem = make_slug(path.stem, 60) or "file"
    return f"{folder}/{random_key(12)}/{stem}{path.suffix.lower()}"
