# make run     the site at http://127.0.0.1:8000, with a demonstration in it
#              PORT=8001 another port; DEMO=0 no demonstration; DATABASE_URL=postgres://… PostgreSQL
# make test    everything that a change must pass: lint, SQLite, PostgreSQL, a browser
#
# make quick                      for the hand: every quick test without a database, and on SQLite those
#                                 of rules, ledger, sheets, privacy and board
# make coverage                   which lines and branches the code tests take; fails below 95 %,
#                                 and where a branch of a rule or a limit is taken by none
# make endurance                  for a night: 200 stops, 50 kills, 30 power cuts, HTTPS under load
# make check-long                 what LibreOffice makes of our workbooks; writes to docs/measured/
# make lint, make format          look at the code, tidy the code
# make messages                   gather the words to translate, compile the translations
# make picture                    take the README's pictures of board and screen anew
# make lighthouse                 rate the public pages as Lighthouse does; needs Node
# make bench                      measure speed beside a bare Django view and nginx; SIZES="18 1800" is quicker
# make lock                       pin what pyproject.toml asks for (make lock UPGRADE=1: newer)
# make wheelhouse                 gather the libraries for a machine without Internet

.PHONY: run test quick coverage endurance check-long lint format messages picture lighthouse bench lock wheelhouse base dev
.DEFAULT_GOAL := run

# Tools that only look at the code need neither this site's key nor its database.
TOOL := DJANGO_SETTINGS_MODULE=tests.settings DATABASE_URL= .venv/bin/python manage.py

run: base
	@scripts/run.sh

test: lint
	@scripts/test.sh

quick: dev
	@scripts/test.sh quick

coverage: dev
	@scripts/test.sh coverage

endurance: dev
	@scripts/endurance.sh

check-long: dev
	@scripts/check_long.sh

lint: dev
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/python scripts/check_templates.py templates
	.venv/bin/mypy
	$(TOOL) makemigrations --check --dry-run

format: dev
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

messages: dev
	@command -v msgfmt >/dev/null || { echo "gettext is missing: apt install gettext"; exit 1; }
	$(TOOL) makemessages --locale zh_Hans --no-obsolete --add-location file --ignore var --ignore tests
	$(TOOL) compilemessages --ignore .venv

picture: dev
	.venv/bin/python scripts/picture.py

lighthouse: base
	@scripts/lighthouse.sh

bench: base
	@.venv/bin/python benchmarks/bench.py

lock: dev
	@scripts/lock.sh

wheelhouse: base
	.venv/bin/pip download --no-deps --require-hashes --only-binary :all: --requirement requirements/base.txt --dest wheelhouse

base dev:
	@scripts/venv.sh requirements/$@.txt
