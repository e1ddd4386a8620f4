"""The door to ask the archive."""

from dukao.reading.values import Source
from dukao.site.archive.models import Document


def source_of(document: Document) -> Source:
    """The document as the library reads it: the text kept with it, byte for byte what was read at first."""
    return Source(document.name, document.sha256, document.media_type, document.encoding, document.text)
