"""Reads a breakdown: the table of contents of this room as far as no report is needed.

lines → heads and rows (`layouts`) → places (`layouts.grouping`) → tasks and livelihood contents with their
roles (`tasks`) → findings and oddities.
"""

import re
from collections.abc import Iterable, Sequence

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.comparison.findings import find_assumed, find_repeats
from dukao.breakdown.duties.aliases import propose_aliases
from dukao.breakdown.duties.columns import Column
from dukao.breakdown.duties.persons import Persons
from dukao.breakdown.layouts.asides import settle_asides
from dukao.breakdown.layouts.bold_names import settle_bold_names
from dukao.breakdown.layouts.ditto import settle_dittos
from dukao.breakdown.layouts.grouping import Grouper, Place, name_places
from dukao.breakdown.layouts.layout import LayoutReader, lines_of
from dukao.breakdown.layouts.limits import settle_limits
from dukao.breakdown.layouts.lone_heads import settle_lone_heads, settle_named
from dukao.breakdown.layouts.notice import find_notice, year_of
from dukao.breakdown.layouts.plain_duties import read_plain, settle_plain
from dukao.breakdown.layouts.references import settle_references
from dukao.breakdown.layouts.refusal import is_report, refusal
from dukao.breakdown.layouts.rows import Entry, Row
from dukao.breakdown.layouts.sharing import share_lines
from dukao.breakdown.layouts.tables.bold import settle_bold
from dukao.breakdown.layouts.tables.categories import settle_categories
from dukao.breakdown.layouts.tables.details import settle_details
from dukao.breakdown.layouts.tables.parts import part_rows
from dukao.breakdown.layouts.tables.run_in_heads import settle_run_in_heads
from dukao.breakdown.layouts.unnumbered import settle_bare
from dukao.breakdown.layouts.unread import find_unread
from dukao.breakdown.lettering import closed_up
from dukao.breakdown.oddities import find_lost, find_oddities, find_persons, find_unread_columns
from dukao.breakdown.profiles import Profile
from dukao.breakdown.tasks.composing import Frame, read_contents, read_tasks
from dukao.breakdown.tasks.traces import Trace
from dukao.breakdown.values import Breakdown, LeadConvention, LivelihoodContent, Notice, Task, UnitRole
from dukao.reading.values import Source

# "列第一位的为牵头或汇总单位", "排名第一的责任单位为牵头单位", "首位单位为牵头单位", "①为牵头单位".
_FIRST_ONE = r"(?:第一(?:位|个|家|名)?|首位|首个|首家|最前|①)"
_FIRST_LEADS = re.compile(
    rf"{_FIRST_ONE}(?:者|的|责任|单位|部门)?[^。;\n,]{{0,12}}?(?:为|是|系|作为)[^。;\n,]{{0,4}}?(?:牵头|主办|主责|汇总|总负责)"
)


def read_breakdown(source: Source, *, profile: Profile | None = None) -> Breakdown:
    """The breakdown a source holds: its notice, groups, tasks and livelihood contents.

    What a person said in `profile` holds even where the document says otherwise; what was only detected in
    an earlier one, where this one is silent. What hangs on a report stays empty. Raises `SourceError` (code
    "not-a-breakdown") when no task is found.
    """
    return read_with_columns(source, profile, None, [])


def read_with_columns(
    source: Source, profile: Profile | None, columns: list[Column | None] | None, traces: list[Trace]
) -> Breakdown:
    """The same, for tables that may begin without heads: `columns` are theirs. `traces` takes what each
    rule read.
    """
    sheet = Sheet(source.text, source.merged, source.bold)
    layout = LayoutReader(sheet, columns, source.places.sheet_starts() if source.places else ())
    grouper = Grouper()
    entries = _settled(sheet, layout.read())
    places = grouper.sort(entries)
    rows = [row for place in places for row in place.rows]
    # Only where nothing else is found: sentences that charge a unit stand in other papers too.
    is_open = not _say_who(rows) and not is_report(sheet, rows)
    if is_open and (plain := read_plain([*lines_of(sheet, 0, len(source.text))])):
        grouper, entries = Grouper(), plain
        places = grouper.sort(plain)
        rows = [row for place in places for row in place.rows]
    unusable = layout.table.unusable
    if not _say_who(rows) or is_report(sheet, rows) or _are_scraps(source, rows):
        raise refusal(source, sheet, rows, unusable)
    notice = find_notice(sheet, min(row.task.start for row in rows), max(row.task.end for row in rows))
    profile = profile or Profile("")
    year = _year(notice, grouper.titles) or _year_above(sheet, min(row.task.start for row in rows))
    persons = Persons(sheet.plain, sorted(layout.table.persons))
    frame = Frame(_first_leads(sheet, profile), year, profile, traces, persons)
    unread = find_unread(sheet, entries, {cell.start for place in places for cell in place.shown_notes})
    return _compose(source, notice, grouper, places, frame, unread, [*layout.table.unread.values()])


def _say_who(rows: Sequence[Row]) -> bool:
    """Whether any row says who answers for it."""
    return any(row.stated or row.remark or row.leaders for row in rows)


def _are_scraps(source: Source, rows: Sequence[Row]) -> bool:
    """Whether rows are but loose lines of a page whose table could not be told apart: not to be relied on."""
    if all(said.code != "unruled-table" for said in source.diagnostics):
        return False
    return all(row.layout == "paragraph" and row.number is None for row in rows)


def _settled(sheet: Sheet, entries: list[Entry]) -> list[Entry]:
    """The entries with what only the whole document tells of them."""
    entries = settle_run_in_heads(sheet, settle_asides(sheet, entries))
    entries = settle_details(settle_bare(sheet, settle_plain(settle_dittos(entries))))
    entries = settle_named(sheet, entries)
    entries = share_lines(sheet, settle_references(settle_lone_heads(sheet, entries)))
    return settle_categories(settle_bold(part_rows(settle_limits(settle_bold_names(entries)))))


# "多个单位牵头的，排名第一的为总牵头单位", "牵头单位有两个以上的，…": of several leads, not of all units.
_MANY = "(?:多个|两个|几个|多家|两家|几家|若干|以上)"
_OF_SEVERAL = re.compile(
    rf"(?:{_MANY}[^。;\n]{{0,6}}(?:牵头|主办)|(?:牵头|主办)(?:单位|部门)[^。;,\n]{{0,4}}{_MANY})"
    r"[^。;\n]{0,6}[,:]?[^。;\n]{0,4}$"
)


def _first_leads(sheet: Sheet, profile: Profile) -> bool:
    """Whether the first unit leads: what a person said, else the document, else the place's profile."""
    if said := profile.settled("lead"):
        return said == "first"
    stated = any(_speaks_of_all(sheet, found) for found in _FIRST_LEADS.finditer(sheet.plain))
    return stated or profile.value("lead") == "first"


def _speaks_of_all(sheet: Sheet, found: "re.Match[str]") -> bool:
    return not _OF_SEVERAL.search(sheet.plain, max(found.start() - 24, 0), found.start())


def _compose(
    source: Source,
    notice: Notice,
    grouper: Grouper,
    places: list[Place],
    frame: Frame,
    unread: Sequence[Cell],
    columns: Sequence[Cell],
) -> Breakdown:
    tasks: list[Task] = []
    contents: list[LivelihoodContent] = []
    working = [place for place in places if not is_livelihood(place)]
    name_places(grouper, working)
    for place in places:
        if is_livelihood(place):
            contents += read_contents(place, frame, contents)
        else:
            tasks += read_tasks(place, frame)
    items: list[Task | LivelihoodContent] = [*tasks, *contents]
    return Breakdown(
        source=source,
        notice=notice,
        lead_conventions=_conventions(frame, [unit for item in items for unit in item.units]),
        groups=tuple(place.as_group() for place in working),
        tasks=tuple(tasks),
        livelihood=tuple(contents),
        findings=(*find_repeats(tasks), *find_assumed(items), *propose_aliases(items)),
        diagnostics=(
            *source.diagnostics,
            *find_oddities(source.text, tasks, contents, _doubts(places)),
            *find_lost(unread),
            *find_unread_columns(columns),
            *find_persons(frame.persons),
        ),
        year=frame.year,
    )


def _doubts(places: list[Place]) -> dict[int, str]:
    """By where they begin, the rows of which it cannot be known whether the units below are theirs too."""
    rows = (row for place in places for row in place.rows if row.below and not row.stated)
    return {row.task.start: "、".join(closed_up(cell.text) for _, cell in row.below) for row in rows}


def is_livelihood(place: Place) -> bool:
    """True when the rows of a place are livelihood projects: its title or the heads of its table say so."""
    return bool(place.rows) and (place.livelihood or _table_says_so(place.rows))


def _table_says_so(rows: list[Row]) -> bool:
    return all(row.livelihood for row in rows)


def _conventions(frame: Frame, units: Iterable[UnitRole]) -> tuple[LeadConvention, ...]:
    """The lead conventions seen in the document, and the one it declares."""
    seen = {unit.basis for unit in units if unit.role == "lead"}
    if frame.first_leads:
        seen.add("first")
    order: tuple[LeadConvention, ...] = ("star", "first", "word", "column")
    return tuple(convention for convention in order if convention in seen)


_MONTH_LINE = re.compile(r"^[ \t]*\(?\s*(20\d\d)\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?\s*\)?[ \t]*$", re.M)
_WORK_OF_YEAR = re.compile(
    r"^[^\n。;,]{0,30}?(20\d\d)\s*年(?!\s*\d)[^\n。;,]{0,30}(?:工作|任务|目标|实事|项目|清单|要点)[^\n。;,]{0,12}$",
    re.M,
)


def _year_above(sheet: Sheet, first: int) -> int | None:
    """The year of a line above the rows that says when, "（2026年3月）", or of what year the work is."""
    patterns = (_MONTH_LINE, _WORK_OF_YEAR)
    found = next((one for pattern in patterns if (one := pattern.search(sheet.plain, 0, first))), None)
    return int(found.group(1)) if found else None


def _year(notice: Notice, titles: list[str]) -> int | None:
    """The year of the work: from the title, the titles of the annexes, else when the notice was issued."""
    issued = re.search(r"(?:19|20)\d\d", f"{notice.dated or ''} {notice.document_number or ''}")
    return year_of(notice.title, *titles) or (int(issued.group()) if issued else None)
