"""Compiles the way from text to report into machine code, from the same Python that runs without it.

mypyc comes with mypy. Without it or without a C compiler, or with `DUKAO_PURE=1`, the project is installed as
it stands: nothing is missing but speed.
"""

import os
import sys

from setuptools import Extension, setup

HOT = {
    "language": "dates quantities numerals sentences units",
    "report": (
        "articles places masthead values lines extent heads runins outline parts commitments leaning framing "
        "predicates prologue compiler"
    ),
    "report/measures": (
        "reader clauses dealing sharing phrases predicates indicators drafts exclusions times joints"
    ),
}


def compiled() -> list[Extension]:
    """The extension modules, none where they cannot be made."""
    if os.environ.get("DUKAO_PURE"):
        return []
    try:
        from mypyc.build import mypycify
    except ImportError:
        print("dukao: mypy is not installed: not compiled", file=sys.stderr)
        return []
    paths = [f"src/dukao/{room}/{name}.py" for room, names in HOT.items() for name in names.split()]
    extensions = mypycify(paths, opt_level="1", debug_level="0", multi_file=True)
    for extension in extensions:
        extension.optional = True
    return extensions


setup(ext_modules=compiled())
