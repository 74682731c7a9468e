"""Build the submission of one unit from its tree; report every problem with its place and a remedy."""

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
_EMPTY: dict[str, type[PlainValue]] = {EVIDENCE: list, WAIVERS: dict}  # type of an empty value of these fields


def submission_from_tree(root: Node, catalog: Catalog, out: Collector, stem: str = "") -> Submission | None:
    """Check the tree of one unit and build its submission.

    Args:
        root: the tree as returned by a reader.
        catalog: the official task list, which defines the valid ids.
        out: receives a finding for every problem and every correction; its ``unit`` is set here.
        stem: the unit if the tree names none (a Word form: the file name); empty if the tree must name it.

    Returns:
        The submission with all valid content, or None if the tree names no valid unit or is not a mapping.
    """
    if not isinstance(root, Pairs):
        problem = "整个文件是一个列表"
        if isinstance(root, Scalar):
            problem = "文件是空的" if is_blank(root.text) else "整个文件是一段文字"
        out.add(
            "ZJ104",
            f"{problem}，而不是“字段: 值”",
            "文件应以“单位: 某某单位”开头，冒号用半角，后面空一格；可用 zhijiao20 init 生成一份对照",
            place=root.place,
        )
        return None
    if stem and all(key.text != UNIT for key, _ in root.pairs):
        report_unit_from_file_name(stem, out)
        root = Pairs(((Scalar(UNIT), Scalar(stem)), *root.pairs), root.place)
    return _TreeReader(catalog, out).read(root)


def report_unit_from_file_name(stem: str, out: Collector) -> None:
    """Report that the unit is taken from the file name."""
    out.add("ZJ113", f"没有写单位，单位取自文件名：{quote(stem)}", "在文件里写上单位全称")


class _TreeReader:
    """Reader of one tree in one pass; stores the place of every value for problems found later."""

    def __init__(self, catalog: Catalog, out: Collector) -> None:
        self.catalog = catalog
        self.out = out
        self.places: dict[Path, Place] = {}
        self.spelled: dict[str, str] = {}  # normalized id → the id as first written
        self.unquoted: list[Scalar] = []
        self.blocks: dict[str, int] = {}  # task → the column in which its status begins

    def read(self, root: Pairs) -> Submission | None:
        self.places[()] = root.place
        unit = next((node.text for key, node in root.pairs if key.text == UNIT and isinstance(node, Scalar)), None)
        self.out.unit = unit if unit and not unit_problem(unit) else None
        data = self._mapping(root, ())
        self._report_unquoted_ids()
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
        """Return a mapping as plain data; a duplicate key is reported, and its first value is used."""
        plain: dict[str, PlainValue] = {}
        for key, node in pairs.pairs:
            name = key.text
            child_path = (*path, name)
            if name in plain:
                self._report_duplicate_field(key, child_path)
                continue
            blank = isinstance(node, Scalar) and not node.text
            self.places[child_path] = key.place if blank or name not in _KNOWN else node.place
            plain[name] = self._tasks(node) if child_path == (TASKS,) else self._plain(node, child_path)
        return plain

    def _report_duplicate_field(self, key: Scalar, path: Path) -> None:
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
                self.unquoted.append(key)
            task = self._id(key)
            if task is None:
                continue
            path = (TASKS, task)
            if task in plain:
                self._report_duplicate_task(key, task, status_of(plain[task]), text_in(node))
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

    def _report_duplicate_task(self, key: Scalar, task: str, first: str, second: str) -> None:
        first_place = self.places[TASKS, task]
        line = (
            f"（前一次在第 {first_place.line} 行）"
            if first_place.line
            else f"（前一次在 {first_place.cell}）"
            if first_place.cell
            else ""
        )
        first_spelling, second_spelling = quote(self.spelled[task]), quote(key.text)
        written = "" if first_spelling == second_spelling else f"，写成{first_spelling}和{second_spelling}是同一个编号"
        self.out.add(
            "ZJ102",
            f"任务 {task} 出现了两次{line}{written}。前一次：{quote(first)}；这一次：{quote(second)}",
            "只留一处，把两段文字合到一起",
            place=key.place,
            task=task,
        )

    def _progress(self, entry: PlainValue, path: Path) -> PlainValue:
        """Replace a synonym of 进展 with one of the four words, and report it."""
        if isinstance(entry, dict) and isinstance(word := entry.get(PROGRESS), str):
            plain_word = without_invisible(word).strip()
            if standard := PROGRESS_SYNONYMS.get(plain_word):
                self.out.add(
                    "ZJ112",
                    f"进展{quote(word)}按“{standard}”理解",
                    f"建议写成四种之一：{PROGRESS_WORDS}",
                    place=self.places[*path, PROGRESS],
                    task=str(path[-1]),
                )
            known = not plain_word or plain_word in Progress.__members__.values()
            entry[PROGRESS] = standard.value if standard else plain_word if known else word
        return entry

    def _report_unquoted_ids(self) -> None:
        if self.unquoted:
            first = self.unquoted[0]
            self.out.add(
                "ZJ109",
                f"{len(self.unquoted)} 个任务编号没有加引号（第一个是 {first.text}），已按文字读取",
                f'编号请加引号，如 "{first.text}"，以免别的程序把它当成小数',
                place=first.place,
            )

    def _checked(self, data: dict[str, PlainValue]) -> StatusFile | None:
        """Validate the data; report and remove invalid values, and return the model of the rest."""
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
        except ValidationError as failure:
            errors = failure.errors(include_url=False, include_context=False)
        report_unit = UNIT in data or unit is None
        for error in sorted(errors, key=lambda error: self._place(error["loc"]).line or 0):
            if report_unit or error["loc"] != (UNIT,):
                self._report_error(error)
            take_out(data, error["loc"])
        if UNIT not in data:
            return None
        data.setdefault(TASKS, {})
        return StatusFile.model_validate(data)

    def _report_error(self, error: ErrorDetails) -> None:
        self.out.add(*explain(error), place=self._place(error["loc"]), task=self._task_of(error["loc"]))

    def _place(self, path: Path) -> Place:
        """Return the place of a value, or of its nearest parent with a place."""
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
