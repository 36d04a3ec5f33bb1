"""Stories, lists of them, and what stands beside them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper as readers see it today."""

    name: str
    slug: str
    path: str
    language: str
    direction: str
    description: str = ""
    #: How its stories print tickers: a `TickerForm` value.
    ticker_form: str = "colon"
    #: For the door's lists; readers never see it.
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Byline:
    """Somebody in a byline."""

    name: str
    path: str
    role: str
    role_title: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """A company beside a story.

    `ticker` is the primary listing as printed, "NYSE:BABA", and `listing` its key; "" and 0 for a private company.
    `names` are all the names copy may call it by; `former` are the keys of what was merged into it, by which older
    copy marks it.
    """

    id: int
    name: str
    path: str
    ticker: str = ""
    role: str = ""
    names: tuple[str, ...] = ()
    listing: int = 0
    kind: str = "company"
    former: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody beside a story whom its copy names; `former` are the keys of who was merged into them."""

    id: int
    name: str
    path: str
    names: tuple[str, ...] = ()
    former: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedListing:
    """A listing that a market statement speaks of, as printed, "NYSE:BABA", and the time zone of its exchange."""

    id: int
    ticker: str
    zone: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a story."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its renditions as (path, width in pixels), smallest first."""

    path: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    renditions: tuple[tuple[str, int], ...] = ()

    @property
    def srcset(self) -> str:
        """The renditions as an HTML `srcset`."""
        return ", ".join(f"{path} {width}w" for path, width in self.renditions)


@dataclass(frozen=True, slots=True)
class Notice:
    """What readers were told about a change: kind is a `ReleaseKind` value."""

    kind: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """A story in a list."""

    guid: UUID
    path: str
    kind: str
    headline: str
    short_headline: str
    kicker: str
    standfirst: str
    language: str
    direction: str
    section: Section | None
    bylines: tuple[Byline, ...]
    source_name: str
    source_prefix: str
    first_published_at: datetime
    updated_at: datetime
    picture: Picture | None

    @property
    def is_updated(self) -> bool:
        """Whether readers were given new words after the first publication."""
        return self.updated_at > self.first_published_at


@dataclass(frozen=True, slots=True)
class Story(Card):
    """A whole story. `body` is clean HTML; `canonical_url` is "" where the story's own address is the canonical one."""

    body: str
    dateline: str
    disclosure: str
    companies: tuple[Company, ...]
    topics: tuple[Topic, ...]
    related: tuple[Card, ...]
    notices: tuple[Notice, ...]
    search_title: str
    search_description: str
    social_title: str
    canonical_url: str
    original_url: str
    access: str
    search_engines: str
    word_count: int
    live_from: datetime
    is_preview: bool = False
    persons: tuple[Person, ...] = ()
    stated: tuple[StatedListing, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """A story readers once had. A withdrawn story says its notice only, an expired one its headline only."""

    status: str
    at: datetime
    headline: str = ""
    notice: str = ""
    language: str = "en"
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class Moved:
    """A page that is at another address now."""

    path: str


@dataclass(frozen=True, slots=True)
class Page[Item]:
    """A part of a list. `older` is the cursor of the next part, or ""."""

    items: tuple[Item, ...]
    older: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry of the corrections page. A withdrawn story has neither headline nor path."""

    notice: Notice
    headline: str = ""
    path: str = ""
    language: str = "en"
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A story as a feed carries it: `body` is HTML with addresses made absolute by the feed."""

    card: Card
    body: str
    dateline: str
    topics: tuple[Topic, ...]
    companies: tuple[Company, ...]
    disclosure: str
    notices: tuple[Notice, ...]
    persons: tuple[Person, ...] = ()
    stated: tuple[StatedListing, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest stories of a list; `changed_at` is when the last of them changed."""

    items: tuple[FeedItem, ...]
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuthorProfile:
    """An author's page furniture, as it is today."""

    id: int
    name: str
    path: str
    role_title: str
    bio: str
    email: str
    links: tuple[str, ...] = ()
    portrait: str = ""


@dataclass(frozen=True, slots=True)
class TopicProfile:
    """A topic's page furniture, as it is today."""

    id: int
    name: str
    path: str
    description: str


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file in the media store that readers may fetch."""

    name: str


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """An address for search engines, with the instant its page last changed."""

    path: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Front[Item]:
    """The front page: the lead story and what follows it, newest first."""

    lead: Item | None
    items: tuple[Item, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A story in a list as HTML: the parts that a page asked for, their slots open (`articles.rendering.cards`).

    `nouns` are the keys of all nouns that it prints: "author-12".
    """

    key: str
    kind: str
    section: Section | None
    first_published_at: datetime
    picture: bool = False
    card: str = ""
    row: str = ""
    brief: str = ""
    nouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedStory:
    """A story's page as HTML: head and main part, with the slot of its related stories open.

    `is_picked` says that the related stories were picked by hand, be they live or not, and are not the newest of the
    section, which is here by its key.
    """

    path: str
    language: str
    direction: str
    section_path: str
    head: str
    main: str
    related: tuple[PrintedCard, ...]
    key: str
    nouns: tuple[str, ...] = ()
    section: int | None = None
    is_picked: bool = False


@dataclass(frozen=True, slots=True)
class PrintedFeed:
    """The newest stories of a list as items of RSS; `changed_at` is the newest instant at which one of them changed."""

    items: tuple[str, ...]
    changed_at: datetime | None
