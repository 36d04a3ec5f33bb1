"""What the panel beside the text is told: whom the copy names, what it says of markets, and its sums of money."""

from collections.abc import Iterable, Sequence
from typing import Any

from articles.admin.typed_copy import Typed
from articles.naming.decisions import Dismissal
from articles.naming.entities import Named, describe
from articles.quality.mentions import Found, Place
from articles.states import CompanyRole

#: Candidates that are offered for words that may mean many.
MOST_CANDIDATES = 6
#: Places that are shown for one answer.
MOST_PLACES = 60
_AROUND = 48


def names_answer(typed: Typed, found: Sequence[Found], dismissed: Sequence[Dismissal]) -> dict[str, Any]:
    """Return who is named: `open` to be confirmed, `named` already; `titles` are what hovering over a mark says."""
    copy = typed.copy
    entities = [entity for one in found for entity, _confidence in one.candidates[:MOST_CANDIDATES]]
    people = describe([*entities, *copy.named, *(entity for _words, entity in dismissed if entity)], copy.on)
    by_entity = {one.entity: one for one in found if one.entity}
    open_ = [one for one in found if one.entity not in copy.named]
    return {
        "open": [answer for one in open_ if (answer := _open(typed, one, people))],
        "named": [_named(typed, entity, by_entity.get(entity), people) for entity in copy.named],
        "dismissed": [
            {"words": words, "entity": entity, "name": people[entity].name if entity and entity in people else ""}
            for words, entity in dismissed
        ],
        "titles": {entity: f"{name.name} ({name.note})" if name.note else name.name for entity, name in people.items()},
    }


def _open(typed: Typed, found: Found, people: Any) -> dict[str, Any] | None:
    """Return what is to be decided; None where everything is decided, or nothing is left to choose from."""
    places = _places(typed, found.places)
    candidates = [people[entity] for entity, _confidence in found.candidates[:MOST_CANDIDATES] if entity in people]
    if not candidates or not (places or any(place.in_headline for place in found.places)):
        return None
    if found.entity is None and not places:
        return None
    role = CompanyRole.SUBJECT if found.is_subject else CompanyRole.MENTIONED
    return {
        "id": found.entity or f"words-{found.places[0].words}",
        "sure": found.entity is not None,
        "words": list(dict.fromkeys(place.words for place in found.places)),
        "headline": any(place.in_headline for place in found.places),
        "candidates": [candidate(name) for name in candidates],
        "role": str(role.label),
        "places": places,
    }


def _named(typed: Typed, entity: str, found: Found | None, people: Any) -> dict[str, Any]:
    """Return somebody who is marked, with the places where they are named and not marked."""
    marks = typed.copy.named[entity]
    is_subject = any(mark.start < typed.copy.opening for mark in marks) or (found is not None and found.is_subject)
    name = people.get(entity) or Named(entity, marks[0].words, "")
    role = CompanyRole.SUBJECT if is_subject else CompanyRole.MENTIONED
    marked = [Place(mark.start, mark.end, mark.words, in_headline=False, in_opening=False) for mark in marks]
    return {
        **candidate(name),
        "id": f"named-{entity}",
        "role": str(role.label) if entity.startswith("company") else "",
        "marked": _places(typed, marked, is_marked=True),
        "places": _places(typed, found.places) if found else [],
    }


def candidate(name: Named) -> dict[str, Any]:
    """Return somebody to choose."""
    kind, _dash, key = name.entity.partition("-")
    return {"entity": name.entity, "kind": kind, "key": key, "name": name.name, "note": name.note}


def _places(typed: Typed, places: Iterable[Place], *, is_marked: bool = False) -> list[dict[str, Any]]:
    """Return the places of the text that can be marked, or those that are."""
    shown = []
    for place in places:
        is_taken = typed.copy.is_marked(place.start, place.end) or typed.is_linked(place.start, place.end)
        if not place.in_headline and is_marked == is_taken and (spot := spot_of(typed, place.start, place.end)):
            shown.append(spot)
    return shown[:MOST_PLACES]


def spot_of(typed: Typed, start: int, end: int) -> dict[str, Any] | None:
    """Return characters of the text as the panel shows them and the editor finds them; None across blocks."""
    place = typed.place(start, end)
    if place is None:
        return None
    begins = typed.starts[place["block"]]
    text = typed.blocks[place["block"]]
    before, words, after = text[: start - begins], text[start - begins : end - begins], text[end - begins :]
    return {
        **place,
        "words": words,
        "before": ("…" if len(before) > _AROUND else "") + _last_words(before),
        "after": _first_words(after) + ("…" if len(after) > _AROUND else ""),
    }


def _last_words(text: str) -> str:
    """Return the end of what stands before a place, from a whole word on."""
    if len(text) <= _AROUND:
        return text
    cut = text[-_AROUND:]
    return cut.partition(" ")[2] or cut


def _first_words(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    cut = text[:_AROUND]
    return cut.rpartition(" ")[0] or cut
