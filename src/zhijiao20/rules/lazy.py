"""Lazy loading of rules: most modules compile a dozen patterns, which a run with few selected rules does not need."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


class LazyRule:
    """Placeholder in the registry for the function ``check`` of a rule module, which is imported on first use."""

    def __init__(self, name: str) -> None:
        self.__module__ = f"{__package__}.{name}"

    def load(self) -> Callable[..., Any]:
        """Import the module and return its function ``check``."""
        check: Callable[..., Any] = import_module(self.__module__).check
        return check

    def __call__(self, *arguments: Any) -> Any:  # noqa: ANN401 - rules have several signatures
        """Load the rule and run it."""
        return self.load()(*arguments)


def lazy(name: str) -> Any:  # noqa: ANN401 - the table that holds the rule declares its type
    """Return a lazy rule for a module such as ``conventions.date_style``."""
    return LazyRule(name)


def load(rule: Any) -> Any:  # noqa: ANN401 - rules have several signatures
    """Return a rule of the registry as a function, importing its module if it is lazy."""
    return rule.load() if isinstance(rule, LazyRule) else rule
