"""Define the command line: parse options, call a command, print, exit.

Each command imports its heavy modules itself, inside its function.
"""

from __future__ import annotations

import typer

from zhijiao20.cli import collect, convert, diff, init, lookup, render, return_, roster, validate
from zhijiao20.cli.error_handler import ChineseGroup, ChineseHelp, ErrorHandler
from zhijiao20.cli.options import program_options

app = typer.Typer(
    name="zhijiao20",
    cls=ErrorHandler,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="“职教20条”落实情况：收齐各单位的填报文件，审核，汇总，填成官方 Word 表（附表2）。",
    epilog="先生成填报文件（init），各单位填好后审核（validate），最后汇总成 Word 表（render）。",
)
"""The Typer application, with all commands registered."""

form = typer.Typer(cls=ChineseGroup, no_args_is_help=True, rich_markup_mode=None, help="Word 表样：检查能不能用。")


def _examples(*lines: str) -> str:
    """Format the examples at the end of a command's help, one on each line."""
    return "\b\n" + "\n".join(f"例：zhijiao20 {line}" for line in lines)


_COMMANDS = (
    (roster.roster, "roster -o 名册.xlsx", "roster 名册.xlsx"),
    (
        init.init,
        "init 澄州市教育局",
        "init 澄州理工学校 -f csv --period 2020年上半年",
        "init --roster 名册.xlsx -f docx -o 下发",
    ),
    (validate.validate, "validate 各单位/", "validate 各单位/ --annotate 审核意见.docx"),
    (
        collect.collect,
        "collect 各单位/",
        "collect 各单位/ --roster 名册.xlsx -o 进度.xlsx",
        "collect 各单位/ -o 总览.html",
        "collect 各单位/ --remind",
    ),
    (
        render.render,
        "render 各单位/ -o 附表2.docx",
        "render 各单位/ --roster 名册.xlsx --allow-missing --by 上级 -o 附表2.docx",
        "render 各单位/ --digest --annex 附件.docx -o 摘要.docx",
        "render --blank -o 空表.docx",
    ),
    (return_.return_, "return 各单位/ -o 退回", "return 各单位/ --roster 名册.xlsx --reminders --deadline 2020-07-10"),
    (
        convert.convert,
        "convert 各单位/ -o 全部.csv",
        "convert 各单位/ -f docx -o 转换后/",
        "convert 各单位/ -o 全市.xlsx --unit 澄州市教育局",
    ),
    (diff.diff, "diff 上期/ 本期/", "diff 上期/ 本期/ -o 对照.docx"),
    (lookup.tasks, "tasks 16.4", "tasks 双师型"),
    (lookup.rules, "rules", "rules ZJ203", "rules ZJ2"),
    (lookup.schema, "schema -o zhijiao20.schema.json"),
)
"""The command functions, each with the examples of its help text, in help order."""

app.callback()(program_options)
for _command, *_lines in _COMMANDS:
    app.command(_command.__name__.rstrip("_"), cls=ChineseHelp, epilog=_examples(*_lines))(_command)
form.command("check", cls=ChineseHelp, epilog=_examples("form check 空表.docx"))(lookup.check_form)
app.add_typer(form, name="form")
