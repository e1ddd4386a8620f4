"""What the review says when an answer is not kept: somebody was quicker, no network, no session."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from dukao.sample import sample_path
from tests.site.browser.conftest import Served, Windows
from tests.site.browser.test_upload_to_publish import read_in

pytestmark = pytest.mark.browser
LOST = "没有连上服务器，这一步没有保存。请检查网络后再按一次。"


def test_an_answer_that_cannot_be_kept_is_told_and_the_page_stays_whole(
    windows: Windows, empty_site: Served
) -> None:
    first = windows.log_in(empty_site, "clerk")
    read_in(first, sample_path("report"), sample_path("breakdown"))
    second = windows.log_in(empty_site, "clerk")
    second.goto(first.url)
    is_too_late(first, second)
    loses_the_network(second)
    waits_in_vain(second)
    loses_the_session(second)


def is_too_late(first: Any, second: Any) -> None:
    """The second answers what the first has settled: both answers are shown, on a page like any other."""
    left = second.evaluate("document.querySelector('main').getBoundingClientRect().left")
    name = answer_first(first)
    first.wait_for_selector(f"#{name}.ask--settled")
    second.evaluate("scrollTo(0, document.body.scrollHeight)")
    second.locator(f"#{name} .ask__ways > form button").first.click()
    second.wait_for_selector("text=保留现在的处理")
    assert second.locator("main#main > section").count() == 1
    assert second.evaluate("document.querySelector('main').getBoundingClientRect().left") == left
    second.wait_for_function("document.activeElement.id === 'main' && scrollY === 0")
    assert [one["id"] for one in Axe().run(second).response["violations"]] == []
    second.click("text=保留现在的处理")
    second.wait_for_selector(".review__paper")


def loses_the_network(page: Any) -> None:
    """Offline, a press is told to be lost; what was typed stands; back again, the message goes."""
    more = page.locator(".ask__more:has(input[name=why])").first
    more.locator("summary").click()
    more.locator("input[name=why]").fill("经办公室核对")
    page.context.set_offline(True)
    name = answer_first(page)
    said = page.locator("[role=alert]", has_text=LOST)
    said.wait_for()
    box = said.bounding_box()
    assert 0 <= box["y"] < page.viewport_size["height"], "it is seen wherever the page stands"
    assert more.locator("input[name=why]").input_value() == "经办公室核对"
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.context.set_offline(False)
    page.locator(f"#{name} .ask__ways > form button").first.click()
    page.wait_for_selector(f"#{name}.ask--settled")
    said.wait_for(state="detached")


def waits_in_vain(page: Any) -> None:
    """A site that takes the step and says nothing: nobody knows whether it was kept, and that is said."""
    page.route("**/settle/", lambda route: None)
    page.evaluate("htmx.config.timeout = 200")
    answer_first(page)
    page.wait_for_selector("[role=alert] >> text=不知道这一步有没有保存")
    page.unroute("**/settle/")
    page.reload()


def loses_the_session(page: Any) -> None:
    """Logged out elsewhere, a press leads to log-in, which says why, and from there back to the review."""
    address = page.evaluate("location.pathname + location.search")
    page.context.clear_cookies(name="sessionid")
    answer_first(page)
    page.wait_for_selector("h1 >> text=登录已超时，刚才这一步没有保存，请重新登录")
    page.fill("[name=username]", "clerk")
    page.fill("[name=password]", "Linjiang-2024")
    page.keyboard.press("Enter")
    page.wait_for_selector(".review__paper")
    assert page.evaluate("location.pathname + location.search") == address


def answer_first(page: Any) -> str:
    """Press the first way of the first open question that has one; its id."""
    one = page.locator(".ask:not(.ask--settled):has(.ask__ways > form button)").first
    name = str(one.get_attribute("id"))
    page.locator(f"#{name} .ask__ways > form button").first.click()
    return name
