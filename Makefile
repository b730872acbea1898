# Everything a person or a CI job runs. Needs Python 3.11+ with venv, and make.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
DEMO_DIR := $(or $(DATA_DIR),var/demo)
SOURCES := dsar notifications workflow tests manage.py

.DEFAULT_GOAL := help
.PHONY: help run demo test test-postgresql test-services campaign bench bench-reading fuzz check format lock

help:
	@echo "make run            start everything: web, worker, clock, mail listener, broker"
	@echo "make demo           the same in a folder of its own, with 30 invented mails"
	@echo "make test           all tests this machine can run"
	@echo "make test-postgresql  those that prove something about the database, on PostgreSQL"
	@echo "make test-services  install what the other tests need (Debian packages, as root)"
	@echo "make campaign       a quarter of an hour of kill -9 while mail comes in; random lives of cases; a year of 2,000; 10,000 races; both ways of making a database"
	@echo "make bench          how fast it is, beside the limit or a peer, and what it makes of odd mail"
	@echo "make fuzz           damaged mail against the parser and the reading; SECONDS=1800 for half an hour"
	@echo "make bench-reading  how well mails are understood, by language and by right"
	@echo "make check          linters, types, contracts of the house"
	@echo "make format         put the code in its usual form"
	@echo "make lock           renew requirements*.txt from pyproject.toml"

run: $(VENV)/.run
	@$(PY) -m dsar.operations.packages pdf
	@$(PY) -m dsar.env
	@exec $(PY) manage.py run

# Its own keys as well as its own data: nothing of it is worth keeping.
demo: export DATA_DIR := $(DEMO_DIR)
demo: export DSAR_ENV_FILE := $(DEMO_DIR)/.env
demo: $(VENV)/.run
	@$(PY) -m dsar.operations.packages pdf
	@mkdir -p -m 700 $(DEMO_DIR)
	@$(PY) -m dsar.env
	@exec $(PY) manage.py demo

.env: $(VENV)/.run
	@$(PY) -m dsar.env

test: $(VENV)/.dev
	$(VENV)/bin/pytest -n auto --maxprocesses 4 --dist loadgroup

test-postgresql: $(VENV)/.dev
	$(PY) -m tests.services postgresql $(VENV)/bin/pytest -n auto --maxprocesses 4 --dist loadgroup --only-database

test-services: $(VENV)/.run
	$(PY) -m dsar.operations.packages services

campaign: $(VENV)/.dev
	$(VENV)/bin/pytest -m campaign tests/flows tests/lives tests/house
	$(PY) -m tests.services postgresql $(VENV)/bin/pytest -n auto --maxprocesses 4 -m campaign tests/lives/test_races.py

bench-reading: $(VENV)/.dev
	$(PY) -m tests.bench.reading_report

bench: $(VENV)/.dev
	$(VENV)/bin/pytest -s -m bench tests/bench

SECONDS ?= 300
fuzz: $(VENV)/.dev
	$(PY) -m tests.fuzz $(SECONDS)

check: $(VENV)/.dev
	$(VENV)/bin/ruff check $(SOURCES)
	$(VENV)/bin/ruff format --check $(SOURCES)
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	@! grep -n "://" requirements*.txt || { echo "A lock file names an address: run make lock."; exit 1; }
	DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run
	PUBLIC_URL=https://dsar.example.org DJANGO_SETTINGS_MODULE=tests.settings \
		$(PY) manage.py check --deploy --fail-level WARNING

format: $(VENV)/.dev
	$(VENV)/bin/ruff check --fix $(SOURCES)
	$(VENV)/bin/ruff format $(SOURCES)

# Without addresses: where packages come from is the machine's business, not the repository's.
LOCK := uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate
lock: $(VENV)/.dev
	$(VENV)/bin/$(LOCK) pyproject.toml -o requirements.txt
	$(VENV)/bin/$(LOCK) pyproject.toml --group dev -o requirements-dev.txt
	@! grep -n "://" requirements*.txt

$(VENV)/bin/python:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
		{ echo "Python 3.11 or newer is needed: name one with PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c "import ensurepip, venv" 2>/dev/null || \
		{ echo "Python's venv module is missing: apt-get install make python3-venv"; exit 1; }
	@echo "Making the environment in $(VENV)…"
	@$(PYTHON) -m venv $(VENV)

# Stamps: a second start installs nothing.
$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	@echo "Installing packages (once, about a minute)…"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing packages for the tests (once, about two minutes)…"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.run
