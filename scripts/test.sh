#!/bin/bash
# Run the tests on SQLite, on PostgreSQL and in a browser; say what had to be left out.
# Each worker takes neighbours, so that a file's shared rows are mostly made once. In the browser
# tests/browser/conftest.py says what comes first, not the number of a file's tests.
#
# The second database takes what may reach it (`-m database`): the rest ran on SQLite already, and
# no database can make a difference to it.
#
# scripts/test.sh quick      only SQLite: what needs no database, and the domain's core
# scripts/test.sh coverage   the code tests' lines and branches, held to limits
unset PYTHONDONTWRITEBYTECODE # each worker and each server would compile every module anew
code=(.venv/bin/python -m pytest --numprocesses auto --dist worksteal -m "not browser")
second=("${code[@]:0:${#code[@]}-1}" "database and not browser")
browser=(.venv/bin/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
    -m browser tests/browser) # elsewhere is none, and to collect it all takes 14 s
failed=()
left_out=()

run() {
    echo "== $1"
    "${@:2}" || failed+=("$1")
}

case "${1:-}" in
quick)
    exec env DATABASE_URL= "${code[@]:0:${#code[@]}-1}" quick
    ;;
coverage)
    covered=("${code[@]}" --cov --cov-report=)
    run "SQLite" env DATABASE_URL= "${covered[@]}"
    if scripts/find_postgres.sh >/dev/null 2>&1; then
        run "PostgreSQL" scripts/with_postgres.sh "${second[@]}" --cov --cov-report= --cov-append
    else
        echo "LEFT OUT  PostgreSQL: apt install postgresql; what only it takes will be missing"
    fi
    run "Limits" .venv/bin/python scripts/coverage_limits.py
    [ ${#failed[@]} = 0 ] && exit
    printf 'FAILED    %s\n' "${failed[@]}"
    exit 1
    ;;
esac

run "SQLite" env DATABASE_URL= "${code[@]}"

if [ -n "${DATABASE_URL:-}" ]; then
    run "the database of DATABASE_URL" "${second[@]}"
elif scripts/find_postgres.sh >/dev/null 2>&1; then
    run "PostgreSQL" scripts/with_postgres.sh "${second[@]}"
else
    left_out+=("PostgreSQL: apt install postgresql, or set DATABASE_URL")
fi

if command -v "${CHROMIUM:-chromium}" >/dev/null; then
    run "Browser" env DATABASE_URL= "${browser[@]}"
else
    left_out+=("Browser: apt install chromium, or set CHROMIUM to its program")
fi

for what in "${left_out[@]}"; do
    echo "LEFT OUT  $what"
done
for what in "${failed[@]}"; do
    echo "FAILED    $what"
done
[ ${#failed[@]} = 0 ] || exit 1
[ ${#left_out[@]} = 0 ] || [ "${CI:-}" != true ] || exit 1
