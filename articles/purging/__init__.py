"""Keeping a content delivery network exact: what its copies are tagged with, and making it forget them.

Nothing here is used while CDN_URL is empty. `docs/decisions/0009-purging.md` says why it is built this way.
"""
