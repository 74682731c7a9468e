"""From the tree of one unit to its submission: fields, types, ids and words, each fault with its place and remedy."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.fields import EVIDENCE, PERIOD, PROGRESS, STATUS, TASKS, UNIT, WAIVERS
from zhijiao20.core.findings import NOWHERE, Collector, Place
from zhijiao20.core.submission import (
    PROGRESS_SYNONYMS,
    Entry,
    Progress,
    Submission,
    is_blank,
    unit_problem,
    without_invisible,
)
from zhijiao20.formats.normalize.clean_text import keep_text
from zhijiao20.formats.normalize.plain_data import block_in, status_of, take_out, text_in
from zhijiao20.formats.normalize.schema import EntryModel, StatusFile
from zhijiao20.formats.normalize.schema_messages import PROGRESS_WORDS, Path, PlainValue, explain, missed_field
from zhijiao20.formats.normalize.task_ids import read_id
from zhijiao20.formats.normalize.waivers import check_waivers
from zhijiao20.formats.raw import Items, Node, Pairs, Scalar

_KNOWN = frozenset({*StatusFile.model_fields, *EntryModel.model_fields})
_EMPTY: dict[str, type[PlainValue]] = {EVIDENCE: list, WAIVERS: dict}  # what an empty value behind these is


def submission_from_tree(root: Node, catalog: Catalog, out: Collector, stem: str = "") -> Submission | None:
    """Check the tree of one unit and build its submission.

    Args:
        root: the tree as a format read it.
        catalog: the official list that ids are held against.
        out: takes a finding for everything that is wrong or was put right; its ``unit`` is set here.
        stem: the unit where the tree names none (a Word form: the file's name); empty where it must.

    Returns:
        The submission with all that could be understood, or None where the tree names no unit or is no mapping.
    """
    if not isinstance(root, Pairs):
        found = "整个文件是一个列表"
        if isinstance(root, Scalar):
            found = "文件是空的" if is_blank(root.text) else "整个文件是一段文字"
        out.add(
            "ZJ104",
            f"{found}，而不是“字段: 值”",
            "文件应以“单位: 某某单位”开头，冒号用半角，后面空一格；可用 zhijiao20 init 生成一份对照",
            place=root.place,
        )
        return None
    if stem and all(key.text != UNIT for key, _ in root.pairs):
        report_unit_from_file_name(stem, out)
        root = Pairs(((Scalar(UNIT), Scalar(stem)), *root.pairs), root.place)
    return _TreeReader(catalog, out).read(root)


def report_unit_from_file_name(stem: str, out: Collector) -> None:
    """Warn that the file's name serves as the unit."""
    out.add("ZJ113", f"没有写单位，单位取自文件名：{quote(stem)}", "在文件里写上单位全称")


class _TreeReader:
    """One pass over one tree.  Keeps where every value stood, so that a fault found later still has its place."""

    def __init__(self, catalog: Catalog, out: Collector) -> None:
        self.catalog = catalog
        self.out = out
        self.places: dict[Path, Place] = {}
        self.spelled: dict[str, str] = {}  # normalised id → the id as first written
        self.bare: list[Scalar] = []
        self.blocks: dict[str, int] = {}  # task → the column in which its status begins

    def read(self, root: Pairs) -> Submission | None:
        self.places[()] = root.place
        unit = next((node.text for key, node in root.pairs if key.text == UNIT and isinstance(node, Scalar)), None)
        self.out.unit = unit if unit and not unit_problem(unit) else None
        data = self._mapping(root, ())
        self._tell_bare()
        model = self._checked(data)
        if model is None:
            return None
        place = self.places.get((TASKS,), root.place)
        entries = {task: self._entry(task, model.任务[task]) for task in self.catalog.tasks if task in model.任务}
        top = {name: self._text(getattr(model, name), (name,), None) for name in (PERIOD, "填报人", "联系电话")}
        return Submission(
            unit=model.单位,
            file=self.out.file,
            period=top[PERIOD],
            reporter=top["填报人"],
            phone=top["联系电话"],
            entries=entries,
            place=self.places.get((UNIT,), root.place),
            tasks_place=place,
        )

    def _mapping(self, pairs: Pairs, path: Path) -> dict[str, PlainValue]:
        """A mapping as plain data; a key that stands twice is an error, and the first one counts."""
        plain: dict[str, PlainValue] = {}
        for key, node in pairs.pairs:
            name = key.text
            here = (*path, name)
            if name in plain:
                self._double(key, here)
                continue
            blank = isinstance(node, Scalar) and not node.text
            self.places[here] = key.place if blank or name not in _KNOWN else node.place
            plain[name] = self._tasks(node) if here == (TASKS,) else self._plain(node, here)
        return plain

    def _double(self, key: Scalar, path: Path) -> None:
        first = self.places[path]
        self.out.add(
            "ZJ114",
            f"字段{quote(key.text)}出现了两次" + (f"，前一次在第 {first.line} 行" if first.line else ""),
            "只留一个，把两处内容合到一起",
            place=key.place,
            task=self._task_of(path),
        )

    def _plain(self, node: Node, path: Path) -> PlainValue:
        if isinstance(node, Scalar):
            empty = _EMPTY.get(str(path[-1])) if len(path) == 3 and not node.text else None
            return empty() if empty else node.text
        if isinstance(node, Items):
            values: list[PlainValue] = []
            for index, item in enumerate(node.nodes):
                self.places[*path, index] = item.place
                values.append(self._plain(item, (*path, index)))
            return values
        return self._mapping(node, path)

    def _tasks(self, tasks: Node) -> PlainValue:
        plain: dict[str, PlainValue] = {}
        if not isinstance(tasks, Pairs):
            return plain if isinstance(tasks, Scalar) and is_blank(tasks.text) else self._plain(tasks, (TASKS,))
        for key, node in tasks.pairs:
            if key.bare:
                self.bare.append(key)
            task = self._id(key)
            if task is None:
                continue
            path = (TASKS, task)
            if task in plain:
                self._double_task(key, task, status_of(plain[task]), text_in(node))
                continue
            entry: PlainValue = {STATUS: node.text} if isinstance(node, Scalar) else self._plain(node, path)
            self.spelled[task] = key.text
            self.places[path] = key.place
            self.blocks[task] = block_in(node)
            if isinstance(node, Scalar):
                self.places[*path, STATUS] = node.place if node.text else key.place
                if missed := missed_field(key, node):
                    self.out.add(*missed, place=node.place, task=task)
            plain[task] = self._progress(entry, path)
        return plain

    def _id(self, key: Scalar) -> str | None:
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
            self.out.add(
                "ZJ109",
                f"任务编号{quote(key.text)}已按 {found.id} 读取",
                f"建议改成 {found.id}",
                place=key.place,
                task=found.id,
            )
        return found.id

    def _double_task(self, key: Scalar, task: str, first: str, second: str) -> None:
        where = self.places[TASKS, task]
        line = f"（前一次在第 {where.line} 行）" if where.line else f"（前一次在 {where.cell}）" if where.cell else ""
        first_spelled, then = quote(self.spelled[task]), quote(key.text)
        written = "" if first_spelled == then else f"，写成{first_spelled}和{then}是同一个编号"
        self.out.add(
            "ZJ102",
            f"任务 {task} 出现了两次{line}{written}。前一次：{quote(first)}；这一次：{quote(second)}",
            "只留一处，把两段文字合到一起",
            place=key.place,
            task=task,
        )

    def _progress(self, entry: PlainValue, path: Path) -> PlainValue:
        """Put an office's own word for 进展 into one of the four, telling so."""
        if isinstance(entry, dict) and isinstance(word := entry.get(PROGRESS), str):
            plain_word = without_invisible(word).strip()
            if meant := PROGRESS_SYNONYMS.get(plain_word):
                self.out.add(
                    "ZJ112",
                    f"进展{quote(word)}按“{meant}”理解",
                    f"建议写成四种之一：{PROGRESS_WORDS}",
                    place=self.places[*path, PROGRESS],
                    task=str(path[-1]),
                )
            known = not plain_word or plain_word in Progress.__members__.values()
            entry[PROGRESS] = meant.value if meant else plain_word if known else word
        return entry

    def _tell_bare(self) -> None:
        if self.bare:
            first = self.bare[0]
            self.out.add(
                "ZJ109",
                f"{len(self.bare)} 个任务编号没有加引号（第一个是 {first.text}），已按文字读取",
                f'编号请加引号，如 "{first.text}"，以免别的程序把它当成小数',
                place=first.place,
            )

    def _checked(self, data: dict[str, PlainValue]) -> StatusFile | None:
        """Hold the data against the model; take out what does not fit, with a finding, and go on with the rest."""
        unit = data.get(UNIT)
        if isinstance(unit, str) and (problem := unit_problem(unit)):
            self.out.add(
                "ZJ106",
                f"{problem}：{quote(unit)}",
                "写单位全称，1 至 100 个字，不换行",
                place=self.places[UNIT,],
            )
            del data[UNIT]
        if isinstance(period := data.get(PERIOD), str) and "\n" in period.strip():
            self.out.add(
                "ZJ104", f"报告期写成了几行：{quote(period)}", "写在一行里，如 2020年上半年", place=self.places[PERIOD,]
            )
        check_waivers(data, self._place, self.out)
        try:
            return StatusFile.model_validate(data)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False)
        named = UNIT in data or unit is None
        for fault in sorted(faults, key=lambda fault: self._place(fault["loc"]).line or 0):
            if named or fault["loc"] != (UNIT,):
                self._tell(fault)
            take_out(data, fault["loc"])
        if UNIT not in data:
            return None
        data.setdefault(TASKS, {})
        return StatusFile.model_validate(data)

    def _tell(self, fault: ErrorDetails) -> None:
        self.out.add(*explain(fault), place=self._place(fault["loc"]), task=self._task_of(fault["loc"]))

    def _place(self, path: Path) -> Place:
        """The place of a value, or of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, NOWHERE)

    def _task_of(self, path: Path) -> str | None:
        return str(path[1]) if len(path) > 1 and path[0] == TASKS else None

    def _entry(self, task: str, model: EntryModel) -> Entry:
        path = (TASKS, task)
        place = self._place(path)
        return Entry(
            task=task,
            progress=Progress(model.进展) if model.进展 else None,
            status=self._text(model.落实情况, (*path, STATUS), task),
            evidence=tuple(self._text(item, (*path, EVIDENCE, index), task) for index, item in enumerate(model.佐证)),
            remark=self._text(model.说明, (*path, "说明"), task),
            waivers=model.豁免,
            place=place,
            text_place=self.places.get((*path, STATUS), place),
            block=self.blocks.get(task, 0),
        )

    def _text(self, text: str, path: Path, task: str | None) -> str:
        field = next(str(part) for part in reversed(path) if isinstance(part, str))
        return keep_text(text, self.out, place=self._place(path), task=task, field=field)
