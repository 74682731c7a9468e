"""Print the commands of a Markdown file's ``bash`` blocks, one a line, as they stand there."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def commands(markdown: str) -> list[str]:
    """The commands in the ``bash`` blocks of a Markdown text."""
    blocks = re.findall(r"^```bash\n(.*?)^```$", markdown, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


if __name__ == "__main__":
    print("\n".join(commands(Path(sys.argv[1]).read_text(encoding="utf-8"))))
