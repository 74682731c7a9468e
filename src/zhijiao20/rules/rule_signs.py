"""Signs of the selected text rules, and the test whether any rule of a family is selected."""

from __future__ import annotations

from zhijiao20.core.rule_table import RULES
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.rules.shared.signs import Sign


def signs(settings: Settings = DEFAULT) -> dict[str, Sign]:
    """Return, by code, the signs without which a text rule finds nothing; many rules have none."""
    found: dict[str, Sign] = {}
    if wants_family(settings, "ZJ3"):
        from zhijiao20.rules import content

        found |= content.SIGNS
    if wants_family(settings, "ZJ4"):
        from zhijiao20.rules import conventions

        found |= conventions.SIGNS
    if wants_family(settings, "ZJ5"):
        from zhijiao20.rules import targets

        found |= targets.SIGNS
    return found


def wants_family(settings: Settings, prefix: str) -> bool:
    """Check whether any rule of a family is selected; only then its modules, with their patterns, are imported."""
    default = not (settings.select or settings.ignore)
    return default or any(settings.wants(code) for code in RULES if code.startswith(prefix))
