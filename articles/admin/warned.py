"""What looks wrong in a story, for the pages on which somebody hands it on."""

from articles.models import Article
from articles.naming.decisions import dismissals
from articles.quality import Problem
from articles.quality.warnings import warnings
from articles.states import RELEASES, Verb
from articles.workflow import clock
from articles.workflow.editions import content_of

#: Verbs whose pages show it: whoever submits, approves or releases is the last to look.
WARNED = (Verb.SUBMIT, Verb.APPROVE, *RELEASES)


def warnings_of(verb: Verb, article: Article) -> list[Problem]:
    """Return what looks wrong in the text that a verb hands on; nothing of it forbids the verb."""
    if verb not in WARNED or article.revision is None:
        return []
    return warnings(content_of(article.revision), clock.now(), dismissals(article))
