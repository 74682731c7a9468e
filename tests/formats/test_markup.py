"""Web pages and XML under the name of a Word or an Excel file."""

from __future__ import annotations

import pytest

from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.sniff import detect_binary_format, format_of


def refused(suffix: str, data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        format_of(suffix, data)
    return caught.value


_WORD_PAGE = '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">'
_EXCEL_PAGE = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><meta charset=gb2312>'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MHT = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
_FLAT = 'office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
IN_WORD = "请在 Word 或 WPS 中打开，另存为 .docx"
IN_EXCEL = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”"


@pytest.mark.parametrize(
    ("suffix", "content", "called", "remedy"),
    [
        pytest.param(".doc", _WORD_PAGE, "网页（HTML）", IN_WORD, id="page-of-word"),
        pytest.param(".xls", _WORD_PAGE, "网页（HTML）", IN_WORD, id="page-of-word-named-xls"),
        pytest.param(".doc", _EXCEL_PAGE, "网页（HTML）", IN_EXCEL, id="page-of-excel-named-doc"),
        pytest.param(".xlsx", "<table><tr><td>单位", "网页（HTML）", IN_EXCEL, id="page-of-no-program-named-xlsx"),
        pytest.param(".docx", "<!-- 导出 -->\n<body><p>甲", "网页（HTML）", IN_WORD, id="comment-in-front"),
        pytest.param(".doc", _XML + "<!DOCTYPE html>\n<html>", "网页（HTML）", IN_WORD, id="xhtml"),
        pytest.param(".doc", _MHT, "单个文件网页（MHT）", IN_WORD, id="mht"),
        pytest.param(".xls", _MHT, "单个文件网页（MHT）", IN_EXCEL, id="mht-named-xls"),
        pytest.param(
            ".xls",
            "From: <Saved by Microsoft Internet Explorer>\n" + _MHT + _WORD_PAGE,
            "单个文件网页（MHT）",
            IN_WORD,
            id="mht-of-word-named-xls",
        ),
        pytest.param(
            ".docx",
            _XML + '<?mso-application progid="Word.Document"?>\n<w:wordDocument>',
            "Word 2003 XML 文档",
            IN_WORD,
            id="word-2003",
        ),
        pytest.param(
            ".docx",
            _XML + '<?mso-application progid="Word.Document"?>\n<pkg:package '
            'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">',
            "Word XML 文档（Flat OPC）",
            IN_WORD,
            id="flat-opc",
        ),
        pytest.param(
            ".xls",
            _XML + '<?mso-application progid="Excel.Sheet"?>\n',
            "Excel 2003 XML 表格",
            IN_EXCEL,
            id="excel-2003",
        ),
        pytest.param(
            ".doc",
            _XML + f'<{_FLAT} office:mimetype="application/vnd.oasis.opendocument.spreadsheet">',
            "OpenDocument XML 电子表格（.fods）",
            IN_EXCEL,
            id="flat-ods",
        ),
        pytest.param(".docx", _XML + f"<{_FLAT}>", "OpenDocument XML 文件", IN_WORD, id="flat-odt"),
        pytest.param(".et", _XML + "<a>", "XML 文件", IN_EXCEL, id="any-xml-named-et"),
        pytest.param(".docx", '<a:b xmlns:a="c">', "XML 文件", IN_WORD, id="xml-without-declaration"),
        pytest.param(".docx", "{\\rtf1", "RTF 文件", IN_WORD, id="rtf"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_markup_under_a_name_of_word_or_excel_is_named(
    suffix: str, content: str, called: str, remedy: str, encoding: str
) -> None:
    """Such files open in Word or Excel as if nothing were wrong: only saving them again makes them readable."""
    error = refused(suffix, content.encode("ascii" if content.startswith("{") else encoding))
    assert (error.code, error.hint) == ("ZJ002", remedy)
    assert error.message.endswith(called)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<单位>,编号,落实情况\n甲,1.1,做了\n", id="bracket"),
        pytest.param("a < b\n", id="less-than"),
        pytest.param("<", id="bracket-alone"),
        pytest.param("Date: 2020\n单位: 甲\n", id="head-of-a-letter"),
    ],
)
def test_text_is_no_markup(text: str) -> None:
    """A text that only begins like markup is told by what is wrong with it as a table."""
    assert detect_binary_format(text.encode()) is None
