# Everything a newcomer needs: `make run` and `make test`. Each installs what is missing first.
.PHONY: run test lint bench evaluate starter lock

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
	.venv/bin/python -m benchmarks.answer

evaluate:
	@scripts/prepare.sh test
	.venv/bin/python -m starter.evaluate

# The starter model from nothing: about two hours on two cores. Resumes where it stopped. DATA says where to work.
DATA ?= data
starter:
	@scripts/prepare.sh test
	.venv/bin/python -m pip install --quiet -e '.[training]'
	.venv/bin/python -m starter.clips $(DATA)/clips --shards 70
	.venv/bin/python -m starter.tokens $(DATA)/tokenizer.json
	.venv/bin/python -m starter.train $(DATA)/clips $(DATA)/tokenizer.json $(DATA)/run --minutes 78
	.venv/bin/python -m starter.export $(DATA)/run $(DATA)/tokenizer.json starter/model
	.venv/bin/python -m starter.evaluate --write
	.venv/bin/python -m starter.card

# Needs uv. Names, versions and hashes only.
lock:
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 \
		pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 \
		--extra test --extra evaluation pyproject.toml -o requirements-test.lock
