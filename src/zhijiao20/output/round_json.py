"""The state of a round as JSON, in the schema that other programs depend on (version 1)."""

from __future__ import annotations

from typing import TextIO

from zhijiao20.core.round import Round
from zhijiao20.output.json import write_document
from zhijiao20.output.round_data import round_data


def write(state: Round, stream: TextIO) -> None:
    """Write every unit and every file that belongs to nobody."""
    write_document(round_data(state), stream)
