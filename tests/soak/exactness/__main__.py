"""Judge every answer of the site by the oracle: `python -m tests.soak --only exactness`.

On each database, with a cache server that is killed and comes back, and without one; and with a replica to read from.
Here a single set-up runs, in a process whose settings name its database.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.clusters import clusters, programs
from tests.serving import ROOT
from tests.soak.figures import Figures, write_figures

SEED = 20261124
RESPONSES = 100_000


def measure(responses: int) -> list[str]:
    """Soak every set-up, write the section of docs/measurements.md, and return what must not have happened."""
    urls = {"SQLite": "sqlite:///:memory:"}
    if os.environ.get("TEST_POSTGRES_URL"):
        urls["PostgreSQL"] = os.environ["TEST_POSTGRES_URL"]
    has_redis = shutil.which("redis-server") or shutil.which("valkey-server")
    found = {}
    for name, url in urls.items():
        found[name] = _apart(url, responses)
        if has_redis:
            found[f"{name}, Redis"] = _apart(url, responses, "--redis")
    if programs():
        with clusters(2) as (primary, replica):
            found["PostgreSQL, replica"] = _apart(primary.url(), responses, "--replica", replica.url())
    how = (
        "`make soak`: 4 serving processes, 3 that write, 50 readers; every answer compared with what the oracle "
        "(`tests/soak/oracle`) says for its stamp and its instant. "
        f"{'Redis is killed again and again.' if has_redis else 'Redis was not installed.'}"
    )
    return write_figures("soak-exactness", "Every answer judged", how, found)


def _apart(url: str, responses: int, *options: str) -> Figures:
    """Soak one set-up in another process, whose settings name the database."""
    with tempfile.TemporaryDirectory(prefix="newsroom-soak-") as folder:
        file = Path(folder) / "figures.json"
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": url}
        command = [sys.executable, "-m", "tests.soak.exactness", folder, str(responses), str(file), *options]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        found = json.loads(file.read_text())
    return Figures([(what, figure) for what, figure in found["lines"]], found["failures"])


def main() -> None:
    """Soak the set-up that the arguments and the settings of this process name."""
    import django

    django.setup()
    from tests.soak.database import fresh_database
    from tests.soak.exactness.served import soak

    parser = argparse.ArgumentParser()
    for name, kind in (("folder", Path), ("responses", int), ("figures", Path)):
        parser.add_argument(name, type=kind)
    parser.add_argument("--redis", action="store_true")
    parser.add_argument("--replica", default="")
    options = parser.parse_args()
    with fresh_database(options.folder):
        found = soak(options.folder, options.responses, SEED, with_redis=options.redis, replica=options.replica)
    print(*(f"{what}: {figure}" for what, figure in found.lines), *found.failures, sep="\n")  # noqa: T201
    options.figures.write_text(json.dumps({"lines": found.lines, "failures": found.failures}))


if __name__ == "__main__":
    main()
