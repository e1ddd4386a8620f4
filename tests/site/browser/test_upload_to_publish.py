"""From two files to an issued ledger in a real browser, as a clerk and a head do it."""

from datetime import date
from typing import Any

import pytest

from dukao.sample import sample_path
from tests.site.browser.conftest import Served, Windows, take_picture

pytestmark = pytest.mark.browser


def test_a_clerk_and_a_head_bring_two_files_to_an_issued_ledger(windows: Windows, empty_site: Served) -> None:
    clerk = windows.log_in(empty_site, "clerk")
    complaints = watch(clerk)
    read_in(clerk)
    take_picture(clerk, "site-review")
    asked, pressed, typed = settle_all(clerk)
    assert asked == 22
    assert pressed <= asked + 2 * typed, "one press a question, two more where a reason is written"
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


def watch(page: Any) -> list[str]:
    """What the browser complains of: scripts refused, errors, missing files."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def read_in(page: Any) -> None:
    page.goto("/breakdowns/new/")
    page.set_input_files("[name=report_file]", sample_path("report"))
    page.set_input_files("[name=breakdown_file]", sample_path("breakdown"))
    page.click("main form button[type=submit]")
    page.wait_for_url("**/review/**")


def settle_all(page: Any) -> tuple[int, int, int]:
    """Answer every question with one press where that is enough: how many, presses, reasons written."""
    questions = [one.get_attribute("id") for one in page.locator(".ask").all()]
    pressed = typed = 0
    for name in questions:
        one = page.locator(f"#{name}")
        if "ask--settled" in one.get_attribute("class"):
            continue
        proposed, ready = one.locator(".ask__proposed"), one.locator(".ask__ways > form button")
        if proposed.count() or ready.count():
            kept = ready.filter(has_text="保留")
            next(some for some in (proposed, kept, ready) if some.count()).first.click()
            pressed += 1
        else:
            ways = one.locator("details.ask__more")
            kept = ways.filter(has_text="保留")
            more = kept.first if kept.count() else ways.last
            more.locator("summary").click()
            more.locator("[name=why]").fill("经区政府办公室核对")
            more.locator("button").click()
            pressed, typed = pressed + 2, typed + 1
        page.wait_for_selector(f"#{name}.ask--settled")
    return len(questions), pressed, typed


def consult(page: Any) -> None:
    page.goto("/breakdowns/1/consultation/")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=还没有答复")
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
