# Two commands do all the set-up: `make run` opens PartnerDesk, `make test` checks everything.
PY := .venv/bin/python
CHECKED := partnerdesk ui resources tests bench

.PHONY: run test check bench soak bundle licences words glyphs

run:
	@.ci/system run
	@.ci/environment requirements.txt
	@.ci/open

test: check
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -n 2

check: .venv-dev
	$(PY) -m ruff check $(CHECKED)
	$(PY) -m ruff format --check $(CHECKED)
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache

bench: .venv-dev
	$(PY) -m bench.run

soak: .venv-dev
	PARTNERDESK_SOAK=1 QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q --timeout 7200

bundle: .venv-dev
	$(PY) -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build build.spec
	QT_QPA_PLATFORM=offscreen PARTNERDESK_HOME=build/selftest dist/partnerdesk/partnerdesk selftest
	du -sh dist/partnerdesk

licences: .venv-dev
	$(PY) -m bench.licences > THIRD-PARTY-LICENSES.md

words: .venv-dev
	$(PY) -m bench.words

glyphs: .venv-dev
	$(PY) -m bench.glyphs

.PHONY: .venv-dev
.venv-dev:
	@.ci/system test
	@.ci/environment requirements-dev.txt
