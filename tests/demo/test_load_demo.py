"""Loading the demo newsroom, as `make demo` does."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles import reading
from articles.models import Article, Author, Company, Edition, Exchange, ExchangeDay, Person, Section, Transition
from articles.states import PublicStatus, State
from articles.workflow.status import public_status
from newsroom.demo.cast import EXCHANGES
from newsroom.demo.files import dated, instant
from newsroom.demo.sessions import last_session
from newsroom.models import Journalist
from tests import factories

NEW_YORK = ZoneInfo("America/New_York")


def load(password: str = "a password") -> str:
    out = StringIO()
    call_command("load_demo", password=password, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_demo_fills_the_newsroom_and_only_once() -> None:
    assert load() == "Loaded the demo newsroom: 44 stories.\n"
    now = timezone.now()
    rows = Transition.objects.count()

    assert "nothing loaded" in load()

    assert Transition.objects.count() == rows
    assert (Section.objects.count(), Author.objects.count(), Company.objects.count()) == (6, 12, 33)
    assert Exchange.objects.count() == len(EXCHANGES)
    assert ExchangeDay.objects.exists()
    assert Person.objects.count() == 28
    states = Counter(article.state for article in Article.objects.all())
    assert set(states) == set(State)
    public = Counter(public_status(article, now) for article in Article.objects.all())
    assert set(public) == set(PublicStatus)
    assert public[PublicStatus.LIVE] >= 30
    assert Article.objects.filter(confidential=True).count() == 1
    assert not Edition.objects.filter(released_at__gt=now).exists()
    kinds = set(Edition.objects.values_list("release_kind", flat=True))
    assert {"correction", "clarification", "update", "refile", "withdrawal"} <= kinds
    _look_at_every_page(now)


def _look_at_every_page(now: datetime) -> None:
    """Every live story has its page, its words have no placeholder left, and the lead tells the lead's facts."""
    client = Client()
    front = reading.front(now)
    assert front.lead is not None
    lead = client.get(front.lead.path).content.decode()
    for fact in ("Investing.com --", "Joe Tsai", "VivaTech", "DeepSeek", "Qwen", "380 billion yuan", "$53 billion"):
        assert fact in lead
    assert re.search(r"Alibaba Group</a> \(NYSE:BABA\)", lead)
    assert "1.2%" in lead
    assert "12:50 ET" in lead
    released = front.lead.first_published_at.astimezone(NEW_YORK)
    assert released.date() == last_session(now)
    assert released.time().isoformat() == "12:58:00"
    for entry in reading.sitemap(now.year, now.month, now):
        response = client.get(entry.path)
        assert response.status_code == 200
        text = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
        assert not re.search(r"\{[a-z-]+(:[+-]\d+)?\}", text), entry.path


@pytest.mark.django_db
def test_demo_needs_an_empty_newsroom_and_a_password() -> None:
    with pytest.raises(CommandError, match="password"):
        load("")
    factories.journalist()
    with pytest.raises(CommandError, match="empty newsroom"):
        load()
    assert Journalist.objects.count() == 1
    assert not Section.objects.exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-20m", datetime(2026, 11, 24, 11, 40, tzinfo=UTC)),
        ("-9d4h", datetime(2026, 11, 15, 8, 0, tzinfo=UTC)),
        ("+2h", datetime(2026, 11, 24, 14, 0, tzinfo=UTC)),
        ("last-session 12:58 America/New_York", datetime(2026, 11, 23, 17, 58, tzinfo=UTC)),
    ],
)
def test_instants_are_relative_to_loading(text: str, expected: datetime) -> None:
    assert instant(text, datetime(2026, 11, 24, 12, 0, tzinfo=UTC)) == expected


def test_an_instant_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="tomorrow"):
        instant("tomorrow", datetime(2026, 11, 24, tzinfo=UTC))


@pytest.mark.parametrize(
    ("moment", "session"),
    [
        ("2026-11-24T15:59", date(2026, 11, 23)),  # still trading
        ("2026-11-24T16:00", date(2026, 11, 24)),
        ("2026-11-22T12:00", date(2026, 11, 20)),  # a Sunday
        ("2026-11-26T20:00", date(2026, 11, 25)),  # Thanksgiving
        ("2026-11-27T20:00", date(2026, 11, 25)),  # the short Friday after it
        ("2027-01-01T20:00", date(2026, 12, 31)),
        ("2026-04-03T20:00", date(2026, 4, 2)),  # Good Friday
        ("2026-07-05T20:00", date(2026, 7, 2)),  # Independence Day on a Saturday, kept on Friday the third
    ],
)
def test_last_session_is_the_last_full_one_that_has_closed(moment: str, session: date) -> None:
    assert last_session(datetime.fromisoformat(moment).replace(tzinfo=NEW_YORK)) == session


def test_days_are_named_in_the_language_of_the_story() -> None:
    released = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)

    assert dated("{weekday}, {date:-1}, {month} {year}", released, NEW_YORK) == "Tuesday, 23 November, November 2026"
    assert dated("{date}", released, NEW_YORK, "zh-Hans") == "11月24日"
    assert dated("{session}", released - timedelta(hours=4), NEW_YORK) == "Monday"
    assert dated("{session-long}", released, NEW_YORK) == "Tuesday, 24 November"
