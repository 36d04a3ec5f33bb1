"""Loading the demo: every story goes through the verbs, at the instants its file gives."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles import workflow
from articles.models import CONTENT_FIELDS, Article
from articles.states import Verb
from articles.workflow.clock import clock_at
from newsroom.demo.cast import Cast
from newsroom.demo.files import StoryFile, dated, instant, stories
from newsroom.demo.marking import Marker
from newsroom.demo.trading import Trading
from newsroom.models import Journalist

#: How long before its release a story is begun, submitted and approved.
_WRITTEN, _SUBMITTED, _APPROVED = timedelta(hours=5), timedelta(hours=2), timedelta(hours=1)
_CHANGES = {
    "correction": Verb.CORRECT,
    "clarification": Verb.CLARIFY,
    "update": Verb.UPDATE,
    "refile": Verb.REFILE,
}
_DATED = (
    "headline", "short_headline", "standfirst", "search_title", "search_description", "social_title", "disclosure",
    "note_to_editors", "picture_caption",
)  # fmt: skip


def load(password: str, progress: Callable[[Iterable[StoryFile]], Iterable[StoryFile]] = iter) -> int:
    """Load the demo into an empty newsroom, or nothing of it, and return how many stories it has."""
    now = timezone.now().replace(second=0, microsecond=0)
    files = stories()
    with transaction.atomic():
        cast = Cast(password)
        marker = Marker(cast.companies, cast.persons)
        tellers = [_Teller(story, cast, marker, now) for story in files]
        articles = {teller.story.name: teller.begin() for teller in tellers}
        by_release = sorted(tellers, key=lambda teller: teller.released)
        told = dict(zip((teller.story.name for teller in by_release), by_release, strict=True))
        for story in progress([teller.story for teller in by_release]):
            told[story.name].tell(articles)
        _trade(marker, tellers, now)
    return len(files)


def _trade(marker: Marker, tellers: Iterable["_Teller"], now: datetime) -> None:
    """Let the market do what the stories say, and quote what they print when they come out."""
    of_company: dict[int, list[int]] = defaultdict(list)
    for listing in marker.listings.values():
        of_company[listing.company_id].append(listing.pk)
    trading = Trading(marker.listings, [said.statement for teller in tellers for said in teller.said], now)
    trading.store(
        (teller.released, [key for company in teller.companies for key in of_company[company]])
        for teller in tellers
        if teller.released <= now
    )


class _Teller:
    """One story on its way through the newsroom."""

    def __init__(self, story: StoryFile, cast: Cast, marker: Marker, now: datetime) -> None:
        self.story = story
        self.cast = cast
        self.marker = marker
        self.now = now
        self.values = story.values
        self.released = instant(self.values.get("release", "-2h"), now)
        # What is scheduled, or still with the desk, was written before now.
        self.ready = min(self.released, now)
        self.body = self._dated(story.body)
        language = self.values.get("language", "en")
        self.said = [marker.read(row, self.released, language) for row in self.values.get("statements", [])]
        self.companies = [cast.companies[slug].pk for slug, _role in self.values.get("companies", [])]

    def begin(self) -> Article:
        """Start the story."""
        with clock_at(self.ready - _WRITTEN):
            self.article = workflow.start(self._content(), by=self._journalist(self.values.get("created_by", "rita")))
        return self.article

    def tell(self, articles: dict[str, Article]) -> None:
        """Take the story to where its file says it stands."""
        writer = self.article.created_by
        self._link(articles)
        if self.values.get("confidential"):
            with clock_at(self.ready - _WRITTEN):
                people = [self._journalist(name) for name in self.values["people"]]
                workflow.save(self.article, {}, by=writer, confidential=True, people=people)
        if self.story.status == "spiked":
            with clock_at(self.ready - _SUBMITTED):
                workflow.spike(self.article, by=self._journalist("edith"), reason="Overtaken by the announcement.")
        if self.story.status in ("draft", "spiked"):
            return
        self._review(self.ready)
        if self.story.status in ("live", "expired", "scheduled"):
            self._release()
        for change in self.values.get("after", []):
            self._change(change)

    def _link(self, articles: dict[str, Article]) -> None:
        links: dict[str, Any] = {}
        if self.values.get("related"):
            links["related"] = [articles[name].pk for name in self.values["related"]]
        if self.values.get("follows"):
            links["follows"] = articles[self.values["follows"]].pk
        with clock_at(self.ready - _WRITTEN):
            workflow.save(self.article, links, by=self.article.created_by)

    def _review(self, ready: datetime) -> None:
        with clock_at(ready - _SUBMITTED):
            workflow.submit(self.article, by=self._submitter())
        if self.story.status != "submitted":
            with clock_at(ready - _APPROVED):
                workflow.approve(self.article, by=self._journalist("edith"))

    def _release(self) -> None:
        expires = self.values.get("expires")
        with clock_at(self.ready):
            workflow.release(
                self.article,
                by=self._journalist("pavel"),
                at=self.released,
                expires_at=instant(expires, self.now) if expires else None,
            )

    def _change(self, change: dict[str, Any]) -> None:
        """Release what followed: a tombstone, or changed words that somebody submitted and somebody else approved."""
        moment = instant(change["at"], self.now)
        notice = self._dated(change.get("notice", ""))
        publisher = self._journalist("pavel")
        if change["kind"] == "withdrawal":
            with clock_at(moment):
                workflow.withdraw(self.article, by=publisher, notice=notice)
            return
        for old, new in change.get("replace", []):
            self.body = self.body.replace(self._dated(old), self._dated(new))
        changed = [name for name in ("headline", "standfirst") if name in change]
        words: dict[str, Any] = {name: self._dated(change[name]) for name in changed}
        with clock_at(moment - timedelta(minutes=20)):
            workflow.save(self.article, {"body": self._marked(), **words}, by=self._journalist("colin"))
            workflow.submit(self.article, by=self._journalist("colin"))
        with clock_at(moment - timedelta(minutes=10)):
            workflow.approve(self.article, by=self._journalist("edith"))
        with clock_at(moment):
            workflow.change(self.article, _CHANGES[change["kind"]], by=publisher, notice=notice)

    def _content(self) -> dict[str, Any]:
        values, cast = self.values, self.cast
        content = {name: values[name] for name in CONTENT_FIELDS if name in values}
        content |= {name: self._dated(values[name]) for name in _DATED if name in values and name in CONTENT_FIELDS}
        if "embargo" in values:
            content["embargo_at"] = instant(values["embargo"], self.now)
        return content | {
            "body": self._marked(),
            "section": cast.sections[values["section"]].pk if values.get("section") else None,
            "source": cast.sources[values["source"]].pk if values.get("source") else None,
            "lead_image": cast.pictures[values["picture"]].pk if values.get("picture") else None,
            "lead_caption": self._dated(values.get("picture_caption", "")),
            "bylines": [[cast.authors[slug].pk, role] for slug, role in values.get("bylines", [])],
            "companies": [[cast.companies[slug].pk, role] for slug, role in values.get("companies", [])],
            "topics": [cast.topics[slug].pk for slug in values.get("topics", [])],
            "follows": None,
        }

    def _marked(self) -> str:
        """Return the body as it is now, with its names and what it says of markets marked."""
        said = [one for one in self.said if one.words in self.body]
        return self.marker.marked(self.body, self.released.date(), self.companies, said)

    def _dated(self, text: str) -> str:
        return dated(text, self.released, timezone.get_default_timezone(), self.values.get("language", "en"))

    def _journalist(self, username: str) -> Journalist:
        return self.cast.journalists[username]

    def _submitter(self) -> Journalist:
        """Return who submits: the writer, but for a story that the approving editor wrote."""
        writer: Journalist = self.article.created_by
        return self._journalist("colin") if writer.username == "edith" else writer
