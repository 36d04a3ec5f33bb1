"""The units for systemd."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from newsroom.server import DEFAULTS
from tests.serving import ROOT

UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
#: What `systemd-analyze security` calls "OK" begins below 5; a service without any protection has 9.6.
EXPOSED = 2.0


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """The units with the paths of this checkout, since a command that does not exist is a finding."""
    for unit in [*SERVICES, *UNITS.glob("*.timer")]:
        (tmp_path / unit.name).write_text(unit.read_text(encoding="utf-8").replace("/srv/newsroom", str(ROOT)))
    return [str(unit) for unit in sorted(tmp_path.iterdir())]


def analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", "--no-pager", *arguments]
    environment = {"PATH": os.environ["PATH"]}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.needs_systemd
def test_systemd_finds_nothing_wrong_with_the_units(units: list[str]) -> None:
    found = analyze("verify", "--man=no", *units)

    assert (found.returncode, found.stderr.strip()) == (0, "")


@pytest.mark.needs_systemd
def test_systemd_does_find_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "newsroom-web.service").write_text("[Service]\nExecStart=/no/such/command\n")

    assert analyze("verify", "--man=no", str(tmp_path / "newsroom-web.service")).returncode == 1


@pytest.mark.needs_systemd
@pytest.mark.parametrize("service", [service.name for service in SERVICES])
def test_services_are_shut_in(units: list[str], service: str) -> None:
    [unit] = [unit for unit in units if unit.endswith(service)]

    found = analyze("security", "--offline=true", unit)

    [exposure] = re.findall(r"Overall exposure level for \S+: ([0-9.]+)", found.stdout)
    assert float(exposure) < EXPOSED


@pytest.mark.parametrize(
    ("service", "target"),
    [
        ("newsroom-web", "web"),
        ("newsroom-worker", "worker"),
        ("newsroom-fragments", "fragments"),
        ("newsroom-quotes", "quotes"),
    ],
)
def test_units_run_what_make_runs(service: str, target: str) -> None:
    """Not make itself, which hands SIGTERM on but not SIGHUP."""
    [recipe] = re.findall(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    made = [line.replace("@", "").replace("exec ", "").strip() for line in recipe.splitlines()]

    unit = (UNITS / f"{service}.service").read_text(encoding="utf-8")
    started = re.findall(r"^ExecStart(?:Pre)?=(.*)$", unit, re.MULTILINE)

    assert started == [line.replace("$(PYTHON)", "/srv/newsroom/.venv/bin/python") for line in made]


def test_a_unit_gives_requests_longer_than_the_server_does() -> None:
    [patience] = re.findall(r"^TimeoutStopSec=(\d+)$", (UNITS / "newsroom-web.service").read_text(), re.MULTILINE)

    assert int(patience) > int(DEFAULTS["GRANIAN_WORKERS_KILL_TIMEOUT"])


@pytest.mark.needs_systemd
def test_user_is_one_that_systemd_can_make() -> None:
    command = ["systemd-sysusers", "--dry-run", str(UNITS / "newsroom.sysusers")]

    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
