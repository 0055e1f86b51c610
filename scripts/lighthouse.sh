#!/bin/bash
# Rate the demonstration's public pages with Lighthouse, as a phone has them from a real server.
# Lighthouse itself goes into var/, which git ignores: scripts/lighthouse.sh
set -euo pipefail
version=12.8.2 # the last one for Node 20
tools=var/lighthouse
port=${PORT:-8766}

stop() {
    echo "$1" >&2
    exit 1
}

command -v node >/dev/null && command -v npm >/dev/null ||
    stop "Node is missing: apt install nodejs npm (version 18.20 or newer)"
chromium=${CHROMIUM:-$(command -v chromium)} ||
    stop "Chromium is missing: apt install chromium, or set CHROMIUM to its program"

if [ "$("$tools/node_modules/.bin/lighthouse" --version 2>/dev/null)" != "$version" ]; then
    echo "Installing Lighthouse $version in $tools …"
    PUPPETEER_SKIP_DOWNLOAD=1 npm install --prefix "$tools" --no-audit --no-fund --loglevel error \
        "lighthouse@$version"
fi

folder=$(mktemp -d)
env -u DATABASE_URL VAR_DIR="$folder" DEMO_PASSWORD_FILE="$folder/password" DEMO=1 PORT="$port" \
    scripts/run.sh >"$folder/log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$folder"' EXIT

CHROME_PATH=$chromium node scripts/lighthouse.mjs "$tools" "http://127.0.0.1:$port" ||
    { grep -i error "$folder/log" >&2 || true; exit 1; }
