"""From two files to an issued ledger in a real browser, as a clerk, units and a head do it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dukao.sample import sample_path
from tests.site.browser.conftest import Served, Windows, take_picture

pytestmark = pytest.mark.browser


def test_a_clerk_and_a_head_bring_two_files_to_an_issued_ledger(windows: Windows, empty_site: Served) -> None:
    clerk = windows.log_in(empty_site, "clerk")
    complaints = watch(clerk)
    read_in(clerk, sample_path("report"), sample_path("breakdown"))
    take_picture(clerk, "site-review")
    work = settle_all(clerk)
    assert work.asked.total() == 22
    assert work.pressed <= 22 + 2 * work.typed + work.chosen, (
        "one press a question, one more where a reason is chosen, two where it is written"
    )
    consult(clerk)
    approve(clerk)
    issue(windows.log_in(empty_site, "head"))
    clerk.goto("/ledger/2024/")
    assert "119 行" in clerk.inner_text("h1")
    assert "118 项" in clerk.inner_text("h1")
    take_picture(clerk, "ledger")
    assert complaints == []
    proved = empty_site.site.command("verify")
    assert proved.returncode == 0, proved.stderr


# What a place and a person have to answer in the two real documents, and nothing else: what is plain (a lead
# that stands in the remark, a matter for everybody, a group the lead unit names) is not asked.
TRULY_OPEN = {
    "单位异名": 3,
    "一事两位领导": 1,
    "一事两家牵头": 1,
    "文字残缺": 1,
    "数字不一致": 5,
    "文字不一致": 12,
    "承诺未分解": 3,
    "口径待核": 3,
}
ENROL = """
from django.db.models import Count, Q
from django.utils.timezone import now
from dukao.site.people.models import Grant, Place, Role, Unit, User
place = Place.objects.get()
led = Count("responsibilities", filter=Q(responsibilities__role="lead"))
for name, unit in zip(("first", "second"), Unit.objects.filter(place=place).alias(led=led).order_by("-led")):
    user = User(username=name, name=name, place=place, unit=unit, must_change_password=False)
    user.password = User.objects.get(username="clerk").password
    user.save()
    Grant.objects.create(user=user, role=Role.LIAISON, since=now())
"""


def test_a_real_report_and_its_breakdown_go_from_upload_to_published(
    windows: Windows, empty_site: Served, shared: Path
) -> None:
    (report,), (table,) = ((shared / "seeds").glob(f"{number}_*.txt") for number in ("000", "002"))
    clerk = windows.log_in(empty_site, "clerk")
    complaints = watch(clerk)
    read_in(clerk, report, table)
    work = settle_all(clerk)
    open_consultation(clerk)
    hear_two_units(windows, empty_site)
    rule_and_close(clerk)
    approve(clerk)
    issue(windows.log_in(empty_site, "head"))
    clerk.goto("/ledger/2024/")
    told = clerk.inner_text("h1")
    print(work.told)
    assert [part for part in ("165 行", "164 项", "32 项") if part not in told] == [], told
    assert work.asked == TRULY_OPEN
    assert work.pressed <= work.asked.total() + 2 * work.typed + work.chosen
    assert complaints == []
    proved = empty_site.site.command("verify")
    assert proved.returncode == 0, proved.stderr


def watch(page: Any) -> list[str]:
    """What the browser complains of: scripts refused, errors, missing files."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def read_in(page: Any, report: Path, table: Path) -> None:
    page.goto("/breakdowns/new/")
    page.set_input_files("[name=report_file]", report)
    page.set_input_files("[name=breakdown_file]", table)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/review/**")


@dataclass
class Work:
    """What a clerk had to do: questions by kind, presses, reasons written."""

    asked: Counter[str] = field(default_factory=Counter)
    pressed: int = 0
    typed: int = 0
    chosen: int = 0  # reasons that are one press

    @property
    def told(self) -> str:
        """The figures in one line."""
        kinds = "，".join(f"{kind} {count}" for kind, count in self.asked.most_common())
        return f"{self.asked.total()} questions ({kinds}): {self.pressed} presses, {self.typed} reasons typed"


def settle_all(page: Any) -> Work:
    """Answer every question with one press where that is enough."""
    work = Work()
    for name in [one.get_attribute("id") for one in page.locator(".ask").all()]:
        one = page.locator(f"#{name}")
        if "ask--settled" in one.get_attribute("class"):
            continue
        work.asked[one.locator(".tag").first.inner_text()] += 1
        proposed, ready = one.locator(".ask__proposed"), one.locator(".ask__ways > form button")
        if proposed.count() or ready.count():
            kept = ready.filter(has_text="保留")
            next(some for some in (proposed, kept, ready) if some.count()).first.click()
            work.pressed += 1
        else:
            ways = one.locator("details.ask__more")
            kept = ways.filter(has_text="保留")
            more = kept.first if kept.count() else ways.last
            more.locator("summary").click()
            if more.locator(".usual button").count():
                more.locator(".usual button").first.click()
                work.chosen += 1
            else:
                more.locator("[name=why]").fill("经区政府办公室核对")
                more.locator("button").click()
                work.typed += 1
            work.pressed += 2
        page.wait_for_selector(f"#{name}.ask--settled")
    return work


def consult(page: Any) -> None:
    open_consultation(page)
    close_consultation(page)


def open_consultation(page: Any) -> None:
    page.goto("/breakdowns/1/consultation/")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=还没有答复")


def hear_two_units(windows: Windows, served: Served) -> None:
    """The unit that leads most has nothing against it; the next wants another text. The others are silent."""
    enrolled = served.site.script(ENROL)
    assert enrolled.returncode == 0, enrolled.stderr
    first = windows.log_in(served, "first")
    first.goto("/consultations/1/")
    first.click("text=全部无意见")
    first.wait_for_selector("text=已答复“全部无意见”")
    second = windows.log_in(served, "second")
    second.goto("/consultations/1/")
    second.locator("a", has_text="提意见").first.click()
    second.check("[name=kind][value=text]")
    second.fill("[name=text]", "与有关单位共同推进。")
    second.fill("[name=reason]", "涉及面广。")
    second.click("main form button[type=submit]")
    second.wait_for_selector("text=已提 1 条意见")


def rule_and_close(page: Any) -> None:
    page.goto("/breakdowns/1/consultation/")
    page.fill("main [name=why]", "报告已有表述。")
    page.click("main button[value=not_taken]")
    page.wait_for_selector("text=撤销处理")
    close_consultation(page)


def close_consultation(page: Any) -> None:
    page.goto("/breakdowns/1/consultation/")
    page.click("text=结束征求意见")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=征求意见已于")


def approve(page: Any) -> None:
    page.goto("/breakdowns/1/approval/")
    page.fill("[name=meeting]", "二届区政府第26次常务会议")
    page.fill("[name=approved_on]", f"{date.today():%Y-%m-%d}")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=等办公室负责人签发")


def issue(page: Any) -> None:
    page.goto("/breakdowns/1/issue/")
    page.fill("[name=document_number]", "临政办〔2024〕7号")
    page.fill("[name=issued_on]", f"{date.today():%Y-%m-%d}")
    page.check("[name=publicity][value=public]")
    page.check("[name=confirmed]")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=进入台账")
