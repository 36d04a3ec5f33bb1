from collections.abc import Iterator
from itertools import batched
from typing import Any
from urllib.parse import unquote

from django.db import migrations

from articles.text.finding import words_of

#: The columns that words stand in, by model.
COLUMNS = {
    "article": ("headline", "slug", "public_key"),
    "author": ("name", "slug", "role_title", "email"),
    "company": ("name", "slug", "legal_name", "aliases", "lei", "cik"),
    "exchange": ("short_name", "name", "mic"),
    "image": ("title", "credit"),
    "redirect": ("path",),
    "section": ("name", "slug"),
    "source": ("name", "slug", "prefix"),
    "topic": ("name", "slug"),
}
BATCH = 2000


def note_words(apps: Any, _schema_editor: Any) -> None:
    """Note the words of what is there; from now on whatever writes a name notes them."""
    word = apps.get_model("articles", "Word")
    for noun in COLUMNS:
        for batch in batched(_words(apps, noun), BATCH, strict=False):
            word.objects.bulk_create(word(noun=noun, key=key, word=text) for key, text in batch)


def _words(apps: Any, noun: str) -> Iterator[tuple[int, str]]:
    rows = apps.get_model("articles", noun)._base_manager.order_by("pk").values_list("pk", *COLUMNS[noun])
    for key, *values in rows.iterator(BATCH):
        texts = "\n".join([*_lines(values), *_listings(apps, noun, key)])
        yield from ((key, word) for word in words_of(unquote(texts) if noun == "redirect" else texts))


def _lines(values: list[Any]) -> Iterator[str]:
    for value in values:
        yield from map(str, value) if isinstance(value, list) else [str(value or "")]


def _listings(apps: Any, noun: str, key: int) -> list[str]:
    if noun != "company":
        return []
    listings = apps.get_model("articles", "Listing").objects.filter(company=key)
    return [text for row in listings.values_list("symbol", "isin") for text in row]


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_desk_lookups")]

    operations = [migrations.RunPython(note_words, migrations.RunPython.noop, elidable=True)]
