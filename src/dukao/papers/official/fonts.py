"""The fonts a paper names, and what is set in their place where an office has not installed them.

The standard's fonts (仿宋_GB2312, 楷体_GB2312, 黑体, 方正小标宋简体, 宋体) are not free. Without them the PDF
is set in Fandol, and in Noto Serif CJK where Fandol lacks a character (镕昇堃喆垚): no character is ever a box.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Face = Literal["fangsong", "kai", "hei", "title", "song"]

# Face → the standard's own font, other names it goes by, then the open stand-ins.
FACES: dict[Face, tuple[str, ...]] = {
    "fangsong": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FandolFang R", "Noto Serif CJK SC"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "FandolKai", "Noto Serif CJK SC"),
    "hei": ("SimHei", "黑体", "FandolHei", "Noto Sans CJK SC"),
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FandolSong", "Noto Serif CJK SC"),
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
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)


@dataclass(frozen=True, slots=True)
class Fonts:
    """Where fonts were looked for, and the families found there."""

    folders: tuple[str, ...]
    families: frozenset[str]

    def missing(self) -> dict[Face, str]:
        """For each face whose own font is not there, the family set in its place; empty where there is none."""
        return {
            face: next((name for name in names if name in self.families), "")
            for face, names in FACES.items()
            if NAMED[face] not in self.families and names[0] not in self.families
        }


def font_folders(home: str | os.PathLike[str] | None = None) -> tuple[str, ...]:
    """The folders fonts are looked for in: `home`/fonts first, then the machine's own."""
    own = [str(Path(home) / "fonts")] if home else []
    return tuple(folder for folder in [*own, *map(os.path.expanduser, _FOLDERS)] if os.path.isdir(folder))


def find_fonts(home: str | os.PathLike[str] | None = None) -> Fonts:
    """The fonts of this machine and of dukao's own folder."""
    import typst

    folders = font_folders(home)
    book = typst.Fonts(include_system_fonts=True, font_paths=list(folders))
    return Fonts(folders, frozenset(_families(book)))


def _families(book: object) -> Iterable[str]:
    return [str(name) for name in book.families()]  # type: ignore[attr-defined]
