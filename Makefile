# The only door: people and CI use the same targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CARGO := cd rust && cargo
RUST_FILES = $$(git ls-files -co --exclude-standard 'rust/*.rs')
RULE := crossup(ema(close, 12), ema(close, 26)) and rsi(close, 14) < 70
BARS := examples/data/aapl_1d.csv
RESULT := build/demo.csv

# Paths of the machine that builds have no place in what is given to others.
UNNAMED := RUSTFLAGS="--remap-path-prefix=$(CURDIR)=. --remap-path-prefix=$${CARGO_HOME:-$$HOME/.cargo}=cargo"
TARGET ?= x86_64-unknown-linux-gnu

.PHONY: build wheel manylinux wheel-test demo generate test lint rust-test python-test witnesses recipes soak live-soak bench bench-peers format clean

## Leaves .venv here with the package installed, built quickly: for trying and testing.
build: $(VENV)/installed

$(VENV)/created:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	touch $@

SOURCES := $(wildcard $(shell git ls-files -co --exclude-standard rust pyproject.toml 2>/dev/null))
$(VENV)/installed: $(VENV)/created $(SOURCES)
	$(BIN)/python -m pip install --quiet "maturin>=1.9,<2"
	$(BIN)/maturin develop --profile quick --locked --quiet
	touch $@

## Leaves in build/wheels what is given to others: built with every optimisation.
wheel: $(VENV)/created
	$(BIN)/python -m pip install --quiet "maturin>=1.9,<2"
	$(UNNAMED) $(BIN)/maturin build --release --locked --quiet --out build/wheels
	@du -h build/wheels/*.whl

## The same for Linux as old as 2014, linked by zig, so that no old system is needed; TARGET= for another processor.
manylinux: $(VENV)/created
	$(BIN)/python -m pip install --quiet "maturin[zig]>=1.9,<2" auditwheel
	rustup target add $(TARGET)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(UNNAMED) maturin build --release --locked --quiet --zig --compatibility manylinux2014 --target $(TARGET) --out build/wheels
	$(BIN)/auditwheel show build/wheels/*manylinux2014*.whl

## What someone new does with the wheel that lies in build/wheels, on every Python that is found.
wheel-test: $(VENV)/tested
	$(BIN)/python -m pytest tests/e2e/installed_wheel.py

## Proves a real rule on real bars, evaluates it, and says where the result lies.
demo: build
	$(BIN)/ta verify "$(RULE)" $(BARS)
	mkdir -p $(dir $(RESULT))
	$(BIN)/ta run "$(RULE)" $(BARS) --from 2012-06-01
	$(BIN)/ta run "$(RULE)" $(BARS) --output $(RESULT)
	@echo "The rule's value on every bar lies in $(RESULT)."

## Writes what follows from the catalogue: pages, data, Python functions. `make test` fails where they are stale.
generate:
	$(CARGO) run --quiet --locked -p xtask -- generate

## The gate: what CI runs.
test: lint rust-test python-test

lint: $(VENV)/tested
	rustfmt --edition 2024 --check $(RUST_FILES)
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	$(BIN)/ruff check laakhay tests
	$(BIN)/ruff format --check laakhay tests
	$(BIN)/mypy --strict -p laakhay.ta

rust-test:
	$(CARGO) test --workspace --locked

## The property tests over many more cases than the gate has time for.
SOAK ?= 2000
soak:
	cd rust && PROPTEST_CASES=$(SOAK) cargo test --workspace --locked

## Random schedules of a live feed, as many as bring a million forming bars and corrections; SCHEDULE=n repeats one.
SCHEDULES ?= 90000
live-soak:
	cd rust && SCHEDULES=$(SCHEDULES) cargo test --locked -p ta-engine --test it -- --nocapture whatever_a_feed_does

$(VENV)/tested: $(VENV)/created tests/requirements.txt
	$(BIN)/python -m pip install --quiet -r tests/requirements.txt
	touch $@

python-test: build $(VENV)/tested
	$(BIN)/python -m pytest

## Writes docs/witnesses.md, the table of what stands for each indicator and how far the two are apart.
witnesses: build $(VENV)/tested
	WITNESSES=write $(BIN)/python -m pytest tests/parity/test_witnesses.py

## Runs docs/recipes against the packages that they are for, in an environment of their own.
RECIPES := build/recipes
$(RECIPES)/created: tests/recipes/requirements.txt
	$(PYTHON) -m venv $(RECIPES)
	$(RECIPES)/bin/python -m pip install --quiet -r $<
	touch $@

recipes: build $(RECIPES)/created
	RECIPES=all PYTHONPATH=. $(RECIPES)/bin/python -m pytest -p no:cacheprovider tests/recipes

## Figures of this machine, ratios to TA-Lib in the same run; and what one more indicator costs to build.
bench: wheel $(VENV)/tested
	$(BIN)/python -m pip install --quiet --force-reinstall --no-deps build/wheels/*.whl
	rm -f $(VENV)/installed
	$(CARGO) run --release --locked -p xtask -- bench
	PYTHONPATH="$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))'):$(CURDIR)" $(BIN)/python -P -m tests.performance.rules_beside_talib
	$(BIN)/python tests/performance/bench_doors.py
	$(BIN)/python tests/performance/kernel_cost.py

## Every function that TA-Lib (both packages of it), tulipy or wickra has too, here and there, into docs/benchmarks.md. The
## peers live in environments of their own: two of them are imported by one name.
PEERS := build/peers
$(PEERS)/created: tests/performance/peers/requirements.txt tests/performance/peers/requirements-takt.txt
	for one in $(PEERS)/all $(PEERS)/takt; do $(PYTHON) -m venv $$one; done
	$(PEERS)/all/bin/python -m pip install --quiet -r tests/performance/peers/requirements.txt
	$(PEERS)/takt/bin/python -m pip install --quiet -r tests/performance/peers/requirements-takt.txt
	touch $@

BENCH_BARS ?= 1000000
BENCH_ROUNDS ?= 3
bench-peers: wheel $(PEERS)/created
	for one in all takt; do \
		$(PEERS)/$$one/bin/python -m pip install --quiet --force-reinstall --no-deps build/wheels/*.whl && \
		PYTHONPATH="$$($(PEERS)/$$one/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))'):$(CURDIR)" \
		$(PEERS)/$$one/bin/python -P -m tests.performance.peers measure $(PEERS)/$$one.json --bars $(BENCH_BARS) --rounds $(BENCH_ROUNDS) || exit 1; \
	done
	cargo run --quiet --release --locked --manifest-path tests/performance/steps/Cargo.toml --target-dir rust/target/steps -- $(BENCH_BARS) $(BENCH_ROUNDS) > $(PEERS)/steps.json
	$(PEERS)/all/bin/python -m tests.performance.peers write $(PEERS)/all.json $(PEERS)/takt.json $(PEERS)/steps.json

format:
	rustfmt --edition 2024 $(RUST_FILES)
	$(BIN)/ruff check --fix laakhay tests
	$(BIN)/ruff format laakhay tests

clean:
	rm -rf $(VENV) build rust/target
