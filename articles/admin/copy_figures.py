"""What the panel is told of figures: statements about markets, bound and not, and sums of money."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.choices import listing_choice
from articles.admin.copy_answer import spot_of
from articles.admin.typed_copy import Typed
from articles.markets.money import Amount, Checked, conversion_text
from articles.markets.statements import Flaw
from articles.models import Listing
from articles.naming.entities import COMPANY, parts_of
from articles.quality.mentions import Found
from articles.quality.money import StoredRates, conversions, lone_amounts, verdict_words
from articles.quality.statements import Judged, Proposed, judge, proposals
from articles.rendering.statements import absolute_words
from articles.text.mark_forms import Mention, Statement

#: What sums are converted into; the first is the newsroom's own habit.
CURRENCIES = ("USD", "EUR", "GBP", "JPY", "CNY", "HKD", "CHF")
#: Sums without a conversion that are shown.
MOST_SUMS = 40


def companies_at(typed: Typed, found: Iterable[Found]) -> list[tuple[int, int]]:
    """Return where the text names companies, and which: places and keys in order, 0 where nobody knows yet."""
    marked = [(mark.start, mark.form.key) for mark in typed.copy.marks if _is_company(mark.form)]
    named = [
        (parts[1] if one.entity else 0, one)
        for one in found
        if (parts := parts_of(one.candidates[0][0])) and parts[0] == COMPANY
    ]
    # The headline stands before everything.
    places = [(-1 if place.in_headline else place.start, key) for key, one in named for place in one.places]
    by_place = {**dict(places), **dict(marked)}
    return sorted(by_place.items())


def _is_company(form: object) -> bool:
    return isinstance(form, Mention) and form.kind == COMPANY


def statements_answer(typed: Typed, companies: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Return the statements of the text: `bound` with their verdicts, `proposed` to be bound."""
    marks = [mark for mark, _form in typed.copy.statements]
    judged = judge([(mark.words, form) for mark, form in typed.copy.statements], typed.copy.at)
    name = _Namer()
    bound = [
        {**spot, "id": name("bound", one.words), **judged_answer(one, typed)}
        for mark, one in zip(marks, judged, strict=False)
        if (spot := spot_of(typed, mark.start, mark.end))
    ]
    proposed = [
        {**spot, "id": name("proposed", one.proposal.text), "who": _who(one.listing)}
        for one in proposals(typed.copy, companies)
        if (spot := spot_of(typed, one.proposal.start, one.proposal.end))
        and not typed.is_linked(one.proposal.start, one.proposal.end)
    ]
    return {"bound": bound, "proposed": proposed}


def judged_answer(judged: Judged, typed: Typed) -> dict[str, Any]:
    """Return whom a bound statement is about, how the page prints it, and what is wrong with it."""
    return {
        "who": _who(judged.listing),
        "printed": printed(judged.words, judged.form, judged.listing, typed.language, typed.copy.at),
        "flaws": [flaw_words(flaw) for flaw in judged.flaws],
    }


def flaw_words(flaw: Flaw) -> str:
    """Return a flaw for an editor."""
    return flaw.message


def printed(words: str, form: Statement, listing: Listing | None, language: str, at: datetime) -> str:
    """Return the words of a statement as readers get them at a moment."""
    if listing is None:
        return words
    return absolute_words(words, form, ZoneInfo(listing.exchange.time_zone), language, at)


def _who(listing: Listing | None) -> str:
    return f"{listing.ticker}, {listing.company.name}" if listing else ""


def form_of(words: str, form: Statement, listing: Listing | None) -> dict[str, Any]:
    """Return a statement as the dialog's fields have it."""
    at = form.as_of.astimezone(ZoneInfo(listing.exchange.time_zone)) if form.as_of and listing else None
    return {
        "words": words,
        "listing": listing_choice(listing) if listing else None,
        "measure": form.measure,
        "value": form.value,
        "direction": form.direction,
        "unit": form.unit,
        "session": form.session or "regular",
        "date": f"{at:%Y-%m-%d}" if at else "",
        "time": f"{at:%H:%M}" if at else "",
    }


def proposed_form(words: str, proposed: Proposed | None, listing: Listing | None) -> dict[str, Any]:
    """Return what words seem to state as the dialog's fields have it; empty fields where nothing is understood."""
    if proposed is None:
        form = Statement(0, "change-percent", "")
    else:
        one = proposed.proposal
        form = Statement(
            0, one.measure, f"{one.value:f}", one.direction, proposed.as_of, one.session or "regular", one.unit
        )
    return form_of(words, form, (proposed.listing if proposed else None) or listing)


def money_answer(typed: Typed, convert_to: str) -> dict[str, Any]:
    """Return the conversions of the text with their verdicts, and the sums that have none with one to insert."""
    target = convert_to if convert_to in CURRENCIES else CURRENCIES[0]
    rates = StoredRates(typed.copy.on)
    checked = conversions(typed.copy, rates)
    name = _Namer()
    pairs = [answer for one in checked if (answer := _pair(typed, one, rates, name))]
    sums = [
        answer for amount in lone_amounts(typed.copy, checked) if (answer := _sum(typed, amount, target, rates, name))
    ]
    return {"pairs": pairs, "sums": sums[:MOST_SUMS], "currency": target}


def _pair(typed: Typed, checked: Checked, rates: StoredRates, name: "_Namer") -> dict[str, Any] | None:
    pair = checked.pair
    spot = spot_of(typed, pair.start, pair.end)
    if spot is None:
        return None
    return {
        **spot,
        "id": name("pair", spot["words"]),
        "status": checked.verdict.status,
        "verdict": {"ok": _("Right"), "wrong": _("Wrong"), "unknown": _("Not checked")}[checked.verdict.status],
        "says": verdict_words(checked),
    }


def _sum(typed: Typed, amount: Amount, target: str, rates: StoredRates, name: "_Namer") -> dict[str, Any] | None:
    text = conversion_text(amount, target, rates, typed.copy.on)
    spot = spot_of(typed, amount.start, amount.end)
    return {**spot, "id": name("sum", spot["words"]), "insert": text} if spot and text else None


class _Namer:
    """Names items so that they keep their names while other words change: by their words, and how often those came."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()

    def __call__(self, kind: str, words: str) -> str:
        name = f"{kind}-{words}"
        self._times[name] += 1
        return f"{name}/{self._times[name]}"


def today_at(listing: Listing | None, typed: Typed) -> str:
    """Return the day of the story where the listing trades, or in the newsroom."""
    zone = ZoneInfo(listing.exchange.time_zone) if listing else timezone.get_current_timezone()
    return f"{typed.copy.at.astimezone(zone):%Y-%m-%d}"
