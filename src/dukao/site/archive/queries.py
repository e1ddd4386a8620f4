"""The door to ask the archive."""

from dukao.reading.values import Source
from dukao.site.archive import store
from dukao.site.archive.models import Document


def source_of(document: Document) -> Source:
    """The document as the library reads it: the text kept with it, byte for byte what was read at first."""
    return Source(document.name, document.sha256, document.media_type, document.encoding, document.text)


def count_documents() -> int:
    """How many documents are kept, of all places."""
    return Document.objects.count()


def altered_documents() -> list[tuple[Document, str]]:
    """Every kept document whose file is gone or no longer hashes to its sha256, with what is wrong."""
    wrong = []
    for document in Document.objects.defer("text").order_by("pk"):
        try:
            if store.digest_of(document.sha256) != document.sha256:
                wrong.append((document, "的内容已不是存入时的样子"))
        except OSError:
            wrong.append((document, "的文件不在了或读不出来"))
    return wrong
