"""The ledger as a workbook has it: which tasks, which units, and every cell as plain text."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from dukao.site.archive.models import Publicity
from dukao.site.ledger.duties import Duty
from dukao.site.ledger.models import Register, Role, Stage, Status, TaskKind
from dukao.site.ledger.queries.facets import Facet, choose_rows
from dukao.site.ledger.queries.grouping import Lit
from dukao.site.ledger.queries.ledger import Sheet, read_sheets
from dukao.site.ledger.queries.rows import LeaderName, Row, Tag, leaders_on
from dukao.site.ledger.queries.search import search_rows
from dukao.site.ledger.queries.selection import Selection
from dukao.site.ledger.queries.whole_tasks import WholeTask, read_whole
from dukao.site.ledger.workbooks.columns import Line
from dukao.site.ledger.workbooks.writing import Cover, UnitLine
from dukao.site.people.access import Act, Viewer, may
from dukao.site.people.models import Unit, UnitGroup, UnitName

PROPOSED = "（建议）"


@dataclass(frozen=True, slots=True)
class Export:
    """Everything a workbook of the ledger says."""

    lines: tuple[Line, ...]
    units: tuple[UnitLine, ...]
    cover: Cover


def read_export(
    viewer: Viewer,
    year: int,
    selection: Selection,
    moment: datetime | None,
    now: datetime,
    light: Callable[[list[Row]], Mapping[int, Lit]] | None = None,
) -> Export:
    """The ledger of a year as a viewer sees it at `moment` (None: now), as far as a selection leaves it.

    `light` gives the rows their lights, where the selection asks for some.
    """
    leaders = leaders_on(viewer.place_id, moment, now)
    found = search_rows(viewer, moment, year, selection.terms, leaders)
    rows, facets = choose_rows(found.rows, selection, leaders, light(found.rows) if light else None)
    sheet = next((one for one in read_sheets(viewer, moment) if one.year == year), None)
    cover = Cover(
        place=viewer.place_name,
        year=year,
        as_of=_say_moment(moment, now),
        source=_say_source(sheet),
        selection=_say_selection(selection, facets),
        may_return=moment is None and may(viewer, Act.IMPORT_WORKBOOK),
    )
    tasks = read_whole([row.task_id for row in rows], moment)
    lines = tuple(lay_line(task, leaders) for task in tasks)
    return Export(lines, tuple(_read_units(viewer, rows)), cover)


def _say_moment(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return f"{timezone.localtime(now):%Y-%m-%d %H:%M}（导出时）"
    return f"{timezone.localtime(moment):%Y-%m-%d} 当天结束时"


def _say_source(sheet: Sheet | None) -> str:
    if sheet is None:
        return "没有责任分解"
    if sheet.stage == Stage.ISSUED and sheet.issued_on:
        return f"《{sheet.title}》（{sheet.document_number}，{sheet.issued_on} 印发）"
    return f"《{sheet.title}》（{Stage(sheet.stage).label}，尚未印发）"


def _say_selection(selection: Selection, facets: Sequence[Facet]) -> str:
    said = [f"搜索“{selection.q}”"] if selection.q else []
    for facet in facets:
        chosen = [choice.label for choice in facet.choices if choice.is_on]
        if chosen:
            said.append(f"{facet.label}：{'、'.join(chosen)}")
    return "；".join(said) if said else "您能看到的全部任务"


def _read_units(viewer: Viewer, rows: Sequence[Row]) -> list[UnitLine]:
    """The units and groups of the rows; for who imports all of the place, whose names may be written."""
    leads = Counter(party[:2] for row in rows for party in row.leads)
    others = Counter(party[:2] for row in rows for party in row.responsible + row.supporting)
    everybody = may(viewer, Act.IMPORT_WORKBOOK)
    called = defaultdict(list)
    for unit_id, name in UnitName.objects.filter(place_id=viewer.place_id).values_list("unit_id", "name"):
        called[unit_id].append(name)
    lines = [
        UnitLine(
            unit.name,
            str(unit.get_kind_display()),
            "、".join(name for name in called[unit.pk] if name != unit.name),
            leads[unit.pk, 0],
            others[unit.pk, 0],
        )
        for unit in Unit.objects.filter(place_id=viewer.place_id)
        if (everybody and unit.until is None) or leads[unit.pk, 0] or others[unit.pk, 0]
    ]
    lines += [
        UnitLine(group.name, "统称", "", leads[0, group.pk], others[0, group.pk])
        for group in UnitGroup.objects.filter(place_id=viewer.place_id)
        if everybody or leads[0, group.pk] or others[0, group.pk]
    ]
    return lines


def lay_line(task: WholeTask, leaders: Mapping[int, LeaderName]) -> Line:
    """A task as a row of the workbook; `leaders` are the posts of the place with who holds them."""
    state, kind = task.state, TaskKind(task.state.task.kind)
    cells = {
        "number": state.task.number or "",
        "row": task.signs,
        "leaders": say_leaders(task.posts, leaders),
        "project": state.project,
        "title": state.title,
        "text": state.text,
        "lead": say_duties(task.duties, Role.LEAD),
        "responsible": say_duties(task.duties, Role.RESPONSIBLE),
        "supporting": say_duties(task.duties, Role.SUPPORTING),
        "remark": state.remark,
        "deadline_text": state.deadline_text,
        "deadline": state.deadline.isoformat() if state.deadline else "",
        "registers": say_registers(task.tags),
        "publicity": str(Publicity(state.publicity).label),
        "publicity_reason": state.publicity_reason,
        "measures": "；".join(f"{one.indicator} {one.surface}".strip() for one in task.measures),
        "section": state.section,
    }
    cells.pop("project" if kind == TaskKind.KEY else "title")
    return Line(state.task_id, state.pk, kind, state.status != Status.DRAFT, cells)


def say_leaders(post_ids: Sequence[int], leaders: Mapping[int, LeaderName]) -> str:
    """Who leads, by name; by title where nobody holds the post."""
    said = [leaders[post].name or leaders[post].title for post in post_ids if post in leaders]
    return "、".join(dict.fromkeys(said))


def say_duties(duties: Sequence[Duty], role: Role) -> str:
    """The units and groups with one part, joined as a document joins them."""
    return "、".join(dict.fromkeys(label_duty(one) for one in duties if one["role"] == role))


def label_duty(duty: Duty) -> str:
    """A unit with its office in brackets and, where its part is narrower than the task, what it covers."""
    office = f"（{duty['office']}）" if duty["office"] else ""
    scope = f"〔{duty['scope']}〕" if duty["scope"] else ""
    return f"{duty['name']}{office}{scope}"


def say_registers(tags: Sequence[Tag]) -> str:
    """The registers a task is on; one that is only proposed says so."""
    said = {tag.register: "" if not tag.is_proposed else PROPOSED for tag in tags}
    return "、".join(f"{one.label}{said[one]}" for one in Register if one in said)
