"""What the rules report that compare a text with the one of the last round, and the type of these rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from zhijiao20.rules.shared.passage import Passage


class RoundMatch(NamedTuple):
    """What a rule reports of a text and the one of the last round.

    Attributes:
        begin: the offset in the text at which the reported part begins.
        message: what is wrong.
        hint: what the user should do.
        raised: whether it weighs more than other findings of the rule.
    """

    begin: int
    message: str
    hint: str
    raised: bool = False


RoundRule: TypeAlias = Callable[[Passage, Passage], Iterable[RoundMatch]]
RoundRules: TypeAlias = tuple[tuple[str, RoundRule], ...]
"""Pairs of a code and its rule, which compares the text of the last round with the one of this round."""
