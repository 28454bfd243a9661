# Two commands do everything: `make build` and `make test`; `make demo` shows it alive. Nothing else is needed.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
SOURCES := queries panels dashboards_py cli examples tests bench

.PHONY: build test quick check demo snapshots rule-pages coverage bench thorough prometheus clean

build: .venv/installed  ## Install, then build every page and rule into build/
	@$(BIN)/python -m cli build

# what is slow by itself: on a machine that does something else, every service is slow, and its alerts say so
test: .venv/tested prometheus check  ## Everything that CI runs
	@$(BIN)/python -m pytest --numprocesses auto -m "not slow"
	@$(BIN)/python -m pytest -m slow

quick: .venv/tested check  ## What starts no server
	@$(BIN)/python -m pytest --numprocesses auto -m "not server and not slow"

check: .venv/tested  ## Format, lint, types, contracts
	@$(BIN)/python -m ruff format --check --quiet $(SOURCES)
	@$(BIN)/python -m ruff check --quiet $(SOURCES)
	@$(BIN)/python -m mypy
	@$(BIN)/lint-imports

demo: .venv/shown build  ## The example service, its load and Prometheus; a key stops them
	@command -v prometheus >/dev/null || tests/install-prometheus
	@$(BIN)/python -m examples.demo

snapshots: .venv/tested  ## Renew the snapshots after a change that is meant
	@$(BIN)/python -m pytest tests/snapshots --snapshot-update

rule-pages: .venv/installed  ## Renew docs/rules from the rules
	@$(BIN)/python -m cli.lint.page docs/rules

coverage: .venv/tested prometheus  ## A run of its own: branches, at least 95 %
	@$(BIN)/python -m pytest --cov --cov-report=term-missing

bench: .venv/tested  ## Speed, as ratios
	@$(PIP) --editable ".[bench]"
	@$(BIN)/python bench/run.py

thorough: .venv/tested  ## 100,000 broken inputs, and the slowest of them; 3,000 pushes of 30 pages to which something happens; every wrong rule
	@$(BIN)/python -m tests.lint.fuzz 100000
	@$(BIN)/python -m tests.faults 3000 30
	@$(BIN)/python -m tests.mutants

prometheus:
	@command -v promtool >/dev/null && command -v prometheus >/dev/null && command -v amtool >/dev/null \
		&& command -v prometheus-node-exporter >/dev/null && command -v prometheus-nginx-exporter >/dev/null \
		|| tests/install-prometheus

.venv/installed: pyproject.toml constraints.txt
	@echo "installing into .venv"
	@$(PYTHON) -m venv .venv
	@$(PIP) --editable .
	@$(BIN)/python -m compileall -q queries panels dashboards_py cli
	@touch $@

.venv/tested: .venv/installed
	@$(PIP) --editable ".[test,service,example]"
	@touch $@

.venv/shown: .venv/installed
	@echo "installing what the example service needs"
	@$(PIP) --editable ".[service,example]"
	@touch $@

clean:
	@rm -rf .venv .dash $(addprefix build/,alertmanager compose dashboards grafana kubernetes prometheus rules manifest.json)
