"""The content of a story as a plain mapping: what a form posts, a revision keeps and an edition prints.

Keys are those of `articles.models.CONTENT_FIELDS` (foreign keys as primary keys or None), and in order: `bylines`
[[author, role], …], `companies` [[company, role], …],
`persons` [person, …], `topics` [topic, …] and `related` [article, …].
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from articles import paths
from articles.models import CONTENT_FIELDS, Article, Edition
from articles.models.nouns import Mergeable
from articles.quality.problems import Problem
from articles.text.paragraphs import with_ids
from articles.text.plain import plain_text, search_text
from articles.workflow.errors import refuse_if


class _Rows(NamedTuple):
    """Where a list of the content is stored: the manager on the story, the key of an item and the key to the story."""

    manager: str
    key: str
    owner: str
    has_role: bool


_LISTS: dict[str, _Rows] = {
    "bylines": _Rows("bylines", "author_id", "article", True),
    "companies": _Rows("companies", "company_id", "article", True),
    "persons": _Rows("persons", "person_id", "article", False),
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
    """Return the whole present content of a working copy; five queries."""
    return {**read_columns(article), **{name: _read_list(article, rows) for name, rows in _LISTS.items()}}


def clean_content(content: Mapping[str, Any], previous_body: str = "") -> Content:
    """Return the content as it will be stored: clean text, paragraph ids kept from `previous_body`, nothing twice.

    Raises `Refused` with everything a story cannot have: unknown keys, text too long for its place, values out of no
    list, addresses that are none, nouns that do not exist.
    """
    clean: Content = {}
    problems = [Problem("", _("A story has no “%s”.") % key) for key in content if key not in KEYS]
    for name, value in content.items():
        if name in KEYS:
            try:
                clean[name] = _clean_list(name, value) if name in LISTS else _clean_column(name, value)
            except ValidationError as error:
                problems += [Problem(name, message) for message in error.messages]
    refuse_if(problems)
    if "body" in clean:
        clean["body"] = with_ids(clean["body"], previous_body)
    return clean


def own_problems(article: Article, content: Content) -> list[Problem]:
    """Return what is wrong with clean content for this story in particular, which may be about to begin."""
    problems = []
    if article.pk is not None:
        for name in ("follows", "translation_of", "related"):
            named = content[name] if name in LISTS else [content[name]]
            if article.pk in named:
                problems.append(Problem(name, _("A story cannot name itself here. Choose another.")))
    if content["public_key"] != article.public_key and _is_taken(content["public_key"], article.pk or 0):
        problems.append(Problem("public_key", _("Another story has or had this key. Choose another.")))
    return problems


def _is_taken(key: str, article: int) -> bool:
    others = Article.objects.filter(public_key=key).exclude(pk=article)
    return others.exists() or Edition.objects.filter(public_key=key).exclude(article_id=article).exists()


def write_content(article: Article, content: Content, before: Content | None = None) -> None:
    """Store clean content in the working copy and its lists. The verbs' own: nobody else writes a story.

    `before` is what is stored, where the caller has just read it; a new story has nothing in its lists.
    """
    for name in CONTENT_FIELDS:
        setattr(article, column(name), content[name])
    article.search_text = search_text(content["headline"], content["standfirst"], plain_text(content["body"]))
    article.save()
    for name, rows in _LISTS.items():
        if content[name] != (before[name] if before else []):
            _write_list(article, rows, content[name])


def column(name: str) -> str:
    """Return the attribute that holds a content field's stored value: "section" is in `section_id`."""
    return next(field.attname for field in Article._meta.concrete_fields if field.name == name)


def _read(article: Article, name: str) -> Any:
    value = getattr(article, column(name))
    return str(value) if isinstance(value, str) else value


def _clean_column(name: str, value: Any) -> Any:
    """Return a column's value as it will be stored. Raises `ValidationError`."""
    field: Any = Article._meta.get_field(name)
    value = field.to_python(value)
    if name == "body":
        return str(value)  # cleaned with its ids
    if value and name in _SPECIAL:
        value = _SPECIAL[name](value)
    try:
        value = field.clean(value, None)
    except ValidationError as error:
        if any(problem.code == "max_length" for problem in error.error_list):
            raise ValidationError(
                _("“%(field)s” is too long: at most %(limit)d characters."),
                params={"field": field.verbose_name, "limit": field.max_length},
            ) from error
        raise
    # Text without the mark of its cleaner: the mark says something about this process and not about the text.
    return str(value) if isinstance(value, str) else value


def _instant(value: datetime) -> datetime:
    """Return an instant in UTC, so that equal instants are equal values."""
    if is_naive(value):
        raise ValidationError(_("Give the time with its zone."))
    return value.astimezone(UTC)


def _key(value: str) -> str:
    if paths.article_key(value) != value:
        raise ValidationError(_("“%s” is no key of a story.") % value)
    return value


_SPECIAL: dict[str, Callable[[Any], Any]] = {
    "public_key": _key,
    "embargo_at": _instant,
}


def _clean_list(name: str, value: Any) -> list[Any]:
    """Return a list's items, each noun once, as what it was merged into, its key a number. Raises `ValidationError`."""
    rows = _LISTS[name]
    model: Any = Article._meta.get_field(rows.manager).related_model
    key = model._meta.get_field(rows.key.removesuffix("_id"))
    try:
        pairs = _once([[key.to_python(item[0]), item[1]] if rows.has_role else [key.to_python(item)] for item in value])
    except (TypeError, IndexError) as error:
        raise ValidationError(_("This is no list of what can stand here.")) from error
    for _noun, *role in pairs:
        for value in role:
            model._meta.get_field("role").validate(value, None)
    noun: Any = key.related_model
    now = "merged_into_id" if issubclass(noun, Mergeable) else "id"
    named = noun._default_manager.filter(pk__in=[pair[0] for pair in pairs]).values_list("pk", now)
    present = {pk: into or pk for pk, into in named}
    if len(present) < len(pairs):
        raise ValidationError(_("Something named here does not exist any more. Choose again."))
    pairs = _once([[present[pk], *role] for pk, *role in pairs])
    return pairs if rows.has_role else [pair[0] for pair in pairs]


def _once(pairs: list[list[Any]]) -> list[list[Any]]:
    seen: dict[Any, list[Any]] = {}
    for pair in pairs:
        seen.setdefault(pair[0], pair)
    return list(seen.values())


def _read_list(article: Article, rows: _Rows) -> list[Any]:
    items = getattr(article, rows.manager)
    if rows.has_role:
        return [list(pair) for pair in items.values_list(rows.key, "role")]
    return list(items.values_list(rows.key, flat=True))


def _write_list(article: Article, rows: _Rows, values: list[Any]) -> None:
    manager = getattr(article, rows.manager)
    manager.all().delete()
    items = []
    for position, value in enumerate(values):
        named = {rows.key: value[0], "role": value[1]} if rows.has_role else {rows.key: value}
        items.append(manager.model(**{rows.owner: article}, position=position, **named))
    manager.model._default_manager.bulk_create(items)
