"""Tell the units of a table apart, by their names and superiors, while its rows are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhijiao20.core.fields import PERIOD, UNIT
from zhijiao20.core.submission import Entry, is_blank
from zhijiao20.core.wording import fold
from zhijiao20.formats.raw import Node, OddEntry, RawUnit, Scalar


@dataclass(slots=True)
class TableUnit:
    """A unit of the table while its rows are read."""

    name: Scalar
    superior: Scalar | None = None
    period: Scalar | None = None
    entries: list[Entry | OddEntry] = field(default_factory=list)

    def raw(self) -> RawUnit:
        """Return it as its entries are complete."""
        fields: list[tuple[Scalar, Node]] = [(Scalar(UNIT, self.name.place), self.name)]
        if self.period:
            fields.append((Scalar(PERIOD, self.period.place), self.period))
        first = self.entries[0] if self.entries else None
        place = first.place if isinstance(first, Entry) else first.key.place if first else self.name.place
        return RawUnit(fields, self.entries, place, self.name.place, superior=self.superior)


class TableUnits:
    """The units of a table in the order in which they first occur."""

    def __init__(self) -> None:
        self.all: list[TableUnit] = []
        self._by_name: dict[str, list[TableUnit]] = {}  # several where they have different superiors

    def find(self, name: Scalar, superior: Scalar | None) -> TableUnit:
        """Return the unit of a row; a row that leaves out the superior is of the last unit with its name.

        Args:
            name: the unit as the row or one above names it.
            superior: the cell 上级; None where there is no such column.
        """
        units = self._by_name.setdefault(fold(name.text), [])
        named = superior if superior and not is_blank(superior.text) else None
        for unit in reversed(units):
            if named is None or unit.superior is None or fold(unit.superior.text) == fold(named.text):
                unit.superior = unit.superior or named
                return unit
        units.append(TableUnit(name, named))
        self.all.append(units[-1])
        return units[-1]
