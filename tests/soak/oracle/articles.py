"""The page of a story."""

import re
from typing import Any

from tests.soak.oracle.cards import card, label, picture_items
from tests.soak.oracle.ledger import Edition
from tests.soak.oracle.paper import Paper
from tests.soak.oracle.words import NOTICES, Item, Site, absolute, datetime_item, lines, linked, opened, plain, seconds

TYPES = {
    "analysis": "AnalysisNewsArticle",
    "opinion": "OpinionNewsArticle",
    "explainer": "BackgroundNewsArticle",
    "press_release": "Article",
    "partner_content": "AdvertiserContentArticle",
}
_ROBOTS = {
    "index": "max-image-preview:large",
    "noindex": "noindex",
    "noarchive": "noarchive, max-image-preview:large",
}
_CREDITS = (
    ("By", ("reporter", "columnist")),
    ("Additional reporting by", ("contributor",)),
    ("Photographs by", ("photographer",)),
)
_ORIGINS = {
    "press_release": "This is a press release. It was written by the company that issued it, not by this newsroom.",
    "partner_content": "This is partner content. It was supplied by a partner, not written by this newsroom.",
}
_TAG = re.compile(r'<(?:a [^>]*href|time datetime)="([^"]*)">|</(?:a|time)>|<[^>]*>')


def main(paper: Paper, edition: Edition, site: Site) -> list[Item]:
    """Return the main part: everything a reader meets from the section's name to the last related story."""
    words, section = edition.words, paper.section(edition)
    found: list[Item] = [(section["name"], paper.page_of("section", section))] if section else []
    found += [*label(edition), *plain(words["headline"]), *lines(words["standfirst"])]
    found += _origin(edition) + _credits(paper, edition) + _times(paper, edition, site)
    if image := paper.picture(edition):
        found += picture_items(paper, edition)
        found += lines(words["lead_caption"] or image["caption"]) + plain(image["credit"])
    found += _companies(paper, edition) + _notices(edition) + body_items(body(paper, edition))
    if words["disclosure"] and words["kind"] not in _ORIGINS:
        found += plain("Disclosure") + lines(words["disclosure"])
    if words["original_url"]:
        at_whom = f" at {paper.source(edition)['name']}" if paper.source(edition)["name"] else ""
        found.append((f"Read the original{at_whom}", words["original_url"]))
    if topics := paper.topics(edition):
        found += plain("Topics") + [(topic["name"], paper.page_of("topic", topic)) for topic in topics]
    found += plain(site.url + paper.path(edition))
    if related := paper.related(edition):
        found += plain("Related stories")
        found += [item for beside in related for item in card(paper, beside, site, small=True)]
    return found


def body(paper: Paper, edition: Edition) -> str:
    """Return the body with its opening words, its links and its statements, as HTML."""
    with_links = linked(edition.words["body"], paper.mentioned(edition))
    with_links = absolute(with_links, paper.securities, edition.updated_at)
    return opened(with_links, paper.source(edition)["prefix"], edition.words["dateline"])


def body_items(html: str) -> list[Item]:
    """Return the texts of a body's HTML, as clean as the soak's own bodies are."""
    found, target, position = list[Item](), "", 0
    for tag in (*_TAG.finditer(html), None):
        text = html[position : tag.start() if tag else len(html)].replace("&amp;", "&")
        found += [(words, target) for words, _nowhere in plain(text)]
        if tag:
            position, target = tag.end(), tag[1] or ("" if tag[0] in ("</a>", "</time>") else target)
    return found


def _origin(edition: Edition) -> list[Item]:
    kind, disclosure = edition.words["kind"], edition.words["disclosure"]
    if kind in _ORIGINS:
        return lines(disclosure) if disclosure else plain(_ORIGINS[kind])
    return plain("This is an opinion. It is the view of its author.") if kind == "opinion" else []


def _credits(paper: Paper, edition: Edition) -> list[Item]:
    found: list[Item] = []
    for credit, roles in _CREDITS:
        people = [author for author, role in paper.bylines(edition) if role in roles]
        for place, author in enumerate(people):
            found += plain(";" if place else credit)
            found.append((author["name"], paper.page_of("author", author)))
            found += plain(",") + plain(author["role_title"]) if author["role_title"] else []
    return found


def _times(paper: Paper, edition: Edition, site: Site) -> list[Item]:
    source = paper.source(edition)["name"]
    found = plain("Source:") + plain(source) if source and source != site.name else []
    found += [*plain("Published"), datetime_item(edition.first_published_at)]
    if edition.updated_at > edition.first_published_at:
        found += [*plain("Updated"), datetime_item(edition.updated_at)]
    return found


def _companies(paper: Paper, edition: Edition) -> list[Item]:
    companies = paper.companies(edition)
    found = plain("In this article") if companies else []
    for company, _role in companies:
        path = paper.page_of("company", company)
        found += [(text, path) for text in (company["name"], paper.ticker(company["id"])) if text]
    return found


def _notices(edition: Edition) -> list[Item]:
    found: list[Item] = []
    for kind, text, at in reversed(edition.notices):
        found += [*plain(NOTICES.get(kind, "Update")), *lines(text), datetime_item(at)]
    return found


def head(paper: Paper, edition: Edition, site: Site) -> dict[str, Any]:
    """Return the head of the page."""
    words, section, path = edition.words, paper.section(edition), site.url + paper.path(edition)
    headline = words["headline"]
    description = words["search_description"] or words["standfirst"]
    original = words["original_url"] if paper.source(edition).get("canonical_rule") == "original" else ""
    feeds = [(section["name"], f"{paper.page_of('section', section)}rss.xml")] if section else []
    return {
        "title": f"{words['search_title'] or headline} | {site.name}",
        "meta": [
            *([("description", description)] if description else []),
            ("robots", _ROBOTS[words["search_engines"]]),
            *_social(paper, edition, site, description),
        ],
        "links": [
            ("canonical", words["canonical_url"] or original or path, ""),
            ("alternate", "/rss.xml", site.name),
            *(("alternate", address, f"{site.name}: {name}") for name, address in feeds),
        ],
        "data": [_news_article(paper, edition, site), _breadcrumbs(paper, edition, site)],
    }


def _social(paper: Paper, edition: Edition, site: Site, description: str) -> list[tuple[str, str]]:
    words, section, image = edition.words, paper.section(edition), paper.picture(edition)
    shown = (f"{site.url}/media/{image['file']}", image["width"], image["height"]) if image else ()
    card_of_house = (f"{site.url}/static/img/social-card.jpg", 1200, 630)
    picture = zip(("og:image", "og:image:width", "og:image:height"), map(str, shown or card_of_house), strict=True)
    writers = [author for author, role in paper.bylines(edition) if role != "photographer"]
    tags = [
        ("og:type", "article"),
        ("og:site_name", site.name),
        ("og:title", words["social_title"] or words["headline"]),
        ("og:description", description),
        ("og:url", site.url + paper.path(edition)),
        *picture,
        ("og:image:alt", image["alt"] if image else ""),
        ("twitter:card", "summary_large_image"),
        ("article:published_time", seconds(edition.first_published_at)),
        ("article:modified_time", seconds(edition.updated_at)),
        ("article:section", section["name"] if section else ""),
        *(("article:author", site.url + paper.page_of("author", author)) for author in writers),
        *(("article:tag", topic["name"]) for topic in paper.topics(edition)),
    ]
    return [(name, content) for name, content in tags if content]


def _news_article(paper: Paper, edition: Edition, site: Site) -> dict[str, Any]:
    words, address = edition.words, site.url + paper.path(edition)
    told = {
        "@context": "https://schema.org",
        "@type": TYPES.get(words["kind"], "NewsArticle"),
        "@id": f"urn:uuid:{paper.world.editions[edition.article, edition.number]['guid']}",
        "url": address,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "headline": words["headline"],
        "description": words["search_description"] or words["standfirst"],
        "datePublished": seconds(edition.first_published_at),
        "dateModified": seconds(edition.updated_at),
        "isBasedOn": words["original_url"],
        "dateline": words["dateline"],
        "inLanguage": words["language"],
        "wordCount": _count(words["body"]),
        "correction": [
            {"@type": "CorrectionComment", "text": text, "datePublished": seconds(at)}
            for kind, text, at in reversed(edition.notices)
            if kind in ("correction", "clarification")
        ],
    } | _named(paper, edition, site)
    return {name: value for name, value in told.items() if value} | {"isAccessibleForFree": words["access"] == "free"}


def _count(html: str) -> int:
    words = [word for text, _target in body_items(html) for word in text.split()]
    return sum(any(map(str.isalnum, word)) for word in words)


def _named(paper: Paper, edition: Edition, site: Site) -> dict[str, Any]:
    """Return who and what a story names, as machines are told."""
    source, section, image = paper.source(edition)["name"], paper.section(edition), paper.picture(edition)
    house = {"@type": "NewsMediaOrganization", "name": site.name, "url": f"{site.url}/"}
    of_source = {"@type": "Organization", "name": source} if source and source != site.name else house
    people = [(_person(paper, author, site), role) for author, role in paper.bylines(edition)]
    companies = [(_corporation(paper, company, site), role) for company, role in paper.companies(edition)]
    return {
        "image": [_image(image, edition.words["lead_caption"], site)] if image else [],
        "author": [person for person, role in people if role != "photographer"] or [of_source],
        "contributor": [person for person, role in people if role == "photographer"],
        "publisher": house | {"logo": {"@type": "ImageObject", "url": f"{site.url}/static/img/apple-touch-icon.png"}},
        "sourceOrganization": of_source if source else {},
        "articleSection": section["name"] if section else "",
        "keywords": [topic["name"] for topic in paper.topics(edition)],
        "about": [corporation for corporation, role in companies if role == "subject"],
        "mentions": [
            *(corporation for corporation, role in companies if role != "subject"),
            *(
                {"@type": "Person", "name": row["name"], "url": site.url + paper.page_of("person", row)}
                for row in paper.persons(edition)
            ),
        ],
    }


def _breadcrumbs(paper: Paper, edition: Edition, site: Site) -> dict[str, Any]:
    section = paper.section(edition)
    places = [(site.name, "/"), *([(section["name"], paper.page_of("section", section))] if section else [])]
    places.append((edition.words["headline"], paper.path(edition)))
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": site.url + path}
            for position, (name, path) in enumerate(places, start=1)
        ],
    }


def _person(paper: Paper, author: Any, site: Site) -> dict[str, Any]:
    person = {"@type": "Person", "name": author["name"], "url": site.url + paper.page_of("author", author)}
    return person | ({"jobTitle": author["role_title"]} if author["role_title"] else {})


def _corporation(paper: Paper, company: Any, site: Site) -> dict[str, Any]:
    told = {"@type": "Corporation", "name": company["name"], "url": site.url + paper.page_of("company", company)}
    symbol = paper.ticker(company["id"]).replace(":", " ")
    return told | ({"tickerSymbol": symbol} if symbol else {})


def _image(image: Any, caption: str, site: Site) -> dict[str, Any]:
    told = {
        "@type": "ImageObject",
        "url": f"{site.url}/media/{image['file']}",
        "width": image["width"],
        "height": image["height"],
        "caption": caption or image["caption"] or image["alt"],
        "creditText": image["credit"],
    }
    return {name: value for name, value in told.items() if value}
