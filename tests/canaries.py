"""Stories in every state that is not public, each with a canary in every text, name, slug and file it has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.urls import URLPattern
from django.utils import timezone

from articles import paths, workflow
from articles.media.library import store_picture, store_portrait
from articles.models import (
    Article,
    Author,
    Company,
    CompanyName,
    Edition,
    Image,
    Listing,
    Person,
    PersonRole,
    Redirect,
    Section,
    Source,
    Topic,
)
from articles.models.content import Content
from articles.public.urls import urlpatterns
from articles.states import ReleaseKind
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests import factories
from tests.factories import DAY, HOUR, person

CANARY = "zqcanary"
_numbers = count(1)
_LATER = timezone.now() + timedelta(days=2)


def canary(what: str) -> str:
    """Return a word that stands nowhere else."""
    return f"{CANARY}{what.replace('_', '')}{next(_numbers)}"


@dataclass
class Secret:
    """Nouns and words that only one story uses."""

    section: Section
    author: Author
    company: Company
    person: Person
    topic: Topic
    image: Image
    source: Source
    words: dict[str, str]
    article: Article = field(init=False)

    @property
    def content(self) -> dict[str, Any]:
        """The content of a story that can be released, made of canaries."""
        return self.words | {
            "body": f"<p>{canary('body')} {self.company.name} {canary('body')}</p>",
            "section": self.section,
            "source": self.source,
            "lead_image": self.image,
            "bylines": [self.author],
            "companies": [self.company],
            "persons": [self.person],
            "topics": [self.topic],
        }

    def media(self) -> list[str]:
        """Return the storage names of all files."""
        widths = self.image.rendition_widths
        assert widths
        return [
            str(self.image.file.name),
            *(self.image.rendition_name(width) for width in widths),
            str(self.author.portrait.name),
            str(self.person.portrait.name),
        ]


def secret() -> Secret:
    """Make nouns whose every text field has a canary of its own, and words for every text field of a story."""
    author = Author(
        **_texts(Author), email=f"{canary('mail')}@example.com", links=[f"https://{canary('link')}.example/"]
    )
    author.portrait = ContentFile(factories.jpeg(90, 90), f"{canary('portrait')}.jpg")
    store_portrait(author)
    image = Image(**_texts(Image), file=ContentFile(factories.jpeg(1000, 600), f"{canary('file')}.jpg"))
    store_picture(image)
    company = Company.objects.create(
        **_texts(Company), aliases=[canary("alias")], website=f"https://{canary('site')}.example/"
    )
    listing = Listing.objects.create(
        company=company,
        exchange=factories.exchange(),
        symbol=canary("T")[:20].upper(),
        is_primary=True,
        is_watched=True,
    )
    factories.quote(listing)
    CompanyName.objects.create(company=company, name=canary("former"))
    person = Person(**_texts(Person), aliases=[canary("alias")])
    person.portrait = ContentFile(factories.jpeg(90, 90), f"{canary('face')}.jpg")
    store_portrait(person)
    PersonRole.objects.create(person=person, company=company, title=canary("title"))
    PersonRole.objects.create(person=person, body=canary("place"), title=canary("title"))
    words = _texts(Content) | {
        "original_url": f"https://{canary('original')}.example/",
        "canonical_url": f"https://{canary('canonical')}.example/",
    }
    return Secret(
        section=Section.objects.create(**_texts(Section)),
        author=author,
        company=company,
        person=person,
        topic=Topic.objects.create(**_texts(Topic)),
        image=image,
        source=Source.objects.create(**_texts(Source)),
        words=words,
    )


def _texts(model: type[models.Model]) -> dict[str, str]:
    """Return a canary for every free text column of a model: a column added later is covered by itself."""
    names = [
        column.name
        for column in model._meta.local_fields
        if isinstance(column, models.CharField | models.TextField)
        and not isinstance(column, models.URLField | models.EmailField | models.FileField)
        and not column.choices
        and column.name not in ("body", "language", "public_key", "country", "lei")
    ]
    return {name: canary(name) for name in dict.fromkeys(names)}


def _released_before(made: Secret, **public: Any) -> Article:
    """Make a story that readers have without a canary, to which the canaries then come."""
    return factories.live(at=timezone.now() - DAY, **public)


def _rewritten(made: Secret) -> Article:
    article = _released_before(made)
    factories.rewrite(article, **made.content)
    return article


def _update_scheduled(made: Secret) -> Article:
    article = _rewritten(made)
    workflow.update(article, by=person(Role.PUBLISHER), at=timezone.now() + HOUR)
    return article


def _superseded(made: Secret) -> Article:
    article = factories.live(at=timezone.now() - DAY, **made.content)
    nothing: dict[str, Any] = dict.fromkeys(made.words, "") | {
        "lead_image": None,
        "source": None,
        "companies": [],
        "persons": [],
        "topics": [],
    }
    factories.rewrite(article, **factories.content(**nothing | {"headline": "Put right", "standfirst": "In full."}))
    workflow.correct(article, by=person(Role.PUBLISHER), notice="Everything was wrong.")
    return article


def _rolled_back(made: Secret) -> Article:
    article = _rewritten(made)
    with clock_at(timezone.now() - HOUR):
        workflow.update(article, by=person(Role.PUBLISHER))
    workflow.roll_back(article, by=person(Role.PUBLISHER), kind=ReleaseKind.CORRECTION, notice="Too early.")
    return article


def _cancelled(made: Secret) -> Article:
    article = factories.scheduled(**made.content)
    return workflow.cancel(article, by=person(Role.PUBLISHER))


def _corrected_and_withdrawn(made: Secret) -> Article:
    article = factories.live(at=timezone.now() - DAY)
    with clock_at(timezone.now() - 2 * HOUR):
        factories.rewrite(article, **_once_public(made))
        workflow.correct(article, by=person(Role.PUBLISHER), notice=canary("notice"))
    with clock_at(timezone.now() - HOUR):
        workflow.withdraw(article, by=person(Role.PUBLISHER), notice="Gone.")
    return article


def _correction_scheduled(made: Secret) -> Article:
    article = _rewritten(made)
    workflow.correct(article, by=person(Role.PUBLISHER), notice=canary("notice"), at=timezone.now() + HOUR)
    return article


def _expired(made: Secret) -> Article:
    # An expired story keeps its headline, and its date, by design.
    return factories.expired(**_once_public(made) | {"headline": "Expired"})


def _once_public(made: Secret) -> dict[str, Any]:
    """Return the content of a story that is gone: readers keep its address, which says its section and slug."""
    return made.content | {"slug": "gone", "section": factories.section()}


def _confidential(made: Secret) -> Article:
    return factories.confidential(**made.content)


def _embargoed(made: Secret) -> Article:
    instant = timezone.now() + DAY
    return factories.scheduled(live_from=instant, embargo_at=instant, **made.content)


STATES: dict[str, Callable[[Secret], Article]] = {
    "draft": lambda made: factories.draft(**made.content),
    "submitted": lambda made: factories.submitted(**made.content),
    "approved": lambda made: factories.approved(**made.content),
    "spiked": lambda made: factories.spiked(**made.content),
    "scheduled": lambda made: factories.scheduled(**made.content),
    "a microsecond early": lambda made: factories.scheduled(live_from=_LATER, **made.content),
    "embargoed": _embargoed,
    "schedule cancelled": _cancelled,
    "confidential": _confidential,
    "corrected, then withdrawn": _corrected_and_withdrawn,
    "live, correction scheduled": _correction_scheduled,
    "withdrawn": lambda made: factories.withdrawn(**_once_public(made)),
    "expired": _expired,
    "live, update written": _rewritten,
    "live, update scheduled": _update_scheduled,
    "live, superseded": _superseded,
    "live, rolled back": _rolled_back,
}


def addresses(made: Secret) -> dict[str, list[str]]:
    """Return, for every public URL name, the addresses at which the story or a noun of it could come out."""
    nouns = (made.section, made.company, made.topic, made.author, made.person)
    section, company, topic, author, somebody = (noun.path for noun in nouns)
    slugs = {made.article.slug, *Edition.objects.filter(article=made.article).values_list("slug", flat=True)}
    keys = {made.article.public_key}
    months = {timezone.now() - DAY, timezone.now(), timezone.now() + DAY, timezone.now() + 3 * DAY}
    cursor = f"?before={int((timezone.now() + 9 * DAY).timestamp() * 1_000_000)}-999999999"
    own = [section, company, topic, author, somebody]
    listing = made.company.listings.get()
    initials = {*"zq", "#"}
    vanity = f"/{canary('vanity')}/"
    Redirect.objects.create(path=vanity, article=made.article)
    for path, noun in zip(("/s/", "/c/", "/t/", "/a/", "/p/"), own, strict=True):
        Redirect.objects.get_or_create(path=path, defaults=_target(noun, made))
    return {
        "front": ["/"],
        "latest": ["/latest/", f"/latest/{cursor}"],
        "corrections": ["/corrections/", f"/corrections/{cursor}"],
        "feeds": ["/feeds/"],
        "site_feed": [paths.SITE_FEED],
        "sitemap": [paths.SITEMAP],
        "sitemap_pages": [paths.sitemap_pages()],
        "sitemap_pages_part": [paths.sitemap_pages(2)],
        "sitemap_news": [paths.SITEMAP_NEWS],
        "sitemap_month": sorted({paths.sitemap_month(day.year, day.month) for day in months}),
        "sitemap_month_part": [
            path.replace(".xml", "-1.xml") for path in {paths.sitemap_month(day.year, day.month) for day in months}
        ],
        "robots": [paths.ROBOTS],
        "favicon": ["/favicon.ico"],
        "media": [paths.media(name) for name in made.media()],
        "companies": ["/companies/", *(paths.letter(paths.COMPANIES, letter) for letter in initials)],
        "people": ["/people/", *(paths.letter(paths.PEOPLE, letter) for letter in initials)],
        "quote": [paths.quote_page(ticker) for ticker in (listing.ticker, listing.symbol, listing.symbol.lower())],
        "person_feed": [paths.feed(somebody)],
        "person": [somebody, somebody + cursor],
        "company_feed": [paths.feed(company)],
        "company": [company, company + cursor, paths.only_subject(company), paths.chart(company, "year")],
        "markets": [paths.MARKETS],
        "prices": [f"{paths.PRICES}?listings={listing.pk}", *(f"{paths.PRICES}?story={key}" for key in keys)],
        "topic_feed": [paths.feed(topic)],
        "topic": [topic, topic + cursor],
        "author_feed": [paths.feed(author)],
        "author": [author, author + cursor],
        "section_feed": [paths.feed(section)],
        "section": [section, section + cursor],
        "article": [
            paths.article(place, slug, key)
            for place in (made.section.slug, "", "markets")
            for slug in (*slugs, "wrong")
            for key in keys
        ],
        "nowhere": [vanity, "/s/", "/c/", "/t/", "/a/", "/p/", "/nothing/at/all/"],
    }


def _target(path: str, made: Secret) -> dict[str, Any]:
    nouns = {name: getattr(made, name) for name in ("section", "company", "topic", "author", "person")}
    return {name: noun for name, noun in nouns.items() if noun.path == path}


def url_names() -> Iterator[str]:
    """Yield the names of all public addresses; an address without a name fails."""
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        assert pattern.name, f"{pattern} has no name"
        yield pattern.name


def at_instant(moment: datetime) -> Any:
    """Return a context in which the pages believe that it is `moment`."""
    import time_machine

    return time_machine.travel(moment, tick=False)
