"""The whole text of a story as a feed carries it."""

import re
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.html import escape

from articles.records import FeedItem, Notice
from articles.rendering.body import opening, printed_body
from articles.rendering.site import Site
from articles.states import ReleaseKind
from articles.text.times import house_datetime

#: A link of a clean body to somewhere on this site, or on the story's own page.
_OWN_LINK = re.compile(r'(<a\b[^<>]*?\shref=")([/#])')


def content_html(item: FeedItem, site: Site) -> str:
    """Return what stands between a story's headline and its end as HTML with full addresses, "" for a bare headline.

    Notices to readers come first, then the body as its page prints it, then the disclosure.
    """
    body = opening(printed_body(item, item.card), item.card.source_prefix, item.dateline)
    parts = [_notice(notice, item.card.language) for notice in item.notices]
    parts.append(with_full_addresses(body, site, item.card.path))
    if item.disclosure:
        parts.append(f"<p><em>{_lines(item.disclosure)}</em></p>")
    html = "\n".join(filter(None, parts))
    if html and item.card.direction == "rtl":
        return f'<div dir="rtl" lang="{escape(item.card.language)}">{html}</div>'
    return html


def with_full_addresses(html: str, site: Site, path: str) -> str:
    """Return clean HTML in which links to this site work from anywhere; `path` is the page the HTML is from."""
    bases = {"/": site.url, "#": site.absolute(path)}
    return _OWN_LINK.sub(lambda link: f"{link[1]}{escape(bases[link[2]])}{link[2]}", html)


def _notice(notice: Notice, language: str) -> str:
    kind = ReleaseKind(notice.kind).label
    told = house_datetime(notice.at, ZoneInfo(settings.TIME_ZONE), language)
    return f"<p><strong>{kind} ({escape(told)}):</strong> {_lines(notice.text)}</p>"


def _lines(text: str) -> str:
    return str(escape(text)).replace("\n", "<br>")
