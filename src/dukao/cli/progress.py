"""A progress bar for long work, on a terminal only: piped output stays clean.

Where the results go to the same terminal, the bar makes room for them and comes back below.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

_LARGE = 1_000_000


def is_long(paths: Sequence[Path]) -> bool:
    """Whether the work deserves a bar: somebody watches, and there are several files or a large one."""
    return sys.stderr.isatty() and (len(paths) > 1 or any(_size(path) > _LARGE for path in paths))


@contextlib.contextmanager
def progress(paths: Sequence[Path], label: str) -> Iterator[Callable[[Path, float], None]]:
    """Give a function that is told a file and which share of its work is newly done (in all 1)."""
    if not is_long(paths):
        yield lambda _path, _share: None
        return
    total = sum(map(_size, paths)) or 1
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        yield lambda path, share: bar.update(int(_size(path) * share))


def step_aside() -> None:
    """Clear the line a bar may stand on, before something else is printed on the same terminal."""
    if sys.stderr.isatty() and sys.stdout.isatty():
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()


def _size(path: Path) -> int:
    """The bytes of a file, at least one; what cannot be read is refused later, with its reason."""
    try:
        return max(os.stat(path).st_size, 1)
    except (OSError, ValueError):
        return 1
