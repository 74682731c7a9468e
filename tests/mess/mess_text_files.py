"""The complete submission as YAML and as CSV, and how their rows are changed by hand."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping

from mess_base import AGAIN, TASKS, written

from zhijiao20.core.fields import ID, STATUS
from zhijiao20.core.findings import Place

_BLOCK = 4  # where the fields of an entry begin in YAML


class Yaml:
    """Lines, by task: from its key up to the next one."""

    kind = "yaml"

    def __init__(self) -> None:
        self.head: list[str] = []
        self.blocks: list[tuple[str, list[str]]] = []
        self.encoding = "utf-8"
        lines = self.head
        for line in written("yaml").decode().splitlines():
            if found := re.match(r'  "([0-9.]+)":$', line):
                lines = []
                self.blocks.append((found[1], lines))
            lines.append(line)

    def index(self, task: str) -> int:
        """Which block has this name."""
        return next(index for index, (name, _) in enumerate(self.blocks) if name == task)

    def edit(self, task: str, change: Callable[[list[str]], list[str]]) -> None:
        """Change the lines of a task."""
        index = self.index(task)
        self.blocks[index] = (task, change(list(self.blocks[index][1])))

    def line(self, task: str, field: str = "") -> int:
        """The line of a task's key, or of a field below it."""
        index = self.index(task)
        before = len(self.head) + sum(len(lines) for _, lines in self.blocks[:index])
        lines = self.blocks[index][1]
        within = next((n for n, line in enumerate(lines) if line.strip().startswith(field)), 0) if field else 0
        return before + within + 1

    def place(self, task: str, field: str) -> Place:
        """The place of an id, or of a text that stands on the line of its field."""
        if field == ID:
            return Place(self.line(task), 3)
        return Place(self.line(task, field), _BLOCK + len(field) + 3)

    def first(self) -> Place:
        """The place of the list of tasks."""
        return Place(len(self.head) + 1, 3)

    def status(self, task: str, text: str) -> None:
        """Write a text in double quotes."""

        def change(lines: list[str]) -> list[str]:
            begin = lines.index("    落实情况: |-")
            end = next(n for n, line in enumerate(lines) if line.startswith("    佐证"))
            quoted = re.sub(
                "[\x7f\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False)
            )
            return [*lines[:begin], f"    落实情况: {quoted}", *lines[end:]]

        self.edit(task, change)

    def plain(self, task: str, text: str) -> None:
        """Write the bare text behind 落实情况, as a clerk does."""
        self.status(task, "")
        self.edit(
            task, lambda lines: [f"    落实情况: {text}" if line.startswith("    落实情况") else line for line in lines]
        )

    def key(self, task: str, spelled: str) -> None:
        """Spell an id in another way."""
        self.edit(task, lambda lines: [f'  "{spelled}":', *lines[1:]])

    def last(self, task: str) -> int:
        """The last line of a task."""
        return self.line(task) + len(self.blocks[self.index(task)][1]) - 1

    def move_to_the_end(self, task: str) -> None:
        """Another order."""
        self.blocks.append(self.blocks.pop(self.index(task)))

    def delete(self, task: str) -> None:
        """Take an entry out."""
        del self.blocks[self.index(task)]

    def double(self, task: str, text: str) -> None:
        """Write a second entry at the end."""
        self.blocks.append((task + AGAIN, [f'  "{task}":', "    落实情况: |-", f"      {text}"]))

    def text(self) -> str:
        """The whole file."""
        return "\n".join([*self.head, *(line for _, lines in self.blocks for line in lines)]) + "\n"

    def data(self) -> bytes:
        """The file; what its encoding has no room for becomes a question mark."""
        return self.text().encode(self.encoding, "replace")


class Csv:
    """Rows of texts below a header."""

    kind = "csv"

    def __init__(self) -> None:
        rows = list(csv.reader(io.StringIO(written("csv").decode("utf-8-sig"), newline="")))
        self.header = rows[0]
        self.rows = list(zip(TASKS, rows[1:], strict=True))
        self.encoding = "utf-8-sig"

    def column(self, name: str) -> int:
        """Where a column stands."""
        return self.header.index(name)

    def index(self, task: str) -> int:
        """Which row has this name."""
        return next(n for n, (name, _) in enumerate(self.rows) if name == task)

    def place(self, task: str, name: str) -> Place:
        """The place of a cell: the physical line on which its row begins and the number of the field."""
        index = self.index(task)
        breaks = sum(cell.count("\n") for _, row in self.rows[:index] for cell in row)
        return Place(2 + index + breaks, self.column(name) + 1)

    def first(self) -> Place:
        """The place of the list of tasks: the first row with an id."""
        return self.place(next(name for name, row in self.rows if row[self.column(ID)]), ID)

    def cell(self, task: str, name: str, text: str) -> None:
        """Write a text into a cell."""
        index = self.index(task)
        row = list(self.rows[index][1])
        row[self.column(name)] = text
        self.rows[index] = (task, row)

    def status(self, task: str, text: str) -> None:
        """Write the text of column 4."""
        self.cell(task, STATUS, text)

    def key(self, task: str, spelled: str) -> None:
        """Spell an id in another way."""
        self.cell(task, ID, spelled)

    def lengthen(self, task: str, text: str) -> None:
        """Write a text behind the last column."""
        index = self.index(task)
        self.rows[index] = (task, [*self.rows[index][1], text])

    def insert(self, task: str, name: str, texts: Mapping[str, str]) -> str:
        """A row above a task; returns its name."""
        name = f"{name} {task}"
        self.rows.insert(self.index(task), (name, [texts.get(column, "") for column in self.header]))
        return name

    def move_to_the_end(self, task: str) -> None:
        """Another order."""
        self.rows.append(self.rows.pop(self.index(task)))

    def delete(self, task: str) -> None:
        """Take a row out."""
        del self.rows[self.index(task)]

    def double(self, task: str, text: str) -> None:
        """Write a second row at the end."""
        self.rows.append((task + AGAIN, self.rows[self.index(task)][1]))
        self.cell(task + AGAIN, STATUS, text)

    def text(self, delimiter: str = ",") -> str:
        """The whole file."""
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator="\r\n", delimiter=delimiter).writerows(
            [self.header, *(row for _, row in self.rows)]
        )
        return stream.getvalue()

    def data(self) -> bytes:
        """The file; what its encoding has no room for becomes a question mark."""
        return self.text().encode(self.encoding, "replace")
