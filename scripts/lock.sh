#!/bin/sh
# Pin what pyproject.toml asks for. All is resolved together first and then cut, since a part
# that is locked apart may choose versions, or lose packages, that the whole can't live with.
set -eu
all=$(mktemp -d)
trap 'rm -rf "$all"' EXIT

compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --no-build \
        --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate "$@"
}

[ -n "${UPGRADE:-}" ] || cp requirements/dev.txt "$all/all.txt" # keeps what is pinned
compile pyproject.toml --group dev --output-file "$all/all.txt"
compile pyproject.toml --constraints "$all/all.txt" --output-file "$all/base.txt"
for part in base:base all:dev; do
    {
        echo "# Made by \`make lock\` from pyproject.toml; edit that."
        cat "$all/${part%:*}.txt"
    } >"requirements/${part#*:}.txt"
done
