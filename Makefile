# Two commands from a fresh checkout; they need Python 3.11 or later, make, and the package index:
#   make        build the environment, check the data, print the latest report, write build/*.parquet
#   make test   run the whole suite
# The environment is built with uv if it is installed, and with venv and pip otherwise.

# The first Python that runs and is new enough; `make PYTHON=...` chooses another.
PYTHON ?= $(shell .ci/pythons | head -n 1 | cut -d ' ' -f 2-)
VENV ?= .venv
# requirements-lowest.txt holds the lowest versions that pyproject.toml allows.
LOCK ?= requirements-dev.lock
BIN := $(VENV)/bin
RUN := $(BIN)/python -m reported_losses
TABLES := $(patsubst data/%.csv,%,$(sort $(wildcard data/*.csv)))

.PHONY: all env complete summary parquet test suite core lint types frictionless bench replay \
  long laws fuzz hostile faults fetch-faults generated lock clean

all: env complete summary parquet

env: $(VENV)/.ready

# The stamp is written last, so an interrupted build starts again.
$(VENV)/.ready: $(LOCK) pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later was found. Install one, or run make PYTHON=/path/to/python." >&2; exit 2; }
	@echo "building $(VENV) with $(PYTHON)"
	@rm -rf "$(VENV)"
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --python "$(PYTHON)" "$(VENV)" && \
	  uv pip install --quiet --python "$(BIN)/python" --require-hashes -r "$(LOCK)" && \
	  uv pip install --quiet --python "$(BIN)/python" --no-deps --no-build-isolation --editable . ; \
	else \
	  "$(PYTHON)" -m venv "$(VENV)" && \
	  "$(BIN)/python" -m pip install -qq --disable-pip-version-check --require-hashes -r "$(LOCK)" && \
	  "$(BIN)/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable . ; \
	fi
	@touch $@

complete: env
	@$(RUN) tables
	@$(RUN) check

summary: env
	@$(RUN) summary

parquet: env
	@mkdir -p build
	@for table in $(TABLES); do \
	  $(RUN) export $$table --format parquet --out build/$$table.parquet --force || exit 1; done

# Every part runs even if an earlier one fails, so that one run shows all failures.
test: env
	@failed=; for part in lint types frictionless suite; do \
	  $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; done; \
	  test -z "$$failed" || { echo "failed:$$failed" >&2; exit 1; }

suite: env
	$(BIN)/python -m pytest -n auto --maxprocesses 4

# What takes many minutes: hundreds of kills, thousands of broken packages.
long: env
	$(BIN)/python -m pytest -m long -n auto --maxprocesses 4

# The core tests with other examples of every law on each run.
laws: env
	$(BIN)/python -m pytest -m "not slow" -n auto --maxprocesses 4 --hypothesis-profile=search

# The tests that every supported Python must pass.
core: env
	$(BIN)/python -m pytest -m "not slow" -n auto --maxprocesses 4

lint: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: env
	$(BIN)/mypy

# A second opinion on the shipped package; it fails on any error.
frictionless: env
	$(BIN)/python -m frictionless validate datapackage.json

# Each script says what it measures and prints medians. None fails because a machine is slow.
bench: env
	@for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

replay: env
	@PYTHONPATH=tests $(BIN)/python -m replay.replay

# 20,000 broken packages, none of which may raise; and packages made to cost as much as they can.
fuzz: env
	@PYTHONPATH=tests $(BIN)/python -m fuzz 20000

hostile: env
	@PYTHONPATH=tests $(BIN)/python -m hostile

# Put single faults of every kind into packages and write docs/reliability.md; takes some minutes.
faults: env
	@PYTHONPATH=tests $(BIN)/python -m faults

# Each fault of a server, a release or the disk fifty times while a release is fetched: ten minutes.
fetch-faults: env
	@PYTHONPATH=tests $(BIN)/python -m fetch_faults 50

# Write every file that is generated from the schemas and the code; tests fail if one is out of date.
generated: env
	@$(BIN)/python -m reported_losses.generate

# The newest versions of all tools, and the lowest versions that pyproject.toml allows.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --extra all --generate-hashes \
  --no-annotate --no-emit-package reported-losses --custom-compile-command "make lock"

lock:
	$(COMPILE) --group dev --upgrade --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --group test --upgrade --resolution lowest-direct \
	  --output-file requirements-lowest.txt pyproject.toml

clean:
	rm -rf build dist .venv .venv-* .mypy_cache .pytest_cache .ruff_cache .hypothesis
