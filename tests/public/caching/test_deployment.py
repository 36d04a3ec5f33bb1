"""The digest of what makes pages: the same in every process, another after any change."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from articles.public.caching import deployment as module
from articles.public.caching.deployment import deployment

ROOT = Path(__file__).resolve().parents[3]
SAY = "import django; django.setup(); from articles.public.caching.deployment import deployment; print(deployment())"


def elsewhere(**variables: str) -> str:
    """Return what another process says."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONHASHSEED": "7"} | variables
    done = subprocess.run([sys.executable, "-c", SAY], env=environment, cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_two_processes_say_the_same() -> None:
    assert elsewhere() == elsewhere(PYTHONHASHSEED="8")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEWSROOM_NAME", "Another Ledger"),
        ("SITE_URL", "https://other.example.com"),
        ("LANGUAGE_CODE", "de"),
        ("TIME_ZONE", "Asia/Hong_Kong"),
        ("SECURE_CSP", {"default-src": ["'none'"]}),
        ("X_FRAME_OPTIONS", "SAMEORIGIN"),
        ("STATIC_URL", "/files/"),
    ],
)
def test_a_setting_that_is_printed_makes_another(settings: Settings, name: str, value: object) -> None:
    before = deployment()
    setattr(settings, name, value)
    assert deployment() != before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CACHE_URL", "redis://cache.example.com/0"),
        ("CACHE_MEMORY", 7),
        ("MEDIA_ROOT", "/another/folder"),
        ("RESPONSE_CACHE", False),
        ("SHOW_STAMP", True),
    ],
)
def test_a_setting_of_one_node_makes_no_other(settings: Settings, name: str, value: object) -> None:
    before = deployment()
    setattr(settings, name, value)
    assert deployment() == before


@pytest.mark.parametrize(
    "changed", ["templates/base.html", "articles/rendering/page.py", "newsroom/middleware.py", "uv.lock"]
)
def test_a_file_that_pages_are_made_by_makes_another(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    for name in ("templates/base.html", "articles/rendering/page.py", "newsroom/middleware.py", "uv.lock"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setattr(module, "_ROOT", tmp_path)
    before = module._files.__wrapped__()
    assert module._files.__wrapped__() == before
    (tmp_path / changed).write_text("after")
    assert module._files.__wrapped__() != before


def test_files_count_in_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    before = deployment()
    monkeypatch.setattr(module, "_files", lambda: "other files")
    module._digest.cache_clear()
    try:
        assert deployment() != before
    finally:
        module._digest.cache_clear()


def test_names_of_static_files_make_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.STATIC_ROOT = tmp_path
    before = module._files.__wrapped__()
    (tmp_path / "staticfiles.json").write_text("{}")
    assert module._files.__wrapped__() != before


def test_it_says_nothing_of_secrets(settings: Settings) -> None:
    assert settings.SECRET_KEY not in deployment()
    assert len(deployment()) == 20
