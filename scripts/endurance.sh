#!/bin/bash
# What takes a night: stops, kills, power cuts, HTTPS under load; on SQLite and on PostgreSQL.
# ROUNDS=5 makes each of them short. Power cuts take root, for they mount disks.
unset PYTHONDONTWRITEBYTECODE
run=(.venv/bin/python -m pytest -s --override-ini "python_files=*.py")
failed=0
DATABASE_URL= "${run[@]}" tests/endurance || failed=1
scripts/with_postgres.sh "${run[@]}" tests/endurance/kills.py tests/endurance/power_cuts.py || failed=1
exit "$failed"
