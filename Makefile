# Two commands: `make run` and `make test`. Both install what they need into .venv; neither needs anything else first
# than Python 3.11 or later.

PYTHON ?= python3
PORT ?= 8000
# The tests run in a random order, the same for everybody; `SEED=7 make test` tries another.
SEED ?= 20261121
BIN := .venv/bin

# Bytecode is kept, whatever the shell says: without it every start compiles all libraries again, three seconds of it.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test checks quality chromium clean help

help:
	@echo "make run     the site with its demonstration, on http://127.0.0.1:$(PORT)"
	@echo "make test    every check"
	@echo "make quality SETS=folder   how well people are ranked and phrases linked, beside others"

run: .venv/installed
	@PORT=$(PORT) $(BIN)/twiza serve --prepare

test: .venv/installed-for-tests chromium checks
	$(BIN)/python -m pytest --randomly-seed=$(SEED)

checks: .venv/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint frontend/templates --lint --quiet

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: PYTHON=/path/to/python3.11 make run"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "The module venv is missing (Debian: apt install python3-venv)"; exit 1; }

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing what Twiza needs…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/installed-for-tests: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing what the tests need…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@ .venv/installed

quality: .venv/installed
	@test -n "$(SETS)" || { echo "Which sets? make quality SETS=folder"; exit 1; }
	@$(BIN)/python -m benchmarks.quality "$(SETS)"

# The journeys are walked in a real browser, Debian's; its own package brings everything it needs.
chromium:
	@command -v chromium >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Chromium for the browser tests…"; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
		fi; }
	@command -v chromium >/dev/null || { \
		echo "Missing: chromium, in which the browser tests run. Install it (Debian: apt install chromium), then make test."; \
		exit 1; }

clean:
	rm -rf .venv var
