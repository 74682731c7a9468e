"""Store of the texts of all units in a temporary file, read back by task.  Pure: the caller opens the file.

The texts of 12,000 units are stored unit by unit, but compared task by task: of a million texts, only the records of
one task and the write buffers are in memory.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from zhijiao20.core.findings import Place
from zhijiao20.rules.near_duplicates.minhash import ComparableTexts, record_type

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Records = NDArray[np.void]

_PENDING_LIMIT = 32 * 1024  # bytes of the records of one task that are buffered in memory


class BlockStore(Protocol):
    """Storage for blocks of bytes."""

    def append(self, data: bytes | bytearray) -> int:
        """Append a block and return its offset."""

    def read(self, offset: int, size: int) -> bytes:
        """Return a block, or a part of it."""

    def close(self) -> None:
        """Delete all blocks."""


class ComparedTexts:
    """Records and texts of all units, stored as blocks and indexed by task."""

    def __init__(self, store: BlockStore) -> None:
        self._store = store
        self._waiting: defaultdict[str, bytearray] = defaultdict(bytearray)
        self._blocks: dict[str, list[tuple[int, int]]] = {}
        self._places: dict[int, tuple[int, int]] = {}
        self.text = lru_cache(maxsize=512)(self._read_text)

    def put(self, unit: int, texts: ComparableTexts) -> None:
        """Store the texts of a unit.

        Args:
            unit: the number of the unit, greater than those stored before.
            texts: the texts.
        """
        import numpy as np

        offset = self._store.append(texts.folded)
        records = np.frombuffer(texts.heads, record_type()).copy()
        records["unit"], records["number"] = unit, np.arange(len(records))
        records["at"] = offset + 2 * (np.cumsum(records["length"], dtype=np.uint64) - records["length"])
        size, data = records.itemsize, records.tobytes()
        for number, task in enumerate(texts.tasks):
            buffer = self._waiting[task]
            buffer += data[number * size : (number + 1) * size]
            if len(buffer) > _PENDING_LIMIT:
                self._flush(task)
        places = json.dumps(texts.places).encode("ascii")
        self._places[unit] = self._store.append(places), len(places)

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
            parts.append(self._store.read(offset, size))
        return np.frombuffer(b"".join(parts), record_type())

    def place(self, unit: int, number: int) -> Place:
        """Return the place in its file of one text of a unit."""
        return Place(*json.loads(self._store.read(*self._places[unit]))[number])

    def close(self) -> None:
        """Delete all texts."""
        self._store.close()

    def _read_text(self, offset: int, length: int) -> str:
        return self._store.read(offset, 2 * length).decode("utf-16-le", "surrogatepass")

    def _flush(self, task: str) -> None:
        buffer = self._waiting[task]
        self._blocks.setdefault(task, []).append((self._store.append(buffer), len(buffer)))
        buffer.clear()
