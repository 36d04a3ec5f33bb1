"""Every setting of the site, each from the environment. README.md lists the variables.

Safe by default: what protects readers and editors is on unless it is switched off by name.
"""

import os
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP
from js_asset import static_lazy
from whitenoise.compress import Compressor

from newsroom.cdn import refuse_wrong_cdn
from newsroom.environment import Environment, is_loopback
from newsroom.quotes import refuse_wrong_providers

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

environment = Environment(os.environ)

# The site

SITE_URL = environment.origin("SITE_URL")
NEWSROOM_NAME = environment.text("NEWSROOM_NAME", "Newsroom")
FOUR_EYES = environment.flag("FOUR_EYES", default=True)
# Only an address on this very machine may be plain http (see Environment.origin), so only there protection may be off.
on_https = SITE_URL.startswith("https:")

DEBUG = environment.flag("DEBUG", default=False)
if DEBUG and not is_loopback(urlsplit(SITE_URL).hostname or ""):
    environment.refuse("DEBUG", f"is on for {SITE_URL}, and its error pages show secrets. Switch it off.")

SECRET_KEY = environment.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = environment.names("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS")
if not ALLOWED_HOSTS and not DEBUG:
    environment.refuse("ALLOWED_HOSTS", "is not set. List the host names this site answers to, with commas between.")

# The house

INSTALLED_APPS = [
    "newsroom",
    "articles",
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "taggit",
    "django_prose_editor",
]

MIDDLEWARE = [
    "newsroom.probes.answer_probes",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.middleware.StaticFiles",
    "articles.public.caching.ResponseCache",
    "newsroom.middleware.permissions_policy",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "newsroom.middleware.body_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "articles.purging.desk.purge_after_change",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# The body's editor gets the desk's own marks from this module. What a body may hold the cleaner says, not the editor.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("desk/js/copy/marks.js")],
        "extensions": dict.fromkeys(["Mention", "MarketStatement", "FoundWords"], lambda _config, _allowed: None),
    }
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
database = environment.database("DATABASE_URL", VAR_DIR / "newsroom.sqlite3")
# Cancelling a release is refused in the five seconds before it, so no request may hang on a lock for longer.
lock_timeout = 4
statement_timeout = environment.number("DATABASE_STATEMENT_TIMEOUT", 4)
PREPARED_STATEMENTS = environment.choice("DATABASE_PREPARED_STATEMENTS", "auto", ["auto", "on", "off"])
if database["ENGINE"].endswith("sqlite3"):
    database["CONN_MAX_AGE"] = None  # opening the file again on every request costs a third of a fast page
    database["OPTIONS"] = {
        "timeout": 20,
        # A read that turns into a write inside a deferred transaction fails with "database is locked" at once.
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-8192; PRAGMA mmap_size=67108864; PRAGMA journal_size_limit=67108864;"
        ),
    }
else:
    from newsroom import postgresql  # its driver is an extra

    postgres = partial(
        postgresql.options,
        pool_size=environment.number("DATABASE_POOL_SIZE", 8, least=1),
        lock_timeout=lock_timeout,
        statement_timeout=statement_timeout,
        is_prepared=PREPARED_STATEMENTS != "off",
    )
    database["ENGINE"] = "newsroom.postgresql"
    database["OPTIONS"] = postgres(database.get("OPTIONS", {}))
DATABASES = {"default": database}
# Only the door reads from replicas, and only while one is exactly where the primary is (articles/reading/replicas.py).
for number, replica in enumerate(environment.replicas("DATABASE_REPLICA_URLS", database), start=1):
    replica["ENGINE"] = "newsroom.postgresql"
    replica["OPTIONS"] = postgres(replica.get("OPTIONS", {}), is_replica=True)
    DATABASES[f"replica{number}"] = replica | {"TEST": {"MIRROR": "default"}}
# What happens at an instant happens at once on all machines only if they read one clock.
CLOCK = environment.choice("CLOCK", "machine", ["machine", "database"])
if CLOCK == "database" and database["ENGINE"].endswith("sqlite3"):
    environment.refuse("CLOCK", "is 'database', but SQLite has no clock but this machine's. Leave it out.")
DATABASE_ROUTERS = ["newsroom.databases.DoorRouter"]

# What readers get again

# While templates are being written, pages follow them at once.
RESPONSE_CACHE = environment.flag("RESPONSE_CACHE", default=not DEBUG)
CACHE_MEMORY = environment.number("CACHE_MEMORY", 32)
CACHE_URL = environment.cache_server("CACHE_URL")
SHOW_STAMP = environment.flag("SHOW_STAMP", default=False)

# People

AUTH_USER_MODEL = "newsroom.Journalist"
LOGIN_URL = "admin:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Language and time

LANGUAGE_CODE = environment.language("NEWSROOM_LANGUAGE", "en")
TIME_ZONE = environment.time_zone("NEWSROOM_TIME_ZONE", "America/New_York")
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = environment.path("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
# Source maps are megabytes that only developers ask for: compressing them took most of the time of collecting.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
# Pictures are private until a page shows them: a view asks the door, and no web server may serve this folder.
MEDIA_URL = "/media/"
MEDIA_ROOT = environment.path("MEDIA_ROOT", VAR_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# With a web server in front that knows X-Accel-Redirect, the view only says which file to send.
MEDIA_ACCEL = environment.location("MEDIA_ACCEL")
if MEDIA_ACCEL.startswith((MEDIA_URL, STATIC_URL)):
    environment.refuse("MEDIA_ACCEL", f"is {MEDIA_ACCEL}, which readers can open. Choose a path that no page has.")
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# A story of 100,000 words with its markup is about a megabyte; the rest of a form is small.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Django bounds what is no file. The largest picture is 25 MB; a little more gets a friendly word from the form.
REQUEST_LIMIT = 30 * 1024 * 1024

TAGGIT_CASE_INSENSITIVE = True

# Quotes

QUOTE_PROVIDERS = environment.text("QUOTE_PROVIDERS").split()
QUOTE_KEYS = dict(item.partition("=")[::2] for item in environment.names("QUOTE_KEYS"))
refuse_wrong_providers(environment, QUOTE_PROVIDERS, QUOTE_KEYS)

# A CDN in front

CDN_URL = environment.text("CDN_URL")
CDN_TOKEN = environment.text("CDN_TOKEN")
CDN_MAX_AGE = environment.number("CDN_MAX_AGE", 300, least=1)
refuse_wrong_cdn(environment, CDN_URL, CDN_TOKEN, CDN_MAX_AGE)

# Protection

SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=on_https)
SECURE_PROXY_SSL_HEADER = environment.proxy_header("SECURE_PROXY_SSL_HEADER")
SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 31_536_000 if on_https else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("HSTS_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = environment.flag("HSTS_PRELOAD", default=False)
# Preloading binds a whole domain for years: its owner decides that, and a check must not push towards it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.flag("SECURE_COOKIES", default=on_https)
# Cookies live at the desk: a browser sends none to a public page, so no public page can depend on one.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/desk/"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "newsroom.kept.csrf_failure"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    # The nonce is in the header only where a template asks for it.
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

# Mail and logs

MAILERS = {"default": environment.mailer("EMAIL_URL")}
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", f"newsroom@{urlsplit(SITE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

log_level = environment.choice("LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"])
log_format = environment.choice("LOG_FORMAT", "plain", ["plain", "json"])
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "newsroom.logs.JsonLines"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": log_format},
        "count": {"class": "newsroom.logs.CountingHandler", "level": "WARNING"},
    },
    "root": {"handlers": ["stderr", "count"], "level": log_level},
    "loggers": {
        # Django's own handlers would mail errors and write some of them twice.
        "django": {"handlers": ["stderr", "count"], "level": log_level, "propagate": False},
        # The access log has every 404; here are only the requests that the site itself could not answer.
        "django.request": {"level": "ERROR"},
    },
}

# For machines

METRICS_TOKEN = environment.token("METRICS_TOKEN")

environment.settle()
