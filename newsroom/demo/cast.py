"""Making the demo's people, companies, sections and pictures."""

from typing import Any

from django.core.files import File

from articles.management.exchanges import load_exchanges
from articles.markets.exchanges import markets
from articles.media.library import add_picture, store_portrait
from articles.models import Author, Company, Exchange, Image, Listing, Person, PersonRole, Section, Source, Topic
from articles.states import CompanyKind
from newsroom.demo.files import FOLDER, nouns
from newsroom.models import Journalist
from newsroom.roles import Role

PICTURES = FOLDER / "pictures"
#: Where the companies of the demo are listed, and some more whose hours readers may want to know.
EXCHANGES = (
    *("XNYS", "XNAS", "XLON", "XETR", "XHKG", "XTKS"),
    *("XSHG", "XPAR", "XSWX", "XTSE", "XNSE", "XASX"),
)


class Cast:
    """Every noun of the demo by its slug, user name or file name."""

    def __init__(self, password: str) -> None:
        """Make them all; `password` is everybody's."""
        self.journalists = {row["username"]: _journalist(row, password) for row in nouns("journalist")}
        self.sections = {row["slug"]: Section.objects.create(**row) for row in nouns("section")}
        self.topics = {row["slug"]: Topic.objects.create(**row) for row in nouns("topic")}
        self.sources = {row["slug"]: _source(row) for row in nouns("source")}
        load_exchanges(EXCHANGES, lambda _mic: None)
        self.exchanges = {exchange.mic: exchange for exchange in Exchange.objects.all()}
        self.companies = {row["slug"]: self._company(row) for row in nouns("company")}
        self.persons = {row["slug"]: self._person(row) for row in nouns("person")}
        self.authors = {row["slug"]: self._author(row) for row in nouns("author")}
        self.pictures = {row["file"]: self._picture(row) for row in nouns("picture")}

    def _company(self, row: dict[str, Any]) -> Company:
        listings = row.pop("listing", [])
        row.pop("fictional")
        company = Company(**row)
        company.full_clean()
        company.save()
        for listing in listings:
            made = Listing(
                company=company,
                exchange=self.exchanges[listing["exchange"]],
                symbol=listing["symbol"],
                currency=listing["currency"],
                isin=listing.get("isin", ""),
                price_unit="" if company.kind == CompanyKind.INDEX else markets()[listing["exchange"]].quoted_in,
                is_primary=listing["primary"],
                is_watched=listing.get("watched", False),
            )
            made.full_clean()
            made.save()
        return company

    def _person(self, row: dict[str, Any]) -> Person:
        roles = row.pop("role")
        person = Person(**row)
        person.full_clean()
        person.save()
        for role in roles:
            company = self.companies[role["company"]] if "company" in role else None
            days = {"since_on": role.get("since"), "until_on": role.get("until")}
            made = PersonRole(person=person, company=company, body=role.get("body", ""), title=role["title"], **days)
            made.full_clean()
            made.save()
        return person

    def _author(self, row: dict[str, Any]) -> Author:
        portrait = row.pop("portrait", "")
        username = row.pop("journalist", "")
        author = Author(**row, journalist=self.journalists.get(username))
        author.full_clean()
        if not portrait:
            author.save()
            return author
        with (PICTURES / portrait).open("rb") as file:
            author.portrait = File(file, name=portrait)
            store_portrait(author)
        return author

    def _picture(self, row: dict[str, Any]) -> Image:
        name = row.pop("file")
        with (PICTURES / name).open("rb") as file:
            return add_picture(File(file, name=name), by=self.journalists["edith"], **row)


def _journalist(row: dict[str, Any], password: str) -> Journalist:
    first, _space, last = row["name"].partition(" ")
    return Journalist.objects.create_journalist(
        row["username"], role=Role(row["role"]), password=password, email=row["email"], first_name=first, last_name=last
    )


def _source(row: dict[str, Any]) -> Source:
    canonical = row.pop("canonical")
    return Source.objects.create(**row, canonical_rule=canonical, is_own_desk=row["slug"] == "meridian-ledger")
