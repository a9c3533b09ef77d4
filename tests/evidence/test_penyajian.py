"""How files go out: parts of them, by nginx, by S3; what is held back; what is put down of rahasia pieces."""

import urllib.request
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evidence import vault
from evidence.models import BerkasTersimpan, PembukaanRahasia
from evidence.penyajian import SATU_BUKAAN
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.evidence.gudang import di_s3, gudang, server_s3
from tests.evidence.test_berkas import ambil, serahkan

__all__ = ["di_s3", "gudang", "server_s3"]
ISI = berkas.pdf(halaman=40)
ALAMAT = pytest.mark.parametrize("alamat", ["unduh_bukti", "lihat_bukti"])


# --- Parts ---


@pytest.mark.parametrize(
    ("rentang", "awal", "akhir"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=5-", 5, None),
        ("bytes=-7", -7, None),
        ("bytes=3-3", 3, 4),
        ("bytes=10-999999", 10, None),
        ("bytes=-999999", 0, None),
    ],
)
def test_one_range(
    kantor: Kantor, client: Client, gudang: str, rentang: str, awal: int, akhir: int | None
) -> None:
    response = ambil(client, kantor.anggota, "unduh_bukti", serahkan(kantor, ISI), Range=rentang)
    bagian = ISI[awal:akhir]
    mulai = awal if awal >= 0 else len(ISI) + awal
    assert (response.status_code, response.badan) == (206, bagian)
    assert response["Content-Length"] == str(len(bagian))
    assert response["Content-Range"] == f"bytes {mulai}-{mulai + len(bagian) - 1}/{len(ISI)}"


@pytest.mark.parametrize(
    "rentang", ["bytes=0-1,5-9", "bytes=9-5", "bytes=-", "bytes=a-b", "lines=0-9", f"bytes={'9' * 5000}-"]
)
def test_what_is_no_one_range_gets_the_whole(kantor: Kantor, client: Client, rentang: str) -> None:
    response = ambil(client, kantor.anggota, "unduh_bukti", serahkan(kantor, ISI), Range=rentang)
    assert (response.status_code, response.badan, response["Content-Length"]) == (200, ISI, str(len(ISI)))


@pytest.mark.parametrize("rentang", [f"bytes={len(ISI)}-", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(kantor: Kantor, client: Client, rentang: str) -> None:
    response = ambil(client, kantor.anggota, "unduh_bukti", serahkan(kantor, ISI), Range=rentang)
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(ISI)}")


@pytest.mark.parametrize(("cocok", "status"), [(True, 206), (False, 200)])
def test_a_download_goes_on_only_with_the_same_file(
    kantor: Kantor, client: Client, cocok: bool, status: int
) -> None:
    bukti = serahkan(kantor, ISI)
    etag = f'"{bukti.sha256}"' if cocok else '"lain"'
    kepala = {"Range": "bytes=5-", "If-Range": etag}
    response = ambil(client, kantor.anggota, "unduh_bukti", bukti, **kepala)
    assert response.status_code == status


@ALAMAT
def test_who_has_it_is_not_sent_it_again(kantor: Kantor, client: Client, alamat: str) -> None:
    bukti = serahkan(kantor, ISI)
    etag = ambil(client, kantor.anggota, alamat, bukti)["ETag"]
    response = ambil(client, kantor.anggota, alamat, bukti, **{"If-None-Match": etag})
    assert (etag, response.status_code, response.badan) == (f'"{bukti.sha256}"', 304, b"")


@ALAMAT
def test_head_tells_all_but_the_bytes(kantor: Kantor, client: Client, gudang: str, alamat: str) -> None:
    bukti = serahkan(kantor, ISI)
    client.force_login(kantor.anggota)
    response = client.head(reverse(alamat, args=[bukti.pk]), headers={"Range": "bytes=0-4"})
    assert (response.status_code, response.content) == (200, b"")
    assert (response["Content-Length"], response["Accept-Ranges"]) == (str(len(ISI)), "bytes")
    assert response["Content-Type"] == "application/pdf"


# --- By nginx ---


@ALAMAT
def test_nginx_is_told_where_the_file_lies(
    kantor: Kantor, client: Client, settings: object, alamat: str
) -> None:
    settings.BUKTI_PENYAJIAN = "nginx"
    bukti = serahkan(kantor, ISI)
    response = ambil(client, kantor.anggota, alamat, bukti)
    assert (response["X-Accel-Redirect"], response.badan) == (f"/_bukti/{bukti.simpanan.nama}", b"")
    assert response["Content-Type"] == "application/pdf"
    assert "sandbox" in response["Content-Security-Policy"]
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")
    assert response["Content-Disposition"].startswith("attachment" if alamat == "unduh_bukti" else "inline")


def test_nginx_is_told_nothing_for_others(
    kantor: Kantor, client: Client, settings: object, django_user_model: object
) -> None:
    settings.BUKTI_PENYAJIAN = "nginx"
    lain = django_user_model.objects.create_user("orang-lain", nama="Orang Lain")
    response = ambil(client, lain, "unduh_bukti", serahkan(kantor, ISI))
    assert (response.status_code, response.has_header("X-Accel-Redirect")) == (404, False)


# --- By S3 ---


@pytest.fixture
def lewat_s3(di_s3: None, settings: object) -> None:
    settings.BUKTI_PENYAJIAN = "s3"


def test_a_download_comes_straight_from_s3_for_a_minute(
    kantor: Kantor, client: Client, lewat_s3: None
) -> None:
    """moto honours the headers asked for; it enforces neither signature nor expiry, so these are read here."""
    response = ambil(client, kantor.anggota, "unduh_bukti", serahkan(kantor, ISI, judul="Laporan WBS"))
    assert (response.status_code, response["Cache-Control"]) == (302, "private, no-store")
    tanda = parse_qs(urlsplit(response.url).query)
    assert (tanda["X-Amz-Expires"], tanda["X-Amz-SignedHeaders"]) == (["60"], ["host"])
    assert len(tanda["X-Amz-Signature"][0]) == 64
    with urllib.request.urlopen(response.url) as jawaban:
        assert jawaban.read() == ISI
        disposisi = jawaban.headers["Content-Disposition"]
    assert disposisi == 'attachment; filename="I.1.1_Laporan WBS_TW II 2025.pdf"'


@pytest.mark.parametrize(("alamat", "isian"), [("lihat_bukti", {}), ("unduh_bukti", {"rahasia": True})])
def test_what_is_shown_or_rahasia_comes_from_us(
    kantor: Kantor, client: Client, lewat_s3: None, alamat: str, isian: dict
) -> None:
    response = ambil(client, kantor.anggota, alamat, serahkan(kantor, ISI, **isian))
    assert (response.status_code, response.badan) == (200, ISI)
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_picture_for_browsers_is_made_from_s3_too(kantor: Kantor, client: Client, lewat_s3: None) -> None:
    bukti = serahkan(kantor, berkas.gambar("WEBP"), "a.webp")
    assert ambil(client, kantor.anggota, "lihat_bukti", bukti)["Content-Type"] == "image/jpeg"


# --- Held back ---

SEBAB = {
    "diblokir": ({"pindai": "diblokir", "ancaman": "Eicar-Test"}, 403, "memuat virus (Eicar-Test)"),
    "belum dipindai": ({"pindai": "tak_tersedia"}, 403, "pemindai virus tidak tersedia"),
    "dihapus": ({"dihapus_pada": timezone.now()}, 410, "dihapus"),
}
JALAN = pytest.mark.parametrize("jalan", ["django", "nginx"])


@ALAMAT
@JALAN
@pytest.mark.parametrize(("isian", "status", "kata"), SEBAB.values(), ids=SEBAB)
def test_what_may_not_go_out_does_not(
    kantor: Kantor,
    client: Client,
    settings: object,
    alamat: str,
    jalan: str,
    isian: dict,
    status: int,
    kata: str,
) -> None:
    settings.BUKTI_PENYAJIAN = jalan
    bukti = serahkan(kantor, ISI)
    BerkasTersimpan.objects.update(**isian)
    for kepala in ({}, {"If-None-Match": f'"{bukti.sha256}"'}, {"Range": "bytes=0-9"}):
        response = ambil(client, kantor.anggota, alamat, bukti, **kepala)
        assert (response.status_code, kata in response.badan.decode()) == (status, True)
        assert not response.has_header("X-Accel-Redirect")


def test_a_picture_is_not_made_of_what_may_not_go_out(kantor: Kantor, client: Client) -> None:
    bukti = serahkan(kantor, berkas.gambar("HEIF"), "a.heic")
    BerkasTersimpan.objects.update(pindai="diblokir", ancaman="Eicar-Test")
    response = ambil(client, kantor.anggota, "lihat_bukti", bukti)
    assert (response.status_code, response["Content-Type"]) == (403, "text/plain; charset=utf-8")


@ALAMAT
def test_a_file_that_is_lost_is_said(
    kantor: Kantor, client: Client, gudang: str, alamat: str, caplog: pytest.LogCaptureFixture
) -> None:
    bukti = serahkan(kantor, ISI)
    vault.remove(bukti.simpanan.nama)
    response = ambil(client, kantor.anggota, alamat, bukti)
    assert (response.status_code, "tidak ditemukan di penyimpanan" in response.badan.decode()) == (500, True)
    assert bukti.simpanan.nama in caplog.text


# --- The log of rahasia ---


def bukaan() -> list[str]:
    return list(PembukaanRahasia.objects.order_by("pk").values_list("cara", flat=True))


@JALAN
def test_each_opening_of_a_rahasia_piece_is_put_down(
    kantor: Kantor, client: Client, settings: object, jalan: str
) -> None:
    settings.BUKTI_PENYAJIAN = jalan
    bukti = serahkan(kantor, ISI, rahasia=True)
    for alamat in ("lihat_bukti", "unduh_bukti", "unduh_bukti"):
        ambil(client, kantor.tpi, alamat, bukti)
    assert bukaan() == ["lihat", "unduh", "unduh"]
    baris = PembukaanRahasia.objects.first()
    assert (baris.oleh, baris.evidence) == (kantor.tpi, bukti)


def test_a_picture_made_of_a_rahasia_piece_is_put_down(kantor: Kantor, client: Client) -> None:
    ambil(
        client,
        kantor.anggota,
        "lihat_bukti",
        serahkan(kantor, berkas.gambar("HEIF"), "a.heic", rahasia=True),
    )
    assert bukaan() == ["lihat"]


def test_other_pieces_leave_no_trace(kantor: Kantor, client: Client) -> None:
    ambil(client, kantor.anggota, "unduh_bukti", serahkan(kantor, ISI))
    assert bukaan() == []


def test_the_parts_of_one_reading_are_one_opening(
    kantor: Kantor, client: Client, time_machine: object
) -> None:
    bukti = serahkan(kantor, ISI, rahasia=True)
    mulai = timezone.now()
    time_machine.move_to(mulai, tick=False)
    for rentang in ("bytes=5-9", "bytes=10-20", "bytes=30-"):
        ambil(client, kantor.anggota, "lihat_bukti", bukti, Range=rentang)
    assert bukaan() == ["lihat"]
    ambil(client, kantor.tpi, "lihat_bukti", bukti, Range="bytes=5-9")
    time_machine.move_to(mulai + SATU_BUKAAN, tick=False)
    ambil(client, kantor.anggota, "lihat_bukti", bukti, Range="bytes=5-9")
    assert bukaan() == ["lihat"] * 3


@pytest.mark.parametrize(
    "kepala", [{"Range": "bytes=999999-"}, {"If-None-Match": "ETAG"}], ids=["di luar", "sudah ada"]
)
def test_an_answer_without_bytes_is_no_opening(kantor: Kantor, client: Client, kepala: dict) -> None:
    bukti = serahkan(kantor, ISI, rahasia=True)
    kepala = {nama: nilai.replace("ETAG", f'"{bukti.sha256}"') for nama, nilai in kepala.items()}
    ambil(client, kantor.anggota, "unduh_bukti", bukti, **kepala)
    client.head(reverse("unduh_bukti", args=[bukti.pk]))
    assert bukaan() == []


def test_what_was_withheld_is_no_opening(kantor: Kantor, client: Client) -> None:
    bukti = serahkan(kantor, ISI, rahasia=True)
    Path(vault.vault().path(bukti.simpanan.nama)).unlink()
    ambil(client, kantor.anggota, "unduh_bukti", bukti)
    assert bukaan() == []
