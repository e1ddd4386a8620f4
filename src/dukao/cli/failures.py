"""What goes wrong beside the documents themselves: each one line on standard error."""

import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from dukao.calling import as_called
from dukao.reading.values import Diagnostic

_REASONS = {
    errno.EACCES: "没有写入权限",
    errno.EISDIR: "同名的是一个文件夹",
    errno.ENOENT: "所在的文件夹不存在",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "所在的文件夹不存在",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘是只读的",
}


class Failure(Exception):
    """A command that cannot go on, in one Chinese line that begins with the file's name."""


def say(line: str, *, status: int = 0) -> int:
    """Write one line to standard error, commands in it as they are typed here, and give the exit status."""
    # str.splitlines knows all line ends: a file's name may hold any of them.
    print(" ".join(as_called(line).splitlines()), file=sys.stderr, flush=True)
    return status


def say_diagnostics(name: str, diagnostics: Iterable[Diagnostic]) -> None:
    """Say once what concerns a whole document; what has a place is shown with the rest of the reading."""
    for diagnostic in dict.fromkeys(diagnostics):
        if diagnostic.start == diagnostic.end:
            say(f"{name}：提示：{diagnostic.message}")


def cannot_write(path: Path | str | os.PathLike[str], error: OSError) -> Failure:
    """The failure to write an output file, with its reason and what to do."""
    reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
    return Failure(f"{Path(path).name}：写不进去（{reason}）：请换一个位置或文件名再试。")
