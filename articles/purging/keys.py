"""The tags of public answers, by which a CDN is told what to forget.

Whoever tags an answer and whoever purges use these names, and nobody makes up others. All are printable ASCII without
blanks and commas, and no two differ by case alone.
"""

import re
from hashlib import blake2b
from typing import Final

#: Every answer. A noun prints itself anywhere, so a change of one purges this.
SITE: Final = "site"
#: Every answer whose view says nothing better: front, latest, corrections, sitemaps, 404s and what leads elsewhere.
#: Each change of a story purges it.
LISTS: Final = "lists"
#: Stories beside which others stand that were picked by hand. Which of those readers can see changes with any story.
PICKS: Final = "picks"

_PLAIN: Final = re.compile(r"[a-z0-9]{1,60}")


def story(key: str) -> str:
    """Return the tag of what stands at the address with this public key: the page of a story, or what is left of it."""
    return f"story-{_word(key)}"


def noun(kind: str, key: int) -> str:
    """Return the tag of what lists the stories of a section, company, topic, author or person."""
    return f"{kind}-{key}"


def file(name: str) -> str:
    """Return the tag of an uploaded file and its renditions, which share a folder, by the storage name of one."""
    folder = name.rpartition("/")[0].rpartition("/")[2]
    return f"file-{_word(folder or name)}"


def _word(text: str) -> str:
    """Return a short text as it is, or what stands for one that no header may carry."""
    return text if _PLAIN.fullmatch(text) else blake2b(text.encode(), digest_size=12).hexdigest()
