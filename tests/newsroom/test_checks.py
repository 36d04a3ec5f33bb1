from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from newsroom.checks import TAG, is_in_memory, refuse_to_serve


@pytest.fixture(autouse=True)
def _well_set(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text("{}")


def found() -> list[str | None]:
    return [finding.id for finding in run_checks(tags=[TAG], include_deployment_checks=True)]


def test_well_set_site_has_no_findings() -> None:
    assert found() == []
    refuse_to_serve()


def test_host_of_site_url_must_be_answered(settings: Settings) -> None:
    settings.SITE_URL = "https://ledger.example"

    assert found() == ["newsroom.E001"]


def test_wildcard_host_answers(settings: Settings) -> None:
    settings.SITE_URL = "https://www.ledger.example"
    settings.ALLOWED_HOSTS = [".ledger.example"]

    assert found() == []


def test_ipv6_host_answers(settings: Settings) -> None:
    settings.SITE_URL = "https://[2001:db8::1]:8443"
    settings.ALLOWED_HOSTS = ["[2001:db8::1]"]

    assert found() == []


def test_https_needs_secure_cookies(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = False

    assert found() == ["newsroom.E002"]


def test_http_cannot_redirect_to_https(settings: Settings) -> None:
    settings.SITE_URL = "http://localhost:8000"
    settings.SECURE_SSL_REDIRECT = True

    assert found() == ["newsroom.E003"]


@pytest.mark.parametrize(("media", "static"), [("static/media", "static"), ("files", "files/static"), ("all", "all")])
def test_pictures_and_static_files_need_folders_apart(
    media: str, static: str, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / media
    settings.STATIC_ROOT = tmp_path / static
    settings.DEBUG = True  # so that only this finding is left

    assert found() == ["newsroom.E004"]


def test_media_root_must_be_a_folder_that_can_be_written_to(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"

    assert found() == ["newsroom.E005"]


def test_static_files_must_be_collected(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "static" / "staticfiles.json").unlink()

    assert found() == ["newsroom.E006"]


def test_refusal_names_every_finding(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SITE_URL = "https://ledger.example"
    settings.SESSION_COOKIE_SECURE = False

    with pytest.raises(SystemExit) as refused:
        refuse_to_serve()

    assert str(refused.value).splitlines() == [
        "Newsroom refuses to start:",
        "  - ALLOWED_HOSTS lacks ledger.example, the host of SITE_URL. Add it.",
        "  - SECURE_COOKIES is off although SITE_URL is https: a login could be read on the way. Switch it on.",
    ]


def test_is_in_memory() -> None:
    assert is_in_memory("file:memorydb_default?mode=memory&cache=shared")
    assert is_in_memory(":memory:")
    assert not is_in_memory("/srv/newsroom.sqlite3")
