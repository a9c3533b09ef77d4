"""A package of 1 GB against `zip -0` of the same files: by the command and from the page; and what memory it takes.

The office is small and its files are large: each is random behind the first bytes of a PDF, and lies in the vault.
"""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.catat import cetak, nisbah
from tests.bench.unggah import MB, lama, memory, puncak
from tests.browser.kantor import Kantor

KODE = "1504"
BERKAS_MB, SEPUTARAN = 4, 8
BESAR, KECIL = (2025, 256), (2024, 25)  # year of the plan, and files: 1 GB, 100 MB
PERINTAH = [sys.executable, "manage.py", "build_package", "--satker", KODE]
SASARAN, ULANGAN = 1.5, 3
TUMBUH_MB = 32  # what ten times as many bytes may add


def jalankan() -> None:
    with tempfile.TemporaryDirectory(prefix="zi-bench-paket-") as folder:
        kantor = Kantor(Path(folder) / "kantor")
        kantor.folder.mkdir()
        os.environ.update(kantor.env, DJANGO_SETTINGS_MODULE="zi_tracker.settings")
        kue = isi()
        kantor.start()
        try:
            ukur(Pemakai(kantor, kue, Path(folder)))
        finally:
            kantor.stop()


def isi() -> str:
    """Two plans with their files; returns the session of somebody who may have both."""
    import django

    django.setup()
    from django.core.management import call_command

    from accounts.models import Peran
    from tests.browser.penghuni import _session
    from tests.factories import make_member, make_satker

    call_command("collectstatic", "--no-input", verbosity=0)
    call_command("migrate", verbosity=0)
    satker = make_satker(KODE, nama="KPU Kabupaten Besar")
    anggota = make_member(satker)
    for tahun, banyak in (BESAR, KECIL):
        isi_rencana(satker, anggota, tahun, banyak)
    return _session(make_member(satker, Peran.TPI))


def isi_rencana(satker: object, by: object, tahun: int, banyak: int) -> None:
    from evidence.services import open_draft, put_in_draft, send
    from tests.factories import make_berkas, make_rencana, make_slot, wib

    rencana, saat = make_rencana(satker, tahun=tahun), wib(tahun, 6, 15)
    for awal in range(0, banyak, SEPUTARAN):
        slot = make_slot(rencana, area=1 + awal // SEPUTARAN % 6)
        pieces = [
            make_berkas(
                satker, by, f"Laporan {nomor}", b"%PDF-1.4\n" + os.urandom(BERKAS_MB * MB - 9), at=saat
            )
            for nomor in range(awal, min(banyak, awal + SEPUTARAN))
        ]
        draft = open_draft(slot=slot, by=by, at=saat)
        put_in_draft(submission=draft, evidence=pieces, by=by)
        send(submission=draft, by=by, at=saat)


@dataclass
class Pemakai:
    """Who takes a package, in the three ways."""

    kantor: Kantor
    kue: str
    folder: Path

    @property
    def keluar(self) -> Path:
        return self.folder / "paket.zip"

    def perintah(self, tahun: int) -> float:
        """The command; its memory at the peak, in MB."""
        with subprocess.Popen(
            [*PERINTAH, "--tahun", str(tahun), "--out", str(self.keluar)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as proses:
            tinggi = tertinggi(proses)
        assert proses.returncode == 0
        return tinggi

    def halaman(self, tahun: int) -> None:
        """The page's download, written to disk as a browser does."""
        sambungan = http.client.HTTPConnection(urlsplit(self.kantor.url).netloc, timeout=120)
        sambungan.request("GET", f"/{KODE}/{tahun}/paket/unduh/", headers={"Cookie": f"sessionid={self.kue}"})
        jawaban = sambungan.getresponse()
        assert jawaban.status == 200, self.kantor.log()
        with self.keluar.open("wb") as file:
            shutil.copyfileobj(jawaban, file, MB)
        sambungan.close()
        assert self.keluar.stat().st_size == int(jawaban.headers["Content-Length"])

    def zip(self, asal: Path) -> None:
        self.keluar.unlink(missing_ok=True)  # zip would update what is there
        subprocess.run(
            [shutil.which("zip") or "zip", "-0", "-q", "-r", self.keluar, "."], cwd=asal, check=True
        )


def tertinggi(proses: subprocess.Popen) -> float:
    """Looked at until it ends: what the kernel tells afterwards would count our own memory from before the exec."""
    tinggi: list[float] = [0]
    tempat = Path("/proc") / str(proses.pid)

    def lihat() -> None:
        while proses.poll() is None:
            try:
                tinggi[0] = memory(tempat, "VmHWM")
            except (OSError, StopIteration):  # gone in between
                return
            time.sleep(0.02)

    pengamat = threading.Thread(target=lihat)
    pengamat.start()
    proses.wait()
    pengamat.join()
    return tinggi[0]


def ukur(pemakai: Pemakai) -> None:
    asal = keluarkan(pemakai)
    cara: dict[str, Callable[[], object]] = {
        "zip -0": lambda: pemakai.zip(asal),
        "perintah": lambda: pemakai.perintah(BESAR[0]),
        "halaman": lambda: pemakai.halaman(BESAR[0]),
    }
    waktu: dict[str, list[float]] = {nama: [] for nama in cara}
    for _ in range(ULANGAN):  # in turns: what else the machine does meets all three
        for nama, kerja in cara.items():
            waktu[nama].append(1000 * lama(kerja))
    tercepat = {nama: min(semua) for nama, semua in waktu.items()}
    besar = BESAR[1] * BERKAS_MB
    cetak(
        f"\nPaket bukti {besar} MB ({BESAR[1]} berkas), terhadap zip -0 berkas yang sama; tercepat dari {ULANGAN}"
    )
    nisbah("manage.py build_package", tercepat["perintah"], tercepat["zip -0"], SASARAN)
    nisbah("Unduhan dari halaman", tercepat["halaman"], tercepat["zip -0"], SASARAN)
    ukur_memori(pemakai)


def keluarkan(pemakai: Pemakai) -> Path:
    """The package unpacked and proven: the files for `zip`."""
    asal = pemakai.folder / "isi"
    pemakai.halaman(BESAR[0])
    with zipfile.ZipFile(pemakai.keluar) as arsip:
        arsip.extractall(asal)
    subprocess.run(["sha256sum", "-c", "--quiet", "--strict", "manifest.sha256"], cwd=asal, check=True)
    return asal


def ukur_memori(pemakai: Pemakai) -> None:
    kecil, besar = (pemakai.perintah(tahun) for tahun, _ in (KECIL, BESAR))
    tumbuh = []
    for tahun, _ in (KECIL, BESAR):
        with puncak(pemakai.kantor) as worker:
            pemakai.halaman(tahun)
        tumbuh.append(max(worker))
    ukuran = [banyak * BERKAS_MB for _, banyak in (KECIL, BESAR)]
    cetak(f"Memori pada puncaknya, untuk {ukuran[0]} MB dan untuk {ukuran[1]} MB (sasaran: tetap)")
    cetak(f"{'manage.py build_package':<34}{kecil:>9.0f} MB {besar:>9.0f} MB  {tetap(kecil, besar)}")
    cetak(f"{'Worker, tumbuh':<34}{tumbuh[0]:>9.0f} MB {tumbuh[1]:>9.0f} MB  {tetap(*tumbuh)}")


def tetap(kecil: float, besar: float) -> str:
    return "ok" if besar - kecil < TUMBUH_MB else "DI ATAS SASARAN"
