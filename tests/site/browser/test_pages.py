"""Every page and form of every role in a real browser: axe finds nothing, nothing runs over the edge."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from tests.site.browser.conftest import Served, Windows
from tests.site.browser.filling import Visit
from tests.site.test_matrix import COLUMNS

pytestmark = pytest.mark.browser
LOOKS = {"desk, light": ("desk", "light"), "phone, dark": ("phone", "dark")}
Choice = Callable[[list[Visit], str], list[Visit]]
TOKEN = "a" * 32  # what the cookie and the form both say


# How a page looks does not hang on the database: the fixed sample is looked at once, on the embedded one.
@pytest.mark.skipif(
    "DUKAO_DATABASE_URL" in os.environ, reason="looked at on the embedded database; DUKAO_LONG=1: on both"
)
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    windows: Windows, filled_site: Served, look: str
) -> None:
    insist(windows, filled_site, look, sample)


@pytest.mark.long
@pytest.mark.skipif(os.environ.get("DUKAO_LONG") != "1", reason="set DUKAO_LONG=1 for the long run")
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_any_page_of_any_role(windows: Windows, filled_site: Served, look: str) -> None:
    insist(windows, filled_site, look, lambda visits, _look: visits)


def test_a_facet_changes_the_page_and_its_address_without_loading_it_anew(
    windows: Windows, filled_site: Served
) -> None:
    page = windows.enter(filled_site, "clerk")
    page.goto("/ledger/2024/")
    rows = page.locator("main table tbody tr td.tasks__number").count()
    page.evaluate("window.isTheSame = true")
    page.click("aside >> text=分解未写时限")
    page.wait_for_url("**/ledger/2024/?no_deadline=1")
    page.wait_for_selector("h1 >> text=符合所选条件")
    assert page.evaluate("window.isTheSame")
    page.wait_for_function("document.activeElement.textContent.startsWith('分解未写时限')")
    page.click("aside >> text=去掉全部条件")
    page.wait_for_selector("h1 >> text=符合所选条件", state="detached")
    assert page.locator("main table tbody tr td.tasks__number").count() == rows
    page.go_back()
    page.wait_for_selector("h1 >> text=符合所选条件")


def insist(windows: Windows, served: Served, look: str, choose: Choice) -> None:
    """Look at what is chosen of every role's pages and forms; fail with all that is found."""
    width, scheme = LOOKS[look]
    visits = [("GET", one) for one in choose(served.pages, look)]
    visits += [("POST", one) for one in choose(served.forms, look)]
    faults = {}
    for role in COLUMNS:
        page = windows.enter(served, role, width, color_scheme=scheme)
        page.context.add_cookies([{"name": "csrftoken", "value": TOKEN, "url": served.address}])
        for method, visit in visits:
            if visit[0] == role and (found := look_at(page, visit, method)):
                faults[visit] = found
    assert faults == {}, "\n".join(f"{visit}: {found}" for visit, found in faults.items())


def sample(visits: list[Visit], look: str) -> list[Visit]:
    """Each page with one of its roles in one of the looks, taking turns."""
    roles: dict[str, list[Visit]] = {}
    for visit in visits:
        roles.setdefault(visit[1], []).append(visit)
    turns = enumerate(roles.values())
    return [known[turn % len(known)] for turn, known in turns if list(LOOKS)[turn % 2] == look]


def test_the_ledger_works_without_a_script(windows: Windows, filled_site: Served) -> None:
    page = windows.enter(filled_site, "clerk", java_script_enabled=False)
    page.goto("/ledger/2024/")
    page.fill("main [name=q]", "绿道")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "绿道" in page.inner_text("main table")
    assert "学位" not in page.inner_text("main table")


def look_at(page: Any, visit: Visit, method: str) -> list[str]:
    """What is wrong with a page, or with a form that was sent empty; nothing of a file."""
    address = visit[2]
    if method == "POST":
        page.route(f"**{address}", send_empty, times=1)
    try:
        answer = page.goto(address)
    except Error as error:
        if "Download is starting" in error.message:
            return []
        raise
    if "html" not in answer.headers["content-type"]:
        return []
    if answer.status not in ((200, 403, 409) if method == "GET" else (409, 422)):
        return [f"answers {answer.status}"]
    found = [one["id"] for one in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("runs over the edge")
    return found


def send_empty(route: Any) -> None:
    """Ask by POST what was asked by GET, with nothing filled in."""
    headers = {**route.request.headers, "content-type": "application/x-www-form-urlencoded"}
    route.continue_(method="POST", headers=headers, post_data=f"csrfmiddlewaretoken={TOKEN}")


@pytest.mark.parametrize(("width", "least"), [(1440, 440), (1280, 320), (1024, 320)])
def test_the_words_of_a_task_have_the_room_of_its_table(
    windows: Windows, filled_site: Served, width: int, least: int
) -> None:
    page = windows.enter(filled_site, "clerk")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/ledger/2024/")
    leader, unit = (
        page.locator(f"main {one} a[href^='/{one_of}']").first.get_attribute("href")
        for one, one_of in (("tr.band", "leaders"), (".tasks__leads", "units"))
    )
    for address in ("/ledger/2024/", leader, unit, "/board/2024/", "/board/2024/?among=undated"):
        page.goto(address)
        boxes = page.eval_on_selector_all(
            ".scroll", "all => all.map(one => one.scrollWidth - one.clientWidth)"
        )
        assert [one for one in boxes if one > 0] == [], address
    page.goto("/ledger/2024/")
    columns = page.eval_on_selector_all(
        ".tasks thead th", "all => all.map(one => one.getBoundingClientRect().width)"
    )
    assert columns[1] == max(columns) >= least
    spilling = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"
    assert page.eval_on_selector_all(".tasks td", spilling) == 0
