# Two commands matter: `make demo` runs the main job, `make test` passes every check.

PYTHON ?= python3
FUZZ_SECONDS ?= 300
FUZZ_TARGETS ?= article normalisation extraction claims entries
# Tests run side by side; those with a broker mostly wait for time to pass, and leave a third one room.
JOBS ?= 2
BROKER_JOBS ?= 3
HISTORIES ?= 50000
LEDGERS ?= 5000
# Generated examples: the same each time, so that what passes here passes elsewhere; `default` makes others each time.
EXAMPLES ?= ci
# Which rows of the fault table, all by default.
ROWS ?=
# The tests start the program hundreds of times: where Python is told to keep no bytecode, each start would make it anew.
unexport PYTHONDONTWRITEBYTECODE
VENV := .venv
BENCH := .venv-bench
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
CHECKERS := $(VENV)/.checkers

.DEFAULT_GOAL := help
.PHONY: help setup demo test check audit train laws faults security format unit broker bench bench-smoke compare fuzz docs wheel release lock clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: $(INSTALLED) ## Install everything, pinned with hashes, into .venv

$(INSTALLED): deploy/requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0] + "; set PYTHON=…")'
	@echo "installing into $(VENV) (the first time only)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(CHECKERS): deploy/requirements/deploy.txt $(INSTALLED)
	@echo "installing what checks deploy/ and .github/ (the first time only)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements/deploy.txt
	@touch $@

demo: $(INSTALLED) ## See it work: local broker, worker, four days of articles, live tallies
	@exec $(BIN)/drone-tally demo

test: check unit broker bench-smoke ## Lint, types, import rules, then all tests, on a real broker too

check: $(INSTALLED) ## Lint, types, import rules, known dangers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive worker

unit: $(INSTALLED) $(CHECKERS) ## Tests that need no broker: unit, contract, corpus, acceptance
	$(BIN)/pytest -q -n $(JOBS) --dist worksteal --hypothesis-profile=$(EXAMPLES) -m "not broker"

broker: $(INSTALLED) $(CHECKERS) ## Tests on a real broker, started and stopped by the tests
	$(BIN)/pytest -q -n $(BROKER_JOBS) --dist loadscope -m broker

bench: $(INSTALLED) $(BENCH)/.installed ## Measure beside peers (hours; ROWS="plain latency" for some), table in docs/performance.md
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements/compare.txt
	$(BIN)/python -m benchmarks --quix-python $(BENCH)/bin/python $(ROWS)

bench-smoke: $(INSTALLED) ## Show in less than a minute that the measurements work
	$(BIN)/python -m benchmarks --smoke $(ROWS)

# quixstreams needs an older pydantic than the one that is pinned for the worker.
$(BENCH)/.installed: deploy/requirements/bench.txt
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements/bench.txt
	@touch $@

compare: $(INSTALLED) ## Quality and speed beside two baselines (installs spaCy)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements/compare.txt
	$(BIN)/python -m benchmarks.comparison

fuzz: $(INSTALLED) ## Look for input that breaks a reader, FUZZ_SECONDS for each of FUZZ_TARGETS (installs atheris)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements/fuzz.txt
	@for target in $(FUZZ_TARGETS); do echo "fuzzing $$target for $(FUZZ_SECONDS) s"; \
		$(BIN)/python -m tests.fuzz $$target -max_total_time=$(FUZZ_SECONDS) || exit 1; done

audit: $(INSTALLED) ## Ask the public vulnerability service about the pinned dependencies (needs a network)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements/audit.txt
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r deploy/requirements/worker.txt
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r deploy/requirements/dev.txt

train: $(INSTALLED) ## Learn the second look at numbers, and what articles are about, anew from the corpora after they have changed
	$(BIN)/python -m tests.corpus.training
	$(BIN)/python -m tests.corpus.relevance

laws: $(INSTALLED) ## HISTORIES other histories than the tests', larger small worlds and LEDGERS ledgers, against laws and model
	$(BIN)/python -m tests.ledger.laws --histories $(HISTORIES)
	$(BIN)/python -m tests.ledger.small_world
	DRONETALLY_TEST_LEDGERS=$(LEDGERS) $(BIN)/pytest -q tests/ledger/test_agreement.py

faults: $(INSTALLED) ## The fault tests in their long form (two hours; ROWS=name for some), and their table in docs/faults.md
	DRONETALLY_TEST_FAULTS=long DRONETALLY_TEST_REPORT=docs/faults.md $(BIN)/pytest -q -m broker -k "$(ROWS)" tests/faults

security: $(INSTALLED) ## Hostile input, clients and brokers, at length, and their table in docs/security.md
	DRONETALLY_TEST_SECURITY=long DRONETALLY_TEST_REPORT=docs/security.md $(BIN)/pytest -q tests/security

format: $(INSTALLED) ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(INSTALLED) ## Write the generated tables of the pages, dashboard and manifests again
	@$(BIN)/python -m tests.docs.tables
	@$(BIN)/python -m tests.deploy.generated

wheel: $(INSTALLED) ## Build the wheel into dist/, for pipx, uv or pip
	@$(BIN)/hatchling build -t wheel

release: $(INSTALLED) ## Wheel and the list of its parts (SBOM) into dist/; with TAG=v1.2.3 that must be the version
	@version=$$($(BIN)/python -c 'import worker; print(worker.__version__)'); \
		[ -z "$(TAG)" ] || [ "$(TAG)" = "v$$version" ] || { echo "the tag is $(TAG), the version is $$version" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements/sbom.txt
	rm -rf dist build/release
	$(BIN)/hatchling build -t wheel
	$(PYTHON) -m venv build/release
	build/release/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements/worker.txt
	build/release/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-index dist/*.whl
	build/release/bin/python -m pip uninstall --quiet --yes pip
	@version=$$($(BIN)/python -c 'import worker; print(worker.__version__)'); \
		sed "s/^dynamic = .*/version = \"$$version\"/" pyproject.toml > build/pyproject.toml # it reads no dynamic version
	$(BIN)/cyclonedx-py environment build/release/bin/python --pyproject build/pyproject.toml --mc-type application \
		--output-reproducible --output-file dist/drone-tally.cdx.json

lock: ## Pin the newest versions that fit, with hashes (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
		--upgrade pyproject.toml -q -o deploy/requirements/worker.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
		--upgrade pyproject.toml --all-extras --group dev -q -o deploy/requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
		--upgrade --constraint deploy/requirements/worker.txt --constraint deploy/requirements/dev.txt \
		pyproject.toml --extra ingest --extra registry --extra tracing -q -o deploy/requirements/worker-extras.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
		--upgrade pyproject.toml --group bench -q -o deploy/requirements/bench.txt
	for group in audit build compare deploy fuzz sbom; do uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-annotate --upgrade --constraint deploy/requirements/dev.txt --group $$group \
		-q -o deploy/requirements/$$group.txt; done

clean: ## Remove what was installed and cached here
	rm -rf $(VENV) $(BENCH) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
