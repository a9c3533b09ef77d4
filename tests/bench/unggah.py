"""200 MB through the real server, as the page sends it and as the plain form does, against cp and sha256sum of it."""

from __future__ import annotations

import base64
import http.client
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pikepdf

from tests.bench.catat import cetak, nisbah
from tests.browser.kantor import Kantor

MB = 1024 * 1024
UKURAN_MB = 200
POTONGAN = 16 * MB  # the largest part that the page sends
SASARAN, ULANGAN, TUMBUH_MB = 2, 5, 64
BATAS = "x" * 20


def jalankan() -> None:
    with tempfile.TemporaryDirectory(prefix="zi-bench-unggah-") as folder:
        os.environ["BUKTI_MAKS_MB"] = os.environ["BUKTI_MAKS_KIRIM_MB"] = str(UKURAN_MB + 100)
        os.environ["BUKTI_MAKS_PUTARAN_MB"] = str(10 * UKURAN_MB)
        kantor = Kantor(Path(folder) / "kantor")
        kantor.prepare()
        kantor.start()
        try:
            ukur(kantor, Path(folder))
        finally:
            kantor.stop()


def ukur(kantor: Kantor, folder: Path) -> None:
    slots = iter(kantor.isi["uji"]["slot"])
    dasar, bertahap, formulir, memori = [], [], [], []
    for nomor in range(ULANGAN):  # in turns: what else the machine does meets all three
        for kirim, waktu in ((kirim_bertahap, bertahap), (kirim_formulir, formulir)):
            berkas = besar(folder, nomor)
            dasar.append(lama(salin, berkas))
            orang = Orang(kantor, next(slots))
            with puncak(kantor) as tumbuh:
                waktu.append(lama(kirim, orang, berkas))
            memori.append(max(tumbuh))
            berkas.unlink()
    lapor(min(dasar), min(bertahap), min(formulir), max(memori))


def lapor(dasar: float, bertahap: float, formulir: float, memori: float) -> None:
    cetak(f"\nUnggahan {UKURAN_MB} MB lewat server, terhadap cp dan sha256sum; tercepat dari {ULANGAN}")
    nisbah("Bertahap (tus)", 1000 * bertahap, 1000 * dasar, SASARAN)
    nisbah("Formulir biasa", 1000 * formulir, 1000 * dasar, SASARAN)
    tanda = "ok" if memori < TUMBUH_MB else "DI ATAS SASARAN"
    cetak(f"{'Memori worker, tumbuh':<34}{memori:>9.0f} MB  < {TUMBUH_MB} MB  {tanda}")


def besar(folder: Path, nomor: int) -> Path:
    """A sound PDF that nothing can squeeze; each time another."""
    jalan = folder / f"besar-{nomor}.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Lampiran = pdf.make_stream(os.urandom(UKURAN_MB * MB))
        pdf.save(jalan, compress_streams=False)
    return jalan


def lama(kerja: Callable[..., object], *yang: object) -> float:
    mulai = time.perf_counter()
    kerja(*yang)
    return time.perf_counter() - mulai


def salin(berkas: Path) -> None:
    tujuan = berkas.with_suffix(".salinan")
    subprocess.run([shutil.which("cp") or "cp", berkas, tujuan], check=True)
    subprocess.run(["sha256sum", tujuan], check=True, stdout=subprocess.DEVNULL)
    tujuan.unlink()


class Orang:
    """A browser of somebody who is logged in, for one slot."""

    def __init__(self, kantor: Kantor, slot: int) -> None:
        self.slot, self.tanggal = slot, kantor.isi["hari_ini"]
        self.sambungan = http.client.HTTPConnection(urlsplit(kantor.url).netloc, timeout=120)
        self.kue = f"sessionid={kantor.isi['sesi']['uji_anggota']}"
        self.token = ""
        jawaban = self.minta("GET", f"/slot/{slot}/unggah/")
        self.token = jawaban.headers["Set-Cookie"].split("csrftoken=")[1].split(";")[0]
        self.kue += f"; csrftoken={self.token}"

    def minta(self, cara: str, alamat: str, isi: object = None, **kepala: str) -> http.client.HTTPResponse:
        lain = {nama.replace("_", "-"): nilai for nama, nilai in kepala.items()}
        dasar = {"Cookie": self.kue, "X-CSRFToken": self.token, "Accept": "application/json"}
        self.sambungan.request(cara, alamat, isi, {**dasar, **lain})
        jawaban = self.sambungan.getresponse()
        jawaban.isi = jawaban.read()
        return jawaban


def kirim_bertahap(orang: Orang, berkas: Path) -> None:
    nama = base64.b64encode(berkas.name.encode()).decode()
    ukuran = berkas.stat().st_size
    tus = {"Tus_Resumable": "1.0.0"}
    dibuat = orang.minta(
        "POST",
        f"/slot/{orang.slot}/terima/",
        Upload_Length=str(ukuran),
        Upload_Metadata=f"filename {nama}",
        **tus,
    )
    alamat = dibuat.headers["Location"]
    with berkas.open("rb") as file:
        for mulai in range(0, ukuran, POTONGAN):
            kepala = {"Upload_Offset": str(mulai), "Content_Type": "application/offset+octet-stream", **tus}
            jawaban = orang.minta("PATCH", alamat, file.read(POTONGAN), **kepala)
            assert jawaban.status == 204, jawaban.isi
    isian = {**keterangan(orang), "unggahan": alamat.strip("/").split("/")[-1]}
    kepala = {"Content_Type": "application/x-www-form-urlencoded"}
    periksa(orang.minta("POST", f"/slot/{orang.slot}/unggah/", urlencode(isian), **kepala))


def kirim_formulir(orang: Orang, berkas: Path) -> None:
    bagian = b"".join(
        f'--{BATAS}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
        for k, v in keterangan(orang).items()
    )
    kepala_berkas = (
        f'--{BATAS}\r\nContent-Disposition: form-data; name="berkas"; filename="{berkas.name}"\r\n'
    )
    awal = bagian + kepala_berkas.encode() + b"Content-Type: application/pdf\r\n\r\n"
    akhir = f"\r\n--{BATAS}--\r\n".encode()
    panjang = str(len(awal) + berkas.stat().st_size + len(akhir))
    kepala = {"Content_Type": f"multipart/form-data; boundary={BATAS}", "Content_Length": panjang}
    periksa(
        orang.minta("POST", f"/slot/{orang.slot}/unggah/", potongan_formulir(awal, berkas, akhir), **kepala)
    )


def potongan_formulir(awal: bytes, berkas: Path, akhir: bytes) -> Iterator[bytes]:
    yield awal
    with berkas.open("rb") as file:
        while potongan := file.read(MB):
            yield potongan
    yield akhir


def keterangan(orang: Orang) -> dict[str, str]:
    return {"aksi": "terima", "judul": "Laporan besar", "tanggal_dokumen": orang.tanggal}


def periksa(jawaban: http.client.HTTPResponse) -> None:
    assert jawaban.status == 200, jawaban.isi
    assert "draf" in json.loads(jawaban.isi)


@contextmanager
def puncak(kantor: Kantor) -> Iterator[list[float]]:
    """By how many MB each worker grew at its peak; filled at the end."""
    tumbuh: list[float] = []
    pekerja = [Path("/proc") / str(pid) for pid in kantor.workers()]
    for proses in pekerja:
        (proses / "clear_refs").write_text("5")  # the peak begins anew
    sebelum = [memory(proses, "VmRSS") for proses in pekerja]
    yield tumbuh
    tumbuh += [memory(proses, "VmHWM") - awal for proses, awal in zip(pekerja, sebelum, strict=True)]


def memory(proses: Path, nama: str) -> float:
    baris = next(b for b in (proses / "status").read_text().splitlines() if b.startswith(f"{nama}:"))
    return int(baris.split()[1]) / 1024
