#!/bin/sh
# Collect and compress the static files for the web server, unless that has been done for these.
set -eu
stamp=${VAR_DIR:-var}/static.stamp

# The lock stands for the static files of our libraries.
now=$(find static requirements/base.txt welfare/storage.py -type f -exec cksum {} + | LC_ALL=C sort)
if [ ! -f "$stamp" ] || [ "$now" != "$(cat "$stamp")" ]; then
    .venv/bin/python manage.py collectstatic --no-input --verbosity 0
    echo "$now" >"$stamp"
fi
