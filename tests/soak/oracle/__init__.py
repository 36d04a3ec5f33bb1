"""What every page, feed and map must say, in plain Python: an oracle that shares no code with the site.

It is told what was committed, row by row and in the order of the public stamp, and answers for any address, counter of
the stamp and instant. Nothing here imports Django or the site (a test sees to that), and nothing here is SQL.

What it trusts:

- the ledger: which editions there are, of which kind, from when, until when, with which notice (`ledger.py`);
- revisions and saved texts: the words of an edition;
- rows of nouns, and the rows of the index from nouns to editions, which a merge rewrites;
- of an edition's own row nothing but its key, which the index and the order of corrections are in terms of. The rest
  of it is compared with what the ledger says (`Ledger.flaws`);
- the counter of the stamp, as the order in which transactions became visible.
"""

from tests.soak.oracle.pages import Oracle
from tests.soak.oracle.words import Site
from tests.soak.oracle.world import Event, World

__all__ = ["Event", "Oracle", "Site", "World"]
