"""No pattern of the program takes time in the square of a text's length: a text of a million characters would take hours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from attack import POSIX, SECONDS, run

pytestmark = pytest.mark.minutes

TEXTS = {
    "digits": "1",
    "letters": "a",
    "brackets": "（",
    "half-brackets": "(",
    "colons": "：",
    "commas": "，",
    "spaces": " ",
    "titles": "《",
    "quotes": "“",
    "addresses": "a@",
    "hosts": "www.",
    "years": "2019年",
    "numbers": "〔2019〕",
    "percents": "1%",
    "levels": "（一）",
    "lists": "1、",
    "ranges": "10-",
    "invisible": "\u200b",
    "half-width": "字,",
    "recently": "今年",
    "we": "我们",
    "brackets-number": "(2019)1号",
    "leads": "(一)",
    "impossible": "2020年6月31日，",
    "parts": "参加1人、通过2人，",
    "teachers": "双师型教师占比40%，",
}


def test_no_pattern_goes_over_a_text_again_and_again() -> None:
    """Each on 30,000 characters of one kind; a new pattern is tried without being named here.

    A pattern that fails begins at the first place where it can match and not at each one: ``(?<![0-9])[0-9]+年``, or a
    bound: ``[0-9]{1,20}年``.
    """
    script = Path(__file__).with_name("patterns.py")
    try:
        done = subprocess.run(
            [sys.executable, str(script)], capture_output=True, encoding="utf-8", timeout=500, check=False
        )
    except subprocess.TimeoutExpired as error:
        told = error.stderr.decode() if isinstance(error.stderr, bytes) else error.stderr or ""
        pytest.fail(f"never came to an end: {told.splitlines()[-1]}")
    assert done.stdout == "all tried\n"


@POSIX
@pytest.mark.parametrize("piece", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_of_one_character_is_judged_in_bounds(piece: str, tmp_path: Path) -> None:
    """All rules together on the longest text there may be; its end is what rules look for before they begin."""
    text = piece * (990_000 // len(piece)) + "\u00a0年轮训"
    (tmp_path / "甲.yaml").write_text(f'单位: 甲\n任务:\n  "12.2": "{text}"\n', encoding="utf-8")
    done = run("validate", "甲.yaml", "--output-format", "json", cwd=tmp_path)
    assert (done.code, done.err, done.seconds < SECONDS) == (1, "", True), done.seconds
