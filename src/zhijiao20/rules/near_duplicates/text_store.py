"""Texts put aside in one temporary file, to be taken out again task by task.  Pure: the file is given.

12,000 units come one after the other, but are compared task by task; of a million texts only one task's are in memory.
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

_PENDING_LIMIT = 32 * 1024  # bytes of one task's records that wait in memory


class ComparedTexts:
    """The records and texts of all units, by task."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._end = 0
        self._waiting: dict[str, bytearray] = {}
        self._stored: dict[str, list[tuple[int, int]]] = {}
        self._places: dict[int, int] = {}
        self.text = lru_cache(maxsize=512)(self._text)

    def put(self, unit: int, texts: ComparableTexts) -> None:
        """Put the texts of a unit aside.

        Args:
            unit: its number; numbers rise.
            texts: the texts.
        """
        import numpy as np

        at = self._append(texts.folded)
        heads = np.frombuffer(texts.heads, record_type()).copy()
        heads["unit"], heads["number"] = unit, np.arange(len(heads))
        heads["at"] = at + 2 * (np.cumsum(heads["length"], dtype=np.uint64) - heads["length"])
        size, data = heads.itemsize, heads.tobytes()
        for number, task in enumerate(texts.tasks):
            shelf = self._waiting.setdefault(task, bytearray())
            shelf += data[number * size : (number + 1) * size]
            if len(shelf) > _PENDING_LIMIT:
                self._store(task)
        self._places[unit] = self._append(json.dumps(texts.places).encode("ascii") + b"\n")

    @property
    def tasks(self) -> tuple[str, ...]:
        """The tasks on which anything was put aside, in the order in which they were met."""
        return tuple(self._waiting)

    def heads(self, task: str) -> Records:
        """The records of a task's texts, in the order of the units."""
        import numpy as np

        self._store(task)
        parts = []
        for at, size in self._stored[task]:
            self._file.seek(at)
            parts.append(self._file.read(size))
        return np.frombuffer(b"".join(parts), record_type())

    def place(self, unit: int, number: int) -> Place:
        """Where one of a unit's texts stands."""
        self._file.seek(self._places[unit])
        return Place(*json.loads(self._file.readline())[number])

    def close(self) -> None:
        """Give the file back to nothing."""
        self._file.close()

    def _text(self, at: int, length: int) -> str:
        self._file.seek(at)
        return self._file.read(2 * length).decode("utf-16-le", "surrogatepass")

    def _store(self, task: str) -> None:
        waiting = self._waiting[task]
        self._stored.setdefault(task, []).append((self._append(waiting), len(waiting)))
        waiting.clear()

    def _append(self, data: bytes | bytearray) -> int:
        """Write at the end of the file, and say where that is."""
        at = self._end
        self._file.seek(at)
        self._file.write(data)
        self._end += len(data)
        return at
