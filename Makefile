# debatekit on a fresh machine: needs Python 3.11 or newer and make, nothing else.
#
#   make handouts    every handout of the bundled kit, as PDFs in handouts/, and the
#                    form of the kit that the quiz starts from
#   make test        all checks and tests
#   make benchmark   how fast the commands start, what the pages cost
#   make clean       back to a fresh clone; handouts/ stays
#
# The newest Python found is used, first those that can make a virtual environment;
# `make PYTHON=/path/to/python3 handouts` uses that one.

PYTHONS = $(or $(PYTHON),python3 python3.13 python3.12 python3.11)
RANK = import sys, importlib.util as u; v = sys.version_info; \
	v >= (3, 11) and print(v[1] + 100 * bool(u.find_spec("ensurepip")), sys.executable)
FOUND = $(shell for p in $(PYTHONS); do "$$p" -c '$(RANK)' 2>/dev/null; done \
	| sort -s -k1,1nr | head -n 1 | cut -d ' ' -f 2-)

BIN = .venv/bin
PIP_INSTALL = $(BIN)/python -m pip install -qq --disable-pip-version-check \
	-c constraints.txt

.PHONY: handouts test benchmark clean

handouts: .venv/installed
	@$(BIN)/debatekit build --kit seeds/huawei-ban --out handouts
	@$(BIN)/python -c 'from pathlib import Path; from debatekit.terminal.kits import ship; \
		ship(Path("seeds/huawei-ban"))'

test: .venv/installed-test
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m pytest -n auto --dist worksteal --durations 30

benchmark: .venv/installed
	@$(BIN)/python benchmarks/startup.py
	@$(BIN)/python benchmarks/layout.py

clean:
	rm -rf .venv build dist *.egg-info .*_cache .hypothesis
	find benchmarks debatekit seeds templates tests -name __pycache__ -prune \
		-exec rm -rf {} +

# Each stamp is written last, so that what was interrupted is done again.
# A virtual environment does not survive being moved: its stamp says where it was made.
ifneq ($(shell cat .venv/made 2>/dev/null),$(CURDIR))
.PHONY: .venv/made
endif
.venv/made:
	@python='$(FOUND)'; \
	if [ -z "$$python" ]; then \
		echo 'debatekit: needs Python 3.11 or newer; none is among: $(PYTHONS)' >&2; \
		exit 1; \
	fi; \
	"$$python" debatekit/system.py --install && \
	echo "debatekit: making .venv with $$python" && \
	"$$python" -m venv --clear .venv && \
	echo '$(CURDIR)' > $@

.venv/installed: .venv/made setup.cfg pyproject.toml constraints.txt
	@echo 'debatekit: installing into .venv'
	@$(PIP_INSTALL) -e .
	@touch $@

# The tests' set-up holds the other one, so both stamps are written.
.venv/installed-test: .venv/made setup.cfg pyproject.toml constraints.txt
	@$(BIN)/python debatekit/system.py --install --browser
	@echo 'debatekit: installing into .venv, with what the tests need'
	@$(PIP_INSTALL) -e '.[test]'
	@touch .venv/installed $@
