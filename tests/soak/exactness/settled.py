"""A site on which one of everything has happened, and a right answer of each kind."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from articles import workflow
from articles.models import Image, PersonRole, Redirect
from newsroom.roles import Role
from tests import factories
from tests.soak.exactness import cast
from tests.soak.exactness.history import History
from tests.soak.exactness.readers import Answer, Fetch, ask
from tests.soak.oracle import Event
from tests.soak.oracle.paper import cursor

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Site:
    """All that happened on a site and what its readers then got: neither needs the database any more."""

    events: list[Event]
    files: dict[str, bytes]
    answers: dict[str, Answer]


def make_site(fetcher: Callable[[], Fetch]) -> Site:
    """Let one of everything happen, watched from the beginning, and ask for a page of each kind."""
    History.begin()
    try:
        files = cast.begin(random.Random(1), stories=0)
        paths = _everything(next(iter(files)))
        fetch = fetcher()
        answers = {name: ask(fetch, path, {}, None, 0) for name, path in paths.items()}
        return Site(History().news(), files, answers)
    finally:
        History.end()


def _everything(picture: str) -> dict[str, str]:
    """Make one of everything, and return the address of a page of each kind."""
    publisher = factories.person(Role.PUBLISHER)
    section, company = factories.section("Markets", language="en"), factories.company("Acme", "NYSE:ACM")
    author, topic = factories.author("Ada", role_title="Editor"), factories.topic("Rates")
    named: dict[str, Any] = {"section": section, "companies": [company], "bylines": [author], "topics": [topic]}
    newest = timezone.now() - HOUR
    for number in range(22):
        at = newest - number * HOUR
        factories.live(at=at, headline=f"Story {number:02}", standfirst=f"About {number:02}.", **named)
    image, joe = Image.objects.get(file=picture), factories.somebody("Joe", biography="Who he is.")
    PersonRole.objects.create(person=joe, body="Treasury", title="minister", since_on=date(2020, 2, 3))
    PersonRole.objects.create(person=joe, company=company, title="chief", since_on=date(2010, 1, 2))
    body = (
        f'<p><span data-company="{company.pk}">The group</span> rose. <span data-person="{joe.pk}">Joe</span> said it '
        f'was <data value="1.2" data-listing="{company.listings.get().pk}" data-measure="change-percent" '
        'data-direction="down" data-as-of="2024-11-22T17:50:00Z" data-session="regular">down 1.2% today</data>.</p>'
    )
    story = factories.live(headline="Main story", body=body, lead_image=image, **named)
    workflow.correct(factories.rewrite(story, kicker="Late"), by=publisher, notice="A figure was wrong.")
    gone, over = factories.withdrawn(headline="Gone story"), factories.expired(headline="Over story")
    Redirect.objects.create(path="/davos/", company=company)
    pages = {str(noun._meta.model_name): noun.path for noun in (company, author, topic, joe)}
    article = f"/markets/main-story-{story.public_key}/"
    return pages | {
        "front": "/",
        "latest": "/latest/",
        "section": "/markets/",
        "older": f"/markets/?before={cursor(newest - 3 * HOUR, 10**6)}",
        "corrections": "/corrections/",
        "article": article,
        "withdrawn": f"/markets/gone-story-{gone.public_key}/",
        "expired": f"/markets/over-story-{over.public_key}/",
        "moved": f"/markets/old-address-{story.public_key}/",
        "redirect": "/davos/",
        "nothing": "/nothing/",
        "companies": "/companies/",
        "people": "/people/",
        "ticker": "/quote/nyse:acm",
        "feeds": "/feeds/",
        "feed": "/rss.xml",
        "company feed": f"{company.path}rss.xml",
        "maps": "/sitemap.xml",
        "pages map": "/sitemaps/pages.xml",
        "news map": "/sitemaps/news.xml",
        "month map": f"/sitemaps/{timezone.now():%Y-%m}.xml",
        "picture": f"/media/{picture}",
        "robots": "/robots.txt",
    }
