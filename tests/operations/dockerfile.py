"""Read the Dockerfile and take its steps on this machine, without an engine."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.serving import ROOT

WORKDIR = "/srv/newsroom"
DATA = "/var/lib/newsroom"


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction of a stage."""

    stage: int
    word: str
    rest: str

    @property
    def command(self) -> list[str]:
        """The command of RUN, CMD or HEALTHCHECK, without the options before it."""
        words = re.sub(r"^(?:--\S+\s+)+", "", self.rest)
        words = words.removeprefix("CMD ")
        return list(json.loads(words)) if words.startswith("[") else shlex.split(words)

    @property
    def option(self) -> str:
        """Where COPY takes from, if not from the context."""
        found = re.search(r"--from=(\S+)", self.rest)
        return found[1] if found else ""

    @property
    def paths(self) -> list[str]:
        """What COPY takes, and last where it puts it."""
        return [word for word in self.rest.split() if not word.startswith("--")]


def steps() -> list[Step]:
    """Return the instructions of the Dockerfile in their order."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found: list[Step] = []
    for line in lines:
        word, _, rest = line.partition(" ")
        stage = found[-1].stage if found else 0
        found.append(Step(stage + (word == "FROM"), word, rest))
    return found


def variables(stage: int) -> dict[str, str]:
    """Return what a stage sets by ENV."""
    pairs = [shlex.split(step.rest) for step in steps() if step.stage == stage and step.word == "ENV"]
    return dict(pair.split("=", 1) for words in pairs for pair in words)


def ignored(path: str) -> bool:
    """Say whether .dockerignore keeps a path out: the last line that fits it, or a folder it is in, decides."""
    parents = [path, *(str(parent) for parent in Path(path).parents if str(parent) != ".")]
    is_ignored = False
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        pattern = line.removeprefix("!")
        if any(_fits(pattern, each) for each in parents):
            is_ignored = not line.startswith("!")
    return is_ignored


def _fits(pattern: str, path: str) -> bool:
    """Match as Docker does: `**` is any number of folders, `*` anything within one."""
    marks = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}
    parts = re.split(r"(\*\*/|\*\*|\*)", pattern)
    return re.fullmatch("".join(marks.get(part, re.escape(part)) for part in parts), path) is not None


def build(folder: Path) -> None:
    """Take the steps of the first stage in `folder`, which stands for the image's working folder.

    Packages come from the cache that installing this checkout has filled. Raises `subprocess.CalledProcessError`.
    """
    folder.mkdir()
    if (ROOT / ".uv").exists():
        (folder / ".uv").symlink_to(ROOT / ".uv")
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "UV_CACHE_DIR") if name in os.environ}
    environment |= {"UV_OFFLINE": "1", "IMAGE_DATA": str(folder) + DATA}
    # The image's own Python is the first to be found there; here it is the one that runs the tests.
    environment["PATH"] = f"{Path(sys.base_prefix) / 'bin'}:{environment['PATH']}"
    for step in (step for step in steps() if step.stage == 1):
        if step.word == "COPY":
            *sources, _target = step.paths
            for source in sources:
                _copy(source, folder)
        elif step.word == "RUN":
            subprocess.run(step.command, cwd=folder, env=environment, check=True)


def _copy(source: str, folder: Path) -> None:
    origin = ROOT / source
    files = [origin] if origin.is_file() else [file for file in origin.rglob("*") if file.is_file()]
    for file in files:
        name = file.relative_to(ROOT)
        if not ignored(str(name)):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, folder / name)
