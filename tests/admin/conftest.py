"""Clients that are logged in at the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from newsroom.models import Journalist
from newsroom.roles import Role
from tests import factories

type Desk = Callable[..., Client]


@pytest.fixture
def desk() -> Desk:
    """Return a function that logs somebody in: a journalist, or anybody of a role."""

    def log_in(who: Journalist | Role) -> Client:
        client = Client()
        client.force_login(who if isinstance(who, Journalist) else factories.person(who))
        return client

    return log_in
