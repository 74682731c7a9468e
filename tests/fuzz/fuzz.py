"""Coverage-guided fuzzing of the readers: ``python tests/fuzz/fuzz.py yaml --seconds 900`` (or csv, xlsx, docx, zip, old, all).

Needs atheris (``pip install '.[fuzz]'``).  Starts from ``corpus/``; new inputs worth keeping go to a folder of the
user's cache, an input that breaks something is left as ``crash-*`` there and belongs into ``corpus/`` once mended.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
KINDS = ("yaml", "csv", "xlsx", "docx", "zip", "old")


def main() -> int:
    """Fuzz one format in this process, or several in one process each, side by side."""
    parser = argparse.ArgumentParser(description="Fuzz the readers.")
    parser.add_argument("kind", choices=[*KINDS, "all"])
    parser.add_argument("--seconds", type=int, default=60, help="for each format")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir(), "zhijiao20-fuzz"))
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.here:
        return _fuzz(args.kind, args.seconds, args.keep / args.kind)
    kinds = KINDS if args.kind == "all" else (args.kind,)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the work is done in processes of their own
        return max(pool.map(lambda kind: _run(kind, args.seconds, args.keep), kinds))


def _run(kind: str, seconds: int, keep: Path) -> int:
    """Fuzz a format in a process of its own and say how much was done."""
    (keep / kind).mkdir(parents=True, exist_ok=True)
    command = [sys.executable, __file__, kind, "--seconds", str(seconds), "--keep", str(keep), "--here"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    runs = re.search(r"Done (\d+) runs in (\d+) second", done.stderr)
    covered = re.findall(r"cov: (\d+)", done.stderr)
    said = f"{runs[1]} inputs in {runs[2]} s, {covered[-1] if covered else '?'} edges" if runs else "stopped"
    print(f"{kind}: {said}, {'nothing found' if not done.returncode else 'FOUND SOMETHING'}", flush=True)
    if done.returncode:
        print(done.stdout[-4000:], done.stderr[-2000:], sep="\n", flush=True)
    return done.returncode


def _fuzz(kind: str, seconds: int, keep: Path) -> int:
    import atheris

    with atheris.instrument_imports(include=["zhijiao20"]):
        from archives import mutated
        from reading import CORPUS, read

        for path in sorted((CORPUS / kind).iterdir()):  # what is imported late is to be instrumented too
            read(kind, path.read_bytes())

    def one(data: bytes) -> None:
        read(kind, data)

    def in_archive(data: bytes, limit: int, seed: int) -> bytes:
        return mutated(data, limit, seed, atheris.Mutate)

    options = [
        sys.argv[0],
        f"-max_total_time={seconds}",
        "-timeout=10",
        "-rss_limit_mb=1500",
        "-max_len=40000",
        f"-artifact_prefix={keep}{os.sep}",
        str(keep),
        str(CORPUS / kind),
    ]
    atheris.Setup(options, one, custom_mutator=in_archive if kind in {"xlsx", "docx", "zip"} else None)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
