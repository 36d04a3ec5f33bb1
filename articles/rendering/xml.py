"""XML that no story can break."""

from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

from articles.text.characters import printable


class LegalXml(SimplerXMLGenerator):
    """Write XML 1.0 and leave out what it cannot carry (section 2.2).

    Text is clean before it is stored. One character that slipped past would still make the whole feed unreadable for
    every subscriber, and Django's generator would answer with an error, so it is dropped here again.
    """

    def characters(self, content: str) -> None:
        """Write text, escaped."""
        super().characters(printable(content))

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the name SAX gives it
        """Open an element."""
        super().startElement(name, AttributesImpl({key: printable(str(value)) for key, value in attrs.items()}))
