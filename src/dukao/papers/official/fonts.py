"""The fonts a paper names, and what is set in their place where an office has not installed them.

The standard's fonts (仿宋_GB2312, 楷体_GB2312, 黑体, 方正小标宋简体, 宋体) are not free. Without them the PDF
is set in Fandol, and in Noto Serif CJK where that lacks a character (镕昇堃喆垚): none is ever a box.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Face = Literal["fangsong", "kai", "hei", "title", "song"]

# Face → the standard's own font, other names it goes by, then the open stand-ins.
FACES: dict[Face, tuple[str, ...]] = {
    "fangsong": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FandolFang R", "Noto Serif CJK SC"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "FandolKai", "Noto Serif CJK SC"),
    "hei": ("SimHei", "黑体", "FandolHei", "Noto Sans CJK SC"),
    "title": (
        "FZXiaoBiaoSong-B05S",
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05",
        "FandolSong",
        "Noto Serif CJK SC",
    ),
    "song": ("SimSun", "宋体", "FandolSong", "Noto Serif CJK SC"),
}
# The face of each level of heads; body text is level 0.
HEADS: dict[int, Face] = {0: "fangsong", 1: "hei", 2: "kai", 3: "fangsong", 4: "fangsong"}
# What Word is told: it finds the office's own fonts by these names.
NAMED: dict[Face, str] = {
    "fangsong": "仿宋_GB2312",
    "kai": "楷体_GB2312",
    "hei": "黑体",
    "title": "方正小标宋简体",
    "song": "宋体",
}
# The names Word tries where it has not the first one.
ALTERNATIVES: dict[Face, tuple[str, ...]] = {
    face: tuple(name for name in names if name != NAMED[face] and not name.startswith("Noto"))
    for face, names in FACES.items()
}
# What each face serves.
SERVES: dict[Face, str] = {
    "fangsong": "正文",
    "kai": "二级标题",
    "hei": "一级标题、表头",
    "title": "标志、标题",
    "song": "页码",
}
# Fonts under open licences: stand-ins.
OPEN = ("FandolFang R", "FandolKai", "FandolHei", "FandolSong", "Noto Serif CJK SC", "Noto Sans CJK SC")
# It has the characters of names that the others lack.
RARE = "Noto Serif CJK SC"
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)


@dataclass(frozen=True, slots=True)
class FontState:
    """One face of a paper: what it serves, its own font's name, the family used, whether that is its own.

    `family` is empty where this machine has nothing for it; `path` is the file, empty where unknown.
    """

    face: Face
    serves: str
    wanted: str
    family: str
    is_own: bool
    path: str = ""


def font_folders(home: str | os.PathLike[str] | None = None) -> tuple[str, ...]:
    """The folders fonts are looked for in: `home`/fonts first, then the machine's own."""
    own = [str(Path(home) / "fonts")] if home else []
    return tuple(folder for folder in [*own, *map(os.path.expanduser, _FOLDERS)] if os.path.isdir(folder))


def find_families(home: str | os.PathLike[str] | None = None) -> dict[str, str]:
    """The families of this machine and of dukao's own folder, each with one of its files."""
    import typst

    found: dict[str, str] = {}
    for font in typst.Fonts(include_system_fonts=True, font_paths=list(font_folders(home))).fonts():
        found.setdefault(font.family, font.path or "")
    return found


def list_fonts(home: str | os.PathLike[str] | None = None) -> list[FontState]:
    """Every face of a paper with the font it is set in here."""
    found = find_families(home)
    states = []
    for face, names in FACES.items():
        family = next((name for name in names if name in found), "")
        own = bool(family) and family not in OPEN
        states.append(FontState(face, SERVES[face], NAMED[face], family, own, found.get(family, "")))
    return states


def say_stand_ins(states: list[FontState]) -> str:
    """One sentence on what a PDF is set in instead of the standard's fonts; empty where all are there."""
    missing = [state for state in states if not state.is_own]
    if not missing:
        return ""
    said = "、".join(f"{one.wanted}（{one.family or '没有可代替的'}）" for one in missing)
    return f"这台机器没有标准要求的{said}，PDF 用括号里的字体代替；见 dukao fonts。"
