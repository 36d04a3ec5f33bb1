"""The table of moves, as a picture of the house rules."""

import pytest

from articles.states import (
    AWAITING_REVIEW,
    CHANGES,
    IN_PROGRESS,
    MOVES,
    NOTIFIED,
    ON_EDITIONS,
    RELEASES,
    ReleaseKind,
    State,
    Verb,
    state_after,
)

#: As the newsroom draws it: verb, state before, state after.
DRAWN = """
save draft draft
save submitted submitted
save approved draft
save released draft
submit draft submitted
send_back submitted draft
approve submitted approved
release approved released
release released released
correct draft released
correct submitted released
correct approved released
clarify approved released
update approved released
refile approved released
spike draft spiked
spike submitted spiked
spike approved spiked
revive spiked draft
"""
#: Verbs that leave the working copy as it is, from every state.
STAY = "roll_back reschedule cancel expire withdraw duplicate open".split()


def test_table_is_the_drawing() -> None:
    drawn = {(verb, before): after for verb, before, after in (line.split() for line in DRAWN.split("\n") if line)}
    drawn |= {(verb, state.value): state.value for verb in STAY for state in State}
    assert {(verb, state): after for verb, moves in MOVES.items() for state, after in moves.items()} == drawn


@pytest.mark.parametrize("verb", Verb)
def test_state_after_answers_from_the_table(verb: Verb) -> None:
    assert [state_after(verb, state) for state in State] == [MOVES.get(verb, {}).get(state) for state in State]


def test_start_has_no_state_before() -> None:
    assert {state_after(Verb.START, state) for state in State} == {None}


def test_nothing_leads_out_of_the_states_that_exist() -> None:
    assert {after for moves in MOVES.values() for after in moves.values()} == set(State)


def test_approved_copy_is_reached_by_approval_only() -> None:
    assert [verb for verb, moves in MOVES.items() if State.APPROVED in set(moves.values()) - {None}] == [
        Verb.APPROVE,
        *(Verb(verb) for verb in STAY),
    ]


def test_readers_get_approved_copy_but_for_a_correction_in_one_step() -> None:
    for verb in RELEASES:
        unapproved = set(MOVES[verb]) - {State.APPROVED, State.RELEASED}
        assert unapproved == ({State.DRAFT, State.SUBMITTED} if verb is Verb.CORRECT else set())


def test_named_groups() -> None:
    assert set(RELEASES) == {Verb.RELEASE, *CHANGES}
    assert set(RELEASES.values()) | {ReleaseKind.WITHDRAWAL} == set(ReleaseKind)
    assert set(NOTIFIED) == {ReleaseKind.CORRECTION, ReleaseKind.CLARIFICATION, ReleaseKind.WITHDRAWAL}
    assert set(ON_EDITIONS) == {*RELEASES, *(Verb(verb) for verb in STAY)} - {Verb.DUPLICATE, Verb.OPEN}
    assert set(IN_PROGRESS) == set(State) - {State.RELEASED, State.SPIKED}
    assert set(AWAITING_REVIEW) == {State.SUBMITTED}
