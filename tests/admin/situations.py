"""Stories in every situation in which the desk can find them."""

from collections.abc import Callable

from articles import workflow
from articles.models import Article
from articles.workflow import clock
from newsroom.roles import Role
from tests import factories

type Make = Callable[[], Article]


def updated_live() -> Article:
    """Return a live story whose update is approved."""
    return factories.rewrite(factories.live(at=clock.now() - factories.HOUR), headline="Update")


def changed_twice() -> Article:
    """Return a live story with an earlier text."""
    article = updated_live()
    workflow.update(article, by=factories.person(Role.PUBLISHER))
    return article


def with_update_waiting() -> Article:
    article = updated_live()
    workflow.update(article, by=factories.person(Role.PUBLISHER), at=clock.now() + factories.HOUR)
    return article


def live_draft() -> Article:
    article = factories.live(at=clock.now() - factories.HOUR)
    return workflow.save(article, {"headline": "Being updated"}, by=factories.person(Role.COPY_EDITOR))


MAKE: dict[str, Make] = {
    "draft": factories.draft,
    "submitted": factories.submitted,
    "approved": factories.approved,
    "scheduled": factories.scheduled,
    "live": factories.live,
    "live, draft": live_draft,
    "live, update approved": updated_live,
    "live, earlier text": changed_twice,
    "live, update waiting": with_update_waiting,
    "expired": factories.expired,
    "withdrawn": factories.withdrawn,
    "spiked": factories.spiked,
}
