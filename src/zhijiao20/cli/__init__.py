"""Define the command line: parse options, call a command, print, exit.

A command's module is imported when the command runs, and imports its heavy modules inside its function.
"""

from __future__ import annotations

import typer

from zhijiao20.cli.error_handler import ChineseGroup, ErrorHandler, LateCommand, function_of
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


_COMMANDS = (
    (
        "roster",
        "roster",
        "名册：生成一份空的来填，或检查填好的，列出各单位、各自的任务和没有单位负责的任务。",
        "roster -o 名册.xlsx",
        "roster 名册.xlsx",
    ),
    (
        "init",
        "init",
        "给一个单位、或名册里的各单位生成空白的填报文件，官方任务全部列好。",
        "init 澄州市教育局",
        "init 澄州理工学校 -f csv --period 2020年上半年",
        "init --roster 名册.xlsx -f docx -o 下发",
    ),
    (
        "validate",
        "validate",
        "审核填报文件：缺了什么、错在哪里、怎样改，一次说全；除 --fix 外不改动任何文件。",
        "validate 各单位/",
        "validate 各单位/ --annotate 审核意见.docx",
    ),
    (
        "collect",
        "collect",
        "收了多少：一个单位一行，谁没有报、谁的读不了、谁要改、谁合格；认不出是谁的文件列在后面。",
        "collect 各单位/",
        "collect 各单位/ --roster 名册.xlsx -o 进度.xlsx",
        "collect 各单位/ -o 总览.html",
        "collect 各单位/ --remind",
    ),
    (
        "render",
        "render",
        "汇总各单位的填报文件，填成官方 Word 表。有错误就不生成，并逐条列出。",
        "render 各单位/ -o 附表2.docx",
        "render 各单位/ --roster 名册.xlsx --allow-missing --by 上级 -o 附表2.docx",
        "render 各单位/ --digest --annex 附件.docx -o 摘要.docx",
        "render --blank -o 空表.docx",
    ),
    (
        "return_",
        "return_",
        "给要修改的单位各写一份退回意见，并把它自己的文件标上批注；报了几份的、读不了的也写。",
        "return 各单位/ -o 退回",
        "return 各单位/ --roster 名册.xlsx --reminders --deadline 2020-07-10",
    ),
    (
        "convert",
        "convert",
        "把填报文件从一种格式换成另一种；有错误的文件不转换，并逐条列出。",
        "convert 各单位/ -o 全部.csv",
        "convert 各单位/ -f docx -o 转换后/",
        "convert 各单位/ -o 全市.xlsx --unit 澄州市教育局",
    ),
    (
        "diff",
        "diff",
        "对照两期（或一个单位的两个版本）：哪些任务改了、新填了、清空了，按词标出。",
        "diff 上期/ 本期/",
        "diff 上期/ 本期/ -o 对照.docx",
    ),
    ("lookup", "tasks", "查官方任务清单。", "tasks 16.4", "tasks 双师型"),
    (
        "lookup",
        "rules",
        "查审核规则：全部规则的清单；写上编号，就说明为什么、怎样算错、怎样算对。",
        "rules",
        "rules ZJ203",
        "rules ZJ2",
    ),
    ("lookup", "schema", "输出 YAML 填报文件的 JSON Schema，供编辑器补全和检查。", "schema -o zhijiao20.schema.json"),
)
"""Where each command's function is, what its help says, and examples, in help order."""

_CHECK = (
    "lookup",
    "check_form",
    "检查一份 Word 表样能不能用：每项任务在哪一行，缺了哪些，哪些重复、被改动。",
    "form check 空表.docx",
)


def _add(group: typer.Typer, name: str, module: str, function: str, help_text: str, *lines: str) -> None:
    """Add a command to a group, with an example on each line at the end of its help."""
    epilog = "\b\n" + "\n".join(f"例：zhijiao20 {line}" for line in lines)
    group.command(name, cls=LateCommand, help=help_text, epilog=epilog)(function_of(module, function))


app.callback()(program_options)
for _command in _COMMANDS:
    _add(app, _command[1].rstrip("_"), *_command)
_add(form, "check", *_CHECK)
app.add_typer(form, name="form")
