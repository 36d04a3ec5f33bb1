"""Slugs in any script."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles import paths
from articles.text.slugs import SLUG_LENGTH, make_slug

KEY = "k7m2p9xa"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Alibaba’s profit — up 5%, it’s said", "alibabas-profit-up-5-its-said"),
        ("  --A__B--  ", "a-b"),
        ("AT&T", "at-t"),
        ("Crédit Agricole: Übernahme für 3½ Mrd. €", "crédit-agricole-übernahme-für-31-2-mrd"),
        ("Straße", "strasse"),
        ("İstanbul'da ŞİRKET ışık", "istanbulda-şirket-ışık"),
        ("阿里巴巴上調全年預測", "阿里巴巴上調全年預測"),
        ("阿里巴巴：上調，預測！", "阿里巴巴-上調-預測"),
        ("ارتفاع أسهم البنوك، 5٪", "ارتفاع-أسهم-البنوك-5"),
        ("رِبح ٥", "رِبح-٥"),
        ("می\u200cخواهم", "میخواهم"),
        ("हिन्दी समाचार क्\u200dष", "हिन्दी-समाचार-क्ष"),
        ("ＡＢＣ １２３", "abc-123"),
        ("Cafe\u0301", "café"),
        ("📈🚀 ❤️ 👩\u200d💼", ""),
        ("1️⃣ reason", "1-reason"),
        ("\u0301A", "a"),
        ("", ""),
        ("\ud800\x00", ""),
    ],
)
def test_make_slug_keeps_letters_of_every_script(text: str, slug: str) -> None:
    assert make_slug(text) == slug


@pytest.mark.parametrize(
    ("text", "limit", "slug"),
    [
        ("one two three", 13, "one-two-three"),
        ("one two three", 12, "one-two"),
        ("one two three", 7, "one-two"),
        ("one two three", 6, "one"),
        ("abcdefgh", 5, "abcde"),
        ("銀" * 100, 80, "銀" * 80),
        ("कि" * 3, 3, "कि"),
        ("one", 0, ""),
    ],
)
def test_make_slug_ends_with_a_whole_word(text: str, limit: int, slug: str) -> None:
    assert make_slug(text, limit) == slug


@given(st.text(st.characters(exclude_categories=())))
@example("İ\u0307")
@example("ᾳ\u0345")
def test_make_slug_can_be_told_from_its_key(text: str) -> None:
    slug = make_slug(text)

    assert len(slug) <= SLUG_LENGTH
    assert make_slug(slug) == slug == unicodedata.normalize("NFC", slug)
    assert re.search(r"^-|--|-$|\s|/", slug) is None
    assert f"{slug}-{KEY}".rpartition("-") == (slug, "-", KEY)
    assert paths.article_key(f"{slug}-{KEY}") == KEY
