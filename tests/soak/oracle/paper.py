"""What is public at an instant: the rules, in plain Python over the rows of a `World`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from tests.soak.oracle.ledger import Edition, Row
from tests.soak.oracle.words import Mentioned, in_form
from tests.soak.oracle.world import INDEX, World

#: Among how many releases maps look for late changes.
RELEASES = 1000
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_FOLDERS = {"section": "/", "company": "/companies/", "topic": "/topics/", "author": "/authors/", "person": "/people/"}


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody does or did, at a company or elsewhere."""

    row: Row
    company: Row | None
    is_present: bool


class Paper:
    """What readers have at an instant; good for as long as the world is not moved on."""

    def __init__(self, world: World, at: datetime) -> None:
        self.world = world
        self.at = at

    @cached_property
    def current(self) -> dict[int, Edition]:
        """The newest edition of each story whose instant has come."""
        found = {article: self.world.ledger.newest(article, self.at) for article in self.world.ledger.stories}
        return {article: edition for article, edition in found.items() if edition is not None}

    @cached_property
    def live(self) -> list[Edition]:
        """What readers can read, the newest first."""
        shown = [edition for edition in self.current.values() if edition.shows(self.at)]
        return sorted(shown, key=lambda e: (e.first_published_at, e.article), reverse=True)

    @cached_property
    def _by_article(self) -> dict[int, Edition]:
        return {edition.article: edition for edition in self.live}

    def live_story(self, article: int) -> Edition | None:
        """Return a story if readers can read it."""
        return self._by_article.get(article)

    @cached_property
    def _listed(self) -> dict[tuple[str, int], list[Edition]]:
        found: dict[tuple[str, int], list[Edition]] = {}
        for edition in self.live:
            keys = [("section", edition.words["section"])] if edition.words["section"] else []
            for table, (_edition, column) in INDEX.items():
                kind = table.removeprefix("edition")
                keys += [(kind, row[column]) for row in self.world.named(kind, edition)]
            for key in keys:
                found.setdefault(key, []).append(edition)
        return found

    def listed(self, kind: str, key: int) -> list[Edition]:
        """Return the stories of a noun, the newest first."""
        return self._listed.get((kind, key), [])

    @cached_property
    def navigation(self) -> list[Row]:
        """The sections with something to read, in order."""
        rows = (row for row in self.world.nouns["section"].values() if self.listed("section", row["id"]))
        return sorted(rows, key=lambda row: (row["order"], row["name"]))

    def is_public(self, kind: str, row: Row) -> bool:
        """Say whether a noun has a page."""
        if row.get("merged_into_id"):
            return False
        return bool(row.get("from_reference")) or bool(self.listed(kind, row["id"]))

    def public(self, kind: str) -> list[Row]:
        """Return the nouns of a kind that have a page, by key."""
        rows = (row for row in self.world.nouns[kind].values() if self.is_public(kind, row))
        return sorted(rows, key=lambda row: row["id"])

    def noun(self, kind: str, slug: str) -> Row | None:
        """Return the noun of a kind whose page has this slug."""
        rows = (row for row in self.world.nouns[kind].values() if row["slug"] == slug)
        return next((row for row in rows if self.is_public(kind, row)), None)

    @staticmethod
    def page_of(kind: str, row: Row) -> str:
        """Return the address of a noun."""
        return f"{_FOLDERS[kind]}{row['slug']}/"

    def section(self, edition: Edition) -> Row | None:
        """Return the section of an edition as it is called now."""
        return self.world.nouns["section"].get(edition.words["section"])

    def path(self, edition: Edition) -> str:
        """Return the address of an edition."""
        section = self.section(edition)
        return f"/{section['slug'] if section else 'story'}/{edition.slug}-{edition.words['public_key']}/"

    def redirect(self, path: str) -> str:
        """Return where an old address leads, "" where it leads nowhere."""
        row = next((row for row in self.world.nouns["redirect"].values() if row["path"] == path), None)
        target = self._target(row) if row else ""
        return target if target != path else ""

    def _target(self, row: Row) -> str:
        for kind in _FOLDERS:
            noun = self.world.nouns[kind].get(row[f"{kind}_id"])
            if noun is not None:
                return self.page_of(kind, noun) if self.is_public(kind, noun) else ""
        edition = self.current.get(row["article_id"])
        return self.path(edition) if edition else ""

    def source(self, edition: Edition) -> Row:
        """Return who an edition comes from; names are "" for nobody."""
        return self.world.nouns["source"].get(edition.words["source"]) or {"name": "", "prefix": "", "rule": ""}

    def picture(self, edition: Edition) -> Row | None:
        """Return the picture of an edition."""
        return self.world.nouns["image"].get(edition.words["lead_image"])

    def bylines(self, edition: Edition) -> list[tuple[Row, str]]:
        """Return the authors of an edition with what they did."""
        rows = self.world.named("author", edition)
        return [(self.world.nouns["author"][row["author_id"]], row["role"]) for row in rows]

    def writers(self, edition: Edition) -> list[str]:
        """Return the names of those whose words an edition is."""
        return [author["name"] for author, role in self.bylines(edition) if role != "photographer"]

    def topics(self, edition: Edition) -> list[Row]:
        """Return the topics of an edition."""
        return [self.world.nouns["topic"][row["tag_id"]] for row in self.world.named("topic", edition)]

    def companies(self, edition: Edition) -> list[tuple[Row, str]]:
        """Return the companies of an edition with their parts in it."""
        rows = self.world.named("company", edition)
        return [(self.world.nouns["company"][row["company_id"]], row["role"]) for row in rows]

    def persons(self, edition: Edition) -> list[Row]:
        """Return the people of an edition."""
        return [self.world.nouns["person"][row["person_id"]] for row in self.world.named("person", edition)]

    def mentioned(self, edition: Edition) -> list[Mentioned]:
        """Return the companies of an edition with the names that copy may call them by, and its people."""
        form = (self.section(edition) or {"ticker_form": "colon"})["ticker_form"]
        companies = [
            Mentioned(
                tuple(filter(None, (row["name"], row["legal_name"], *row["aliases"]))),
                self.page_of("company", row),
                in_form(self.ticker(row["id"]), form),
                self._keys("company", row),
            )
            for row, _role in self.companies(edition)
        ]
        people = [
            Mentioned((row["name"],), self.page_of("person", row), "", self._keys("person", row))
            for row in self.persons(edition)
        ]
        return companies + people

    def _keys(self, kind: str, row: Row) -> frozenset[int]:
        """Return the keys by which marks may mean a noun: its own and those of what was merged into it."""
        merged = (key for key, other in self.world.nouns[kind].items() if other["merged_into_id"] == row["id"])
        return frozenset((row["id"], *merged))

    @cached_property
    def securities(self) -> dict[int, tuple[str, str]]:
        """All tickers with the time zones of their exchanges, by the key of the listing."""
        exchanges = self.world.nouns["exchange"]
        return {
            key: (ticker(row, exchanges[row["exchange_id"]]), exchanges[row["exchange_id"]]["time_zone"])
            for key, row in self.world.nouns["listing"].items()
        }

    @cached_property
    def _listings(self) -> dict[int, list[Row]]:
        """The securities that trade on the day, by company, the primary one first."""
        today, found = self.at.date(), dict[int, list[Row]]()
        for row in sorted(self.world.nouns["listing"].values(), key=lambda row: (not row["is_primary"], row["id"])):
            begun = row["listed_on"] is None or row["listed_on"] <= today
            if begun and (row["delisted_on"] is None or today < row["delisted_on"]):
                found.setdefault(row["company_id"], []).append(row)
        return found

    def listings(self, company: int) -> list[tuple[Row, Row]]:
        """Return where a company is listed, each with its exchange."""
        return [(row, self.world.nouns["exchange"][row["exchange_id"]]) for row in self._listings.get(company, ())]

    def ticker(self, company: int) -> str:
        """Return the primary ticker of a company, "" for none."""
        return next((ticker(*listing) for listing in self.listings(company) if listing[0]["is_primary"]), "")

    @cached_property
    def _roles(self) -> dict[int, list[Role]]:
        """What people do and did, by person, with companies that readers can see."""
        today, found = self.at.date(), dict[int, list[Role]]()
        for row in sorted(self.world.nouns["personrole"].values(), key=lambda row: int(row["id"])):
            company = self.world.nouns["company"].get(row["company_id"])
            begun = row["since_on"] is None or row["since_on"] <= today
            if begun and (row["company_id"] is None or (company and self.is_public("company", company))):
                is_present = row["until_on"] is None or today < row["until_on"]
                found.setdefault(row["person_id"], []).append(Role(row, company, is_present))
        return found

    def roles(self, person: int) -> list[Role]:
        """Return what somebody does, the latest first, and then what they did."""
        roles = self._roles.get(person, [])
        present = [role for role in roles if role.is_present]
        past = [role for role in roles if not role.is_present]
        present.sort(key=lambda role: role.row["since_on"] or date.min, reverse=True)
        past.sort(key=lambda role: (role.row["until_on"], role.row["since_on"] or date.min), reverse=True)
        return present + past

    def at_company(self, company: int) -> list[tuple[int, Role]]:
        """Return the keys of people whom readers can see with what they do and did at a company."""
        people = self.world.nouns["person"]
        held = [(person, role) for person, roles in self._roles.items() for role in roles]
        return [one for one in held if one[1].row["company_id"] == company and self.is_public("person", people[one[0]])]

    def quoted(self, exchange: str, symbol: str) -> list[tuple[Row, Row, Row, bool]]:
        """Return what a ticker in capitals may mean: listings with their exchange and company, and if they are over."""
        found, today = [], self.at.date()
        for row in self.world.nouns["listing"].values():
            place = self.world.nouns["exchange"][row["exchange_id"]]
            company = self.world.nouns["company"].get(row["company_id"])
            is_there = exchange in ("", place["short_name"].upper(), place["mic"])
            begun = row["listed_on"] is None or row["listed_on"] <= today
            if row["symbol"] == symbol and is_there and begun and company and self.is_public("company", company):
                found.append((row, place, company, row["delisted_on"] is not None and row["delisted_on"] <= today))
        present = [one for one in found if not one[3]]
        return sorted(present or found, key=lambda one: (one[2]["name"], one[0]["id"]))

    def related(self, edition: Edition) -> list[Edition]:
        """Return the stories beside one."""
        follows = edition.words["follows"]
        picked = [key for key in (follows, *edition.words["related"]) if key is not None]
        if picked:
            found = (self.live_story(key) for key in picked if key != edition.article)
            return [story for story in found if story is not None]
        section = edition.words["section"]
        beside = self.listed("section", section) if section else self.live
        return [story for story in beside if story.article != edition.article][:5]

    @cached_property
    def _recent(self) -> datetime:
        """When the thousandth of the newest releases was."""
        every = (e.live_from for story in self.world.ledger.stories.values() for e in story.values())
        return sorted((moment for moment in every if moment <= self.at), reverse=True)[:RELEASES][-1]

    def changed(self, stories: Sequence[Edition]) -> datetime | None:
        """Return when a map says that a list changed: with its newest story, or with one of the newest releases."""
        if not stories:
            return None
        return max([stories[0].live_from, *(e.live_from for e in stories if e.live_from >= self._recent)])

    @cached_property
    def changed_at(self) -> datetime | None:
        """The last instant at which a list can have changed."""
        every = [edition for story in self.world.ledger.stories.values() for edition in story.values()]
        return max((moment for moment in _moments(every) if moment <= self.at), default=None)


def ticker(listing: Row, exchange: Row) -> str:
    """Return a listing as printed."""
    return f"{exchange['short_name']}:{listing['symbol']}"


def cursor(at: datetime, key: int) -> str:
    """Return the cursor behind a story."""
    since = at - _EPOCH
    return f"{(since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds}-{key}"


def after(before: str, place: tuple[datetime, int]) -> bool:
    """Say whether a story stands behind a cursor."""
    moment, key = map(int, before.split("-"))
    instant, _dash, own = cursor(*place).partition("-")
    return (int(instant), int(own)) < (moment, key)


def _moments(editions: Iterable[Edition]) -> Iterable[datetime]:
    for edition in editions:
        yield edition.live_from
        if edition.expires_at is not None:
            yield edition.expires_at
