"""A `Paper` as PDF/A, set by Typst: no office suite, no network, and no character as an empty box."""

import os
import re
from typing import Any

from dukao.papers.official.fonts import font_folders
from dukao.papers.official.typst_source import write_source
from dukao.papers.official.values import Paper

_UNSHOWN = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')

_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


class NoGlyph(Exception):
    """No font of this machine has a character of the paper; `characters` are those."""

    def __init__(self, characters: str) -> None:
        super().__init__(characters)
        self.characters = characters

    def __str__(self) -> str:
        return (
            f"这台机器上的字体都没有“{self.characters}”，没有写 PDF：请运行 dukao fonts 查看缺哪些字体，"
            "用 dukao fonts --install 补装。"
        )


def render_pdf(paper: Paper, home: str | os.PathLike[str] | None = None) -> bytes:
    """The paper as a PDF/A-2b file; `home` is dukao's own folder, whose `fonts` are asked first.

    The same paper on the same fonts gives the same bytes. Raises `NoGlyph` rather than print a box.
    """
    import typst

    source = write_source(paper).encode()
    compile_: Any = typst.compile
    try:
        made = compile_(source, font_paths=list(font_folders(home)), pdf_standards=["a-2b"], timestamp=0)
    except typst.TypstError as error:
        if missing := _UNSHOWN.findall(error.diagnostic or error.message):
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(missing))
            raise NoGlyph("".join(dict.fromkeys(text))) from None
        raise
    assert isinstance(made, bytes)
    return made
