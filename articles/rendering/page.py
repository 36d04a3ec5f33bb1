"""The shell that every page stands in."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import get_template

from articles import paths
from articles.records import Section
from articles.rendering.head import Head
from articles.rendering.site import furniture, this_site
from articles.text.languages import direction


def render_page(template: str, head: Head, navigation: Iterable[Section], **context: Any) -> str:
    """Return a whole page as HTML.

    No request and so no context processor comes near it: a public page depends on its address and on what
    is live, never on who asks. Templates find `head`, `site`, `navigation`, `paths`, `language` and
    `direction` (the page's) and `furniture`: attributes for the newsroom's own words on a page in another language.
    """
    site = this_site()
    language = head.language or site.language
    shell = {
        "head": head,
        "site": site,
        "navigation": navigation,
        "paths": paths,
        "language": language,
        "direction": head.direction or direction(language),
        "furniture": furniture(language),
        "social_tags": (),
        "structured_data": (),
    }
    return get_template(template).render(shell | context)
