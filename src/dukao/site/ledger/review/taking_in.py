"""The two files a breakdown begins with: read first, and kept only as what they are."""

from dataclasses import dataclass, field
from datetime import datetime

from dukao.breakdown.compiler import compile_breakdown
from dukao.reading.errors import SourceError
from dukao.report.compiler import compile_report
from dukao.site.archive.actions import Upload, keep_document
from dukao.site.archive.models import Document, DocumentKind
from dukao.site.archive.reading import read_upload
from dukao.site.people.access import Viewer
from dukao.site.refusals import Refused

File = tuple[str, bytes]
_OTHER = {DocumentKind.REPORT: DocumentKind.BREAKDOWN, DocumentKind.BREAKDOWN: DocumentKind.REPORT}
_WRONG_WAY = {
    DocumentKind.REPORT: "“{name}”读到的是责任分解一类的表，不是政府工作报告：请在这里选报告全文。",
    DocumentKind.BREAKDOWN: "“{name}”读到的是政府工作报告，不是责任分解：请在这里选责任分解。",
}


@dataclass(slots=True)
class Pair:
    """What was chosen: the kept documents by kind, what is wrong by kind, whether they came swapped."""

    kept: dict[DocumentKind, Document] = field(default_factory=dict)
    faults: dict[DocumentKind, str] = field(default_factory=dict)
    swapped: bool = False


def keep_pair(files: dict[DocumentKind, File], *, by: Viewer, at: datetime) -> Pair:
    """Keep the files that are what they were chosen as.

    What cannot be read, is classified or is something else is not kept, and `faults` says so. Two files
    chosen the wrong way round are kept as what they are, and `swapped` says so.
    """
    pair = Pair()
    faults = {kind: _fault(kind, file) for kind, file in files.items()}
    pair.swapped = len(files) == 2 and all(
        fault and not _fault(_OTHER[kind], files[kind]) for kind, fault in faults.items()
    )
    for kind, (name, data) in files.items():
        fault = "" if pair.swapped else faults[kind]
        meant = _OTHER[kind] if pair.swapped else kind
        try:
            if not fault:
                pair.kept[meant] = keep_document(Upload(data, name, meant), by=by, at=at)
        except Refused as refused:
            fault = refused.sentence
        if fault:
            pair.faults[kind] = fault
    return pair


def _fault(kind: DocumentKind, file: File) -> str:
    """Why a file is not of a kind, nothing where it is, or where keeping it will say why not."""
    name, data = file
    try:
        source = read_upload(data, name)
        if kind == DocumentKind.REPORT:
            compile_report(source)
        else:
            compile_breakdown(source)
    except SourceError as error:
        if error.code in ("not-a-report", "not-a-breakdown") and _looks_like_other(error):
            return _WRONG_WAY[kind].format(name=name)
        return str(error)
    except Refused as refused:
        return refused.sentence
    return ""


def _looks_like_other(error: SourceError) -> bool:
    return error.code == "not-a-report" or "读到的是一篇政府工作报告" in error.message
