# Short names for what the project can do; set-up itself needs nothing but Python.
PYTHON ?= python3
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.PHONY: run test check format benchmarks lock

run: ## set up and serve the demo
	$(PYTHON) -m caseapp run

test: ## set up and run the whole suite
	$(PYTHON) -m caseapp test

check: ## linter, formatter, types, import contracts, templates, secrets
	$(PYTHON) -m caseapp test -q tests/architecture/test_checks.py

format: ## put the code into shape
	.venv/bin/ruff check --fix --quiet .
	.venv/bin/ruff format --quiet .

benchmarks: ## print what was measured, as ratios
	.venv/bin/python -m benchmarks

lock: ## renew the hash locks within the ranges of requirements/*.in (UPGRADE=--upgrade for newest)
	for name in runtime dev node; do \
		$(LOCK) $(UPGRADE) requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done
