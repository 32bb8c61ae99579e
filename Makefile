# `make run` opens the app, and `make run ARGS="try addmm"` passes arguments on; `make check` is for
# while one works, `make test` runs every test. PYTHON=python3.12 picks an interpreter.

PYTHON ?= python3
ARGS ?=
ONLY ?=
VENV := .venv
PEERS := .venv-bench
BIN := $(VENV)/bin
PROJECT := pyproject.toml constraints.txt src/mxcheat/__init__.py

.PHONY: run test check lint format docs bench clean

run: $(VENV)/.live
	@$(BIN)/mxcheat $(ARGS)

# Tests of the app wait for what it paints.
test check: export TEXTUAL_FPS := 120

# Tests that start frameworks measure time and memory: they have the machine to themselves.
test: lint
	$(BIN)/pytest -n logical -rs -m "not live"
	$(BIN)/pytest -rs -m live

# Unit tests: what starts no framework, opens no app and is not the whole program.
check: lint
	$(BIN)/pytest -n logical -m "not (live or app or whole)"

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py

bench: $(VENV)/.live $(PEERS)/.installed
	@PYTHONPATH=src $(PEERS)/bin/python -m benchmarks $(ONLY)

clean:
	rm -rf $(VENV) $(PEERS) dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 10) <= v <= (3, 12) else \
	  "mxcheat: make needs Python 3.10 to 3.12 for mxnet beside torch; this is %d.%d. Try: make run PYTHON=python3.11" % v)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.live: $(BIN)/python $(PROJECT)
	$(BIN)/python -m pip install --quiet --editable '.[live]' --constraint constraints.txt
	@touch $@

$(VENV)/.dev: $(BIN)/python $(PROJECT)
	$(BIN)/python -m pip install --quiet --editable '.[live,dev]' --constraint constraints.txt
	@touch $@ $(VENV)/.live

$(PEERS)/.installed: $(BIN)/python benchmarks/requirements.txt
	$(BIN)/python -m venv --clear $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --requirement benchmarks/requirements.txt
	@touch $@
