"""PostgreSQL servers of a test's own, to be stopped, paused and frozen at will, on sockets in a temporary folder."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USER = "newsroom"
#: No care for a power cut: a cluster lives as long as its test.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c listen_addresses=''"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's own programs on this machine, if it has them."""
    config = shutil.which("pg_config")
    told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True).stdout if config else ""
    folders = [Path(told.strip()), *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@dataclass
class Cluster:
    """A server with its data in `folder`/data and its socket in `folder`."""

    folder: Path
    programs: Path

    def url(self, name: str = "postgres") -> str:
        """Return the address of a database in this cluster."""
        return f"postgres://{USER}@/{name}?host={self.folder}"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the user who may; root may not."""
        as_user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        command = [str(self.programs / program), *arguments]
        with (self.folder / "programs.log").open("a") as log:  # a pipe would be kept open by the server
            done = subprocess.run(command, cwd="/", stdout=log, stderr=log, check=False, **as_user)  # type: ignore[call-overload]
        assert done.returncode == 0, (self.folder / "programs.log").read_text()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = f"{CARELESS} -c unix_socket_directories='{self.folder}'"
        self._control("start", f"--log={self.folder}/server.log", f"--options={options}")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: at the end of what it is doing (`smart`), at once (`fast`) or as if killed (`immediate`)."""
        self._control("stop", f"--mode={mode}")

    def promote(self) -> None:
        """Make a replica a primary."""
        self._control("promote")

    def is_up(self) -> bool:
        """Say whether the server runs."""
        return (self.folder / "data" / "postmaster.pid").exists()

    def ask(self, question: str, *parameters: Any, name: str = "postgres") -> Any:
        """Return the first value of the answer to `question`, or None."""
        import psycopg

        with psycopg.connect(self.url(name), autocommit=True) as connection:
            cursor = connection.execute(question, parameters)
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stop every process of the server where it stands: connections stay, and nothing answers on them."""
        processes = self._processes()
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def _processes(self) -> list[int]:
        first = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]

    def _control(self, what: str, *arguments: str) -> None:
        self.run("pg_ctl", f"--pgdata={self.folder}/data", "--silent", "--wait", *arguments, what)


@contextmanager
def clusters(number: int = 1) -> Iterator[list[Cluster]]:
    """Run a primary and as many streaming replicas as make `number` servers; take them away at the end."""
    folder = programs()
    assert folder is not None, "PostgreSQL's own programs are not on this machine (apt-get install postgresql)"
    with tempfile.TemporaryDirectory(prefix="newsroom-clusters-") as root:
        Path(root).chmod(0o755)
        made = [Cluster(Path(root) / str(place), folder) for place in range(number)]
        try:
            for place, cluster in enumerate(made):
                _make(cluster, None if place == 0 else made[0])
                cluster.start()
            yield made
        finally:
            for cluster in reversed(made):
                if cluster.is_up():
                    cluster.stop("immediate")


def _make(cluster: Cluster, primary: Cluster | None) -> None:
    cluster.folder.mkdir()
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(cluster.folder, owner.pw_uid, owner.pw_gid)
    data = f"--pgdata={cluster.folder}/data"
    if primary is None:
        cluster.run(
            "initdb", data, f"--username={USER}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"
        )
    else:
        source = (f"--host={primary.folder}", f"--username={USER}")
        cluster.run("pg_basebackup", data, *source, "--write-recovery-conf", "--checkpoint=fast", "--wal-method=stream")
