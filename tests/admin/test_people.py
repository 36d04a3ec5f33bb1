"""People at the desk: who they are, their roles, and what they are found by."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as PillowImage

from articles import workflow
from articles.models import AliasRule, Edition, Person, PersonRole, Redirect
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk

pytestmark = pytest.mark.django_db
ROOM = "/desk/articles/person"


def form(*roles: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return what the form of a person posts."""
    data: dict[str, Any] = {"name": "Joe Tsai", "slug": "", "roles-TOTAL_FORMS": len(roles), "roles-INITIAL_FORMS": 0}
    for number, role in enumerate(roles):
        data |= {f"roles-{number}-{name}": value for name, value in role.items()}
    return data | changes


def problems(answer: Any) -> str:
    formset = answer.context["inline_admin_formsets"][0].formset
    return " ".join(str(row.errors.as_text()) for row in formset.forms)


def test_person_is_added_with_roles_and_portrait(desk: Desk) -> None:
    company = factories.company("Alibaba Group")
    file = SimpleUploadedFile("joe.jpg", factories.jpeg(1000, 600), "image/jpeg")
    roles = (
        {"title": "chairman", "company": company.pk, "since_on": "2023-09-10"},
        {"title": "minister", "body": "Treasury", "until_on": "2001-01-01"},
    )

    answer = desk(Role.COPY_EDITOR).post(f"{ROOM}/add/", form(*roles, aliases="Cai\n\nCai\n蔡崇信", portrait=file))

    assert answer.status_code == 302
    person = Person.objects.get()
    assert (person.slug, person.aliases, person.filed_as) == ("joe-tsai", ["Cai", "蔡崇信"], "joe tsai")
    assert [(role.title, role.company, role.body) for role in person.roles.all()] == [
        ("chairman", company, ""),
        ("minister", None, "Treasury"),
    ]
    with PillowImage.open(person.portrait.path) as picture:
        assert picture.width == picture.height


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ({"title": "chairman"}, "Choose the company, or name another body."),
        ({"body": "Treasury"}, "This field is required."),
        (
            {"title": "minister", "body": "Treasury", "since_on": "2020-01-02", "until_on": "2020-01-01"},
            "A role ends after it begins.",
        ),
        ({"title": "minister", "body": "Treasury", "since_on": "soon"}, "Enter a valid date."),
    ],
)
def test_role_that_cannot_be_is_refused_in_words(role: dict[str, str], words: str, desk: Desk) -> None:
    answer = desk(Role.COPY_EDITOR).post(f"{ROOM}/add/", form(role))

    assert words in problems(answer)
    assert not Person.objects.exists()


def test_file_that_is_no_picture_is_refused(desk: Desk) -> None:
    file = SimpleUploadedFile("joe.jpg", b"no picture", "image/jpeg")

    answer = desk(Role.COPY_EDITOR).post(f"{ROOM}/add/", form(portrait=file))

    assert answer.context["adminform"].form.errors["portrait"]


def test_list_says_what_people_do_today(desk: Desk) -> None:
    joe, ann = factories.somebody("Joe"), factories.somebody("Ann")
    PersonRole.objects.create(person=joe, title="director", body="Old firm", until_on=date(2001, 1, 1))
    PersonRole.objects.create(person=joe, title="chairman", body="Cloud", company=factories.company("Alibaba"))
    PersonRole.objects.create(person=ann, title="minister", body="Treasury", since_on=date(2999, 1, 1))

    page = desk(Role.REPORTER).get(f"{ROOM}/").content.decode()

    assert "chairman, Cloud, Alibaba" in page
    assert "director" not in page
    assert "minister" not in page


@pytest.mark.parametrize("typed", ["joe", "tsa", "cai chong", "蔡"])
def test_person_is_found_by_any_name(typed: str, desk: Desk) -> None:
    joe = factories.somebody("Joe Tsai", aliases=["Cai Chongxin", "蔡崇信"])
    factories.somebody("Ann Other")
    PersonRole.objects.create(person=joe, title="chairman", body="Alibaba")
    query = {"app_label": "articles", "model_name": "articleperson", "field_name": "person", "term": typed}

    client = desk(Role.REPORTER)
    found = client.get("/desk/autocomplete/", query).json()["results"]

    assert [item["text"] for item in found] == ["Joe Tsai (chairman, Alibaba)"]
    assert b"Ann Other" not in client.get(f"{ROOM}/", {"q": typed}).content


def test_merged_people_are_one_person(desk: Desk) -> None:
    goes, stays = factories.somebody("Joseph Tsai", aliases=["Cai"]), factories.somebody("Joe Tsai")
    company = factories.company()
    for person in (goes, stays):
        PersonRole.objects.create(person=person, title="chairman", company=company)
    AliasRule.objects.create(words="Tsai", person=goes, verdict="always")
    AliasRule.objects.create(words="Joe", person=goes, verdict="never")
    AliasRule.objects.create(words="Joe", person=stays, verdict="never")
    both = factories.live(persons=[goes, stays])
    one = factories.live(persons=[goes])

    desk(Role.COPY_EDITOR).post(f"{ROOM}/merge/?chosen={goes.pk}", {"into": stays.pk})

    goes.refresh_from_db()
    stays.refresh_from_db()
    assert (goes.merged_into, stays.aliases) == (stays, ["Joseph Tsai", "Cai"])
    assert PersonRole.objects.filter(person=stays).count() == 2
    assert set(AliasRule.objects.values_list("words", "person")) == {("Tsai", stays.pk), ("Joe", stays.pk)}
    assert [list(story.persons.values_list("person", flat=True)) for story in (both, one)] == [[stays.pk]] * 2
    named = Edition.objects.order_by("pk").values_list("person_items__person", flat=True)
    assert list(named) == [stays.pk, stays.pk]
    assert Redirect.objects.get().path == "/people/joseph-tsai/"
    assert Redirect.objects.get().person == stays
    with pytest.raises(workflow.Refused):
        workflow.merge(goes, stays, by=factories.person(Role.COPY_EDITOR))


def test_person_in_a_story_cannot_be_deleted(desk: Desk) -> None:
    person = factories.somebody("Joe Tsai")
    factories.draft(persons=[person])

    page = desk(Role.ADMINISTRATOR).post(f"{ROOM}/{person.pk}/delete/", {"post": "yes"}).content.decode()

    assert "It has to stay" in page
    assert Person.objects.exists()
