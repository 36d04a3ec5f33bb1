"""A process that writes, releases and changes stories until somebody ends it: `python -m tests.soak.writer SEED`."""

import random
import sys

import django


def write(seed: int) -> None:
    """Write for ever; say so after the first release."""
    from django.utils import timezone

    from articles import workflow
    from newsroom.roles import Role
    from tests import factories

    chance = random.Random(seed)
    publisher, number = factories.person(Role.PUBLISHER), 0
    while True:
        articles = [factories.approved(kicker=str(number)) for _ in range(chance.randint(1, 4))]
        workflow.release_bundle([workflow.Release(article) for article in articles], by=publisher)
        if number == 0:
            print("begun", flush=True)  # noqa: T201
        number += 1
        article, later = articles[0], timezone.now() + factories.HOUR
        factories.rewrite(article, standfirst=f"Changed {number}.", body="<p>Other.</p><p>Words.</p>")
        workflow.correct(article, by=publisher, notice="An earlier version was wrong.")
        workflow.refile(factories.rewrite(article, kicker="Later"), by=publisher, at=later)
        if chance.random() < 0.5:
            workflow.reschedule(article, by=publisher, at=later + factories.HOUR)
            workflow.cancel(article, by=publisher)
        else:
            workflow.withdraw(article, by=publisher, notice="It was wrong.")


if __name__ == "__main__":
    django.setup()
    write(int(sys.argv[1]))
