"""Facts about holding a whole breakdown: the plan decides, no promise is forgotten, framing is no task."""

from itertools import pairwise

from dukao.breakdown.comparison.holding import hold_against
from dukao.breakdown.values import Breakdown, Leader, Notice, Task
from dukao.reading.values import Source
from dukao.report.values import Commitment, CommitmentKind, Part, Passage, Report, Section

REVIEW = "新增路灯500盏，疏浚支河6条，建成南岸码头。"
PLAN = "坚持以人为本。新增路灯800盏，疏浚支河6条、支渠9条。修缮老粮仓、旧码头、电影院等存量空间。筹办江鲜节。"


def compose_report(*parts: tuple[Part, str], year: int | None = 2024) -> Report:
    """A report with one section and one passage a part; every sentence of the plan is a commitment."""
    text = "\n\n".join(words for _, words in parts)
    starts = [text.index(words) for _, words in parts]
    runs = [(start, start + len(words), part) for start, (part, words) in zip(starts, parts, strict=True)]
    sections = tuple(
        Section(f"s{i}", None, 1, "", start, start, end, part) for i, (start, end, part) in enumerate(runs)
    )
    passages = tuple(Passage(start, end, i, part) for i, (start, end, part) in enumerate(runs))
    commitments = tuple(
        commitment
        for i, (start, end, part) in enumerate(runs)
        if part in ("plan", "self")
        for commitment in _sentences(text, start, end, f"s{i}")
    )
    source = Source("report.md", "", "text/markdown", "utf-8", text)
    return Report(
        source, "", None, None, year, None, None, 0, len(text), sections, passages, commitments, (), ()
    )


def _sentences(text: str, start: int, end: int, section: str) -> list[Commitment]:
    stops = [start - 1, *(at for at in range(start, end) if text[at] == "。")]
    found: list[Commitment] = []
    for before, stop in pairwise(stops):
        words = text[before + 1 : stop]
        kind: CommitmentKind = "aspiration" if words.startswith("坚持") else "action"
        found.append(Commitment(f"c{len(found)}", section, before + 1, stop, words, kind, 2024))
    return found


def compose_breakdown(*rows: str, year: int | None = 2024) -> Breakdown:
    """A breakdown of these rows."""
    text = "\n".join(rows)
    tasks, at = [], 0
    for number, row in enumerate(rows, 1):
        leaders = (Leader("某某", None, 0, 0),)
        tasks.append(
            Task(f"一-{number}", "一", f"{number}", None, None, row, at, at + len(row), leaders, (), None)
        )
        at += len(row) + 1
    source = Source("table.md", "", "text/markdown", "utf-8", text)
    return Breakdown(source, Notice(), (), (), tuple(tasks), (), (), (), year=year)


def test_a_row_is_never_found_in_the_review() -> None:
    report = compose_report(("review", REVIEW), ("plan", PLAN))
    held = hold_against(compose_breakdown("疏浚支河6条。", "建成南岸码头。"), report)
    assert [task.relation for task in held.tasks] == ["verbatim", "absent"]
    assert held.tasks[0].source_spans[0][0] > len(REVIEW)
    assert held.tasks[1].source_spans == ()


def test_a_row_may_go_back_to_the_long_term_goals() -> None:
    report = compose_report(("long_term", "到2027年，建成跨江隧道。"), ("plan", PLAN))
    held = hold_against(compose_breakdown("建成跨江隧道。"), report)
    assert held.tasks[0].relation == "verbatim"


def test_what_no_row_takes_up_is_uncovered_and_framing_is_no_task() -> None:
    report = compose_report(("plan", PLAN))
    rows = ("新增路灯800盏。", "疏浚支河6条。", "疏浚支渠9条。", "修缮老粮仓、旧码头、电影院等存量空间。")
    coverage = hold_against(compose_breakdown(*rows), report).coverage
    assert coverage is not None
    assert (coverage.commitments, coverage.covered) == (4, 2)
    assert (coverage.uncovered, coverage.not_tasks) == (("c3",), ("c0",))


def test_a_list_item_that_no_row_takes_is_an_omission() -> None:
    report = compose_report(("plan", PLAN))
    row = "新增路灯800盏，疏浚支河6条。"
    held = hold_against(compose_breakdown("疏浚支河6条。修缮老粮仓等存量空间。"), report)
    assert [(one.kind, one.report) for one in held.tasks[0].differences] == [
        ("omission", "支渠9条"),
        ("omission", "旧码头、电影院"),
    ]
    taken = hold_against(compose_breakdown(row, "疏浚支渠9条。"), report)
    assert [task.relation for task in taken.tasks] == ["verbatim", "split"]


def test_an_item_left_out_of_a_list_that_rows_share_is_asked_about() -> None:
    report = compose_report(("plan", PLAN))
    held = hold_against(compose_breakdown("修缮老粮仓等存量空间。", "修缮电影院等存量空间。"), report)
    assert [task.relation for task in held.tasks] == ["split", "split"]
    assert [(finding.code, finding.items) for finding in held.findings] == [
        ("item-left-out", ("一-1", "一-2")),
    ]
    assert "旧码头" in held.findings[0].message


def test_an_item_that_another_row_names_is_not_said_to_stand_nowhere() -> None:
    report = compose_report(("plan", PLAN))
    rows = ("修缮老粮仓等存量空间。", "修缮电影院等存量空间。", "在旧 码头办江鲜市集三十场。")
    (finding,) = hold_against(compose_breakdown(*rows), report).findings
    assert (finding.code, finding.items) == ("item-left-out", ("一-1", "一-2", "一-3"))
    assert "没有任何一行承接" not in finding.message
    assert "一-3写到了“旧码头”" in finding.message


def test_a_breakdown_of_another_year_is_said_to_be_one_and_read_all_the_same() -> None:
    held = hold_against(compose_breakdown("疏浚支河6条。", year=2023), compose_report(("plan", PLAN)))
    assert [diagnostic.code for diagnostic in held.diagnostics] == ["other-year"]
    assert held.tasks[0].relation == "verbatim"


def test_a_report_without_a_plan_is_held_against_all_the_same() -> None:
    held = hold_against(compose_breakdown("疏浚支河6条。"), compose_report(("review", REVIEW)))
    assert held.tasks[0].relation == "verbatim"


def test_one_commitment_under_two_leaders_gives_both_rows_its_span() -> None:
    held = hold_against(compose_breakdown("筹办江鲜节。", "筹办江鲜节。"), compose_report(("plan", PLAN)))
    assert held.tasks[0].source_spans == held.tasks[1].source_spans != ()
