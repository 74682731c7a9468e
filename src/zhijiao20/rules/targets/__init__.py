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


SIGNS: dict[str, Sign] = {code: _with_targets for code, _ in TEXT_RULES}
"""Signs without which these rules find nothing."""
