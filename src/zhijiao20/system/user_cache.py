"""Say where the program keeps what it may lose: the user's own cache folder."""

from __future__ import annotations

import os
from pathlib import Path


def user_cache() -> Path | None:
    """Return the user's own cache folder; None where there is none, as without a home."""
    local = os.environ.get("LOCALAPPDATA") if os.name == "nt" else None
    if local:
        return Path(local, "zhijiao20", "Cache")
    from platformdirs import user_cache_path

    folder = user_cache_path("zhijiao20", appauthor=False)
    return folder if folder.is_absolute() else None
