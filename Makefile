# Everything a person or a build machine does with Newsroom. `make` alone lists it.

.DEFAULT_GOAL := help
.PHONY: help demo install serve test test-postgres check lint format types imports migrations readme soak audit bench clean

PORT ?= 8000
PYTEST_ARGS ?=
export PORT

# The server's own variables; a site with more cores sets more.
export GRANIAN_WORKERS ?= 2
export GRANIAN_BLOCKING_THREADS ?= 4
export GRANIAN_BLOCKING_THREADS_IDLE_TIMEOUT ?= 600

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

serve: ## Serve a configured site; README.md lists the variables
	@.ci/uv sync --quiet --locked --no-dev --all-extras --inexact
	@$(PYTHON) manage.py check --deploy --tag newsroom --fail-level ERROR
	@exec .venv/bin/granian --interface wsgi --port $(PORT) --no-ws newsroom.wsgi:application

test: install ## Run the whole suite on SQLite and print the coverage
	@$(PYTHON) -m pytest --cov --cov-report=term $(PYTEST_ARGS)

test-postgres: install ## Run the whole suite on the PostgreSQL server that TEST_POSTGRES_URL names
	@test -n "$(TEST_POSTGRES_URL)" || { echo "Set TEST_POSTGRES_URL, such as postgres://user@localhost/postgres"; exit 2; }
	@TEST_DATABASE_URL="$(TEST_POSTGRES_URL)" $(PYTHON) -m pytest $(PYTEST_ARGS)

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

soak: install ## Take the long figures: a big corpus, hours of the clock; writes docs/measurements.md
	@$(PYTHON) -m tests.soak

audit: install ## Ask outside judges: validators, accessibility, links; writes docs/measurements.md
	@$(PYTHON) -m tests.audit

bench: install ## Measure requests per second beside a bare view
	@$(PYTHON) -m tests.bench

clean: ## Remove what tools left behind; the demo and its data stay
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov .coverage test-results
