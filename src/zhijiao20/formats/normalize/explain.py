"""Explain what is wrong with an entry or a field: each fault with its place and remedy, all else kept.

Only what is not plain comes here, so pydantic, which validates it, is loaded for a file that has something wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.fields import EVIDENCE, PERIOD, PHONE, PROGRESS, REMARK, REPORTER, STATUS, TASKS, UNIT, WAIVERS
from zhijiao20.core.findings import NOWHERE, Collector, Place
from zhijiao20.core.submission import PROGRESS_SYNONYMS, Entry, Progress, is_blank, unit_problem, without_invisible
from zhijiao20.formats.format_error import refuse_garbled
from zhijiao20.formats.normalize.clean_text import keep_text, report_lost
from zhijiao20.formats.normalize.plain_data import block_in, check_waivers, take_out, text_in
from zhijiao20.formats.normalize.schema import EntryModel, StatusFile
from zhijiao20.formats.normalize.schema_messages import PROGRESS_LIST, Path, PlainValue, explain, missed_field
from zhijiao20.formats.normalize.task_ids import read_id
from zhijiao20.formats.raw import Items, Node, OddEntry, Pairs, RawUnit, Scalar

_KNOWN = frozenset({*StatusFile.model_fields, *EntryModel.model_fields})
_EMPTY: dict[str, type[PlainValue]] = {EVIDENCE: list, WAIVERS: dict}  # the value of these fields where nothing follows


def report_no_mapping(raw: Scalar | Items, out: Collector) -> None:
    """Report a file that is no mapping."""
    found = "整个文件是一个列表"
    if isinstance(raw, Scalar):
        found = "文件是空的" if is_blank(raw.text) else "整个文件是一段文字"
    out.add(
        "ZJ104",
        f"{found}，而不是“字段: 值”",
        "文件应以“单位: 某某单位”开头，冒号用半角，后面空一格；可用 zhijiao20 init 生成一份对照",
        place=raw.place,
    )


class Explainer:
    """Explains the odd parts of one unit; keeps the place of every value for faults that are found later."""

    def __init__(self, catalog: Catalog, out: Collector) -> None:
        self.catalog, self.out = catalog, out
        self.places: dict[Path, Place] = {}
        self.first: dict[str, tuple[Scalar, str]] = {}  # task → its id and text as first written

    def add_entry(self, entry: Entry | OddEntry, entries: dict[str, Entry | None]) -> None:
        """Add an entry as it counts: with a known id and checked fields.

        Args:
            entry: the entry as read.
            entries: receives it by its task id; None stands for one that had nothing to keep.
        """
        key = Scalar(entry.task, entry.place) if isinstance(entry, Entry) else entry.key
        task = self._id(key)
        if task is None:
            return
        if task in entries:
            before = entries[task]
            first = self.first.get(task) or (Scalar(task, before.place), before.status) if before else self.first[task]
            self._report_double(key, first, entry.status if isinstance(entry, Entry) else text_in(entry.node), task)
            return
        self.first[task] = key, entry.status if isinstance(entry, Entry) else text_in(entry.node)
        if isinstance(entry, Entry):
            entry.task = task
            entries[task] = entry
        else:
            entries[task] = self._checked(task, key, entry.node)

    def fields(self, raw: RawUnit) -> tuple[dict[str, str], Place] | None:
        """Return the texts at the top by name, and where 单位 stands; None where no unit is named."""
        self.places[()] = raw.place
        if raw.tasks_place is not None:
            self.places[TASKS,] = raw.tasks_place
        if not any(key.text in _KNOWN for key, _ in raw.fields):
            refuse_garbled("\n".join([key.text for key, _ in raw.fields]), raw.place)
        data = self._mapping(Pairs(tuple(raw.fields), raw.place), (), {} if raw.tasks_place is None else {TASKS: {}})
        model = self._status_file(data)
        if model is None:
            return None
        raw.tasks_place = self.places.get((TASKS,), raw.place)
        texts = {name: self._text(getattr(model, name), (name,), None) for name in (PERIOD, REPORTER, PHONE)}
        place = self.places.get((UNIT,), raw.place)
        report_lost(model.单位, self.out, place=place, task=None, field=UNIT)
        return {UNIT: model.单位, **texts}, place

    def report_bare(self, bare: Sequence[Scalar]) -> None:
        """Report task ids without quotation marks."""
        first = bare[0]
        self.out.add(
            "ZJ109",
            f"{len(bare)} 个任务编号没有加引号（第一个是 {first.text}），已按文字读取",
            f'编号请加引号，如 "{first.text}"，以免别的程序把它当成小数',
            place=first.place,
        )

    def _mapping(self, pairs: Pairs, path: Path, plain: dict[str, PlainValue]) -> dict[str, PlainValue]:
        """Return a mapping as plain data; a key that stands twice is an error, and the first one counts."""
        for key, node in pairs.pairs:
            name = key.text
            here = (*path, name)
            if name in plain:
                self._report_double_field(key, here)
                continue
            blank = isinstance(node, Scalar) and not node.text
            self.places[here] = key.place if blank or name not in _KNOWN else node.place
            plain[name] = self._plain(node, here)
        return plain

    def _plain(self, node: Node, path: Path) -> PlainValue:
        if isinstance(node, Scalar):
            if path == (TASKS,) and is_blank(node.text):
                return {}
            empty = _EMPTY.get(str(path[-1])) if len(path) == 3 and not node.text else None
            return empty() if empty else node.text
        if isinstance(node, Items):
            values: list[PlainValue] = []
            for index, item in enumerate(node.nodes):
                self.places[*path, index] = item.place
                values.append(self._plain(item, (*path, index)))
            return values
        return self._mapping(node, path, {})

    def _checked(self, task: str, key: Scalar, node: Node) -> Entry | None:
        """Validate one entry; what does not fit is reported and left out."""
        path = (TASKS, task)
        self.places[path] = key.place
        if isinstance(node, Scalar):
            self.places[*path, STATUS] = node.place if node.text else key.place
            if missed := missed_field(key, node):
                self.out.add(*missed, place=node.place, task=task)
        plain: PlainValue = {STATUS: node.text} if isinstance(node, Scalar) else self._plain(node, path)
        data: dict[str, PlainValue] = {TASKS: {task: self._progress(plain, path)}}
        check_waivers(data, self._place, self.out)
        checked = self._valid(data, path)
        return None if checked is None else self._entry(task, checked, block_in(node))

    def _valid(self, data: dict[str, PlainValue], path: Path) -> EntryModel | None:
        tasks = data[TASKS]
        assert isinstance(tasks, dict), "it was made with one entry"
        try:
            return EntryModel.model_validate(tasks[str(path[1])])
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False)
        self._report_faults([{**fault, "loc": (*path, *fault["loc"])} for fault in faults], data)
        return EntryModel.model_validate(tasks[str(path[1])]) if str(path[1]) in tasks else None

    def _status_file(self, data: dict[str, PlainValue]) -> StatusFile | None:
        """Validate the fields at the top; what does not fit is reported and left out."""
        unit = data.get(UNIT)
        if isinstance(unit, str) and (problem := unit_problem(unit)):
            message = f"{problem}：{quote(unit)}"
            self.out.add("ZJ106", message, "写单位全称，1 至 100 个字，不换行", place=self.places[UNIT,])
            del data[UNIT]
        if isinstance(period := data.get(PERIOD), str) and "\n" in period.strip():
            message = f"报告期写成了几行：{quote(period)}"
            self.out.add("ZJ104", message, "写在一行里，如 2020年上半年", place=self.places[PERIOD,])
        try:
            return StatusFile.model_validate(data)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False)
        reported = UNIT in data or unit is None
        self._report_faults([fault for fault in faults if reported or fault["loc"] != (UNIT,)], data)
        if UNIT not in data:
            return None
        data.setdefault(TASKS, {})
        return StatusFile.model_validate(data)

    def _report_faults(self, faults: Sequence[ErrorDetails], data: dict[str, PlainValue]) -> None:
        """Report what pydantic found, in the order of the file, and take it out of the data."""
        for fault in sorted(faults, key=lambda fault: self._place(fault["loc"]).line or 0):
            path = fault["loc"]
            self.out.add(*explain(fault), place=self._place(path), task=_task_of(path))
            take_out(data, path)

    def _entry(self, task: str, model: EntryModel, block: int) -> Entry:
        path = (TASKS, task)
        place = self._place(path)
        return Entry(
            task=task,
            progress=Progress(model.进展) if model.进展 else None,
            status=self._text(model.落实情况, (*path, STATUS), task),
            evidence=tuple(self._text(item, (*path, EVIDENCE, index), task) for index, item in enumerate(model.佐证)),
            remark=self._text(model.说明, (*path, REMARK), task),
            waivers=model.豁免,
            place=place,
            text_place=self.places.get((*path, STATUS), place),
            block=block,
        )

    def _text(self, text: str, path: Path, task: str | None) -> str:
        field = next(str(part) for part in reversed(path) if isinstance(part, str))
        return keep_text(text, self.out, place=self._place(path), task=task, field=field)

    def _place(self, path: Path) -> Place:
        """Return the place of a value, or of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, NOWHERE)

    def _progress(self, entry: PlainValue, path: Path) -> PlainValue:
        """Map an office's own word for 进展 to one of the four, and report it."""
        if isinstance(entry, dict) and isinstance(word := entry.get(PROGRESS), str):
            plain_word = without_invisible(word).strip()
            if meant := PROGRESS_SYNONYMS.get(plain_word):
                message = f"进展{quote(word)}按“{meant}”理解"
                place = self.places[*path, PROGRESS]
                self.out.add("ZJ112", message, f"建议写成四种之一：{PROGRESS_LIST}", place=place, task=str(path[-1]))
            known = not plain_word or plain_word in Progress.__members__.values()
            entry[PROGRESS] = meant.value if meant else plain_word if known else word
        return entry

    def _id(self, key: Scalar) -> str | None:
        """Return the task id that a written id means; None where it means none, which is reported."""
        found = read_id(key.text, self.catalog.tasks)
        if found.id is None:
            likely = f"很可能是 {found.likely}：{self.catalog.tasks[found.likely].text}" if found.likely else ""
            if found.is_date:
                self.out.add(
                    "ZJ117",
                    f"任务编号{quote(key.text)}像是被表格软件改成了日期" + (f"，{likely}" if likely else ""),
                    "把编号一列设成文本格式，重新填写原来的编号（如 1.1）",
                    place=key.place,
                )
            else:
                ids = list(self.catalog.tasks)
                self.out.add(
                    "ZJ101",
                    f"没有编号为{quote(key.text)}的任务" + (f"，{likely}" if likely else "")
                    if key.text.strip()
                    else "任务编号是空的",
                    f"编号写成“条.序”，从 {ids[0]} 到 {ids[-1]}；用 zhijiao20 tasks 查全部编号",
                    place=key.place,
                )
        elif found.id != key.text:
            message = f"任务编号{quote(key.text)}已按 {found.id} 读取"
            self.out.add("ZJ109", message, f"建议改成 {found.id}", place=key.place, task=found.id)
        return found.id

    def _report_double(self, key: Scalar, known: tuple[Scalar, str], second: str, task: str) -> None:
        first, text = known
        where = first.place
        line = f"（前一次在第 {where.line} 行）" if where.line else f"（前一次在 {where.cell}）" if where.cell else ""
        first_spelled, then = quote(first.text), quote(key.text)
        written = "" if first_spelled == then else f"，写成{first_spelled}和{then}是同一个编号"
        self.out.add(
            "ZJ102",
            f"任务 {task} 出现了两次{line}{written}。前一次：{quote(text)}；这一次：{quote(second)}",
            "只留一处，把两段文字合到一起",
            place=key.place,
            task=task,
        )

    def _report_double_field(self, key: Scalar, path: Path) -> None:
        first = self.places[path]
        self.out.add(
            "ZJ114",
            f"字段{quote(key.text)}出现了两次" + (f"，前一次在第 {first.line} 行" if first.line else ""),
            "只留一个，把两处内容合到一起",
            place=key.place,
            task=_task_of(path),
        )


def _task_of(path: Path) -> str | None:
    return str(path[1]) if len(path) > 1 and path[0] == TASKS else None
