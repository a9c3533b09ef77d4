"""`make bench`: the figures that the README quotes, each against a baseline measured in the same run.

`python -m tests.bench NAME...` measures only those named. Each has a process, a folder and a new SQLite database of its
own. DATABASE_URL may name an empty PostgreSQL for those of BASIS; it is one for all of them.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

PER = dt.date(2025, 10, 20)
TETANGGA = 200


def main(*names: str) -> None:
    asing = [nama for nama in names if nama not in BAGIAN]
    if asing:
        sys.exit(f"Tidak dikenal: {', '.join(asing)}. Yang ada: {', '.join(BAGIAN)}.")
    if len(names) == 1:
        BAGIAN[names[0]]()
        return
    gagal = [nama for nama in names or BAGIAN if subprocess.run(jalan(nama), check=False).returncode]
    if gagal:
        sys.exit(f"Gagal diukur: {', '.join(gagal)}.")


def jalan(nama: str) -> list[str]:
    return [sys.executable, "-m", "tests.bench", nama]


# --- What is measured in a database of ours ---


def di_basis(ukur: Callable[[], None], *, demo: bool) -> Callable[[], None]:
    def jalankan() -> None:
        with tempfile.TemporaryDirectory(prefix="zi-bench-") as folder:
            siapkan(Path(folder), demo=demo)
            ukur()

    return jalankan


def siapkan(folder: Path, *, demo: bool) -> None:
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}")
    os.environ["MEDIA_ROOT"] = str(folder / "media")
    os.environ["ZI_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.core.management import call_command

    django.setup()
    diam = io.StringIO()
    call_command("migrate", verbosity=0)
    if demo:
        call_command("load_plan", "fixtures/rencana_aksi_1503_2025.yaml", stdout=diam)
        call_command("load_demo", stdout=diam)


def laporan() -> None:
    from tests.bench import ukur

    ukur.laporan(PER)


def halaman() -> None:
    from tests.bench import ukur

    ukur.halaman(TETANGGA, PER)


def pustaka() -> None:
    from tests.bench import pustaka

    pustaka.jalankan()


# --- What needs a server of its own ---


def unggah() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from tests.bench import unggah

    unggah.jalankan()


def paket() -> None:
    from tests.bench import paket

    paket.jalankan()


BAGIAN: dict[str, Callable[[], None]] = {
    "laporan": di_basis(laporan, demo=True),
    "halaman": di_basis(halaman, demo=True),
    "pustaka": di_basis(pustaka, demo=False),
    "unggah": unggah,
    "paket": paket,
}

main(*sys.argv[1:])
