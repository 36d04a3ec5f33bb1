"""Enter nouns and stories into the index by which the desk finds them."""

from itertools import batched
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles.models.word import Findable

_BATCH = 5000


class Command(BaseCommand):
    """Note the words of every row; what is right already is left as it is."""

    help = (
        "Bring the desk's index of words up to date, for rows that were loaded by SQL. What the newsroom itself "
        "writes is in the index at once."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        for model in apps.get_models():
            if issubclass(model, Findable) and model.found() is model:
                keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
                label = str(model._meta.verbose_name_plural)
                with tqdm(total=keys.count(), desc=label, unit="row", disable=None) as progress:
                    for batch in batched(keys.iterator(_BATCH), _BATCH, strict=False):
                        model.note_words(batch)
                        progress.update(len(batch))
