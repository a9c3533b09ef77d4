"""A PDF copy of a link: attached by hand, seen by whoever sees the link, shown where the link is shown."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Peran, User
from evidence.intake import receive_file, receive_link
from evidence.models import Evidence, PembukaanRahasia
from evidence.penarikan import withdraw_piece
from evidence.pustaka import twins_of
from evidence.salinan import attach_copy
from evidence.services import open_draft, put_in_draft, send
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.factories import make_member, make_satker, make_slot, wib

JUNI, JULI = wib(2025, 6, 20), wib(2025, 7, 3, 9, 30)
DITERIMA = "3 Juli 2025, 09.30 WIB"


def tautan(kantor: Kantor, *, rahasia: bool = False, lepas: bool = False) -> Evidence:
    """Sent for the slot, unless it lies loose."""
    piece = receive_link(
        satker=kantor.satker,
        tautan="https://contoh.go.id/laporan",
        judul="Halaman laporan",
        tanggal_dokumen=JUNI.date(),
        by=kantor.anggota,
        rahasia=rahasia,
        at=JUNI,
    )
    if not lepas:
        draf = open_draft(slot=kantor.slot, by=kantor.anggota, at=JUNI)
        put_in_draft(submission=draf, evidence=[piece], by=kantor.anggota)
        send(submission=draf, by=kantor.anggota, at=JUNI)
    return piece


def salin(asal: Evidence, by: User, teks: str = "Isi halaman", *, at: dt.datetime = JULI) -> Evidence:
    return attach_copy(tautan=asal, upload=berkas.unggahan(berkas.pdf(tanda=teks)), by=by, at=at)


def unggah(client: Client, asal: Evidence, upload: SimpleUploadedFile | None) -> str:
    """The page that the person comes back to."""
    data = {"berkas": upload} if upload else {}
    response = client.post(reverse("salinan_tautan", args=[asal.pk]), data, follow=True)
    assert response.redirect_chain == [(reverse("bukti", args=[asal.pk]), 302)]
    return response.content.decode()


@pytest.fixture
def masuk(kantor: Kantor, client: Client) -> Client:
    client.force_login(kantor.anggota)
    return client


# --- Taking it in ---


def test_a_copy_is_a_piece_with_a_receipt_of_its_own(kantor: Kantor) -> None:
    asal = tautan(kantor)
    salinan = salin(asal, kantor.anggota)
    assert (salinan.salinan_dari, salinan.nomor, salinan.judul, salinan.tanggal_dokumen) == (
        asal,
        asal.nomor + 1,
        "Salinan PDF: Halaman laporan",
        dt.date(2025, 6, 20),
    )
    assert salinan.diunggah_pada == JULI


def test_handed_in_again_is_the_link_and_not_its_copy(kantor: Kantor, masuk: Client) -> None:
    salinan = salin(tautan(kantor), kantor.anggota)
    lain = make_slot(kantor.rencana)
    alamat = reverse("pustaka_slot", args=[lain.pk])
    isi = masuk.get(alamat).content.decode()
    kotak = [f'name="bukti" value="{pk}"' in isi for pk in (salinan.salinan_dari_id, salinan.pk)]
    assert kotak == [True, False]
    assert "Pilih bukti yang akan dipakai" in masuk.post(alamat, {"bukti": salinan.pk}).content.decode()
    assert not lain.submissions.exists()


def test_the_copy_of_a_link_is_no_twin_of_an_upload(kantor: Kantor) -> None:
    salinan = salin(tautan(kantor), kantor.anggota)
    sama = berkas.unggahan(berkas.pdf(tanda="Isi halaman"))
    baru = receive_file(
        satker=kantor.satker, upload=sama, judul="Laporan", tanggal_dokumen=JUNI.date(), by=kantor.anggota
    )
    assert baru.sha256 == salinan.sha256
    assert twins_of([baru], make_slot(kantor.rencana), kantor.anggota) == []


def test_the_library_finds_the_copy_and_names_its_link(kantor: Kantor, masuk: Client) -> None:
    asal = tautan(kantor)
    salinan = salin(asal, kantor.anggota)
    isi = masuk.get(reverse("pustaka", args=[kantor.satker.kode])).content.decode()
    assert reverse("bukti", args=[salinan.pk]) in isi
    assert f'Salinan dari tautan <a href="{reverse("bukti", args=[asal.pk])}">Halaman laporan</a>' in isi


def test_the_page_of_the_link_takes_it_and_shows_its_receipt(kantor: Kantor, masuk: Client) -> None:
    asal = tautan(kantor)
    isi = unggah(masuk, asal, berkas.unggahan(berkas.pdf(), "Cetakan.pdf"))
    salinan = Evidence.objects.get(salinan_dari=asal)
    assert f"nomor tanda terima {kantor.satker.kode}-{salinan.nomor:06d}" in isi
    assert reverse("lihat_bukti", args=[salinan.pk]) in isi


@pytest.mark.parametrize(
    ("upload", "pesan"),
    [
        (lambda: berkas.unggahan(berkas.gambar(), "layar.jpg"), "Salinan tautan harus berupa PDF."),
        (lambda: berkas.unggahan(b"MZ program", "a.pdf"), "Salinan tautan harus berupa PDF."),
        (lambda: berkas.unggahan(b"%PDF-1.4 rusak", "a.pdf"), "PDF ini rusak"),
        (lambda: berkas.unggahan(b"", "a.pdf"), "Berkas ini kosong"),
        (lambda: None, "Pilih PDF salinannya dahulu."),
    ],
    ids=["gambar", "program", "rusak", "kosong", "tanpa"],
)
def test_what_is_no_pdf_is_refused_in_words(
    kantor: Kantor, masuk: Client, upload: object, pesan: str
) -> None:
    asal = tautan(kantor)
    assert pesan in unggah(masuk, asal, upload())
    assert not Evidence.objects.filter(salinan_dari=asal).exists()


def test_the_same_pdf_twice_is_one_copy(kantor: Kantor) -> None:
    asal = tautan(kantor)
    assert salin(asal, kantor.anggota) == salin(asal, kantor.anggota)


def test_newer_copies_stand_before_older_ones(kantor: Kantor, masuk: Client) -> None:
    asal = tautan(kantor)
    lama = salin(asal, kantor.anggota, "Lama")
    baru = salin(asal, kantor.anggota, "Baru", at=wib(2025, 8, 1))
    isi = masuk.get(reverse("bukti", args=[asal.pk])).content.decode()
    assert isi.index(reverse("lihat_bukti", args=[baru.pk])) < isi.index(
        reverse("lihat_bukti", args=[lama.pk])
    )


def test_a_file_has_no_copy(kantor: Kantor, masuk: Client) -> None:
    salinan = salin(tautan(kantor, lepas=True), kantor.anggota)
    with pytest.raises(ValidationError, match="Hanya tautan"):
        salin(salinan, kantor.anggota, "Lain")
    assert masuk.post(reverse("salinan_tautan", args=[salinan.pk])).status_code == 404


def test_a_withdrawn_link_takes_no_copy(kantor: Kantor, masuk: Client) -> None:
    asal = tautan(kantor, lepas=True)
    withdraw_piece(evidence=asal, by=kantor.anggota, alasan="Salah halaman.")
    with pytest.raises(ValidationError, match="sudah ditarik"):
        salin(asal, kantor.anggota)
    assert "Unggah salinan PDF" not in masuk.get(reverse("bukti", args=[asal.pk])).content.decode()


@pytest.mark.parametrize(
    ("peran", "area", "boleh"),
    [
        (Peran.ANGGOTA, (1,), True),
        (Peran.ANGGOTA, (2,), False),
        (Peran.KETUA_TIM, (), True),
        (Peran.SEKRETARIS, (), False),
        (Peran.TPI, (), False),
    ],
)
def test_who_hands_in_there_attaches_it(
    kantor: Kantor, client: Client, peran: str, area: tuple[int, ...], boleh: bool
) -> None:
    asal, orang = tautan(kantor), make_member(kantor.satker, peran, area=area)
    client.force_login(orang)
    halaman = client.get(reverse("bukti", args=[asal.pk])).content.decode()
    assert ("Unggah salinan PDF" in halaman) == boleh
    if boleh:
        assert salin(asal, orang).salinan_dari == asal
        return
    with pytest.raises(PermissionDenied):
        salin(asal, orang)


def test_another_office_finds_nothing(kantor: Kantor, client: Client) -> None:
    asal = tautan(kantor)
    client.force_login(make_member(make_satker(), Peran.KETUA_TIM))
    assert client.post(reverse("salinan_tautan", args=[asal.pk])).status_code == 404


# --- Who sees it ---


@pytest.mark.parametrize(
    ("peran", "area", "rahasia", "status"),
    [
        (Peran.PIMPINAN, (), False, 200),
        (Peran.TPI, (), False, 200),
        (Peran.ANGGOTA, (2,), False, 200),
        (Peran.PIMPINAN, (), True, 404),
        (Peran.ANGGOTA, (2,), True, 404),
        (Peran.TPI, (), True, 200),
        (Peran.SEKRETARIS, (), True, 200),
    ],
)
def test_a_copy_is_seen_by_whoever_sees_the_link(
    kantor: Kantor, client: Client, peran: str, area: tuple[int, ...], rahasia: bool, status: int
) -> None:
    asal = tautan(kantor, rahasia=rahasia)
    salinan = salin(asal, kantor.anggota)
    client.force_login(make_member(kantor.satker, peran, area=area))
    for piece in (asal, salinan):
        assert client.get(reverse("bukti", args=[piece.pk])).status_code == status
    assert client.get(reverse("lihat_bukti", args=[salinan.pk])).status_code == status


def test_who_brought_a_copy_loses_it_with_the_link(kantor: Kantor, client: Client) -> None:
    asal, pindah = tautan(kantor, rahasia=True), make_member(kantor.satker, area=(1,))
    salinan = salin(asal, pindah)
    pindah.memberships.update(area=frozenset({2}))
    client.force_login(pindah)
    assert client.get(reverse("bukti", args=[salinan.pk])).status_code == 404


def test_opening_the_copy_of_what_is_rahasia_is_logged(kantor: Kantor, client: Client) -> None:
    salinan = salin(tautan(kantor, rahasia=True), kantor.anggota)
    client.force_login(kantor.tpi)
    client.get(reverse("lihat_bukti", args=[salinan.pk]))
    assert PembukaanRahasia.objects.get().evidence == salinan


# --- Where it is shown ---


def test_tpi_sees_it_beside_the_requirement(kantor: Kantor, client: Client) -> None:
    asal = tautan(kantor)
    client.force_login(kantor.tpi)
    alamat = reverse("reviu", args=[asal.submissions.get().pk])
    assert "Salinan PDF tautan ini" not in client.get(alamat).content.decode()
    salinan = salin(asal, kantor.anggota)
    isi = client.get(alamat).content.decode()
    assert "Salinan PDF tautan ini" in isi
    assert DITERIMA in isi
    assert f'<iframe src="{reverse("lihat_bukti", args=[salinan.pk])}' in isi
    assert "Buka tautan" in isi


@pytest.mark.parametrize("halaman", ["slot", "pustaka"])
def test_lists_show_it_under_the_link(kantor: Kantor, masuk: Client, halaman: str) -> None:
    asal = tautan(kantor)
    salin(asal, kantor.anggota)
    args = [kantor.slot.pk] if halaman == "slot" else [kantor.satker.kode]
    isi = masuk.get(reverse(halaman, args=args)).content.decode()
    assert "Salinan PDF tautan ini" in isi
    assert DITERIMA in isi


def test_a_withdrawn_copy_gives_way_to_the_one_before(kantor: Kantor, masuk: Client) -> None:
    asal = tautan(kantor)
    lama = salin(asal, kantor.anggota, "Lama")
    salah = salin(asal, kantor.anggota, "Salah", at=wib(2025, 8, 1))
    withdraw_piece(evidence=salah, by=kantor.anggota, alasan="Bukan halaman itu.")
    isi = masuk.get(reverse("slot", args=[kantor.slot.pk])).content.decode()
    assert reverse("lihat_bukti", args=[lama.pk]) in isi
    assert reverse("lihat_bukti", args=[salah.pk]) not in isi
