"""The container image and compose.yaml. No engine builds them here: their steps are taken on this machine instead."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from newsroom.server import DEFAULTS
from tests.operations import dockerfile
from tests.operations.running import Running, eventually, serve
from tests.serving import PATIENCE, ROOT, Site

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "newsroom"}


def is_target(command: list[str]) -> bool:
    return len(command) == 2 and command[0] == "make" and command[1] in TARGETS


def test_every_step_of_the_image_is_a_make_target() -> None:
    commands = [step.command for step in dockerfile.steps() if step.word in {"RUN", "CMD", "HEALTHCHECK"}]

    assert len(commands) == 5
    assert [command for command in commands if not is_target(command)] == []


def test_every_command_of_our_services_is_a_make_target() -> None:
    commands = [service["command"] for service in OURS.values()]
    commands += [check["test"][1:] for service in OURS.values() if "test" in (check := service.get("healthcheck", {}))]

    assert sorted(" ".join(command) for command in commands) == [
        "make healthy",
        "make migrate",
        "make web",
        "make worker",
    ]
    assert [command for command in commands if not is_target(command)] == []


def test_image_does_not_run_as_root_and_names_no_secret() -> None:
    last = dockerfile.steps()[-1].stage
    [user] = [step.rest for step in dockerfile.steps() if step.word == "USER" and step.stage == last]

    assert user == "10001:10001"
    assert set(dockerfile.variables(last)) == {"PYTHONUNBUFFERED", "GRANIAN_HOST", "MEDIA_ROOT"}
    assert [step for step in dockerfile.steps() if step.word in {"ADD", "ARG"}] == []


@pytest.mark.parametrize(
    "path", [".git/config", "var/secret-key", "deploy/newsroom.env", ".venv/bin/python", "tests/a.py"]
)
def test_what_is_secret_or_no_use_stays_out_of_the_image(path: str) -> None:
    assert dockerfile.ignored(path)


@pytest.mark.parametrize(
    "path", ["newsroom/settings.py", "articles/public/urls.py", ".ci/uv", "deploy/nginx.conf", "uv.lock"]
)
def test_what_the_site_needs_gets_in(path: str) -> None:
    assert not dockerfile.ignored(path)


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_services_have_what_production_needs(name: str) -> None:
    service = COMPOSE["services"][name]

    assert "healthcheck" in service
    assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")
    if name in OURS:
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert int(service["stop_grace_period"].removesuffix("s")) > int(DEFAULTS["GRANIAN_WORKERS_KILL_TIMEOUT"])


def test_nothing_but_the_site_is_open_and_that_on_this_machine_only() -> None:
    open_to = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}

    assert open_to == {"web": ["127.0.0.1:8000:8000"]}


def test_nothing_is_served_before_the_migrations() -> None:
    after = {name: service["depends_on"] for name, service in OURS.items()}

    assert after["migrate"] == {"postgres": {"condition": "service_healthy"}}
    for name in ("web", "worker"):
        assert after[name]["migrate"] == {"condition": "service_completed_successfully"}


def test_compose_names_variables_that_the_site_knows() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = (ROOT / "deploy" / "newsroom.env.example").read_text(encoding="utf-8")
    named = {*OURS["web"]["environment"], *re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)}

    assert named
    assert [name for name in sorted(named) if f"| `{name}` |" not in readme] == []


def test_example_of_variables_can_be_read_by_a_shell_too() -> None:
    """The guide does so, beside systemd and compose, which take quotes as well."""
    example = ROOT / "deploy" / "newsroom.env.example"
    read = ["sh", "-c", f"set -a; . {example}; env"]

    variables = subprocess.run(read, env={}, capture_output=True, text=True, check=True).stdout.splitlines()

    assert "NEWSROOM_NAME=The Example Ledger" in variables
    assert "SECURE_PROXY_SSL_HEADER=X-Forwarded-Proto=https" in variables


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the steps of the image have been taken."""
    folder = tmp_path_factory.mktemp("image") / "newsroom"
    dockerfile.build(folder)
    return folder


@pytest.fixture
def container(image: Path, tmp_path: Path) -> Iterator[Running]:
    """What the image runs, as the first process of a machine of its own where this user may make one."""
    data = f"{image}{dockerfile.DATA}"
    variables = {
        **{name: value.replace(dockerfile.DATA, data) for name, value in dockerfile.variables(2).items()},
        "DATABASE_URL": f"sqlite:///{data}/newsroom.sqlite3",
        "STATIC_ROOT": "",
        "PYTHONPATH": "",
        "GRANIAN_HOST": "127.0.0.1",
    }
    [command] = [step.command for step in dockerfile.steps() if step.word == "CMD"]
    alone = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"] if os.getuid() == 0 else []
    site = Site(tmp_path, "http://127.0.0.1:8000", variables=variables)
    subprocess.run(["make", "migrate"], cwd=image, env=site.environment, check=True, stdout=subprocess.DEVNULL)
    with serve(site, tmp_path, command=(*alone, *command), cwd=image) as running:
        yield running


def of_make(running: Running) -> int:
    """Return the process of make, which has the number 1 in a machine of its own."""
    if os.getuid() != 0:
        return running.process.pid
    children = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children").read_text().split()
    return int(children[0])


@pytest.mark.needs_sqlite  # the site here has a database of its own
def test_image_serves_is_healthy_and_ends_when_told(image: Path, container: Running, tmp_path: Path) -> None:
    healthy = {"PATH": os.environ["PATH"], "PORT": str(container.port)}
    [check] = [step.command for step in dockerfile.steps() if step.word == "HEALTHCHECK"]

    page = container.get("/", Host="127.0.0.1:8000")
    ended = subprocess.run(check, cwd=image, env=healthy, capture_output=True, text=True, check=False)
    os.kill(of_make(container), 15)
    container.process.wait(PATIENCE)

    assert (page.status, ended.returncode) == (200, 0)
    assert '"ready": true' in ended.stdout
    assert eventually(lambda: "Granian shutdown completed" in (tmp_path / "stderr").read_text())


@pytest.mark.needs_sqlite
def test_image_has_what_is_needed_and_no_more(image: Path) -> None:
    assert (image / "var" / "static" / "staticfiles.json").exists()
    assert not (image / ".uv").exists()
    assert not (image / "tests").exists()
    packages = next((image / ".venv" / "lib").iterdir()) / "site-packages"
    assert (packages / "granian").exists()
    assert not (packages / "pytest").exists()
