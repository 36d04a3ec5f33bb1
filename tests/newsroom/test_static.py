"""The site's style sheets, scripts and images, collected as a server has them."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from pytest_django import Settings

from newsroom import settings as source


def test_every_file_that_another_names_is_there(settings: Settings, tmp_path: Path) -> None:
    # The site's own storage adds compressed copies to this one's work, which would take several seconds.
    settings.STORAGES = source.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    settings.STATIC_ROOT = tmp_path / "static"

    call_command("collectstatic", verbosity=0, interactive=False)

    manifest = json.loads((tmp_path / "static" / "staticfiles.json").read_text())
    assert "admin/css/base.css" in manifest["paths"]
    for folder in site_settings.STATICFILES_DIRS:
        ours = {str(file.relative_to(folder)) for file in Path(folder).rglob("*") if file.is_file()}
        assert ours <= manifest["paths"].keys()


def test_every_file_that_a_template_names_is_there() -> None:
    templates = (source.BASE_DIR / "templates").rglob("*.html")
    named = {
        (str(file.name), name)
        for file in templates
        for name in re.findall(r"""{%\s*static\s+["']([^"']+)["']""", file.read_text(encoding="utf-8"))
    }

    assert named
    assert [(file, name) for file, name in sorted(named) if finders.find(name) is None] == []


def test_documented_storage_is_the_compressed_one_with_hashed_names() -> None:
    backend = source.STORAGES["staticfiles"]["BACKEND"]

    assert backend == "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.mark.parametrize("name", ["MEDIA_ROOT", "STATIC_ROOT"])
def test_tests_never_touch_the_real_folders(name: str) -> None:
    assert not Path(getattr(site_settings, name)).is_relative_to(source.VAR_DIR)
