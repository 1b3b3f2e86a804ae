# The set-up in two commands, on a fresh Debian or Ubuntu with make and python3: make demo, make test.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
EXAMPLE = questions/peer-workers/examples/northside-cmht.yaml
ANSWERS = my-service.json
REPORT = my-service-report
SECONDS = 60
MUTANTS = # those of readiness.plan.route only, say: MUTANTS='readiness.plan.route.*'
COMMAND = $(HOME)/.local/bin/readiness
CORE = bank assessment scoring plan
PROFILE = $(if $(findstring Darwin,$(shell uname)),.zprofile,.bashrc)

# What a PDF needs of the system, and what the tests need besides.
PDF_PACKAGES = libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
TEST_PACKAGES = $(PDF_PACKAGES) chromium git libatomic1 poppler-utils strace

# What a shell says to Python (PYTHONPATH and others) stays out of it.
unexport $(filter PYTHON%,$(.VARIABLES))

.PHONY: help demo assess report install test test-long check mutants fuzz audit sbom bench picture fonts questions words lock clean python pdf-packages test-packages
.DEFAULT_GOAL := help

help: ## Show what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

demo: $(VENV)/readiness pdf-packages ## Set up, and write the report of an example service
	@$(BIN)/readiness report $(EXAMPLE) -o demo-report.pdf --force || \
	  { echo "Without the PDF, here is the web page:"; $(BIN)/readiness report $(EXAMPLE) -o demo-report.html --force; }
	@echo "Open it: $$(ls -t "$$PWD"/demo-report.* | head -n 1)"

assess: $(VENV)/readiness ## Set up, and walk through the questions; again to go on
	@$(BIN)/readiness assess "$(ANSWERS)" || [ $$? -gt 128 ] # stopping is no failure
	@echo "With make: make assess goes on, make report writes the report."

report: $(VENV)/readiness pdf-packages ## Write the report of your own service, as far as it is answered
	@ending=pdf; $(BIN)/readiness doctor >/dev/null || { ending=html; \
	  echo "The report is a web page. To see what is missing for a PDF: $(BIN)/readiness doctor"; }; \
	$(BIN)/readiness report "$(ANSWERS)" -o "$(REPORT).$$ending" --force

install: $(VENV)/readiness pdf-packages ## Make `readiness` work in every folder, for yourself
	@if [ -e "$(COMMAND)" ] || [ -L "$(COMMAND)" ]; then case "$$(readlink "$(COMMAND)")" in "$(CURDIR)"/*) ;; \
	  *) echo "There is another program at $(COMMAND). It was not touched."; \
	  echo "If it is not needed, take it away (uv tool uninstall readiness, pipx uninstall readiness, or rm), and try again."; \
	  exit 1;; esac; fi
	@mkdir -p "$$(dirname "$(COMMAND)")" && ln -sfn "$(CURDIR)/$(BIN)/readiness" "$(COMMAND)"
	@echo "The command readiness is installed. It runs from this folder, so keep it:"
	@echo "  $(CURDIR)"
	@case ":$$PATH:" in *":$$(dirname "$(COMMAND)"):"*) echo "Try it in any folder: readiness doctor";; \
	  *) echo "Your terminal does not look there yet. Type this line once, and open a new terminal:"; \
	  echo "  echo 'export PATH=\"\$$HOME/.local/bin:\$$PATH\"' >> ~/$(PROFILE)";; esac

test: $(VENV)/tests test-packages ## Set up, and run all tests
	$(BIN)/python -m pytest -n 2 --cov --cov-report= $(CORE:%=tests/%)
	$(BIN)/python -m pytest -n 3 --dist worksteal $(CORE:%=--ignore=tests/%)

test-long: $(VENV)/tests test-packages ## The long forms of tests that are short in make test: some minutes more
	$(BIN)/python -m pytest -n 3 --dist worksteal -m long

check: $(VENV)/tests ## The gates: style, types, imports, and full coverage of the core by its own tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/coverage report --fail-under=100

mutants: $(VENV)/mutants ## Break scoring and plan in thousands of ways, and name those that no test notices
	nice -n 10 $(BIN)/mutmut run --max-children 2 $(MUTANTS)
	$(BIN)/mutmut results

fuzz: $(VENV)/tests ## Feed every reader files that are made to break it: SECONDS=60 for each
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-fuzz.lock || \
	  echo "atheris can't be installed here: files are changed by chance alone."
	$(BIN)/python -m tests.attack.fuzz --seconds $(SECONDS)

# pip-audit ends with 1 if it found something and if it could not look, too: only what it wrote tells which.
audit: $(VENV)/audit ## Look up what we ship in the lists of known holes
	@rm -f audit.json; $(BIN)/pip-audit --disable-pip --require-hashes --requirement requirements.lock --timeout 15 --strict \
	  --progress-spinner off --format json --output audit.json && echo "Audit: no hole is known." || { \
	  [ -s audit.json ] && echo "Audit: something is known. See audit.json." || \
	  echo "The audit did not run, so nothing is known about holes. Try again with a network."; exit 1; }

sbom: $(VENV)/audit ## Write sbom.json, the list of all that is shipped (CycloneDX)
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible -o sbom.json

bench: $(VENV)/tests test-packages ## Measure speed, each figure against the plain way in the same run
	$(BIN)/python -m tests.bench

picture: $(VENV)/tests test-packages ## Make the README's picture of a report's first page again
	$(BIN)/readiness report $(EXAMPLE) -o demo-report.pdf --force
	pdftoppm -r 80 -f 1 -l 1 -singlefile -png demo-report.pdf docs/first-page

fonts: $(VENV)/tests ## Cut the parts for web pages out of the fonts again; a part bears no reserved name
	@for font in report_templates/fonts/*[a-z].ttf; do [ $${font%It.ttf} = $$font ] || continue; $(BIN)/pyftsubset $$font --layout-features='*' --name-IDs=0,13,14 --flavor=woff2 \
	  --unicodes=$$($(BIN)/python -c "from readiness.document.web_fonts import UNICODES; print(UNICODES)") \
	  --output-file=report_templates/fonts/web/$$(basename $$font .ttf).woff2; done

questions: $(VENV)/readiness ## Write docs/questions.md again: what the questions stand on
	$(BIN)/readiness bank findings -o docs/questions.md --force

words: $(VENV)/tests ## Collect the words of reports, and bring each language's catalogue up to date
	$(BIN)/pybabel --quiet extract -F pyproject.toml --no-default-keywords -k _ -k N_ -k n_:1,2 --no-location --no-wrap \
	  --sort-by-file --project readiness -o $(VENV)/words.pot .
	@for catalogue in report_templates/languages/*.po; do \
	  $(BIN)/pybabel --quiet update -i $(VENV)/words.pot -o $$catalogue -l $$(basename $$catalogue .po) \
	    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap; done

lock: ## Write the locks again, with today's releases (needs uv)
	uv export --quiet --no-emit-project --no-dev --format requirements.txt --no-header --output-file requirements.lock
	uv export --quiet --no-emit-project --group dev --format requirements.txt --no-header --output-file requirements-dev.lock
	for group in mutants fuzz audit; do \
	  uv export --quiet --only-group $$group --format requirements.txt --no-header --output-file requirements-$$group.lock; done

clean: ## Remove what was made here
	rm -rf $(VENV) build dist .coverage* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache mutants fuzz-corpus audit.json sbom.json demo-report.*

# Each environment is made from its lock, and again when the lock or the project file changes.
# A lock names all there is, so nothing is resolved (--no-deps): a newer release of a package can then not get in the way.
$(VENV)/readiness: requirements.lock pyproject.toml | python
	@echo "Setting up. This takes a minute or two the first time."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/tests: requirements-dev.lock $(VENV)/readiness
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/audit: requirements-audit.lock $(VENV)/readiness
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-audit.lock
	@touch $@

$(VENV)/mutants: requirements-mutants.lock $(VENV)/tests
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-mutants.lock
	@touch $@

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "This needs Python 3.11 or newer. Name one: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(call install,python3-venv) || \
	  { echo "Please run: sudo apt install python3-venv"; exit 1; }

pdf-packages:
	@$(call packages,$(PDF_PACKAGES))

test-packages:
	@$(call packages,$(TEST_PACKAGES))

# Install Debian packages where we may; say the one command to run where we may not.
install = { [ "$$(id -u)" = 0 ] && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(1) >/dev/null; }
packages = if command -v dpkg >/dev/null && ! dpkg -s $(1) >/dev/null 2>&1; then \
	  $(call install,$(1)) || echo "For everything to work, please run: sudo apt install $(1)"; fi
