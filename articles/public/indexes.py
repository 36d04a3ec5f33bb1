"""The indexes A–Z of companies and of people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from articles import paths, reading
from articles.public import responses
from articles.public.instant import at_one_instant
from articles.records import Index
from articles.rendering.head import INDEX, NO_INDEX_BUT_FOLLOW, Head
from articles.text.filing import LETTERS, OTHER


@dataclass(frozen=True, slots=True)
class Kind:
    """What an index says of itself, and how it asks for a part of it."""

    title: str
    description: str
    path: str
    read: Callable[[datetime, str, str], Index]


_COMPANIES = Kind(
    title="Companies",
    description="The companies that our stories name, from A to Z.",
    path=paths.COMPANIES,
    read=reading.companies_index,
)
_PEOPLE = Kind(
    title="People",
    description="The people whom our stories name, from A to Z.",
    path=paths.PEOPLE,
    read=reading.people_index,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter above an index; `path` is "" where nothing stands under it."""

    name: str
    path: str
    is_here: bool

    @property
    def says(self) -> str:
        """What is read out where the sign says little."""
        return "Digits and other scripts" if self.name == OTHER else ""


@at_one_instant(parameters=("letter", "after"))
def companies(request: HttpRequest, at: datetime) -> HttpResponse:
    """List the companies that readers can see."""
    return _show(request, at, _COMPANIES)


@at_one_instant(parameters=("letter", "after"))
def people(request: HttpRequest, at: datetime) -> HttpResponse:
    """List the people whom live stories name."""
    return _show(request, at, _PEOPLE)


def _show(request: HttpRequest, at: datetime, kind: Kind) -> HttpResponse:
    letter, after = request.GET.get("letter", ""), request.GET.get("after", "")
    if not responses.is_at(request, kind.path) or letter != letter.lower():
        return responses.moved(_address(kind, letter.lower(), after))
    try:
        part = kind.read(at, letter, after)
    except reading.BadCursor:
        return responses.not_found(request, at)
    head = Head(
        title=f"{kind.title}: {letter.upper()}" if letter else f"{kind.title} A–Z",
        path=_address(kind, letter, after),
        description=kind.description,
        robots=INDEX if part.items and not after else NO_INDEX_BUT_FOLLOW,
    )
    letters = [
        Letter(name.upper(), paths.letter(kind.path, name) if name in part.letters else "", is_here=name == letter)
        for name in LETTERS
    ]
    return responses.show(
        responses.house_of(request, at),
        "pages/names.html",
        head,
        index=kind,
        letters=letters,
        letter=letter.upper(),
        items=part.items,
        further=_address(kind, letter, part.after) if part.after else "",
        beginning=_address(kind, letter, "") if after else "",
    )


def _address(kind: Kind, letter: str, after: str) -> str:
    if after:
        return paths.index_part(kind.path, letter, after)
    return paths.letter(kind.path, letter) if letter else kind.path
