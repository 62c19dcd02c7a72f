# The two commands are `make run` and `make test`; each does all the set-up it needs.
PY := .venv/bin/python
# Where it is set, each of the many processes of a run compiles all that it loads.
export PYTHONDONTWRITEBYTECODE :=
.PHONY: run centre test check slow style types contracts units whole bench bench-short faults site fuzz mutate sabotage coverage lint looks screenshots lock train bill wheel wheel-alone installers image image-try deploy-check airflow-test learning-test train-deep batch-test clean

run:
	@tools/setup.sh run
	@$(PY) tools/run_here.py

centre:
	@tools/setup.sh central
	@$(PY) -m tools.run_centre

test:
	@tools/setup.sh test
	@$(MAKE) --no-print-directory -j4 style types contracts whole

check:
	@tools/setup.sh test
	@$(MAKE) --no-print-directory -j4 style types contracts units

lint: style types contracts

style:
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types:
	$(PY) -m mypy

contracts:
	$(PY) -m tools.contracts

# Which tests are units and which are slow is said in tests/choosing.py.
units:
	$(PY) -m pytest -n 2 --dist worksteal --units

# In a fresh clone one process compiles what both workers would, while the types are looked at on the other core.
whole:
	@[ -d tests/__pycache__ ] || $(PY) -m pytest --collect-only -qq >/dev/null
	$(PY) -m pytest -n 2 --dist worksteal -m "not slow"

# The proofs that take more than a second each: CI runs them after `make test`.
slow:
	@tools/setup.sh test
	$(PY) -m pytest -n 2 --dist worksteal -m slow

faults:
	@tools/setup.sh test
	WELLSIDE_FAULT_RUN=1 $(PY) -m pytest tests/faults --kills 200 --states 100000 --runs 10000 --points 100000 -p no:randomly
	$(PY) -m tools.write_reliability

# A site under load for five minutes: three centres on one database, their engine and Kafka, and any of them killed.
site:
	@tools/setup.sh test
	$(PY) -m pytest -n 0 -s tests/faults/test_site.py --site-seconds 300 --site-rate 20000 --site-lag 30

fuzz:
	@tools/setup.sh test
	$(PY) -m pytest tests/importers/test_damaged_files.py tests/central/test_openapi.py -k "damage or document_names" \
		--fuzz 5000
	WELLSIDE_WHOLE_PROOFS=1 $(PY) -m pytest -n 2 --dist worksteal -m hypothesis

# Bugs with names (sabotage.toml): the test of each must turn red.
sabotage:
	@tools/setup.sh test
	$(PY) -m tools.sabotage

mutate:
	@tools/setup.sh test
	WELLSIDE_WHOLE_PROOFS=1 $(PY) -m tools.mutate

# Which files must stay whole is said in pyproject.toml, [tool.coverage.report].
coverage:
	@tools/setup.sh test
	WELLSIDE_WHOLE_PROOFS=1 $(PY) -m coverage run -m pytest -n 0 -m "not slow" tests/sync tests/models/test_journal*.py tests/models/test_sending.py \
		tests/models/test_blobs.py tests/models/test_central_store.py
	$(PY) -m coverage report

bench-short:
	@tools/setup.sh test
	$(PY) -m benchmarks.short

bench:
	@tools/setup.sh test
	$(PY) -m benchmarks

# Every page in every language, theme and glove mode; `make test` looks at the widest of them.
looks:
	@tools/setup.sh test
	$(PY) -m pytest tests/views/test_window.py -k cut --every-look

screenshots:
	@tools/setup.sh run
	@$(PY) tools/run_here.py screenshots

train:
	@tools/setup.sh test
	$(PY) -m tools.train_ranker
	$(PY) -m tools.evaluate_cards
	$(PY) -m tools.evaluate_labels
	$(PY) -m tools.evaluate_esp
	$(PY) -m tools.train_failure

# What a network over curves is worth beside the one of layers.
train-deep:
	@tools/setup.sh test
	WELLSIDE_TORCH=$$($(PY) -m deploy.learning learning) $(PY) -m tools.evaluate_deep

lock:
	@tools/setup.sh run
	$(PY) -m tools.lock

bill:
	@tools/setup.sh central
	$(PY) -m tools.bill

wheel:
	@tools/setup.sh run
	$(PY) -m tools.build_wheel

wheel-alone:
	@tools/setup.sh test
	WELLSIDE_WHEEL_ALONE=1 $(PY) -m pytest tests/e2e/test_wheel.py -n 0

# python.org's package for Windows is an input of a release: make installers WINDOWS_PYTHON=FILE SIGNING=FILE SIGNATURES=FILE. Without it: a trial.
installers:
	@tools/setup.sh test installers
	$(PY) -m installer linux $(if $(SIGNATURES),--sign $(SIGNATURES))
	$(PY) -m installer.windows $(if $(WINDOWS_PYTHON),--python $(WINDOWS_PYTHON),--trial) $(if $(SIGNING),--signing $(SIGNING))

# The images of the centre into dist/image: on Debian 12, as its packages are part of them (deploy/image).
image:
	@tools/setup.sh test image
	$(PY) -m deploy.image build

# Run as a cluster would run them: nobody's user, a root that nobody writes to.
image-try:
	@tools/setup.sh test image
	$(PY) -m deploy.image try

# The loop of learning by Airflow, in an environment of its own.
airflow-test:
	@tools/setup.sh test
	WELLSIDE_AIRFLOW=$$($(PY) -m deploy.learning airflow) $(PY) -m pytest -n0 tests/deploy/test_learning.py

# The network over curves by PyTorch, in an environment of its own.
learning-test:
	@tools/setup.sh test
	WELLSIDE_TORCH=$$($(PY) -m deploy.learning learning) $(PY) -m pytest -n0 tests/deploy/test_deep_by_torch.py

# Jobs for a site's Spark, run by Spark itself in an environment of its own: it needs a Java (17).
batch-test:
	@tools/setup.sh test
	WELLSIDE_SPARK=$$($(PY) -m deploy.learning batch) $(PY) -m pytest -n0 tests/central/test_batch.py

# Compose, chart, image, alerts and pipelines by the tools they are for, each with broken twins that are refused.
deploy-check:
	@tools/setup.sh test deploy
	$(PY) -m deploy.checks

clean:
	rm -rf .venv out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .coverage
