"""Answers as bytes, for a place outside of this process that others can write to."""

import json
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from django.utils.crypto import salted_hmac

from articles.public.caching.answers import Answer

#: The version of the layout: seal, four bytes for the length of the head, the head in JSON, the body as it is.
_LAYOUT: Final = b"newsroom 1\n"
_SEAL: Final = sha256().digest_size
_LENGTH: Final = 4


def pack(key: str, answer: Answer) -> bytes:
    """Return an answer as bytes that only this site can make, and only for this key."""
    head = {"status": answer.status, "headers": answer.headers, "surrogate_keys": answer.surrogate_keys}
    written = json.dumps(head).encode()
    content = len(written).to_bytes(_LENGTH) + written + answer.body
    return _LAYOUT + _seal(key, content) + content


def unpack(key: str, packed: bytes) -> Answer | None:
    """Return what was packed under the key, or None for anything else, whoever has put it there."""
    content = packed[len(_LAYOUT) + _SEAL :]
    if not packed.startswith(_LAYOUT) or not compare_digest(packed[len(_LAYOUT) :][:_SEAL], _seal(key, content)):
        return None
    # From here on it is our own writing.
    end = _LENGTH + int.from_bytes(content[:_LENGTH])
    head = json.loads(content[_LENGTH:end])
    return Answer(head["status"], head["headers"].items(), content[end:], head["surrogate_keys"])


def _seal(key: str, content: bytes) -> bytes:
    return salted_hmac(f"articles.public.caching {key}", content, algorithm="sha256").digest()
