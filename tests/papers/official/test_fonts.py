"""No character is ever a box; a missing font is said, and so is what stands in its place."""

from pathlib import Path

import pytest

from dukao.papers.official import fonts
from dukao.papers.official.fonts import FACES, NAMED, list_fonts, say_stand_ins
from dukao.papers.official.pdf import NoGlyph, render_pdf
from dukao.papers.official.values import Paper, Text
from tests.papers.official.conftest import Rendered
from tests.papers.official.measuring import read_pages

RARE = "镕昇堃喆垚"


def test_rare_names_are_printed_in_both(rendered: Rendered, by: str) -> None:
    first = rendered("whole", by)[0]
    words = "".join(line.words for line in first.lines)
    for character in RARE:
        assert character in words
        assert first.fonts[character]


def test_rare_names_come_from_a_font_that_has_them(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(render_pdf(Paper(RARE, (Text(RARE), Text(RARE, 1), Text(RARE, 2)))))
    (page,) = read_pages(path)
    # A file to PDF/A holds no glyph of what a font lacks: Typst refuses to write one.
    assert b"pdfaid:part>2" in path.read_bytes()
    assert "".join(line.words for line in page.lines[:4]) == RARE * 4


def test_a_character_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(NoGlyph, match="dukao fonts --install") as caught:
        render_pdf(Paper("标题", (Text("人名：\U0003ffff。"),)))
    assert caught.value.characters == "\U0003ffff"


def test_the_same_paper_gives_the_same_bytes() -> None:
    paper = Paper("标题", (Text("正文。"),))
    assert render_pdf(paper) == render_pdf(paper)


def test_a_missing_font_is_said_with_what_stands_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "find_families", lambda _home: {"SimHei": "", "FandolSong": ""})
    states = {state.face: state for state in list_fonts()}
    assert states["hei"].is_own
    assert (states["title"].family, states["title"].is_own) == ("FandolSong", False)
    assert states["kai"].family == ""
    sentence = say_stand_ins(list(states.values()))
    assert "楷体_GB2312（没有可代替的）" in sentence
    assert "方正小标宋简体（FandolSong）" in sentence
    assert "黑体" not in sentence


def test_nothing_is_said_where_all_fonts_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "find_families", lambda _home: {names[0]: "" for names in FACES.values()})
    assert say_stand_ins(list_fonts()) == ""
    assert set(NAMED) == set(FACES)
