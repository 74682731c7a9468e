"""Whether numbers that do not agree may be one number with a slip.  Pure: no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from zhijiao20.rules.quantities import Quantity
from zhijiao20.rules.shared.arithmetic import total

_ONE, _NONE = Decimal(1), Decimal(0)
_FAR = Decimal("0.4")  # a slip in the first digit is further off, and so is what does not belong together
_DIGITS, _DIGITS_AT_LEAST = 3, 2  # that two numbers have in common: fewer are alike by chance


def may_be_slip(whole: Quantity, parts: Sequence[Quantity], near: Decimal = _NONE, *, certain: bool = False) -> bool:
    """Check whether a total and its parts differ as a slip leaves them: by a digit, or two that are exchanged.

    Args:
        whole: the total.
        parts: its parts.
        near: the share of the total that they may be off in any way.
        certain: whether words show that they are its parts; a slip may then be in the first of two digits.
    """
    difference = total(parts).value - whole.value
    if abs(difference) <= near * whole.value:
        return True
    if not certain and abs(difference) > _FAR * whole.value:
        return False
    digits = _DIGITS_AT_LEAST if certain else _DIGITS
    return _is_slip(whole, whole.value + difference, digits) or any(
        _is_slip(part, part.value - difference, digits) for part in parts
    )


def _is_slip(written: Quantity, right: Decimal, digits: int) -> bool:
    """Check whether two numbers of so many digits at least differ in one of them, or in the order of two neighbours."""
    unit = written.step or _ONE
    one, other = str(int(written.value / unit)), str(int(right / unit))
    if right <= 0 or len(one) != len(other) or len(one) < digits:
        return False
    differing = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    return len(differing) == 1 or (differing[1:] == [differing[0] + 1] and sorted(one) == sorted(other))
