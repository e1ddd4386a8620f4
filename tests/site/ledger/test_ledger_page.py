"""The ledger page: every task of a year on one page, grouped, with its counts and its empty states."""

import re

from dukao.site.ledger.models import Breakdown
from tests.site.conftest import Cast


def read(cast: Cast, role: str, address: str) -> str:
    """The page a role gets, its tags left out and its white space closed up."""
    answer = cast.client(role).get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return plain(answer.content.decode())


def plain(html: str) -> str:
    """Words only."""
    main = re.sub(r"(?s)^.*<main", "<main", html)
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", main))


def test_the_first_sentence_counts_rows_tasks_projects_and_contents(cast: Cast, ledger: Breakdown) -> None:
    said = read(cast, "clerk", "/ledger/2024/")
    assert "2024年重点工作14行14项·民生实事2个项目3项内容" in said


def test_the_way_to_the_ledger_leads_to_the_newest_year(cast: Cast, ledger: Breakdown) -> None:
    answer = cast.client("clerk").get("/ledger/?by=unit")
    assert (answer.status_code, answer["Location"]) == (302, "/ledger/2024/?by=unit")
