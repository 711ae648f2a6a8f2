# Two commands from a fresh checkout, with nothing but Python 3.11 or later and make:
#   make        build the environment, check the data, print the latest report, write build/*.parquet
#   make test   run the whole suite
# uv is used where it is installed, venv and pip otherwise.

# The first Python that really runs and is new enough; `make PYTHON=...` chooses another.
PYTHON ?= $(shell .ci/pythons | head -n 1 | cut -d ' ' -f 2-)
VENV ?= .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m reported_losses
TABLES := $(patsubst data/%.csv,%,$(sort $(wildcard data/*.csv)))

.PHONY: all env complete summary parquet test suite core lint types bench replay generated lock clean

all: env complete summary parquet

env: $(VENV)/.ready

# The stamp is written last, so that an interrupted build starts again.
$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or later runs here; install one, or say make PYTHON=/its/path" >&2; exit 2; }
	@echo "building $(VENV) with $(PYTHON)"
	@rm -rf "$(VENV)"
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --python "$(PYTHON)" "$(VENV)" && \
	  uv pip install --quiet --python "$(BIN)/python" --require-hashes -r requirements-dev.lock && \
	  uv pip install --quiet --python "$(BIN)/python" --no-deps --no-build-isolation --editable . ; \
	else \
	  "$(PYTHON)" -m venv "$(VENV)" && \
	  "$(BIN)/python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock && \
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

# Each part runs even where one before it failed, so that one run tells everything.
test: env
	@failed=; for part in lint types suite; do \
	  $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; done; \
	  test -z "$$failed" || { echo "failed:$$failed" >&2; exit 1; }

suite: env
	$(BIN)/python -m pytest

# What every supported Python has to pass; the other tools read the same sources on any of them.
core: env
	$(BIN)/python -m pytest -m "not slow" -n auto --maxprocesses 4

lint: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: env
	$(BIN)/mypy

# Each script says what it measures and prints medians; none of them fails on a slow machine.
bench: env
	@for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

replay: env
	@PYTHONPATH=tests $(BIN)/python -m replay.replay

# Everything that is generated from the schemas and the code; tests fail where it is stale.
generated: env
	@$(BIN)/python -m reported_losses.generate

lock:
	uv pip compile --quiet --universal --python-version 3.11 --extra all --group dev --upgrade \
	  --generate-hashes --no-annotate --no-emit-package reported-losses \
	  --custom-compile-command "make lock" --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf build dist .venv .venv-* .mypy_cache .pytest_cache .ruff_cache .hypothesis
