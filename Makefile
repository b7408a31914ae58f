# Glimmer's front door for a shell. `make film` needs only make and a Python of at least 3.11; the first run sets up .venv
# (about a minute, needs the network), every later one starts at once and works with the network closed.

SCRIPT ?= examples/lighthouse.fountain
OUT    ?= lighthouse.mp4
PRESET ?= 720p24
VENV   ?= .venv
PYTHON ?=
FLAGS  ?=
export SCRIPT OUT PRESET PYTHON VENV
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_NO_INPUT = 1

BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help film test browser lint format lab doctor clean crash crash-paid bench bench-store bench-faces widgets

help: ## say what there is
	@echo "make film [SCRIPT=my.fountain] [OUT=my.mp4] [PRESET=1080p24]   a screenplay becomes a film"
	@echo "make lab        open JupyterLab on the notebooks"
	@echo "make doctor     say what is missing on this machine, and how to get it"
	@echo "make test       lint, types and the whole suite"
	@echo "make widgets    build the browser halves of the faces again (needs node)"
	@echo "make lint       ruff and mypy alone"
	@echo "make crash      2,000 × kill -9 of whoever writes: is anything lost?   make crash KILLS=200"
	@echo "make crash-paid 100 × kill -9 of whoever makes paid jobs: is any lost, or sent twice?"
	@echo "make bench      the renderer against moviepy, ffmpeg, melt, movis and x264 alone (35 minutes); FLAGS='--quick' for a trial"
	@echo "make bench-store  how fast a film of 100,000 takes opens, is asked and written to"
	@echo "make bench-faces  how fast the faces are in a real browser, and how large; on a quiet machine"
	@echo "make clean      remove environments and caches; films and studios stay"

film: $(VENV)/.stamp-film ## the whole road: SCRIPT becomes OUT
	@"$(BIN)/glimmer" make "$$SCRIPT" -o "$$OUT" --preset "$$PRESET" $(FLAGS)

doctor: $(VENV)/.stamp-film
	@"$(BIN)/glimmer" doctor

lab: $(VENV)/.stamp-lab
	@"$(BIN)/glimmer" lab

# Two at a time, a file to each (what needs a browser to one of them): half the time on two cores.
JOBS ?= 2
test: lint browser
	@"$(BIN)/python" -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(FLAGS)

# A Chromium for the tests of the faces: the one that is here, or else Debian's (as root), or else Playwright's.
browser: $(VENV)/.stamp-test
	@"$(BIN)/python" tests/e2e/harness/chromium.py

widgets: ## build the browser halves of the faces; needs node of at least 20
	@cd widgets && npm install --no-save --no-fund --no-audit --loglevel=error
	@"$(BIN)/python" -m glimmer.widgets.schema
	@cd widgets && npm run --silent types && npm run --silent check && npm run --silent test && npm run --silent build

lint: $(VENV)/.stamp-test
	@"$(BIN)/python" -m ruff check .
	@"$(BIN)/python" -m mypy

format: $(VENV)/.stamp-test
	@"$(BIN)/python" -m ruff format .

KILLS ?= 2000
crash: $(VENV)/.stamp-test
	@PYTHONPATH=. "$(BIN)/python" benchmarks/crash.py --kills $(KILLS) $(FLAGS)

crash-paid: KILLS = 100
crash-paid: $(VENV)/.stamp-test
	@PYTHONPATH=. "$(BIN)/python" benchmarks/crash_paid.py --kills $(KILLS) $(FLAGS)

bench: $(VENV)/.stamp-test
	@"$(BIN)/python" benchmarks/render.py $(FLAGS)

bench-store: $(VENV)/.stamp-test
	@PYTHONPATH=. "$(BIN)/python" benchmarks/store.py $(FLAGS)

bench-faces: $(VENV)/.stamp-test browser
	@PYTHONPATH=. "$(BIN)/python" benchmarks/faces.py $(FLAGS)

clean:
	rm -rf "$(VENV)" .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# One stamp for each set of packages: as long as it is newer than pyproject.toml nothing is installed and nothing is asked of the network.
$(VENV)/.stamp-film: EXTRAS = cjk
$(VENV)/.stamp-lab: EXTRAS = cjk,studio
$(VENV)/.stamp-test: EXTRAS = cjk,dev

$(VENV)/.stamp-%: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Glimmer into $(VENV) (once; about a minute) …"
	@"$(BIN)/python" -m pip install --quiet --editable '.[$(EXTRAS)]' || { \
		echo "Glimmer could not be installed: see pip's words above. The first time needs the network; try again when it is there." >&2; exit 1; }
	@touch "$@"

# A pyenv or Windows shim may be on the PATH and still not run, so each candidate is asked for its version.
$(VENV)/bin/python:
	@for candidate in $${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do \
		"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
		"$$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1 || { found=no_venv; continue; }; \
		rm -rf "$(VENV)"; "$$candidate" -m venv "$(VENV)" && exit 0; \
	done; \
	if [ "$$found" = no_venv ]; then \
		echo "Python is here but its venv module is not. On Debian or Ubuntu: apt install python3-venv" >&2; \
	else \
		echo "Glimmer needs Python 3.11 or newer; found $$(python3 --version 2>&1 || echo none). Install one, or say which: make film PYTHON=/path/to/python3.12" >&2; \
	fi; exit 1
