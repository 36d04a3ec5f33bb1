"""People: who they are, what they do and did where, and what of it readers may know."""

from datetime import date, timedelta
from typing import Any

import pytest

from articles import reading, records, workflow
from articles.models import Person, PersonRole
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests.factories import company, journalist, live, scheduled, somebody
from tests.workflow.desk import DAY, HOUR, NOON, publisher

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def role(person: Person, title: str, **fields: Any) -> PersonRole:
    return PersonRole.objects.create(person=person, title=title, **({"body": "Treasury"} | fields))


def profile(person: Person, at: Any = NOON) -> records.PersonProfile:
    found = reading.person(person.slug, at)
    assert isinstance(found, records.PersonProfile)
    return found


@pytest.fixture
def joe() -> Person:
    made = somebody("Joe Tsai", aliases=["Cai Chongxin"], biography="Born in Taipei.", portrait_credit="Ada")
    Person.objects.filter(pk=made.pk).update(portrait="portraits/abc/joe.jpg")
    live(at=NOON - DAY, persons=[made])
    return made


def test_person_is_as_the_desk_says(joe: Person) -> None:
    assert profile(joe) == records.PersonProfile(
        id=joe.pk,
        name="Joe Tsai",
        path="/people/joe-tsai/",
        biography="Born in Taipei.",
        portrait="/media/portraits/abc/joe.jpg",
        portrait_credit="Ada",
        aliases=("Cai Chongxin",),
        roles=(),
    )


def test_person_is_there_from_the_first_story_on(joe: Person) -> None:
    assert reading.person("joe-tsai", NOON - DAY - timedelta(microseconds=1)) is None
    assert profile(joe, NOON - DAY).name == "Joe Tsai"


def test_present_roles_come_first_and_then_those_that_ended_last(joe: Person) -> None:
    role(joe, "clerk", until_on=date(2001, 1, 1))
    role(joe, "partner", since_on=date(2010, 1, 1), until_on=date(2020, 1, 1))
    role(joe, "director")
    role(joe, "adviser", since_on=date(2012, 1, 1), until_on=date(2020, 1, 1))
    role(joe, "chairman", since_on=date(2023, 9, 10))
    role(joe, "governor", since_on=date(2024, 1, 1), until_on=TODAY + DAY)

    found = profile(joe).roles

    assert [(one.title, one.is_present) for one in found] == [
        ("governor", True),
        ("chairman", True),
        ("director", True),
        ("adviser", False),
        ("partner", False),
        ("clerk", False),
    ]
    assert found[1] == records.PersonRole("chairman", "Treasury", "", "", date(2023, 9, 10), None, is_present=True)
    assert [one.title for one in profile(joe).present_roles] == ["governor", "chairman", "director"]


def test_a_role_begins_and_ends_on_its_days(joe: Person) -> None:
    role(joe, "chairman", since_on=TODAY, until_on=TODAY + DAY)

    before, first, last = (profile(joe, NOON + offset).roles for offset in (-timedelta(hours=13), 0 * DAY, DAY))

    assert before == ()
    assert [one.is_present for one in first] == [True]
    assert [one.is_present for one in last] == [False]


def test_the_stamp_changes_when_a_role_begins_or_ends(joe: Person) -> None:
    role(joe, "chairman", since_on=TODAY + DAY, until_on=TODAY + 3 * DAY)
    midnight = NOON.replace(hour=0) + DAY
    offsets = (-HOUR, HOUR, DAY, 2 * DAY - HOUR, 2 * DAY, 3 * DAY)
    tokens = [reading.stamp(midnight + offset).token for offset in offsets]

    # In between, at noon, the story leaves the map of the news.
    assert [tokens.index(token) for token in tokens] == [0, 1, 2, 2, 4, 4]
    assert reading.next_flip(NOON) == midnight


def test_role_at_a_company_that_nobody_can_see_says_nothing(joe: Person) -> None:
    secret, known, register = company("Secret"), company("Known"), company("Register", from_reference=True)
    for place in (secret, known, register):
        role(joe, "director", company=place, body="")
    live(at=NOON - HOUR, companies=[known])
    scheduled(live_from=NOON + HOUR, companies=[secret])

    before, after = profile(joe, NOON - 2 * HOUR).roles, profile(joe, NOON + HOUR).roles

    assert [(one.place, one.path) for one in before] == [("Register", "/companies/register/")]
    assert {one.place for one in profile(joe).roles} == {"Known", "Register"}
    assert {(one.place, one.path) for one in after} == {
        ("Secret", "/companies/secret/"),
        ("Known", "/companies/known/"),
        ("Register", "/companies/register/"),
    }


def test_role_in_a_part_of_a_company_names_both(joe: Person) -> None:
    role(joe, "head", company=company("Alibaba", from_reference=True), body="Cloud")
    role(joe, "head", company=company("Secret"), body="Secret lab")

    (found,) = profile(joe).roles

    assert found == records.PersonRole("head", "Cloud", "Alibaba", "/companies/alibaba/", None, None, is_present=True)
    assert found.place == "Cloud, Alibaba"


def test_merged_person_leads_to_the_one_that_stays(joe: Person) -> None:
    other = somebody("Joseph Tsai")
    live(at=NOON - HOUR, persons=[other])

    with clock_at(NOON):
        workflow.merge(other, joe, by=journalist(Role.COPY_EDITOR))

    assert reading.person("joseph-tsai", NOON) == records.Moved("/people/joe-tsai/")
    assert len(reading.person_stories(joe.pk, NOON).items) == 2


def test_old_address_leads_to_a_person_only_while_readers_can_see_them() -> None:
    made = somebody("Joe Tsai")
    made.slug = "joseph-tsai"
    made.save()
    assert reading.redirect("/people/joe-tsai/", NOON) is None

    story = live(at=NOON - HOUR, persons=[made])
    assert reading.redirect("/people/joe-tsai/", NOON) == records.Moved("/people/joseph-tsai/")

    workflow.withdraw(story, by=publisher(), notice="Gone.")
    assert reading.redirect("/people/joe-tsai/", NOON) is None


def test_portrait_is_there_with_its_person() -> None:
    made = somebody("Joe Tsai")
    Person.objects.filter(pk=made.pk).update(portrait="portraits/abc/joe.jpg")
    assert reading.media("portraits/abc/joe.jpg", NOON) is None

    live(at=NOON, persons=[made])

    assert reading.media("portraits/abc/joe.jpg", NOON) == records.MediaFile("portraits/abc/joe.jpg")
    assert reading.media("portraits/abc/joe.jpg", NOON - HOUR) is None
