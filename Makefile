# Everything a checkout needs: `make demo` to look at it, `make test` to check it.
PYTHON ?= python3
PORT ?= 8000
FUZZ ?= 1000000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check journeys test-large fuzz bench lock clean

help: ## say what there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/setup ## make .venv from the hashed lock, with .venv/bin/dam

setup-dev: $(VENV)/setup-dev ## the same with what the tests need

demo: setup ## a demo archive at http://127.0.0.1:8000 (PORT= for another)
	$(BIN)/dam demo --port $(PORT)

test: setup-dev ## run all tests, linters and type checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadgroup

check: setup-dev ## the quick checks: everything but the browser
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports
	$(BIN)/pytest -x -n 2 --dist loadgroup -m 'not browser'

journeys: setup-dev ## only the tests in a real browser
	$(BIN)/pytest -m browser

test-large: setup-dev ## the largest masters: one and two gigapixels (minutes, 8 GB of disk)
	$(BIN)/pytest -m large --large

fuzz: setup-dev ## a million random addresses and broken files, an hour and a half (FUZZ= another number, FUZZ_SEED=)
	FUZZ=$(FUZZ) nice $(BIN)/pytest -n 0 --timeout 0 -q tests/fuzz

bench: setup ## tiles, drawn pictures and ingest on this machine, beside others where installed
	$(BIN)/dam bench tiles
	$(BIN)/dam bench render
	$(BIN)/dam bench render --hostile
	$(BIN)/dam bench ingest

lock: ## write .ci/lock.txt and .ci/lock-dev.txt anew (needs uv)
	uv pip compile -q pyproject.toml --group build --override .ci/overrides.txt --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -o .ci/lock.txt
	uv pip compile -q pyproject.toml --group build --group dev -c .ci/lock.txt \
	  --override .ci/overrides.txt --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url -o .ci/lock-dev.txt

clean: ## remove what make made (never media/ or manifests/)
	rm -rf $(VENV) dam/web/static/dist dam/web/frontend/node_modules .cache

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=.")'
	$(PYTHON) -m venv $(VENV)

FRONTEND := $(shell find dam/web/frontend -type f -not -path '*/node_modules/*' 2>/dev/null)

$(VENV)/setup: $(BIN)/python pyproject.toml .ci/lock.txt $(FRONTEND)
	$(PIP) install --quiet --no-deps --require-hashes -r .ci/lock.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/setup-dev: $(VENV)/setup .ci/lock-dev.txt
	$(PIP) install --quiet --no-deps --require-hashes -r .ci/lock-dev.txt
	touch $@
