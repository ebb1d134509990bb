# Everything a newcomer needs: `make run` and `make test`. Each installs what is missing first.
.PHONY: run test lint bench evaluate lock

run:
	@scripts/prepare.sh run
	@scripts/run.sh

test: lint
	.venv/bin/python -m pytest

lint:
	@scripts/prepare.sh test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench:
	@scripts/prepare.sh test
	.venv/bin/python -m benchmarks.turn
	.venv/bin/python -m benchmarks.health

evaluate:
	@scripts/prepare.sh test
	.venv/bin/python -m starter.evaluate

# Needs uv. Names, versions and hashes only.
lock:
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 \
		pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 \
		--extra test --extra evaluation pyproject.toml -o requirements-test.lock
