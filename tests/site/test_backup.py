"""The whole site in one file and back: while it is written to, from one database to another, or not."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.site.children import VENDOR, Site, new_site
from tests.site.documents import BREAKDOWN, REPORT

# From a database to another: within the run's own, and between it and the embedded one.
_WAYS = sorted({(VENDOR, VENDOR), (VENDOR, "sqlite"), ("sqlite", VENDOR)})

_STATE = """
import json
from dukao.site.history.models import Entry
from dukao.site.history.queries import verify_chain
from dukao.site.keeping.tables import kept_models, read_rows, write_line
from dukao.site.people.models import Place
tables = {
    one._meta.label_lower: [write_line(row).decode() for row in read_rows(one)] for one in kept_models()
}
print(json.dumps({"tables": tables, "holds": verify_chain().holds}))
"""
# Writes without end: in every transaction one place and one entry.
_WRITER = """
import sys
from django.db import transaction
from django.db.models import TextChoices
from django.utils.timezone import now
from dukao.site.history.actions import record
from dukao.site.history.values import PROGRAM
from dukao.site.people.models import Place

class Action(TextChoices):
    MADE = "made", "做"

for number in range(100_000, 200_000):
    with transaction.atomic():
        place = Place.objects.create(code=str(number), name="地方", level="county")
        record(Action.MADE, by=PROGRAM, at=now(), about=[("place", place.pk)])
    if number in (100_020, 100_040):
        print(number, flush=True)
"""
_RESTORE_ALL = """
import sys
from pathlib import Path
from django.utils.timezone import now
from dukao.site.keeping.restore import restore_backup
from dukao.site.refusals import Refused
for path in sys.argv[1:]:
    try:
        restore_backup(Path(path), replace=True, at=now())
        print("restored")
    except Refused as refused:
        print(refused.sentence)
"""
_NO_TABLES = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DROP SCHEMA public CASCADE")
    cursor.execute("CREATE SCHEMA public")
"""
# Somebody else is here already.
_USE = """
from dukao.site.people.models import User
User.objects.create(username="somebody", name="某人")
"""
# A next row of every kind gets a key of its own.
_GOES_ON = """
from django.db import transaction
from django.utils.timezone import now
from dukao.site.archive.actions import Upload, keep_document
from dukao.site.people.access import viewer_of
from dukao.site.people.models import Place, User
Place.objects.create(code="990999", name="新区", level="county")
user = User.objects.get(username="clerk-990301")
text = "# 政府工作报告\\n\\n## 二、2025年工作安排\\n\\n新增绿道10公里以上。\\n"
print(keep_document(Upload(text.encode(), "明年.md"), by=viewer_of(user, now()), at=now()).pk)
"""


def fill(site: Site, folder: Path) -> None:
    """A place with two documents and a draft."""
    (folder / "报告.md").write_text(REPORT, encoding="utf-8")
    (folder / "分解.md").write_text(BREAKDOWN, encoding="utf-8")
    done = site.command("import", folder / "报告.md", folder / "分解.md", "--place", "990301:试验区")
    assert done.returncode == 0, done.stderr


def state_of(site: Site) -> dict[str, list[str]]:
    """Every row of every table, after a walk along the chain."""
    done = site.script(_STATE)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["holds"]
    tables: dict[str, list[str]] = said["tables"]
    return tables


@pytest.mark.parametrize(("source", "target"), _WAYS)
def test_a_backup_restores_every_row_and_file(source: str, target: str, tmp_path: Path) -> None:
    backup = tmp_path / "backup.zip"
    with new_site(source, tmp_path) as site, new_site(target, tmp_path) as other:
        fill(site, tmp_path)
        before = state_of(site)
        assert site.command("backup", backup).returncode == 0
        assert backup.stat().st_mode & 0o077 == 0
        restored = other.command("restore", backup)
        assert restored.returncode == 0, restored.stderr
        after = state_of(other)
        for label, rows in before.items():
            if label not in ("history.chain", "history.entry"):
                assert after[label] == rows, label
        assert after["history.entry"][:-1] == before["history.entry"]
        assert "site-restored" in after["history.entry"][-1]
        assert other.command("verify").returncode == 0
        goes_on = other.script(_GOES_ON)
        assert goes_on.returncode == 0, goes_on.stderr
        assert int(goes_on.stdout) > 2


def test_a_backup_is_of_one_moment_while_the_site_is_written_to(tmp_path: Path) -> None:
    backup = tmp_path / "backup.zip"
    with new_site(VENDOR, tmp_path) as site, new_site("sqlite", tmp_path) as other:
        writer = site.begin(_WRITER)
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "100020\n"
            done = site.command("backup", backup)
            assert done.returncode == 0, done.stderr
            assert writer.stdout.readline() == "100040\n"
            assert writer.poll() is None
        finally:
            writer.kill()
            writer.wait()
        assert other.command("restore", backup).returncode == 0
        tables = state_of(other)
        places, entries = len(tables["people.place"]), len(tables["history.entry"]) - 1
        assert places == entries
        assert places > 20


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A filled site that no test may change."""
    folder = tmp_path_factory.mktemp("filled")
    with new_site("sqlite", folder) as site:
        fill(site, folder)
        yield site


@pytest.fixture(scope="module")
def backup(filled: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup."""
    path = tmp_path_factory.mktemp("backup") / "backup.zip"
    done = filled.command("backup", path)
    assert done.returncode == 0, done.stderr
    return path


def test_an_altered_or_cut_backup_is_refused_and_changes_nothing(
    filled: Site, backup: Path, tmp_path: Path
) -> None:
    before = state_of(filled)
    spoilt = _spoil(backup, tmp_path)
    done = filled.script(_RESTORE_ALL, *spoilt, _forge_chain(backup, tmp_path))
    said = done.stdout.splitlines()
    assert len(said) == len(spoilt) + 1, done.stderr
    for path, line in zip(spoilt, said, strict=False):
        assert "什么也没有改动" in line, path
    assert "原有数据未动" in said[-1]
    assert state_of(filled) == before


def test_a_database_in_use_is_replaced_only_when_told_so(backup: Path, tmp_path: Path) -> None:
    with new_site("sqlite", tmp_path) as other:
        other.script(_USE)
        refused = other.command("restore", backup)
        assert refused.returncode == 1
        assert "1 个账号" in refused.stderr
        assert "--replace" in refused.stderr
        assert other.command("restore", backup, "--replace").returncode == 0
        tables = state_of(other)
        assert '"990301"' in tables["people.place"][0]
        assert len(tables["people.user"]) == 1
        assert "clerk-990301" in tables["people.user"][0]


def test_a_restore_that_fails_leaves_nothing_in_a_new_place(backup: Path, tmp_path: Path) -> None:
    with new_site(VENDOR, tmp_path) as model:
        place = Site(tmp_path / "new", model.url)
        if VENDOR == "postgresql":
            model.script(_NO_TABLES)
        forged = _forge_chain(backup, tmp_path)
        for spoilt in (tmp_path / "无.zip", _spoil(backup, tmp_path)[-1], forged):
            assert place.command("restore", spoilt).returncode == 1
            assert not place.home.exists(), spoilt
        place.home.mkdir()
        (place.home / "fonts").mkdir()
        assert place.command("restore", forged).returncode == 1
        assert [path.name for path in place.home.iterdir()] == ["fonts"]
        assert place.command("backup", tmp_path / "nothing.zip").returncode == 1
        done = place.command("restore", backup)
        assert done.returncode == 0, done.stderr
        assert "下一步：运行 dukao verify" in done.stdout
        assert place.command("restore", forged, "--replace").returncode == 1
        assert place.command("verify").returncode == 0


def test_a_backup_that_cannot_be_written_leaves_no_file(filled: Site, tmp_path: Path) -> None:
    done = filled.command("backup", tmp_path / "no" / "backup.zip")
    assert done.returncode == 1
    assert "所在的文件夹不存在" in done.stderr


def test_a_home_without_tables_has_nothing_to_back_up(tmp_path: Path) -> None:
    empty = Site(tmp_path, "")
    done = empty.command("backup", tmp_path / "backup.zip")
    assert done.returncode == 1
    assert "还没有" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_command_on_a_mistyped_folder_makes_nothing_there(tmp_path: Path) -> None:
    mistyped = Site(tmp_path / "督靠", "")
    for words in (("verify",), ("jobs",), ("reissue", "audit")):
        assert mistyped.command(*words).returncode == 1
        assert not mistyped.home.exists()


def test_a_mistyped_folder_beside_another_database_gets_no_key(tmp_path: Path) -> None:
    mistyped = Site(tmp_path / "督靠", "postgresql://nobody@127.0.0.1:9/nowhere")
    for words in (("verify",), ("jobs",), ("reissue", "audit")):
        done = mistyped.command(*words)
        assert done.returncode == 1
        assert "督靠：这里还没有本版本的数据" in done.stderr
        assert not mistyped.home.exists()


def test_a_command_beside_a_site_that_just_starts_leaves_what_that_begins(tmp_path: Path) -> None:
    starting = Site(tmp_path, "")
    begun = [tmp_path / "dukao.sqlite3", tmp_path / "files"]
    begun[0].touch()
    begun[1].mkdir()
    assert starting.command("jobs").returncode == 1
    assert all(path.exists() for path in begun)


def _spoil(backup: Path, folder: Path) -> list[Path]:
    """The backup cut short, with a byte turned, with a row changed, with a part more."""
    data = backup.read_bytes()
    spoilt = {"cut": data[: len(data) // 2], "turned": _turn(data), "text": "不是备份".encode()}
    paths = []
    for name, content in spoilt.items():
        paths.append(folder / f"{name}.zip")
        paths[-1].write_bytes(content)
    changed, more = folder / "changed.zip", folder / "more.zip"
    _rewrite(
        backup, changed, lambda name, part: part.replace(b"zhang", b"zhong").replace(b"990301", b"990399")
    )
    _rewrite(backup, more, lambda _name, part: part)
    with zipfile.ZipFile(more, "a") as package:
        package.writestr("files/../../evil", b"x")
    return [*paths, changed, more]


def _turn(data: bytes) -> bytes:
    """One byte turned inside the largest part: what stands between the parts says nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        largest = max(package.infolist(), key=lambda part: part.compress_size)
    at = largest.header_offset + 30 + len(largest.filename) + largest.compress_size // 2
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def _rewrite(backup: Path, target: Path, change: Callable[[str, bytes], bytes]) -> None:
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))


def _forge_chain(backup: Path, folder: Path) -> Path:
    """A backup whose list agrees with its parts, but whose history was rewritten."""
    forged = folder / "forged.zip"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(forged, "w") as new:
        entries = old.read("tables/history.entry.jsonl").replace("存入文件".encode(), "取出文件".encode())
        manifest = json.loads(old.read("manifest.json"))
        manifest["tables"]["history.entry"]["sha256"] = sha256(entries).hexdigest()
        for name in old.namelist():
            part = old.read(name)
            part = entries if name == "tables/history.entry.jsonl" else part
            part = json.dumps(manifest).encode() if name == "manifest.json" else part
            new.writestr(name, part)
    return forged
