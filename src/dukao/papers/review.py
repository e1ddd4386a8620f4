"""The review page: report and breakdown side by side, one self-contained HTML file.

It opens without a network and works without JavaScript: links are plain fragments, filters are radio buttons.
Jinja escapes every word that comes from a document, and the page's policy runs no script but its own.
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dukao.breakdown.values import Breakdown
from dukao.papers.desk import Desk, Link
from dukao.papers.setting import SetReport, set_report
from dukao.papers.words import CONVENTIONS, cite_source, clean, year_of
from dukao.report.values import Report

TEMPLATES = Path(__file__).parent / "templates"


class Filter(NamedTuple):
    """A view of the desk: its name, its label, how many it shows, and what to say when there is none."""

    name: str
    label: str
    shown: int
    nothing: str


def render_review(breakdown: Breakdown, report: Report | None) -> str:
    """The review page of a breakdown, held against `report` where one is given, as one HTML document."""
    paper = set_report(report, breakdown) if report else None
    desk = Desk(breakdown, report, paper.anchors if paper else frozenset())
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("review.html")
    return page.render(**_fill(breakdown, report, paper, desk), **_read_script())


def _fill(
    breakdown: Breakdown, report: Report | None, paper: SetReport | None, desk: Desk
) -> dict[str, object]:
    """Everything the template lays out."""
    return {
        "title": f"{year_of(breakdown, report)}政府工作报告责任分解核对",
        "answer": _answer(breakdown, desk),
        "breakdown": breakdown,
        "report": report,
        "paper": paper,
        "filters": _list_filters(breakdown, desk),
        "calls": desk.calls,
        "stacks": desk.stacks,
        "projects": desk.projects,
        "uncovered": desk.uncovered,
        "notes": desk.notes,
        "coverage": breakdown.coverage,
        "facts": _list_facts(breakdown, report),
    }


def _read_script() -> dict[str, str]:
    """The page's own script, and its fingerprint: the page's policy lets no other script run."""
    script = (TEMPLATES / "review.js").read_text(encoding="utf-8")
    fingerprint = b64encode(sha256(script.encode()).digest()).decode()
    return {"script": Markup(script), "script_hash": f"sha256-{fingerprint}"}


def _answer(breakdown: Breakdown, desk: Desk) -> list[Link]:
    """The sentence the page opens with; every count in it leads to what it counts."""
    tasks, contents = breakdown.tasks, breakdown.livelihood
    said = [Link(f"{len(tasks)} 项重点工作", "#tasks")] if tasks or not contents else []
    twice = len(tasks) - len({clean(task.text) for task in tasks})
    if twice:
        said.append(Link(f"（{twice} 项重复列出）"))
    if contents:
        projects = len({content.number for content in contents})
        said += [
            Link("、" if said else ""),
            Link(f"{projects} 个民生实事项目 {len(contents)} 项内容", "#livelihood"),
        ]
    calls = desk.calls
    said += [Link("；"), Link(f"{len(desk.matters)} 处需要核对" if calls else "没有需要核对的", "#need")]
    for number, group in enumerate(calls):
        said += [Link("、" if number else "：")]
        said += [Link(f"{group.label} {len(group.calls)}", f"#need-{group.reason}")]
    return [*said, *_answer_coverage(breakdown)]


def _answer_coverage(breakdown: Breakdown) -> list[Link]:
    coverage = breakdown.coverage
    if not coverage:
        return [Link("。未附报告，没有对照。")]
    made = Link(f"{coverage.commitments} 项承诺", "#paper")
    if not coverage.uncovered:
        return [Link("。报告 "), made, Link("都有任务承接。")]
    open_ = Link(f"{len(coverage.uncovered)} 项未分解", "#uncovered")
    return [Link("。报告 "), made, Link("中 "), open_, Link("。")]


def _list_filters(breakdown: Breakdown, desk: Desk) -> list[Filter]:
    """The filters, those that would show nothing left out except the three one always looks for."""
    cards = [card for stack in [*desk.stacks, *desk.projects] for card in stack.cards]
    counts = {name: sum(name in card.filters.split() for card in cards) for name in ("differ", "undecided")}
    reasons = [matter.reason for matter in desk.matters]
    open_ = len(breakdown.coverage.uncovered) if breakdown.coverage else 0
    held = [
        Filter("differ", "不一致", counts["differ"], "没有与报告不一致的。"),
        Filter("uncovered", "未分解", open_, "报告的承诺都有任务承接。"),
    ]
    filters = [
        Filter("all", "全部", len(cards), ""),
        Filter("need", "待核对", len(desk.matters), "没有需要核对的。"),
        *(held if breakdown.coverage else []),
        Filter("conflict", "冲突与口径", reasons.count("conflict") + reasons.count("check"), ""),
        Filter("undecided", "牵头未定", counts["undecided"], ""),
        Filter("alias", "单位异名", reasons.count("alias"), ""),
    ]
    return [one for one in filters if one.shown or one.nothing]


def _list_facts(breakdown: Breakdown, report: Report | None) -> list[tuple[str, str]]:
    """What a reader must know of the two documents: the files, the notice, how leads are marked."""
    notice = breakdown.notice
    facts = [
        ("通知", clean(notice.title or "")),
        ("文号", notice.document_number or ""),
        ("成文", notice.dated or ""),
        ("审议", notice.meeting or ""),
        ("牵头标法", "；".join(CONVENTIONS[name] for name in breakdown.lead_conventions)),
        ("责任分解", cite_source(breakdown.source)),
        ("政府工作报告", cite_source(report.source) if report else ""),
    ]
    return [(name, said) for name, said in facts if said]
