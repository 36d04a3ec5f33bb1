"""What docs/operations.md says is so."""

import re

import pytest

from newsroom.server import DEFAULTS
from tests.serving import ROOT

DOCUMENT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
FIGURES = [
    *(ROOT / "newsroom" / "metrics.py", ROOT / "newsroom" / "logs.py", ROOT / "articles" / "reading" / "replicas.py"),
    *ROOT.glob("articles/public/caching/*.py"),
]
#: Not worth a line: what a site never changes.
OBVIOUS = {
    "GRANIAN_INTERFACE",
    "GRANIAN_WEBSOCKETS",
    "GRANIAN_BLOCKING_THREADS_IDLE_TIMEOUT",
    "GRANIAN_RSS_SAMPLES",
    "GRANIAN_LOG_ACCESS_ENABLED",
}

MADE_BY_HAND = {"deploy/newsroom.env"}


def test_figures_of_the_server_are_those_in_the_table() -> None:
    listed = dict(re.findall(r"^\| `(GRANIAN_[A-Z0-9_]+)` \| (\w+) \|", DOCUMENT, re.MULTILINE))

    assert listed == {name: value for name, value in DEFAULTS.items() if name not in OBVIOUS}


def test_figures_to_watch_are_kept() -> None:
    code = " ".join(file.read_text(encoding="utf-8") for file in FIGURES)
    named = set(re.findall(r"newsroom_([a-z_]+)", DOCUMENT))

    assert "ready" in named
    assert [name for name in sorted(named) if not _is_kept(name.removesuffix("_total"), code)] == []


def _is_kept(name: str, code: str) -> bool:
    in_parts = name.startswith("cache_") and f'"{name.removeprefix("cache_")}"' in code
    return f'"newsroom_{name}"' in code or in_parts


@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"(?:`|^|as_newsroom )make ([a-z-]+)", DOCUMENT, re.MULTILINE)))
)
def test_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:.*## ", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"deploy/[a-z./*-]+[a-z*]", DOCUMENT)) - {"deploy/newsroom.env"})
)
def test_files_exist(path: str) -> None:
    assert list(ROOT.glob(path))


def test_it_says_that_no_image_was_built() -> None:
    assert "the image was never built" in " ".join(DOCUMENT.split())
