"""An upload in parts whose worker dies, or whose line says nothing more: the real thing, and it goes on."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.paralel.test_bertahan import Server
from tests.paralel.test_paralel import lingkungan

__all__ = ["lingkungan"]
MULAI = "import django; django.setup(); from tests.paralel.mati_tus import main; main()"


def kerjakan(env: dict[str, str], nama: str, **isian: object) -> dict:
    perintah = [sys.executable, "-c", MULAI, nama, json.dumps(isian)]
    hasil = subprocess.run(
        perintah, cwd=settings.BASE_DIR, env=env, stdout=subprocess.PIPE, text=True, check=True, timeout=500
    )
    return json.loads(hasil.stdout)


def test_killed_before_any_step_the_upload_goes_on_to_one_evidence(lingkungan: dict[str, str]) -> None:
    hasil = kerjakan(lingkungan, "setiap_langkah")
    assert hasil["salah"] == []
    dilalui = {
        "INSERT INTO evidence_unggahan",
        "UPDATE evidence_unggahan SET",
        "os.link",
        "fsync",
        "os.remove",
    }
    assert dilalui <= set(hasil["langkah"])
    assert (hasil["sisa"], hasil["temuan"]) == ([], "")


@pytest.fixture
def server(lingkungan: dict[str, str]) -> Iterator[Server]:
    server = Server({**lingkungan, "BUKTI_DIAM_DETIK": "2"})
    yield server
    server.tutup()


def kepala(dunia: dict, **lain: object) -> dict[str, str]:
    return {
        "Cookie": f"sessionid={dunia['sesi']}; csrftoken={'a' * 32}",
        "X-CSRFToken": "a" * 32,
        "Tus-Resumable": "1.0.0",
        **{nama.replace("_", "-"): str(nilai) for nama, nilai in lain.items()},
    }


def begin_patch(server: Server, alamat: str, dunia: dict, isi: bytes, panjang: int) -> socket.socket:
    """A part of which only the beginning comes; then nothing more, and no goodbye."""
    sambungan = socket.create_connection(("127.0.0.1", server.port))
    lain = {"Upload_Offset": 0, "Content_Type": "application/offset+octet-stream", "Content_Length": panjang}
    baris = [f"PATCH {alamat} HTTP/1.1", "Host: localhost"]
    baris += [f"{nama}: {nilai}" for nama, nilai in kepala(dunia, **lain).items()]
    sambungan.sendall("\r\n".join([*baris, "", ""]).encode() + isi)
    return sambungan


def ask(server: Server, alamat: str, dunia: dict) -> http.client.HTTPResponse:
    sambungan = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    sambungan.request("HEAD", alamat, headers={"Host": "localhost", **kepala(dunia)})
    jawaban = sambungan.getresponse()
    jawaban.read()
    sambungan.close()
    return jawaban


def test_a_phone_that_vanished_does_not_keep_its_upload_locked(
    lingkungan: dict[str, str], server: Server
) -> None:
    dunia = kerjakan(lingkungan, "siapkan")
    unggahan = kerjakan(lingkungan, "mulai", slot=dunia["slot"], orang=dunia["orang"], mb=1)
    with begin_patch(server, unggahan["alamat"], dunia, b"\xff" * 700_000, unggahan["ukuran"]):
        status = [until_locked(server, unggahan["alamat"], dunia)]
        while (jawaban := ask(server, unggahan["alamat"], dunia)).status == 423:
            time.sleep(0.2)
    # The last piece that was not whole when the silence began, is sent again.
    assert status == [423]
    assert (jawaban.status, 500_000 < int(jawaban.headers["Upload-Offset"]) <= 700_000) == (200, True)


def until_locked(server: Server, alamat: str, dunia: dict) -> int:
    for _ in range(100):
        if (status := ask(server, alamat, dunia).status) == 423:
            return status
        time.sleep(0.02)
    return status
