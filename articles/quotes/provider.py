"""What a provider of quotes has to do. Each one that Newsroom works with is a file in `articles/quotes/providers/`."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self
from urllib.parse import SplitResult


class Unavailable(Exception):
    """A provider gives no answer that can be used. The message says why, in a few words and without any secret.

    `rest` are the seconds for which it asks to be left alone.
    """

    def __init__(self, message: str, rest: int = 0) -> None:
        super().__init__(message)
        self.rest = rest


@dataclass(frozen=True, slots=True)
class Wanted:
    """A listing that a quote is wanted of."""

    mic: str
    symbol: str

    @property
    def code(self) -> str:
        """The listing as providers are asked for it: "XNYS:BABA"."""
        return f"{self.mic}:{self.symbol}"


def _nothing(_is_sound: bool) -> None:
    """Do nothing, for what needs no putting away."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came in one piece: a file, an answer.

    `rows` are the objects as they were sent, each with its line; `refused` are lines that hold none, and why. `done` is
    called when all has been stored, with whether anything in it could be used.
    """

    origin: str
    rows: tuple[tuple[int, dict[str, Any]], ...]
    refused: tuple[tuple[int, str], ...] = ()
    done: Callable[[bool], None] = field(default=_nothing, repr=False)


class Provider(ABC):
    """Somebody who says what listings trade at."""

    #: The schemes of its address in QUOTE_PROVIDERS.
    schemes: ClassVar[tuple[str, ...]]
    #: How its address is written.
    example: ClassVar[str]
    #: What it is called with its quotes and in messages; at most 40 characters.
    name: str

    @classmethod
    @abstractmethod
    def at(cls, address: SplitResult, key: str) -> Self:
        """Return the provider at an address of QUOTE_PROVIDERS. Raises ValueError with what is wrong."""

    @abstractmethod
    def fetch(self, wanted: Sequence[Wanted]) -> Sequence[Delivery]:
        """Return what it says now, of these listings at least if it is asked by name. Raises `Unavailable`."""
