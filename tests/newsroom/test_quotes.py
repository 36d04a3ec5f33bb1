"""Wrong settings of the providers of quotes are named before the site starts."""

from newsroom.environment import Environment
from newsroom.quotes import refuse_wrong_providers


def problems(*addresses: str, **keys: str) -> list[str]:
    environment = Environment({})
    refuse_wrong_providers(environment, addresses, keys)
    return environment.problems


def test_sound_settings_have_no_problems() -> None:
    assert problems() == []
    assert problems("drop:/srv/quotes", "https://quotes.example.com/v1?s={symbols}") == []


def test_every_wrong_one_is_named() -> None:
    found = problems("ftp://example.com", "drop:/srv/a/quotes", "drop:/srv/b/quotes", host="")

    assert [problem.partition(" ")[0] for problem in found] == ["QUOTE_KEYS", "QUOTE_PROVIDERS", "QUOTE_PROVIDERS"]
    assert "none that is known" in found[1]
    assert "names drop quotes twice" in found[2]
