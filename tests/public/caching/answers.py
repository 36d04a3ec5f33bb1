"""Answers and stamps for tests that have no use for a site."""

from datetime import UTC, datetime, timedelta

from articles.public.caching.answers import Answer
from articles.reading import Stamp

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


def stamp(number: int = 1, *, at: datetime = NOON) -> Stamp:
    return Stamp(at, f"{number}-token", number, at - timedelta(hours=1))


def answer(body: bytes = b"<p>Words</p>" * 100, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"Content-Type": "text/html; charset=utf-8", **named}.items(), body, ("story-7", "lists"))


def told(answer: Answer | None) -> tuple[object, ...] | None:
    """Return all that readers get of an answer."""
    return (answer.status, answer.headers, answer.body, answer.surrogate_keys) if answer else None
