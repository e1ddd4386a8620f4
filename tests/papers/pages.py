"""Reads a review page back: elements with their ids, attributes and text, and whether tags balance."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "img", "link", "hr"}


@dataclass
class Element:
    """One element of the page; `text` is all the text inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    parents: list["Element"] = field(default_factory=list, repr=False)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())


class Page(HTMLParser):
    """A page as a list of elements, closed in the order they were opened."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, parents=list(self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def by_id(self, name: str) -> Element:
        found = [one for one in self.elements if one.attributes.get("id") == name]
        assert len(found) == 1, (name, len(found))
        return found[0]

    def pieces(self, item: str) -> list[Element]:
        return [one for one in self.elements if one.attributes.get("data-t") == item]

    def links(self) -> list[Element]:
        return [one for one in self.elements if one.tag == "a"]

    def of_class(self, name: str) -> list[Element]:
        return [one for one in self.elements if name in one.classes]
