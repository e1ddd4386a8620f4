"""`dukao bench draft`: how good a draft is, by a breakdown that is known, beside three baselines."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dukao.cli.tables import format_table
from dukao.reading.files import read_file

if TYPE_CHECKING:
    from dukao.bench.cuts import CutFigures
    from dukao.bench.drafts import Bin, Figures, Hiding, Measured

_HIDINGS: "dict[Hiding, str]" = {
    "fifths": "随机藏起五分之一，五次",
    "sections": "藏起报告的整个部分，逐个部分",
}


def bench_draft(paths: Sequence[Path]) -> None:
    """Print the tables for a report and its breakdown, the sample's where none are named."""
    if len(paths) not in (0, 2):
        raise click.UsageError("dukao bench draft 后面要么不写文件，要么写报告和分解两份。")
    from dukao.bench.cuts import measure_cutting
    from dukao.bench.drafts import measure_drafting
    from dukao.breakdown.compiler import compile_breakdown
    from dukao.report.compiler import compile_report
    from dukao.sample import sample_path

    chosen = paths or (sample_path("report"), sample_path("breakdown"))
    report = compile_report(read_file(chosen[0]))
    breakdown = compile_breakdown(read_file(chosen[1]), report)
    click.echo(f"{chosen[0].name}，{chosen[1].name}\n")
    click.echo(_tell_cutting(measure_cutting(report, breakdown)))
    for hiding, said in _HIDINGS.items():
        measured = measure_drafting(report, breakdown, hiding)
        click.echo(_tell_figures(said, measured))
        click.echo(_tell_bins("牵头单位的把握", measured.lead_bins))
        click.echo(_tell_bins("牵头领导的把握", measured.leader_bins), nl=hiding != "sections")


def _tell_cutting(figures: "Sequence[CutFigures]") -> str:
    rows = [
        (
            one.name,
            one.cut,
            one.known,
            one.alike,
            f"{one.alike / max(one.cut, 1):.3f}",
            f"{one.alike / max(one.known, 1):.3f}",
            f"{one.f1:.3f}",
        )
        for one in figures
    ]
    head = ("切分任务", "切出", "实有", "对上", "准确率", "召回率", "F1")
    return "切分任务（两条的二字串 Dice 不低于 0.85 算对上，一对一）\n" + format_table(head, rows)


def _tell_figures(said: str, measured: "Measured") -> str:
    first = measured.figures[0]
    counts = f"{first.rows} 条有牵头单位的任务，其中 {first.new_rows} 条的牵头单位在其余任务里从没牵头过"
    head = (
        "办法",
        "牵头首选",
        "前三",
        "牵头领导",
        "单位集合 F1",
        f"首选（那 {first.new_rows} 条）",
        "前三（同左）",
    )
    return f"{said}：{counts}\n" + format_table(head, [_row(one) for one in measured.figures])


def _row(one: "Figures") -> tuple[str, ...]:
    leader = "不提" if one.leader is None else f"{one.leader:.3f}"
    shares = (one.units, one.new_first, one.new_among_three)
    return one.name, f"{one.first:.3f}", f"{one.among_three:.3f}", leader, *(f"{x:.3f}" for x in shares)


def _tell_bins(said: str, bins: "Sequence[Bin]") -> str:
    rows = [
        (
            f"{one.low:.1f}—{one.high:.1f}",
            one.count,
            one.right,
            f"{one.right / one.count:.2f}",
            _interval(one),
        )
        for one in bins
        if one.count
    ]
    return format_table((said, "条数", "提对", "比率", "95% 区间（Wilson）"), rows)


def _interval(one: "Bin") -> str:
    low, high = one.interval
    return f"{low:.2f}—{high:.2f}"
