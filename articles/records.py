"""What the door returns: frozen records with addresses already made, and no way back to a model.

Times are aware datetimes in UTC; paths are those of `articles.paths`; texts are plain unless a field says HTML.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
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
class Price:
    """What a listing traded at: a quote with its instant, or the close of a day, which has none.

    `unit` is an ISO 4217 code, GBX, ZAC or ILA for pence, cents and agorot, or "" for points. `change` is what it moved
    since the previous close, in the same unit, and `percent` the same in percent; None where that is not known.
    `delay_minutes` is how old a quote was at least when it was told.
    """

    listing: int
    ticker: str
    price: Decimal
    unit: str
    on: date
    as_of: datetime | None = None
    change: Decimal | None = None
    percent: Decimal | None = None
    delay_minutes: int = 0
    is_stale: bool = False

    @property
    def direction(self) -> str:
        """Which way it moved: "up", "down", "flat", or "" where that is not known."""
        if self.change is None:
            return ""
        return "up" if self.change > 0 else "down" if self.change < 0 else "flat"


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a company is listed."""

    ticker: str
    exchange: str
    symbol: str
    mic: str
    currency: str
    isin: str
    is_primary: bool
    id: int = 0
    share_class: str = ""


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """A company's page furniture, as it is today."""

    id: int
    name: str
    path: str
    legal_name: str
    description: str
    website: str
    country: str
    lei: str
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a company had, from a day until a day where they are known."""

    name: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class CompanyPerson:
    """Somebody who has a role at a company, or had it until a day."""

    name: str
    path: str
    title: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Closes:
    """The closes of a listing, oldest first, as they would be today after its splits; `unit` is that of a `Price`.

    `days` are how many days they go back; `is_adjusted` says that a split has changed some of them.
    """

    ticker: str
    unit: str
    days: int
    closes: tuple[tuple[date, Decimal], ...]
    is_adjusted: bool = False


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """What stands around the stories of a company: `prices` are by the key of the listing.

    People, topics and peers are those of its newest stories, the first named most often.
    """

    company: CompanyProfile
    kind: str
    prices: dict[int, Price]
    chart: Closes | None
    former_names: tuple[FormerName, ...] = ()
    people: tuple[CompanyPerson, ...] = ()
    topics: tuple[Topic, ...] = ()
    peers: tuple[Company, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class MarketLine:
    """A company on the markets page, by what it trades at."""

    name: str
    path: str
    price: Price


@dataclass(frozen=True, slots=True)
class PairRate:
    """How many units of `quoted` one of `base` was worth on a day, by the reference rates of that day."""

    base: str
    quoted: str
    rate: Decimal
    on: date
    percent: Decimal | None = None

    @property
    def direction(self) -> str:
        """Which way it moved since the day before: "up", "down", "flat", or "" where that is not known."""
        if self.percent is None:
            return ""
        return "up" if self.percent > 0 else "down" if self.percent < 0 else "flat"


@dataclass(frozen=True, slots=True)
class TradingPlace:
    """An exchange at a moment: `changes_at` is when it closes for the day, or opens again, in UTC."""

    short_name: str
    name: str
    city: str
    zone: str
    is_open: bool
    is_at_lunch: bool
    changes_at: datetime


@dataclass(frozen=True, slots=True)
class MarketPage:
    """What the markets page prints."""

    rising: tuple[MarketLine, ...]
    falling: tuple[MarketLine, ...]
    indices: tuple[MarketLine, ...]
    watched: tuple[MarketLine, ...]
    rates: tuple[PairRate, ...]
    exchanges: tuple[TradingPlace, ...]


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
class PersonRole:
    """What somebody does or did, and where: at a company with its path, at another body, or at a part of a company.

    `is_present` says whether they hold it on the day that was asked for; `since` and `until` are None where unknown.
    """

    title: str
    body: str
    company: str
    path: str
    since: date | None
    until: date | None
    is_present: bool

    @property
    def place(self) -> str:
        """Where it is, in words: "Cloud Intelligence, Alibaba Group"."""
        return ", ".join(filter(None, (self.body, self.company)))


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """A person's page furniture, as it is today; the roles held at present come first."""

    id: int
    name: str
    path: str
    biography: str
    portrait: str = ""
    portrait_credit: str = ""
    aliases: tuple[str, ...] = ()
    roles: tuple[PersonRole, ...] = ()

    @property
    def present_roles(self) -> tuple[PersonRole, ...]:
        """The roles held on the day that was asked for."""
        return tuple(role for role in self.roles if role.is_present)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an index A–Z: a company with its primary ticker, or a person with a present role, or "" for none."""

    name: str
    path: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """A part of an index A–Z. `letters` are those under which something stands; `after` leads to the next part."""

    letters: tuple[str, ...]
    items: tuple[Entry, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A company that a ticker may mean: the listing as printed, the exchange by its name, and since and until when.

    `is_present` says whether the ticker is the company's on the day that was asked for, or was once.
    """

    ticker: str
    exchange: str
    company: str
    path: str
    is_present: bool


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
