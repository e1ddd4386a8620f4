"""`dukao bench`: how fast it is here, as ratios within one run."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.tables import format_table
from dukao.reading.files import read_file

if TYPE_CHECKING:
    from dukao.bench.measuring import Speed
    from dukao.bench.site import PageSpeed

_SIZES = [10_000, 100_000, 1_000_000]
_LARGE_FILE = 10_000_000
_FULL_SIZES = [*_SIZES, 10_000_000, 50_000_000]


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument(
    "paths",
    metavar="[报告]… | site [报告 分解] | draft [报告 分解]",
    nargs=-1,
    type=click.Path(path_type=Path),
)
@click.option("--full", is_flag=True, help="一直量到 50 MB（约三分钟，占内存约 3 GB）；不写则到 1 MB。")
def command(paths: tuple[Path, ...], full: bool) -> None:
    """量一量速度：与同一文本的一次裸扫描相比，与篇幅相比，各种文件与底层库相比，与同类软件相比；大工作簿占多少内存。

    \b
    裸扫描只找“数字加单位”，是读数的最低代价；整个编译（提纲、承诺、指标）不应超过它的 30 倍。
    两者轮流各做多次，取中位数；秒数因机器而异，比值才作数。不写报告就量内置样例。

    第一个词是 site 时量网站：台账页、搜索、看板、核对页与各行取自内存的同一页相比（灯照样现判；另列灯也取自
    内存的），任务页与空页相比，十个年度与一个年度相比，四千项任务一天的灯不超过两秒；用自己的临时数据库（设了
    DUKAO_DATABASE_URL 就在那里另建一个），量完即删。

    第一个词是 draft 时量起草得准不准：把已知分解表的任务藏起五分之一，或整个部分藏起，再从其余的学着提，
    与三种简单办法相比；并量切分任务的准确率，和“把握”到底值多少。不写文件就量内置样例。

    \b
    例：dukao bench
        dukao bench 报告.md --full
        dukao bench site
        dukao bench site 报告.md 分解.md
        dukao bench draft 报告.md 分解.md
    """
    if paths and str(paths[0]) == "draft":
        from dukao.cli.bench_draft import bench_draft

        bench_draft(paths[1:])
        return
    if paths and str(paths[0]) == "site":
        _bench_site(paths[1:])
        return
    from dukao.bench.measuring import is_compiled
    from dukao.sample import sample_path

    chosen = paths or (sample_path("report"),)
    texts = {path.name: read_file(path).text for path in chosen}
    how = "已编译成机器码" if is_compiled() else "未编译，直接运行 Python 源码"
    click.echo(f"dukao：{how}；Python {'.'.join(map(str, sys.version_info[:3]))}\n")
    click.echo(_compare_with_scan(texts))
    click.echo(_compare_sizes(next(iter(texts.values())), _FULL_SIZES if full else _SIZES))
    click.echo(_compare_formats())
    click.echo(_measure_memory(_LARGE_FILE * (5 if full else 1)))
    click.echo(_compare_with_peer(texts))
    click.echo(_measure_start(chosen[0]), nl=False)


def _bench_site(paths: tuple[Path, ...]) -> None:
    """The pages of the site; exit status 0 also where a limit is exceeded, which the table says."""
    from dukao.bench.site import measure_site
    from dukao.sample import sample_path

    if len(paths) not in (0, 2):
        raise click.UsageError("dukao bench site 后面要么不写文件，要么写报告和分解两份。")
    documents = (paths[0], paths[1]) if paths else (sample_path("report"), sample_path("breakdown"))
    quiet = not sys.stderr.isatty()
    found = measure_site(documents, say=lambda line: None if quiet else click.echo(f"{line}…", err=True))
    click.echo(f"数据库：{found.database}；Python {'.'.join(map(str, sys.version_info[:3]))}\n")
    head = ("页面", "查询数", "整页", "相比的", "倍数", "限", "")
    click.echo("列表与各行和灯都取自内存的同一页相比（再看一次，和有人报送以后第一次看），任务页与空页相比")
    click.echo(format_table(head, [_page_cells(one) for one in found.pages]))
    click.echo("地方有十个年度时，与只有一个年度的地方的同一页相比")
    click.echo(format_table(head, [_page_cells(one) for one in found.growth]))
    click.echo("一年的方案和九期报送都算过；倍数是与只把同样的行从库里取出来相比")
    head = ("亮灯", *head[1:])
    click.echo(format_table(head, [_page_cells(found.lights)]), nl=False)


def _page_cells(speed: "PageSpeed") -> tuple[str, ...]:
    verdict = "达到" if speed.holds else "超过"
    page, beside = _milliseconds(speed.page), _milliseconds(speed.beside)
    ratio = f"{speed.ratio:.2f}"
    limit = f"{speed.limit:g}{' 秒' if speed.is_absolute else ''}"
    return speed.name, str(speed.queries), page, beside, ratio, limit, verdict


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} 毫秒"


def _compare_with_scan(texts: dict[str, str]) -> str:
    from dukao.bench.measuring import RATIO_LIMIT, measure_speed

    speeds = [measure_speed(name, text) for name, text in texts.items()]
    rows = [(f"{speed.chars:,}", *_ratio_cells(speed, RATIO_LIMIT), speed.name) for speed in speeds]
    head = ("字数", "裸扫描", "整个编译", "编译 ÷ 扫描", f"限 {RATIO_LIMIT} 倍", "报告")
    return "与一次裸扫描相比\n" + format_table(head, rows)


def _ratio_cells(speed: "Speed", limit: float) -> tuple[str, ...]:
    verdict = "达到" if speed.ratio <= limit else "超过"
    scan, whole = _rate(speed.chars / speed.scan), _rate(speed.chars / speed.whole)
    return scan, whole, f"{speed.ratio:.1f}", verdict


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
            cells = _rate(speed.chars / speed.whole), f"{speed.ratio:.1f}", f"{speed.per_char / first:.2f}"
            rows.append((speed.name, f"{speed.chars:,}", *cells))
    head = ("篇幅", "字数", "整个编译", "编译 ÷ 扫描", f"每字代价（以 {name_size(sizes[0])} 为 1）")
    return "篇幅增大时的代价\n" + format_table(head, rows)


def _compare_formats() -> str:
    """How long each format takes to read, to the bare library that opens it."""
    from dukao.bench.formats import measure_formats
    from dukao.sample import sample_path

    report, breakdown = (sample_path(name).read_text("utf-8") for name in ("report", "breakdown"))
    speeds = [*measure_formats(report, breakdown)]
    rows = [
        (
            speed.name,
            f"{speed.bare * 1000:.0f} 毫秒",
            f"{speed.ours * 1000:.0f} 毫秒",
            f"{speed.ratio:.2f}",
            f"{'达到' if speed.ratio <= speed.limit else '超过'}（限 {speed.limit:g} 倍）",
            speed.peer,
        )
        for speed in speeds
    ]
    head = ("格式", "只打开", "读成文字", "读 ÷ 开", "结果", "只打开用的库")
    missing = "" if len(rows) > 2 else "（没有装 pdfplumber，不比表格）"
    return f"读文件，与只用底层库打开相比{missing}\n" + format_table(head, rows)


def _measure_memory(size: int) -> str:
    """The memory that large workbooks take, beside their text; nothing where the system does not tell."""
    from dukao.bench.memory import measure_memory

    rows = [
        (
            use.name,
            f"{use.size / 1e6:.1f} MB",
            f"{use.text / 1e6:.1f} MB",
            f"{use.peak / 1e6:.1f} MB",
            f"{'达到' if use.peak <= use.limit else '超过'}（限 {use.limit / 1e6:.1f} MB）",
        )
        for use in measure_memory(size)
    ]
    head = ("撑大它的", "文件", "正文", "读时最多多占", "结果")
    return "读大工作簿占的内存（正文留在内存里，文件不留）\n" + format_table(head, rows) if rows else ""


def _compare_with_peer(texts: dict[str, str]) -> str:
    from dukao.bench import peer

    count = peer.load_peer()
    if count is None:
        return (
            f"没有装同类软件 {peer.NAME}，不作比较。要比较，请先装到 dukao 所在的环境：\n  {peer.INSTALL}\n"
        )
    rows = [(*_peer_cells(count, text), name) for name, text in texts.items()]
    head = ("dukao", "÷ 扫描", peer.NAME, "÷ 扫描", "两者之比", "报告")
    return f"与 {peer.NAME} 相比（它只认数和单位，不分提纲、承诺、指标）\n" + format_table(head, rows)


def _peer_cells(count: Callable[[str], int], text: str) -> tuple[str, ...]:
    from dukao.bench.measuring import as_source, scan_barely, time_in_turns
    from dukao.report.compiler import compile_report

    source = as_source("peer", text)
    works = (lambda: scan_barely(text), lambda: compile_report(source), lambda: count(text))
    scan, ours, theirs = time_in_turns(*works)
    sides = [(_rate(len(text) / seconds), f"{seconds / scan:,.1f}") for seconds in (ours, theirs)]
    return *sides[0], *sides[1], f"{theirs / ours:.1f}"


def _measure_start(path: Path) -> str:
    """The wall time of the whole command in a process of its own, beside an empty Python."""
    from dukao.bench.measuring import time_in_turns

    command_line = [sys.executable, "-m", "dukao", "compile", str(path), "--json"]
    # The wall's clock: what a process of its own takes is not on this one's.
    empty, whole = time_in_turns(
        lambda: _start([sys.executable, "-c", ""]), lambda: _start(command_line), clock=time.perf_counter
    )
    return f"启动到结束\n  dukao compile {path.name} --json：{whole:.2f} 秒；空的 Python：{empty:.2f} 秒\n"


def _start(program: list[str]) -> None:
    subprocess.run(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def _rate(chars_a_second: float) -> str:
    return f"{chars_a_second / 10_000:,.1f} 万字/秒"
