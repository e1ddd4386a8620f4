"""A `Paper` as PDF, set by Typst: no office suite, no network."""

import os
import tempfile
from pathlib import Path

from dukao.papers.official.fonts import font_folders
from dukao.papers.official.typst_source import write_source
from dukao.papers.official.values import Paper


def render_pdf(paper: Paper, home: str | os.PathLike[str] | None = None) -> bytes:
    """The paper as a PDF file; `home` is dukao's own folder, whose `fonts` are asked first."""
    import typst

    with tempfile.TemporaryDirectory(prefix="dukao-") as folder:
        source = Path(folder) / "paper.typ"
        source.write_text(write_source(paper), encoding="utf-8")
        made = typst.compile(str(source), root=folder, font_paths=list(font_folders(home)))
    assert isinstance(made, bytes)
    return made
