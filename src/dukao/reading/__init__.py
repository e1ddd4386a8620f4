"""Room `reading`: any file → `Source`. Knows nothing of reports or breakdowns."""

from dukao.reading.errors import SourceError, refuse
from dukao.reading.files import read_file
from dukao.reading.values import Diagnostic, Source

__all__ = ["Diagnostic", "Source", "SourceError", "read_file", "refuse"]
