"""Which buttons somebody gets."""

import pytest

from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import change, verb
from tests.admin.situations import MAKE

pytestmark = pytest.mark.django_db

#: What each role gets beyond the role before it; the reporter is not the one whose story it is.
BUTTONS: dict[str, dict[Role, str]] = {
    "draft": {Role.REPORTER: "duplicate", Role.COPY_EDITOR: "submit", Role.EDITOR: "spike"},
    "submitted": {Role.REPORTER: "duplicate", Role.COPY_EDITOR: "send_back", Role.EDITOR: "approve spike"},
    "approved": {Role.REPORTER: "duplicate", Role.EDITOR: "spike", Role.PUBLISHER: "release"},
    "scheduled": {Role.REPORTER: "duplicate", Role.PUBLISHER: "release reschedule cancel expire"},
    "live": {Role.REPORTER: "duplicate", Role.PUBLISHER: "expire withdraw"},
    "live, draft": {
        Role.REPORTER: "duplicate",
        Role.COPY_EDITOR: "submit",
        Role.EDITOR: "spike",
        Role.PUBLISHER: "correct expire withdraw",
    },
    "live, update approved": {
        Role.REPORTER: "duplicate",
        Role.EDITOR: "spike",
        Role.PUBLISHER: "correct clarify update refile expire withdraw",
    },
    "live, earlier text": {Role.REPORTER: "duplicate", Role.PUBLISHER: "expire roll_back withdraw"},
    "live, update waiting": {Role.REPORTER: "duplicate", Role.PUBLISHER: "reschedule cancel expire withdraw"},
    "expired": {Role.REPORTER: "duplicate", Role.PUBLISHER: "release expire withdraw"},
    "withdrawn": {Role.REPORTER: "duplicate", Role.PUBLISHER: "release"},
    "spiked": {Role.REPORTER: "duplicate", Role.EDITOR: "revive"},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", MAKE)
def test_buttons_are_exactly_what_the_role_may_do_now(state: str, role: Role, desk: Desk) -> None:
    article = MAKE[state]()
    somebody = factories.journalist(role)

    page = desk(somebody).get(change(article))

    shown = {button["verb"] for button in page.context["verbs"]}
    expected = {name for lower in Role for name in BUTTONS[state].get(lower, "").split() if _rank(lower) <= _rank(role)}
    assert shown == expected
    assert all(f'href="{verb(article, name)}"' in page.content.decode() for name in shown)


def _rank(role: Role) -> int:
    return list(Role).index(role)


def test_reporter_submits_only_what_is_their_own(desk: Desk) -> None:
    article = factories.draft()

    own = desk(article.created_by).get(change(article)).context["verbs"]
    other = desk(factories.journalist(Role.REPORTER)).get(change(article)).context["verbs"]

    assert {button["verb"] for button in own} == {"submit", "duplicate"}
    assert {button["verb"] for button in other} == {"duplicate"}


def test_nobody_is_offered_to_approve_what_they_submitted(desk: Desk) -> None:
    editor = factories.person(Role.EDITOR)
    article = factories.submitted(by=editor)

    buttons = desk(editor).get(change(article)).context["verbs"]

    assert "approve" not in {button["verb"] for button in buttons}
