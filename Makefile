# Everything a person types. A fresh machine needs Python 3.11 with venv, and make; all else is installed here,
# with hashes from lock files, and again only when a lock changes.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.PHONY: up test check kills docs clean install chromium

PYTHON ?= $(or $(shell command -v python3.11),$(shell command -v python3))
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/done
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/lectern
OURS := shared services/applications services/district-worklog services/review services/notifications deploy/local
LOCAL := deploy/local/src/lectern_local
# Tests are typed folder by folder: helpers are found beside them, and two may have the same name.
TYPED := $(filter-out shared/tests/web,$(wildcard shared/tests/*)) $(wildcard services/*/tests) deploy/local/tests $(wildcard tests/*)
HELPERS := shared/tests/papers:shared/tests/files:tests/journeys:tests/mutants:tests/contracts:services/applications/tests:services/district-worklog/tests
# What `lectern up`, pytest and `lectern kills` are told beside; for instance UP="--detach --base-port 9000".
UP ?=
TESTS ?=
SEED ?= $(shell echo $$RANDOM)
KILLS ?= 20

up: install
	@exec $(BIN)/lectern up $(UP)

test: install chromium
	$(BIN)/pytest $(TESTS)

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(addsuffix /src,$(OURS)) shared/tests/web
	@for tests in $(TYPED); do MYPYPATH=$$tests:$(HELPERS) $(BIN)/mypy --no-error-summary $$tests || exit 1; done
	$(BIN)/lint-imports
	$(BIN)/python tests/contracts/house.py

kills: install
	$(BIN)/lectern kills --seed $(SEED) --kills $(KILLS) --json

docs: install
	$(BIN)/python -m lectern.contracts.schemas
	$(BIN)/python -m lectern.contracts.catalogue docs/facts.md
	$(BIN)/python -m lectern.contracts.asyncapi
	$(BIN)/python tests/contracts/settings_described.py docs/settings.md
	$(BIN)/python tests/contracts/routes_described.py docs/routes.md
	$(BIN)/python tests/contracts/views_described.py
	$(BIN)/python tests/mutants/rule_table.py docs/rules.md

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache test-results
	rm -rf deploy/local/assets/node_modules deploy/local/assets/dist
	find shared services deploy tests -name __pycache__ -prune -exec rm -rf {} +

install: $(DONE)/requirements
	@$(MAKE) --no-print-directory --silent --jobs=3 $(DONE)/ours $(DONE)/assets $(DONE)/jars

# uv is quicker than pip. pip installs it, with its hashes from the same lock, and it is kept in the user's cache under
# the hash of these lines, so that the next installation needs no pip. Where uv cannot reach what pip can, pip does it all.
$(DONE)/requirements: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Lectern needs Python 3.11 or newer.")'
	@mkdir -p $(DONE) $(CACHE)
	@sed -n '/^uv==/,/^[^ ]/{/^uv==/p;/^ /p}' $< > $(DONE)/uv.lock
	@PYTHON=$(PYTHON) VENV=$(VENV) CACHE=$(CACHE) LOCK=$< deploy/local/install
	@touch $@

$(DONE)/ours: $(DONE)/requirements pyproject.toml $(addsuffix /pyproject.toml,$(OURS))
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --offline --no-deps --no-build-isolation $(addprefix -e ./,$(OURS))
	@touch $@

$(DONE)/assets: deploy/local/assets/package-lock.json $(LOCAL)/assets.py | $(DONE)/requirements
	PYTHONPATH=deploy/local/src $(BIN)/python -m lectern_local.assets
	@touch $@

$(DONE)/jars: $(LOCAL)/kafka.lock.toml | $(DONE)/requirements
	PYTHONPATH=deploy/local/src $(BIN)/python -m lectern_local.jars
	@touch $@

chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else \
	  echo "The tests need a browser: install Chromium (on Debian as root: apt-get install chromium)."; exit 2; \
	fi
