"""The last evening of a round: nothing lost, nothing doubled, no error page, and not slow.

A build files 100 with 20 sessions, once through and once killed in the middle. The whole is
`DUKAO_LONG=1 ./dk test tests/site/load`: 40 sessions and 600 filings on SQLite; on PostgreSQL
(`DUKAO_DATABASE_URL`) 200 sessions, 600 and then 2,000.
"""

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.site.children import VENDOR, Site, new_site
from tests.site.load.evening import Evening, file_all, fill, serving, write_empty

LONG = os.environ.get("DUKAO_LONG") == "1"
WHOLE = {"sqlite": [(40, 600)], "postgresql": [(200, 600), (200, 2000)]}[VENDOR]
FACTOR = 8  # how many empty writes a save may cost
long = pytest.mark.long
only_long = pytest.mark.skipif(not LONG, reason="set DUKAO_LONG=1 for the long run")


@pytest.mark.parametrize(
    ("sessions", "filings"),
    [(20, 100), *(pytest.param(*one, marks=[long, only_long]) for one in WHOLE)],
)
def test_everything_saved_is_there_once_and_in_time(sessions: int, filings: int, tmp_path: Path) -> None:
    with new_site(VENDOR, tmp_path) as site:
        own = fill(site, sessions, filings)
        with serving(site) as server:
            warm = [(key, filed[:1]) for key, filed in own[:8]]
            write_empty(server, warm)
            empty = write_empty(server, own)
            evening = file_all(server, own)
        assert empty.error_pages == []
        assert evening.error_pages == []
        assert evening.broken_off == 0
        assert len(evening.acknowledged) == filings
        facts = insist_on_what_was_acknowledged(site, evening)
    assert all(version == 2 and entries == 1 for _, version, _, entries in facts.values())
    told = tell(sessions, filings, empty, evening)
    print(told)
    assert evening.percentile(0.95) < FACTOR * empty.percentile(0.95), told


@pytest.mark.parametrize(
    ("sessions", "filings"),
    [(20, 100), *(pytest.param(*one, marks=[long, only_long]) for one in WHOLE)],
)
def test_killed_and_restarted_in_the_middle_nothing_acknowledged_is_missing(
    sessions: int, filings: int, tmp_path: Path
) -> None:
    with new_site(VENDOR, tmp_path) as site:
        own = fill(site, sessions, filings)
        with serving(site) as server:
            killed = threading.Event()

            def kill() -> None:
                server.kill()
                killed.set()

            evening = Evening(interruption=(filings // 3, kill))
            filing = threading.Thread(target=file_all, args=(server, own, evening))
            filing.start()
            assert killed.wait(300), "nothing is saved"
            server.start()
            filing.join()
        facts = insist_on_what_was_acknowledged(site, evening)
    assert evening.broken_off, "the site was not killed while somebody was saving"
    # Whoever lost the answer and sent again met the words of before (409), which are its own.
    assert set(evening.error_pages) <= {409}
    assert len(facts) == filings
    assert all(words and version == 2 and entries == 1 for words, version, _, entries in facts.values())


def insist_on_what_was_acknowledged(site: Site, evening: Evening) -> dict[int, Any]:
    """The record has every word and figure that was acknowledged, and its chain holds; what stands in it."""
    told = site.script("from tests.site.load.filling import check; check()")
    assert told.returncode == 0, told.stderr
    said = json.loads(told.stdout)
    facts = {int(pk): row for pk, row in said["filings"].items()}
    assert said["holds"]
    missing = {pk: words for pk, words in evening.acknowledged.items() if facts[pk][0] != words}
    assert missing == {}
    assert all(facts[pk][2] == [1.0] for pk in evening.acknowledged)
    return facts


def tell(sessions: int, filings: int, empty: Evening, evening: Evening) -> str:
    """The figures of a run in one line."""
    save, nothing = evening.percentile(0.95), empty.percentile(0.95)
    return (
        f"{VENDOR}: {sessions} sessions saved {filings} filings in {evening.lasted:.1f} s; p95 of a save "
        f"{save:.2f} s, of an empty write {nothing:.2f} s: {save / nothing:.1f} times"
    )
