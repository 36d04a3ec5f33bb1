"""Answers for readers, kept while they are exact and sent as HTTP has it. `docs/decisions/0008` says why it is so."""

from articles.public.caching.middleware import ResponseCache

__all__ = ["ResponseCache"]
