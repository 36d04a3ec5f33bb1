"""nginx in front of the site, with the configuration that deploy/ has."""

import contextlib
import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.operations.conftest import Published
from tests.operations.running import Reply, Running, connect, eventually, parse, read_all, request, serve
from tests.serving import ROOT, Site, free_port

pytestmark = [pytest.mark.needs_nginx, pytest.mark.needs_sqlite]  # the site here has a database of its own

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
HOST = "news.example.com"
MAIN = """
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log notice;
{user}
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    include {folder}/newsroom.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Front:
    """nginx, and the server behind it."""

    server: Running
    http: int
    https: int
    folder: Path
    trust: ssl.SSLContext

    def connect(self) -> ssl.SSLSocket:
        """Return an encrypted connection."""
        return self.trust.wrap_socket(connect(self.https), server_hostname=HOST)

    def get(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Reply:
        """Ask over https."""
        with self.connect() as connection:
            connection.sendall(request(path, method, **{"Host": HOST, "Connection": "close", **headers}) + body)
            return parse(read_all(connection))

    def picture(self, name: str, **headers: str) -> Reply:
        """Ask for an uploaded file."""
        return self.get(f"/media/{name}", "GET", b"", **headers)


def make_certificate(folder: Path) -> ssl.SSLContext:
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-days", "2"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    return ssl.create_default_context(cafile=str(folder / "certificate.pem"))


def write_configuration(site: Site, folder: Path, upstream: int, http: int, https: int) -> None:
    arguments = [
        *("--certificate", str(folder / "certificate.pem"), "--key", str(folder / "key.pem"), "--logs", str(folder)),
        *("--upstream", f"127.0.0.1:{upstream}", "--http", f"127.0.0.1:{http}", "--https", f"127.0.0.1:{https}"),
    ]
    command = [sys.executable, "manage.py", "nginx_conf", *arguments]
    written = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True)
    (folder / "newsroom.conf").write_text(written.stdout)
    # Only root may start workers as somebody else, and nobody else may read the folders of a test.
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))


@pytest.fixture(scope="module")
def front(site: Site, published: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """The site behind nginx."""
    folder = tmp_path_factory.mktemp("nginx")
    trust = make_certificate(folder)
    behind = {"MEDIA_ACCEL": "/protected-media/", "SECURE_PROXY_SSL_HEADER": "X-Forwarded-Proto=https"}
    # Nobody purges here; this is for what a CDN is told.
    behind |= {"CDN_URL": "fastly://ourservice", "CDN_TOKEN": "a-token-of-more-than-twenty-characters"}
    public = replace(site, url=f"https://{HOST}", variables={**site.variables, **behind})
    http, https = free_port(), free_port()
    with serve(public, folder) as server:
        write_configuration(public, folder, server.port, http, https)
        nginx = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        tried = subprocess.run([*nginx, "-t"], capture_output=True, text=True, check=False)
        assert (tried.returncode, "warn" in tried.stderr) == (0, False), tried.stderr
        process = subprocess.Popen(nginx, stdin=subprocess.DEVNULL)
        try:
            assert eventually(lambda: is_open(http) and is_open(https))
            yield Front(server, http, https, folder, trust)
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(30)


def is_open(port: int) -> bool:
    with contextlib.suppress(OSError), connect(port):
        return True
    return False


def test_page_comes_through_as_the_server_coded_it(front: Front, published: Published) -> None:
    through = front.get(published.story, Accept_Encoding="gzip")
    direct = front.server.get(published.story, Host=HOST, X_Forwarded_Proto="https", Accept_Encoding="gzip")

    assert through.status == 200
    assert (through.body, through.headers["etag"]) == (direct.body, direct.headers["etag"])
    assert through.headers.get("content-encoding") == direct.headers.get("content-encoding")


def test_picture_of_a_live_story_is_sent_by_nginx_as_django_said(
    front: Front, published: Published, site: Site
) -> None:
    shown = front.picture(published.shown)
    head = front.get(f"/media/{published.shown}", "HEAD")
    said = front.server.get(f"/media/{published.shown}", Host=HOST, X_Forwarded_Proto="https")

    assert (shown.status, shown.body) == (200, (site.folder / "media" / published.shown).read_bytes())
    assert said.headers["x-accel-redirect"] == f"/protected-media/{published.shown}"
    assert said.body == b""
    assert "x-accel-redirect" not in shown.headers
    theirs = {name: value for name, value in shown.headers.items() if name not in OF_NGINX}
    assert "surrogate-control" in theirs
    assert theirs == {name: value for name, value in said.headers.items() if name not in OF_THE_SERVER}
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(shown.body)))


OF_NGINX = {"date", "server", "connection", "content-length", "accept-ranges"}
OF_THE_SERVER = {"date", "server", "connection", "content-length", "x-accel-redirect"}


def test_picture_that_nothing_shows_is_like_one_that_never_was(front: Front, published: Published) -> None:
    secret = front.picture(published.secret)
    nothing = front.picture("pictures/abc/nothing.jpg")

    assert (secret.status, secret.body) == (404, nothing.body)
    assert {**secret.headers, "date": ""} == {**nothing.headers, "date": ""}


@pytest.mark.parametrize(
    "path",
    [
        "/protected-media/{}",
        "//protected-media/{}",
        "/protected-media//{}",
        "/media/../protected-media/{}",
        "/%70rotected-media/{}",
        "/protected-media/./{}",
        "/protected-media/pictures/",
        "/protected-media/",
        "/protected-media../newsroom.sqlite3",
        "/protected-media/../newsroom.sqlite3",
        "/protected-media/%2e%2e/newsroom.sqlite3",
    ],
)
def test_nobody_comes_in_by_the_internal_location(front: Front, published: Published, path: str) -> None:
    for name in (published.shown, published.secret):
        answer = front.get(path.format(name))

        assert answer.status == 404
        assert not answer.body.startswith((b"\xff\xd8", b"SQLite"))


def test_nobody_is_let_in_by_a_header(front: Front, published: Published) -> None:
    answer = front.get("/no-such-page/", X_Accel_Redirect=f"/protected-media/{published.secret}")

    assert answer.status == 404


def test_part_of_a_picture_can_be_asked_for(front: Front, published: Published) -> None:
    whole = front.picture(published.shown)
    part = front.picture(published.shown, Range="bytes=10-19")
    same = front.picture(published.shown, Range="bytes=10-19", If_Range=whole.headers["etag"])
    other = front.picture(published.shown, Range="bytes=10-19", If_Range='"another"')
    beyond = front.picture(published.shown, Range="bytes=99999999-")

    assert (part.status, part.body) == (206, whole.body[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole.body)}"
    assert part.headers["content-security-policy"] == whole.headers["content-security-policy"]
    assert (same.status, other.status, beyond.status) == (206, 200, 416)
    assert front.picture(published.secret, Range="bytes=0-9").status == 404


def test_picture_is_sent_once(front: Front, published: Published) -> None:
    first = front.picture(published.shown)
    by_tag = front.picture(published.shown, If_None_Match=first.headers["etag"])
    by_date = front.picture(published.shown, If_Modified_Since=first.headers["last-modified"])

    assert [(again.status, again.body) for again in (by_tag, by_date)] == [(304, b""), (304, b"")]
    assert by_tag.headers["etag"] == first.headers["etag"]


def test_http_leads_to_https(front: Front) -> None:
    with connect(front.http) as connection:
        connection.sendall(request("/latest/?before=1", Host=HOST, Connection="close"))
        answer = parse(read_all(connection))

    assert (answer.status, answer.headers["location"]) == (308, f"https://{HOST}/latest/?before=1")


def test_both_logs_name_a_request_alike_and_believe_no_one(front: Front) -> None:
    front.get("/robots.txt?tried", X_Forwarded_For="203.0.113.9", X_Request_ID="mine", X_Forwarded_Host="evil.example")

    def lines(log: Path, key: str) -> list[dict[str, object]]:
        written = [json.loads(line) for line in log.read_text().splitlines()]
        return [line for line in written if line[key] == "tried"]

    assert eventually(lambda: bool(lines(front.folder / "newsroom-access.log", "query")))
    assert eventually(lambda: bool(lines(front.folder / "stdout", "query")))
    [theirs], [ours] = lines(front.folder / "newsroom-access.log", "query"), lines(front.folder / "stdout", "query")
    assert (ours["forwarded_for"], theirs["address"]) == ("127.0.0.1", "127.0.0.1")
    assert ours["request_id"] == theirs["request_id"] != "mine"


def test_logs_survive_quotes(front: Front) -> None:
    front.get("/quoted%22%0a/", User_Agent='a "browser" \\')

    def last() -> dict[str, object]:
        line: dict[str, object] = json.loads((front.folder / "newsroom-access.log").read_text().splitlines()[-1])
        return line

    assert eventually(lambda: last()["path"] == '/quoted"\n/')
    assert last()["user_agent"] == 'a "browser" \\'


def test_probes_and_figures_are_not_for_the_world(front: Front) -> None:
    assert [front.get(f"/-/{probe}").status for probe in ("health/live", "health/ready", "metrics")] == [404, 404, 404]


def test_body_that_no_form_needs_is_refused_at_the_door(front: Front) -> None:
    with front.connect() as connection:
        connection.sendall(request("/desk/login/", "POST", Host=HOST, Content_Length=str(31 * 1024 * 1024)))
        answer = parse(connection.recv(65536))

    assert (answer.status, answer.headers["server"]) == (413, "nginx")


def test_slow_writers_do_not_take_the_servers_threads(front: Front) -> None:
    with contextlib.ExitStack() as slow:
        for _number in range(24):
            connection = slow.enter_context(front.connect())
            connection.sendall(request("/desk/articles/", "POST", Host=HOST, Content_Length="100") + b"the beginning")
        begin = time.monotonic()

        assert front.get("/robots.txt").status == 200
        assert time.monotonic() - begin < 5


def test_guessing_passwords_is_slowed_down(front: Front) -> None:
    body = b"username=ada&password=guess"
    statuses = [front.get("/desk/login/", "POST", body, Content_Length=str(len(body))).status for _try in range(14)]

    assert statuses[:11] == [403] * 11  # no token: Django refuses them all
    assert 429 in statuses[11:]
    assert front.get("/desk/login/").status == 200
    assert front.get("/robots.txt").status == 200


def test_new_code_is_taken_up_without_a_lost_request(front: Front) -> None:
    statuses: list[int] = []

    def ask_on() -> None:
        while not done:
            statuses.append(front.get("/robots.txt").status)

    done: list[bool] = []
    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(ask_on) for _reader in range(2)]
        front.server.process.send_signal(signal.SIGHUP)
        stopped = '"message": "Stopped old worker-2"'
        try:
            assert eventually(lambda: stopped in (front.folder / "stderr").read_text())
        finally:
            done.append(True)
        for reader in readers:
            reader.result()

    assert len(statuses) > 10
    assert set(statuses) == {200}
