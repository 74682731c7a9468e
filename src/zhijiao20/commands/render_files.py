"""The files that a render writes: the document, its annex, and a PDF of each."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from zhijiao20.commands.open_form import FormChoice
from zhijiao20.system.atomic_write import FileContent, as_bytes
from zhijiao20.system.discovery import load_catalog
from zhijiao20.system.write_together import Output

if TYPE_CHECKING:
    from zhijiao20.core.digest_merge import Digesting
    from zhijiao20.core.digest_result import Digest
    from zhijiao20.core.roster import Roster


class DigestChoice(NamedTuple):
    """What kind of digest to write.

    Attributes:
        annex: the file for all texts that are not in the table, .docx or .xlsx; None for no annex.
    """

    annex: Path | None = None


def new_digesting(roster: Roster | None) -> Digesting:
    """Return a new digest that keeps the texts of the units in a temporary file."""
    from zhijiao20.core.digest_merge import Digesting
    from zhijiao20.review.result_store import TemporaryTextStore
    from zhijiao20.system.temp_store import TempStore

    return Digesting(load_catalog(), TemporaryTextStore(TempStore()), roster)


def is_pdf(path: Path) -> bool:
    """Check whether a file is to be a PDF, by its suffix."""
    return path.suffix.lower() == ".pdf"


def names_written(output: Path, annex: Path | None, *, pdf: bool) -> list[Path]:
    """Return all files that are written."""
    names = [output, *([output.with_suffix(".pdf")] if pdf and not is_pdf(output) else [])]
    if annex is not None:
        names += [annex, *([annex.with_suffix(".pdf")] if _has_pdf(annex, output, pdf=pdf) else [])]
    return names


def _has_pdf(annex: Path, output: Path, *, pdf: bool) -> bool:
    return annex.suffix.lower() == ".docx" and (pdf or is_pdf(output))


def outputs(document: FileContent, output: Path, *, pdf: bool) -> list[Output]:
    """Return the files of a document: Word, PDF or both; a PDF is made before any file is written."""
    if not (pdf or is_pdf(output)):
        return [(output, document)]
    from zhijiao20.system.libreoffice import to_pdf

    data = as_bytes(document)
    pdf_data = to_pdf(data)
    return [(output, pdf_data)] if is_pdf(output) else [(output, data), (output.with_suffix(".pdf"), pdf_data)]


def annex_outputs(
    digest: Digest, annex: Path, output: Path, unit: str, period: str, form: FormChoice, *, pdf: bool
) -> list[Output]:
    """Return the files of an annex: Excel, Word, or Word and PDF if the document is written as PDF.

    Args:
        digest: the texts and the counts.
        annex: the file.
        output: the document to which it belongs.
        unit: the 汇总单位.
        period: the 报告期.
        form: the form of the document; the annex has the same sheet.
        pdf: whether a PDF of the document is written too.
    """
    if annex.suffix.lower() == ".xlsx":
        from zhijiao20.output.annex_workbook import annex_workbook

        return [(annex, partial(annex_workbook, digest, load_catalog()))]
    from zhijiao20.output.annex_document import annex_document

    write = partial(annex_document, digest, load_catalog(), unit=unit, period=period, landscape=form.landscape)
    files: list[Output] = [(annex, write)]
    if _has_pdf(annex, output, pdf=pdf):
        from zhijiao20.system.libreoffice import to_pdf

        files.append((annex.with_suffix(".pdf"), to_pdf(as_bytes(partial(write, paged=True)))))
    return files
