"""The second place where answers are kept: a Redis or Valkey server that all processes and nodes share.

Pages never depend on it. Whatever it does, it takes `PATIENCE` seconds of a request at most, and while it fails it is
left alone.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Lock
from time import monotonic
from typing import Final

from articles.public.caching import metrics
from articles.public.caching.answers import Answer
from articles.public.caching.packing import pack, unpack

logger = logging.getLogger(__name__)

#: Seconds for a question and its answer. A cold page takes less than that.
PATIENCE: Final = 0.1
#: Seconds to leave a server alone that has failed: at first, and after failing again and again.
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
#: Seconds that an answer is kept. The stamp in its key says how long it is right; this is when it leaves the server.
KEPT_FOR: Final = 3600
#: Bytes of the largest body worth sending there.
LARGEST: Final = 4 * 1024 * 1024
#: Questions under way at once. More readers than that find nothing there.
_HANDS: Final = 8


class Shared:
    """Answers by stamp and address, on a server."""

    def __init__(self, url: str) -> None:
        # The driver takes a third of a second and 25 MB to import: only a site that uses it pays for that.
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        once = Retry(NoBackoff(), 0)
        self._server = Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=once)
        # The driver's own patience is for each piece of an answer, and a server may send a byte now and then for ever.
        self._hands = ThreadPoolExecutor(_HANDS, thread_name_prefix="cache-server")
        self._lock = Lock()
        self._pause = 0.0
        self._next_try = 0.0

    def get(self, stamp: str, address: tuple[str, ...]) -> Answer | None:
        """Return what is kept for an address under the key of a stamp."""
        key = _key(stamp, address)
        packed = self._ask(lambda: self._server.get(key), "unreachable")
        if packed is None:
            return None
        answer = unpack(key, packed) if isinstance(packed, bytes) else None
        if answer is None:
            metrics.count_failure("redis", "unreadable")
            logger.warning("The cache server holds something that this site has not put there.")
        return answer

    def put(self, stamp: str, address: tuple[str, ...], answer: Answer) -> None:
        """Keep an answer, unless it is too large or the server does not take it."""
        if len(answer.body) <= LARGEST:
            key = _key(stamp, address)
            self._ask(lambda: self._server.set(key, pack(key, answer), ex=KEPT_FOR), "unwritten")

    def _ask(self, ask: Callable[[], object], failure: metrics.Failure) -> object:
        """Return what the server says, or None where it fails or is left alone."""
        if not self._may_ask():
            return None
        try:
            said = self._hands.submit(ask).result(PATIENCE)
        except Exception as error:  # a server that talks nonsense makes the driver raise anything
            self._fail(failure, error)
            return None
        self._pause = 0.0
        return said

    def _may_ask(self) -> bool:
        """Say whether to try. Of those who come after a failure one tries, the others do without."""
        if not self._pause:
            return True
        with self._lock:
            if monotonic() < self._next_try:
                return False
            self._next_try = monotonic() + self._pause
            return True

    def _fail(self, failure: metrics.Failure, error: Exception) -> None:
        with self._lock:
            self._pause = min(self._pause * 2 or FIRST_PAUSE, LONGEST_PAUSE)
            self._next_try = monotonic() + self._pause
        # Whoever still listens to it hears the end of it now.
        self._server.connection_pool.disconnect()
        metrics.count_failure("redis", failure)
        logger.warning(
            "The cache server is left alone for %.0f seconds: %s", self._pause, error or type(error).__name__
        )


def _key(stamp: str, address: tuple[str, ...]) -> str:
    """Return the key on the server, which is short and names nothing; no part of an address can pose as two."""
    return "newsroom:" + sha256(repr((stamp, address)).encode()).hexdigest()
