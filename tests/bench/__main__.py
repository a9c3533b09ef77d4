"""`make bench`: the figures that the README quotes, each against a baseline measured in the same run.

The database is a new one with the demo office; DATABASE_URL may name an empty PostgreSQL, else it is SQLite.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import tempfile
from pathlib import Path

PER = dt.date(2025, 10, 20)
TETANGGA = 200


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="zi-bench-") as folder:
        siapkan(Path(folder))
        from tests.bench import ukur

        ukur.jalankan(TETANGGA, PER)


def siapkan(folder: Path) -> None:
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}")
    os.environ["MEDIA_ROOT"] = str(folder / "media")
    os.environ["ZI_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.core.management import call_command

    django.setup()
    diam = io.StringIO()
    call_command("migrate", verbosity=0)
    call_command("load_plan", "fixtures/rencana_aksi_1503_2025.yaml", stdout=diam)
    call_command("load_demo", stdout=diam)


main()
