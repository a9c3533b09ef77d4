"""Resumable uploads: what honest, lying and interrupted clients send, and the exact answer."""

import base64
import datetime as dt
import fcntl
import hashlib
import io
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Peran
from evidence import tus
from evidence.models import Evidence, Submission, Unggahan
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.factories import make_draft, make_member, make_review, make_sent, make_slot, wib

ISI = bytes(range(256)) * 4
SIDIK = "tus-br-Laporan-1024"


def b64(teks: str | bytes) -> str:
    return base64.b64encode(teks.encode() if isinstance(teks, str) else teks).decode()


@dataclass
class Klien:
    """A tus client: honest unless a test tells it what else to say."""

    client: Client
    kantor: Kantor
    alamat: str = ""

    def kirim(self, cara: str, alamat: str, isi: bytes = b"", tipe: str = "", **kepala: str) -> HttpResponse:
        lain = {k: v for k, v in kepala.items() if "." in k or k.isupper()}
        headers = {k.replace("_", "-"): v for k, v in kepala.items() if k not in lain and v != "TANPA"}
        if kepala.get("Tus_Resumable") != "TANPA":
            headers.setdefault("Tus-Resumable", "1.0.0")
        return self.client.generic(cara, alamat, isi, tipe or tus.TIPE_POTONGAN, headers=headers, **lain)

    def buat(self, ukuran: object = len(ISI), nama: str = "Laporan.pdf", **kepala: str) -> HttpResponse:
        isian = {
            "Upload_Length": str(ukuran),
            "Upload_Metadata": f"filename {b64(nama)},sidik {b64(SIDIK)}",
            **kepala,
        }
        jawaban = self.kirim("POST", reverse("terima", args=[self.kantor.slot.pk]), **isian)
        self.alamat = jawaban.headers.get("Location", "")
        return jawaban

    def tambah(self, isi: bytes = ISI, offset: object = 0, **lain: str) -> HttpResponse:
        return self.kirim("PATCH", self.alamat, isi, **{"Upload_Offset": str(offset), **lain})

    def tanya(self) -> HttpResponse:
        return self.kirim("HEAD", self.alamat)

    def simpan(self, **isian: str) -> HttpResponse:
        """The page's last step: what lies there becomes evidence."""
        lengkap = {
            "aksi": "terima",
            "judul": "Laporan WBS",
            "tanggal_dokumen": "2025-06-20",
            "unggahan": self.pk,
            **isian,
        }
        return self.client.post(reverse("unggah", args=[self.kantor.slot.pk]), lengkap)

    @property
    def pk(self) -> str:
        return self.alamat.strip("/").split("/")[-1]

    @property
    def jalan(self) -> Path:
        return tus.folder() / self.pk.replace("-", "")


@pytest.fixture
def klien(kantor: Kantor, client: Client) -> Klien:
    client.force_login(kantor.anggota)
    return Klien(client, kantor)


@pytest.fixture
def jalan(klien: Klien) -> Klien:
    """With an upload of 1024 bytes begun, of which 256 have come."""
    klien.buat()
    assert klien.tambah(ISI[:256]).status_code == 204
    return klien


# --- As the protocol wants it ---


def test_a_file_comes_in_parts_and_the_offset_is_told(klien: Klien) -> None:
    dibuat = klien.buat()
    assert (dibuat.status_code, dibuat["Tus-Resumable"]) == (201, "1.0.0")
    sampai = [klien.tambah(ISI[n : n + 400], n)["Upload-Offset"] for n in (0, 400, 800)]
    assert sampai == ["400", "800", "1024"]
    assert klien.jalan.read_bytes() == ISI


def test_head_tells_what_is_there(jalan: Klien) -> None:
    jawaban = jalan.tanya()
    assert (jawaban.status_code, jawaban["Upload-Offset"], jawaban["Upload-Length"]) == (200, "256", "1024")
    assert (jawaban["Cache-Control"], jawaban.content) == ("no-store", b"")
    assert jawaban["Upload-Metadata"] == f"filename {b64('Laporan.pdf')},sidik {b64(SIDIK)}"


def test_options_tells_what_is_spoken(klien: Klien, settings: Settings) -> None:
    settings.BUKTI_MAKS_MB = 7
    jawaban = klien.kirim("OPTIONS", reverse("terima", args=[klien.kantor.slot.pk]), Tus_Resumable="TANPA")
    assert {k: v for k, v in jawaban.headers.items() if k.startswith("Tus-")} == {
        "Tus-Resumable": "1.0.0",
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,expiration,checksum,termination",
        "Tus-Max-Size": str(7 * 1024 * 1024),
        "Tus-Checksum-Algorithm": "sha1,sha256",
    }


def test_when_it_expires_is_told_at_each_step(jalan: Klien) -> None:
    baris = Unggahan.objects.get()
    assert baris.kedaluwarsa_pada - baris.dibuat_pada == dt.timedelta(days=7)
    kata = baris.kedaluwarsa_pada.astimezone(dt.UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert jalan.tambah(ISI[256:300], 256)["Upload-Expires"] == jalan.tanya()["Upload-Expires"] == kata


@pytest.mark.parametrize("algoritma", ["sha1", "sha256"])
def test_a_part_that_matches_its_checksum_is_kept(jalan: Klien, algoritma: str) -> None:
    nilai = b64(hashlib.new(algoritma, ISI[256:]).digest())
    jawaban = jalan.tambah(ISI[256:], 256, Upload_Checksum=f"{algoritma} {nilai}")
    assert (jawaban.status_code, jawaban["Upload-Offset"]) == (204, "1024")
    assert (jalan.jalan.read_bytes(), len(list(tus.folder().iterdir()))) == (ISI, 1)


def test_a_network_without_patch_is_gone_through_by_post(jalan: Klien) -> None:
    lain = {"X_HTTP_Method_Override": "PATCH", "Upload_Offset": "256"}
    jawaban = jalan.kirim("POST", jalan.alamat, ISI[256:], **lain)
    assert (jawaban.status_code, jalan.jalan.read_bytes()) == (204, ISI)


def test_an_upload_that_is_cancelled_leaves_nothing(jalan: Klien) -> None:
    assert jalan.kirim("DELETE", jalan.alamat).status_code == 204
    assert (jalan.jalan.exists(), Unggahan.objects.exists()) == (False, False)
    assert jalan.tanya().status_code == 404


def test_an_upload_is_cancelled_without_a_script(jalan: Klien) -> None:
    jawaban = jalan.client.post(reverse("batalkan_unggahan", args=[jalan.pk]), follow=True)
    assert "Unggahan Laporan.pdf dibatalkan." in jawaban.content.decode()
    assert (jalan.jalan.exists(), Unggahan.objects.exists()) == (False, False)


def test_the_names_of_other_keys_are_read_and_left(klien: Klien) -> None:
    jawaban = klien.buat(Upload_Metadata=f"filename {b64('Foto.jpg')},is_confidential,tipe {b64('x')}")
    assert (jawaban.status_code, Unggahan.objects.get().nama_berkas) == (201, "Foto.jpg")


# --- A broken line, a killed worker ---


class Putus(io.BytesIO):
    """A line that breaks: silence (the time-out of the socket) or the end."""

    def __init__(self, isi: bytes, diam: bool) -> None:
        super().__init__(isi)
        self.diam = diam

    def read(self, size: int | None = -1, /) -> bytes:
        isi = super().read(size)
        if not isi and self.diam:
            raise TimeoutError("timed out")
        return isi


@pytest.mark.parametrize("diam", [True, False], ids=["diam", "tutup"])
def test_what_came_before_the_line_broke_stays(jalan: Klien, diam: bool) -> None:
    lain = {"wsgi.input": Putus(ISI[256:600], diam), "CONTENT_LENGTH": "768"}
    assert jalan.tambah(b"x", 256, **lain)["Upload-Offset"] == "600"
    assert jalan.tanya()["Upload-Offset"] == "600"
    assert jalan.tambah(ISI[600:], 600)["Upload-Offset"] == "1024"
    assert jalan.jalan.read_bytes() == ISI


def test_what_came_unchecked_before_the_line_broke_does_not_stay(jalan: Klien) -> None:
    kepala = {"Upload_Checksum": f"sha1 {b64(hashlib.sha1(ISI[256:]).digest())}"}
    lain = {"wsgi.input": Putus(ISI[256:600], False), "CONTENT_LENGTH": "768"}
    assert jalan.tambah(b"x", 256, **kepala, **lain).status_code == 460
    assert (jalan.tanya()["Upload-Offset"], len(list(tus.folder().iterdir()))) == ("256", 1)


def test_what_a_killed_worker_had_written_counts(jalan: Klien) -> None:
    with jalan.jalan.open("ab") as file:  # and died before it told the database
        file.write(ISI[256:512])
    assert Unggahan.objects.get().diterima == 256
    assert jalan.tanya()["Upload-Offset"] == "512"
    assert jalan.tambah(ISI[512:], 512)["Upload-Offset"] == "1024"


def test_a_silent_line_is_given_up(jalan: Klien) -> None:
    satu, dua = socket.socketpair()
    with satu, dua:
        jalan.tambah(ISI[256:], 256, **{"gunicorn.socket": satu})
        assert satu.gettimeout() == 20


def test_a_full_disk_says_so_and_loses_nothing(jalan: Klien, monkeypatch: pytest.MonkeyPatch) -> None:
    def penuh(handle: int, isi: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("evidence.tus.os.write", penuh)
        jawaban = jalan.tambah(ISI[256:], 256)
    assert jawaban.status_code == 507
    assert "Penyimpanan kantor penuh. Yang sudah sampai tidak hilang" in jawaban.json()["galat"][0]
    assert jalan.tanya()["Upload-Offset"] == "256"
    assert jalan.tambah(ISI[256:], 256).status_code == 204


# --- Lying clients: what they send, the exact answer, and that nothing changed ---


@dataclass
class Salah:
    nama: str
    kirim: Callable[[Klien], HttpResponse]
    status: int
    pesan: str
    sampai: str = "256"
    kepala: dict[str, str] = field(default_factory=dict)


SALAH_SAAT_JALAN = [
    Salah(
        "versi lain",
        lambda k: k.tambah(ISI[256:], 256, Tus_Resumable="0.2.2"),
        412,
        "Halaman ini memakai cara unggah lain. Muat ulang halaman.",
        kepala={"Tus-Version": "1.0.0"},
    ),
    Salah(
        "tanpa versi",
        lambda k: k.tambah(ISI[256:], 256, Tus_Resumable="TANPA"),
        412,
        "Halaman ini memakai cara unggah lain. Muat ulang halaman.",
    ),
    Salah(
        "tipe isi lain",
        lambda k: k.tambah(ISI[256:], 256, tipe="application/octet-stream"),
        415,
        "Potongan berkas dikirim sebagai application/offset+octet-stream.",
    ),
    Salah(
        "tanpa offset",
        lambda k: k.tambah(ISI[256:], Upload_Offset="TANPA"),
        400,
        "Kepala Upload-Offset harus berupa bilangan bulat.",
    ),
    Salah(
        "offset negatif",
        lambda k: k.tambah(ISI[256:], -1),
        400,
        "Kepala Upload-Offset harus berupa bilangan bulat.",
    ),
    Salah(
        "offset bukan angka biasa",
        lambda k: k.tambah(ISI[256:], "2_56"),
        400,
        "Kepala Upload-Offset harus berupa bilangan bulat.",
    ),
    Salah(
        "offset terlalu kecil",
        lambda k: k.tambah(ISI, 0),
        409,
        "Potongan ini mulai pada bita 0, padahal yang sudah diterima 256 bita.",
    ),
    Salah(
        "offset terlalu besar",
        lambda k: k.tambah(ISI[512:], 512),
        409,
        "Potongan ini mulai pada bita 512, padahal yang sudah diterima 256 bita.",
    ),
    Salah(
        "melewati ukuran yang diumumkan",
        lambda k: k.tambah(ISI, 256),
        413,
        "Potongan ini melewati ukuran berkas yang diumumkan.",
    ),
    Salah(
        "tanpa panjang isi",
        lambda k: k.tambah(ISI[256:], 256, CONTENT_LENGTH=""),
        411,
        "Panjang potongan tidak disebut (Content-Length).",
    ),
    Salah(
        "panjang isi bukan angka",
        lambda k: k.tambah(ISI[256:], 256, CONTENT_LENGTH="banyak"),
        400,
        "Kepala Content-Length harus berupa bilangan bulat.",
    ),
    Salah(
        "checksum tidak cocok",
        lambda k: k.tambah(ISI[256:], 256, Upload_Checksum=f"sha1 {b64(hashlib.sha1(ISI).digest())}"),
        460,
        "Potongan ini berubah di perjalanan. Kirim lagi.",
    ),
    Salah(
        "checksum tidak dikenal",
        lambda k: k.tambah(ISI[256:], 256, Upload_Checksum=f"crc32 {b64('1234')}"),
        400,
        "Jumlah periksa harus salah satu dari: sha1, sha256.",
    ),
    Salah(
        "checksum tidak terbaca",
        lambda k: k.tambah(ISI[256:], 256, Upload_Checksum="sha1 ***"),
        400,
        "Jumlah periksa tidak terbaca (Upload-Checksum).",
    ),
    Salah(
        "disimpan sebelum seluruhnya sampai",
        lambda k: k.simpan(),
        422,
        "Berkas belum sampai seluruhnya. Lanjutkan unggahannya.",
    ),
]


@pytest.mark.parametrize("salah", SALAH_SAAT_JALAN, ids=lambda s: s.nama)
def test_a_lie_about_a_part_is_answered_and_changes_nothing(jalan: Klien, salah: Salah) -> None:
    jawaban = salah.kirim(jalan)
    assert (jawaban.status_code, jawaban.json()["galat"]) == (salah.status, [salah.pesan])
    assert {k: jawaban[k] for k in salah.kepala} == salah.kepala
    assert jalan.tanya()["Upload-Offset"] == salah.sampai
    assert (jalan.jalan.read_bytes(), len(list(tus.folder().iterdir()))) == (ISI[:256], 1)
    assert not Evidence.objects.exists()


SALAH_SAAT_MULAI = [
    Salah(
        "tanpa ukuran",
        lambda k: k.buat(Upload_Length="TANPA"),
        400,
        "Kepala Upload-Length harus berupa bilangan bulat.",
    ),
    Salah(
        "ukuran menyusul",
        lambda k: k.buat(Upload_Length="TANPA", Upload_Defer_Length="1"),
        400,
        "Ukuran berkas harus disebut sejak awal (Upload-Length).",
    ),
    Salah("ukuran negatif", lambda k: k.buat(-5), 400, "Kepala Upload-Length harus berupa bilangan bulat."),
    Salah(
        "ukuran seribu angka",
        lambda k: k.buat("9" * 1000),
        400,
        "Kepala Upload-Length harus berupa bilangan bulat.",
    ),
    Salah(
        "berkas kosong",
        lambda k: k.buat(0),
        422,
        "Berkas ini kosong (0 bita). Periksa berkasnya, lalu pilih lagi.",
    ),
    Salah(
        "berkas terlalu besar",
        lambda k: k.buat(50 * 1024 * 1024 + 1),
        413,
        "Berkas ini lebih besar dari 50 MB. Perkecil atau bagi menjadi beberapa, lalu unggah lagi.",
    ),
    Salah(
        "tanpa nama",
        lambda k: k.buat(Upload_Metadata="TANPA"),
        422,
        "Berkas ini tidak bernama. Beri nama, lalu unggah lagi.",
    ),
    Salah(
        "nama dengan huruf pembalik arah",
        lambda k: k.buat(nama="laporan\u202efdp.exe"),
        422,
        "Nama berkas memuat tanda yang tidak terlihat. Ganti dengan huruf dan angka biasa, lalu unggah lagi.",
    ),
    Salah(
        "nama terlalu panjang",
        lambda k: k.buat(nama="a" * 300),
        422,
        "Nama berkas terlalu panjang: 300 huruf. Pendekkan sampai 200 huruf, lalu unggah lagi.",
    ),
    Salah(
        "keterangan bukan base64",
        lambda k: k.buat(Upload_Metadata="filename Laporan.pdf"),
        400,
        "Keterangan berkas tidak terbaca (Upload-Metadata).",
    ),
    Salah(
        "keterangan bukan UTF-8",
        lambda k: k.buat(Upload_Metadata=f"filename {b64(bytes([0xFF, 0xFE]))}"),
        400,
        "Keterangan berkas tidak terbaca (Upload-Metadata).",
    ),
    Salah(
        "keterangan kembar",
        lambda k: k.buat(Upload_Metadata=f"filename {b64('a')},filename {b64('b')}"),
        400,
        "Keterangan berkas tidak terbaca (Upload-Metadata).",
    ),
    Salah(
        "keterangan terlalu panjang",
        lambda k: k.buat(nama="a" * 4000),
        400,
        "Keterangan berkas terlalu panjang (Upload-Metadata).",
    ),
    Salah(
        "versi lain",
        lambda k: k.buat(Tus_Resumable="2.0.0"),
        412,
        "Halaman ini memakai cara unggah lain. Muat ulang halaman.",
    ),
]


@pytest.mark.parametrize("salah", SALAH_SAAT_MULAI, ids=lambda s: s.nama)
def test_a_lie_at_the_start_begins_nothing(klien: Klien, salah: Salah) -> None:
    jawaban = salah.kirim(klien)
    assert (jawaban.status_code, jawaban.json()["galat"]) == (salah.status, [salah.pesan])
    assert jawaban["Tus-Resumable"] == "1.0.0"
    assert (Unggahan.objects.exists(), tus.folder().exists()) == (False, False)


def test_a_mark_no_database_keeps_begins_nothing(klien: Klien) -> None:
    nol = b64("a\0b")
    jawaban = klien.buat(Upload_Metadata=f"filename {b64('a.pdf')},sidik {nol}")
    assert (jawaban.status_code, jawaban.json()["galat"]) == (
        400,
        ["Keterangan berkas tidak terbaca (Upload-Metadata)."],
    )
    assert not Unggahan.objects.exists()


def test_a_path_in_the_name_is_left_out(klien: Klien) -> None:
    klien.buat(nama="../../etc/C:\\Dokumen\\Laporan.pdf")
    assert Unggahan.objects.get().nama_berkas == "Laporan.pdf"


def test_a_finished_file_takes_no_more(klien: Klien) -> None:
    isi = berkas.pdf()
    klien.buat(len(isi))
    klien.tambah(isi)
    klien.simpan()
    lagi = klien.tambah(b"x", len(isi), CONTENT_LENGTH="0")
    assert (lagi.status_code, lagi.json()["galat"]) == (409, ["Berkas ini sudah diterima."])
    assert klien.tanya()["Upload-Offset"] == str(len(isi))


def test_a_body_that_is_longer_than_announced_is_cut(jalan: Klien) -> None:
    jawaban = jalan.tambah(ISI[256:], 256, CONTENT_LENGTH="100")
    assert (jawaban.status_code, jawaban["Upload-Offset"]) == (204, "356")


# --- Two at once ---


@pytest.mark.parametrize("cara", ["PATCH", "HEAD", "DELETE", "simpan"])
def test_one_at_a_time(jalan: Klien, cara: str) -> None:
    with jalan.jalan.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        jawaban = {
            "PATCH": lambda: jalan.tambah(ISI[256:], 256),
            "HEAD": jalan.tanya,
            "DELETE": lambda: jalan.kirim("DELETE", jalan.alamat),
            "simpan": jalan.simpan,
        }[cara]()
    assert jawaban.status_code == (422 if cara == "simpan" else 423)
    if cara != "HEAD":
        assert "sedang diterima lewat sambungan lain" in jawaban.json()["galat"][0]
    assert jalan.tambah(ISI[256:], 256).status_code == 204


# --- Whose it is ---


def test_nobody_else_finds_it_the_head_of_the_team_neither(jalan: Klien, client: Client) -> None:
    for orang in (
        make_member(jalan.kantor.satker),
        make_member(jalan.kantor.satker, Peran.KETUA_TIM),
        jalan.kantor.tpi,
    ):
        client.force_login(orang)
        for jawaban in (jalan.tanya(), jalan.tambah(ISI[256:], 256), jalan.kirim("DELETE", jalan.alamat)):
            assert jawaban.status_code == 404
    assert jalan.jalan.read_bytes() == ISI[:256]


def test_who_may_no_longer_write_may_not_go_on(jalan: Klien) -> None:
    kemarin = timezone.now().date() - dt.timedelta(days=2)
    jalan.kantor.anggota.memberships.update(selesai=kemarin)
    assert jalan.tambah(ISI[256:], 256).status_code == 404


def test_somebody_elses_upload_becomes_nobodys_evidence(jalan: Klien, client: Client) -> None:
    jalan.tambah(ISI[256:], 256)
    client.force_login(make_member(jalan.kantor.satker))
    assert jalan.simpan().status_code == 404
    assert not Evidence.objects.exists()


def test_an_upload_of_one_slot_is_not_saved_for_another(jalan: Klien) -> None:
    jalan.tambah(ISI[256:], 256)
    jalan.kantor.slot = make_slot(jalan.kantor.rencana)
    assert jalan.simpan().status_code == 404


@pytest.mark.parametrize("cara", ["POST", "PATCH", "DELETE"])
def test_a_request_from_another_site_is_refused(jalan: Klien, cara: str) -> None:
    tegas = Klien(Client(enforce_csrf_checks=True), jalan.kantor, jalan.alamat)
    tegas.client.force_login(jalan.kantor.anggota)
    alamat = reverse("terima", args=[jalan.kantor.slot.pk]) if cara == "POST" else jalan.alamat
    assert tegas.kirim(cara, alamat, ISI, Upload_Offset="256", Upload_Length="5").status_code == 403


def test_the_token_in_a_header_is_enough(jalan: Klien) -> None:
    tegas = Klien(Client(enforce_csrf_checks=True), jalan.kantor, jalan.alamat)
    tegas.client.force_login(jalan.kantor.anggota)
    tegas.client.get(reverse("unggah", args=[jalan.kantor.slot.pk]))
    token = tegas.client.cookies["csrftoken"].value
    assert tegas.tambah(ISI[256:], 256, X_CSRFToken=token).status_code == 204


# --- Told before it starts ---


def test_a_round_that_waits_or_is_accepted_takes_no_upload(klien: Klien) -> None:
    kiriman = make_sent(klien.kantor.slot, klien.kantor.anggota, at=wib(2025, 6, 20))
    menunggu = klien.buat()
    make_review(kiriman, klien.kantor.tpi, at=wib(2025, 6, 21))
    assert [(j.status_code, j.json()["galat"]) for j in (menunggu, klien.buat())] == [
        (409, ["Bukti ini sudah dikirim dan menunggu reviu TPI. Tarik kembali dahulu."]),
        (409, ["Bukti ini sudah dinilai Sesuai. Tulis alasan membukanya kembali."]),
    ]


def test_the_files_of_a_round_have_a_limit_together(klien: Klien, settings: Settings) -> None:
    settings.BUKTI_MAKS_PUTARAN_MB = 3
    draf = make_draft(klien.kantor.slot, klien.kantor.anggota, at=wib(2025, 6, 20))
    Evidence.objects.filter(submissions=draf)  # a link takes no room
    assert klien.buat(2 * 1024 * 1024).status_code == 201
    penuh = klien.buat(2 * 1024 * 1024)
    assert (penuh.status_code, penuh.json()["galat"]) == (
        413,
        [
            "Berkas untuk satu kiriman paling banyak 3 MB; dengan yang sudah ada, masih dapat 1 MB. "
            "Perkecil berkasnya, atau keluarkan yang tidak perlu dari draf."
        ],
    )
    assert klien.buat(1024 * 1024).status_code == 201


def test_what_lies_in_the_draft_counts(klien: Klien, settings: Settings) -> None:
    isi = berkas.gambar("PNG", (400, 400))
    klien.client.post(
        reverse("unggah", args=[klien.kantor.slot.pk]),
        {
            "judul": "Foto",
            "tanggal_dokumen": "2025-06-20",
            "aksi": "simpan",
            "berkas": berkas.unggahan(isi, "a.png"),
        },
    )
    settings.BUKTI_MAKS_PUTARAN_MB = 1
    assert klien.buat(1024 * 1024 - len(isi)).status_code == 201
    assert klien.buat(1).status_code == 413


def test_all_files_of_an_office_have_a_limit_together(klien: Klien, settings: Settings) -> None:
    settings.BUKTI_MAKS_SATKER_MB = 2
    klien.buat(1024 * 1024)
    klien.kantor.slot = make_slot(klien.kantor.rencana)
    penuh = klien.buat(1024 * 1024 + 1)
    assert (penuh.status_code, penuh.json()["galat"]) == (
        413,
        ["Ruang bukti satker ini 2 MB; masih tersisa 1 MB. Hubungi pengelola aplikasi."],
    )


def test_a_person_has_so_many_unfinished_and_no_more(klien: Klien, settings: Settings) -> None:
    settings.BUKTI_MAKS_UNGGAHAN = 2
    status = [klien.buat().status_code for _ in range(3)]
    assert status == [201, 201, 422]
    Unggahan.objects.update(kedaluwarsa_pada=timezone.now())
    assert klien.buat().status_code == 201


def test_a_disk_without_room_is_told_before(klien: Klien, monkeypatch: pytest.MonkeyPatch) -> None:
    sempit = type("Usage", (), {"free": 1000})()
    monkeypatch.setattr("evidence.tus.shutil.disk_usage", lambda path: sempit)
    jawaban = klien.buat()
    assert jawaban.status_code == 507
    assert "Penyimpanan kantor tidak cukup untuk berkas ini." in jawaban.json()["galat"][0]


# --- Becoming evidence ---


@pytest.fixture
def sampai(klien: Klien) -> Klien:
    """With a whole PDF that came."""
    isi = berkas.pdf()
    klien.buat(len(isi))
    klien.tambah(isi)
    return klien


def test_a_whole_file_becomes_evidence_in_the_draft(sampai: Klien) -> None:
    isi = sampai.jalan.read_bytes()
    jawaban = sampai.simpan()
    assert (jawaban.status_code, "Laporan.pdf" in jawaban.json()["draf"]) == (200, True)
    bukti = Submission.objects.get().evidence.get()
    assert (bukti.sha256, bukti.ukuran, bukti.nama_berkas) == (
        hashlib.sha256(isi).hexdigest(),
        len(isi),
        "Laporan.pdf",
    )
    with bukti.berkas.open() as file:
        assert file.read() == isi
    assert (sampai.jalan.exists(), Unggahan.objects.get().evidence) == (False, bukti)


def test_an_answer_that_was_lost_is_given_again(sampai: Klien) -> None:
    pertama, kedua = sampai.simpan(), sampai.simpan()
    assert (pertama.status_code, kedua.status_code) == (200, 200)
    assert Evidence.objects.count() == 1


def test_a_missing_date_or_title_costs_no_byte(sampai: Klien) -> None:
    tanpa = sampai.simpan(tanggal_dokumen="")
    assert (tanpa.status_code, "Isi tanggal dokumen" in tanpa.json()["galat"][0]) == (422, True)
    assert sampai.simpan(judul=" ").status_code == 422
    assert sampai.simpan().status_code == 200


def test_a_file_refused_for_its_content_goes(klien: Klien) -> None:
    isi = b"MZ\x90\x00" + bytes(200)
    klien.buat(len(isi))
    klien.tambah(isi)
    jawaban = klien.simpan()
    assert (jawaban.status_code, jawaban.json()["galat"][0][:20]) == (422, "Berkas ini program, ")
    assert jawaban.json()["tetap"] is True
    assert (klien.jalan.exists(), Unggahan.objects.exists(), Evidence.objects.exists()) == (
        False,
        False,
        False,
    )


@pytest.mark.parametrize("code", ["pemindai_mati", "simpanan_penuh", "batas_satker", "berat"])
def test_what_is_not_the_files_fault_costs_no_byte(
    sampai: Klien, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def tolak(*_: object, **__: object) -> Evidence:
        raise ValidationError({"berkas": ValidationError("Coba lagi nanti.", code=code)})

    with monkeypatch.context() as nanti:
        nanti.setattr("evidence.intake.keep_file", tolak)
        assert sampai.simpan().json() == {"galat": ["Coba lagi nanti."], "tetap": False}
    assert sampai.simpan().status_code == 200


def test_a_round_sent_meanwhile_costs_no_byte(sampai: Klien) -> None:
    make_sent(sampai.kantor.slot, sampai.kantor.anggota, at=wib(2025, 6, 20))
    assert sampai.simpan().status_code == 409
    assert sampai.jalan.exists()


def test_a_worker_killed_after_recording_leaves_one_evidence(sampai: Klien) -> None:
    isi = sampai.jalan.read_bytes()
    sampai.simpan()
    Unggahan.objects.update(evidence=None, selesai_pada=None)  # as if it had died before it wrote this
    sampai.jalan.write_bytes(isi)
    assert (sampai.simpan().status_code, Evidence.objects.count()) == (200, 1)


def test_an_upload_that_is_no_uuid_is_told_so(klien: Klien) -> None:
    klien.alamat = "/unggahan/bukan-uuid/"
    assert klien.simpan().status_code == 404


# --- What is not finished ---


def test_the_page_lists_what_can_go_on(jalan: Klien) -> None:
    isi = jalan.client.get(reverse("unggah", args=[jalan.kantor.slot.pk])).content.decode()
    assert ("Belum selesai" in isi, "25%" in isi, f'data-sidik="{SIDIK}"' in isi) == (True, True, True)
    jalan.client.force_login(make_member(jalan.kantor.satker))
    assert (
        "Belum selesai"
        not in jalan.client.get(reverse("unggah", args=[jalan.kantor.slot.pk])).content.decode()
    )


def test_an_upload_that_expired_is_gone(jalan: Klien) -> None:
    Unggahan.objects.update(kedaluwarsa_pada=timezone.now())
    for jawaban in (jalan.tambah(ISI[256:], 256), jalan.tanya()):
        assert jawaban.status_code == 410
    isi = jalan.client.get(reverse("unggah", args=[jalan.kantor.slot.pk])).content.decode()
    assert "Belum selesai" not in isi


def test_a_file_that_somebody_removed_is_gone(jalan: Klien) -> None:
    jalan.jalan.unlink()
    assert [j.status_code for j in (jalan.tanya(), jalan.tambah(ISI[256:], 256))] == [410, 410]
    assert (jalan.kirim("DELETE", jalan.alamat).status_code, Unggahan.objects.exists()) == (204, False)


class TestSapu:
    def test_what_expired_is_removed_and_nothing_else(self, jalan: Klien) -> None:
        lama = jalan.jalan
        Unggahan.objects.update(kedaluwarsa_pada=timezone.now() - dt.timedelta(minutes=1))
        jalan.buat()
        assert tus.sapu_kedaluwarsa(timezone.now()) == 1
        assert (lama.exists(), jalan.jalan.exists(), Unggahan.objects.count()) == (False, True, 1)

    def test_what_is_being_written_waits(self, jalan: Klien) -> None:
        nanti = timezone.now() + dt.timedelta(days=8)
        with jalan.jalan.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            assert tus.sapu_kedaluwarsa(nanti) == 0
        assert tus.sapu_kedaluwarsa(nanti) == 1

    def test_files_without_a_row_go_after_a_day(self, jalan: Klien) -> None:
        (tus.folder() / ("0" * 32)).write_bytes(b"lepas")
        samping = jalan.jalan.with_suffix(".1f")
        samping.write_bytes(b"potongan")
        assert tus.sapu_kedaluwarsa(timezone.now()) == 0
        assert tus.sapu_kedaluwarsa(timezone.now() + dt.timedelta(days=2)) == 2
        assert (list(tus.folder().iterdir()), jalan.tanya()["Upload-Offset"]) == ([jalan.jalan], "256")

    def test_a_finished_row_goes_and_its_evidence_stays(self, sampai: Klien) -> None:
        sampai.simpan()
        assert tus.sapu_kedaluwarsa(timezone.now() + dt.timedelta(days=8)) == 1
        assert (Unggahan.objects.count(), Evidence.objects.count()) == (0, 1)
