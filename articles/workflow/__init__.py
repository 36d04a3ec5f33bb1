"""Verbs: the only writers of state and editions. One function per verb; `by` and `at` are keywords."""

from articles.workflow.errors import NotAllowed, Refused, StaleArticle
from articles.workflow.merging import merge
from articles.workflow.moves import Seen
from articles.workflow.releasing import Release, change, clarify, correct, refile, release, release_bundle, update
from articles.workflow.review import approve, revive, send_back, spike, submit
from articles.workflow.standing import cancel, expire, reschedule, roll_back, withdraw
from articles.workflow.writing import duplicate, opened, save, start

__all__ = [
    "NotAllowed",
    "Refused",
    "Release",
    "Seen",
    "StaleArticle",
    "approve",
    "cancel",
    "change",
    "clarify",
    "correct",
    "duplicate",
    "expire",
    "merge",
    "opened",
    "refile",
    "release",
    "release_bundle",
    "reschedule",
    "revive",
    "roll_back",
    "save",
    "send_back",
    "spike",
    "start",
    "submit",
    "update",
    "withdraw",
]
