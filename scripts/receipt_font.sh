#!/bin/sh
# Make the font of the receipt's picture anew: the letters of its sentences, out of WenQuanYi Micro
# Hei (Debian: apt install fonts-wqy-microhei; pip install fonttools, elsewhere than in .venv).
#   PYFTSUBSET=/somewhere/bin/pyftsubset scripts/receipt_font.sh
set -eu
cd "$(dirname "$0")/.."
letters=$(mktemp)
trap 'rm -f "$letters"' EXIT
DJANGO_SETTINGS_MODULE=tests.settings DATABASE_URL='' .venv/bin/python -m tests.suggestions.receipt_letters >"$letters"
"${PYFTSUBSET:-pyftsubset}" "${FONT:-/usr/share/fonts/truetype/wqy/wqy-microhei.ttc}" --font-number=0 \
    --text-file="$letters" --unicodes=U+0020-007E --no-hinting --desubroutinize --name-IDs=0,1,2,13,14 \
    --output-file=welfare/suggestions/receipt_font/receipt.ttf
