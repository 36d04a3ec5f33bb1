"""The one HTML cleaner: what a writer typed or pasted becomes the HTML that may be stored."""

import nh3

from articles.text.compositor import compose
from articles.text.mark_forms import ATTRIBUTES
from articles.text.markup import read

_BLOCKS = ("p", "h2", "h3", "ul", "ol", "blockquote")
_SANITIZER = nh3.Cleaner(
    tags={*_BLOCKS, *ATTRIBUTES, "li", "strong", "em", "a", "br"},
    attributes={
        "a": {"href"},
        **{tag: {"id"} for tag in _BLOCKS},
        **{tag: set(names) for tag, names in ATTRIBUTES.items()},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
# The sanitizer takes an address that no browser could open out of its link; what is left is set again.
_ROUNDS = 3


def clean_body(html: str) -> str:
    """Return a body as clean HTML, one block a line.

    Blocks are p, h2, h3, ul, ol and blockquote; in them stand li (lists are at most two deep), p (in
    block quotes), strong, em, a with href, br, and what the desk marks (`articles.text.mark_forms`): span and data,
    with strong and em at most inside, and no link in them or around them. The only other attribute is the id of a
    block, where it has the form that `paragraphs.with_ids` gives. Text without block tags is read as plain text whose
    paragraphs are parted by blank lines. What Word, Google Docs and web pages put on the clipboard keeps its
    words, emphasis, links, headings and lists; table rows become paragraphs, their cells parted by
    " | "; scripts, pictures, hidden text and margin comments are dropped.

    Never raises, and cleaning clean HTML changes nothing.
    """
    composed = "\n".join(compose(read(html)))
    safe: str = _SANITIZER.clean(composed)
    for _ in range(_ROUNDS):
        if safe == composed:
            break
        composed = "\n".join(compose(read(safe)))
        safe = _SANITIZER.clean(composed)
    return safe
