"""What was dismissed in a story stays dismissed there, and rules hold everywhere."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import AliasRule, DismissedMention
from articles.naming.decisions import bring_back, decide, dismiss, dismissals, nobodys_words
from articles.states import AliasVerdict
from articles.workflow import clock
from tests import factories

pytestmark = pytest.mark.django_db


def test_dismissed_words_are_remembered_for_their_story_once() -> None:
    article, other = factories.draft(), factories.draft()
    company = f"company-{factories.company('Apple').pk}"
    person = f"person-{factories.somebody('Tim Apple').pk}"
    what = [("Apple", company), ("Apple", None), ("Apple", company), ("Tim Apple", person)]

    dismiss(article, what, by=article.created_by, at=clock.now())
    dismiss(article, what[:1], by=article.created_by, at=clock.now())

    assert dismissals(article) == [("Apple", company), ("Apple", None), ("Tim Apple", person)]
    assert dismissals(other) == []


def test_who_is_not_there_any_more_is_not_dismissed() -> None:
    article = factories.draft()

    dismiss(article, [("Apple", "company-999"), ("Tim", "person-999")], by=article.created_by, at=clock.now())

    assert DismissedMention.objects.count() == 0


def test_words_come_back() -> None:
    article = factories.draft()
    company = f"company-{factories.company('Apple').pk}"
    dismiss(article, [("Apple", company), ("Apple", None)], by=article.created_by, at=clock.now())

    bring_back(article, [("Apple", None)])

    assert dismissals(article) == [("Apple", company)]


def test_rule_replaces_the_one_before() -> None:
    company = factories.company("Gap")

    decide("the gap", f"company-{company.pk}", AliasVerdict.ALWAYS)
    rule = decide("the gap", f"company-{company.pk}", AliasVerdict.NEVER)

    assert [(row.words, row.company, row.verdict) for row in AliasRule.objects.all()] == [("the gap", company, "never")]
    assert str(rule) == "the gap: Never"


def test_rule_that_others_do_not_allow_is_refused() -> None:
    decide("the gap", f"company-{factories.company('Gap').pk}", AliasVerdict.ALWAYS)

    with pytest.raises(ValidationError, match="already always name another"):
        decide("the gap", f"company-{factories.company('Gap Holdings').pk}", AliasVerdict.ALWAYS)
    with pytest.raises(ValidationError, match="Say whom the words always name"):
        decide("target", None, AliasVerdict.ALWAYS)


def test_words_of_nobody_are_those_of_rules_without_anybody() -> None:
    decide("Target", None, AliasVerdict.NEVER)
    decide("Gap", f"company-{factories.company('Gap').pk}", AliasVerdict.NEVER)

    assert nobodys_words() == ["Target"]
