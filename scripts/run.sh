#!/bin/sh
# Bring database and static files up to date, then serve on this machine only.
set -eu
port=${PORT:-8000}
var=${VAR_DIR:-var}
manage=".venv/bin/python manage.py"
export HTTP_ONLY=1 SITE_URL="${SITE_URL:-http://127.0.0.1:$port}"

.venv/bin/python scripts/free_port.py "$port"

mkdir -p "$var"
if [ -z "${SECRET_KEY:-}" ] && [ ! -s "$var/secret-key" ]; then
    (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))' >"$var/secret-key")
fi

$manage migrate --verbosity 0
scripts/static.sh
if [ "${DEMO:-1}" != 0 ]; then
    $manage demo --if-empty
fi
$manage tick || : # a job that fails says so, and keeps nobody from the site; elsewhere a timer calls it: deploy/

echo "The site is at http://127.0.0.1:$port (Ctrl-C stops it)"
exec $manage serve --port "$port"
