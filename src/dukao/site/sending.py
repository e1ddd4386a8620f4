"""Files that leave the site: to be saved under a name, never to be shown or run by a browser.

That nothing of them stays on the way (`no-store`) and that their kind is not guessed (`nosniff`) is said of
every answer of the site, in its middleware.
"""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_file(data: bytes, name: str, kind: str = "application/octet-stream") -> HttpResponse:
    """Bytes of a media type as the file `name`."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
