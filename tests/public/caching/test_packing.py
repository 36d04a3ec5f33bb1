"""Answers as bytes: the same again, and nothing that somebody else has made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from articles.public.caching.packing import pack, unpack
from tests.public.caching.answers import answer, told


@pytest.mark.parametrize(
    "page",
    [
        answer(),
        answer(b"", 301, Location="/a/"),
        answer("<p>铜价 – Küpfer</p>".encode(), 410),
        answer(bytes(range(256)) * 50),
        answer(Content_Security_Policy="default-src 'self'; img-src 'self' data:"),
    ],
)
def test_what_is_packed_is_unpacked_the_same(page: object) -> None:
    from articles.public.caching.answers import Answer

    assert isinstance(page, Answer)
    assert told(unpack("key", pack("key", page))) == told(page)


def test_an_answer_is_good_under_its_own_key_only() -> None:
    assert unpack("another", pack("key", answer())) is None


def test_an_answer_of_another_site_is_none(settings: Settings) -> None:
    packed = pack("key", answer())
    settings.SECRET_KEY = "another-key-of-more-than-fifty-characters-9876543210-9876543210"
    assert unpack("key", packed) is None


@given(st.data())
def test_no_byte_can_be_changed(data: st.DataObject) -> None:
    packed = bytearray(pack("key", answer()))
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    assert unpack("key", bytes(packed)) is None


@given(st.integers(0, 400), st.binary(max_size=20))
def test_a_part_is_nothing_and_more_is_nothing(length: int, more: bytes) -> None:
    packed = pack("key", answer())
    assert unpack("key", packed[:length]) is None
    assert unpack("key", packed + b"x" + more) is None


@given(st.binary(max_size=300))
def test_any_other_bytes_are_nothing(rubbish: bytes) -> None:
    assert unpack("key", rubbish) is None
    assert unpack("key", b"newsroom 1\n" + rubbish) is None
