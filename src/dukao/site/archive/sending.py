"""Kept files on their way out, as they came."""

from django.http import HttpResponse

from dukao.site.archive import store
from dukao.site.archive.errors import Refusal
from dukao.site.refusals import Refused
from dukao.site.sending import send_file


def send_kept(
    digest: str, name: str, *, title: str = "", kind: str = "application/octet-stream"
) -> HttpResponse:
    """The file kept under a sha256; refused where it is gone or altered, called by `title` or its name."""
    try:
        data = store.read(digest)
    except OSError as error:
        raise Refused(Refusal.FILE_GONE, title=title or name, status=410) from error
    return send_file(data, name, kind)
