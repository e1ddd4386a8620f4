"""How results leave: JSON for programs, and files that are whole or not there at all."""

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dukao.cli.failures import Failure, cannot_write


def print_json(value: dict[str, Any]) -> None:
    """Print one object, the entries of its lists one to a line: quick, and easy to compare."""
    out = sys.stdout.write
    separator = "{\n"
    for key, entry in value.items():
        out(f"{separator}{_dump(key)}: ")
        separator = ",\n"
        if isinstance(entry, list) and entry and isinstance(entry[0], dict):
            out("[\n  " + ",\n  ".join(map(_dump, entry)) + "\n]")
        else:
            out(_dump(entry))
    out("\n}\n" if value else "{}\n")


def print_lines(objects: Iterable[dict[str, Any]]) -> None:
    """Print objects one to a line."""
    for entry in objects:
        sys.stdout.write(_dump(entry) + "\n")


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def refuse_overwrite(outputs: Iterable[Path | None], inputs: Iterable[Path | None]) -> None:
    """Raise Failure where a file to be written is one of the files being read."""
    read = {os.path.realpath(path) for path in inputs if path}
    for path in outputs:
        if path and os.path.realpath(path) in read:
            raise Failure(f"{path.name}：这是要读的文件，不能写在它上面：请换一个输出文件名。")


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a path to write to; what is written there becomes `path` when the block ends well, else is gone.

    It stands in the same folder, so that the last step is one rename. Raises Failure where that fails.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise Failure(f"{path.name}：写不进去（同名的不是普通文件）：请换一个位置或文件名再试。")
    draft = target.with_name(f".{target.stem}.{os.getpid()}{target.suffix}")
    try:
        # Asked first, before the work: a folder that cannot be written to is said as such.
        draft.open("xb").close()
        yield draft
        os.replace(draft, target)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
