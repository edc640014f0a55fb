# Two commands set everything up on a bare machine with Python 3.11+, git and make:
#   make demo   a played-out township and its monthly report in Word and HTML
#   make test   the tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TODAY ?= 2026-11-20
MONTH ?= 2026-10

.PHONY: demo test browser check lint types docs docs-check wheel bench crash sample clean
.DEFAULT_GOAL := demo

$(READY): pyproject.toml constraints.txt
	@PYTHON="$(PYTHON)" sh .ci/setup $(VENV)
	@touch $(READY)

demo: $(READY)
	@rm -rf build/demo && mkdir -p build
	@$(BIN)/swm demo build/demo --today $(TODAY)
	@$(BIN)/swm --ledger build/demo --today $(TODAY) report month $(MONTH) --format docx,html

test: $(READY)
	@$(BIN)/python -m pytest -n 2

# gets what the browser tests need, then runs them; what cannot be had is skipped and said
browser: $(READY)
	@sh .ci/browser $(VENV)
	@$(BIN)/python -m pytest -m browser tests/browser

lint: $(READY)
	@$(BIN)/ruff check swm tests templates docs
	@$(BIN)/ruff format --check swm tests templates docs

types: $(READY)
	@$(BIN)/mypy

docs: $(READY)
	@$(BIN)/python docs/build_reference.py

docs-check: $(READY)
	@$(BIN)/python docs/build_reference.py --check

wheel: $(READY)
	@sh .ci/wheel $(BIN)/python

check: lint types docs-check test wheel

crash: $(READY)
	@$(BIN)/python -m pytest -n 2 -m crash tests

bench: $(READY)
	@$(BIN)/python -m tests.bench

sample: $(READY)
	@$(BIN)/python -m swm.sample ledger

clean:
	rm -rf build dist $(VENV)
