"""A site of its own in a folder, configured and served as in production, for tools that measure it from outside."""

import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
THREADS = 4
PATIENCE = 60  # seconds for a server to answer, and for one to stop


@dataclass(frozen=True, slots=True)
class Site:
    """A site with its data in `folder`; the environment of its processes is made from nothing but this."""

    folder: Path
    url: str
    database: str = ""
    settings: str = "newsroom.settings"
    variables: Mapping[str, str] = field(default_factory=dict)
    application: str = "newsroom.wsgi:application"
    workers: int = WORKERS

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables of every process of the site."""
        host = self.url.partition("://")[2]
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return {
            **kept,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": self.settings,
            "SECRET_KEY": self._secret(),
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": host.partition(":")[0],
            "NEWSROOM_NAME": "The Measured Ledger",
            "DATABASE_URL": self.database or f"sqlite:///{self.folder}/newsroom.sqlite3",
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(self.folder / "static"),
            "LOG_LEVEL": "WARNING",
            **self.variables,
        }

    def manage(self, *arguments: str) -> None:
        """Run a command of `manage.py`. Raises `subprocess.CalledProcessError`."""
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments], env=self.environment, cwd=ROOT, check=True
        )

    def collect_static(self) -> None:
        """Collect the static files, unless that was done since one of them changed."""
        manifest = self.folder / "static" / "staticfiles.json"
        sources = [*(ROOT / "static").rglob("*"), ROOT / "uv.lock", ROOT / "newsroom" / "settings.py"]
        newest = max(path.stat().st_mtime for path in sources if path.is_file())
        if not manifest.exists() or manifest.stat().st_mtime < newest:
            self.manage("collectstatic", "--no-input", "--verbosity", "0")
            manifest.touch()

    @contextlib.contextmanager
    def serving(self, port: int) -> Iterator["Server"]:
        """Serve the site with granian on a port of this machine; stop it at the end."""
        with (self.folder / f"server-{port}.log").open("w+b") as log:
            process = subprocess.Popen(
                [
                    *(Path(sys.executable).with_name("granian"), self.application, "--interface", "wsgi"),
                    *("--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "warning"),
                    *("--workers", str(self.workers), "--blocking-threads", str(THREADS)),
                ],
                env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
            try:
                server = Server(self, port, process.pid)
                server.wait(process)
                yield server
            finally:
                end(process)

    def _secret(self) -> str:
        file = self.folder / "secret-key"
        if not file.exists():
            file.write_text(secrets.token_urlsafe(60))
        return file.read_text()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for an address."""

    status: int
    headers: dict[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """Return a header, however the server writes its name, or ""."""
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    site: Site
    port: int
    pid: int

    @property
    def headers(self) -> dict[str, str]:
        """What a proxy in front of the server adds to every request."""
        scheme, _, host = self.site.url.partition("://")
        return {"Host": host, "X-Forwarded-Proto": scheme}

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection that is not open yet."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path: str, connection: http.client.HTTPConnection | None = None, **headers: str) -> Answer:
        """Fetch an address; headers are named with underlines."""
        if connection is None:
            with contextlib.closing(self.connect()) as own:
                return self.get(path, own, **headers)
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=sent)
        with connection.getresponse() as response:
            return Answer(response.status, dict(response.getheaders()), response.read())

    def wait(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for the first answer. Raises `RuntimeError` with the log when there is none."""
        begin = time.monotonic()
        while process.poll() is None and time.monotonic() < begin + PATIENCE:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get("/robots.txt").status == http.HTTPStatus.OK:
                    return
            time.sleep(0.1)
        log = (self.site.folder / f"server-{self.port}.log").read_text(errors="replace")
        raise RuntimeError(f"The server did not start.\n{log}")

    def cpu_seconds(self) -> float | None:
        """Return the processor time that the server and its workers have used; None where /proc does not say."""
        return cpu_seconds(self.pid)

    def workers(self) -> list[int]:
        """Return the processes that answer requests."""
        return [pid for pid in _family(self.pid)[1:] if not _family(pid)[1:]]


def cpu_seconds(pid: int) -> float | None:
    """Return the processor time that a process and all its children have used; None where /proc does not say."""
    if not Path("/proc/self/stat").exists():
        return None
    return sum(_cpu_ticks(member) for member in _family(pid)) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end(process: subprocess.Popen[bytes]) -> None:
    """End a server and its workers; they are a process group of their own."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _family(pid: int) -> list[int]:
    """Return a process and all that it started, directly or not."""
    family = [pid]
    for member in family:
        for children in Path(f"/proc/{member}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                family += map(int, children.read_text().split())
    return family


def _cpu_ticks(pid: int) -> int:
    try:
        # The name of the program, in brackets, may hold blanks.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    user, system = fields[11:13]
    return int(user) + int(system)
