#!/bin/bash
# Run a command with a PostgreSQL of its own, gone when the command ends:
# scripts/with_postgres.sh .venv/bin/python -m pytest
set -euo pipefail
bin=$(scripts/find_postgres.sh)
folder=$(mktemp -d /tmp/welfare-postgres.XXXXXX) # short: a socket's path has 107 bytes at most
as=()
if [ "$(id -u)" = 0 ]; then
    as=(runuser -u postgres --) # the server refuses to run as root
    chown postgres "$folder"
fi

stop() {
    "${as[@]}" "$bin/pg_ctl" --pgdata "$folder/data" --mode immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

cd_and() { (cd "$folder" && "${as[@]}" "$@"); }
cd_and "$bin/initdb" --pgdata data --auth trust --username welfare --encoding UTF8 --locale C.UTF-8 \
    --no-sync >/dev/null
# Only a socket in our own folder, so no port can be taken; no care for power cuts.
cd_and "$bin/pg_ctl" --pgdata data --log log --wait --options "-c listen_addresses='' \
    -c unix_socket_directories=$folder -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off" start >/dev/null || {
    cat "$folder/log" >&2
    exit 1
}

DATABASE_URL="postgres://welfare@/$folder/postgres" "$@"
