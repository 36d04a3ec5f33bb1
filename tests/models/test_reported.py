"""Whatever changes something that readers can see leaves word for the CDN, in the transaction of the change."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from articles import workflow
from articles.models import Company, Edition, EditionCompany, PurgeWatch, Redirect, Unpurged
from articles.models.reported import Reported
from articles.models.stamp import PUBLIC
from newsroom.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def watch(days: int = 7) -> None:
    """Say that somebody purges, for so many days from now on."""
    PurgeWatch.objects.update_or_create(id=1, defaults={"until": timezone.now() + days * DAY})


def reported() -> set[int | None]:
    """Return the stories that changes were reported of, None for anything else, and forget them."""
    found = set(Unpurged.objects.values_list("article", flat=True))
    Unpurged.objects.all().delete()
    return found


def test_nothing_is_written_while_nobody_reads() -> None:
    story = factories.live()
    factories.company("Loaded", from_reference=True)
    assert reported() == set()

    watch(days=-1)
    workflow.withdraw(story, by=factories.person(Role.PUBLISHER), notice="Gone.")
    assert reported() == set()


def test_a_release_and_a_withdrawal_are_reported_with_their_story() -> None:
    watch()

    story = factories.live(companies=[factories.company()], topics=[factories.topic()])
    assert reported() == {story.pk}

    workflow.withdraw(story, by=factories.person(Role.PUBLISHER), notice="Gone.")
    assert reported() == {story.pk}


def test_a_schedule_and_its_cancellation_are_reported() -> None:
    watch()

    story = factories.scheduled()
    assert reported() == {story.pk}

    workflow.cancel(story, by=factories.person(Role.PUBLISHER))
    assert reported() == {None}


def test_what_stays_at_the_desk_is_not_reported() -> None:
    watch()

    story = factories.approved(companies=[factories.company("Seen Nowhere")], lead_image=factories.image())
    workflow.save(story, {"headline": "Another"}, by=factories.person(Role.COPY_EDITOR))

    assert reported() == set()


def test_raw_and_bulk_writes_are_reported() -> None:
    factories.live(companies=[factories.company("One")])
    other = factories.company("Two")
    watch()

    EditionCompany.objects.update(company=other)
    assert reported() == {None}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_editioncompany SET position = 9")
    assert reported() == {None}
    EditionCompany.objects.all().delete()
    assert reported() == {None}


def test_redirects_and_loaded_companies_may_change_any_page() -> None:
    section = factories.section()
    company = factories.company("By Hand")
    watch()

    redirect = Redirect.objects.create(path="/davos/", section=section)
    assert reported() == {None}
    redirect.delete()
    assert reported() == {None}
    Company.objects.create(name="Loaded", from_reference=True)
    assert reported() == {None}
    Company.objects.create(name="By hand, too")
    Company.objects.filter(pk=company.pk).update(cik=5)
    assert reported() == set()


def test_what_is_rolled_back_was_never_reported() -> None:
    watch()

    with transaction.atomic():
        factories.live()
        assert Unpurged.objects.exists()
        transaction.set_rollback(True)

    assert reported() == set()
    assert not Edition.objects.exists()


@pytest.mark.parametrize("noun", PUBLIC)
def test_every_public_noun_is_reported_or_noted_by_the_stamp(noun: str) -> None:
    """An insertion that readers can see at once is not noted by the stamp unless it changes another noun."""
    rules = PUBLIC[noun]
    model: Any = apps.get_model("articles", noun)
    has_trigger = any(isinstance(constraint, Reported) for constraint in model._meta.constraints)

    is_noted = bool(rules.noted) and (rules.adds or not rules.shows)

    assert has_trigger or is_noted
    assert not (has_trigger and is_noted)
