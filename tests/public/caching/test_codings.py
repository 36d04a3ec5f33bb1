"""Which coding a client gets, and what the coded bodies are."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.public.caching import codings


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, ""),
        ("", ""),
        ("br", "br"),
        ("gzip", "gzip"),
        ("GZip", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("gzip ; q=0.5 , br ; q=0.8", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.000, gzip;q=0.001", "gzip"),
        ("gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("*;q=0.1, gzip", "gzip"),
        ("identity", ""),
        ("identity;q=0", ""),
        ("identity;q=0, gzip", "gzip"),
        ("identity, br;q=0.5", ""),
        ("identity;q=0.5, br;q=0.5", "br"),
        ("deflate, compress, zstd", ""),
        # What is no weight says nothing of its coding.
        ("br;q=2, gzip", "gzip"),
        ("br;q=-1", ""),
        ("br;q=nan", ""),
        ("br;q=", ""),
        ("br;q=0.1234", ""),
        ("br;q=1.1", ""),
        ("br;level=5", "br"),
        (";q=1,,;,", ""),
        ("gzip" * 50_000, ""),
        ("gzip;q=0.5," * 5_000 + "br", "br"),
    ],
)
def test_coding_is_the_one_that_the_client_prefers(accepted: str | None, coding: str) -> None:
    assert codings.choose(accepted) == coding


@given(st.text(max_size=400))
def test_any_text_gets_some_coding(accepted: str) -> None:
    assert codings.choose(accepted) in {"", "br", "gzip"}


def test_what_long_headers_prefer_is_not_remembered() -> None:
    before = codings._remembered.cache_info().currsize
    codings.choose("gzip, " + "x" * 10_000)
    assert codings._remembered.cache_info().currsize == before


@pytest.mark.parametrize(("coding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_coded_body_is_the_body_in_fewer_bytes_and_always_the_same(coding: str, decode: object) -> None:
    assert callable(decode)
    body = "<p>Küpfer steigt – 铜价上涨.</p>".encode() * 100
    packed = codings.coded(body, coding)
    assert decode(packed) == body
    assert len(packed) < len(body) / 5
    assert codings.coded(body, coding) == packed


@pytest.mark.parametrize(
    ("content_type", "size", "is_worth_it"),
    [
        ("text/html; charset=utf-8", 200, True),
        ("text/html; charset=utf-8", 199, False),
        ("TEXT/HTML", 5000, True),
        ("application/rss+xml; charset=utf-8", 5000, True),
        ("application/xml; charset=utf-8", 5000, True),
        ("image/svg+xml", 5000, True),
        ("image/jpeg", 5000, False),
        ("image/avif", 5000, False),
        ("application/zip", 5000, False),
        ("", 5000, False),
    ],
)
def test_small_and_packed_bodies_are_not_coded(content_type: str, size: int, is_worth_it: bool) -> None:
    assert codings.is_worth_it(content_type, size) is is_worth_it
