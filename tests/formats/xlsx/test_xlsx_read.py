"""Sheets as offices really send them: which one is read, what beside the table is told."""

from __future__ import annotations

import tracemalloc

import pytest
from sheets import HEAD, HEADER, MAIN, filled, pack, parts, relations, row, said, sheet, submissions, table, text

from zhijiao20.core.findings import Collector
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.xlsx.package import OBJECTS_LIMIT
from zhijiao20.formats.xlsx.read import read


def number(reference: str, value: str, style: int = 0) -> str:
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


class TestSheets:
    """Which sheet, and what of it."""

    def test_the_sheet_with_the_header_is_taken(self) -> None:
        """Others are named where they hold a text."""
        other, empty = sheet(row(1, "封面")), sheet(row(1, '<c r="A1" s="1"/>'))
        data = pack(parts(other, sheet(HEAD, row(2, "甲", "1.1")), empty, names=("封面", "表", "空")))
        rows, findings = table(data)
        assert rows[1][:2] == ["甲", "1.1"]
        assert said(findings) == [("ZJ018", None, "没有采用的工作表：“封面”")]

    def test_two_sheets_with_a_header_are_read_together(self) -> None:
        """Nothing is lost, columns are joined by name, and places name the sheet."""
        second = sheet(row(1, "落实情况", "编号", "备注", "编号"), row(5, "乙做了", "1.2", "x", "9"))
        data = pack(parts(sheet(HEAD, row(2, "甲", "1.1", "", "", "", "做了")), second))
        out = Collector("甲.xlsx")
        rows = list(read(data, out).rows)
        assert list(rows[0].cells) == [*HEADER, "备注", "编号"]
        assert list(rows[2].cells) == ["", "1.2", "", "", "", "乙做了", "", "x", "9"]
        assert rows[2].place(1).cell == "乙!B5"
        assert said(out.findings) == [("ZJ018", None, "有 2 张工作表有填报的表头（“甲”、“乙”），已合在一起读取")]

    def test_many_sheets_are_listed_up_to_ten(self) -> None:
        """A message stays readable."""
        names = tuple(f"表{index}" for index in range(12))
        data = pack(parts(*[sheet(row(1, "x"))] * 11, sheet(HEAD), names=names, states=("visible",) * 12))
        assert said(table(data)[1])[0][2].endswith("“表9”等 11 张")

    def test_hidden_sheet_beside_a_visible_one(self) -> None:
        """An old version, most likely: not read, but told."""
        made = sheet(HEAD, row(2, "甲", "1.1"))
        rows, findings = table(pack(parts(made, made, states=("visible", "veryHidden"))))
        assert len(rows) == 2
        assert said(findings) == [("ZJ018", None, "隐藏的工作表“乙”也有填报的表头，没有采用")]

    def test_hidden_sheet_alone(self) -> None:
        """Read, and told."""
        rows, findings = table(pack(parts(sheet(HEAD, row(2, "甲", "1.1")), states=("hidden",))))
        assert len(rows) == 2
        assert said(findings) == [("ZJ017", None, "工作表“甲”是隐藏的，已照样读取")]

    def test_no_header_at_all(self) -> None:
        """The nearest is shown by intake: what was found and what was expected."""
        _, findings = submissions(pack(parts(sheet(row(1, "x")), sheet(row(3, "单位", "编号", "情况")))))
        assert [finding.rule.code for finding in findings] == ["ZJ018", "ZJ115"]
        assert findings[1].message == "缺少列：落实情况。找到的是：“单位”、“编号”、“情况”"

    def test_empty_workbook(self) -> None:
        """No text is no table."""
        with pytest.raises(FormatError) as caught:
            submissions(pack(parts(sheet())))
        assert (caught.value.code, str(caught.value)) == ("ZJ002", "工作簿是空的")

    def test_another_table(self) -> None:
        """A list of telephones is no status file; what its columns are called is told."""
        with pytest.raises(FormatError) as caught:
            submissions(pack(parts(sheet(row(1, "单位", "姓名", "电话"), row(2, "甲", "张三", "1")))))
        assert (caught.value.code, str(caught.value)) == (
            "ZJ002",
            "工作簿里没有附表：没有“编号”“落实情况”这两列。找到的是：“单位”、“姓名”、“电话”",
        )

    def test_title_above_the_header(self) -> None:
        """Told, as in CSV; the text may stand in any column."""
        made = sheet(
            row(1, "", "", "", "", "", "", "", "一览表"), row(3, *HEADER), row(4, "甲", "1.1", "", "", "", "做了")
        )
        (unit,), findings = submissions(pack(parts(made)))
        assert list(unit.entries) == ["1.1"]
        assert said(findings) == [("ZJ110", "A3", "表头之前的 1 行未采用")]

    def test_text_beside_the_table(self) -> None:
        """No row is longer than its header in a sheet; a column without a name is told."""
        made = sheet(HEAD, row(2, "甲", "1.1", "", "", "", "做了", "", "", text("J2", "补充")))
        assert said(submissions(pack(parts(made)))[1]) == [
            ("ZJ110", "J2", "有一列没有列名，未采用；里面有文字，如“补充”")
        ]

    def test_merged_cells(self) -> None:
        """单位 counts for all its rows; a 落实情况 over two tasks is told, what a merge covers too."""
        rows = (
            row(2, "甲", "1.1", "", "", "", "同文"),
            row(3, "", "1.2"),
            row(4, "旧", "1.3", "", "", "", "三", "盖住"),
        )
        merged = '<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="F2:F3"/><mergeCell ref="F4:G4"/><mergeCell ref="A1"/><mergeCell ref="Z9:Z99"/></mergeCells>'
        found, findings = table(filled(*rows, after=merged))
        assert [cells[0] for cells in found[1:]] == ["甲", "甲", "甲"]
        assert [cells[5] for cells in found[1:]] == ["同文", "", "三"]
        assert said(findings) == [
            ("ZJ019", "F2", "F2:F3 是合并单元格，里面的文字只算在第 2 行"),
            ("ZJ019", "A4", "被合并单元格遮住的文字没有采用：“旧”"),
            ("ZJ019", "G4", "被合并单元格遮住的文字没有采用：“盖住”"),
        ]
        assert [finding.task for finding in findings] == ["1.1", "1.3", "1.3"]

    def test_hidden_rows_and_columns(self) -> None:
        """Read like all others, with a note."""
        rows = [row(number, "甲", f"1.{number}", attributes='hidden="1"') for number in range(2, 15)]
        columns = (
            '<cols><col min="2" max="3" hidden="1"/><col min="9" max="9" hidden="1"/><col min="1" max="1"/></cols>'
        )
        found, findings = table(
            filled(*rows, row(20, "乙", "1.1"), row(21, attributes='hidden="true"'), before=columns)
        )
        assert len(found) == 15
        assert said(findings) == [
            ("ZJ017", "A2", "有 13 个隐藏的行（第 2、3、4、5、6、7、8、9、10、11 等行），已照样读取"),
            ("ZJ017", "B1", "隐藏的列已照样读取：编号、部分"),
        ]

    def test_no_height_and_no_width(self) -> None:
        """As a hidden row or column is drawn: what another program writes."""
        rows = [
            row(2, "甲", "1.1", attributes='ht="0"'),
            row(3, "", "1.2", attributes='ht="0.0"'),
            row(4, "", "1.3", attributes='ht="0.5"'),
        ]
        columns = '<cols><col min="1" max="1" width="10"/><col min="6" max="6" width="0" customWidth="1"/></cols>'
        _, findings = table(filled(*rows, row(5, "乙", "1.1", "", "", "", "做了"), before=columns))
        assert said(findings) == [
            ("ZJ017", "A2", "有 2 个隐藏的行（第 2、3 行），已照样读取"),
            ("ZJ017", "F1", "隐藏的列已照样读取：落实情况"),
        ]

    def test_merged_whole_columns_and_rows(self) -> None:
        """Excel does not write such ranges; a column from the title down holds one cell."""
        merged = '<mergeCells><mergeCell ref="$G:$G"/><mergeCell ref="3:4"/></mergeCells>'
        rows, findings = table(filled(row(2, "甲", "1.1"), row(3, "乙", "1.1"), row(4, "", "1.2"), after=merged))
        assert [cells[:2] for cells in rows[1:]] == [["甲", "1.1"], ["乙", ""], ["乙", ""]]
        assert [finding.rule.code for finding in findings] == ["ZJ019", "ZJ019"]

    def test_a_comment_that_is_a_conversation(self) -> None:
        """Excel stores it twice, other programs once: it is told once."""
        made = parts(sheet(HEAD, row(2, "甲", "1.1", "", "", "", "做了")))
        link = ("t", "threadedComment", "../t.xml")
        kind = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
        made["xl/t.xml"] = (
            f'<ThreadedComments xmlns="{kind}"><threadedComment ref="F2"><text>?</text></threadedComment>'
            '<threadedComment ref="F2"><text>!</text></threadedComment></ThreadedComments>'
        )
        made["xl/c.xml"] = f'<comments xmlns="{MAIN}"><comment ref="F2"/></comments>'
        for links in ([link], [link, ("c", "comments", "../c.xml")]):
            made["xl/worksheets/_rels/sheet0.xml.rels"] = relations(*links)
            assert said(table(pack(made))[1]) == [("ZJ010", "F2", "这里有批注，其中的内容没有采用")]

    def test_a_part_that_is_lost(self) -> None:
        """The rest is read; what cannot be read is told where it is needed."""
        cells = (number("F2", "43831", 3), number("G2", "5"))
        made = parts(sheet(HEAD, row(2, "甲", "1.1", "", "", "", *cells), after='<drawing r:id="d"/>'))
        made["xl/_rels/workbook.xml.rels"] = relations(
            ("r0", "worksheet", "worksheets/sheet0.xml"), ("s", "sharedStrings", "s.xml"), ("t", "styles", "t.xml")
        )
        made["xl/worksheets/_rels/sheet0.xml.rels"] = relations(("d", "drawing", "../d.xml"), ("c", "comments", "c"))
        rows, findings = table(pack(made))
        assert rows[1][5:] == ["43831", "5"]
        unknown = "单元格里是数字，它的数字格式不认得，已按“43831”读取（存的是 43831），与显示的可能不同"
        assert said(findings) == [
            ("ZJ013", "F2", unknown),
            ("ZJ010", None, "工作表上有图片或图形（文件里已丢失），其中的内容没有采用"),
            ("ZJ010", None, "工作表上有批注（文件里已丢失），其中的内容没有采用"),
        ]

    def test_a_drawing_that_never_was(self) -> None:
        """Some programs write a relationship to it in every sheet."""
        made = parts(sheet(HEAD, row(2, "甲", "1.1")))
        made["xl/worksheets/_rels/sheet0.xml.rels"] = relations(("d", "drawing", "../d.xml"))
        assert table(pack(made))[1] == []

    def test_comments_and_pictures(self) -> None:
        """Told where they stand among the rows; an instruction beside the header is none; those at no row come last."""
        draw = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
        made = parts(sheet(HEAD, row(2, "甲", "1.1", "", "", "", "做了"), row(3, "", "1.2")))
        made["xl/worksheets/_rels/sheet0.xml.rels"] = relations(
            ("c", "comments", "../comments1.xml"),
            ("d", "drawing", "..\\drawings\\d.xml"),
            ("x", "vmlDrawing", "../v.vml"),
        )
        made["xl/comments1.xml"] = (
            f'<comments xmlns="{MAIN}"><commentList><comment ref="F2"><text><t>?</t></text></comment><comment ref="A1"/>'
            '<comment ref="A9"/></commentList></comments>'
        )
        made["xl\\Drawings\\d.xml"] = (
            f'<x:wsDr xmlns:x="{draw}"><x:twoCellAnchor><x:from><x:col> 5 </x:col><x:colOff>9</x:colOff><x:row>2</x:row>'
            "</x:from><x:to><x:col>7</x:col><x:row>9</x:row></x:to></x:twoCellAnchor><x:oneCellAnchor><x:from><x:col>x</x:col>"
            "</x:from></x:oneCellAnchor></x:wsDr>"
        )
        assert said(table(pack(made))[1]) == [
            ("ZJ010", "F2", "这里有批注，其中的内容没有采用"),
            ("ZJ010", "F3", "这里有图片或图形，其中的内容没有采用"),
            ("ZJ010", "A9", "这里有批注，其中的内容没有采用"),
            ("ZJ010", None, "工作表上有图片或图形，其中的内容没有采用"),
        ]

    def test_no_more_than_ten_thousand_comments(self) -> None:
        """A million of them would be a million messages."""
        made = parts(sheet(HEAD, row(2, "甲", "1.1")))
        made["xl/worksheets/_rels/sheet0.xml.rels"] = relations(("c", "comments", "../c.xml"))
        inner = '<comment ref="F2"/>' * (OBJECTS_LIMIT + 1)
        made["xl/c.xml"] = f'<comments xmlns="{MAIN}">{inner}</comments>'
        assert len(table(pack(made))[1]) == 1

    def test_a_sheet_that_is_none(self) -> None:
        """A chart sheet holds no table."""
        made = parts(sheet(HEAD, row(2, "甲", "1.1")), sheet())
        made["xl/_rels/workbook.xml.rels"] = relations(
            ("r0", "worksheet", "worksheets/sheet0.xml"), ("r1", "chartsheet", "worksheets/sheet1.xml")
        )
        rows, findings = table(pack(made))
        assert len(rows) == 2
        message = "没有采用的工作表：“乙”（图表、对话框或宏表，不是普通的工作表）"
        assert said(findings) == [("ZJ018", None, message)]

    def test_many_sheets_that_are_none(self) -> None:
        """Dialogs, macro sheets, sheets without a part: up to ten are named."""
        names = ("表", *(f"框{index}" for index in range(12)))
        made = parts(*[sheet(HEAD)] * 13, names=names, states=("visible",) * 13)
        made["xl/_rels/workbook.xml.rels"] = relations(
            ("r0", "worksheet", "worksheets/sheet0.xml"), ("r1", "dialogsheet", "d.xml"), ("r2", "xlMacrosheet", "m")
        )
        (finding,) = table(pack(made))[1]
        assert "“框9”等 12 张（" in finding.message

    @pytest.mark.minutes
    def test_a_hundred_thousand_empty_rows(self) -> None:
        """Formatted to the last row and column of the sheet: nothing is laid out for them."""
        empty = "".join(f'<row r="{number}" ht="15" hidden="1"/>' for number in range(3, 100_000))
        far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
        made = sheet(HEAD, row(2, "甲", "1.1"), empty, far, before='<dimension ref="A1:XFD1048576"/>')
        data = pack(parts(made))
        del empty, made
        tracemalloc.start()
        try:
            rows, findings = table(data)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert (len(rows), findings) == (2, [])
        assert peak < 32 * 2**20

    def test_the_furthest_cell(self) -> None:
        """A stray character at XFD1048576 costs one row, not 17 billion cells."""
        data = filled(row(2, "甲", "1.1"), f'<row r="1048576">{text("XFD1048576", "x")}</row>')
        rows, _ = table(data)
        assert [cells[-1] for cells in rows] == ["", "", "x"]
