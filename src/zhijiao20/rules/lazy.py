"""A rule that is loaded when it is first wanted: most of them compile a dozen patterns, and most runs choose."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


class LazyRule:
    """Stands in the registry for the ``check`` of a module, under the module's name."""

    def __init__(self, name: str) -> None:
        self.__module__ = f"{__package__}.{name}"

    def load(self) -> Callable[..., Any]:
        """The rule itself."""
        check: Callable[..., Any] = import_module(self.__module__).check
        return check

    def __call__(self, *given: Any) -> Any:  # noqa: ANN401 - a rule of any shape
        """Run the rule, as itself would."""
        return self.load()(*given)


def lazy(name: str) -> Any:  # noqa: ANN401 - likewise: the table that it stands in says which
    """The rule of a module, such as ``conventions.date_style``, not yet loaded."""
    return LazyRule(name)


def load(rule: Any) -> Any:  # noqa: ANN401 - likewise
    """A rule from the registry, ready to run."""
    return rule.load() if isinstance(rule, LazyRule) else rule
