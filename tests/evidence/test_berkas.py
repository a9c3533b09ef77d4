"""Downloads: who gets what, under which name, with which guards."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import Peran, User
from evidence.models import Evidence
from evidence.services import open_draft, put_in_draft, send, withdraw
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.evidence.test_intake import terima
from tests.factories import make_member, make_satker, make_slot, make_tautan, make_user, wib


def serahkan(
    kantor: Kantor, isi: bytes | None = None, nama: str = "x.pdf", *, kirim: bool = True, **isian: object
) -> Evidence:
    bukti = terima(kantor.satker, kantor.anggota, isi or berkas.pdf(), nama, **isian)
    draf = open_draft(slot=kantor.slot, by=kantor.anggota, at=wib(2025, 6, 20))
    put_in_draft(submission=draf, evidence=[bukti], by=kantor.anggota)
    if kirim:
        send(submission=draf, by=kantor.anggota, at=wib(2025, 6, 20))
    return bukti


def ambil(client: Client, orang: User, nama: str, bukti: Evidence, **headers: str):
    """The answer, read to its end as a browser would: `response.badan`."""
    client.force_login(orang)
    response = client.get(reverse(nama, args=[bukti.pk]), headers=headers)
    response.badan = response.getvalue()
    return response


def test_a_download_has_a_name_for_people_and_the_bytes_received(kantor: Kantor, client: Client) -> None:
    isi = berkas.pdf()
    response = ambil(
        client, kantor.anggota, "unduh_bukti", serahkan(kantor, isi, judul="Laporan evaluasi WBS")
    )
    assert response["Content-Disposition"] == (
        'attachment; filename="I.1.1_Laporan evaluasi WBS_TW II 2025.pdf"'
    )
    assert response.badan == isi


def test_a_name_that_windows_refuses_is_made_harmless(kantor: Kantor, client: Client) -> None:
    bukti = serahkan(kantor, judul='A/B: "C" *D* ?')
    nama = ambil(client, kantor.anggota, "unduh_bukti", bukti)["Content-Disposition"]
    assert 'filename="I.1.1_A-B- -C- D -_TW II 2025.pdf"' in nama


@pytest.mark.parametrize(("nama", "bingkai"), [("unduh_bukti", "DENY"), ("lihat_bukti", "SAMEORIGIN")])
def test_every_file_comes_guarded(kantor: Kantor, client: Client, nama: str, bingkai: str) -> None:
    response = ambil(client, kantor.anggota, nama, serahkan(kantor))
    csp = response["Content-Security-Policy"]
    assert ("default-src 'none'" in csp, "sandbox" in csp) == (True, True)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == bingkai
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("isi", "nama", "tipe"),
    [
        (berkas.pdf(), "a.pdf", "application/pdf"),
        (berkas.gambar("PNG"), "a.png", "image/png"),
        (berkas.gambar("JPEG"), "a.jpg", "image/jpeg"),
        (berkas.gambar("HEIF"), "a.heic", "image/jpeg"),
        (berkas.gambar("WEBP"), "a.webp", "image/jpeg"),
    ],
    ids=["pdf", "png", "jpg", "heic", "webp"],
)
def test_pdf_and_pictures_are_shown_inline(
    kantor: Kantor, client: Client, isi: bytes, nama: str, tipe: str
) -> None:
    response = ambil(client, kantor.anggota, "lihat_bukti", serahkan(kantor, isi, nama))
    assert (response.status_code, response["Content-Type"]) == (200, tipe)
    assert "attachment" not in response.get("Content-Disposition", "")


def test_a_picture_that_browsers_cannot_show_is_made_a_small_jpg(
    kantor: Kantor, client: Client, settings: object
) -> None:
    settings.BUKTI_PRATINJAU_PIKSEL = 32
    bukti = serahkan(kantor, berkas.gambar("HEIF", (128, 64)), "a.heic")
    with Image.open(io.BytesIO(ambil(client, kantor.anggota, "lihat_bukti", bukti).badan)) as gambar:
        assert (gambar.format, gambar.size) == ("JPEG", (32, 16))


def test_an_office_file_is_only_downloaded(kantor: Kantor, client: Client) -> None:
    bukti = serahkan(kantor, berkas.ooxml(), "a.docx")
    response = ambil(client, kantor.anggota, "lihat_bukti", bukti)
    assert response.url == reverse("unduh_bukti", args=[bukti.pk])


@pytest.mark.parametrize(
    ("rentang", "awal", "akhir"), [("bytes=0-9", 0, 10), ("bytes=5-", 5, None), ("bytes=-7", -7, None)]
)
def test_a_viewer_may_ask_for_one_range(
    kantor: Kantor, client: Client, rentang: str, awal: int, akhir: int | None
) -> None:
    isi = berkas.pdf()
    response = ambil(client, kantor.anggota, "lihat_bukti", serahkan(kantor, isi), Range=rentang)
    assert (response.status_code, response.badan) == (206, isi[awal:akhir])
    assert int(response["Content-Length"]) == len(isi[awal:akhir])


def test_a_range_behind_the_end_is_refused(kantor: Kantor, client: Client) -> None:
    response = ambil(client, kantor.anggota, "lihat_bukti", serahkan(kantor), Range="bytes=99999-")
    assert response.status_code == 416


def test_a_range_no_number_can_hold_gets_the_whole_file(kantor: Kantor, client: Client) -> None:
    rentang = f"bytes={'9' * 5000}-"
    response = ambil(client, kantor.anggota, "lihat_bukti", serahkan(kantor), Range=rentang)
    assert response.status_code == 200


def test_a_link_is_no_file(kantor: Kantor, client: Client) -> None:
    bukti = make_tautan(kantor.satker, kantor.anggota, tanggal=dt.date(2025, 6, 20))
    assert ambil(client, kantor.anggota, "unduh_bukti", bukti).status_code == 404


# --- Leaks: there is a file, and who is asked for it ---


def orang_menurut_peran(kantor: Kantor) -> dict[str, User]:
    lain = make_satker()
    pembina = make_satker(tingkat="provinsi")
    kantor.satker.induk = pembina
    kantor.satker.save()
    return {
        "pengunggah": kantor.anggota,
        "anggota": make_member(kantor.satker),
        "anggota area lain": make_member(kantor.satker, area=[5]),
        "ketua tim": make_member(kantor.satker, Peran.KETUA_TIM),
        "sekretaris": make_member(kantor.satker, Peran.SEKRETARIS),
        "pimpinan": make_member(kantor.satker, Peran.PIMPINAN),
        "tpi": kantor.tpi,
        "pembina": make_member(pembina, Peran.PEMBINA),
        "anggota satker lain": make_member(lain),
        "tpi satker lain": make_member(lain, Peran.TPI),
        "operator": make_user(is_staff=True, is_superuser=True),
        "tanpa peran": make_user(),
    }


TIM = {"pengunggah", "anggota", "ketua tim", "sekretaris"}
SATKER = TIM | {"anggota area lain", "pimpinan", "tpi", "pembina"}


@pytest.mark.parametrize("alamat", ["unduh_bukti", "lihat_bukti"])
@pytest.mark.parametrize(
    ("isian", "boleh"),
    [
        ({}, SATKER),
        ({"rahasia": True}, TIM | {"tpi"}),
        ({"kirim": False}, TIM),
        ({"kirim": False, "rahasia": True}, TIM),
    ],
    ids=["terkirim", "terkirim rahasia", "draf", "draf rahasia"],
)
def test_a_file_reaches_only_whom_it_may(
    kantor: Kantor, client: Client, isian: dict, boleh: set[str], alamat: str
) -> None:
    bukti = serahkan(kantor, **isian)
    dapat = set()
    for nama, orang in orang_menurut_peran(kantor).items():
        response = ambil(client, orang, alamat, bukti)
        assert response.status_code in (200, 404)
        if response.status_code == 200:
            dapat.add(nama)
    assert dapat == boleh


def test_what_was_withdrawn_is_no_longer_for_tpi(kantor: Kantor, client: Client) -> None:
    bukti = serahkan(kantor)
    withdraw(submission=bukti.submissions.get(), by=kantor.anggota)
    assert ambil(client, kantor.tpi, "unduh_bukti", bukti).status_code == 404


def test_a_file_in_no_round_is_for_uploader_and_ketua_tim(kantor: Kantor, client: Client) -> None:
    bukti = terima(kantor.satker, kantor.anggota, berkas.pdf())
    dapat = {
        nama
        for nama, orang in orang_menurut_peran(kantor).items()
        if ambil(client, orang, "unduh_bukti", bukti).status_code == 200
    }
    assert dapat == {"pengunggah", "ketua tim"}


def test_seen_in_one_slot_is_seen_rahasia_included(kantor: Kantor, client: Client) -> None:
    bukti = serahkan(kantor, rahasia=True)
    lain = make_slot(kantor.rencana, area=5)
    draf = open_draft(slot=lain, by=kantor.anggota)
    put_in_draft(submission=draf, evidence=[bukti], by=kantor.anggota)
    send(submission=draf, by=kantor.anggota)
    assert ambil(client, make_member(kantor.satker, area=[5]), "unduh_bukti", bukti).status_code == 200


def test_a_rahasia_title_is_not_on_the_slot_page_for_pimpinan(kantor: Kantor, client: Client) -> None:
    serahkan(kantor, rahasia=True, judul="Aduan atas Fulan")
    client.force_login(make_member(kantor.satker, Peran.PIMPINAN))
    isi = client.get(reverse("slot", args=[kantor.slot.pk])).content.decode()
    assert ("Fulan" in isi, "Bukti rahasia" in isi) == (False, True)


def test_nobody_gets_a_file_without_login(kantor: Kantor, client: Client) -> None:
    bukti = serahkan(kantor)
    assert client.get(reverse("unduh_bukti", args=[bukti.pk])).status_code == 302
