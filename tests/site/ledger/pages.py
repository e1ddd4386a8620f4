"""Pages as a test reads them."""

import re

from tests.site.conftest import Cast


def read(cast: Cast, role: str, address: str, status: int = 200) -> str:
    """The words of the page a role gets, closed up."""
    answer = cast.client(role).get(address)
    assert answer.status_code == status, answer.content.decode()[:600]
    return plain(answer.content.decode())


def html(cast: Cast, role: str, address: str) -> str:
    """The page a role gets, as it is."""
    answer = cast.client(role).get(address)
    assert answer.status_code == 200, answer.content.decode()[:600]
    return answer.content.decode()


def plain(page: str) -> str:
    """The words between the tags of the page's own part, without white space."""
    main = re.sub(r"(?s)^.*<main", "<main", page)
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", main))


def signs(page: str) -> list[str]:
    """The rows of the breakdown a table of tasks shows, in its order."""
    return re.findall(r'class="tasks__number">.*?<small[^>]*>([^<]*)</small>', page)
