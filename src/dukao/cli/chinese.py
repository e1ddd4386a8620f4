"""Help and usage errors in Chinese: what click says in English, said once in our words."""

import click
from click import Context, HelpFormatter, UsageError
from click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption

from dukao.calling import as_called
from dukao.cli.tables import format_rows


class ChineseCommand(click.Command):
    """A command whose help is Chinese."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """The arguments left over; what is wrong with them is said of this command."""
        try:
            return super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The usage line."""
        write_usage(self, ctx, formatter)

    def get_help(self, ctx: Context) -> str:
        """The help page, commands in it as they are typed here."""
        return as_called(super().get_help(ctx))

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The table of options."""
        write_options(self, ctx, formatter)

    def get_help_option(self, ctx: Context) -> click.Option | None:
        """`--help`, explained in Chinese."""
        return explain_help(super().get_help_option(ctx))


def write_usage(command: click.Command, ctx: Context, formatter: HelpFormatter) -> None:
    """The usage line with its Chinese word."""
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix="用法：")


def write_options(command: click.Command, ctx: Context, formatter: HelpFormatter) -> None:
    """The options of a command under their Chinese head, arguments left to the text."""
    options = [param for param in command.get_params(ctx) if isinstance(param, click.Option)]
    write_list(formatter, "选项", [record for option in options if (record := option.get_help_record(ctx))])


def write_list(formatter: HelpFormatter, head: str, rows: list[tuple[str, str]]) -> None:
    """Names with their explanations, aligned by what they take on a terminal."""
    formatter.write(f"\n{head}：\n{format_rows(rows)}")


def explain_help(option: click.Option | None) -> click.Option | None:
    """The help option itself, its help in Chinese."""
    if option is not None:
        option.help = "显示这份说明。"
    return option


def usage_sentence(error: UsageError) -> str:
    """One Chinese line that says what is wrong with the command line and where to read more."""
    command = error.ctx.command_path if error.ctx else "dukao"
    return f"{command}：{_what_is_wrong(error)}；用法见 {command} --help"


def _what_is_wrong(error: UsageError) -> str:
    if isinstance(error, MissingParameter):
        return f"缺少{_name_parameter(error)}"
    if isinstance(error, NoSuchOption):
        return f"没有 {error.option_name} 这个选项{_suggest(error.possibilities)}"
    if isinstance(error, BadOptionUsage):
        return f"选项 {error.option_name} 写得不对（要么后面缺一个值，要么多了一个值）"
    if isinstance(error, BadParameter):
        return f"{_name_parameter(error)} 不对：{_what_is_expected(error)}"
    if hasattr(error, "command_name"):
        return f"没有 {error.command_name} 这个命令{_suggest(_similar_commands(error))}"
    if error.message.startswith("Got unexpected extra argument"):
        return f"多出了参数 {error.message.partition('(')[2].rpartition(')')[0]}"
    return error.message


def _what_is_expected(error: BadParameter) -> str:
    wanted = error.param.type if error.param else None
    if isinstance(wanted, click.IntRange):
        return f"要的是 {wanted.min} 到 {wanted.max} 的整数"
    return "要的是整数" if wanted is click.INT else error.message


def _name_parameter(error: BadParameter) -> str:
    param = error.param
    if isinstance(param, click.Option):
        return f"选项 {max(param.opts, key=len)}"
    return f"参数 {param.make_metavar(error.ctx) if param and error.ctx else error.param_hint}"


def _similar_commands(error: UsageError) -> list[str]:
    from difflib import get_close_matches

    known = error.cmd.list_commands(error.ctx) if error.ctx and isinstance(error.cmd, click.Group) else []
    return get_close_matches(getattr(error, "command_name", ""), known)


def _suggest(possibilities: list[str] | None) -> str:
    return f"（是不是 {' 或 '.join(possibilities)}？）" if possibilities else ""
