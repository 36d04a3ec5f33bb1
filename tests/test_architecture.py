"""The two sides of the house stay apart, beyond what import contracts can see."""

import ast
import dataclasses
import inspect
import typing
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.test.signals import template_rendered

import articles
from articles import paths, reading, records
from articles.models import Article, Author, Company, Edition, Image, Person, Revision, Section, Source, Topic
from tests import factories

ROOT = Path(articles.__file__).parent
PUBLIC_CODE = sorted([*(ROOT / "public").rglob("*.py"), *(ROOT / "rendering").rglob("*.py")])
TEMPLATES = sorted(
    path for path in (ROOT.parent / "templates").rglob("*.*") if "admin" not in path.relative_to(ROOT.parent).parts
)
#: Ways from public code to a model or to a working copy that no import contract sees.
FORBIDDEN_NAMES = {
    "get_model",
    "get_models",
    "import_module",
    "import_string",
    "__import__",
    "ContentType",
    "connection",
}
FORBIDDEN_MODULES = (
    "articles.models",
    "articles.workflow",
    "articles.admin",
    "django.apps",
    "django.db",
    "newsroom.models",
)
DESK_WORDS = {"article_set", "edition_set", "revision_set", "_meta", "objects"}
STORIES = (Article, Edition, Revision)
#: What belongs to a noun and to no story.
OWN_ROWS = {"listings", "former_names", "roles"}


def offenses(source: str) -> list[str]:
    """Return what in some Python source leads around the door."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.startswith(FORBIDDEN_MODULES)]
        elif isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
            found += sorted(name for name in names if name.startswith(FORBIDDEN_MODULES))
        elif isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_NAMES | DESK_WORDS:
            found.append(node.attr)
        elif isinstance(node, ast.Name) and node.id in FORBIDDEN_NAMES:
            found.append(node.id)
    return found


@pytest.mark.parametrize("path", PUBLIC_CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_code_has_no_way_around_the_door(path: Path) -> None:
    assert offenses(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "from django.apps import apps",
        "import articles.models",
        "from articles import models",
        "from articles.models.article import Article",
        "def f():\n    from articles.workflow import release",
        "registry.get_model('articles', 'Article')",
        "importlib.import_module('articles.models')",
        "topic.article_set.all()",
        "Story.objects.all()",
        "from django.db import connection",
    ],
)
def test_a_way_around_the_door_is_found(source: str) -> None:
    assert offenses(source) != []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT.parent / "templates")))
def test_public_templates_name_nothing_of_the_desk(path: Path) -> None:
    text = path.read_text("utf-8")

    assert [
        word for word in (".article.", "revision", "_set.", "note_to_editors", ".objects", "{% url") if word in text
    ] == []


def test_public_code_was_found() -> None:
    assert len(PUBLIC_CODE) > 10
    assert len(TEMPLATES) > 10
    assert len(record_types()) > 10


def record_types() -> list[type]:
    kinds = [kind for _name, kind in inspect.getmembers(records, inspect.isclass)]
    return [kind for kind in kinds if kind.__module__.startswith(records.__name__)]


@pytest.mark.parametrize("record", record_types(), ids=lambda record: record.__name__)
def test_records_are_frozen_and_hold_no_models(record: type) -> None:
    assert dataclasses.is_dataclass(record)
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
    for hint in typing.get_type_hints(record).values():
        for part in _parts(hint):
            assert not (isinstance(part, type) and issubclass(part, models.Model | dict | list | set)), (record, hint)


def _parts(hint: Any) -> Iterator[Any]:
    yield typing.get_origin(hint) or hint
    for argument in typing.get_args(hint):
        yield from _parts(argument)


@pytest.mark.django_db
def test_no_page_is_given_a_model() -> None:
    """Render every kind of page and look at everything its templates could reach."""
    seen: list[Any] = []

    def look(context: Any, **_others: Any) -> None:
        seen.extend(value for layer in context.dicts for value in layer.values())

    template_rendered.connect(look)
    try:
        # A release renders its story for all pages to come.
        company = factories.company("Reachable Group", "NYSE:RCH")
        topic = factories.topic("Reach")
        story = factories.live(companies=[company], topics=[topic], lead_image=factories.image())
        factories.live(related=[story])
        edition = Edition.objects.get(article=story)
        byline = story.bylines.get().author
        pages = ("/", paths.LATEST, "/markets/", edition.path, company.path, topic.path, byline.path, paths.CORRECTIONS)
        for path in (*pages, paths.FEEDS, "/nothing-here/"):
            assert Client().get(path).status_code in (200, 404)
    finally:
        template_rendered.disconnect(look)

    assert any(isinstance(value, records.Story) for value in seen)
    assert [
        value for value in _reachable(seen) if isinstance(value, models.Model | models.QuerySet | models.Manager)
    ] == []


def _reachable(values: list[Any]) -> Iterator[Any]:
    """Yield values and what is in them: records, sequences and mappings all the way down."""
    waiting, known = list(values), set()
    while waiting:
        value = waiting.pop()
        if id(value) in known or isinstance(value, ModuleType | type | str | bytes):
            continue
        known.add(id(value))
        yield value
        if dataclasses.is_dataclass(value):
            waiting += [getattr(value, field.name) for field in dataclasses.fields(value)]
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list | tuple | set | frozenset):
            waiting += value


@pytest.mark.parametrize("noun", [Section, Author, Company, Person, Topic, Image, Source])
def test_no_noun_leads_to_a_story(noun: type[models.Model]) -> None:
    accessors = [relation.get_accessor_name() for relation in noun._meta.related_objects if not relation.hidden]

    assert set(accessors) <= OWN_ROWS


def test_a_working_copy_has_no_public_address() -> None:
    assert not hasattr(Article, "get_absolute_url")
    assert not hasattr(Article, "path")


def test_the_door_says_when() -> None:
    """Time is an argument of every function of the door that tells of stories."""
    for name in set(reading.__all__) - {"forget", "from_any", "now", "present_stamp", "trustworthy"}:
        member = getattr(reading, name)
        if inspect.isfunction(member):
            assert "at" in inspect.signature(member).parameters, name


def test_only_verbs_write_states_and_editions() -> None:
    allowed = {"workflow", "migrations", "management"}
    found = []
    for path in ROOT.rglob("*.py"):
        if path.relative_to(ROOT).parts[0] in allowed:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found += [
                    f"{path.name}: .{target.attr} ="
                    for target in targets
                    if isinstance(target, ast.Attribute)
                    and target.attr in ("state", "revision_id", "last_edition_number")
                ]
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "Edition", "Edition.objects.create", "Edition.objects.bulk_create", "Transition", "Revision",
                "Transition.objects.create", "Revision.objects.create", "SavedText.objects.bulk_create",
            ):  # fmt: skip
                found.append(f"{path.name}: {ast.unparse(node.func)}(…)")

    assert found == []


def test_no_room_outgrows_its_walls() -> None:
    rooms = [path for path in ROOT.rglob("*.py") if "migrations" not in path.parts]

    assert [path.name for path in rooms if len(path.read_text("utf-8").splitlines()) > 400] == []
