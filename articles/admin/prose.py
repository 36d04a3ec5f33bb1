"""The editor for a story's body: what a writer may use, and nothing else."""

from typing import Any

from django_prose_editor.widgets import ProseEditorWidget

#: Paragraphs, two levels of headings, bold, italics, links, lists and block quotes; undo; the browser's spell check.
EXTENSIONS: dict[str, Any] = {
    "Heading": {"levels": [2, 3]},
    "Bold": True,
    "Italic": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "History": True,
    "NoSpellCheck": False,
    "Menu": {
        "groups": [
            {"group": "blockType -lists", "type": "dropdown", "minItems": 2},
            {"group": "marks"},
            {"group": "link"},
            {"group": "lists"},
            {"group": "nodes -blockType -lists"},
            {"group": "history"},
        ]
    },
}


def body_editor() -> ProseEditorWidget:
    """Return the widget. It cleans nothing: `articles.text.clean` does, wherever a body is stored."""
    return ProseEditorWidget(config={"extensions": EXTENSIONS}, preset="configurable", attrs={"rows": 24})
