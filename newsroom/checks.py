"""What the settings must hold together before the site may start; one finding says one variable and why."""

import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.checks import Warning as Advice
from django.db import Error as DatabaseError
from django.http.request import validate_host

from articles.reading import database, replicas
from newsroom.environment import refusal

TAG = "newsroom"


@register(TAG)
def check_site_url_is_answered(**_: Any) -> list[CheckMessage]:
    """Find a SITE_URL that the site itself would answer with 400."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    if not settings.ALLOWED_HOSTS and settings.DEBUG:
        return []
    if validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        return []
    return [Error(f"ALLOWED_HOSTS lacks {host}, the host of SITE_URL. Add it.", id="newsroom.E001")]


@register(TAG)
def check_protection_fits_site_url(**_: Any) -> list[CheckMessage]:
    """Find protection that is off on https, or on where http makes it lock everybody out."""
    is_https = settings.SITE_URL.startswith("https:")
    found: list[CheckMessage] = []
    if is_https and not settings.SESSION_COOKIE_SECURE:
        why = "SECURE_COOKIES is off although SITE_URL is https: a login could be read on the way. Switch it on."
        found.append(Error(why, id="newsroom.E002"))
    if not is_https and settings.SECURE_SSL_REDIRECT:
        why = "SECURE_SSL_REDIRECT is on although SITE_URL is http: nobody could open a page. Switch it off."
        found.append(Error(why, id="newsroom.E003"))
    return found


@register(TAG)
def check_pictures_are_private(**_: Any) -> list[CheckMessage]:
    """Find a MEDIA_ROOT inside a folder that everybody may read, or around one."""
    media = Path(settings.MEDIA_ROOT).resolve()
    static = [Path(folder).resolve() for folder in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS)]
    if any(media.is_relative_to(folder) or folder.is_relative_to(media) for folder in static):
        why = f"MEDIA_ROOT ({media}) and the static files share a folder, so unpublished pictures would be public."
        return [Error(why, hint="Set MEDIA_ROOT to a folder of its own.", id="newsroom.E004")]
    return []


@register(TAG)
def check_folders_can_be_written(**_: Any) -> list[CheckMessage]:
    """Find folders for pictures and for the SQLite file that cannot be written to."""
    folders = {"MEDIA_ROOT": Path(settings.MEDIA_ROOT)}
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3") and not is_in_memory(str(database["NAME"])):
        folders["DATABASE_URL"] = Path(database["NAME"]).parent
    return [
        Error(f"{name} needs a folder that can be written to: {folder} is none.", id="newsroom.E005")
        for name, folder in folders.items()
        if not _can_be_written(folder)
    ]


@register(TAG, deploy=True)
def check_static_files_are_collected(**_: Any) -> list[CheckMessage]:
    """Find a STATIC_ROOT without the manifest that every page looks its style sheets up in."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if settings.DEBUG or manifest.exists():
        return []
    why = f"STATIC_ROOT ({settings.STATIC_ROOT}) holds no collected files, so every page would fail."
    return [Error(why, hint="Run: manage.py collectstatic", id="newsroom.E006")]


@register(Tags.database)
def check_replicas_follow(databases: Collection[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Find databases of DATABASE_REPLICA_URLS that follow no primary; asked for by `check --database replica1`."""
    found: list[CheckMessage] = []
    for alias in sorted(set(databases or ()) & set(replicas.aliases())):
        try:
            follows = database.rows("SELECT pg_is_in_recovery()", alias=alias) == [(True,)]
        except DatabaseError as error:
            found.append(Advice(f"DATABASE_REPLICA_URLS: {alias} does not answer: {error}", id="newsroom.W001"))
        else:
            if not follows:
                why = f"DATABASE_REPLICA_URLS: {alias} follows no primary, so pages would never be read there."
                found.append(Error(why, id="newsroom.E007"))
    return found


def refuse_to_serve() -> None:
    """Run this file's checks and end the process with a plain message if one of them finds an error."""
    findings = sorted(run_checks(tags=[TAG], include_deployment_checks=True), key=lambda found: str(found.id))
    problems = [" ".join(filter(None, [found.msg, found.hint])) for found in findings if found.is_serious()]
    if problems:
        sys.exit(refusal(problems))


def is_in_memory(name: str) -> bool:
    """Say whether a SQLite database has no file."""
    return ":memory:" in name or "mode=memory" in name


def _can_be_written(folder: Path) -> bool:
    """Say whether a folder, or the nearest one above it that exists, lets this process write."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
