"""The table of moves and the roles, over the whole product of verbs, states and people, by the real verbs."""

from collections.abc import Callable

import pytest

from articles import workflow
from articles.models import Article
from articles.rules import PERMISSIONS, may, why_not
from articles.states import MOVES, State, Verb
from articles.workflow.clock import clock_at
from newsroom.models import Journalist
from newsroom.roles import Role
from tests.factories import approved, draft, journalist, live, person, rewrite, spiked, submitted
from tests.workflow.desk import ACTS, HOUR, NOON, again, bring_to, busy, ledger, stored

pytestmark = pytest.mark.django_db

#: The lowest role that may, as the newsroom wants it and not as the code has it.
LOWEST = {
    Verb.START: Role.REPORTER,
    Verb.DUPLICATE: Role.REPORTER,
    Verb.OPEN: Role.REPORTER,
    Verb.SAVE: Role.REPORTER,
    Verb.SUBMIT: Role.REPORTER,
    Verb.SEND_BACK: Role.COPY_EDITOR,
    Verb.APPROVE: Role.EDITOR,
    Verb.SPIKE: Role.EDITOR,
    Verb.REVIVE: Role.EDITOR,
    Verb.RELEASE: Role.PUBLISHER,
    Verb.RESCHEDULE: Role.PUBLISHER,
    Verb.CANCEL: Role.PUBLISHER,
    Verb.EXPIRE: Role.PUBLISHER,
    Verb.CORRECT: Role.PUBLISHER,
    Verb.CLARIFY: Role.PUBLISHER,
    Verb.UPDATE: Role.PUBLISHER,
    Verb.REFILE: Role.PUBLISHER,
    Verb.ROLL_BACK: Role.PUBLISHER,
    Verb.WITHDRAW: Role.PUBLISHER,
}
PRODUCT = [pytest.param(verb, state, id=f"{verb}-{state}") for verb in ACTS for state in State]
RANKS = list(Role)


def _people() -> dict[str, Journalist]:
    superuser = Journalist.objects.create_superuser("root", password="secret")
    return {role.name: person(role) for role in Role} | {
        "superuser": superuser,
        "no role": Journalist.objects.create_user("nobody", is_staff=True),
        "not staff": journalist(Role.ADMINISTRATOR, is_active=True, username="reader"),
        "left": journalist(Role.ADMINISTRATOR, is_active=False, username="left"),
    }


def _may_ever(verb: Verb, name: str) -> bool:
    if name in ("no role", "not staff", "left"):
        return False
    return name == "superuser" or RANKS.index(Role[name]) >= RANKS.index(LOWEST[verb])


def test_every_verb_is_tried() -> None:
    assert {*ACTS, Verb.START} == set(Verb) == set(LOWEST) == set(PERMISSIONS)
    assert set(MOVES) == set(ACTS)


@pytest.mark.parametrize(("verb", "state"), PRODUCT)
def test_refused_verb_writes_nothing(verb: Verb, state: State) -> None:
    people = _people()
    Journalist.objects.filter(username="reader").update(is_staff=False)
    people["not staff"].refresh_from_db()
    story = busy(state)
    before = stored()
    refused = 0
    for name, journalist_ in people.items():
        if state in MOVES[verb] and _may_ever(verb, name):
            continue
        with pytest.raises(workflow.NotAllowed):
            ACTS[verb](again(story), journalist_)
        assert not may(journalist_, verb, story)
        refused += 1
    assert stored() == before
    assert refused == (3 + RANKS.index(LOWEST[verb]) if state in MOVES[verb] else len(people))


@pytest.mark.parametrize(
    ("verb", "state"),
    [pytest.param(verb, state, id=f"{verb}-{state}") for verb in ACTS for state in State if state not in MOVES[verb]],
)
def test_pair_outside_the_table_says_so(verb: Verb, state: State) -> None:
    story = busy(state)
    with pytest.raises(workflow.NotAllowed, match=f"{verb.label}: not possible while the story is “{state.label}”"):
        ACTS[verb](story, person(Role.ADMINISTRATOR))


def _nothing_public(state: State) -> Article:
    story = draft()
    if state is State.DRAFT:
        return story
    return {State.SUBMITTED: submitted, State.APPROVED: approved, State.SPIKED: spiked}[state]()


def _expired_at_noon(state: State) -> Article:
    """Make a story that readers had until noon, in a state."""
    with clock_at(NOON - 2 * HOUR):
        story = approved()
        workflow.release(story, by=person(Role.PUBLISHER), expires_at=NOON)
    return bring_to(state, story)


def _live_since_morning(state: State) -> Article:
    with clock_at(NOON - 2 * HOUR):
        story = live()
    with clock_at(NOON - HOUR):
        rewrite(story, standfirst="The second.")
        workflow.update(story, by=person(Role.PUBLISHER))
    return bring_to(state, story)


#: The kind of story that a verb succeeds with.
FITTING: dict[Verb, Callable[[State], Article]] = {
    Verb.RELEASE: _expired_at_noon,
    Verb.RESCHEDULE: busy,
    Verb.CANCEL: busy,
    Verb.CORRECT: _live_since_morning,
    Verb.CLARIFY: _live_since_morning,
    Verb.UPDATE: _live_since_morning,
    Verb.REFILE: _live_since_morning,
    Verb.ROLL_BACK: _live_since_morning,
    Verb.EXPIRE: _live_since_morning,
    Verb.WITHDRAW: _live_since_morning,
}


@pytest.mark.parametrize(
    ("verb", "state"),
    [pytest.param(verb, state, id=f"{verb}-{state}") for verb, moves in MOVES.items() for state in moves],
)
def test_lowest_role_that_may_makes_the_move(verb: Verb, state: State) -> None:
    story = FITTING.get(verb, busy)(state)
    by = person(LOWEST[verb])
    if LOWEST[verb] is Role.REPORTER:
        # The reporter owns the story; in review or approved it is the desk's.
        assert story.created_by == by
        if verb in (Verb.SAVE, Verb.SUBMIT) and state in (State.SUBMITTED, State.APPROVED):
            by = person(Role.COPY_EDITOR)
    assert why_not(by, verb, story) == ""
    ACTS[verb](story, by)
    assert again(story).state == story.state == MOVES[verb][state]
    if verb not in (Verb.OPEN, Verb.DUPLICATE):
        row = ledger(story)[-1]
        assert (row.verb, row.from_state, row.to_state, row.by, row.at) == (verb, state, story.state, by, NOON)


@pytest.mark.parametrize("role", Role)
def test_every_role_may_start_a_story(role: Role) -> None:
    assert workflow.start({}, by=person(role)).state == State.DRAFT


@pytest.mark.parametrize("name", ["no role", "not staff", "left"])
def test_outsiders_start_nothing(name: str) -> None:
    who = _people()[name]
    who.is_staff = name != "not staff"
    before = stored()
    with pytest.raises(workflow.NotAllowed):
        workflow.start({"headline": "Mine"}, by=who)
    assert stored() == before


def test_state_is_the_stored_one_and_not_that_of_the_instance() -> None:
    story = draft()
    stale = again(story)
    workflow.submit(story, by=person(Role.REPORTER))
    before = stored()
    for verb, act in ACTS.items():
        if verb in (Verb.OPEN, Verb.DUPLICATE):
            continue
        stale.state, stale.revision_id = State.DRAFT, story.revision_id
        with pytest.raises(workflow.StaleArticle) as told:
            act(stale, person(Role.ADMINISTRATOR))
        assert told.value.article == story
        assert told.value.article.state == State.SUBMITTED
    assert stored() == before
