# Each target makes .venv from the pinned, hash-checked requirements when it is not there yet.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.requirements-installed
WITH_NLP := $(VENV)/.requirements-nlp-installed
WITH_SCALE := $(VENV)/.requirements-scale-installed
WITH_CONFORMANCE := $(VENV)/.requirements-conformance-installed

.PHONY: build test test-all lint bench eval floors fuzz soak sbom audit serve docs requirements clean interoperability

build: $(READY) ## The dataset of seeds/, in output/
	$(BIN)/kg build seeds --out output

test: $(READY) ## The tests that need no server
	$(BIN)/python -m pytest -m "not server and not slow"

test-all: $(READY) $(WITH_NLP) $(WITH_SCALE) $(WITH_CONFORMANCE) ## Every test; servers and a browser are really started
	scripts/services.sh || echo "not all of these could be installed: what needs them is skipped, and says so"
	$(BIN)/python -m pytest

interoperability: $(READY) $(WITH_CONFORMANCE) ## The tests of other people's tools, into docs/interoperability.md
	scripts/services.sh || echo "not all of these could be installed: what needs them is skipped, and says so"
	$(BIN)/python -m pytest -m tool --interoperability

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tests $(IN_TESTS)

# A term, row or source of another kind than expected fails its test anyway.
IN_TESTS := --disable-error-code=union-attr --disable-error-code=arg-type --disable-error-code=var-annotated

bench: $(READY)
	$(BIN)/python -m bench

eval: $(READY) $(WITH_NLP) ## Extraction against documents with gold, into docs/evaluation.md
	$(BIN)/python -m bench.evaluation

floors: $(READY) ## The least figures of every folder with gold: raises them to what is reached
	$(BIN)/python -m bench.evaluation.floors

fuzz: $(READY) ## Random input for all that reads, into docs/reliability.md; INPUTS=1000000
	$(BIN)/python -m bench.fuzz $(INPUTS) --write

soak: $(READY) ## Faults of all that writes and serves, into docs/reliability.md; KILLS=200
	$(BIN)/python -m bench.soak $(KILLS) --write

INPUTS := 1000000
KILLS := 200

sbom: $(READY) ## The wheel, with its bill of materials (CycloneDX) and licences beside it
	$(BIN)/python -m build --wheel --no-isolation
	$(BIN)/python scripts/write_sbom.py dist

audit: ## Known vulnerabilities of what requirements.txt pins, where the package index tells them
	test -x $(VENV)/audit/bin/pip-audit || ($(PYTHON) -m venv $(VENV)/audit && $(VENV)/audit/bin/pip install --quiet pip-audit)
	$(VENV)/audit/bin/python scripts/audit.py $(VENV)/audit/bin/pip-audit

serve: $(READY)
	$(BIN)/kg serve --data output

docs: $(READY) ## What README.md shows of the code, and what is written from the domain's words
	$(BIN)/python scripts/write_domain.py
	$(BIN)/python scripts/write_readme.py

requirements: $(READY) ## Pin what pyproject.toml allows
	$(BIN)/pip-compile $(PIP_COMPILE) --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile $(PIP_COMPILE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
	$(BIN)/pip-compile $(PIP_COMPILE) --extra nlp --constraint requirements-dev.txt --output-file requirements-nlp.txt pyproject.toml
	$(BIN)/pip-compile $(PIP_COMPILE) --extra conformance --constraint requirements-dev.txt --output-file requirements-conformance.txt pyproject.toml
	$(BIN)/pip-compile $(PIP_COMPILE) --extra parquet --extra spark --constraint requirements-dev.txt --output-file requirements-scale.txt pyproject.toml

PIP_COMPILE := --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links --no-header --no-config

$(READY): requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(WITH_SCALE): requirements-scale.txt $(READY)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-scale.txt
	touch $@

$(WITH_CONFORMANCE): requirements-conformance.txt $(READY)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-conformance.txt
	touch $@

$(WITH_NLP): requirements-nlp.txt $(READY)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-nlp.txt
	touch $@

clean: ## What was built, but not the published output/
	rm -rf $(VENV) build dist public store .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
