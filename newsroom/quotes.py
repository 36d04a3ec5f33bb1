"""What is wrong with the settings of the providers of quotes."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from articles.quotes.providers import find
from newsroom.environment import Environment


def refuse_wrong_providers(environment: Environment, addresses: Sequence[str], keys: Mapping[str, str]) -> None:
    """Note what keeps the providers that QUOTE_PROVIDERS names from being asked; nothing without any."""
    for host, key in keys.items():
        if not host or not key:
            environment.refuse("QUOTE_KEYS", "is no list of hosts with their keys; write it as quotes.example.com=KEY.")
    if any(not address.startswith("drop:") for address in addresses) and not find_spec("urllib3"):
        environment.refuse(
            "QUOTE_PROVIDERS", "names a server, but what asks it is missing. Run: uv sync --extra markets"
        )
    names = set()
    for address in addresses:
        try:
            provider = find(address, keys)
        except ValueError as error:
            environment.refuse("QUOTE_PROVIDERS", str(error))
            continue
        if provider.name in names:
            environment.refuse("QUOTE_PROVIDERS", f"names {provider.name} twice; quotes are told apart by that name.")
        names.add(provider.name)
