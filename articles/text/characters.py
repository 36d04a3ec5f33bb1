"""The characters that may be stored."""

import re

# Tab, newline and carriage return stay: what they mean is for the caller to say.
_BLANK_CONTROLS = re.compile("[\x0b\x0c\x1c-\x1f\x80-\x9f\u2028\u2029\ufeff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return the text without characters that a feed or a page cannot carry safely.

    Removed are characters illegal in XML 1.0 (section 2.2), lone surrogates among them, and the
    controls that reorder text on screen (Unicode Annex 9: embeddings, overrides, isolates). Controls
    that stand for a break, C1 controls, U+2028, U+2029 and the byte order mark become spaces. Joiners and
    direction marks stay: Persian, Hindi and emoji need them.
    """
    return _FORBIDDEN.sub("", _BLANK_CONTROLS.sub(" ", text))
