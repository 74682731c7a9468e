#!/usr/bin/env bash
# Writes requirements-dev.lock: everything the development environment consists of, to the version and hash.
# What it names already stays as it is; `scripts/lock.sh --upgrade` takes what is newest.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v .venv/bin/uv || command -v uv)
export UV_CUSTOM_COMPILE_COMMAND=scripts/lock.sh
"$uv" pip compile pyproject.toml --extra dev --extra bench --extra fuzz --extra audit --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --quiet "$@" --output-file requirements-dev.lock
