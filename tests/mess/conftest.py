"""What is held against what: shown in full where they differ."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("mess_base")
