"""States of the working copy, verbs, kinds and the table of moves: the newsroom's rules on one screen.

`State` is the state of the working copy only. What readers see (`PublicStatus`) is computed from
editions and an instant, and is never stored.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a working copy stands at the desk."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("In review")
    APPROVED = "approved", _("Approved")
    RELEASED = "released", _("Released")
    SPIKED = "spiked", _("Spiked")


class PublicStatus(TextChoices):
    """What readers get at an instant."""

    NOT_PUBLISHED = "not_published", _("Not published")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Verb(TextChoices):
    """What a journalist can do with a story; also the words of the ledger."""

    START = "start", _("Start")
    DUPLICATE = "duplicate", _("Duplicate")
    OPEN = "open", _("Open")
    SAVE = "save", _("Save")
    SUBMIT = "submit", _("Submit for review")
    SEND_BACK = "send_back", _("Send back")
    APPROVE = "approve", _("Approve")
    RELEASE = "release", _("Release")
    CORRECT = "correct", _("Correct")
    CLARIFY = "clarify", _("Clarify")
    UPDATE = "update", _("Update")
    REFILE = "refile", _("Refile")
    ROLL_BACK = "roll_back", _("Roll back")
    RESCHEDULE = "reschedule", _("Reschedule")
    CANCEL = "cancel", _("Cancel schedule")
    EXPIRE = "expire", _("Set expiry")
    WITHDRAW = "withdraw", _("Withdraw")
    SPIKE = "spike", _("Spike")
    REVIVE = "revive", _("Revive")


class ReleaseKind(TextChoices):
    """Why an edition was released."""

    PUBLICATION = "publication", _("Publication")
    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    REFILE = "refile", _("Refile")
    WITHDRAWAL = "withdrawal", _("Withdrawal")


class Kind(TextChoices):
    """What sort of story it is."""

    NEWS = "news", _("News")
    ALERT = "alert", _("Alert")
    ANALYSIS = "analysis", _("Analysis")
    OPINION = "opinion", _("Opinion")
    EXPLAINER = "explainer", _("Explainer")
    PRESS_RELEASE = "press_release", _("Press release")
    PARTNER_CONTENT = "partner_content", _("Partner content")


class Access(TextChoices):
    """Who may read the whole story (printed for machines only, for now)."""

    FREE = "free", _("Free")
    SUBSCRIBERS = "subscribers", _("Subscribers")


class SearchEngines(TextChoices):
    """What search engines are asked to do with a story."""

    INDEX = "index", _("Index")
    NO_INDEX = "noindex", _("Do not index")
    NO_ARCHIVE = "noarchive", _("Index, but keep no copy")


class BylineRole(TextChoices):
    """What somebody in the byline did."""

    REPORTER = "reporter", _("Reporter")
    CONTRIBUTOR = "contributor", _("Contributor")
    COLUMNIST = "columnist", _("Columnist")
    PHOTOGRAPHER = "photographer", _("Photographer")


class CompanyRole(TextChoices):
    """Why a company is named with a story."""

    SUBJECT = "subject", _("Subject")
    MENTIONED = "mentioned", _("Mentioned")


class CompanyKind(TextChoices):
    """What is listed under a name."""

    COMPANY = "company", _("Company")
    INDEX = "index", _("Index")
    FUND = "fund", _("Fund")


class AliasVerdict(TextChoices):
    """What the desk has decided about words that may name somebody."""

    ALWAYS = "always", _("Always")
    NEVER = "never", _("Never")


class TickerForm(TextChoices):
    """How a story prints the ticker where it names a company first."""

    COLON = "colon", _("Name (NYSE:BABA)")
    SPACED = "spaced", _("Name (NYSE: BABA)")
    SYMBOL = "symbol", _("Name (BABA)")
    NONE = "none", _("Name alone")


class Scheduled(TextChoices):
    """What happens to a waiting edition when another one overtakes it."""

    REFUSE = "refuse", _("Refuse while another release is scheduled")
    CANCEL = "cancel", _("Cancel the scheduled release")
    CARRY = "carry", _("Carry this change into the scheduled release")


_D, _S, _A, _R, _X = State.DRAFT, State.SUBMITTED, State.APPROVED, State.RELEASED, State.SPIKED
_STAY: dict[State, State] = {state: state for state in State}

#: verb -> {state before: state after}. A pair that is not here is refused for everybody.
#: From `released`, `release` puts the same approved revision out again, after a cancelled schedule, an expiry or a
#: withdrawal. `correct` from `draft` or `submitted` is the publisher's correction in one step.
MOVES: dict[Verb, dict[State, State]] = {
    Verb.SAVE: {_D: _D, _S: _S, _A: _D, _R: _D},
    Verb.SUBMIT: {_D: _S},
    Verb.SEND_BACK: {_S: _D},
    Verb.APPROVE: {_S: _A},
    Verb.RELEASE: {_A: _R, _R: _R},
    Verb.CORRECT: {_D: _R, _S: _R, _A: _R},
    Verb.CLARIFY: {_A: _R},
    Verb.UPDATE: {_A: _R},
    Verb.REFILE: {_A: _R},
    Verb.ROLL_BACK: _STAY,
    Verb.RESCHEDULE: _STAY,
    Verb.CANCEL: _STAY,
    Verb.EXPIRE: _STAY,
    Verb.WITHDRAW: _STAY,
    Verb.DUPLICATE: _STAY,
    Verb.OPEN: _STAY,
    Verb.SPIKE: {_D: _X, _S: _X, _A: _X},
    Verb.REVIVE: {_X: _D},
}

#: Verbs that put an approved revision before readers, and the kind of edition each makes.
RELEASES: dict[Verb, ReleaseKind] = {
    Verb.RELEASE: ReleaseKind.PUBLICATION,
    Verb.CORRECT: ReleaseKind.CORRECTION,
    Verb.CLARIFY: ReleaseKind.CLARIFICATION,
    Verb.UPDATE: ReleaseKind.UPDATE,
    Verb.REFILE: ReleaseKind.REFILE,
}
#: Verbs for a story that readers already have.
CHANGES = (Verb.CORRECT, Verb.CLARIFY, Verb.UPDATE, Verb.REFILE)
#: Verbs whose outcome depends on what readers have or will have, and not on the working copy alone.
ON_EDITIONS = (*RELEASES, Verb.ROLL_BACK, Verb.RESCHEDULE, Verb.CANCEL, Verb.EXPIRE, Verb.WITHDRAW)
#: Kinds of release that tell readers what changed.
NOTIFIED = (ReleaseKind.CORRECTION, ReleaseKind.CLARIFICATION, ReleaseKind.WITHDRAWAL)
#: States in which somebody at the desk still has work to do.
IN_PROGRESS = (State.DRAFT, State.SUBMITTED, State.APPROVED)
AWAITING_REVIEW = (State.SUBMITTED,)


def state_after(verb: Verb, state: State) -> State | None:
    """Return the state that `verb` leads to from `state`, or None where the table has no such move."""
    return MOVES.get(verb, {}).get(state)
