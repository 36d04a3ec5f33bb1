"""Judges from package registries, at the versions named here, installed under var/audit and never committed."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.serving import ROOT

FOLDER = ROOT / "var" / "audit"
NODE_PACKAGES = {"vnu-jar": "26.9.27", "lighthouse": "12.8.2", "sitemap": "9.0.1"}
PYTHON_PACKAGES = {"feedparser": "6.0.14"}


class Absent(Exception):
    """A judge that cannot be had on this machine; the message says what it lacks."""


def node_package(name: str) -> Path:
    """Return the folder of an npm package, installed if it is not. Raises `Absent`."""
    version, folder = NODE_PACKAGES[name], FOLDER / "node" / name
    # Each package has a folder of its own, because npm removes what a later install does not name.
    marker = folder / f".{version}"
    if not marker.exists():
        if not shutil.which("npm"):
            raise Absent("npm is not installed (apt-get install npm)")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        options = ("--no-audit", "--no-fund", "--no-save", "--silent")
        _install(["npm", "install", *options, "--prefix", str(folder), f"{name}@{version}"])
        marker.touch()
    return folder / "node_modules" / name


def python_packages() -> Path:
    """Return the folder of Python packages that are no dependency of ours. Raises `Absent`."""
    names = [f"{name}=={version}" for name, version in PYTHON_PACKAGES.items()]
    folder = FOLDER / "python"
    marker = folder / f".{'-'.join(names)}"
    if not marker.exists():
        shutil.rmtree(folder, ignore_errors=True)
        _install([str(ROOT / ".ci" / "uv"), "pip", "install", "--quiet", "--target", str(folder), *names])
        marker.touch()
    return folder


def program(name: str, package: str) -> str:
    """Return the path of a program of this machine. Raises `Absent`."""
    found = shutil.which(name)
    if not found:
        raise Absent(f"{name} is not installed (apt-get install {package})")
    return found


def chromium() -> str:
    """Return the path of the browser that tests drive, too. Raises `Absent`."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium-browser") or program("chromium", "chromium")


def _install(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Absent(f"{Path(command[0]).name} could not install it: {(done.stderr or done.stdout).strip()[-200:]}")
