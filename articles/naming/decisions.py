"""What the desk has decided about words: in one story that they do not name somebody, or in every story."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from articles.models import AliasRule, Article, Company, DismissedMention, Person
from articles.naming.entities import COMPANY, PERSON, entity_of, parts_of
from articles.states import AliasVerdict

if TYPE_CHECKING:
    from newsroom.models import Journalist

#: Words as they stand in copy, and the company or person that they do not name there; None for anybody.
type Dismissal = tuple[str, str | None]

#: Longer names there are none of.
LONGEST = 120


def dismissals(article: Article) -> list[Dismissal]:
    """Return what was dismissed in a story, in the order in which it was."""
    rows = DismissedMention.objects.filter(article=article).order_by("pk").values_list("words", "company", "person")
    return [(words, _entity(company, person)) for words, company, person in rows]


def dismiss(article: Article, what: Iterable[Dismissal], *, by: "Journalist", at: datetime) -> None:
    """Remember for a story that words do not name somebody; what is remembered already stays as it is."""
    # Looked up first: a unique index over expressions is nothing that `ignore_conflicts` may name on every database.
    known = set(dismissals(article))
    rows = []
    for words, entity in dict.fromkeys(what):
        if (words, entity) not in known and _is_there(entity):
            rows.append(
                DismissedMention(article=article, words=words, **_keys(entity), dismissed_by=by, dismissed_at=at)
            )
    DismissedMention.objects.bulk_create(rows, ignore_conflicts=True)


def bring_back(article: Article, what: Iterable[Dismissal]) -> None:
    """Forget for a story that words were dismissed."""
    for words, entity in what:
        DismissedMention.objects.filter(article=article, words=words, **_keys(entity)).delete()


def nobodys_words() -> list[str]:
    """Return the words that name nobody in any story."""
    return list(AliasRule.objects.filter(company=None, person=None).values_list("words", flat=True))


def decide(words: str, entity: str | None, verdict: AliasVerdict) -> AliasRule:
    """Set a rule for words in every story, in place of one for the same words and the same company or person.

    Raises `django.core.exceptions.ValidationError` for a rule that the others do not allow.
    """
    keys = _keys(entity)
    rule = AliasRule.objects.filter(words=words, **keys).first() or AliasRule(words=words, **keys)
    rule.verdict = verdict
    rule.full_clean()
    rule.save()
    return rule


def _entity(company: int | None, person: int | None) -> str | None:
    if company:
        return entity_of(COMPANY, company)
    return entity_of(PERSON, person) if person else None


def _keys(entity: str | None) -> dict[str, int | None]:
    """Return the columns that say whom."""
    kind, key = parts_of(entity) or ("", None)
    return {"company_id": key if kind == COMPANY else None, "person_id": key if kind == PERSON else None}


def _is_there(entity: str | None) -> bool:
    if entity is None:
        return True
    kind, key = parts_of(entity) or (COMPANY, 0)
    model = Person if kind == PERSON else Company
    return model._base_manager.filter(pk=key).exists()
