"""Read the settings' variables from the environment, and say plainly what is wrong with them.

Nothing here raises while it reads: every problem is noted and a harmless stand-in is returned, so that a
person who sets up a site is told of all mistakes at once and not of one at a time.
"""

import ipaddress
import os
import re
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

import environ
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"on", "true", "yes", "1"})
FALSE_WORDS = frozenset({"off", "false", "no", "0"})
SECRET_LENGTH = 50
TOKEN_LENGTH = 20
MAIL_BACKENDS = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
    "smtp+tls": "django.core.mail.backends.smtp.EmailBackend",
    "smtp+ssl": "django.core.mail.backends.smtp.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
    "memory": "django.core.mail.backends.locmem.EmailBackend",
}


class Environment:
    """The variables of one process, read by kind, with every problem found so far in `problems`."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.problems: list[str] = []

    def refuse(self, name: str, why: str) -> None:
        """Note that the variable `name` cannot be used, and why, in words for the person who sets it."""
        self.problems.append(f"{name} {why}")

    def text(self, name: str, default: str = "") -> str:
        """Return the variable without surrounding white space; an empty one counts as absent."""
        return self.variables.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool) -> bool:
        """Return an on/off variable. Any other word is refused: a typo must not switch protection off."""
        word = self.text(name).lower()
        if word and word not in TRUE_WORDS | FALSE_WORDS:
            self.refuse(name, f"is {word!r}, which is neither on nor off.")
        return word in TRUE_WORDS if word in TRUE_WORDS | FALSE_WORDS else default

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        """Return a whole number of at least `least`."""
        words = self.text(name, str(default))
        if not (words.isascii() and words.isdigit()) or int(words) < least:
            self.refuse(name, f"is {words!r}, which is not a whole number from {least} up.")
            return default
        return int(words)

    def names(self, name: str) -> list[str]:
        """Return a list written with commas between its items."""
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def choice(self, name: str, default: str, allowed: list[str]) -> str:
        """Return a variable that must be one of `allowed`."""
        word = self.text(name, default)
        if word not in allowed:
            self.refuse(name, f"is {word!r}, which is none of: {', '.join(allowed)}.")
            return default
        return word

    def path(self, name: str, default: Path) -> Path:
        """Return a folder; it must be absolute, since a server may start anywhere."""
        path = Path(self.text(name, str(default)))
        if not path.is_absolute():
            self.refuse(name, f"is {str(path)!r}; write the whole path, from / on.")
            return default
        return path

    def secret(self, name: str) -> str:
        """Return a secret that is long enough to keep sessions safe."""
        secret = self.text(name)
        if not secret:
            self.refuse(name, f"is not set. Give it a random text of at least {SECRET_LENGTH} characters.")
        elif len(secret) < SECRET_LENGTH or len(set(secret)) < 5:  # Django's own bounds
            self.refuse(name, f"is too easy to guess: it needs at least {SECRET_LENGTH} random characters.")
        return secret

    def token(self, name: str) -> str:
        """Return a word that opens something to a machine, or nothing; a short one could be guessed."""
        token = self.text(name)
        if token and len(token) < TOKEN_LENGTH:
            self.refuse(name, f"is too easy to guess: it needs at least {TOKEN_LENGTH} random characters.")
        return token

    def location(self, name: str) -> str:
        """Return a path of a web server such as `/protected-media/`, or nothing."""
        path = self.text(name)
        if path and not re.fullmatch(r"(/[A-Za-z0-9_.-]+)+/", path):
            self.refuse(name, f"is {path!r}; write a path with a slash at both ends, such as /protected-media/.")
            return ""
        return path

    def origin(self, name: str) -> str:
        """Return the address of a site: scheme, host and port, nothing after them."""
        address = self.text(name)
        why = _what_is_wrong_with_origin(address)
        if why:
            self.refuse(name, why)
            return "https://newsroom.invalid"
        return address.rstrip("/").lower()

    def time_zone(self, name: str, default: str) -> str:
        """Return the name of a time zone that this machine knows."""
        zone = self.text(name, default)
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            self.refuse(
                name,
                f"is {zone!r}, which is no time zone known here. Use a name such as Europe/London;"
                " if the name is right, install the time zone data (tzdata).",
            )
            return "UTC"
        return zone

    def language(self, name: str, default: str) -> str:
        """Return the code of a language that the interface exists in."""
        code = self.text(name, default)
        if code not in dict(global_settings.LANGUAGES):
            self.refuse(name, f"is {code!r}, which Django has no texts in. Use a code such as en, de or zh-hans.")
            return default
        return code

    def proxy_header(self, name: str) -> tuple[str, str] | None:
        """Return the header, written `X-Forwarded-Proto=https`, by which a proxy says that a request was secure."""
        words = self.text(name)
        header, _, value = words.partition("=")
        if not words:
            return None
        if not header.strip() or not value.strip():
            self.refuse(name, f"is {words!r}; write it as X-Forwarded-Proto=https.")
            return None
        return f"HTTP_{header.strip().upper().replace('-', '_')}", value.strip()

    def database(self, name: str, default: Path) -> dict[str, Any]:
        """Return Django's description of the database that a URL names, or of the SQLite file `default`."""
        url = self.text(name)
        stand_in = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
        if not url:
            return stand_in
        scheme = url.partition(":")[0]
        if scheme not in {"sqlite", "postgres", "postgresql"}:
            self.refuse(name, f"begins with {scheme!r}; Newsroom runs on sqlite:/// and postgres:// databases.")
            return stand_in
        if scheme != "sqlite" and not (find_spec("psycopg") and find_spec("psycopg_pool")):
            self.refuse(name, "names PostgreSQL, but its driver is not installed. Run: uv sync --extra postgres")
            return stand_in
        try:
            database: dict[str, Any] = environ.Env.db_url_config(url)
        except (ValueError, ImproperlyConfigured) as error:
            self.refuse(name, f"cannot be read as a database URL: {error}.")
            return stand_in
        if not database["NAME"]:
            self.refuse(name, "names no database; it ends like this: .../newsroom")
        return database

    def replicas(self, name: str, primary: dict[str, Any]) -> list[dict[str, Any]]:
        """Return Django's descriptions of the replicas of `primary` whose URLs stand there, with spaces or commas."""
        urls = self.text(name).replace(",", " ").split()
        if urls and primary["ENGINE"].endswith("sqlite3"):
            self.refuse(name, "is set, but DATABASE_URL names no PostgreSQL: only that has replicas. Leave it out.")
            return []
        found: list[dict[str, Any]] = []
        for url in urls:
            replica = Environment({name: url})
            found.append(replica.database(name, Path(os.devnull)))
            self.problems += replica.problems
            if found[-1]["ENGINE"].endswith("sqlite3") and not replica.problems:
                self.refuse(name, "names a SQLite file; a replica is a PostgreSQL server.")
        places = [_place(server) for server in (primary, *found)]
        if len(set(places)) < len(places):
            self.refuse(name, "names one server twice, or the one of DATABASE_URL.")
        return found

    def cache_server(self, name: str) -> str:
        """Return the address of a Redis or Valkey server, or nothing."""
        url = self.text(name)
        why = _what_is_wrong_with_cache_server(url) if url else ""
        if why:
            self.refuse(name, why)
        return "" if why else url

    def mailer(self, name: str) -> dict[str, Any]:
        """Return Django's description of the mail server that a URL such as smtp+tls://user:word@host:587 names."""
        url = self.text(name, "smtp://localhost:25")
        scheme = url.partition(":")[0]
        backend = MAIL_BACKENDS.get(scheme)
        if backend is None:
            self.refuse(name, f"begins with {scheme!r}; use one of: {', '.join(MAIL_BACKENDS)}.")
            return {"BACKEND": MAIL_BACKENDS["memory"]}
        if not scheme.startswith("smtp"):
            return {"BACKEND": backend}
        try:
            parsed = environ.Env.email_url_config(url)
        except ValueError as error:
            self.refuse(name, f"cannot be read as the URL of a mail server: {error}.")
            return {"BACKEND": MAIL_BACKENDS["memory"]}
        options = {
            "host": parsed["EMAIL_HOST"] or "localhost",
            "port": parsed["EMAIL_PORT"] or 25,
            "username": parsed["EMAIL_HOST_USER"] or "",
            "password": parsed["EMAIL_HOST_PASSWORD"] or "",
            "use_tls": bool(parsed.get("EMAIL_USE_TLS")),
            "use_ssl": bool(parsed.get("EMAIL_USE_SSL")),
            "timeout": 10,
        }
        return {"BACKEND": backend, "OPTIONS": options}

    def settle(self) -> None:
        """Refuse to go on if anything was wrong.

        Raises ImproperlyConfigured, its message naming each variable and why.
        """
        if self.problems:
            raise ImproperlyConfigured(refusal(self.problems))


def refusal(problems: list[str]) -> str:
    """Return the message of a site that will not start because of `problems`."""
    return "\n  - ".join(["Newsroom refuses to start:", *problems])


def refuse_misconfigured() -> None:
    """Load the settings; on a mistake in them, end the process with the plain message and no stack trace."""
    from django.conf import settings

    try:
        settings.INSTALLED_APPS  # noqa: B018 - the first look is what reads the file
    except ImproperlyConfigured as error:
        sys.exit(str(error))


def is_loopback(host: str) -> bool:
    """Say whether a host name means this very machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _what_is_wrong_with_origin(address: str) -> str:
    """Return why an address is not the origin of a site, or nothing."""
    example = "write it like https://news.example.com"
    if not address:
        return f"is not set. It is the address readers use; {example}."
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return f"is {address!r}, which is no web address; {example}."
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        return f"is {address!r}, which is no web address; {example}."
    if _has_more_than_origin(parts):
        return f"is {address!r}; leave out everything after the host and port, and any user name; {example}."
    if parts.scheme == "http" and not is_loopback(host):
        return f"is {address!r}; http is only for this machine itself (127.0.0.1, localhost), others need https."
    return ""


def _place(server: dict[str, Any]) -> tuple[str, ...]:
    """Return where a server is; a folder of sockets stands among its options."""
    given = server.get("OPTIONS", {})
    return tuple(str(server.get(part) or given.get(part.lower(), "")) for part in ("HOST", "PORT", "NAME"))


def _what_is_wrong_with_cache_server(url: str) -> str:
    """Return why a URL is not that of a server to cache in, or nothing; a word in it may be secret, so none is told."""
    scheme = url.partition(":")[0]
    if scheme not in {"redis", "rediss", "unix"}:
        return (
            f"begins with {scheme!r}; write it like redis://127.0.0.1:6379/0 (also for Valkey), rediss:// or unix://."
        )
    if not find_spec("redis"):
        return "names a server, but its driver is not installed. Run: uv sync --extra redis"
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.path if scheme == "unix" else parts.hostname and parts.port != 0)
    except ValueError:
        is_whole = False
    return "" if is_whole else "cannot be read; write it like redis://:password@127.0.0.1:6379/0."


def _has_more_than_origin(parts: SplitResult) -> bool:
    return parts.path not in {"", "/"} or bool(parts.query or parts.fragment or parts.username)
