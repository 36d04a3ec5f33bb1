"""What is wrong with the settings of a CDN in front of the site."""

from importlib.util import find_spec
from typing import Final

from articles.purging.cdns import find
from newsroom.environment import Environment

#: What is scheduled more than ten minutes ahead purges nothing when it is scheduled, because by then no CDN has
#: anything left that it kept before. The minute between is for answers under way and for clocks that differ.
LONGEST_MAX_AGE: Final = 540


def refuse_wrong_cdn(environment: Environment, url: str, token: str, max_age: int) -> None:
    """Note what keeps the CDN that CDN_URL names from being asked; nothing without one."""
    if max_age > LONGEST_MAX_AGE:
        environment.refuse("CDN_MAX_AGE", f"is {max_age}; the most is {LONGEST_MAX_AGE} seconds.")
    if not url:
        return
    if find_spec("urllib3") is None:
        environment.refuse("CDN_URL", "is set, but what asks a CDN is not installed. Run: uv sync --extra cdn")
    try:
        find(url, token)
    except ValueError as error:
        name, _space, why = str(error).partition(" ")
        environment.refuse(name, why)
