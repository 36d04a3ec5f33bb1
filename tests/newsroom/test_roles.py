import pytest
from django.contrib.auth.models import Group, Permission

from newsroom.models import Journalist
from newsroom.roles import Role, give_permissions, permissions_of

pytestmark = pytest.mark.django_db


def granted(role: Role) -> set[str]:
    pairs = Group.objects.get(name=role).permissions.values_list("content_type__app_label", "codename")
    return {f"{app_label}.{codename}" for app_label, codename in pairs}


@pytest.mark.parametrize("role", Role)
def test_role_has_exactly_its_permissions_after_one_migrate(role: Role) -> None:
    assert granted(role) == permissions_of(role)


def test_roles_rise() -> None:
    reporter, copy_editor, editor, publisher, administrator = (permissions_of(role) for role in Role)

    assert reporter < copy_editor < editor < publisher < administrator


@pytest.mark.parametrize(
    ("verb", "lowest"),
    [
        ("submit_article", Role.REPORTER),
        ("edit_any_article", Role.COPY_EDITOR),
        ("send_back_article", Role.COPY_EDITOR),
        ("approve_article", Role.EDITOR),
        ("spike_article", Role.EDITOR),
        ("release_article", Role.PUBLISHER),
        ("withdraw_article", Role.PUBLISHER),
        ("correct_article", Role.PUBLISHER),
        ("administer_newsroom", Role.ADMINISTRATOR),
    ],
)
def test_verb_begins_with_its_role(verb: str, lowest: Role) -> None:
    roles = list(Role)

    assert [role for role in roles if f"articles.{verb}" in granted(role)] == roles[roles.index(lowest) :]


def test_giving_permissions_again_repairs_a_group_and_repeats_harmlessly() -> None:
    group = Group.objects.get(name=Role.REPORTER)
    group.permissions.set(Permission.objects.filter(codename__in=["delete_group", "view_topic"]))

    for _ in range(2):
        give_permissions()

    assert granted(Role.REPORTER) == permissions_of(Role.REPORTER)
    assert Group.objects.count() == len(Role)


def test_giving_permissions_leaves_other_groups_alone() -> None:
    interns = Group.objects.create(name="Interns")
    interns.permissions.set(Permission.objects.filter(codename="view_topic"))

    give_permissions()

    assert [permission.codename for permission in interns.permissions.all()] == ["view_topic"]


def test_create_journalist_opens_the_desk_with_the_permissions_of_the_role() -> None:
    edith = Journalist.objects.create_journalist("edith", role=Role.EDITOR, password="a long pass phrase")

    assert edith.is_staff
    assert not edith.is_superuser
    assert edith.check_password("a long pass phrase")
    assert edith.get_all_permissions() == permissions_of(Role.EDITOR)


def test_create_journalist_without_password_lets_nobody_in() -> None:
    rita = Journalist.objects.create_journalist("rita", role=Role.REPORTER)

    assert not rita.has_usable_password()


def test_name_is_the_full_name_or_the_username() -> None:
    assert Journalist(username="rita", first_name="Rita", last_name="Reyes").name == "Rita Reyes"
    assert str(Journalist(username="rita")) == "rita"
