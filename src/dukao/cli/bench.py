"""`dukao bench`: how fast it is here, as ratios within one run."""

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.tables import format_table
from dukao.reading.files import read_file

if TYPE_CHECKING:
    from dukao.bench.measuring import Speed

_SIZES = [10_000, 100_000, 1_000_000]
_FULL_SIZES = [*_SIZES, 10_000_000, 50_000_000]


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("paths", metavar="[报告]…", nargs=-1, type=click.Path(path_type=Path))
@click.option("--full", is_flag=True, help="一直量到 50 MB（约几分钟，占内存较多）；不写则到 1 MB。")
def command(paths: tuple[Path, ...], full: bool) -> None:
    """量一量速度：与同一文本的一次裸扫描相比，与篇幅相比，与同类软件相比。

    裸扫描只找“数字加单位”，是读数的最低代价；整个编译（提纲、承诺、指标）不应超过它的 30 倍。
    秒数因机器而异，比值才作数。不写报告就量内置样例。

    \b
    例：dukao bench
        dukao bench 报告.md --full
        pip install "dukao[bench]"     装上同类软件 recognizers-text，并列比较
    """
    from dukao.sample import sample_path

    chosen = paths or (sample_path("report"),)
    texts = {path.name: read_file(path).text for path in chosen}
    click.echo(_compare_with_scan(texts))
    click.echo(_compare_sizes(next(iter(texts.values())), _FULL_SIZES if full else _SIZES))
    click.echo(_compare_with_peer(texts))
    click.echo(_measure_start(chosen[0]), nl=False)


def _compare_with_scan(texts: dict[str, str]) -> str:
    from dukao.bench.measuring import RATIO_LIMIT, measure_speed

    speeds = [measure_speed(name, text) for name, text in texts.items()]
    rows = [(*_ratio_cells(speed, RATIO_LIMIT), speed.name) for speed in speeds]
    head = ("字数", "裸扫描", "整个编译", "比值", f"限 {RATIO_LIMIT} 倍", "报告")
    return "与一次裸扫描相比\n" + format_table(head, rows)


def _ratio_cells(speed: "Speed", limit: float) -> tuple[str, ...]:
    verdict = "达到" if speed.ratio <= limit else "超过"
    scan, whole = _rate(speed.chars / speed.scan), _rate(speed.chars / speed.whole)
    return f"{speed.chars:,}", scan, whole, f"{speed.ratio:.1f}", verdict


def _compare_sizes(text: str, sizes: list[int]) -> str:
    """The cost of one character at every size, to that at the smallest."""
    from dukao.bench.measuring import measure_growth, name_size

    rows: list[tuple[str, ...]] = []
    first = 0.0
    quiet = not sys.stderr.isatty()
    steps = measure_growth(text, sizes)
    with click.progressbar(steps, len(sizes), label="量篇幅", file=sys.stderr, hidden=quiet) as speeds:
        for speed in speeds:
            first = first or speed.per_char
            rate = _rate(speed.chars / speed.whole)
            rows.append((speed.name, f"{speed.chars:,}", rate, f"{speed.per_char / first:.2f}"))
    head = ("篇幅", "字数", "整个编译", f"每字代价（以 {name_size(sizes[0])} 为 1）")
    return "篇幅增大时的代价\n" + format_table(head, rows)


def _compare_with_peer(texts: dict[str, str]) -> str:
    from dukao.bench import peer
    from dukao.bench.measuring import measure_speed

    count = peer.load_peer()
    if count is None:
        return f'没有装 {peer.NAME}，不作比较；要比较，请先 pip install "dukao[bench]"。\n'
    rows = []
    for name, text in texts.items():
        speed, seconds = measure_speed(name, text), peer.time_peer(count, text)
        ratios = f"{speed.ratio:.1f}", f"{seconds / speed.scan:.1f}", f"{seconds / speed.whole:.1f}"
        rows.append((_rate(speed.chars / speed.whole), _rate(speed.chars / seconds), *ratios, name))
    head = ("dukao", peer.NAME, "dukao ÷ 裸扫描", f"{peer.NAME} ÷ 裸扫描", f"{peer.NAME} ÷ dukao", "报告")
    return f"与 {peer.NAME} 相比（它只认数和单位，不分提纲、承诺、指标）\n" + format_table(head, rows)


def _measure_start(path: Path) -> str:
    """The wall time of the whole command in a process of its own, beside an empty Python."""
    empty = min(_wall([sys.executable, "-c", ""]) for _ in range(5))
    command_line = [sys.executable, "-m", "dukao", "compile", str(path), "--json"]
    whole = min(_wall(command_line) for _ in range(5))
    ratio = f"{whole / empty:.1f} 倍"
    return f"启动到结束：dukao compile --json {whole:.2f} 秒，空的 Python {empty:.2f} 秒，{ratio}\n"


def _wall(program: list[str]) -> float:
    before = time.perf_counter()
    subprocess.run(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - before


def _rate(chars_a_second: float) -> str:
    return f"{chars_a_second / 10_000:,.1f} 万字/秒"
