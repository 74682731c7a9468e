"""ZJ5: targets; quantities and dates that the official wording of a task sets."""

from collections.abc import Iterable

from zhijiao20.rules.shared.passage import Passage, TextRules
from zhijiao20.rules.shared.signs import JoinedTexts, Sign
from zhijiao20.rules.targets import (
    after_deadline,
    against_direction,
    below_target,
    cycle_too_long,
    evidence_missing,
    late_start,
)

TEXT_RULES: TextRules = (
    ("ZJ501", below_target.check),
    ("ZJ502", late_start.check),
    ("ZJ503", cycle_too_long.check),
    ("ZJ504", after_deadline.check),
    ("ZJ505", evidence_missing.check),
    ("ZJ506", against_direction.check),
)


def _with_targets(joined: JoinedTexts) -> Iterable[Passage]:
    """Return the passages of tasks that have targets."""
    return [passage for passage in joined.passages if passage.task.targets]


def _setting(*comparators: str) -> Sign:
    """Return the sign of the passages of tasks that set a target of one of some kinds."""

    def sign(joined: JoinedTexts) -> Iterable[Passage]:
        return dict.fromkeys(
            passage
            for passage in joined.having(_with_targets)
            for target in passage.task.targets
            if target.fields.get("comparator") in comparators
        )

    return sign


SIGNS: dict[str, Sign] = {
    "ZJ501": _setting("ge", "approx"),
    "ZJ502": _setting("start"),
    "ZJ503": _setting("every"),
    "ZJ504": _setting("deadline"),
    "ZJ505": _setting("exists"),
    "ZJ506": _setting("trend_up"),
}
"""Signs without which these rules find nothing."""
