# Everything a developer or a newcomer runs. Each target sets up what it needs; 'make help' tells what there is.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
BENCH ?= --write

.DEFAULT_GOAL := help
.PHONY: help site serve review test check bench fuzz interop linkcheck lock clean

help: ## this list
	@echo "Targets:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

site: .venv/site.stamp ## set up, and build the site with every locale and the feed into site/
	@$(BIN)/knooppunt build

serve: .venv/site.stamp ## live preview of the site on http://127.0.0.1:8000/
	@$(BIN)/knooppunt serve

review: .venv/site.stamp ## review translations in the browser, on this machine only
	@$(BIN)/knooppunt review --open

test: .venv/test.stamp ## set up, then linters, types and all tests
	@.ci/check
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: .venv/test.stamp ## linters, types, and Knooppunt's own checks on the real content
	@.ci/check

bench: .venv/test.stamp .venv/peers.stamp ## benchmarks beside other tools, into the handbook; BENCH="--help" tells more
	@PYTHONPATH=tests $(BIN)/python -m benchmarks $(BENCH)

fuzz: .venv/test.stamp ## ten CPU minutes of hostile input for every reader, then how its cost grows
	@PYTHONPATH=tests $(BIN)/python -m fuzz
	@PYTHONPATH=tests $(BIN)/python -m fuzz --growth

interop: .venv/test.stamp .venv/peers.stamp .venv/interop.stamp ## OmegaT, gettext, translate-toolkit and others on our files, and we on theirs
	@.ci/interop

linkcheck: .venv/test.stamp site ## crawl the built site with LinkChecker, a second opinion on our own link checks
	@.ci/linkcheck

lock: .venv/test.stamp ## renew the lock files in .ci/
	@.ci/lock

clean: ## remove everything that a command made
	rm -rf .venv .knooppunt site dist tests/browser/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/site.stamp: .ci/requirements.txt .ci/setup pyproject.toml
	@PYTHON=$(PYTHON) .ci/setup site

.venv/peers.stamp: .venv/site.stamp .ci/requirements-peers.txt
	@PYTHON=$(PYTHON) .ci/setup peers

.venv/interop.stamp: .venv/site.stamp
	@PYTHON=$(PYTHON) .ci/setup interop

.venv/test.stamp: .venv/site.stamp .ci/requirements-test.txt tests/browser/package-lock.json
	@PYTHON=$(PYTHON) .ci/setup test
