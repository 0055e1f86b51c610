#!/bin/sh
# Fill .venv from a lock, unless that has been done: scripts/venv.sh requirements/base.txt
set -eu
lock=$1
stamp=.venv/installed-$(basename "$lock")
python=${PYTHON:-python3}

stop() {
    echo "$1" >&2
    exit 1
}

# The stamp is a copy of the lock that was installed.
if cmp -s "$lock" "$stamp" && .venv/bin/python -c ''; then
    exit 0
fi

command -v "$python" >/dev/null ||
    stop "Python 3.11 or newer is missing: apt install python3 python3-venv"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "$python is older than Python 3.11. Name a newer one: make PYTHON=python3.12 …"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    stop "Python's venv is missing: apt install python3-venv"

if [ -d wheelhouse ]; then
    from="--no-index --find-links wheelhouse"
else
    from=
fi
.venv/bin/python -c '' 2>/dev/null || "$python" -m venv --clear .venv
echo "Installing the libraries of $lock …"
# The lock is the whole set. Without --no-deps an older pip asks again for what a pin's extras
# need, finds a newer release than the pinned one, and stops.
# shellcheck disable=SC2086
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
    --require-hashes --only-binary :all: $from --requirement "$lock"
broken=$(.venv/bin/python -m pip --disable-pip-version-check check 2>&1) ||
    stop "$broken
The libraries don't fit each other. Remove .venv and try again; if that doesn't help: make lock"
cp "$lock" "$stamp"
