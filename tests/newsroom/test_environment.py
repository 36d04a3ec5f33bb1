from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import environment
from newsroom.environment import Environment, is_loopback

LONG_SECRET = "a text with more than fifty characters, none of them random"


def test_text_is_trimmed_and_an_empty_one_counts_as_absent() -> None:
    variables = Environment({"FULL": " The Ledger ", "EMPTY": "  "})

    assert variables.text("FULL") == "The Ledger"
    assert variables.text("EMPTY", "default") == "default"
    assert variables.text("ABSENT", "default") == "default"


@pytest.mark.parametrize(("word", "expected"), [("on", True), ("YES", True), ("1", True), ("Off", False), ("0", False)])
def test_flag_reads_words(word: str, expected: bool) -> None:
    assert Environment({"FLAG": word}).flag("FLAG", default=not expected) is expected


def test_flag_refuses_a_typo_and_keeps_the_default() -> None:
    variables = Environment({"SECURE_COOKIES": "yess"})

    assert variables.flag("SECURE_COOKIES", default=True) is True
    assert variables.problems == ["SECURE_COOKIES is 'yess', which is neither on nor off."]


@pytest.mark.parametrize("words", ["-1", "1.5", "many", "٣", "0"])
def test_number_refuses_what_is_no_whole_number_in_range(words: str) -> None:
    variables = Environment({"SIZE": words})

    assert variables.number("SIZE", 8, least=1) == 8
    assert variables.problems == [f"SIZE is {words!r}, which is not a whole number from 1 up."]


def test_names_are_split_at_commas() -> None:
    assert Environment({"HOSTS": "a.example, b.example,,"}).names("HOSTS") == ["a.example", "b.example"]


def test_choice_refuses_what_is_not_offered() -> None:
    variables = Environment({"LOG_LEVEL": "LOUD"})

    assert variables.choice("LOG_LEVEL", "INFO", ["INFO", "ERROR"]) == "INFO"
    assert variables.problems == ["LOG_LEVEL is 'LOUD', which is none of: INFO, ERROR."]


def test_path_refuses_a_relative_folder() -> None:
    variables = Environment({"MEDIA_ROOT": "media"})

    assert variables.path("MEDIA_ROOT", Path("/srv/media")) == Path("/srv/media")
    assert variables.problems == ["MEDIA_ROOT is 'media'; write the whole path, from / on."]


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("", "is not set. Give it a random text of at least 50 characters."),
        ("x" * 80, "is too easy to guess: it needs at least 50 random characters."),
        ("short-but-random", "is too easy to guess: it needs at least 50 random characters."),
    ],
)
def test_secret_refuses_what_can_be_guessed(secret: str, why: str) -> None:
    variables = Environment({"SECRET_KEY": secret})

    variables.secret("SECRET_KEY")

    assert variables.problems == [f"SECRET_KEY {why}"]


def test_secret_takes_a_long_one() -> None:
    variables = Environment({"SECRET_KEY": LONG_SECRET})

    assert variables.secret("SECRET_KEY") == LONG_SECRET
    assert variables.problems == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://news.example.com", "https://news.example.com"),
        ("https://News.Example.com/", "https://news.example.com"),
        ("https://news.example.com:8443", "https://news.example.com:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_origin_takes_https_and_this_machine(address: str, expected: str) -> None:
    variables = Environment({"SITE_URL": address})

    assert variables.origin("SITE_URL") == expected
    assert variables.problems == []


@pytest.mark.parametrize(
    ("address", "part_of_why"),
    [
        ("", "is not set"),
        ("news.example.com", "no web address"),
        ("ftp://news.example.com", "no web address"),
        ("https://", "no web address"),
        ("https://news.example.com:port", "no web address"),
        ("https://[::1", "no web address"),
        ("https://news.example.com/site", "leave out everything after the host"),
        ("https://news.example.com?x=1", "leave out everything after the host"),
        ("https://user@news.example.com", "leave out everything after the host"),
        ("http://news.example.com", "others need https"),
        ("http://localhost.example.com", "others need https"),
    ],
)
def test_origin_refuses_what_is_no_site(address: str, part_of_why: str) -> None:
    variables = Environment({"SITE_URL": address})

    variables.origin("SITE_URL")

    [problem] = variables.problems
    assert problem.startswith("SITE_URL ")
    assert part_of_why in problem


def test_time_zone_refuses_an_unknown_one() -> None:
    variables = Environment({"GOOD": "Asia/Hong_Kong", "BAD": "Mars/Olympus", "ODD": "../zone"})

    assert [variables.time_zone(name, "UTC") for name in ("GOOD", "BAD", "ODD", "ABSENT")] == [
        "Asia/Hong_Kong",
        "UTC",
        "UTC",
        "UTC",
    ]
    assert [problem.split()[0] for problem in variables.problems] == ["BAD", "ODD"]


def test_language_refuses_one_without_texts() -> None:
    variables = Environment({"GOOD": "zh-hans", "BAD": "tlh"})

    assert [variables.language(name, "en") for name in ("GOOD", "BAD", "ABSENT")] == ["zh-hans", "en", "en"]
    assert variables.problems == ["BAD is 'tlh', which Django has no texts in. Use a code such as en, de or zh-hans."]


def test_proxy_header_becomes_djangos() -> None:
    variables = Environment({"GOOD": "X-Forwarded-Proto=https", "BAD": "X-Forwarded-Proto"})

    assert variables.proxy_header("GOOD") == ("HTTP_X_FORWARDED_PROTO", "https")
    assert variables.proxy_header("ABSENT") is None
    assert variables.proxy_header("BAD") is None
    assert variables.problems == ["BAD is 'X-Forwarded-Proto'; write it as X-Forwarded-Proto=https."]


def test_database_is_the_sqlite_file_unless_a_url_names_another(tmp_path: Path) -> None:
    odd_folder = tmp_path / "100% news + views?"
    variables = Environment({"DATABASE_URL": "postgres://rita:secret@db.example:5433/ledger"})

    database = variables.database("DATABASE_URL", odd_folder)

    assert Environment({}).database("DATABASE_URL", odd_folder)["NAME"] == str(odd_folder)
    assert variables.problems == []
    assert {key: database[key] for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "ledger",
        "USER": "rita",
        "PASSWORD": "secret",
        "HOST": "db.example",
        "PORT": 5433,
    }


@pytest.mark.parametrize(
    ("url", "part_of_why"),
    [
        ("mysql://localhost/ledger", "begins with 'mysql'"),
        ("ledger.sqlite3", "begins with 'ledger.sqlite3'"),
        ("postgres://localhost:port/ledger", "cannot be read"),
        ("postgres://localhost", "names no database"),
    ],
)
def test_database_refuses_what_newsroom_does_not_run_on(url: str, part_of_why: str) -> None:
    variables = Environment({"DATABASE_URL": url})

    variables.database("DATABASE_URL", Path("/srv/newsroom.sqlite3"))

    [problem] = variables.problems
    assert problem.startswith("DATABASE_URL ")
    assert part_of_why in problem


def test_database_names_the_extra_when_the_driver_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda _: None)
    variables = Environment({"DATABASE_URL": "postgres://localhost/ledger"})

    variables.database("DATABASE_URL", Path("/srv/newsroom.sqlite3"))

    assert variables.problems == [
        "DATABASE_URL names PostgreSQL, but its driver is not installed. Run: uv sync --extra postgres"
    ]


PRIMARY = {"ENGINE": "django.db.backends.postgresql", "HOST": "db.example", "PORT": "", "NAME": "ledger"}


def test_replicas_are_separated_by_blanks_or_commas() -> None:
    urls = "postgres://one.example/ledger, postgres://two.example/ledger\npostgres:///ledger?host=/run/three"

    variables = Environment({"URLS": urls})
    found = variables.replicas("URLS", PRIMARY)

    assert variables.problems == []
    assert [(replica["HOST"], replica.get("OPTIONS")) for replica in found] == [
        ("one.example", None),
        ("two.example", None),
        ("", {"host": "/run/three"}),
    ]
    assert Environment({}).replicas("URLS", PRIMARY) == []


@pytest.mark.parametrize(
    ("urls", "why"),
    [
        ("postgres://db.example/ledger", "names one server twice, or the one of DATABASE_URL."),
        (
            "postgres://a.example/ledger postgres://a.example/ledger",
            "names one server twice, or the one of DATABASE_URL.",
        ),
        ("sqlite:////srv/ledger.sqlite3", "names a SQLite file; a replica is a PostgreSQL server."),
        ("mysql://a.example/ledger", "begins with 'mysql'; Newsroom runs on sqlite:/// and postgres:// databases."),
    ],
)
def test_replicas_refuse_what_is_none(urls: str, why: str) -> None:
    variables = Environment({"URLS": urls})

    variables.replicas("URLS", PRIMARY)

    assert variables.problems == [f"URLS {why}"]


def test_replicas_of_sqlite_are_refused() -> None:
    variables = Environment({"URLS": "postgres://a.example/ledger"})

    assert variables.replicas("URLS", {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/ledger.sqlite3"}) == []
    assert variables.problems == [
        "URLS is set, but DATABASE_URL names no PostgreSQL: only that has replicas. Leave it out."
    ]


def test_mailer_becomes_djangos() -> None:
    variables = Environment({"EMAIL_URL": "smtp+tls://desk:word@mail.example.com:587"})

    assert variables.mailer("EMAIL_URL") == {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": "mail.example.com",
            "port": 587,
            "username": "desk",
            "password": "word",
            "use_tls": True,
            "use_ssl": False,
            "timeout": 10,
        },
    }


@pytest.mark.parametrize("url", ["pigeon://roof", "smtp://mail.example.com:port"])
def test_mailer_refuses_what_it_cannot_use(url: str) -> None:
    variables = Environment({"EMAIL_URL": url})

    variables.mailer("EMAIL_URL")

    assert [problem.split()[0] for problem in variables.problems] == ["EMAIL_URL"]


def test_settle_names_every_problem_at_once() -> None:
    variables = Environment({"DEBUG": "maybe", "HSTS_SECONDS": "long"})
    variables.flag("DEBUG", default=False)
    variables.number("HSTS_SECONDS", 0)

    with pytest.raises(ImproperlyConfigured) as refused:
        variables.settle()

    assert str(refused.value).splitlines() == [
        "Newsroom refuses to start:",
        "  - DEBUG is 'maybe', which is neither on nor off.",
        "  - HSTS_SECONDS is 'long', which is not a whole number from 0 up.",
    ]


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost", True), ("127.0.0.9", True), ("::1", True), ("a.localhost", True), ("10.0.0.1", False), ("", False)],
)
def test_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize("token", ["", "a-token-of-more-than-twenty-characters"])
def test_token_may_be_absent_but_not_short(token: str) -> None:
    variables = Environment({"TOKEN": token})

    assert (variables.token("TOKEN"), variables.problems) == (token, [])


def test_token_that_could_be_guessed_is_refused() -> None:
    variables = Environment({"TOKEN": "letmein"})
    variables.token("TOKEN")

    assert variables.problems == ["TOKEN is too easy to guess: it needs at least 20 random characters."]


@pytest.mark.parametrize("path", ["", "/protected-media/", "/internal/media_1/"])
def test_location_is_a_path_of_a_web_server(path: str) -> None:
    variables = Environment({"PLACE": path})

    assert (variables.location("PLACE"), variables.problems) == (path, [])


@pytest.mark.parametrize("path", ["/", "//", "protected/", "/protected", "/a b/", "https://host/", "/a;b/", '/"/'])
def test_location_that_is_none_is_refused(path: str) -> None:
    variables = Environment({"PLACE": path})

    assert (variables.location("PLACE"), len(variables.problems)) == ("", 1)
