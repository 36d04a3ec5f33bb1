"""Nothing that is not public comes out anywhere: every address, feed and file, beside a secret in every state."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from articles import paths, workflow
from articles.models import Article, Edition
from articles.models.edition import EditionQuerySet
from articles.reading import database
from articles.reading.selection import LIVE
from articles.states import ReleaseKind
from newsroom.roles import Role
from tests import factories
from tests.canaries import CANARY, STATES, Secret, addresses, at_instant, secret, url_names

pytestmark = pytest.mark.django_db

#: What readers may know of a story that is gone: the address they had it under says its slug and section.
GONE = {"withdrawn", "expired", "corrected, then withdrawn"}
#: States of stories that readers have never had any words of.
NEVER_PUBLIC = [state for state in STATES if state not in GONE and "live" not in state]
#: Answers by which nobody can tell a secret from nothing at all.
SECRET_ANSWERS = {404}


def make(state: str) -> Secret:
    factories.live(headline="Something public")
    made = secret()
    made.article = STATES[state](made)
    return made


def told(client: Client, path: str, method: str = "get") -> tuple[HttpResponseBase, bytes]:
    """Return an answer and everything it says: body, headers and where it leads."""
    response = getattr(client, method)(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return response, body + headers.encode()


def leaks(made: Secret) -> dict[str, list[str]]:
    """Return the addresses that say a canary, by URL name. A page may repeat the address it was asked for."""
    client = Client()
    found: dict[str, list[str]] = {}
    for name, asked in addresses(made).items():
        for path in asked:
            for method in ("get", "head"):
                response, said = told(client, path, method)
                assert response.status_code < 500, (name, path)
                if CANARY.encode() in said:
                    found.setdefault(name, []).append(f"{method} {path} {_around(said)!r}")
    return found


def _around(said: bytes) -> bytes:
    at = said.index(CANARY.encode())
    return said[max(0, at - 60) : at + 60]


@pytest.mark.parametrize("state", STATES)
def test_a_story_that_is_not_public_leaks_nowhere(state: str) -> None:
    made = make(state)

    found = leaks(made)

    assert found == {}


@pytest.mark.parametrize("state", NEVER_PUBLIC)
def test_a_secret_cannot_be_told_from_nothing(state: str) -> None:
    made = make(state)
    client = Client()
    nothing, nothing_said = told(client, "/companies/there-is-no-such-company/")

    for name in (
        "article",
        "company",
        "company_feed",
        "topic",
        "topic_feed",
        "author",
        "author_feed",
        "person",
        "person_feed",
        "quote",
        "section",
        "media",
    ):
        for path in addresses_once(made)[name]:
            response, said = told(client, path)
            assert response.status_code in SECRET_ANSWERS, path
            if name in ("article", "company", "topic", "author", "person", "quote", "section"):
                assert said == nothing_said, path
    assert nothing.status_code == 404


@pytest.mark.parametrize("state", NEVER_PUBLIC)
def test_a_secret_changes_nothing_on_pages_of_nouns_it_shares(state: str) -> None:
    """The same bytes with and without it, on every list, feed and map, and beside a story that picks it by hand."""
    with at_instant(timezone.now()):
        made = secret()
        public = factories.live(
            section=made.section,
            bylines=[made.author],
            companies=[made.company],
            persons=[made.person],
            topics=[made.topic],
            source=made.source,
        )
        picking = factories.live(section=factories.section("Elsewhere"))
        asked = [path for group in lists_of(made, public).values() for path in group]
        before = {path: told(Client(), path) for path in asked}

        made.article = STATES[state](made)
        factories.rewrite(picking, related=[made.article], follows=made.article)
        refiled = workflow.refile(picking, by=factories.person(Role.PUBLISHER))
        with_picks = told(Client(), refiled.path)[1]
        after = {path: told(Client(), path) for path in asked}

    assert all(response.status_code == 200 for response, _said in before.values())
    assert [path for path in asked if before[path][1] != after[path][1]] == []
    assert [word for word in made.words.values() if word.encode() in with_picks] == []


@pytest.mark.parametrize("state", [state for state in STATES if state not in NEVER_PUBLIC])
def test_what_readers_no_longer_have_is_gone_from_pages_of_nouns_it_shared(state: str) -> None:
    made = secret()
    public = factories.live(
        section=made.section,
        bylines=[made.author],
        companies=[made.company],
        persons=[made.person],
        topics=[made.topic],
        source=made.source,
    )
    made.article = STATES[state](made)
    picking = factories.live(related=[made.article], follows=made.article)
    asked = [path for group in lists_of(made, public).values() for path in group]
    asked.append(Edition.objects.get(article=picking).path)

    said = b"".join(told(Client(), path)[1] for path in asked)

    assert [word for word in made.words.values() if word.encode() in said] == []


def lists_of(made: Secret, public: Article) -> dict[str, list[str]]:
    """Return every page that lists stories or nouns."""
    made.article = public
    alone = {
        "article",
        "media",
        "nowhere",
        "quote",
        "sitemap_month_part",
        "sitemap_month",
        "sitemap_pages_part",
        "favicon",
    }
    months = [paths.sitemap_month(timezone.now().year, timezone.now().month)]
    return {name: asked for name, asked in addresses(made).items() if name not in alone} | {"sitemap_month": months}


def addresses_once(made: Secret) -> dict[str, list[str]]:
    if not hasattr(made, "_addresses"):
        made._addresses = addresses(made)  # type: ignore[attr-defined]
    return made._addresses  # type: ignore[attr-defined,no-any-return]


def test_every_public_address_is_asked() -> None:
    assert set(url_names()) == set(addresses(make("draft")))


def test_the_canaries_would_be_seen() -> None:
    """Everything that is silent about a secret speaks of the same story once it is public."""
    factories.live(headline="Something public")
    made = secret()
    made.article = factories.live(**made.content)

    found = leaks(made)

    # The symbol of the listing, in capitals, is all that prices say of a company.
    silent = {"robots", "favicon", "sitemap", "prices"}
    assert set(found) == set(url_names()) - silent
    files, _said = told(Client(), addresses_once(made)["media"][0])
    assert files.status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "image"), ("note_to_editors", "words"), ("licence_note", "source")],
)
def test_what_is_never_printed_stays_in_even_when_live(field: str, value: str) -> None:
    made = secret()
    made.article = factories.live(**made.content)
    kept = made.words[field] if value == "words" else getattr(getattr(made, value), field)
    client = Client()

    said = b"".join(told(client, path)[1] for asked in addresses(made).values() for path in asked)

    assert made.words["headline"].encode() in said
    assert kept.encode() not in said


def test_a_scheduled_story_appears_at_its_instant_and_not_before() -> None:
    made = secret()
    flip = timezone.now() + timedelta(hours=1)
    made.article = factories.scheduled(live_from=flip, **made.content)

    with at_instant(flip - timedelta(microseconds=1)):
        before = leaks(made)
    with at_instant(flip):
        after = leaks(made)

    assert before == {}
    assert {"front", "article", "site_feed", "section", "company", "author", "topic", "person"} <= set(after)
    assert {"companies", "people", "quote", "person_feed"} <= set(after)


def _everything(self: EditionQuerySet, at: datetime) -> Any:
    return self.exclude(release_kind=ReleaseKind.WITHDRAWAL)


def _without_filter(ask: Callable[..., Any]) -> Callable[..., Any]:
    """Ask without the same definition in the door's fixed SQL; it takes as many instants."""
    always = "(e.live_from <= %s OR e.live_from > %s)"
    everything = f"{always} AND {always} AND e.release_kind <> '{ReleaseKind.WITHDRAWAL.value}'"
    assert LIVE.count("%s") == everything.count("%s")
    # What bounds the walk along an index says a part of it once more.
    bound = "i.first_published_at <= %s"

    def asked(wrapper: Any, sql: str, parameters: Any) -> Any:
        return ask(wrapper, sql.replace(LIVE, everything).replace(bound, f"({bound} OR 1 = 1)"), parameters)

    return asked


def test_without_the_filter_every_list_would_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself turns red when the door's one definition of public is taken away."""
    made = make("scheduled")
    monkeypatch.setattr(EditionQuerySet, "live", _everything)
    for asking in ("_ask_sqlite", "_ask_postgresql"):
        monkeypatch.setattr(database, asking, _without_filter(getattr(database, asking)))

    found = leaks(made)

    lists = {"front", "latest", "section", "company", "topic", "author", "nowhere", "sitemap_pages", "sitemap_month"}
    assert lists | {"person", "companies", "people", "quote"} <= set(found)
    feeds = {"site_feed", "section_feed", "company_feed", "topic_feed", "author_feed", "person_feed"}
    assert feeds <= set(found)
    assert told(Client(), addresses_once(made)["media"][0])[0].status_code == 200
