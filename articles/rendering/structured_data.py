"""Stories as schema.org describes them, for search engines (JSON-LD)."""

import json
from typing import Any, Final

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from articles import paths
from articles.records import (
    Byline,
    Company,
    CompanyProfile,
    Notice,
    Person,
    PersonProfile,
    PersonRole,
    Picture,
    Story,
)
from articles.rendering.credits import writers
from articles.rendering.site import Site
from articles.states import Access, CompanyKind, CompanyRole, Kind, ReleaseKind

CONTEXT: Final = "https://schema.org"
#: What Google asks of a headline (Search Central, "Article structured data"), in characters.
HEADLINE_LENGTH: Final = 110
#: Types of story. A press release has no type of its own, and is the company's text, not a news report.
TYPES: Final[dict[str, str]] = {
    Kind.NEWS: "NewsArticle",
    Kind.ALERT: "NewsArticle",
    Kind.ANALYSIS: "AnalysisNewsArticle",
    Kind.OPINION: "OpinionNewsArticle",
    Kind.EXPLAINER: "BackgroundNewsArticle",
    Kind.PRESS_RELEASE: "Article",
    Kind.PARTNER_CONTENT: "AdvertiserContentArticle",
}
#: Types of what is listed. Nothing of schema.org is an index.
_KINDS: Final[dict[str, str]] = {
    CompanyKind.COMPANY: "Corporation",
    CompanyKind.INDEX: "Thing",
    CompanyKind.FUND: "InvestmentFund",
}
#: A square PNG of more than 112 pixels, which is what Google asks of a logo.
LOGO: Final = "img/apple-touch-icon.png"

#: Kinds of notice that say something had been wrong or misleading.
CORRECTIONS: Final = (ReleaseKind.CORRECTION, ReleaseKind.CLARIFICATION)
_ESCAPES: Final = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}

type Data = dict[str, Any]


def news_article(story: Story, site: Site) -> Data:
    """Return a story as a schema.org NewsArticle, or the kindred type for its kind; what it lacks is left out."""
    address = site.absolute(story.path)
    headline = short_enough(story)
    authors = writers(story.bylines)
    return _without_blanks(
        {
            "@context": CONTEXT,
            "@type": TYPES.get(story.kind, "NewsArticle"),
            "@id": f"urn:uuid:{story.guid}",
            "url": address,
            "mainEntityOfPage": {"@type": "WebPage", "@id": address},
            "headline": headline,
            "alternativeHeadline": story.headline if headline != story.headline else "",
            "description": story.search_description or story.standfirst,
            "image": _images(story.picture, site) if story.picture else [],
            "datePublished": story.first_published_at.isoformat(timespec="seconds"),
            "dateModified": story.updated_at.isoformat(timespec="seconds"),
            "author": [_person(byline, site) for byline in authors] or [_organization(story, site)],
            "contributor": [_person(byline, site) for byline in story.bylines if byline not in authors],
            "publisher": _publisher(site),
            "sourceOrganization": _organization(story, site) if story.source_name else {},
            "isBasedOn": story.original_url,
            "articleSection": story.section.name if story.section else "",
            "keywords": [topic.name for topic in story.topics],
            "dateline": story.dateline,
            "inLanguage": story.language,
            "wordCount": story.word_count,
            "isAccessibleForFree": story.access == Access.FREE,
            "about": [_listed(one, site) for one in story.companies if one.role == CompanyRole.SUBJECT],
            "mentions": [
                *(_listed(one, site) for one in story.companies if one.role != CompanyRole.SUBJECT),
                *(_named(one, site) for one in story.persons),
            ],
            "correction": [_correction(notice) for notice in story.notices if notice.kind in CORRECTIONS],
        }
    )


def person(profile: PersonProfile, site: Site) -> Data:
    """Return somebody whom stories name as a schema.org Person, with the roles that they hold at present."""
    roles = profile.present_roles
    return _without_blanks(
        {
            "@context": CONTEXT,
            "@type": "Person",
            "name": profile.name,
            "alternateName": list(profile.aliases),
            "url": site.absolute(profile.path),
            "image": profile.portrait and site.absolute(profile.portrait),
            "description": profile.biography,
            "jobTitle": [role.title for role in roles],
            "worksFor": [_employer(role, site) for role in roles],
        }
    )


def corporation(company: CompanyProfile, site: Site) -> Data:
    """Return the company that a page is about as a schema.org Corporation with its tickers; blanks are left out."""
    tickers = [listing.ticker.replace(":", " ") for listing in company.listings]
    return _without_blanks(
        {
            "@context": CONTEXT,
            "@type": "Corporation",
            "name": company.name,
            "legalName": company.legal_name,
            "url": site.absolute(company.path),
            "sameAs": company.website,
            "description": company.description,
            "leiCode": company.lei,
            "tickerSymbol": tickers[0] if len(tickers) == 1 else tickers,
            "identifier": [
                {"@type": "PropertyValue", "propertyID": "ISIN", "value": isin}
                for isin in dict.fromkeys(listing.isin for listing in company.listings if listing.isin)
            ],
        }
    )


def breadcrumbs(story: Story, site: Site) -> Data:
    """Return the way from the front page to a story as a schema.org BreadcrumbList."""
    places = [(site.name, paths.FRONT)]
    if story.section:
        places.append((story.section.name, story.section.path))
    places.append((story.headline, story.path))
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": site.absolute(path)}
            for position, (name, path) in enumerate(places, start=1)
        ],
    }


def script_json(data: Data) -> SafeString:
    """Return data as JSON that may stand in a `<script type="application/ld+json">`, whatever is in its texts."""
    # Nothing here ends the script or opens a comment in it; JSON reads the escapes as the characters themselves.
    return mark_safe(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))  # noqa: S308


def short_enough(story: Story) -> str:
    """Return the headline, or the short one, or the headline cut after a word: the first that search engines show."""
    for headline in (story.headline, story.short_headline):
        if headline and len(headline) <= HEADLINE_LENGTH:
            return headline
    cut = story.headline[: HEADLINE_LENGTH - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def _person(byline: Byline, site: Site) -> Data:
    person = {"@type": "Person", "name": byline.name, "url": byline.path and site.absolute(byline.path)}
    return _without_blanks(person | {"jobTitle": byline.role_title})


def _employer(role: PersonRole, site: Site) -> Data:
    if not role.company:
        return {"@type": "Organization", "name": role.body}
    return {"@type": "Corporation", "name": role.company, "url": site.absolute(role.path)}


def _organization(story: Story, site: Site) -> Data:
    """Return who a story comes from."""
    if not story.source_name or story.source_name == site.name:
        return {"@type": "NewsMediaOrganization", "name": site.name, "url": site.absolute(paths.FRONT)}
    return {"@type": "Organization", "name": story.source_name}


def _publisher(site: Site) -> Data:
    logo = {"@type": "ImageObject", "url": site.absolute(static(LOGO))}
    home = site.absolute(paths.FRONT)
    return {"@type": "NewsMediaOrganization", "name": site.name, "url": home, "logo": logo}


def _images(picture: Picture, site: Site) -> list[Data]:
    """Return the widths of a picture, widest first."""
    versions = picture.renditions[::-1] or ((picture.path, picture.width),)
    return [
        _without_blanks(
            {
                "@type": "ImageObject",
                "url": site.absolute(path),
                "width": width,
                "height": round(picture.height * width / picture.width) if picture.width else 0,
                "caption": picture.caption or picture.alt,
                "creditText": picture.credit,
            }
        )
        for path, width in versions
    ]


def _listed(company: Company, site: Site) -> Data:
    """Return what is listed under a name: a company, or an index or a fund, which schema.org gives no ticker."""
    found = {"@type": _KINDS[company.kind], "name": company.name, "url": site.absolute(company.path)}
    # schema.org writes exchange and symbol with a space between.
    ticker = company.ticker.replace(":", " ")
    return _without_blanks(found | {"tickerSymbol" if company.kind == CompanyKind.COMPANY else "identifier": ticker})


def _named(person: Person, site: Site) -> Data:
    return {"@type": "Person", "name": person.name, "url": site.absolute(person.path)}


def _correction(notice: Notice) -> Data:
    at = notice.at.isoformat(timespec="seconds")
    return {"@type": "CorrectionComment", "text": notice.text, "datePublished": at}


def _without_blanks(data: Data) -> Data:
    """Leave out what is empty; False and nothing else falsy says something."""
    return {key: value for key, value in data.items() if value or value is False}
