"""Store of the texts of all units in a temporary file, read back by task.  Pure: the caller opens the file.

The texts of 12,000 units are stored unit by unit, but compared task by task: of a million texts, only the records of
one task and the write buffers are in memory.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import IO, TYPE_CHECKING

from zhijiao20.core.findings import Place
from zhijiao20.rules.near_duplicates.minhash import ComparableTexts, record_type

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Records = NDArray[np.void]

_PENDING_LIMIT = 32 * 1024  # bytes of the records of one task that are buffered in memory


class ComparedTexts:
    """Records and texts of all units, stored in a file and indexed by task."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._end = 0
        self._waiting: dict[str, bytearray] = {}
        self._blocks: dict[str, list[tuple[int, int]]] = {}
        self._places: dict[int, int] = {}
        self.text = lru_cache(maxsize=512)(self._read_text)

    def put(self, unit: int, texts: ComparableTexts) -> None:
        """Store the texts of a unit.

        Args:
            unit: the number of the unit, greater than those stored before.
            texts: the texts.
        """
        import numpy as np

        offset = self._append(texts.folded)
        records = np.frombuffer(texts.heads, record_type()).copy()
        records["unit"], records["number"] = unit, np.arange(len(records))
        records["at"] = offset + 2 * (np.cumsum(records["length"], dtype=np.uint64) - records["length"])
        size, data = records.itemsize, records.tobytes()
        for number, task in enumerate(texts.tasks):
            buffer = self._waiting.setdefault(task, bytearray())
            buffer += data[number * size : (number + 1) * size]
            if len(buffer) > _PENDING_LIMIT:
                self._flush(task)
        self._places[unit] = self._append(json.dumps(texts.places).encode("ascii") + b"\n")

    @property
    def tasks(self) -> tuple[str, ...]:
        """Return the ids of the tasks with stored texts, in the order of their first text."""
        return tuple(self._waiting)

    def heads(self, task: str) -> Records:
        """Return the records of the texts of a task, in the order of the units."""
        import numpy as np

        self._flush(task)
        parts = []
        for offset, size in self._blocks[task]:
            self._file.seek(offset)
            parts.append(self._file.read(size))
        return np.frombuffer(b"".join(parts), record_type())

    def place(self, unit: int, number: int) -> Place:
        """Return the place in its file of one text of a unit."""
        self._file.seek(self._places[unit])
        return Place(*json.loads(self._file.readline())[number])

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _read_text(self, offset: int, length: int) -> str:
        self._file.seek(offset)
        return self._file.read(2 * length).decode("utf-16-le", "surrogatepass")

    def _flush(self, task: str) -> None:
        buffer = self._waiting[task]
        self._blocks.setdefault(task, []).append((self._append(buffer), len(buffer)))
        buffer.clear()

    def _append(self, data: bytes | bytearray) -> int:
        """Append data to the file and return its offset."""
        offset = self._end
        self._file.seek(offset)
        self._file.write(data)
        self._end += len(data)
        return offset
