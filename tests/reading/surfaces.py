"""Every place where a story can come out, asked for one story."""

from datetime import datetime
from typing import Any

from articles import reading, records
from articles.models import Article, Company
from tests.factories import author, company, live, section, somebody, topic


class Named:
    """A story with nouns that only it names."""

    def __init__(self, story: Article) -> None:
        """Take a story that was made with `nouns()`."""
        self.story = story
        self.section = story.section
        self.author = story.bylines.get().author
        self.company: Company = story.companies.get().company
        self.topic = story.topic_items.get().tag
        self.person = story.persons.get().person

    def places(self, at: datetime) -> dict[str, bool]:
        """Say for every surface of the door whether the story, or a noun that only it names, can be seen there."""
        assert self.section is not None
        found = reading.story(self.story.public_key, at)
        headline = self.story.headline
        lists = {
            "latest": reading.latest(at).items,
            "section": reading.section_stories(self.section.slug, at).items,
            "company": reading.company_stories(self.company.pk, at).items,
            "author": reading.author_stories(self.author.pk, at).items,
            "topic": reading.topic_stories(self.topic.pk, at).items,
            "person": reading.person_stories(self.person.pk, at).items,
            "feed": tuple(item.card for item in reading.feed(at).items),
            "section feed": tuple(item.card for item in reading.feed(at, ("section", self.section.pk)).items),
            "company feed": tuple(item.card for item in reading.feed(at, ("company", self.company.pk)).items),
            "author feed": tuple(item.card for item in reading.feed(at, ("author", self.author.pk)).items),
            "topic feed": tuple(item.card for item in reading.feed(at, ("topic", self.topic.pk)).items),
            "person feed": tuple(item.card for item in reading.feed(at, ("person", self.person.pk)).items),
            "news sitemap": reading.sitemap_news(datetime.min.replace(year=1971, tzinfo=at.tzinfo), at),
        }
        front = reading.front(at)
        entries = {entry.path for entry in reading.sitemap_pages(at)}
        months = reading.sitemap_months(at)
        return {
            "story": isinstance(found, records.Story),
            "front": front.lead is not None and headline in {front.lead.headline, *(c.headline for c in front.items)},
            **{name: headline in {card.headline for card in cards} for name, cards in lists.items()},
            "sitemap": any(reading.sitemap(month.year, month.month, at) for month in months),
            "navigation": self.section.slug in {part.slug for part in reading.navigation(at)},
            "section page": reading.section(self.section.slug, at) is not None,
            "company page": reading.company(self.company.slug, at) is not None,
            "author page": reading.author(self.author.slug, at) is not None,
            "topic page": reading.topic(self.topic.slug, at) is not None,
            "person page": reading.person(self.person.slug, at) is not None,
            "companies A–Z": self.company.name in {item.name for item in reading.companies_index(at).items},
            "companies under R": self.company.name in {item.name for item in reading.companies_index(at, "r").items},
            "letter of companies": "r" in reading.companies_index(at).letters,
            "people A–Z": self.person.name in {item.name for item in reading.people_index(at).items},
            "letter of people": "r" in reading.people_index(at).letters,
            "ticker": reading.quoted("NYSE:RARE", at) is not None,
            "symbol": reading.quoted("rare", at) is not None,
            **{
                f"{noun} in the sitemap": getattr(self, noun).path in entries
                for noun in ("section", "company", "author", "topic", "person")
            },
        }


def nouns() -> dict[str, Any]:
    """Return content with nouns that nothing else names."""
    return {
        "section": section("Rare"),
        "bylines": [author("Rare Author")],
        "companies": [company("Rare Company", "NYSE:RARE")],
        "topics": [topic("Rare Topic")],
        "persons": [somebody("Rare Person")],
    }


def full(**changes: Any) -> Article:
    """Make a live story with nouns of its own."""
    return live(**nouns() | changes)
