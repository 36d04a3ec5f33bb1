"""Merging nouns that were entered twice: companies, people, topics, authors."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.models import Article, Author, Company, Person, Redirect
from articles.models.nouns import Mergeable
from articles.printing.refreshing import refresh
from articles.quality import Problem
from articles.workflow.errors import NotAllowed, refuse_if

if TYPE_CHECKING:
    from newsroom.models import Journalist


def merge[Noun: Mergeable](noun: Noun, into: Noun, *, by: "Journalist") -> Noun:
    """Let `into` take the place of `noun` in working copies, lists and addresses, and return it.

    The row of `noun` stays, marked, because revisions and editions name it; its address leads to `into`. What was
    printed with an edition stays as printed.
    """
    label = noun._meta.model_name
    if not by.has_perm(f"articles.change_{label}"):
        raise NotAllowed(_("Your role does not allow merging."))
    with transaction.atomic():
        _lock_stories(noun)
        model: Any = type(noun)
        rows = {
            row.pk: row for row in model.objects.select_for_update().filter(pk__in=[noun.pk, into.pk]).order_by("pk")
        }
        noun, into = rows[noun.pk], rows[into.pk]
        refuse_if(_problems(noun, into))
        for target, field in noun.named_by:
            _repoint(apps.get_model(target), field, noun, into)
        for target, field in noun.has:
            _move(apps.get_model(target), field, noun, into)
        if isinstance(noun, Company) and isinstance(into, Company):
            _merge_companies(noun, into)
        if isinstance(noun, Person) and isinstance(into, Person):
            into.aliases = _names(noun, into)
            into.save()
        if isinstance(noun, Author) and isinstance(into, Author):
            _merge_authors(noun, into)
        model.objects.filter(merged_into=noun).update(merged_into=into)
        model.objects.filter(pk=noun.pk).update(merged_into=into)
        Redirect.objects.filter(**{str(label): noun}).update(**{str(label): into})
        Redirect.keep(noun.path, into)
        transaction.on_commit(partial(refresh, into), robust=True)
    return into


def _problems(noun: Mergeable, into: Mergeable) -> list[Problem]:
    if noun.pk == into.pk:
        return [Problem("into", _("Choose another one: nothing merges with itself."))]
    if noun.merged_into or into.merged_into:
        return [Problem("into", _("This one has already been merged into another."))]
    if isinstance(noun, Author) and isinstance(into, Author) and noun.journalist_id and into.journalist_id:
        return [Problem("into", _("Both have an account at the desk. Take it from one of them first."))]
    return []


def _lock_stories(noun: Mergeable) -> None:
    """Lock the stories that name the noun, in key order and before the noun itself, as verbs do.

    A release that runs at the same time is either done before, and its rows are moved too, or sees the merge.
    """
    keys: set[int] = set()
    for target, field in noun.named_by:
        model: Any = apps.get_model(target)
        story = "article" if _has_field(model, "article") else "content_object"
        keys.update(model.objects.filter(**{field: noun.pk}).values_list(story, flat=True))
    list(Article.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))


def _repoint(model: Any, field: str, noun: Mergeable, into: Mergeable) -> None:
    """Move rows from one noun to the other; where a story names both, the one it keeps stays as it is."""
    owner = next(name for name in ("edition", "content_object", "article") if _has_field(model, name))
    both = model.objects.filter(**{field: into}).values(f"{owner}_id")
    model.objects.filter(**{field: noun, f"{owner}_id__in": both}).delete()
    model.objects.filter(**{field: noun}).update(**{field: into})


def _move(model: Any, field: str, noun: Mergeable, into: Mergeable) -> None:
    """Move what belongs to one noun to the other; what that one has already goes."""
    for row in model.objects.filter(**{field: noun}):
        setattr(row, f"{field}_id", into.pk)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            model.objects.filter(pk=row.pk).delete()


def _names(noun: Company | Person, into: Company | Person) -> list[str]:
    """Return the other names of `into`, those of `noun` among them, by which it is found in copy."""
    names = dict.fromkeys([*into.aliases, noun.name, *noun.aliases])
    names.pop(into.name, None)
    return list(names)


def _has_field(model: Any, name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())


def _merge_authors(noun: Author, into: Author) -> None:
    """Keep the account at the desk: whose byline it is decides who may approve."""
    journalist = noun.journalist
    if journalist is None:
        return
    Author.objects.filter(pk=noun.pk).update(journalist=None)
    Author.objects.filter(pk=into.pk).update(journalist=journalist)
    into.journalist = journalist


def _merge_companies(noun: Company, into: Company) -> None:
    """Keep the other name for finding the company in copy, and its listings, the primary one only if none is there."""
    into.aliases = _names(noun, into)
    has_primary = into.listings.filter(is_primary=True, delisted_on__isnull=True).exists()
    if has_primary:
        noun.listings.update(is_primary=False)
    noun.listings.update(company=into)
    cik, lei = noun.cik, noun.lei
    Company.objects.filter(pk=noun.pk).update(cik=None, lei="")
    into.cik = into.cik or cik
    into.lei = into.lei or lei
    into.from_reference = into.from_reference or noun.from_reference
    into.save()
