"""Elements of a Word document by their short names, and their values."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
# What the strict form of the standard calls the same.
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


def short(element: "Element") -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: "Element", name: str) -> str | None:
    """A `w:` attribute."""
    value = element.get(W + name)
    return None if value is None else str(value)


def child(element: "Element | None", name: str) -> "Element | None":
    """The first `w:` child of that name."""
    return None if element is None else element.find(W + name)


def children(element: "Element | None", name: str) -> "Iterator[Element]":
    """The `w:` children of that name."""
    return iter(()) if element is None else element.iterchildren(W + name)


def find_value(element: "Element | None", name: str) -> str | None:
    """The `w:val` of a child, None where there is no such child."""
    found = child(element, name)
    return None if found is None else attribute(found, "val")


def is_on(element: "Element | None", name: str) -> bool:
    """Whether a switch among the children is there and not switched off."""
    found = child(element, name)
    return found is not None and attribute(found, "val") not in ("0", "false", "off", "none")


def whole_number(written: str | None, default: int) -> int:
    """A number as an attribute writes it, `default` where it is none or beyond reason."""
    digits = (written or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else default
