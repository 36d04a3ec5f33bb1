"""What readers are told of a company."""

from dataclasses import dataclass
from datetime import date

from articles.records.markets import Closes, Price
from articles.records.stories import Company, Correction, Topic


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
class CompanyPage:
    """What stands around the stories of a company: `prices` are those of its listings that have one.

    People, topics and peers are those of its newest stories, the first named most often.
    """

    company: CompanyProfile
    kind: str
    prices: tuple[Price, ...]
    chart: Closes | None
    former_names: tuple[FormerName, ...] = ()
    people: tuple[CompanyPerson, ...] = ()
    topics: tuple[Topic, ...] = ()
    peers: tuple[Company, ...] = ()
    corrections: tuple[Correction, ...] = ()
