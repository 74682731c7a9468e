"""Which copy goes back where the usual one cannot be made."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from letters import AMEND
from returned import units, word
from status_files import put

from zhijiao20.commands.returned_copy import Received, Reread, copy_for
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.limits import DEFAULT
from zhijiao20.formats.read import read_content

pytestmark = pytest.mark.usefixtures("work_folder")


@pytest.mark.parametrize("data", [None, b"PK broken"])
def test_file_that_cannot_be_read_any_more_has_no_units(data: bytes | None) -> None:
    """It was deleted, or replaced, since it was reviewed."""
    if data is not None:
        put("甲.docx", data)
    received = Reread({"甲.docx": Path("甲.docx")}, {}, DEFAULT, None).receive("甲.docx")
    assert (received.name, received.submissions) == ("甲.docx", ())


def test_document_whose_table_is_not_found_is_written_anew(catalog: Catalog) -> None:
    """With the texts that were read."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    (one,) = units("甲局", catalog, {"2.1": "待补充"})
    received = Received("甲.docx", "甲.docx", stream.getvalue(), [one], is_word=True, is_own=True)
    copied = copy_for(one, received, [], [], AMEND, DEFAULT)
    assert copied is not None
    assert copied[0] == "甲.docx"
    (found,), _ = read_content(Path("甲.docx"), copied[1], catalog)
    assert found.entries["2.1"].status == "待补充"


def test_text_that_no_cell_holds_is_sent_back_without_a_copy(catalog: Catalog) -> None:
    """The letter says what is to be amended."""
    (one,) = units("甲局", catalog, {"2.1": "长" * 33_000})
    received = Received("甲.yaml", "甲.yaml", b"", [one])
    assert copy_for(one, received, [], [], AMEND, DEFAULT) is None


def test_copy_is_not_called_as_the_letter(catalog: Catalog) -> None:
    """A file that came under its name."""
    (one,), _ = read_content(Path("甲.docx"), word("甲局", catalog), catalog)
    received = Received("退回意见.docx", "退回意见.docx", word("甲局", catalog), [one], is_word=True, is_own=True)
    copied = copy_for(one, received, [], [], AMEND, DEFAULT)
    assert copied is not None
    assert copied[0] == "退回意见（批注）.docx"
