# Two commands are enough: `make demo` and `make test`. Everything else is for those who build Philo.
.DEFAULT_GOAL := help
SHELL := /bin/bash -o pipefail
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
PYTHON ?= python3
RUN := $(UV) run --locked --all-groups --no-group bench
LANGUAGE ?= en
WORKERS ?= 2
export UV_PYTHON_DOWNLOADS := never
# Compiled tests and packages are kept: without them every run would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE

ifdef SEED
export PHILO_CHAOS_SEED := $(SEED)
export PHILO_VERIFY_SEED := $(SEED)
endif

.PHONY: help install demo up down test test-unit test-deep test-web screenshots test-chaos test-deploy test-trace test-verify gallery check format bench-overhead bench-claims bench-commits bench-load bench-sockets bench-look bench-preview bench-render bench-replay documents promtool

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

.uv/bin/uv:
	@echo "Fetching uv, which installs the rest …"
	@$(PYTHON) -m venv .uv && .uv/bin/pip --quiet install --disable-pip-version-check uv

install: $(filter .uv/bin/uv,$(UV)) ## everything that Philo and its tests need, from the lock
	@$(UV) sync --locked --all-groups --no-group bench --quiet

demo: install ## make a film, start to end, and watch it being made (LANGUAGE=zh for a Chinese one)
	@$(RUN) philo demo --language $(LANGUAGE)

up: install ## start the servers and the services on this machine
	@$(RUN) philo up

down: install ## stop them
	@$(RUN) philo down

test: install ## every test, against real servers that it starts and stops itself
	@$(RUN) pytest -q -n $(WORKERS) --dist loadgroup

test-unit: install ## the quick tests, which need no server
	@$(RUN) pytest -q -n $(WORKERS) --dist loadfile -m "not stack and not heavy"

test-deep: install ## the quick tests with many more examples, for state machines above all
	@HYPOTHESIS_PROFILE=deep $(RUN) pytest -q -n $(WORKERS) --dist loadfile -m "not stack and not heavy"
	@HYPOTHESIS_PROFILE=deep $(RUN) pytest -q tests/contract services/gateway/tests/test_job_machine.py libs/kernel/tests/test_kernel_lease.py

test-web: install ## the studio in a browser: sign up, write, watch, edit; nobody is kept out (needs a Chromium)
	@$(RUN) pytest -q tests/web

screenshots: install ## every view of the studio at three widths in both themes, into screenshots/
	@$(RUN) python -m pytest -q -s tests/web/screenshots.py

test-chaos: install ## make twenty films while every process is killed in turn (SEED=n to repeat a run)
	@PHILO_CHAOS=full $(RUN) pytest -q -s tests/chaos

test-trace: install ## the trace of a film, asked of a real Jaeger, which is built with Go if it was not yet (some five minutes, once)
	@PHILO_TRACE=jaeger $(RUN) pytest -q -s -rs tests/trace

test-verify: install ## a thousand jobs with faults and kills, then every service is held against the facts (minutes; JOBS=n, SEED=n)
	@PHILO_VERIFY=$(or $(JOBS),1000) $(RUN) pytest -q -s tests/verify

test-deploy: install ## the processes of docker-compose.yml, each with its own parts, on a read-only file system: they make a film
	@PHILO_DEPLOY=full $(RUN) pytest -q tests/deploy

gallery: install ## films of every look, shape and language with a contact sheet each, in gallery/made, and measured
	@$(RUN) python -m pytest -q -s gallery

check: install ## style, types, layers, frozen documents, what is deployed
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy libs/contracts/philo_contracts libs/kernel/philo_kernel cli/philo $(wildcard services/*/philo_*) benchmarks
	@$(RUN) lint-imports
	@$(RUN) python services/gateway/vendor/check_types.py
	@$(RUN) python -m philo.documents --check
	@$(RUN) python -m deploy.observability --check
	@$(RUN) pytest -q -n 0 -m "not stack" tests/deploy

format: install ## mend what a machine can mend
	@$(RUN) ruff check --fix .
	@$(RUN) ruff format .

documents: install ## write the OpenAPI and AsyncAPI documents and freeze new schemas
	@$(RUN) python -m philo.documents
	@$(RUN) python -m deploy.observability

promtool: ## build Prometheus' own judge of rules, once: tests ask it where it is there (needs Go)
	@deploy/observability/promtool.sh

bench-claims: install ## what claiming a task costs while ten, a thousand and ten thousand wait
	@$(RUN) python -m benchmarks.claims

bench-commits: install ## how many transactions one PostgreSQL server commits, with and without NOTIFY
	@$(RUN) python -m benchmarks.commits

bench-load: install ## how many films a second may be asked for, and how soon that is answered (ALONE=1: while nobody makes them)
	@$(RUN) python -m benchmarks.load $(if $(ALONE),--alone)

bench-overhead: install ## what the services cost when drawing and speech cost nothing
	@$(RUN) python -m benchmarks.overhead

bench-sockets: install ## how late 5,000 sockets hear at one replica of notify; then five minutes in which replicas are killed
	@$(RUN) python -m tests.load.sockets
	@$(RUN) python -m tests.load.reconnecting

bench-look: install ## what pictures, voice, music and film look add to a plain film, into docs/benchmarks.md
	@$(RUN) python -m benchmarks.look

bench-preview: install ## how soon a finished scene can be watched
	@$(RUN) python -m benchmarks.preview

bench-replay: install ## how many facts a second the job's fold takes on a core
	@$(RUN) python -m benchmarks.replay

bench-render: $(filter .uv/bin/uv,$(UV)) ## Philo's render beside MoviePy, ffmpeg and x264 alone, into docs/benchmarks.md (QUICK=1: a short try, not written)
	@$(UV) run --locked --all-groups python -m benchmarks.render $(if $(QUICK),--quick)
