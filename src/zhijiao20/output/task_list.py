"""Write the official task list as a table or as JSON."""

from __future__ import annotations

import json
from typing import TextIO

from zhijiao20.core.catalog import Task


def write_json(tasks: list[Task], stream: TextIO) -> None:
    """Write the tasks as a JSON list, with their targets."""
    rows = [
        {
            "id": task.id,
            "chapter": task.chapter,
            "article": task.article,
            "text": task.text,
            "targets": [{"key": target.key, "quote": target.quote, **target.fields} for target in task.targets],
        }
        for task in tasks
    ]
    json.dump(rows, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def write_table(tasks: list[Task], stream: TextIO) -> None:
    """Write the tasks as a table, with a section for each article."""
    from rich.table import Table

    from zhijiao20.output.terminal import console_for

    console = console_for(stream)
    if not console.is_terminal and console.width > 1000:
        stream.writelines(f"{task.id}\t{task.text}\n" for task in tasks)
        return
    table = Table(show_lines=False, expand=False)
    table.add_column("编号", no_wrap=True, style="bold")
    table.add_column("任务", overflow="fold")
    article = ""
    for task in tasks:
        if task.article != article:
            table.add_section()
            table.add_row("", task.article, style="dim")
            article = task.article
        table.add_row(task.id, task.text)
    console.print(table)
