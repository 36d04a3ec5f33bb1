"""Quotes in files that somebody puts into a folder: JSON lines, taken once."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self
from urllib.parse import SplitResult, unquote

from articles.quotes.lines import read_lines
from articles.quotes.provider import Delivery, Provider, Unavailable, Wanted

#: A larger file is no delivery of quotes.
_LARGEST: Final = 50_000_000
_SUFFIXES: Final = (".jsonl", ".ndjson")
_DONE, _FAILED = "done", "failed"


class FileDrop(Provider):
    """A folder. Whoever writes a file gives it its name when it is whole.

    What has been read is moved to `done/`, or to `failed/` when nothing in it can be used. Files are read in the order
    of their names.
    """

    schemes = ("drop",)
    example = "drop:/srv/newsroom/quotes"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"drop {folder.name}"[:40]

    @classmethod
    def at(cls, address: SplitResult, key: str) -> Self:
        """Return the folder at an address."""
        folder = Path(unquote(address.path))
        if address.netloc or not folder.is_absolute() or key:
            raise ValueError(f"has {address.geturl()!r}; write the whole path of the folder: {cls.example}.")
        return cls(folder)

    def fetch(self, wanted: Sequence[Wanted]) -> Sequence[Delivery]:  # noqa: ARG002 - it has what it has
        """Return what the files say that are there now."""
        try:
            files = sorted(path for path in self.folder.iterdir() if path.suffix in _SUFFIXES and path.is_file())
            for name in (_DONE, _FAILED):
                (self.folder / name).mkdir(exist_ok=True)
        except OSError as error:
            raise Unavailable(f"the folder cannot be used: {error.strerror or type(error).__name__}") from error
        return [self._read(path) for path in files]

    def _read(self, path: Path) -> Delivery:
        def put_away(is_sound: bool) -> None:
            folder = self.folder / (_DONE if is_sound else _FAILED)
            path.replace(_free(folder / path.name))

        try:
            if path.stat().st_size > _LARGEST:
                return Delivery(path.name, (), ((0, f"The file is larger than {_LARGEST} bytes."),), put_away)
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            return Delivery(path.name, (), ((0, "The file is not written in UTF-8."),), put_away)
        except OSError as error:
            why = f"The file cannot be read: {error.strerror or type(error).__name__}."
            return Delivery(path.name, (), ((0, why),), put_away)
        read = read_lines(path.name, text)
        return Delivery(read.origin, read.rows, read.refused, put_away)


def _free(path: Path) -> Path:
    """Return the path, or the first with a number behind its name that nothing has."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


PROVIDER = FileDrop
