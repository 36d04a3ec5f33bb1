"""Who publishes: what every page and feed says about the newsroom itself."""

from dataclasses import dataclass

from django.conf import settings


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
