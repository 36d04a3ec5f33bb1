"""Language tags and directions."""

import pytest

from articles.text.languages import direction, valid_language

RIGHT_TO_LEFT = (
    "ar ar-EG AR-eg he iw yi fa-IR ur ps dv ckb ug sd nqo syr az-Arab pa-PK pa_PK uz-AF ku-Arab-IQ ar-x-house".split()
)
LEFT_TO_RIGHT = [*"en en-US zh-Hant-HK ja hi tr az ar-Latn pa sd-IN uz xx".split(), "", "not a tag"]
WELL_FORMED = "en EN-gb zh-Hant-HK es-419 de-CH-1996 sl-rozaj-biske zh-yue en-u-ca-gregory en-x-house tlh".split()
ILL_FORMED = [*"e english en_US en- -en en-US- zh-Hantt-H en-x ën x-house".split(), "", "en US", "en\n"]


@pytest.mark.parametrize("tag", RIGHT_TO_LEFT)
def test_direction_is_right_to_left(tag: str) -> None:
    assert direction(tag) == "rtl"


@pytest.mark.parametrize("tag", LEFT_TO_RIGHT)
def test_direction_is_left_to_right(tag: str) -> None:
    assert direction(tag) == "ltr"


@pytest.mark.parametrize("tag", WELL_FORMED)
def test_valid_language_accepts(tag: str) -> None:
    assert valid_language(tag) is True


@pytest.mark.parametrize("tag", ILL_FORMED)
def test_valid_language_refuses(tag: str) -> None:
    assert valid_language(tag) is False
