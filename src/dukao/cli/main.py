"""The command `dukao`: finds the sub-command, and turns every failure into one line and an exit status.

A sub-command is imported when it is called; `dukao --help` imports none of them. Exit status: 0 done, 1 the
input is not what the command needs, 2 wrong usage.
"""

import contextlib
import errno
import gc
import importlib
import io
import keyword
import os
import sys
from collections.abc import Iterator, Sequence

import click

from dukao.calling import as_called, called_as
from dukao.cli.chinese import explain_help, usage_sentence, write_list, write_options, write_usage
from dukao.cli.failures import Failure, say
from dukao.reading.errors import SourceError

# Each command with its line in `dukao --help`; it is `command` of the module of that name.
COMMANDS: dict[str, str] = {
    "compile": "读政府工作报告：提纲、承诺、指标数据",
    "breakdown": "读责任分解，逐条对照报告，写出台账和核对页",
    "draft": "从报告起草责任分解，附把握和依据",
    "articles": "列出一个网页里的多篇文章",
    "explain": "问为什么：某处读出了什么，依据哪些规则",
    "text": "打印源文本，所有位置都按它计算",
    "rules": "打印规则手册",
    "fonts": "公文用的字体：有哪些，缺哪些，怎么补",
    "sample": "取出内置样例（虚构的临江区）",
    "serve": "启动网站",
    "demo": "用样例建一份台账，在浏览器里打开",
    "simulate": "在虚构的地方过一年，量用时",
    "jobs": "办理到期的事：报送、亮灯、拟督办文书、提醒",
    "import": "把报告和责任分解读进台账，列出要人定的事项",
    "reissue": "给忘记密码或丢了手机的管理员换发一次性口令",
    "verify": "查验历史记录和文件是否原样",
    "backup": "备份整个站点",
    "restore": "从备份恢复",
    "bench": "量一量速度",
}


class CommandTable(click.Group):
    """The sub-commands, each imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        found = importlib.import_module(f"dukao.cli.{_module_of(cmd_name)}").command
        assert isinstance(found, click.Command)
        return found

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        write_usage(self, ctx, formatter)

    def get_help(self, ctx: click.Context) -> str:
        """The help page, commands in it as they are typed here."""
        return as_called(super().get_help(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands from the table, then the options."""
        write_list(formatter, "命令", list(COMMANDS.items()))
        write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained in Chinese."""
        return explain_help(super().get_help_option(ctx))


def _module_of(name: str) -> str:
    """The module of a command; one that Python keeps for itself has a `_` behind it."""
    return f"{name}_" if keyword.iskeyword(name) else name


def _show_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        from dukao import __version__

        click.echo(f"dukao {__version__}")
        ctx.exit()


@click.group(
    cls=CommandTable, subcommand_metavar="命令 [参数]…", options_metavar="[选项]", invoke_without_command=True
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="显示版本。"
)
@click.pass_context
def dukao(ctx: click.Context) -> None:
    """督考：像细心的文书一样读政府工作报告和责任分解。

    \b
    先试样例：dukao sample --to 样例
              dukao compile 样例/report_2024.md
              dukao breakdown 样例/breakdown_2024.md --report 样例/report_2024.md --html 核对.html
    每个命令的说明：dukao 命令 --help
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status; a failure is one line on standard error."""
    _speak_utf8()
    try:
        with _no_collection():
            status = dukao.main(args=argv, prog_name=called_as(), standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        return say(usage_sentence(error), status=2)
    except (SourceError, Failure, click.ClickException) as error:
        return say(str(error), status=1)
    except (click.Abort, KeyboardInterrupt):
        return say("dukao：已中断", status=130)
    except OSError as error:
        return _stop_output(error)
    except Exception as error:
        if os.environ.get("DUKAO_DEBUG"):
            raise
        return say(f"dukao：程序出错（{type(error).__name__}：{error}），设 DUKAO_DEBUG=1 可看细节", status=1)
    return status if isinstance(status, int) else 0


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """A command lives shortly and makes no cycles worth collecting: looking for them halves its speed."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _speak_utf8() -> None:
    """Make pipes and files get UTF-8 with plain line ends, whatever the machine's own habit is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _stop_output(error: OSError) -> int:
    """Standard output is gone: quietly where the reader has had enough, else with the reason."""
    # The interpreter flushes once more on its way out: give it somewhere to write.
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    if isinstance(error, BrokenPipeError) or error.errno == errno.EPIPE:
        return 0
    return say(f"标准输出：写不出去（{error.strerror or error}）", status=1)
