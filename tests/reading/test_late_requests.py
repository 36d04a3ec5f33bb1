"""A request of the stamp before that is late makes no other page trust what is stale."""

from importlib import import_module

import pytest

from articles import reading
from articles.models import Author
from articles.public.instant import now
from tests import factories

house_module = import_module("articles.reading.house")


@pytest.mark.django_db
def test_changes_and_the_newest_of_them_are_of_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    author = factories.author()
    factories.live(bylines=[author])
    Author.objects.filter(pk=author.pk).update(name="Renamed")
    stamp = reading.stamp(now())
    sections = house_module.sections_with_newest

    def interrupted(*arguments: object) -> object:
        # What a request with an older stamp does while this one reads on.
        house_module._keeper.forget()
        return sections(*arguments)

    monkeypatch.setattr(house_module, "sections_with_newest", interrupted)
    house = reading.house(stamp.at, stamp)

    assert house.newest_change == stamp.counter
    assert not house.is_fresh(stamp.counter - 1, house.version, f"author-{author.pk}")
