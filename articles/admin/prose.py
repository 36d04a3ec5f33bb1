"""The editor for a story's body: what a writer may use, and nothing else."""

from typing import Any

from django_prose_editor.widgets import ProseEditorWidget
from js_asset import ImportMap, Media

#: Our own modules by the names under which they import each other: a served file's name changes with its text.
MODULES = ("asking", "combobox", "figures", "listing", "marks", "money", "names", "panel", "statement", "text")
#: Paragraphs, two levels of headings, bold, italics, links, lists and block quotes; undo; the browser's spell check.
#: The three last are our own, from the module that the setting DJANGO_PROSE_EDITOR_EXTENSIONS names.
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
    "Mention": True,
    "MarketStatement": True,
    "FoundWords": True,
    "Menu": {
        "groups": [
            {"group": "blockType -lists", "type": "dropdown", "minItems": 2},
            {"group": "marks"},
            {"group": "link"},
            {"group": "copy"},
            {"group": "lists"},
            {"group": "nodes -blockType -lists"},
            {"group": "history"},
        ]
    },
}


class BodyEditor(ProseEditorWidget):
    """The widget, with the modules of the panel beside it."""

    @property
    def media(self) -> Media:
        """The editor's own files, and where our modules are."""
        ours = {f"desk/copy/{name}": f"desk/js/copy/{name}.js" for name in MODULES}
        return super().media + Media(importmap=ImportMap(ours))


def body_editor() -> BodyEditor:
    """Return the widget. It cleans nothing: `articles.text.clean` does, wherever a body is stored."""
    return BodyEditor(config={"extensions": EXTENSIONS}, preset="configurable", attrs={"rows": 24})
