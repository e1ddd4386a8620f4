"""A liaison files ten items on a phone: clicks and fields are counted, minutes by a stated model."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from dukao.site.supervision.filing.effort import CLICK, READ, SHORT, WORDS
from tests.site.browser.conftest import Served, Windows, take_picture

pytestmark = pytest.mark.browser
_NEW = "本月完成主体结构，内装同步推进。"


@dataclass
class Hand:
    """The hand of the liaison, its clicks and the fields it fills counted item by item."""

    page: Any
    clicks: int = 0
    short: int = 0
    words: int = 0
    fields: dict[str, int] = field(default_factory=dict)

    def click(self, place: Any) -> None:
        """Press something, and wait for what it does."""
        place.click()
        self.clicks += 1
        self.page.wait_for_load_state("networkidle")

    def fill(self, item: str, place: Any, text: str, *, is_words: bool = False) -> None:
        """Fill one field."""
        place.fill(text)
        self.fields[item] = self.fields.get(item, 0) + 1
        if is_words:
            self.words += 1
        else:
            self.short += 1

    @property
    def seconds(self) -> float:
        """What it takes: every item read, every click, every field."""
        return 10 * READ + self.clicks * CLICK + self.short * SHORT + self.words * WORDS


def test_ten_items_are_filed_in_under_ten_minutes_on_a_phone(windows: Windows, month: Served) -> None:
    page = windows.enter(month, "liaison", "phone")
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto("/filings/")
    assert "10 项待填" in page.inner_text("h1")
    take_picture(page, "filing-phone")
    hand = Hand(page)
    items = [f"#{one.get_attribute('id')}" for one in page.locator(".filing").all()]
    assert len(items) == 10
    for item in items[4:]:
        hand.click(page.locator(f"{item} button", has_text="无变化"))
        page.wait_for_selector(f"{item}.filing--draft")
    assert hand.clicks == 6, "one click for each item that has not changed"
    for item in items[:2]:
        hand.click(page.locator(f"{item} > details > summary", has_text="更新"))
        hand.fill(item, page.locator(f"{item} [name=value]"), "7")
        hand.fill(item, page.locator(f"{item} [name=progress]"), _NEW, is_words=True)
        save(hand, item)
    tick_milestone(hand, items[2])
    fill_anew(hand, items[3])
    assert max(hand.fields.values()) <= 4
    assert hand.seconds < 600, hand
    page.wait_for_selector("h1 >> text=10 项都填好了")
    assert complaints == []
    head = windows.enter(month, "unit_head", "phone")
    head.goto("/filings/")
    head.click("text=确认报送 10 项")
    head.wait_for_selector("text=10 项都已报送")


def tick_milestone(hand: Hand, item: str) -> None:
    hand.click(hand.page.locator(f"{item} > details > summary", has_text="更新"))
    hand.click(hand.page.locator(f"{item} [name^=step_]").first)
    hand.fill(item, hand.page.locator(f"{item} [name=progress]"), _NEW, is_words=True)
    save(hand, item)


def fill_anew(hand: Hand, item: str) -> None:
    """An item nothing was said of before: its form stands open, its day is there."""
    hand.fill(item, hand.page.locator(f"{item} [name=value]"), "1")
    hand.fill(item, hand.page.locator(f"{item} [name=progress]"), _NEW, is_words=True)
    hand.fill(item, hand.page.locator(f"{item} [name=next_step]"), "组织验收。", is_words=True)
    save(hand, item)


def save(hand: Hand, item: str) -> None:
    hand.click(hand.page.locator(f"{item} button", has_text="保存"))
    hand.page.wait_for_selector(f"{item}.filing--draft")


def test_it_is_filed_without_a_script_too(windows: Windows, month: Served) -> None:
    page = windows.enter(month, "liaison", "phone", java_script_enabled=False)
    page.goto("/filings/")
    item = f"#{page.locator('.filing').first.get_attribute('id')}"
    page.locator(f"{item} button", has_text="无变化").click()
    page.wait_for_selector(f"{item}.filing--draft")
    page.locator(f"{item} button", has_text="撤回").click()
    page.wait_for_selector(f"{item}.filing--empty")
    page.locator(f"{item} > details > summary", has_text="更新").click()
    page.fill(f"{item} [name=value]", "7")
    page.locator(f"{item} button", has_text="保存").click()
    page.wait_for_selector(f"{item}.filing--draft")


@pytest.mark.parametrize(("width", "scheme"), [("desk", "light"), ("phone", "dark")])
def test_axe_finds_nothing_on_a_full_page_with_its_folds_open(
    windows: Windows, month: Served, width: str, scheme: str
) -> None:
    page = windows.enter(month, "liaison", width, color_scheme=scheme)
    page.goto("/filings/")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    over = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(over)


def test_a_file_is_added_and_shown_without_leaving_the_page(
    windows: Windows, month: Served, tmp_path: Path
) -> None:
    paper = tmp_path / "验收意见.pdf"
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    page = windows.enter(month, "liaison", "phone")
    page.goto("/filings/")
    item = f"#{page.locator('.filing').first.get_attribute('id')}"
    page.locator(f"{item} > details > summary", has_text="佐证").click()
    page.set_input_files(f"{item} [name=file]", paper)
    page.locator(f"{item} button", has_text="加上").click()
    page.wait_for_selector(f"{item} .filing__proofs >> text=验收意见.pdf")
    page.wait_for_selector(f"{item} .filing__proofs >> text=验收文件")
