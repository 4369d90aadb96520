# Two commands to know: `make demo` and `make test`. Everything else is in `hunar --help`.
PYTHON ?= python3
PORT ?= 8000
.DEFAULT_GOAL := help

help:
	@echo "make demo [PORT=8000]   a working academy on this machine, with invented people"
	@echo "make demo-reset         start the demo academy over"
	@echo "make test               the gate and all tests"
	@echo "make install            only the environment, for a real academy: .venv/bin/hunar --help"

install:
	@$(PYTHON) tools/bootstrap.py base
	@.venv/bin/python tools/messages.py compile

install-dev:
	@$(PYTHON) tools/bootstrap.py dev
	@.venv/bin/python tools/messages.py compile

demo: install
	@.venv/bin/hunar demo --port $(PORT)

demo-reset: install
	@.venv/bin/hunar demo --reset --port $(PORT)

test: install-dev
	@.venv/bin/python tools/test.py

gate: install-dev
	@.venv/bin/python tools/gate.py

.PHONY: help install install-dev demo demo-reset test gate
