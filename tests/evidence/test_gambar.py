"""Thumbnails and pages as pictures, as people get them."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import Peran, User
from evidence import kotak
from evidence.models import BerkasTersimpan, Evidence, PembukaanRahasia
from evidence.penghapusan import agree_to_erasure, ask_erasure
from evidence.pratinjau import TAK_TERGAMBAR, keep_thumbnail
from evidence.templatetags.bukti import bergambar_kecil, ikon_bukti
from tests.evidence import berkas, korpus
from tests.evidence.conftest import Kantor
from tests.evidence.test_berkas import serahkan
from tests.evidence.test_foto import warna_di
from tests.evidence.test_intake import terima
from tests.evidence.test_pratinjau import pdf_berlipat, pdf_berwarna
from tests.factories import make_member


def ambil(client: Client, orang: User, nama: str, bukti: Evidence, **query: object):
    client.force_login(orang)
    return client.get(reverse(nama, args=[bukti.pk]), query)


def gambar(response: object) -> Image.Image:
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    return Image.open(io.BytesIO(response.content))


def tersimpan() -> list[Path]:
    return [path for path in (Path(settings.MEDIA_ROOT) / "gambar").rglob("*") if path.is_file()]


def test_a_thumbnail_is_drawn_once_and_kept(
    kantor: Kantor, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    bukti = serahkan(kantor, pdf_berwarna((1, 0, 0)).getvalue())
    pertama = ambil(client, kantor.anggota, "gambar_kecil", bukti)
    assert (gambar(pertama).size, warna_di(gambar(pertama), 0.5, 0.5)) == ((240, 320), "100")
    monkeypatch.setattr(kotak, "_run", lambda *_: pytest.fail("drawn again"))
    kedua = ambil(client, kantor.anggota, "gambar_kecil", bukti)
    assert (kedua.content == pertama.content, len(tersimpan())) == (True, 1)


def test_two_looks_at_once_keep_one_thumbnail(kantor: Kantor, client: Client) -> None:
    bukti = serahkan(kantor, berkas.gambar(), "a.jpg")
    ambil(client, kantor.anggota, "gambar_kecil", bukti)
    tadi = BerkasTersimpan.objects.get(pk=bukti.simpanan_id)
    keep_thumbnail(tadi, b"kalah cepat")
    assert [path.read_bytes() == b"kalah cepat" for path in tersimpan()] == [False]


def test_what_cannot_be_drawn_is_tried_once(
    kantor: Kantor, client: Client, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BUKTI_KOTAK_MB = 300
    bukti = serahkan(kantor, pdf_berlipat(30))
    response = ambil(client, kantor.anggota, "gambar_kecil", bukti)
    assert response.status_code == 422
    assert "tidak dapat digambar" in response.content.decode()
    assert BerkasTersimpan.objects.get(pk=bukti.simpanan_id).gambar_kecil == TAK_TERGAMBAR
    monkeypatch.setattr(kotak, "_run", lambda *_: pytest.fail("drawn again"))
    assert ambil(client, kantor.anggota, "gambar_kecil", bukti).status_code == 422


def test_an_erased_file_leaves_no_thumbnail(
    kantor: Kantor, client: Client, django_capture_on_commit_callbacks: object
) -> None:
    bukti = serahkan(kantor, berkas.gambar(), "a.jpg")
    ambil(client, kantor.anggota, "gambar_kecil", bukti)
    assert len(tersimpan()) == 1
    ketua, sekretaris = (make_member(kantor.satker, p) for p in (Peran.KETUA_TIM, Peran.SEKRETARIS))
    ask_erasure(evidence=bukti, by=ketua, dasar="Permintaan pemilik data pribadi.")
    with django_capture_on_commit_callbacks(execute=True):
        agree_to_erasure(evidence=bukti, by=sekretaris)
    assert tersimpan() == []
    assert ambil(client, kantor.anggota, "gambar_kecil", bukti).status_code == 410
    assert tersimpan() == []


def test_thumbnails_and_pages_of_what_is_rahasia_are_logged(kantor: Kantor, client: Client) -> None:
    bukti = serahkan(kantor, rahasia=True)
    for nama in ("gambar_kecil", "gambar_halaman"):
        assert ambil(client, kantor.tpi, nama, bukti).status_code == 200
    assert list(PembukaanRahasia.objects.values_list("cara", flat=True).order_by("pk")) == [
        "gambar_kecil",
        "lihat",
    ]


@pytest.mark.parametrize("nama", ["gambar_kecil", "gambar_halaman"])
def test_a_picture_made_of_a_file_comes_as_guarded_as_the_file(
    kantor: Kantor, client: Client, nama: str
) -> None:
    response = ambil(client, kantor.anggota, nama, serahkan(kantor))
    assert "sandbox" in response["Content-Security-Policy"]
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")


def test_pages_of_a_pdf_one_after_the_other(kantor: Kantor, client: Client) -> None:
    bukti = serahkan(kantor, pdf_berwarna((1, 0, 0), (0, 1, 0)).getvalue())
    halaman = ambil(client, kantor.anggota, "halaman_bukti", bukti).content.decode()
    assert ("halaman 1 dari 2" in halaman, "?hal=2" in halaman, "?hal=0" in halaman) == (True, True, False)
    assert "halaman 2 dari 2" in ambil(client, kantor.anggota, "halaman_bukti", bukti, hal=2).content.decode()
    warna = [
        warna_di(gambar(ambil(client, kantor.anggota, "gambar_halaman", bukti, hal=n)), 0.5, 0.5)
        for n in (1, 2)
    ]
    assert warna == ["100", "010"]


def test_from_a_page_one_goes_back_to_the_piece_and_who_reviews_to_the_round(
    kantor: Kantor, client: Client
) -> None:
    bukti = serahkan(kantor)
    reviu = f"{reverse('reviu', args=[bukti.submissions.get().pk])}?berkas={bukti.pk}"
    for orang, kembali in ((kantor.anggota, reverse("bukti", args=[bukti.pk])), (kantor.tpi, reviu)):
        isi = ambil(client, orang, "halaman_bukti", bukti).content.decode()
        remah = isi.split('class="remah"')[1].split("</nav>")[0]
        assert f'<a href="{kembali}">' in remah


@pytest.mark.parametrize("hal", ["0", "2", "-1", "satu", "9" * 5000, "\u0663"])
def test_a_page_that_is_not_there(kantor: Kantor, client: Client, hal: str) -> None:
    bukti = serahkan(kantor)
    assert ambil(client, kantor.anggota, "halaman_bukti", bukti, hal=hal).status_code == 404
    assert ambil(client, kantor.anggota, "gambar_halaman", bukti, hal=hal).status_code == 422


@pytest.mark.parametrize("nama", ["halaman_bukti", "gambar_halaman"])
def test_only_a_pdf_has_pages(kantor: Kantor, client: Client, nama: str) -> None:
    bukti = serahkan(kantor, berkas.gambar(), "a.jpg")
    assert ambil(client, kantor.anggota, nama, bukti).status_code == 404


def test_a_film_has_an_icon_and_no_thumbnail(kantor: Kantor, client: Client) -> None:
    bukti = serahkan(kantor, korpus.mp4(), "a.mp4")
    assert (bergambar_kecil(bukti), ikon_bukti(bukti)) == (False, "file-earmark-play")
    assert ambil(client, kantor.anggota, "gambar_kecil", bukti).status_code == 404


def test_a_film_is_shown_beside_the_requirement_and_may_be_asked_for_in_parts(
    kantor: Kantor, client: Client
) -> None:
    bukti = serahkan(kantor, korpus.mp4(), "a.mp4")
    client.force_login(kantor.tpi)
    halaman = client.get(reverse("reviu", args=[bukti.submissions.get().pk])).content.decode()
    alamat = reverse("lihat_bukti", args=[bukti.pk])
    assert f'<video controls preload="metadata" src="{alamat}"' in halaman
    response = client.get(alamat, headers={"Range": "bytes=4-7"})
    assert (response.status_code, response["Content-Type"], response.getvalue()) == (
        206,
        "video/mp4",
        b"ftyp",
    )


def test_a_list_shows_no_thumbnail_of_what_is_rahasia(kantor: Kantor) -> None:
    biasa = terima(kantor.satker, kantor.anggota, berkas.pdf())
    rahasia = terima(kantor.satker, kantor.anggota, berkas.pdf(), rahasia=True)
    assert (bergambar_kecil(biasa), bergambar_kecil(rahasia)) == (True, False)
