"""What somebody sees who may not do what they asked for."""

import pytest
from django.test import Client

from newsroom.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_refusal_leads_back_to_the_desk(client: Client) -> None:
    client.force_login(factories.person(Role.REPORTER))

    response = client.get("/desk/articles/section/add/")

    assert response.status_code == 403
    assert "Your role does not allow this" in response.content.decode()
    assert '<a href="/desk/">' in response.content.decode()
