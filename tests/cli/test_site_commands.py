"""The commands around the record, as somebody types them: import, verify, demo."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest

from tests.site.children import ROOT, Site, new_site
from tests.site.documents import BREAKDOWN, REPORT

_BREAK = """
from django.db import connection
from dukao.site.history import protection
from dukao.site.history.models import Entry
protection.lift(connection)
Entry.objects.filter(sequence=2).update(why="另有理由")
"""
_STANDS = """
import json
from dukao.site.history.models import Entry
from collections import Counter
from dukao.site.ledger.models import Consultation, TaskState
from dukao.site.showing.past import STANDS
from dukao.site.supervision.models import Bulletin, Completion, Filing, Instruction, Meeting, Notice, Round
from dukao.site.people.access import viewer_of
from dukao.site.people.models import User
from dukao.site.supervision.registers.access import kept_register
from dukao.site.supervision.registers.items import read_items
from dukao.site.supervision.seeing.queries import lights_of
clerk = viewer_of(User.objects.get(username="clerk"), STANDS)
projects = read_items(clerk, kept_register(clerk.place_id, "project"), STANDS.date(), STANDS)
states = TaskState.objects.at(None).filter(task__year=2024, status="issued").exclude(task__kind="register")
lights = lights_of(list(states.values_list("task_id", flat=True)), STANDS.date(), STANDS)
asked = Instruction.objects.order_by("pk")
last = Round.objects.order_by("period_end").last()
print(json.dumps({
    "open": [one.label for one in Round.objects.filter(closed_at=None, due_at__gt="2024-09-20T00:00Z")],
    "filings": sorted(set(Filing.objects.filter(round=last).values_list("stage", flat=True))),
    "notices": sorted(set(Notice.objects.values_list("stage", flat=True))),
    "closings": sorted(set(Completion.objects.values_list("stage", flat=True))),
    "lights": Counter(one.light.value for one in lights.values()),
    "blocked": sorted(one.progress.reason for one in lights.values() if one.light.value == "blocked"),
    "instructions": [[bool(one.done_at), one.is_overdue(STANDS.date())] for one in asked if one.post_id],
    "decisions": [one.task_id is not None for one in asked if one.meeting_id],
    "meetings": [[str(one.held_on), len(one.agenda["items"])] for one in Meeting.objects.order_by("pk")],
    "bulletins": [[one.label, one.stage] for one in Bulletin.objects.order_by("pk")],
    "asked": [[one.breakdown.year, one.closed_at is None] for one in Consultation.objects.all()],
    "projects": [(one.stage, one.lights and one.lights.progress.light.value) for one in projects],
    "going on": [one.stage for one in projects if one.values["nature"] == "续建"],
    "last": str(Entry.objects.order_by("-at").first().at.date()),
}))
"""
_LOSE = """
from dukao.site.archive import store
from dukao.site.archive.models import Document
store.path_of(Document.objects.get(kind="report").sha256).unlink()
"""


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """The small report and its breakdown as files."""
    paths = [tmp_path / "报告.md", tmp_path / "分解.md"]
    for path, text in zip(paths, (REPORT, BREAKDOWN), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_import_goes_as_far_as_the_review_and_says_what_is_open(papers: list[Path], tmp_path: Path) -> None:
    with new_site("sqlite", tmp_path) as site:
        done = site.command("import", *papers, "--place", "990301:试验区")
        assert done.returncode == 0, done.stderr
        for said in (
            "clerk-990301",
            "只显示这一次",
            "2024年，17 项，草稿",
            "牵头未定（",
            "数字不一致（",
            "网站的 /breakdowns/1/",
            "下一步：运行 dukao serve，在浏览器里打开它打印的地址，用 clerk-990301 登录",
        ):
            assert said in done.stdout, said
        again = site.command("import", *papers, "--place", "990301:试验区", "--as", "clerk-990301")
        assert again.returncode == 1
        assert "已有责任分解" in again.stderr


def test_import_of_a_report_alone_drafts_and_says_what_is_open(papers: list[Path], tmp_path: Path) -> None:
    with new_site("sqlite", tmp_path) as site:
        done = site.command("import", papers[0], "--place", "990301:试验区")
        assert done.returncode == 0, done.stderr
        for said in (
            "2024年政府工作报告重点工作责任分解：2024年，",
            "草稿",
            "牵头未定（",
            "由谁牵头？",
            "/breakdowns/1/",
        ):
            assert said in done.stdout, said
        assert site.command("verify").returncode == 0
        tried = site.command(
            *("import", papers[0], "--place", "990302:另一区", "--as", "zhang", "--accept-proposals"),
            *("--year", "2025"),
        )
        assert tried.returncode == 0, tried.stderr
        assert "文件自己写的是2024年，按 --year 收作2025年" in tried.stderr
        papers[0].write_text(REPORT.replace("2024", "2025"), encoding="utf-8")
        differing = site.command("import", *papers, "--place", "990303:第三区")
        assert differing.returncode == 0, differing.stderr
        assert "--year 收作" not in differing.stderr
        assert "提示：也有文件写的是" in differing.stderr
        assert "已印发（试用〔" in tried.stdout


def test_import_for_a_trial_issues_in_the_name_of_one_user(papers: list[Path], tmp_path: Path) -> None:
    with new_site("sqlite", tmp_path) as site:
        done = site.command(
            "import",
            *papers,
            "--place",
            "990301:试验区",
            "--year",
            "2024",
            "--as",
            "zhang",
            "--accept-proposals",
        )
        assert done.returncode == 0, done.stderr
        assert "已印发（望政办〔2024〕5号" in done.stdout
        assert "/ledger/2024/" in done.stdout
        assert site.command("verify").returncode == 0


def test_import_refuses_in_one_line_and_leaves_nothing(papers: list[Path], tmp_path: Path) -> None:
    letter = tmp_path / "信.md"
    letter.write_text("一封家书。", encoding="utf-8")
    wrong = (
        ([*papers, "--place", "鹿城区"], "--place 要写成"),
        ([*papers, "--place", "990301"], "请连名称一起写"),
        ([*reversed(papers), "--place", "990301:试验区"], "放反了"),
        ([papers[0], letter, "--place", "990301:试验区"], "既不是政府工作报告"),
        ([papers[0], tmp_path / "无.md", "--place", "990301:试验区"], "找不到这个文件"),
    )
    with new_site("sqlite", tmp_path) as site:
        for args, said in wrong:
            done = site.command("import", *args)
            assert done.returncode == 1, done.stdout
            assert said in done.stderr
            assert len(done.stderr.splitlines()) == 1
        unnamed = site.command("import", *papers, "--place", "990301:试验区", "--accept-proposals")
        assert unnamed.returncode == 2
        assert "--as" in unnamed.stderr
        counts = "from dukao.site.people.models import Place; print(Place.objects.count())"
        assert site.script(counts).stdout == "0\n"


def test_import_asks_for_somebody_who_may(papers: list[Path], tmp_path: Path) -> None:
    with new_site("sqlite", tmp_path) as site:
        site.command("import", *papers, "--place", "990301:试验区")
        unknown = site.command("import", *papers, "--place", "990301", "--as", "nobody")
        assert unknown.returncode == 1
        assert "没有登录名为“nobody”" in unknown.stderr
        assert "clerk-990301" in unknown.stderr
        no_head = site.command(
            "import", *papers, "--place", "990301", "--as", "clerk-990301", "--accept-proposals"
        )
        assert no_head.returncode == 1
        assert "没有“办公室负责人”的角色" in no_head.stderr


def test_verify_names_the_first_broken_entry_and_every_lost_file(papers: list[Path], tmp_path: Path) -> None:
    with new_site("sqlite", tmp_path) as site:
        site.command("import", *papers, "--place", "990301:试验区")
        whole = site.command("verify")
        assert whole.returncode == 0
        assert "条条相接" in whole.stdout
        assert "文件：2 份" in whole.stdout
        site.script(_BREAK)
        site.script(_LOSE)
        broken = site.command("verify")
        assert broken.returncode == 1
        assert "第 2 条的查询栏与内容不符" in broken.stderr
        assert "《政府工作报告》" in broken.stderr
        assert "从备份中取回" in broken.stderr


def test_verify_of_nothing_says_what_to_do(tmp_path: Path) -> None:
    done = Site(tmp_path, "").command("verify")
    assert done.returncode == 1
    assert "dukao serve" in done.stderr


_PHONE = """
from django_otp.plugins.otp_totp.models import TOTPDevice
from django.utils.timezone import now
from dukao.site.people.enrolment import enrol_administrators
from dukao.site.people.models import User
enrol_administrators(now())
for user in User.objects.all():
    user.set_password("Forgotten-2024")
    user.must_change_password = False
    user.save()
    TOTPDevice.objects.create(user=user, name="手机", confirmed=True)
"""
_LET_IN = """
import json, sys
from dukao.site.history.models import Entry
from dukao.site.people.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
user = User.objects.get(username="secadmin")
phones = [one.user.username for one in TOTPDevice.objects.order_by("user")]
told = Entry.objects.latest("sequence").action
print(json.dumps([user.check_password(sys.argv[1]), user.must_change_password, phones, told]))
"""


def test_an_administrator_who_lost_everything_is_let_in_at_the_machine(tmp_path: Path) -> None:
    with new_site("sqlite", tmp_path) as site:
        site.script(_PHONE)
        done = site.command("reissue", "secadmin")
        assert done.returncode == 0, done.stderr
        secret = done.stdout.splitlines()[0].partition("：")[2]
        told = json.loads(site.script(_LET_IN, secret).stdout)
        assert told == [True, True, ["sysadmin", "auditor"], "administrator-reissued"]
        assert site.command("verify").returncode == 0
        for name in ("zhang", "dukao"):
            refused = site.command("reissue", name)
            assert refused.returncode == 1
            assert "不是在用的管理员账号" in refused.stderr
            assert "sysadmin（系统管理员）" in refused.stderr


def test_demo_ends_with_the_ledger_and_does_not_fill_again(tmp_path: Path) -> None:
    site = Site(tmp_path, "")
    for _ in range(2):
        said = _visit_demo(site, _free_port())
        assert "Linjiang-2024" in said
        for username in (
            "clerk",
            "head",
            "fagai",
            "jiaoyu",
            "leader",
            "mayor",
            "deputy",
            "auditor",
            "system",
        ):
            assert username in said
    count = site.script("from dukao.site.ledger.models import Breakdown; print(Breakdown.objects.count())")
    assert count.stdout == "2\n"  # the year's, and next year's candidates on which the units are asked
    stands = json.loads(site.script(_STANDS).stdout)
    _looks_like_a_year(stands)
    assert stands["open"] == ["2024年9月"]
    assert {"empty", "confirmed", "accepted"} <= set(stands["filings"])
    assert {"checked", "closed"} <= set(stands["notices"])
    assert "closed" in stands["closings"]
    assert stands["last"].startswith("2024-09-20")
    assert site.command("verify").returncode == 0


def _looks_like_a_year(stands: dict[str, Any]) -> None:
    """Most tasks are judged, and of everything an office does in a year something is there."""
    lights = stands["lights"]
    total = sum(lights.values())
    assert total == 143
    assert 0.6 * total < lights["green"] < 0.8 * total
    assert lights["unknown"] < 0.12 * total
    assert min(lights[name] for name in ("yellow", "red", "blocked", "undated", "none")) >= 2
    assert lights["yellow"] > lights["red"]
    assert len(set(stands["blocked"])) == lights["blocked"]
    assert sorted(stands["instructions"]) == [[False, False], [False, True], [True, False]]
    assert stands["decisions"] == [True, True, True]
    assert [day for day, _ in stands["meetings"]] == ["2024-07-26", "2024-09-27"]
    assert min(items for _, items in stands["meetings"]) > 10
    assert stands["bulletins"] == [["2024年上半年", "sent"], ["2024年三季度", "draft"]]
    assert stands["asked"] == [[2025, True]]
    stages = Counter(stage for stage, _ in stands["projects"])
    assert stages == {"储备": 1, "前期": 2, "开工": 1, "在建": 2, "竣工": 1, "待立项": 1}
    assert [stage for stage, light in stands["projects"] if light == "yellow"] == ["前期"]
    assert stands["going on"] == ["在建"]


def test_demo_says_that_a_port_is_taken_before_it_fills_anything(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = Site(tmp_path, "").command("demo", "--no-browser", "--port", port)
    assert done.returncode == 1
    assert f"{port} 端口已被占用" in done.stderr
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_simulate_tells_what_happened_and_leaves_a_database_in_use_alone(tmp_path: Path) -> None:
    site = Site(tmp_path, "")
    options = ("--tasks", 12, "--units", 6, "--months", 1)
    done = site.command("simulate", *options)
    assert done.returncode == 0, done.stderr
    for said in ("填报进展", "月底的灯", "2024-02", "校验值", "之比", "处理器时间"):
        assert said in done.stdout, said
    again = site.command("simulate", *options)
    assert again.returncode == 1
    assert "模拟只放进空库" in again.stderr


def test_demo_leaves_a_database_in_use_alone(papers: list[Path], tmp_path: Path) -> None:
    with new_site("sqlite", tmp_path) as site:
        site.command("import", *papers, "--place", "990301:试验区")
        done = site.command("demo", "--no-browser", "--port", _free_port())
        assert done.returncode == 1
        assert "样例只放进空库" in done.stderr


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _visit_demo(site: Site, port: int) -> str:
    """Start the demo, follow its ticket to the ledger, stop it; what it printed."""
    command = [sys.executable, "-m", "dukao", "demo", "--no-browser", "--port", str(port)]
    process = subprocess.Popen(
        command, env=site.environment(), cwd=ROOT, text=True, stdout=subprocess.PIPE, start_new_session=True
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/login/")
        ticket = "from dukao.site.showing.entering import ticket_for; print(ticket_for('clerk'))"
        path = site.script(ticket).stdout.strip()
        opener = build_opener(ProxyHandler({}), HTTPCookieProcessor())
        with opener.open(f"http://127.0.0.1:{port}{path}", timeout=30) as page:
            assert page.url.endswith("/ledger/2024/")
            assert "临江区" in page.read().decode()
        with build_opener(ProxyHandler({}), HTTPCookieProcessor()).open(
            f"http://127.0.0.1:{port}/demo/?ticket=clerk:1:forged", timeout=30
        ) as page:
            assert "/login/" in page.url
    finally:
        os.killpg(process.pid, signal.SIGINT)
        said, _ = process.communicate(timeout=30)
    return said


def _wait_for(address: str) -> None:
    opener = build_opener(ProxyHandler({}))
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        try:
            opener.open(address, timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.3)
    raise AssertionError("the demo does not answer")
