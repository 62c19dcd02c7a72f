#!/usr/bin/env bash
# Renews the locked requirements: pinned, with hashes, for Linux and Windows, without registry addresses. Needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() {
    uv pip compile pyproject.toml "${@:2}" --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate --quiet -o "requirements/$1.txt"
}
lock run --extra build
lock test --extra build --extra central --extra test
lock central --extra build --extra central
