"""Bawa Drive Anda, killed again and again: what was read is kept, and evidence comes all at once or not at all."""

import json
import random
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.evidence.berkas import pdf
from tests.paralel.test_paralel import lingkungan

__all__ = ["lingkungan"]
BANYAK = 12
TERPANJANG = 60  # tries: on a busy machine a process may be killed before it has begun
LIHAT = "import django; django.setup(); from tests.paralel.mati_impor import main; main()"


def tanya(env: dict[str, str], apa: str) -> dict:
    keluar = subprocess.run(
        [sys.executable, "-c", LIHAT, apa],
        cwd=settings.BASE_DIR,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(keluar.stdout.splitlines()[-1])


def jalankan(env: dict[str, str], sumber: Path, lanjut: int | None, detik: float) -> None:
    """Killed after so many seconds, wherever it is by then."""
    perintah = ["import_evidence", "--satker", "1503", "--tahun", "2025", "--oleh", "ketua", "--konfirmasi"]
    lagi = ["--lanjut", str(lanjut)] if lanjut else []
    proses = subprocess.Popen(
        [sys.executable, "manage.py", *perintah, *lagi, str(sumber)],
        cwd=settings.BASE_DIR,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        proses.wait(timeout=detik)
    except subprocess.TimeoutExpired:
        proses.send_signal(signal.SIGKILL)
        proses.wait()


def test_a_killed_import_resumes_and_takes_in_all_or_nothing(
    lingkungan: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "Drive" / "AREA I"
    folder.mkdir(parents=True)
    for n in range(BANYAK):
        (folder / f"I.1.1_SK Tim Kerja bagian {n} 10-06-2025.pdf").write_bytes(pdf(tanda=str(n)))
    tanya(lingkungan, "siapkan")
    acak, kini = random.Random(7), tanya(lingkungan, "keadaan")
    for _ in range(TERPANJANG):
        jalankan(lingkungan, tmp_path / "Drive", kini["impor"], acak.uniform(1, 8))
        kini = tanya(lingkungan, "keadaan")
        assert (kini["bukti"], kini["rusak"]) == (BANYAK if kini["selesai"] else 0, [])
        if kini["selesai"]:
            break
    assert (kini["selesai"], kini["bukti"], kini["di_draf"]) == (True, BANYAK, BANYAK)
