"""The content of a story as a plain mapping: what a form posts, a revision keeps and an edition prints.

Keys are those of `articles.models.CONTENT_FIELDS` (foreign keys as primary keys or None), and in order: `bylines`
[[author, role], …], `companies` [[company, role], …], `topics` [topic, …] and `related` [article, …].
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import models

from articles.models import CONTENT_FIELDS, Article
from articles.models.fields import BodyField, LineField, ProseField
from articles.quality.problems import Problem
from articles.text.clean import clean_body
from articles.text.paragraphs import with_ids
from articles.text.plain import clean_line, clean_text, plain_text, search_text
from articles.text.slugs import make_slug
from articles.workflow.errors import Refused


class _Rows(NamedTuple):
    """Where a list of the content is stored: the manager on the story, the key of an item and the key to the story."""

    manager: str
    key: str
    owner: str
    has_role: bool


_LISTS: dict[str, _Rows] = {
    "bylines": _Rows("bylines", "author_id", "article", True),
    "companies": _Rows("companies", "company_id", "article", True),
    "topics": _Rows("topic_items", "tag_id", "content_object", False),
    "related": _Rows("related_stories", "story_id", "article", False),
}
LISTS = tuple(_LISTS)
KEYS = (*CONTENT_FIELDS, *LISTS)

type Content = dict[str, Any]


def empty_content() -> Content:
    """Return the content of a story nobody has written a word of."""
    return {**read_columns(Article()), **{name: [] for name in LISTS}}


def read_columns(article: Article) -> Content:
    """Return the columns of a working copy, without its lists."""
    return {name: _read(article, name) for name in CONTENT_FIELDS}


def read_content(article: Article) -> Content:
    """Return the whole present content of a working copy; four queries."""
    return {**read_columns(article), **{name: _read_list(article, rows) for name, rows in _LISTS.items()}}


def clean_content(content: Mapping[str, Any], previous_body: str = "") -> Content:
    """Return the content as it will be stored: clean text, paragraph ids kept from `previous_body`, nothing twice.

    Raises `Refused` for keys that no story has and for text that is too long for its place.
    """
    unknown = [Problem("", f"A story has no “{key}”.") for key in content if key not in KEYS]
    if unknown:
        raise Refused(unknown)
    clean: Content = {name: _clean(name, value) for name, value in content.items()}
    if "body" in clean:
        clean["body"] = with_ids(clean["body"], previous_body)
    if "slug" in clean:
        clean["slug"] = make_slug(clean["slug"])
    too_long = [
        Problem(name, f"“{field.verbose_name}” is too long: at most {field.max_length} characters.")
        for name in clean
        if name in CONTENT_FIELDS
        and isinstance(field := Article._meta.get_field(name), models.CharField)
        and field.max_length is not None
        and len(clean[name]) > field.max_length
    ]
    if too_long:
        raise Refused(too_long)
    return clean


def write_content(article: Article, content: Content) -> None:
    """Store clean content in the working copy and its lists. The verbs' own: nobody else writes a story."""
    for name in CONTENT_FIELDS:
        setattr(article, column(name), content[name])
    article.search_text = search_text(content["headline"], content["standfirst"], plain_text(content["body"]))
    article.save()
    for name, rows in _LISTS.items():
        if _read_list(article, rows) != content[name]:
            _write_list(article, rows, content[name])


def column(name: str) -> str:
    """Return the attribute that holds a content field's stored value: "section" is in `section_id`."""
    return next(field.attname for field in Article._meta.concrete_fields if field.name == name)


def _read(article: Article, name: str) -> Any:
    value = getattr(article, column(name))
    return str(value) if isinstance(value, str) else value


def _clean(name: str, value: Any) -> Any:
    if name in ("bylines", "companies"):
        return _once([list(pair) for pair in value])
    if name in LISTS:
        return list(dict.fromkeys(value))
    field = Article._meta.get_field(name)
    if isinstance(field, BodyField):
        return clean_body(value)
    if isinstance(field, ProseField):
        return clean_text(value)
    if isinstance(field, LineField):
        return clean_line(value)
    return value


def _once(pairs: list[list[Any]]) -> list[list[Any]]:
    seen: dict[Any, list[Any]] = {}
    for pair in pairs:
        seen.setdefault(pair[0], pair)
    return list(seen.values())


def _read_list(article: Article, rows: _Rows) -> list[Any]:
    items = getattr(article, rows.manager).all()
    return [[getattr(item, rows.key), item.role] if rows.has_role else getattr(item, rows.key) for item in items]


def _write_list(article: Article, rows: _Rows, values: list[Any]) -> None:
    manager = getattr(article, rows.manager)
    manager.all().delete()
    items = []
    for position, value in enumerate(values):
        named = {rows.key: value[0], "role": value[1]} if rows.has_role else {rows.key: value}
        items.append(manager.model(**{rows.owner: article}, position=position, **named))
    manager.model._default_manager.bulk_create(items)
