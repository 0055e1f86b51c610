#!/bin/sh
# Print the folder of the newest PostgreSQL server's programs; fail when there is none.
set -eu
newest=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
initdb=${newest:-$(command -v initdb)}
dirname "$(readlink -f "$initdb")"
