import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.models import Journalist
from newsroom.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"


@pytest.fixture
def ada(client: Client) -> Journalist:
    ada = Journalist.objects.create_journalist("ada", role=Role.ADMINISTRATOR)
    client.force_login(ada)
    return ada


def form_of(journalist: Journalist, **changes: str) -> dict[str, str]:
    fields = {
        "username": journalist.username,
        "is_active": "on",
        "is_staff": "on",
        "date_joined_0": "2026-01-01",
        "date_joined_1": "12:00",
    }
    return fields | changes


def test_administrator_gives_a_journalist_another_role(client: Client, ada: Journalist) -> None:
    rita = Journalist.objects.create_journalist("rita", role=Role.REPORTER)
    editor = Group.objects.get(name=Role.EDITOR)

    answer = client.post(
        reverse("admin:newsroom_journalist_change", args=[rita.pk]), form_of(rita, groups=str(editor.pk))
    )

    assert answer.status_code == 302
    assert list(rita.groups.all()) == [editor]


def test_administrator_cannot_make_a_superuser(client: Client, ada: Journalist) -> None:
    rita = Journalist.objects.create_journalist("rita", role=Role.REPORTER)
    permission = Permission.objects.get(codename="delete_session")

    answer = client.post(
        reverse("admin:newsroom_journalist_change", args=[rita.pk]),
        form_of(rita, first_name="Rita", is_superuser="on", user_permissions=str(permission.pk)),
    )

    rita.refresh_from_db()
    assert answer.status_code == 302
    assert rita.first_name == "Rita"  # so the form was saved
    assert not rita.is_superuser
    assert not rita.user_permissions.exists()


def test_administrator_cannot_take_over_a_superuser(client: Client, ada: Journalist) -> None:
    root = Journalist.objects.create_superuser("root", password=PASSWORD)
    new = {"usable_password": "true", "password1": "another pass phrase", "password2": "another pass phrase"}

    answers = [
        client.post(reverse("admin:auth_user_password_change", args=[root.pk]), new),
        client.post(
            reverse("admin:newsroom_journalist_change", args=[root.pk]), form_of(root, email="ada@example.com")
        ),
        client.post(reverse("admin:newsroom_journalist_delete", args=[root.pk]), {"post": "yes"}),
    ]

    root.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert root.check_password(PASSWORD)
    assert root.email == ""


def test_taggit_has_no_pages_at_the_desk(client: Client, ada: Journalist) -> None:
    answers = [client.get(f"/desk/taggit/tag/{page}") for page in ("", "merge-tags/", "1/change/")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_superuser_may_do_all_that(client: Client) -> None:
    client.force_login(Journalist.objects.create_superuser("root"))
    rita = Journalist.objects.create_journalist("rita", role=Role.REPORTER)

    client.post(reverse("admin:newsroom_journalist_change", args=[rita.pk]), form_of(rita, is_superuser="on"))

    rita.refresh_from_db()
    assert rita.is_superuser


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_other_roles_do_not_see_journalists(role: Role, client: Client) -> None:
    client.force_login(Journalist.objects.create_journalist("somebody", role=role))

    assert client.get(reverse("admin:newsroom_journalist_changelist")).status_code == 403


def test_list_of_journalists_takes_as_many_queries_for_three_as_for_one(client: Client, ada: Journalist) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("admin:newsroom_journalist_changelist"))
        return len(captured)

    queries()  # the first request also fills Django's caches
    for_one = queries()
    Journalist.objects.create_journalist("rita", role=Role.REPORTER)
    Journalist.objects.create_journalist("edith", role=Role.EDITOR)

    assert queries() == for_one
