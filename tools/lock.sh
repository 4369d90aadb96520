#!/bin/sh
# Lock the dependencies of pyproject.toml by hash, without any address. Pass --upgrade for newer ones.
set -eu
cd "$(dirname "$0")/.."
options="--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet"
# shellcheck disable=SC2086
.venv/bin/uv pip compile pyproject.toml --extra postgres --extra redis $options "$@" -o requirements/base.txt
# shellcheck disable=SC2086
.venv/bin/uv pip compile pyproject.toml --extra postgres --extra redis --group dev $options "$@" -o requirements/dev.txt
# shellcheck disable=SC2086
echo "uv" | .venv/bin/uv pip compile - $options "$@" -o requirements/uv.txt
