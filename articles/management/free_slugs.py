"""Slugs for thousands of new companies."""

from collections import Counter
from typing import Final

from articles.models import Company
from articles.text.slugs import make_slug

_SLUG_LENGTH: Final = 90


class FreeSlugs:
    """Slugs that no other company has, in one query for them all."""

    def __init__(self) -> None:
        self._taken = set(Company.objects.values_list("slug", flat=True))
        self._numbers: Counter[str] = Counter()

    def make(self, name: str) -> str:
        """Return a free slug for a name: acme, acme-2, acme-3."""
        base = slug = make_slug(name, _SLUG_LENGTH) or "company"
        while slug in self._taken:
            self._numbers[base] += 1
            slug = f"{base}-{self._numbers[base] + 1}"
        self._taken.add(slug)
        return slug
