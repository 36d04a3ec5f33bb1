"""The clock of the verbs stands at noon; readers come whenever a test says."""

from collections.abc import Iterator

import pytest

from articles.workflow.clock import clock_at
from tests.workflow.desk import NOON


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock_at(NOON):
        yield
