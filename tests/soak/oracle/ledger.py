"""Which editions there are and what they say, told from ledger rows and revisions alone."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

type Row = Mapping[str, Any]

TICK = timedelta(microseconds=1)
TOLD = ("correction", "clarification", "withdrawal")
#: What remains of the words of a withdrawn story.
_OF_A_GRAVE = ("public_key", "slug", "section", "language", "kind", "search_engines")
_NOTHING: dict[str, Any] = {"section": None, "source": None, "lead_image": None, "follows": None, "related": ()}
#: A release marks what nouns have become since the text was saved.
_KEYS = re.compile(r'(?<= data-company=")\d+|(?<= data-person=")\d+')
#: The columns of an edition's row that must be what the ledger says.
_COMPARED = (
    *("headline", "standfirst", "kicker", "kind", "language", "public_key", "dateline", "disclosure", "is_lead"),
    *("original_url", "canonical_url", "lead_caption", "search_engines", "access", "body"),
)


class Words(dict[str, Any]):
    """The content of a revision with its body; what is not there is "" (of a withdrawn story, nearly everything)."""

    def __missing__(self, name: str) -> Any:
        return _NOTHING.get(name, "")


@dataclass(frozen=True, slots=True)
class Edition:
    """What readers get from `live_from` on. `notices` are (kind, text, instant), oldest first."""

    article: int
    number: int
    release_kind: str
    live_from: datetime
    expires_at: datetime | None
    first_published_at: datetime
    updated_at: datetime
    notice: str
    notices: tuple[tuple[str, str, datetime], ...]
    words: Words
    slug: str

    @property
    def is_withdrawal(self) -> bool:
        """Whether it takes the story away."""
        return self.release_kind == "withdrawal"

    def shows(self, at: datetime) -> bool:
        """Say whether readers can read it at an instant, being the newest then."""
        return not self.is_withdrawal and (self.expires_at is None or at < self.expires_at)


class Ledger:
    """All stories as their ledger rows tell them; rows come in the order in which they were committed."""

    def __init__(self) -> None:
        self.stories: dict[int, dict[int, Edition]] = {}
        self._revisions: dict[int, Row] = {}
        self._newest_revision: dict[int, int] = {}
        self._texts: dict[str, str] = {}
        self._taken_back: dict[int, Edition] = {}

    def keep_text(self, row: Row) -> None:
        """Take a saved text."""
        self._texts[row["digest"]] = row["html"]

    def keep_revision(self, row: Row) -> None:
        """Take a revision."""
        self._revisions[row["id"]] = row
        self._newest_revision[row["article_id"]] = row["id"]

    def read(self, row: Row) -> bool:
        """Take a ledger row, and say whether it is about editions."""
        act = _ACTS.get(row["verb"])
        if act is None:
            return False
        act(self, row)
        return True

    def newest(self, article: int, at: datetime) -> Edition | None:
        """Return the newest edition of a story whose instant has come."""
        come = [edition for edition in self.stories.get(article, {}).values() if edition.live_from <= at]
        return max(come, key=lambda edition: edition.live_from, default=None)

    def flaws(self, rows: Mapping[tuple[int, int], Row]) -> Iterator[str]:
        """Yield where rows of editions, by article and number, are not what the ledger says."""
        told = {(e.article, e.number): e for story in self.stories.values() for e in story.values()}
        yield from (f"edition {key} is in the ledger only" for key in told.keys() - rows.keys())
        yield from (f"edition {key} is not in the ledger" for key in rows.keys() - told.keys())
        for key in told.keys() & rows.keys():
            for name, here, there in _compared(told[key], rows[key]):
                if here != there and not (name == "body" and _KEYS.sub("", here) == _KEYS.sub("", there)):
                    yield f"edition {key}: {name} is {there!r}, the ledger says {here!r}"

    def _put(self, edition: Edition) -> None:
        self.stories.setdefault(edition.article, {})[edition.number] = edition

    def _released(self, row: Row) -> None:
        told, previous = row["details"], self.newest(row["article_id"], row["at"])
        new = self._composed(
            (row["article_id"], row["edition_number"]),
            self._revisions[row["revision_id"]],
            (told["kind"], told.get("notice", "")),
            instant(told["live_from"]),
            instant(told["expires_at"]) if "expires_at" in told else None,
            previous,
        )
        self._put(new)
        if "carried_into" in told:
            waited = self._taken_back[row["article_id"]]
            self._put(
                self._composed(
                    (row["article_id"], told["carried_into"]),
                    self._revisions[self._newest_revision[row["article_id"]]],
                    (waited.release_kind, waited.notice),
                    waited.live_from,
                    waited.expires_at,
                    new,
                )
            )

    def _composed(
        self,
        key: tuple[int, int],
        revision: Row,
        told: tuple[str, str],
        live_from: datetime,
        expires_at: datetime | None,
        previous: Edition | None,
    ) -> Edition:
        kind, notice = told
        words = Words(revision["content"], body=self._texts[revision["text_id"]])
        news = ((kind, notice, live_from),) if kind in TOLD or notice else ()
        return Edition(
            *key,
            release_kind=kind,
            live_from=live_from,
            expires_at=expires_at,
            first_published_at=previous.first_published_at if previous else live_from,
            updated_at=previous.updated_at if previous and kind == "refile" else live_from,
            notice=notice,
            notices=(previous.notices if previous else ()) + news,
            words=words,
            slug=words["slug"] or "-".join(words["headline"].lower().split()),
        )

    def _cancelled(self, row: Row) -> None:
        self._taken_back[row["article_id"]] = self.stories[row["article_id"]].pop(row["edition_number"])

    def _rescheduled(self, row: Row) -> None:
        waited, to = self._taken_back[row["article_id"]], instant(row["details"]["live_from"])
        was = waited.live_from
        self._put(
            replace(
                waited,
                number=row["edition_number"],
                live_from=to,
                first_published_at=to if waited.first_published_at == was else waited.first_published_at,
                updated_at=to if waited.updated_at == was else waited.updated_at,
                notices=tuple((kind, text, to if at == was else at) for kind, text, at in waited.notices),
            )
        )

    def _expired(self, row: Row) -> None:
        article, told = row["article_id"], row["details"]
        until = instant(told["expires_at"]) if told["expires_at"] else None
        current = self.newest(article, row["at"])
        if current is None or current.is_withdrawal:
            self._put(replace(self._taken_back[article], number=row["edition_number"], expires_at=until))
            return
        since = max(row["at"], current.live_from + TICK)
        changes = {"release_kind": "refile", "notice": "", "live_from": since}
        expires_at = max(until, since) if until else None
        self._put(replace(current, number=row["edition_number"], expires_at=expires_at, **changes))
        if "carried_into" in told:
            self._put(replace(self._taken_back[article], number=told["carried_into"], expires_at=until))

    def _withdrawn(self, row: Row) -> None:
        article, notice = row["article_id"], row["details"]["notice"]
        if row["details"].get("after_flip"):
            grave = min(
                (e for e in self.stories[article].values() if e.live_from > row["at"]), key=lambda e: e.live_from
            )
            since = grave.live_from + TICK
        else:
            current = self.newest(article, row["at"])
            assert current is not None
            grave, since = current, max(row["at"], current.live_from + TICK)
        self._put(
            replace(
                grave,
                number=row["edition_number"],
                release_kind="withdrawal",
                live_from=since,
                expires_at=None,
                updated_at=since,
                notice=notice,
                notices=(*grave.notices, ("withdrawal", notice, since)),
                words=Words({name: grave.words[name] for name in _OF_A_GRAVE}),
            )
        )

    def _rolled_back(self, row: Row) -> None:
        article, told = row["article_id"], row["details"]
        current = self.newest(article, row["at"])
        assert current is not None
        since = max(row["at"], current.live_from + TICK)
        news = ((told["kind"], told["notice"], since),) if told["notice"] else ()
        self._put(
            replace(
                self.stories[article][told["to"]],
                number=row["edition_number"],
                release_kind=told["kind"],
                notice=told["notice"],
                notices=current.notices + news,
                live_from=since,
                updated_at=current.updated_at if told["kind"] == "refile" else since,
                expires_at=current.expires_at,
            )
        )


_ACTS: dict[str, Callable[[Ledger, Row], None]] = {
    **dict.fromkeys(("release", "correct", "clarify", "update", "refile"), Ledger._released),
    "cancel": Ledger._cancelled,
    "reschedule": Ledger._rescheduled,
    "expire": Ledger._expired,
    "withdraw": Ledger._withdrawn,
    "roll_back": Ledger._rolled_back,
}


def instant(kept: str | datetime) -> datetime:
    """Return an instant that JSON keeps as text."""
    return kept if isinstance(kept, datetime) else datetime.fromisoformat(kept)


def _compared(edition: Edition, row: Row) -> Iterator[tuple[str, Any, Any]]:
    """Yield name, value by the ledger and value in the row of all that both know."""
    for name in ("release_kind", "live_from", "expires_at", "first_published_at", "updated_at", "notice", "slug"):
        yield name, getattr(edition, name), row[name]
    for name in ("section", "source", "lead_image", "follows"):
        yield name, edition.words[name], row[f"{name}_id"]
    # A withdrawn story has what its columns begin with.
    for name in ("public_key", "language", "kind", "search_engines") if edition.is_withdrawal else _COMPARED:
        yield name, edition.words[name], row[name]
    told = tuple((item["kind"], item["text"], instant(item["at"])) for item in row["notices"])
    yield "notices", edition.notices, told
