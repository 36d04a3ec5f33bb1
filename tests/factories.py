"""Plain functions that make nouns and stories. A live story is made by the real verbs, never by setting a field."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image as PillowImage

from articles import workflow
from articles.models import (
    Article,
    Author,
    Company,
    DailyPrice,
    Exchange,
    Image,
    Listing,
    Person,
    Quote,
    Section,
    Source,
    Topic,
)
from articles.workflow import clock
from articles.workflow.clock import clock_at
from newsroom.models import Journalist
from newsroom.roles import Role

_numbers = count(1)
_mics = count(1)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def journalist(role: Role = Role.REPORTER, username: str = "", **fields: Any) -> Journalist:
    """Hire somebody; every call another person."""
    username = username or f"{role.name.lower()}{next(_numbers)}"
    return Journalist.objects.create_journalist(username, role=role, password="secret", **fields)


def person(role: Role) -> Journalist:
    """Return the one person the story factories use for a role."""
    name = f"the-{role.name.lower()}"
    return Journalist.objects.filter(username=name).first() or journalist(role, name)


def section(name: str = "Markets", **fields: Any) -> Section:
    """Return the section of this name."""
    return Section.objects.get_or_create(name=name, defaults=fields)[0]


def author(name: str = "", **fields: Any) -> Author:
    """Make an author."""
    return Author.objects.create(name=name or f"Author {next(_numbers)}", **fields)


def topic(name: str = "", **fields: Any) -> Topic:
    """Make a topic."""
    return Topic.objects.create(name=name or f"Topic {next(_numbers)}", **fields)


def source(name: str = "", **fields: Any) -> Source:
    """Make a source."""
    name = name or f"Source {next(_numbers)}"
    return Source.objects.create(**({"name": name, "slug": name.lower().replace(" ", "-").replace(".", "-")} | fields))


def exchange(short_name: str = "NYSE", mic: str = "") -> Exchange:
    """Return the exchange of this short name."""
    mic = mic or {"NYSE": "XNYS", "NASDAQ": "XNAS", "HKEX": "XHKG"}.get(short_name) or f"X{next(_mics):03d}"
    return Exchange.objects.get_or_create(
        short_name=short_name, defaults={"mic": mic, "name": short_name, "time_zone": "America/New_York"}
    )[0]


def company(name: str = "", *tickers: str, **fields: Any) -> Company:
    """Make a company, listed under tickers such as "NYSE:BABA", the first of which is primary."""
    made = Company.objects.create(name=name or f"Company {next(_numbers)}", **fields)
    for ticker in tickers:
        short_name, _colon, symbol = ticker.partition(":")
        Listing.objects.create(
            company=made, exchange=exchange(short_name), symbol=symbol, is_primary=ticker == tickers[0]
        )
    return made


def listing(ticker: str, **fields: Any) -> Listing:
    """Return a listing that was made with its company, with other values for some fields: `listing("NYSE:BABA")`."""
    short_name, _colon, symbol = ticker.partition(":")
    found = Listing.objects.get(exchange__short_name=short_name, symbol=symbol)
    for name, value in fields.items():
        setattr(found, name, value)
    if fields:
        found.save(update_fields=fields)
    return found


def daily_prices(listing: Listing, closes: dict[date, str], **fields: Any) -> None:
    """Store the closes of days."""
    values = {"currency": "USD"} | fields
    DailyPrice.objects.bulk_create(
        [DailyPrice(listing=listing, date=on, close=Decimal(close), **values) for on, close in closes.items()]
    )


def quote(listing: Listing, price: str = "86.10", *, as_of: datetime | None = None, **fields: Any) -> Quote:
    """Say what a listing trades at: now, at 87.15 the evening before, if nothing else is said."""
    as_of = as_of or clock.now()
    values = {"previous_close": Decimal("87.15"), "currency": "USD", "received_at": as_of, "provider": "test"} | fields
    return Quote.objects.create(listing=listing, price=Decimal(price), as_of=as_of, **values)


def somebody(name: str = "", **fields: Any) -> Person:
    """Make a person whom stories can name."""
    return Person.objects.create(name=name or f"Person {next(_numbers)}", **fields)


def jpeg(width: int = 64, height: int = 36, color: str = "navy") -> bytes:
    """Return the bytes of a JPEG file."""
    buffer = io.BytesIO()
    PillowImage.new("RGB", (width, height), color).save(buffer, "JPEG")
    return buffer.getvalue()


def image(title: str = "", filename: str = "picture.jpg", **fields: Any) -> Image:
    """Put a picture into the library, with all that a release asks of it."""
    number = next(_numbers)
    values = {"title": title or f"Picture {number}", "alt": f"Alt {number}", "credit": f"Credit {number}"} | fields
    return Image.objects.create(file=ContentFile(jpeg(), filename), **values)


def content(**changes: Any) -> dict[str, Any]:
    """Return content that can be released; changes may give nouns instead of their keys."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "headline": f"Headline {number}",
        "standfirst": f"Standfirst {number}.",
        "body": f"<p>First paragraph {number}.</p><p>Second paragraph {number}.</p>",
    } | changes
    values.setdefault("section", section())
    values.setdefault("bylines", [author()])
    return {name: _keys(name, value) for name, value in values.items()}


def _keys(name: str, value: Any) -> Any:
    if name in ("bylines", "companies"):
        role = "reporter" if name == "bylines" else "subject"
        return [item if isinstance(item, list | tuple) else [item.pk, role] for item in value]
    if name in ("persons", "topics", "related"):
        return [getattr(item, "pk", item) for item in value]
    return getattr(value, "pk", value)


def draft(*, by: Journalist | None = None, at: datetime | None = None, **changes: Any) -> Article:
    """Make a draft that could be released."""
    with clock_at(at or clock.now()):
        return workflow.start(content(**changes), by=by or person(Role.REPORTER))


def submitted(**options: Any) -> Article:
    """Make a story in review."""
    article = draft(**options)
    with clock_at(options.get("at") or clock.now()):
        return workflow.submit(article, by=article.created_by)


def approved(**options: Any) -> Article:
    """Make an approved story."""
    article = submitted(**options)
    with clock_at(options.get("at") or clock.now()):
        return workflow.approve(article, by=person(Role.EDITOR))


def live(*, at: datetime | None = None, **options: Any) -> Article:
    """Make a story that readers have since `at` (now)."""
    at = at or clock.now()
    article = approved(at=at, **options)
    with clock_at(at):
        workflow.release(article, by=person(Role.PUBLISHER))
    return article


def scheduled(*, live_from: datetime | None = None, **options: Any) -> Article:
    """Make a story that is scheduled (for an hour from now)."""
    article = approved(**options)
    with clock_at(options.get("at") or clock.now()):
        workflow.release(article, by=person(Role.PUBLISHER), at=live_from or clock.now() + HOUR)
    return article


def expired(**options: Any) -> Article:
    """Make a story that readers had two hours ago and no longer have."""
    published = clock.now() - 2 * HOUR
    article = approved(at=published, **options)
    with clock_at(published):
        workflow.release(article, by=person(Role.PUBLISHER), expires_at=published + HOUR)
    return article


def withdrawn(*, notice: str = "This story was withdrawn.", **options: Any) -> Article:
    """Make a story that was withdrawn an hour ago."""
    article = live(at=clock.now() - 2 * HOUR, **options)
    with clock_at(clock.now() - HOUR):
        workflow.withdraw(article, by=person(Role.PUBLISHER), notice=notice)
    return article


def spiked(**options: Any) -> Article:
    """Make a spiked story."""
    return workflow.spike(draft(**options), by=person(Role.EDITOR), reason="Overtaken by events.")


def confidential(*, people: list[Journalist] | None = None, **options: Any) -> Article:
    """Make a confidential draft of its creator and the given people."""
    article = draft(**options)
    return workflow.save(article, {}, by=article.created_by, confidential=True, people=people or [])


def rewrite(article: Article, **changes: Any) -> Article:
    """Save changes to a story and take it to approval."""
    workflow.save(article, {name: _keys(name, value) for name, value in changes.items()}, by=person(Role.COPY_EDITOR))
    workflow.submit(article, by=person(Role.COPY_EDITOR))
    return workflow.approve(article, by=person(Role.EDITOR))
