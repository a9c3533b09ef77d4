"""Photos of a draft become one PDF in their place."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from evidence.foto import combine
from evidence.models import AsalFoto, Evidence, Submission
from evidence.penarikan import withdraw_piece
from evidence.services import open_draft, put_in_draft, send
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.evidence.test_intake import HARI, KAPAN, terima
from tests.factories import make_slot, wib


def foto(kantor: Kantor, warna: str, **isian: object) -> Evidence:
    return terima(
        kantor.satker, kantor.anggota, berkas.gambar("JPEG", (40 + len(warna), 30)), f"{warna}.jpg", **isian
    )


def draf_berisi(kantor: Kantor, *bukti: Evidence) -> Submission:
    draf = open_draft(slot=kantor.slot, by=kantor.anggota, at=KAPAN)
    put_in_draft(submission=draf, evidence=bukti, by=kantor.anggota)
    return draf


def jadikan(draf: Submission, *photos: Evidence, judul: str = "Foto sosialisasi") -> Evidence:
    return combine(submission=draf, photos=photos, judul=judul, by=photos[0].diunggah_oleh, at=KAPAN)


def test_the_pdf_takes_the_place_of_the_photos_which_stay_on_record(kantor: Kantor) -> None:
    satu, dua = foto(kantor, "satu"), foto(kantor, "kedua")
    surat = terima(kantor.satker, kantor.anggota, berkas.pdf())
    draf = draf_berisi(kantor, satu, surat, dua)
    pdf = jadikan(draf, satu, dua)
    assert (pdf.tipe, pdf.nama_berkas, pdf.judul) == (
        "application/pdf",
        "Foto sosialisasi.pdf",
        "Foto sosialisasi",
    )
    assert set(draf.evidence.all()) == {surat, pdf}
    assert list(pdf.asal_foto.values_list("foto", "urutan")) == [(satu.pk, 1), (dua.pk, 2)]
    with satu.berkas.open() as file:
        assert file.read(3) == b"\xff\xd8\xff"


def test_pressed_twice_it_is_the_same_pdf(kantor: Kantor) -> None:
    satu, dua = foto(kantor, "satu"), foto(kantor, "kedua")
    draf = draf_berisi(kantor, satu, dua)
    assert jadikan(draf, satu, dua) == jadikan(draf, satu, dua)
    assert (AsalFoto.objects.count(), Evidence.objects.count()) == (2, 3)


def test_it_is_rahasia_and_as_late_as_the_photos(kantor: Kantor) -> None:
    satu = foto(kantor, "satu", tanggal_dokumen=HARI.replace(day=3))
    dua = foto(kantor, "kedua", rahasia=True, tanggal_dokumen=HARI.replace(day=9))
    pdf = jadikan(draf_berisi(kantor, satu, dua), satu, dua)
    assert (pdf.rahasia, pdf.tanggal_dokumen) == (True, HARI.replace(day=9))


def test_a_withdrawn_photo_is_not_used(kantor: Kantor) -> None:
    satu, dua = foto(kantor, "satu"), foto(kantor, "kedua")
    draf = draf_berisi(kantor, satu, dua)
    withdraw_piece(evidence=dua, by=kantor.anggota, alasan="Salah foto.")
    with pytest.raises(ValidationError):
        jadikan(draf, satu, dua)
    assert list(draf.evidence.all()) == [satu]


def test_what_was_sent_in_the_meantime_stays_as_it_was_sent(kantor: Kantor) -> None:
    satu, dua = foto(kantor, "satu"), foto(kantor, "kedua")
    draf = draf_berisi(kantor, satu, dua)
    send(submission=draf, by=kantor.anggota, at=wib(2025, 6, 20))
    with pytest.raises(ValidationError):
        jadikan(draf, satu, dua)
    assert set(draf.evidence.all()) == {satu, dua}
    assert not AsalFoto.objects.exists()


def kirim(client: Client, kantor: Kantor, draf: Submission, *photos: Evidence, judul: str = "Foto rapat"):
    client.force_login(kantor.anggota)
    isian = {"foto": [str(foto.pk) for foto in photos], "judul": judul}
    return client.post(reverse("jadikan_pdf", args=[draf.pk]), isian, follow=True)


def test_the_page_offers_it_and_does_it_without_script(kantor: Kantor, client: Client) -> None:
    satu, dua = foto(kantor, "satu"), foto(kantor, "kedua")
    surat = terima(kantor.satker, kantor.anggota, berkas.pdf())
    draf = draf_berisi(kantor, satu, dua, surat)
    client.force_login(kantor.anggota)
    halaman = client.get(reverse("unggah", args=[kantor.slot.pk])).content.decode()
    ditawarkan = [f'name="foto" value="{bukti.pk}"' in halaman for bukti in (satu, dua, surat)]
    assert ditawarkan == [True, True, False]
    halaman = kirim(client, kantor, draf, dua, satu).content.decode()
    assert "2 foto menjadi satu PDF: Foto rapat. Foto aslinya tetap tersimpan." in halaman
    assert "Jadikan satu PDF" not in halaman
    pdf = draf.evidence.exclude(pk=surat.pk).get()
    assert list(pdf.asal_foto.values_list("foto", flat=True)) == [satu.pk, dua.pk]
    assert "2 foto menjadi satu PDF" in kirim(client, kantor, draf, dua, satu).content.decode()
    assert Evidence.objects.count() == 4


@pytest.mark.parametrize(
    ("batas", "dicentang", "disebut"), [(2, [True, True, False], True), (3, [True] * 3, False)]
)
def test_no_more_are_ticked_than_fit_into_one_pdf(
    kantor: Kantor, client: Client, settings: Settings, batas: int, dicentang: list[bool], *, disebut: bool
) -> None:
    settings.BUKTI_MAKS_FOTO = batas
    photos = [foto(kantor, warna) for warna in ("satu", "kedua", "ketiga")]
    draf_berisi(kantor, *photos)
    client.force_login(kantor.anggota)
    halaman = client.get(reverse("unggah", args=[kantor.slot.pk])).content.decode()
    assert [f'id="jadikan-{f.pk}" checked' in halaman for f in photos] == dicentang
    assert (f"Paling banyak {batas} foto dalam satu PDF" in halaman) is disebut


@pytest.mark.parametrize(
    ("judul", "pilih", "pesan"),
    [
        ("  ", True, "Tulis isi dokumen, mis. Laporan evaluasi WBS triwulan II."),
        ("Foto rapat", False, "Pilih paling sedikit satu foto."),
    ],
)
def test_what_is_missing_is_said(kantor: Kantor, client: Client, judul: str, pilih: bool, pesan: str) -> None:
    satu, dua = foto(kantor, "satu"), foto(kantor, "kedua")
    draf = draf_berisi(kantor, satu, dua)
    assert pesan in kirim(client, kantor, draf, *([satu, dua] * pilih), judul=judul).content.decode()
    assert set(draf.evidence.all()) == {satu, dua}


def test_only_photos_of_this_draft_are_taken(kantor: Kantor, client: Client) -> None:
    satu, lepas = foto(kantor, "satu"), foto(kantor, "kedua")
    draf = draf_berisi(kantor, satu)
    lain = open_draft(slot=make_slot(kantor.rencana), by=kantor.anggota, at=KAPAN)
    put_in_draft(submission=lain, evidence=[lepas], by=kantor.anggota)
    halaman = kirim(client, kantor, draf, satu, lepas).content.decode()
    assert "1 foto menjadi satu PDF" in halaman
    assert list(lain.evidence.all()) == [lepas]
