#!/bin/bash
# What needs other people's programs: LibreOffice opens, saves and prints our workbooks. What was
# found goes to docs/measured/. What this machine lacks is named, and makes it fail.
unset PYTHONDONTWRITEBYTECODE
lacking=()
command -v soffice >/dev/null || lacking+=("LibreOffice: apt install libreoffice-calc-nogui")
command -v pdftotext >/dev/null || lacking+=("pdftotext: apt install poppler-utils")
if [ ${#lacking[@]} != 0 ]; then
    printf 'LEFT OUT  %s\n' "${lacking[@]}"
    exit 1
fi
DATABASE_URL= .venv/bin/python -m pytest -s --override-ini "python_files=*.py" tests/long
