"""After a roll-back the working copy still has the words that were taken back, and says so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.states import ReleaseKind
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

WARNING = "Readers have other words than these"


def test_the_story_warns_that_readers_have_other_words(client: Client) -> None:
    story = factories.live(at=timezone.now() - timedelta(hours=2))
    publisher = factories.person(Role.PUBLISHER)
    client.force_login(publisher)
    address = f"/desk/articles/article/{story.pk}/change/"
    factories.rewrite(story, headline="Wrong")
    with clock_at(timezone.now() - timedelta(hours=1)):
        workflow.update(story, by=publisher)
    assert WARNING not in client.get(address).content.decode()

    workflow.roll_back(story, by=publisher, kind=ReleaseKind.CORRECTION, notice="It was wrong.")

    assert WARNING in client.get(address).content.decode()
    workflow.save(story, {"headline": "Right"}, by=factories.person(Role.EDITOR))
    assert WARNING not in client.get(address).content.decode()
