"""What is left when a worker is killed while it takes a file in, and when the disk has no room."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.paralel.mati import sebuah
from tests.paralel.test_paralel import lingkungan, lingkungan_baru

__all__ = ["lingkungan"]
MULAI = "import django; django.setup(); from tests.paralel.mati import main; main()"
BATAS = b"batas-antara"


def kerjakan(env: dict[str, str], nama: str, *, awalan: list[str] | None = None, **isian: object) -> Any:
    hasil = subprocess.run(
        [
            *(awalan or []),
            sys.executable,
            "-W",
            "error",
            "-W",
            "ignore::DeprecationWarning",
            "-c",
            MULAI,
            nama,
            json.dumps(isian),
        ],
        cwd=settings.BASE_DIR,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=500,
    )
    return json.loads(hasil.stdout)


@pytest.mark.parametrize("mb", [0, 3], ids=["dari memori", "dari disk"])
def test_killed_before_any_step_a_worker_leaves_nothing_or_a_complete_evidence(
    lingkungan: dict[str, str], mb: int
) -> None:
    hasil = kerjakan(lingkungan, "setiap_langkah", mb=mb)
    assert hasil["salah"] == []
    dilalui = {
        "os.link",
        "fsync",
        "COMMIT",
        "sesudah COMMIT",
        "INSERT INTO evidence_berkastersimpan",
        "INSERT INTO evidence_evidence",
        "INSERT INTO evidence_submissionevidence",
        "os.mkdir",
        "os.remove",
    }
    assert dilalui <= set(hasil["langkah"])
    # A file that no row named, and temporary ones, were there to be swept; now there is nothing but what is recorded.
    assert hasil["yatim"] > 0
    assert (hasil["disapu"] > hasil["yatim"], hasil["sisa"], hasil["temuan"]) == (True, [], "")


def test_killed_at_any_moment_a_worker_leaves_nothing_or_a_complete_evidence(
    lingkungan: dict[str, str],
) -> None:
    hasil = kerjakan(lingkungan, "sembarang_saat", mb=20, kali=12)
    assert (hasil["salah"], hasil["sisa"], hasil["temuan"]) == ([], [], "")
    assert hasil["mati"] >= 6


# --- Several at once ---


def test_several_processes_share_numbers_and_room_without_a_gap_or_a_double(
    lingkungan: dict[str, str],
) -> None:
    dunia = kerjakan(lingkungan, "siapkan")
    env = {**lingkungan, "BUKTI_MAKS_SATKER_MB": "7"}

    def kerja(n: int) -> list[int]:
        return kerjakan(env, "unggah_banyak", slot=dunia["slot"], orang=dunia["orang"], dari=1000 * n, kali=4)

    with ThreadPoolExecutor(3) as tiga:
        jawaban = list(chain.from_iterable(tiga.map(kerja, range(3))))
    assert sorted(jawaban) == [200] * 7 + [422] * 5
    assert kerjakan(lingkungan, "nomor", slot=dunia["slot"]) == [1, 2, 3, 4, 5, 6, 7]


# --- No room ---


def cara_memasang() -> list[str]:
    """As root; else as the root of a user namespace, where the kernel allows one."""
    for opsi in ("-m", "-rm"):
        if subprocess.run(["unshare", opsi, "true"], check=False, capture_output=True).returncode == 0:
            return ["unshare", opsi]
    return []


@pytest.mark.skipif(
    not cara_memasang(), reason="tmpfs tidak dapat dipasang: bukan root, dan unshare -rm ditolak"
)
def test_a_disk_without_room_is_said_and_nothing_is_left(tmp_path: Path, django_db_blocker) -> None:
    pasang = (
        'mkdir -p "$MEDIA_ROOT" && mount -t tmpfs -o size=8m,nr_inodes=400 tmpfs "$MEDIA_ROOT" && exec "$@"'
    )
    with lingkungan_baru(tmp_path, django_db_blocker) as env:
        hasil = kerjakan(env, "ruang_habis", awalan=[*cara_memasang(), "sh", "-c", pasang, "-"])
    assert hasil.pop() == {"salah": []}
    assert {satu["apa"]: satu["status"] for satu in hasil} == {
        "muat": 200,
        "penuh selagi tiba": 422,
        "penuh selagi disalin": 422,
        "tanpa inode": 422,
        "hanya baca, dari memori": 422,
        "hanya baca, dari disk": 422,
        "muat lagi": 200,
    }
    for satu in hasil:
        kata = {"muat": "", "hany": "tidak dapat ditulis"}.get(satu["apa"][:4], "Penyimpanan kantor penuh")
        assert kata in " ".join(satu["galat"]), satu
        assert satu["sisa"] == [], satu


# --- The real server ---


class Server:
    """gunicorn as the product starts it, with one worker."""

    def __init__(self, env: dict[str, str]) -> None:
        with socket.socket() as bebas:
            bebas.bind(("127.0.0.1", 0))
            self.port = bebas.getsockname()[1]
        self.proses = subprocess.Popen(
            [Path(sys.executable).with_name("gunicorn"), "zi_tracker.wsgi"],
            cwd=settings.BASE_DIR,
            env={**env, "ALAMAT": f"127.0.0.1:{self.port}", "WEB_CONCURRENCY": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.tunggu()

    def tunggu(self) -> None:
        for _ in range(600):
            try:
                if self.minta("GET", "/masuk/")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("gunicorn tidak menjawab")

    def minta(self, cara: str, jalan: str, badan: bytes = b"", **kepala: str) -> tuple[int, str]:
        sambungan = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            sambungan.request(cara, jalan, badan, {"Host": "localhost", **kepala})
            jawaban = sambungan.getresponse()
            return jawaban.status, jawaban.read().decode()
        finally:
            sambungan.close()

    def unggah(self, dunia: dict, isi: bytes, judul: str) -> tuple[int, str]:
        bagian = {
            "csrfmiddlewaretoken": "a" * 32,
            "judul": judul,
            "tanggal_dokumen": "2025-06-20",
            "aksi": "terima",
        }
        badan = b"".join(
            b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
            % (BATAS, k.encode(), v.encode())
            for k, v in bagian.items()
        )
        badan += b'--%s\r\nContent-Disposition: form-data; name="berkas"; filename="a.jpg"\r\n' % BATAS
        badan += b"Content-Type: image/jpeg\r\n\r\n" + isi + b"\r\n--%s--\r\n" % BATAS
        kepala = {
            "Content-Type": f"multipart/form-data; boundary={BATAS.decode()}",
            "Cookie": f"sessionid={dunia['sesi']}; csrftoken={'a' * 32}",
            "Accept": "application/json",
        }
        return self.minta("POST", f"/slot/{dunia['slot']}/unggah/", badan, **kepala)

    @property
    def pekerja(self) -> list[int]:
        anak = Path(f"/proc/{self.proses.pid}/task/{self.proses.pid}/children").read_text()
        return [int(pid) for pid in anak.split()]

    def tutup(self) -> None:
        self.proses.terminate()
        self.proses.wait(timeout=60)


@pytest.fixture
def server(lingkungan: dict[str, str]) -> Iterator[Server]:
    server = Server(lingkungan)
    yield server
    server.tutup()


def bunuh_sesudah(detik: float, server: Server) -> threading.Timer:
    def bunuh() -> None:
        for pid in server.pekerja:
            os.kill(pid, signal.SIGKILL)

    maut = threading.Timer(detik, bunuh)
    maut.start()
    return maut


def test_a_worker_of_the_real_server_killed_while_it_receives(
    lingkungan: dict[str, str], server: Server
) -> None:
    dunia = kerjakan(lingkungan, "siapkan")
    mulai = time.monotonic()
    status, badan = server.unggah(dunia, sebuah(0, mb=30), "Utuh")
    assert status == 200, badan
    lama, dadu, terputus = time.monotonic() - mulai, random.Random(7), 0
    for ke in range(1, 6):
        maut = bunuh_sesudah(dadu.uniform(0, lama), server)
        try:
            server.unggah(dunia, sebuah(ke, mb=30), f"Ke-{ke}")
        except OSError:
            terputus += 1
        maut.join()
        server.tunggu()
        assert kerjakan(lingkungan, "jumlah")["salah"] == []
    assert terputus >= 2
    assert server.unggah(dunia, sebuah(99, mb=30), "Sesudahnya")[0] == 200
    hasil = kerjakan(lingkungan, "sapu_dan_periksa")
    assert (hasil["sisa"], hasil["temuan"]) == ([], "")
