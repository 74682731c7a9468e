"""The complete submission as a sheet and as a Word table, and how their rows are changed by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from mess_base import AGAIN, CATALOG, TASKS, written

from zhijiao20.core.fields import EVIDENCE, ID, STATUS
from zhijiao20.core.findings import NOWHERE, Place


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """An archive of these parts, by default not squeezed: that takes the time of a test."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, content)
    return stream.getvalue()


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

LETTERS = dict(zip(("单位", "报告期", ID, "部分", "条目", "任务", "进展", STATUS, EVIDENCE), "ABCDEFGHI", strict=True))
"""Column → its letter in our sheet."""


class Xlsx:
    """The XML of each row of our sheet."""

    kind = "xlsx"

    def __init__(self) -> None:
        self.parts = unpack(written("xlsx"))
        xml = self.parts["xl/worksheets/sheet1.xml"].decode()
        self.head, rest = xml.split('<row r="4"', 1)
        body, self.tail = rest.split("</sheetData>", 1)
        rows = re.findall(r"<row .*?</row>", '<row r="4"' + body)
        self.rows: list[tuple[str, int, str]] = [
            (task, number, row) for number, (task, row) in enumerate(zip(TASKS, rows, strict=True), start=4)
        ]
        self.date_style = 0

    def index(self, task: str) -> int:
        """Which row has this name."""
        return next(n for n, (name, _, _) in enumerate(self.rows) if name == task)

    def number(self, task: str) -> int:
        """The number of a task's row."""
        return self.index(task) + 4

    def place(self, task: str, name: str) -> Place:
        """The place of a task's cell."""
        return Place(cell=f"{LETTERS[name]}{self.number(task)}")

    def first(self) -> Place:
        """The place of the list of tasks: the first row with an id."""
        filled = (name for name, number, row in self.rows if re.search(rf'r="C{number}"[^>]*><[vi]', row))
        return self.place(next(filled), ID)

    def raw(self, task: str, name: str, xml: str, attributes: str = "") -> None:
        """Put another content into a cell, keeping its style unless ``attributes`` has one."""
        index = self.index(task)
        _, number, row = self.rows[index]
        begin = row.index(f'<c r="{LETTERS[name]}{number}"')
        end = row.index("/>" if row.find("/>", begin) == row.find(">", begin) - 1 else "</c>", begin)
        end += 2 if row[end] == "/" else 4
        old = re.match(r'<c r="\w+"( s="\d+")?', row[begin:])
        assert old is not None
        style = "" if " s=" in attributes else old[1] or ""
        made = f'<c r="{LETTERS[name]}{number}"{style}{attributes}>{xml}</c>'
        self.rows[index] = (task, number, row[:begin] + made + row[end:])

    def cell(self, task: str, name: str, text: str) -> None:
        """Write a text into a cell."""
        coded = re.sub(
            "[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda match: f"_x{ord(match[0]):04X}_", escape(text, {"\r": "&#13;"})
        )
        self.raw(task, name, f'<is><t xml:space="preserve">{coded}</t></is>', ' t="inlineStr"')

    def status(self, task: str, text: str) -> None:
        """Write the text of column 4."""
        self.cell(task, STATUS, text)

    def dates(self) -> int:
        """The number of a style that shows dates."""
        if not self.date_style:
            styles = self.parts["xl/styles.xml"].decode()
            end = styles.index("</cellXfs>")
            self.date_style = styles.count("<xf ", styles.index("<cellXfs"), end)
            made = f'{styles[:end]}<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/>{styles[end:]}'
            self.parts = {**self.parts, "xl/styles.xml": made.encode()}
        return self.date_style

    def attribute(self, task: str, text: str) -> None:
        """Give the row another attribute."""
        index = self.index(task)
        _, number, row = self.rows[index]
        self.rows[index] = (task, number, row.replace("<row ", f"<row {text} ", 1))

    def delete(self, task: str) -> None:
        """Take a row out; those below move up."""
        del self.rows[self.index(task)]

    def double(self, task: str, text: str) -> None:
        """Write a second row at the end."""
        self.rows.append((task + AGAIN, *self.rows[self.index(task)][1:]))
        self.status(task + AGAIN, text)

    def merge(self, area: str) -> None:
        """Merge cells."""
        self.tail = self.tail.replace("</mergeCells>", f'<mergeCell ref="{area}"/></mergeCells>', 1)

    def comment(self, cell: str) -> None:
        """Put a comment to a cell."""
        links = f'<Relationship Id="c" Type="{_OFFICE}/comments" Target="../comments1.xml"/>'
        self.parts = {
            **self.parts,
            "xl/comments1.xml": f'<comments xmlns="{_SHEETS}"><commentList><comment ref="{cell}"/></commentList></comments>'.encode(),
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'.encode(),
        }

    def key(self, task: str, spelled: str) -> None:
        """Spell an id in another way; an empty one leaves an empty cell."""
        if spelled:
            self.cell(task, ID, spelled)
        else:
            self.raw(task, ID, "")

    def insert(self, task: str, name: str, texts: Mapping[str, str]) -> str:
        """A row above a task; returns its name."""
        name = f"{name} {task}"
        cells = "".join(
            f'<c r="{LETTERS[column]}0" t="inlineStr"><is><t>{text}</t></is></c>' for column, text in texts.items()
        )
        self.rows.insert(self.index(task), (name, 0, f'<row r="0">{cells}<c r="I0" s="4"/></row>'))
        return name

    def move_to_the_end(self, task: str) -> None:
        """Another order; the rows below move up."""
        self.rows.append(self.rows.pop(self.index(task)))

    def data(self) -> bytes:
        """The file."""
        rows = []
        for here, (_, number, row) in enumerate(self.rows, start=4):
            moved = row if here == number else re.sub(rf'(r="[A-Z]*){number}"', rf'\g<1>{here}"', row)
            rows.append(moved)
        xml = self.head + "".join(rows) + "</sheetData>" + self.tail
        return pack({**self.parts, "xl/worksheets/sheet1.xml": xml.encode()})


class Docx:
    """The XML of each row of the official table."""

    kind = "docx"

    def __init__(self) -> None:
        self.parts = unpack(written("docx"))
        xml = self.parts["word/document.xml"].decode()
        self.head, rest = xml.split("</w:tr>", 1)
        self.head += "</w:tr>"
        body, self.tail = rest.rsplit("</w:tr>", 1)
        rows = [row + "</w:tr>" for row in body.split("</w:tr>")]
        self.rows: list[tuple[str, str]] = list(zip(TASKS, rows, strict=True))

    def index(self, task: str) -> int:
        """Which row has this name."""
        return next(n for n, (name, _) in enumerate(self.rows) if name == task)

    def place(self, task: str, _name: str = "") -> Place:
        """The place of a task's row; the first row of the table is its header."""
        return Place(cell=f"第{self.index(task) + 2}行")

    def first(self) -> Place:
        """A Word table has no place of its own."""
        return NOWHERE

    def edit(self, task: str, change: Callable[[str], str]) -> None:
        """Change the XML of a row."""
        index = self.index(task)
        self.rows[index] = (task, change(self.rows[index][1]))

    def status(self, task: str, text: str) -> None:
        """Write the text of column 4: paragraphs at each line end, soft breaks for U+000B."""
        runs = [
            "".join(
                f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' if part != "\x0b" else "<w:r><w:br/></w:r>"
                for part in re.split("(\x0b)", line)
            )
            for line in text.split("\n")
        ]
        self.raw(task, "".join(f"<w:p>{run}</w:p>" for run in runs))

    def raw(self, task: str, paragraphs: str) -> None:
        """Put other paragraphs into column 4."""
        self.edit(task, lambda row: f"{row[: row.rindex('</w:tcPr>')]}</w:tcPr>{paragraphs}</w:tc></w:tr>")

    def properties(self, task: str, xml: str) -> None:
        """Give the cell of column 4 another property."""
        self.edit(task, lambda row: f"{xml}</w:tcPr>".join(row.rsplit("</w:tcPr>", 1)))

    def key(self, task: str, spelled: str) -> None:
        """A Word table has no ids."""
        raise NotImplementedError

    def insert(self, task: str, name: str, texts: Mapping[str, str]) -> str:
        """A row above a task; returns its name."""
        name = f"{name} {task}"
        cells = "".join(
            f"<w:tc><w:tcPr/><w:p><w:r><w:t>{texts.get(column, '')}</w:t></w:r></w:p></w:tc>"
            for column in ("部分", "条目", "任务", STATUS)
        )
        self.rows.insert(self.index(task), (name, f"<w:tr>{cells}</w:tr>"))
        return name

    def move_to_the_end(self, task: str) -> None:
        """Another order."""
        self.rows.append(self.rows.pop(self.index(task)))

    def wording(self, task: str, text: str) -> None:
        """Write another text into the cell of the task."""
        old = escape(CATALOG.tasks[task].text)
        self.edit(task, lambda row: row.replace(f">{old}<", f">{escape(text)}<", 1))

    def delete(self, task: str) -> None:
        """Take a row out; a merged cell that begins there then begins below."""
        del self.rows[self.index(task)]

    def double(self, task: str, text: str) -> None:
        """Write a second row at the end."""
        self.rows.append((task + AGAIN, self.rows[self.index(task)][1]))
        self.status(task + AGAIN, text)

    def data(self) -> bytes:
        """The file."""
        xml = self.head + "".join(row for _, row in self.rows) + self.tail
        return pack({**self.parts, "word/document.xml": xml.encode()})
