"""A page: the shell that many pages share, with its own head and its own main part."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString

from articles import paths
from articles.records import Section
from articles.rendering.head import Head
from articles.rendering.site import furniture, this_site
from articles.rendering.slots import SLOTS
from articles.text.languages import direction


@dataclass(frozen=True, slots=True)
class Place:
    """What decides about a page's shell: its language and what of the navigation it is in."""

    language: str
    direction: str
    section_path: str
    path: str

    @classmethod
    def of(cls, head: Head, navigation: Iterable[Section]) -> "Place":
        """Return the place of a page; pages that look alike but for head and main have equal ones."""
        language = head.language or this_site().language
        marked = {paths.LATEST, paths.MARKETS, *(section.path for section in navigation)}
        path = head.path if head.path in marked else ""
        return cls(language, head.direction or direction(language), head.section_path, path)


@dataclass(frozen=True, slots=True)
class Shell:
    """A page without head and main part."""

    before_head: str
    before_main: str
    after_main: str

    def around(self, head: str, main: str) -> str:
        """Return the whole page."""
        return "".join((self.before_head, head, self.before_main, main, self.after_main))


def render_shell(place: Place, navigation: Iterable[Section]) -> Shell:
    """Return the shell of the pages at a place.

    No request and so no context processor comes near it: a public page depends on its address and on what
    is live, never on who asks.
    """
    context = _furnished(place.language, place.direction) | {"head": place, "navigation": navigation}
    before_head, rest = get_template("base.html").render(context).split(SLOTS.head)
    return Shell(before_head, *rest.split(SLOTS.main))


def render_head(
    head: Head, social_tags: Iterable[tuple[str, str]] = (), structured_data: Iterable[SafeString] = ()
) -> str:
    """Return what the head of a page says of this page alone.

    `social_tags` are the properties and contents of OpenGraph, `structured_data` are JSON-LD documents.
    """
    own = {"social_tags": social_tags, "structured_data": structured_data}
    context = {"head": head, "site": this_site(), "paths": paths} | own
    return get_template("components/head.html").render(context)


def render_main(template: str, head: Head, **context: Any) -> str:
    """Return the main part of a page.

    Templates find `head`, `site`, `paths`, `language` and `direction` (the page's), `slots`, and `furniture`:
    attributes for the newsroom's own words on a page in another language.
    """
    language = head.language or this_site().language
    shared = _furnished(language, head.direction or direction(language))
    return get_template(template).render(shared | {"head": head} | context)


def render_page(
    template: str,
    head: Head,
    navigation: Iterable[Section],
    *,
    social_tags: Iterable[tuple[str, str]] = (),
    structured_data: Iterable[SafeString] = (),
    **context: Any,
) -> str:
    """Return a whole page as HTML, its shell made for it alone."""
    navigation = tuple(navigation)
    shell = render_shell(Place.of(head, navigation), navigation)
    main = render_main(template, head, navigation=navigation, **context)
    return shell.around(render_head(head, social_tags, structured_data), main)


def _furnished(language: str, direction: str) -> dict[str, Any]:
    return {
        "site": this_site(),
        "paths": paths,
        "language": language,
        "direction": direction,
        "furniture": furniture(language),
        "slots": SLOTS,
    }
