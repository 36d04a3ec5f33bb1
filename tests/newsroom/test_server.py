"""How the server is set before it starts; tests/operations starts it."""

import socket
import sys
from pathlib import Path

import click
import pytest
from granian.cli import cli

from newsroom import server
from newsroom.server import configuration, is_taken, metrics_folder, usable_cores


def quota(folder: Path, words: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cpu.max").write_text(words)


@pytest.fixture
def cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: set(range(8)), raising=False)


def test_every_default_is_an_option_that_granian_has() -> None:
    names = {f"GRANIAN_{param.name.upper()}" for param in cli.params if isinstance(param, click.Option) and param.name}
    named = {str(param.envvar) for param in cli.params if param.envvar}

    assert set(server.DEFAULTS) | set(server.JSON_LOGS) <= names | named


def test_a_worker_for_each_core() -> None:
    assert configuration({}, 6)["GRANIAN_WORKERS"] == "6"


def test_granians_own_variables_take_precedence() -> None:
    set_by_hand = {"GRANIAN_WORKERS": "3", "GRANIAN_BACKPRESSURE": "17", "PORT": "9000", "GRANIAN_PORT": "9001"}

    assert configuration(set_by_hand, 6).items() >= set_by_hand.items()


def test_an_empty_variable_counts_as_absent() -> None:
    assert configuration({"GRANIAN_WORKERS": "", "PORT": ""}, 6)["GRANIAN_WORKERS"] == "6"


def test_port_is_where_the_server_listens() -> None:
    assert configuration({"PORT": "9000"}, 1)["GRANIAN_PORT"] == "9000"


def test_logs_are_json_unless_they_are_to_be_plain() -> None:
    json, plain = configuration({}, 1), configuration({"LOG_FORMAT": "plain"}, 1)

    assert (json["LOG_FORMAT"], plain["LOG_FORMAT"]) == ("json", "plain")
    assert Path(json["GRANIAN_LOG_CONFIG"]).exists()
    assert "GRANIAN_LOG_CONFIG" not in plain
    assert plain["GRANIAN_LOG_ACCESS_ENABLED"] == "true"


@pytest.mark.parametrize(
    ("quotas", "expected"),
    [
        ({}, 8),
        ({"": "max 100000"}, 8),
        ({"unit": "200000 100000"}, 2),
        ({"unit": "150000 100000"}, 2),
        ({"unit": "20000 100000"}, 1),
        ({"": "300000 100000", "unit": "max 100000"}, 3),
        ({"unit/inner": "900000 100000", "unit": "500000 100000"}, 5),
        ({"unit": "nonsense"}, 8),
    ],
)
def test_cores_are_those_that_the_process_may_use(
    tmp_path: Path, cores: None, quotas: dict[str, str], expected: int
) -> None:
    for group, words in quotas.items():
        quota(tmp_path / "cgroup" / group, words)
    membership = tmp_path / "membership"
    membership.write_text("1:name=systemd:/elsewhere\n0::/unit/inner\n")

    assert usable_cores(tmp_path / "cgroup", membership) == expected


def test_cores_are_counted_where_there_are_no_groups(tmp_path: Path, cores: None) -> None:
    assert usable_cores(tmp_path, tmp_path / "no-such-file") == 8


def test_a_port_that_others_share_is_taken_too() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        other.listen()

        assert is_taken("127.0.0.1", port)

    assert not is_taken("127.0.0.1", port)


def test_server_does_not_share_a_port(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setattr("os.environ", {"PORT": str(other.getsockname()[1])})
        monkeypatch.setattr(sys, "argv", ["newsroom"])

        with pytest.raises(SystemExit) as end:
            server.main()

    assert end.value.code == 2
    assert "is taken on this machine" in capsys.readouterr().err


def test_workers_keep_their_figures_in_a_folder_that_goes_away() -> None:
    with metrics_folder({"METRICS_TOKEN": "a-token-of-more-than-twenty-characters"}) as variables:
        folder = Path(variables["PROMETHEUS_MULTIPROC_DIR"])
        assert list(folder.iterdir()) == []
        (folder / "counter_1.db").touch()

    assert not folder.exists()


def test_folder_of_figures_that_somebody_chose_is_emptied_and_kept(tmp_path: Path) -> None:
    (tmp_path / "counter_1.db").touch()
    (tmp_path / "other").touch()

    with metrics_folder({"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}) as variables:
        assert variables == {}
        assert [file.name for file in tmp_path.iterdir()] == ["other"]

    assert tmp_path.exists()


def test_without_a_token_no_figures_are_kept() -> None:
    with metrics_folder({}) as variables:
        assert variables == {}
