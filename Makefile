# ZI Tracker. `make run` serves a demo office, `make test` checks everything; both install what they need.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# Where it is set, every start compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

# The first Python that the project supports.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
PIP_INSTALL := .venv/bin/python -m pip install --quiet --disable-pip-version-check \
  --require-hashes --no-deps --only-binary :all:
MANAGE := .venv/bin/python manage.py
PYTEST := .venv/bin/python -m pytest

PAKET_JALAN := python3-venv ca-certificates libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
PAKET_UJI := chromium poppler-utils clamav-daemon

.PHONY: help install install-s3 install-uji paket-jalan paket-uji run test unit periksa format lock bench layar clean

help: ## daftar perintah
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 20

# --- Memasang ---

install: paket-jalan .venv/.jalan ## pasang lingkungan Python dan pustaka yang diperlukan untuk berjalan

install-s3: paket-jalan .venv/.s3 ## seperti install, dengan pustaka untuk menyimpan bukti di S3 atau MinIO

install-uji: install paket-uji .venv/.uji ## pasang juga yang diperlukan untuk menguji

paket-jalan:
	@.ci/paket $(PAKET_JALAN)

paket-uji:
	@.ci/paket $(PAKET_UJI)
	@.ci/paket-postgresql

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12, atau 3.13 tidak ditemukan." >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv

.venv/.jalan: requirements.lock | .venv/bin/pip
	$(PIP_INSTALL) -r requirements.lock
	@touch $@

.venv/.s3: requirements-s3.lock | .venv/bin/pip
	$(PIP_INSTALL) -r requirements-s3.lock
	@touch $@

.venv/.uji: requirements-dev.lock | .venv/bin/pip
	$(PIP_INSTALL) -r requirements-dev.lock
	@touch $@

# --- Menjalankan ---

run: export ZI_DEMO = 1
run: install var/static/staticfiles.json ## jalankan kantor demo di http://127.0.0.1:8000
	$(MANAGE) migrate --no-input --verbosity 0
	$(MANAGE) load_plan fixtures/rencana_aksi_1503_2025.yaml
	$(MANAGE) load_demo
	exec .venv/bin/gunicorn zi_tracker.wsgi

# Only when a file that is served has changed: compressing takes longer than starting.
var/static/staticfiles.json: .venv/.jalan $(shell find static -type f)
	$(MANAGE) collectstatic --no-input --clear --verbosity 0
	@touch $@

# --- Menguji ---

test: periksa ## uji semuanya: pemeriksaan kode, lalu SQLite, PostgreSQL, dan peramban
	$(PYTEST) -q -n auto --maxprocesses 8
	.ci/with-postgres $(PYTEST) -q -n auto --maxprocesses 8
	$(PYTEST) -q -m browser tests/browser

unit: install-uji ## uji yang cepat saja, selagi bekerja
	$(PYTEST) -q -n auto --maxprocesses 8 -m "not browser and not lambat"

periksa: install-uji ## periksa kode, templat, tipe, impor, migrasi, dan setelan produksi
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	find . -path ./.venv -prune -o -path ./var -prune -o -name '*.html' -print0 | xargs -0 .venv/bin/djade --check --target-version 5.2
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -W error manage.py makemigrations --check --dry-run
	.ci/setelan-produksi .venv/bin/python -W error manage.py check --deploy --fail-level WARNING

format: install-uji ## rapikan kode dan templat
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2

bench: install-uji ## ukur semuanya; satu saja: make bench UKUR=laporan|halaman|pustaka|unggah|paket
	@.ci/paket zip
	.venv/bin/python -m tests.bench $(UKUR)

layar: install-uji ## potret halaman untuk README ke docs/layar
	.venv/bin/python -m tests.browser.layar

UV_COMPILE := .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header -p 3.11 pyproject.toml
lock: .venv/bin/pip ## perbarui versi terkunci (perlu jaringan)
	.venv/bin/python -m pip install --quiet uv
	$(UV_COMPILE) --upgrade --group dev -o requirements-dev.lock
	$(UV_COMPILE) --upgrade -c requirements-dev.lock -o requirements.lock
	$(UV_COMPILE) --upgrade --extra s3 -c requirements-dev.lock -o requirements-s3.lock

clean: ## buang lingkungan Python; data di var/ tetap
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
