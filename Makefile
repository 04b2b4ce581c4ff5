# The one door to Readout's workshop: `make help` lists what there is.
# Needs make and Python 3.11 or newer; everything else is set up in .venv, from the lock, when it is first needed.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Bytecode stays inside the checkout, and without it every command would take a second more to start.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
CHECKED := $(wildcard src tests quality bench workshop)

# Finds a Python that will do, and makes .venv ready for $(1): base or dev.
define ready
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec "$$python" workshop/ready.py $(1); \
	  fi; \
	done; \
	echo "Readout needs Python 3.11 or newer and found none; name one with: make PYTHON=/path/to/python3" >&2; exit 1
endef

.PHONY: help
help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name what; do \
	  printf '  make %-10s %s\n' "$$name" "$$what"; done

.PHONY: run
run: export READOUT_HOME ?= $(CURDIR)/var
run: ## set up, load the sample stories and serve them; prints the address
	$(call ready,base)
	@$(BIN)/readout demo --data "$$READOUT_HOME"

.PHONY: test
test: ## set up and run every check and every test
	$(call ready,dev)
	@status=0; \
	for check in style types layers; do $(MAKE) $$check || status=1; done; \
	$(BIN)/python -m pytest -n 2 --dist worksteal || status=$$?; \
	exit $$status

.PHONY: check
check: style types layers ## style, types and layers only: seconds, for between edits

.PHONY: style
style: ## ruff: every rule, and the formatting
	$(call ready,dev)
	@$(BIN)/ruff check --quiet --output-format concise $(CHECKED) && $(BIN)/ruff format --check --quiet $(CHECKED) && echo "style: as agreed"

.PHONY: types
types: ## mypy, strict, tests included
	$(call ready,dev)
	@$(BIN)/mypy

.PHONY: layers
layers: ## import-linter: who may import whom
	$(call ready,dev)
	@$(BIN)/lint-imports --no-logo

.PHONY: quality
quality: ## how well each stage does on public data, with its misses
	$(call ready,dev)
	@$(BIN)/readout quality

.PHONY: bench
bench: ## time and memory
	$(call ready,dev)
	@for file in bench/[a-z]*.py; do \
	  name=$$(basename $$file .py); echo "== $$name"; $(BIN)/python -m bench.$$name || exit 1; \
	done

.PHONY: train
train: ## the labeller's model anew, from annotated articles (needs the `train` dependencies)
	$(call ready,dev)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --group train
	@$(BIN)/python -m workshop.train

.PHONY: train-acts
train-acts: ## the model of acts anew, from labelled statements
	$(call ready,dev)
	@$(BIN)/python -m workshop.train.acts

.PHONY: vectors
vectors: ## the model of sentence vectors into var/vectors/minilm (91 MB), for READOUT_VECTORS
	$(call ready,dev)
	@$(BIN)/python -m workshop.vectors

.PHONY: screens
screens: ## screenshots of the web site, for docs/images
	$(call ready,dev)
	@$(BIN)/python -m workshop.screens

.PHONY: lock
lock: ## pin every dependency anew, with hashes
	$(call ready,dev)
	@$(BIN)/python workshop/lock.py

.PHONY: clean
clean: ## remove what was built and cached; your archive in var/ stays
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/*.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
