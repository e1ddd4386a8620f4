"""An import killed with `kill -9` at any moment leaves all or nothing, and can be run again."""

import json
import signal
from pathlib import Path

from tests.site.children import VENDOR, new_site
from tests.site.documents import BREAKDOWN, REPORT

# Says what is on the record, then imports and kills itself at the moment named: at the n-th statement, while
# a file is put into the store, or just before or after the commit.
_CHILD = """
import json, os, signal, sys
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from dukao.cli.main import main
from dukao.site.archive import store
from dukao.site.archive.models import Compilation, Document
from dukao.site.history.models import Entry
from dukao.site.history.queries import verify_chain
from dukao.site.ledger.models import Breakdown, Question, Task
from dukao.site.people.models import Place, Unit, User

tables = (Place, User, Unit, Document, Compilation, Breakdown, Task, Question, Entry)
rows = [one.objects.count() for one in tables]
print(json.dumps({"rows": rows, "holds": verify_chain().holds}), flush=True)
moment, args = sys.argv[1], sys.argv[2:]
statements = 0


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def count(method):
    def counted(self, *more, **named):
        global statements
        statements += 1
        if moment.isdecimal() and statements == int(moment):
            die()
        return method(self, *more, **named)
    return counted


CursorWrapper.execute = count(CursorWrapper.execute)
CursorWrapper.executemany = count(CursorWrapper.executemany)
commit = BaseDatabaseWrapper.commit


def committing(self):
    # What is committed before anything was written is no part of the import.
    is_import = statements > 50
    if is_import and moment == "before-commit":
        die()
    commit(self)
    if is_import and moment == "after-commit":
        die()


BaseDatabaseWrapper.commit = committing
if moment == "file":
    store.os.replace = lambda *_paths: die()
if args:
    status = main(args)
    print(json.dumps({"statements": statements, "status": status}))
"""


def test_an_import_killed_at_any_moment_leaves_all_or_nothing(tmp_path: Path) -> None:
    report, breakdown = tmp_path / "报告.md", tmp_path / "分解.md"
    report.write_text(REPORT, encoding="utf-8")
    breakdown.write_text(BREAKDOWN, encoding="utf-8")
    args = ["import", report, breakdown, "--place", "990301:试验区", "--year", "2024"]
    args += ["--as", "zhang", "--accept-proposals"]
    with new_site(VENDOR, tmp_path) as whole:
        done = whole.script(_CHILD, "never", *args)
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        assert lines[-1]["status"] == 0, done.stderr
        total = lines[-1]["statements"]
        complete = json.loads(whole.script(_CHILD, "never").stdout.splitlines()[0])
    assert complete["holds"]
    assert min(complete["rows"]) > 0
    nothing = {"rows": [0] * len(complete["rows"]), "holds": True}
    # The file first: what a later one puts into the store is there for the next.
    # What is printed is asked for behind the commit: by the last statements.
    moments = ["file", total // 8, total // 3, total // 2, total - 8, "before-commit"]
    with new_site(VENDOR, tmp_path) as site:
        for moment in moments:
            killed = site.script(_CHILD, moment, *args)
            assert killed.returncode == -signal.SIGKILL, (moment, killed.stdout, killed.stderr)
            assert json.loads(killed.stdout.splitlines()[0]) == nothing, moment
        killed = site.script(_CHILD, "after-commit", *args)
        assert killed.returncode == -signal.SIGKILL
        # Before this last run there was nothing; the commit made it all.
        assert json.loads(killed.stdout.splitlines()[0]) == nothing
        assert json.loads(site.script(_CHILD, "never").stdout.splitlines()[0]) == complete
        assert site.command("verify").returncode == 0
