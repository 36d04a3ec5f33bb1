# Everything a person or a build machine does with Newsroom. `make` alone lists it.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo install build collect migrate serve web worker fragments quotes healthy nginx-conf \
	image image-install image-static image-folders \
	test test-postgres check lint format types imports migrations readme soak audit bench clean

PORT ?= 8000
PYTEST_ARGS ?=
# A process more than there are cores, for some tests wait; those of one file share what takes long to set up. The
# order of files is that of tests/conftest.py.
SIDE_BY_SIDE := --numprocesses $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --dist loadfile --no-loadscope-reorder
IMAGE_DATA ?= /var/lib/newsroom
CERTIFICATE ?= /etc/ssl/newsroom/certificate.pem
KEY ?= /etc/ssl/newsroom/key.pem
export PORT

PYTHON := .venv/bin/python
# What needs settings but no site of its own runs with those of the tests.
MANAGE := DJANGO_SETTINGS_MODULE=tests.settings $(PYTHON) manage.py
TEMPLATES = $(shell find templates -name '*.html' -not -path '*/vendor/*')

help: ## List what there is
	@awk 'BEGIN { FS = ":.*## "; print "Usage: make TARGET\n" } \
		/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Start the demo newsroom (make demo PORT=9000 moves it)
	@.ci/demo

install: ## Install what development needs, as locked
	@.ci/uv sync --quiet --locked --all-extras

build: ## Install what a server needs, as locked, and compile it: the site itself may not write to its code
	@.ci/uv sync --quiet --locked --no-dev --all-extras --inexact --compile-bytecode
	@$(PYTHON) -m compileall -q newsroom articles manage.py

collect: ## Collect the static files, if one has changed since
	@.ci/collect

serve: build collect ## Install, collect and serve a configured site; README.md lists the variables
	@$(PYTHON) manage.py migrate --check >/dev/null || { echo "The database lacks migrations. Run: make migrate"; exit 1; }
	@$(MAKE) --no-print-directory web

# What follows needs `make build collect` first, and writes nothing but data: units and containers run it.

migrate: ## Bring the database to this code; several nodes may start it at once
	@$(PYTHON) manage.py migrate

web: ## Serve what is installed, collected and migrated
	@$(PYTHON) manage.py check --deploy --tag newsroom --fail-level ERROR
	@exec $(PYTHON) -m newsroom.server

worker: ## Tell the CDN what has changed, for ever
	@exec $(PYTHON) manage.py purge --watch

quotes: ## Ask the providers of quotes once
	@$(PYTHON) manage.py poll_quotes

fragments: ## Render the stored parts of pages that an upgrade has made stale
	@$(PYTHON) manage.py render_fragments

healthy: ## Ask this machine's server whether readers may be sent to it
	@$(PYTHON) -m newsroom.healthy

nginx-conf: ## Print the configuration of the nginx in front (make nginx-conf CERTIFICATE=... KEY=...)
	@$(PYTHON) manage.py nginx_conf --certificate "$(CERTIFICATE)" --key "$(KEY)" --upstream "127.0.0.1:$(PORT)"

# Each step of the Dockerfile; tests/operations/test_image.py takes them in the same order without an engine.

image: ## Build the container image
	@docker build --tag newsroom .

image-install: ## (a step of the image) Install what a server needs
	@.ci/uv sync --quiet --locked --no-dev --all-extras --compile-bytecode
	@rm -rf .uv

image-static: ## (a step of the image) Compile the code and collect the static files; nothing is known of the site yet
	@$(PYTHON) -m compileall -q newsroom articles manage.py
	@SECRET_KEY=for-collecting-static-files-only-and-thrown-away-with-the-step SITE_URL=https://image.invalid \
		ALLOWED_HOSTS=image.invalid $(PYTHON) manage.py collectstatic --no-input --verbosity 0

image-folders: ## (a step of the image) Make the folder that data is kept in
	@mkdir -p "$(IMAGE_DATA)/media"

test: install ## Run the whole suite on SQLite and print the coverage
	@$(PYTHON) -m pytest $(SIDE_BY_SIDE) --cov --cov-report=term $(PYTEST_ARGS)

test-postgres: install ## Run the whole suite on the PostgreSQL server that TEST_POSTGRES_URL names
	@test -n "$(TEST_POSTGRES_URL)" || { echo "Set TEST_POSTGRES_URL, such as postgres://user@localhost/postgres"; exit 2; }
	@TEST_DATABASE_URL="$(TEST_POSTGRES_URL)" $(PYTHON) -m pytest $(SIDE_BY_SIDE) $(PYTEST_ARGS)

check: install lint types imports migrations test ## Run all that CI runs (there the suite runs on PostgreSQL, too)

lint: install ## Look for mistakes and loose style in Python and templates
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet . || { echo "Run: make format"; exit 1; }
	@test -z "$(TEMPLATES)" || .venv/bin/djade --target-version 6.1 --check $(TEMPLATES) || { echo "Run: make format"; exit 1; }
	@$(PYTHON) .ci/readme --check

format: install ## Bring Python and templates into the house form
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format --quiet .
	@test -z "$(TEMPLATES)" || .venv/bin/djade --target-version 6.1 $(TEMPLATES) || true

types: install ## Check the types
	@.venv/bin/mypy

imports: install ## Check that imports point down only
	@.venv/bin/lint-imports

migrations: install ## Check that no model has changed without a migration
	@$(MANAGE) makemigrations --check --dry-run

readme: install ## Bring the list of demo companies in README.md up to date
	@$(PYTHON) .ci/readme

soak: install ## Take the long figures: races, flips, kills, a big corpus, every answer judged; writes docs/measurements.md
	@$(PYTHON) -m tests.soak

audit: install ## Ask outside judges: validators, accessibility, links; writes docs/measurements.md
	@$(PYTHON) -m tests.audit

bench: install ## Measure requests per second beside a bare view
	@$(PYTHON) -m tests.bench

clean: ## Remove what tools left behind; the demo and its data stay
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov .coverage test-results
