"""There is an answer, or none within the time; whatever the server does."""

import socket
import time
from collections.abc import Iterator

import pytest

from articles.asking import Answer, Request, Unanswered, ask_all, wait_asked_for
from articles.purging.cdns import find
from tests.purging.servers import Api


@pytest.fixture
def server() -> Iterator[Api]:
    played = Api("varnish")
    yield played
    played.close()


def requests(server: Api, count: int = 1) -> tuple[Request, ...]:
    return find(f"varnish://{','.join([server.host] * count)}", "").requests(["lists"])


def ask(server: Api, *acts: str, within: float = 2.0) -> Answer:
    server.acts.extend(acts)
    return ask_all(requests(server), within)[0]


def why_none(server: Api, *acts: str, within: float = 2.0) -> str:
    with pytest.raises(Unanswered) as none:
        ask(server, *acts, within=within)
    return str(none.value)


def test_an_answer_comes_with_status_headers_and_body(server: Api) -> None:
    answer = ask(server)

    assert (answer.status, answer.headers["xkey-purged"], answer.body) == (200, "2", b'{"lists": "1-2-3"}')


def test_an_error_is_an_answer_too(server: Api) -> None:
    assert ask(server, "fail:500").status == 500
    assert ask(server, "fail:404").status == 404


def test_what_is_no_answer_says_why(server: Api) -> None:
    assert why_none(server, "hang_up") == "it ended the connection"
    assert why_none(server, "gibberish") == "it ended the connection"
    assert len(server.asked) == 2, "nothing is tried twice"


@pytest.mark.parametrize("act", ["late:3", "drip:3", "hold"])
def test_a_slow_server_is_waited_for_no_longer_than_allowed(server: Api, act: str) -> None:
    began = time.monotonic()

    why = why_none(server, act, within=0.4)

    assert time.monotonic() - began < 2
    assert why in ("no answer within 0.4 seconds", "no answer in time")


def test_redirects_are_not_followed(server: Api) -> None:
    assert ask(server, "redirect").status == 307
    assert len(server.asked) == 1


def test_a_flood_is_cut_off(server: Api) -> None:
    assert len(ask(server, "flood").body) == 65_536


def test_a_server_that_is_not_there_is_said_to_be_away(server: Api) -> None:
    server.server.server_close()
    server.server.shutdown()

    assert why_none(server) == "it cannot be reached"


def test_a_name_that_nobody_knows_is_said_to_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_asked: object) -> None:
        raise socket.gaierror("Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    request = Request("PURGE", "http://cache.example:6081/", {})

    with pytest.raises(Unanswered, match=r"^its name is not known$"):
        ask_all([request], 2.0)


def test_a_server_that_speaks_no_tls_is_not_trusted(server: Api) -> None:
    request = Request("PURGE", f"https://{server.host}/", {})

    with pytest.raises(Unanswered, match=r"^its certificate cannot be trusted$"):
        ask_all([request], 2.0)


def test_several_are_asked_side_by_side(server: Api) -> None:
    server.acts.extend(["late:1", "late:1", "late:1"])
    began = time.monotonic()

    answers = ask_all(requests(server, 3), 5.0)

    assert [answer.status for answer in answers] == [200, 200, 200]
    assert time.monotonic() - began < 2.5


def test_one_of_several_that_does_not_answer_is_enough(server: Api) -> None:
    server.acts.extend(["purge", "hang_up", "purge"])

    with pytest.raises(Unanswered, match="it ended the connection"):
        ask_all(requests(server, 3), 2.0)


@pytest.mark.parametrize(
    ("header", "seconds"), [("30", 30), ("0", 0), ("", 0), ("soon", 0), ("-5", 0), ("99999", 3600), ("1.5", 0)]
)
def test_a_wait_is_taken_from_the_answer(header: str, seconds: int) -> None:
    assert wait_asked_for(Answer(429, {"retry-after": header}, b"")) == seconds
    assert wait_asked_for(Answer(429, {}, b"")) == 0
