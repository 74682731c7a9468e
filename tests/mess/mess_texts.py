"""What goes wrong with the text of one task: characters, values that are none, cells that are more than text."""

from __future__ import annotations

import re
from dataclasses import replace

from mess_base import COMPLETE, TASKS, Outcome, Told, silent, status_of
from mess_layouts import Layout
from mess_office_files import Docx, Xlsx
from mess_rows import empty, mess
from mess_text_files import Csv, Yaml

from zhijiao20.core.fields import STATUS
from zhijiao20.core.findings import Place

GUESSED = "文件不是 UTF-8 编码，已按 GB18030（GBK）读取"


@mess("yaml", "csv", "xlsx")
def control_character(layout: Layout, task: str) -> Outcome:
    """What XML cannot hold is taken out, told by task, and stops nothing."""
    text = status_of(task)
    layout.status(task, f"{text[:5]}\x1b{text[5:]}\x07")
    message = "“落实情况”里有 2 个 Word 不能容纳的字符（\\x07、\\x1b），已去掉，其余文字未动"
    return lambda: Told((("ZJ006", layout.place(task, STATUS), task, message),))


@mess("yaml", "csv", "xlsx", "docx")
def unseen_characters(layout: Layout, task: str) -> Outcome:
    """NBSP, zero-width, soft hyphen, a Kangxi radical: kept as they are."""
    text = f"组织\u00a0实施\u200b方案\u00ad，⼯作 {task}\u3000完成\ufeff。"
    layout.status(task, text)
    return lambda: Told(statuses={task: text})


@mess("yaml", "csv", "xlsx", "docx")
def line_ends(layout: Layout, task: str) -> Outcome:
    """CRLF, CR and the soft return U+000B are line ends; in Word, paragraphs and breaks."""
    text = f"第一段 {task}\r\n第二段\x0b第三段\r第四段"
    layout.status(task, text.replace("\r\n", "\n").replace("\r", "\x0b") if isinstance(layout, Docx) else text)
    return lambda: Told(statuses={task: f"第一段 {task}\n第二段\n第三段\n第四段"})


@mess("xlsx")
def x000d(layout: Xlsx, task: str) -> Outcome:
    """A sheet spells a carriage return ``_x000D_``."""
    text = f"第一段 {task}_x000D_\n第二段"
    layout.raw(task, STATUS, f'<is><t xml:space="preserve">{text}</t></is>', ' t="inlineStr"')
    return lambda: Told(statuses={task: f"第一段 {task}\n第二段"})


@mess("yaml", "csv", "docx")
def x000d_as_text(layout: Layout, task: str) -> Outcome:
    """Left behind by a program that did not know the spelling: a text like any other, taken as it is."""
    text = f"第一段 {task}_x000D_\n第二段"
    layout.status(task, text)
    return lambda: Told(statuses={task: text})


@mess("yaml", "csv", "xlsx", "docx")
def formula_like(layout: Layout, task: str) -> Outcome:
    """A text that starts like a formula is a text."""
    text = "=+-@"[TASKS.index(task) % 4] + f'HYPERLINK("http://例.测试","{task}")'
    layout.status(task, text)
    return lambda: Told(statuses={task: text})


@mess("csv", "xlsx")
def formula_like_escaped(layout: Layout, task: str) -> Outcome:
    """With the apostrophe that we put before it, which goes."""
    text = "=+-@\t'"[TASKS.index(task) % 6] + f"1+1 任务 {task}"
    layout.status(task, f"'{text}")
    return lambda: Told(statuses={task: text})


@mess("yaml", "csv", "xlsx", "docx")
def markup(layout: Layout, task: str) -> Outcome:
    """Markup of screens, forms, formats and documents is text."""
    text = f"[red]{task}[/] {{{{unit}}}} {{0}} %s <b>&amp;</b> ]]> ${{HOME}} :smile: ../../x"
    layout.status(task, text)
    return lambda: Told(statuses={task: text})


@mess("yaml", "csv", "xlsx", "docx")
def rare_characters(layout: Layout, task: str) -> Outcome:
    """Extension B, private use, a variation selector, combining and right-to-left characters, emoji."""
    text = f"𠮷䶮㛃\ue000葛\U000e0100 e\u0301 שלום 😀👨\u200d👩 {task}"
    layout.status(task, text)
    return lambda: Told(statuses={task: text})


@mess("yaml", "csv", "xlsx", "docx")
def text_deleted(layout: Layout, task: str) -> Outcome:
    """The cell was emptied."""
    layout.status(task, "")
    if isinstance(layout, Yaml):
        return lambda: Told((empty(Place(layout.line(task, STATUS), 5), task),), {task: ""})
    return lambda: Told((empty(layout.place(task, STATUS), task),), {task: ""})


@mess("yaml", "csv")
def lost_character(layout: Yaml | Csv, task: str) -> Outcome:
    """“?” where GBK had no room for 䶮: a warning with the cell."""
    layout.status(task, f"由䶮某牵头，完成任务 {task} 的全部工作。")
    layout.encoding = "gbk"

    def told() -> Told:
        place, around = layout.place(task, STATUS), "“由?某牵头，完成”"
        if isinstance(layout, Yaml):
            place, around = Place(place.line), '“情况: "由?某牵头，完成”'
        message = f"{around}里的“?”可能是保存时丢失的字（生僻字、•、² 等）"
        text = f"由?某牵头，完成任务 {task} 的全部工作。"
        return Told((("ZJ007", place, None, message),), {task: text}, once=(("ZJ005", Place(), None, GUESSED),))

    return told


# ── YAML ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

_SCALARS = (
    "是",
    "否",
    "on",
    "y",
    "010",
    "2020-01-01",
    "1.10",
    "1e3",
    "0x10",
    "1_000",
    "12:30:00",
    ".inf",
    "true",
    "0o7",
)


@mess("yaml")
def scalar_of_another_kind(layout: Yaml, task: str) -> Outcome:
    """Dates, octal numbers, booleans: every scalar is text."""
    text = _SCALARS[TASKS.index(task) % len(_SCALARS)]
    layout.plain(task, text)
    return lambda: Told(statuses={task: text})


@mess("yaml")
def word_of_another_kind(layout: Yaml, task: str) -> Outcome:
    """是 否 on ~ as 进展 are words too: none of the four."""
    word = ("是", "否", "on", "~", "null", "y")[TASKS.index(task) % 6]
    layout.edit(task, lambda lines: [lines[0], f"    进展: {word}", *lines[2:]])
    message = f"进展不能是“{word}”，只能是：已完成、推进中、未启动、不涉及"
    entry = replace(COMPLETE.entries[task], progress=None)
    return lambda: Told((("ZJ105", layout.place(task, "进展"), task, message),), entries={task: entry})


@mess("yaml")
def text_behind_hash(layout: Yaml, task: str) -> Outcome:
    """YAML takes it for a comment: a warning with what was lost."""
    layout.plain(task, f"任务 {task} 见 #2 号文件")
    message = "“#”后面的文字被当作注释，没有读入：“#2 号文件”"
    return lambda: Told((("ZJ021", layout.place(task, STATUS), None, message),), {task: f"任务 {task} 见"})


# ── sheets ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@mess("xlsx")
def formula_never_calculated(layout: Xlsx, task: str) -> Outcome:
    """Never blank in silence."""
    layout.raw(task, STATUS, '<f>A1&amp;"x"</f>')
    message = '单元格是公式，文件里没有算出的结果：“=A1&"x"”'

    def told() -> Told:
        place = layout.place(task, STATUS)
        return Told((("ZJ015", place, task, message), empty(place, task)), {task: ""})

    return told


@mess("xlsx")
def formula_with_its_result(layout: Xlsx, task: str) -> Outcome:
    """The result that is stored counts, with a warning."""
    layout.raw(task, STATUS, f"<f>K1</f><v>{status_of(task)}</v>", ' t="str"')
    shown = status_of(task).replace("\n", "\\x0a")
    message = f"单元格是公式，采用了文件里存着的结果“{shown}”"
    return lambda: Told((("ZJ014", layout.place(task, STATUS), task, message),))


@mess("xlsx")
def date_as_text(layout: Xlsx, task: str) -> Outcome:
    """A date in the column of texts, as it is shown."""
    layout.raw(task, STATUS, "<v>43831</v>", f' s="{layout.dates()}"')
    message = "单元格里是日期或时间，已按“2020年1月1日”读取"
    return lambda: Told((("ZJ013", layout.place(task, STATUS), task, message),), {task: "2020年1月1日"})


@mess("xlsx")
def error_value(layout: Xlsx, task: str) -> Outcome:
    """#REF! is what stands there."""
    layout.raw(task, STATUS, "<v>#REF!</v>", ' t="e"')
    message = "单元格是错误值“#REF!”，已照此读取"
    return lambda: Told((("ZJ016", layout.place(task, STATUS), task, message),), {task: "#REF!"})


@mess("xlsx", alone=True)
def hidden_row(layout: Xlsx, task: str) -> Outcome:
    """Read like all others, and told."""
    layout.attribute(task, 'hidden="1"')
    number = layout.number(task)
    message = f"有 1 个隐藏的行（第 {number} 行），已照样读取"
    return lambda: Told((("ZJ017", Place(cell=f"A{number}"), None, message),))


@mess("xlsx", where=lambda task: task != TASKS[-1])
def merged_cell(layout: Xlsx, task: str) -> Outcome:
    """One text over two tasks counts for the first."""
    below = TASKS[TASKS.index(task) + 1]
    layout.status(below, "")
    top = layout.number(task)
    layout.merge(f"H{top}:H{top + 1}")
    message = f"H{top}:H{top + 1} 是合并单元格，里面的文字只算在第 {top} 行"
    said = ("ZJ019", layout.place(task, STATUS), task, message)
    return lambda: Told((said, empty(layout.place(below, STATUS), below)), {below: ""})


@mess("xlsx", alone=True)
def comment(layout: Xlsx, task: str) -> Outcome:
    """What a comment says is not read, and that is said."""
    place = layout.place(task, STATUS)
    layout.comment(place.cell or "")
    return lambda: Told((("ZJ010", place, task, "这里有批注，其中的内容没有采用"),))


# ── Word tables ──────────────────────────────────────────────────────────────────────────────────────────────────────


@mess("docx", name="merged-cell", where=lambda task: task != TASKS[-1])
def word_cells_merged(layout: Docx, task: str) -> Outcome:
    """One text over two tasks: told, and counted for the first."""
    below = TASKS[TASKS.index(task) + 1]
    layout.properties(task, '<w:vMerge w:val="restart"/>')
    layout.status(below, "")
    layout.properties(below, "<w:vMerge/>")
    message = "“落实情况”一格与上面一行合并，里面的文字只算在上面一行"
    return lambda: Told(
        (("ZJ019", layout.place(below), below, message), empty(layout.place(below), below)), {below: ""}
    )


@mess("docx", where=lambda task: task != TASKS[0])
def covered_text(layout: Docx, task: str) -> Outcome:
    """What stands in a cell that is merged into the one above nobody sees."""
    layout.properties(task, "<w:vMerge/>")
    hidden = status_of(task).replace("\n", "\\x0a")
    message = f"“落实情况”一格与上面一行合并，里面的文字只算在上面一行；被遮住的文字没有采用：“{hidden}”"
    return lambda: Told((("ZJ019", layout.place(task), task, message), empty(layout.place(task), task)), {task: ""})


@mess("docx")
def unaccepted_revision(layout: Docx, task: str) -> Outcome:
    """What is inserted counts, what is deleted does not."""
    layout.raw(
        task,
        f"<w:p><w:ins w:id='1' w:author='a'><w:r><w:t>新的 {task}</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='a'><w:r><w:delText>旧的</w:delText></w:r></w:del></w:p>",
    )
    message = "有没有接受的修订：插入的文字已计入，删除的文字未计入"
    return lambda: Told((("ZJ009", layout.place(task), task, message),), {task: f"新的 {task}"})


@mess("docx")
def picture(layout: Docx, task: str) -> Outcome:
    """A picture is no text."""
    layout.edit(task, lambda row: re.sub("</w:p></w:tc></w:tr>$", "<w:r><w:drawing/></w:r></w:p></w:tc></w:tr>", row))
    return lambda: Told((("ZJ010", layout.place(task), task, "格内有图片或文本框，其中的内容没有采用"),))


@mess("docx")
def split_into_runs(layout: Docx, task: str) -> Outcome:
    """A text that Word has cut into pieces, part of it a link, is one text."""
    text = status_of(task).split("\n")[0]
    pieces = "".join(f'<w:r><w:t xml:space="preserve">{char}</w:t></w:r>' for char in text[:-2])
    layout.raw(task, f"<w:p>{pieces}<w:hyperlink><w:r><w:t>{text[-2:]}</w:t></w:r></w:hyperlink></w:p>")
    return (lambda: Told(statuses={task: text})) if text != status_of(task) else silent
