"""Who publishes: what every page and feed says about the newsroom itself."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.html import format_html

from articles.text.languages import direction


@dataclass(frozen=True, slots=True)
class Site:
    """The newsroom's name, its origin without a slash at the end, and the language of its furniture."""

    name: str
    url: str
    language: str

    def absolute(self, path: str) -> str:
        """Return the full address of a path that starts with "/"."""
        return self.url + path


def this_site() -> Site:
    """Return the site that the settings describe."""
    return Site(settings.NEWSROOM_NAME, settings.SITE_URL.rstrip("/"), settings.LANGUAGE_CODE)


def furniture(language: str) -> str:
    """Return the attributes of the newsroom's own words among words in `language`, with a blank before, or "".

    A date or a label in English needs them in an Arabic story, to be read out and to be set the right way round.
    """
    house = settings.LANGUAGE_CODE
    return "" if language == house else format_html(' lang="{}" dir="{}"', house, direction(house))
