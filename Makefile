# The two commands of the README, and those that keep the house in order. Only Python >= 3.11, git and make are needed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
REPO ?= .
RANGE ?= HEAD~1..HEAD

.PHONY: review test lint types contracts bench docs lock clean

review: $(VENV)/.runtime ## review the newest commit here, or REPO=path RANGE=base..head
	@$(BIN)/reviewer review --repo "$(REPO)" --range "$(RANGE)" $(ARGS)

test: lint types contracts ## environment, lint, strict types, import contracts, tests
	$(BIN)/pytest -n 2

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-actions action.yml
	$(BIN)/zizmor --offline --quiet action.yml
	$(BIN)/hadolint Dockerfile

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.dev ## NAME=subject [DATA=file] [REPO=path] [COMMITS=n]: one JSON line last
	@$(BIN)/python -m benchmarks.$(NAME) $(if $(DATA),--data "$(DATA)") $(if $(filter-out .,$(REPO)),--repo "$(REPO)") $(if $(COMMITS),--commits "$(COMMITS)") $(ARGS)

docs: $(VENV)/.dev ## write the reference pages anew
	$(BIN)/python docs/generate.py

lock: $(VENV)/.dev ## resolve the dependencies anew
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --upgrade --quiet --custom-compile-command "make lock" -o requirements/dev.txt
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --quiet --custom-compile-command "make lock" -c requirements/dev.txt -o requirements/runtime.txt

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "Python 3.11 or newer is needed, $(PYTHON) is %d.%d; set PYTHON=" % v[:2])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime
