"""What stands around the stories of a company. The soak stores no prices: none is on the page, and no chart."""

from collections import Counter
from typing import Any

from tests.soak.oracle.ledger import Row
from tests.soak.oracle.paper import Paper, ticker
from tests.soak.oracle.words import Item, Site, date_words, datetime_item, lines, plain

#: Among how many of its newest stories the page looks for topics, peers and corrections.
RECENT = 20
_TOPICS, _PEERS, _CORRECTIONS = 12, 10, 5
_COUNTRIES = {"US": "United States", "DE": "Germany", "CN": "China"}


def choice(row: Row, path: str) -> list[Item]:
    """Return the heading of the stories, and the ways to all of them and to those about the company."""
    return [
        *plain("Stories"),
        (f"All that name {row['name']}", path),
        ("Only those about it", f"{path}?stories=subject"),
    ]


def facts(paper: Paper, row: Row, path: str) -> list[Item]:
    """Return what stands beside the stories."""
    found = plain("Facts") + _listings(paper, row)
    found += plain("Legal name") + plain(row["legal_name"]) if row["legal_name"] else []
    found += plain("Country") + plain(_COUNTRIES[row["country"]]) if row["country"] else []
    found += [*plain("Website"), (_address(row["website"]), row["website"])] if row["website"] else []
    found += _people(paper, row)
    found += _often(paper, row, "topic", "Topics", _TOPICS)
    found += _often(paper, row, "company", "Named with it", _PEERS)
    found += _corrections(paper, row)
    return [*found, (f"RSS feed of {row['name']}", f"{path}rss.xml")]


def data(paper: Paper, site: Site, row: Row, path: str) -> dict[str, Any]:
    """Return how the page describes the company to search engines."""
    tickers = [ticker(*listing).replace(":", " ") for listing in paper.listings(row["id"])]
    isins = dict.fromkeys(listing["isin"] for listing, _exchange in paper.listings(row["id"]) if listing.get("isin"))
    told = {
        "@context": "https://schema.org",
        "@type": "Corporation",
        "name": row["name"],
        "legalName": row["legal_name"],
        "url": site.url + path,
        "sameAs": row["website"],
        "description": row["description"],
        "leiCode": row.get("lei", ""),
        "tickerSymbol": tickers[0] if len(tickers) == 1 else tickers,
        "identifier": [{"@type": "PropertyValue", "propertyID": "ISIN", "value": isin} for isin in isins],
    }
    return {name: value for name, value in told.items() if value}


def _listings(paper: Paper, row: Row) -> list[Item]:
    listings = paper.listings(row["id"])
    if not listings:
        return plain("Not listed on an exchange.")
    found = plain("Listings")
    for listing, exchange in listings:
        where = (exchange["name"], listing["currency"], listing.get("share_class", ""))
        found += plain(ticker(listing, exchange)) + plain(", ".join(filter(None, where)))
        found += plain("Primary") if listing["is_primary"] and len(listings) > 1 else []
        found += plain(f"ISIN {listing['isin']}") if listing.get("isin") else []
    return found


def _people(paper: Paper, row: Row) -> list[Item]:
    """Return who does something there, by title, and then who did, the last first."""
    held = [(paper.world.nouns["person"][person], role) for person, role in paper.at_company(row["id"])]
    present = [one for one in held if one[1].is_present]
    past = [one for one in held if not one[1].is_present]
    present.sort(key=lambda one: (one[1].row["title"], one[0]["name"]))
    past.sort(key=lambda one: (one[1].row["until_on"], one[0]["name"], one[1].row["title"]), reverse=True)
    found = plain("People") if held else []
    for person, role in present + past:
        title, since, until = role.row["title"], role.row["since_on"], role.row["until_on"]
        day = until or since
        told = f"{title}, {'until' if until else 'since'}" if day else title
        found += [(person["name"], paper.page_of("person", person)), *plain(told)]
        found += [(date_words(day), day.isoformat())] if day else []
    return found


def _often(paper: Paper, row: Row, kind: str, heading: str, most: int) -> list[Item]:
    """Return the nouns of a kind that its newest stories name most often, itself left out."""
    counts: Counter[int] = Counter()
    for edition in paper.listed("company", row["id"])[:RECENT]:
        nouns = paper.topics(edition) if kind == "topic" else [noun for noun, _role in paper.companies(edition)]
        counts.update(noun["id"] for noun in nouns if kind == "topic" or noun["id"] != row["id"])
    named = [(paper.world.nouns[kind][key], count) for key, count in counts.items()]
    named.sort(key=lambda item: (-item[1], item[0]["name"]))
    found: list[Item] = [(noun["name"], paper.page_of(kind, noun)) for noun, _count in named[:most]]
    return plain(heading) + found if found else []


def _corrections(paper: Paper, row: Row) -> list[Item]:
    told = []
    for live in paper.listed("company", row["id"])[:RECENT]:
        for edition in paper.world.ledger.stories[live.article].values():
            is_told = edition.live_from <= paper.at and edition.notice
            if is_told and edition.release_kind in ("correction", "clarification"):
                key = paper.world.editions[edition.article, edition.number]["id"]
                told.append(((edition.live_from, key), edition, live))
    told.sort(key=lambda item: item[0], reverse=True)
    found = plain("Corrections") if told else []
    for _order, edition, live in told[:_CORRECTIONS]:
        found.append((live.words["headline"], paper.path(live)))
        found += [*lines(edition.notice), datetime_item(edition.live_from)]
    return found


def _address(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/")
