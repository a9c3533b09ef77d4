"""Erasure by law reaches the PDFs made of a photo, and the title where that is asked for."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Peran, User
from evidence import vault
from evidence.foto import combine
from evidence.models import BerkasTersimpan, Evidence, Penghapusan, Submission
from evidence.penarikan import withdraw_piece
from evidence.penghapusan import agree_to_erasure, ask_erasure, call_off_erasure
from evidence.pustaka import Pustaka, Saringan
from evidence.services import open_draft, put_in_draft, send
from monev.paket import Saringan as SaringanPaket
from monev.paket import build_paket
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.evidence.test_intake import HARI, KAPAN, terima
from tests.factories import make_member, make_satker, make_slot

DASAR = "Permintaan pemilik data"
KUERI_HALAMAN = 14
SETUJU = {"mengerti": "on"}


@pytest.fixture
def ketua(kantor: Kantor) -> User:
    return make_member(kantor.satker, Peran.KETUA_TIM)


@pytest.fixture
def sekretaris(kantor: Kantor) -> User:
    return make_member(kantor.satker, Peran.SEKRETARIS)


@pytest.fixture
def draf(kantor: Kantor) -> Submission:
    return open_draft(slot=kantor.slot, by=kantor.anggota, at=KAPAN)


def foto(kantor: Kantor, draf: Submission, nama: str) -> Evidence:
    gambar = berkas.gambar("JPEG", (40 + len(nama), 30))
    piece = terima(kantor.satker, kantor.anggota, gambar, f"{nama}.jpg")
    put_in_draft(submission=draf, evidence=[piece], by=kantor.anggota)
    return piece


def jadikan(kantor: Kantor, draf: Submission, *photos: Evidence, judul: str = "Dokumentasi") -> Evidence:
    put_in_draft(submission=draf, evidence=photos, by=kantor.anggota)
    return combine(submission=draf, photos=photos, judul=judul, by=kantor.anggota, at=KAPAN)


def ada(piece: Evidence) -> bool:
    return vault.exists(piece.simpanan.nama)


def isi_halaman(client: Client, nama: str, *args: object) -> str:
    return client.get(reverse(nama, args=args)).content.decode()


# --- PDFs made of a photo ---


def test_erasing_a_photo_erases_the_pdfs_that_show_it_in_the_same_act(
    kantor: Kantor,
    draf: Submission,
    ketua: User,
    sekretaris: User,
    django_capture_on_commit_callbacks: object,
) -> None:
    satu, dua = foto(kantor, draf, "satu"), foto(kantor, draf, "kedua")
    bersama, sendiri = jadikan(kantor, draf, satu, dua), jadikan(kantor, draf, dua, judul="Kedua saja")
    with django_capture_on_commit_callbacks(execute=True):
        ask_erasure(evidence=satu, by=ketua, dasar=DASAR)
        agree_to_erasure(evidence=satu, by=sekretaris)
    assert [ada(e) for e in (satu, bersama, dua, sendiri)] == [False, False, True, True]
    nisan = Penghapusan.objects.order_by("pk")
    assert [n.sha256 for n in nisan] == [satu.sha256, bersama.sha256]
    assert {(n.diminta_oleh, n.disetujui_oleh, n.dasar) for n in nisan} == {(ketua, sekretaris, DASAR)}


def test_nothing_goes_before_both_have_said_yes(kantor: Kantor, draf: Submission, ketua: User) -> None:
    satu = foto(kantor, draf, "satu")
    pdf = jadikan(kantor, draf, satu)
    ask_erasure(evidence=satu, by=ketua, dasar=DASAR)
    with pytest.raises(PermissionDenied):
        agree_to_erasure(evidence=pdf, by=ketua)
    assert ada(satu)
    assert ada(pdf)
    assert not Penghapusan.objects.exclude(disetujui_pada=None).exists()


def test_the_other_agrees_from_the_page_of_the_pdf_as_well(
    kantor: Kantor, draf: Submission, ketua: User, sekretaris: User
) -> None:
    satu = foto(kantor, draf, "satu")
    pdf = jadikan(kantor, draf, satu)
    ask_erasure(evidence=satu, by=ketua, dasar=DASAR)
    agree_to_erasure(evidence=pdf, by=sekretaris)
    assert BerkasTersimpan.objects.filter(dihapus_pada=None).count() == 0


def test_called_off_all_of_it_is_called_off(
    kantor: Kantor, draf: Submission, ketua: User, sekretaris: User
) -> None:
    satu = foto(kantor, draf, "satu")
    pdf = jadikan(kantor, draf, satu)
    ask_erasure(evidence=satu, by=ketua, dasar=DASAR)
    call_off_erasure(evidence=pdf, by=sekretaris)
    assert Penghapusan.objects.filter(dibatalkan_pada=None).count() == 0
    ask_erasure(evidence=satu, by=sekretaris, dasar="Lagi")
    assert Penghapusan.objects.filter(dibatalkan_pada=None).count() == 2


def test_a_pdf_made_after_the_request_is_not_erased_unseen(
    kantor: Kantor, draf: Submission, ketua: User, sekretaris: User
) -> None:
    satu = foto(kantor, draf, "satu")
    ask_erasure(evidence=satu, by=ketua, dasar=DASAR)
    pdf = jadikan(kantor, draf, satu)
    with pytest.raises(ValidationError, match="ada PDF baru"):
        agree_to_erasure(evidence=satu, by=sekretaris)
    assert ada(satu)
    assert ada(pdf)


def test_a_pdf_already_asked_for_by_itself_is_named(kantor: Kantor, draf: Submission, ketua: User) -> None:
    satu = foto(kantor, draf, "satu")
    ask_erasure(evidence=jadikan(kantor, draf, satu), by=ketua, dasar=DASAR)
    with pytest.raises(ValidationError, match="Dokumentasi, sudah diminta sendiri"):
        ask_erasure(evidence=satu, by=ketua, dasar=DASAR)
    assert Penghapusan.objects.count() == 1


def test_a_pdf_that_is_gone_already_is_not_asked_for_again(
    kantor: Kantor, draf: Submission, ketua: User, sekretaris: User
) -> None:
    satu = foto(kantor, draf, "satu")
    pdf = jadikan(kantor, draf, satu)
    ask_erasure(evidence=pdf, by=ketua, dasar=DASAR)
    agree_to_erasure(evidence=pdf, by=sekretaris)
    ask_erasure(evidence=satu, by=ketua, dasar=DASAR)
    agree_to_erasure(evidence=satu, by=sekretaris)
    assert Penghapusan.objects.filter(bersama=None).count() == 2


def test_the_page_names_the_pdfs_before_anybody_asks(
    kantor: Kantor, draf: Submission, ketua: User, client: Client
) -> None:
    satu, dua = foto(kantor, draf, "satu"), foto(kantor, draf, "kedua")
    pdf = jadikan(kantor, draf, satu)
    client.force_login(ketua)
    halaman = isi_halaman(client, "hapus_bukti", satu.pk)
    assert "Foto ini masih terlihat dalam PDF" in halaman
    assert reverse("bukti", args=[pdf.pk]) in halaman
    assert "masih terlihat" not in isi_halaman(client, "hapus_bukti", dua.pk)
    assert "dibuat dari foto yang tetap tersimpan" in isi_halaman(client, "hapus_bukti", pdf.pk)


def test_who_agrees_sees_the_whole_list(
    kantor: Kantor, draf: Submission, ketua: User, sekretaris: User, client: Client
) -> None:
    satu = foto(kantor, draf, "satu")
    pdf = jadikan(kantor, draf, satu)
    client.force_login(ketua)
    client.post(reverse("hapus_bukti", args=[satu.pk]), {"dasar": DASAR})
    client.force_login(sekretaris)
    halaman = isi_halaman(client, "bukti", pdf.pk)
    assert "Dihapus bersama" in halaman
    assert f"{kantor.satker.kode}-{satu.nomor:06d}" in halaman
    assert "Setujui dan hapus semuanya" in halaman
    assert reverse("bukti", args=[satu.pk]) in halaman
    response = client.post(reverse("setujui_hapus", args=[pdf.pk]), SETUJU, follow=True)
    assert "Terhapus bersama" in response.content.decode()


def test_the_list_names_every_piece_of_the_same_file_and_where_it_is_used(
    kantor: Kantor, draf: Submission, ketua: User, sekretaris: User, client: Client
) -> None:
    isi = berkas.gambar("JPEG", (44, 30))
    satu = terima(kantor.satker, kantor.anggota, isi, "satu.jpg")
    put_in_draft(submission=draf, evidence=[satu], by=kantor.anggota)
    lain = make_slot(kantor.rencana)
    kembar = terima(kantor.satker, kantor.anggota, isi, "x.jpg", judul="Kembarannya")
    put_in_draft(submission=open_draft(slot=lain, by=kantor.anggota), evidence=[kembar], by=kantor.anggota)
    lepas = terima(kantor.satker, kantor.anggota, isi, "y.jpg", judul="Yang lepas")
    assert satu.simpanan == kembar.simpanan == lepas.simpanan
    client.force_login(ketua)
    sebelum = isi_halaman(client, "hapus_bukti", satu.pk)
    ask_erasure(evidence=satu, by=ketua, dasar=DASAR)
    client.force_login(sekretaris)
    daftar = isi_halaman(client, "bukti", satu.pk).partition("Dihapus bersama")[2].partition("SHA-256")[0]
    for piece in (kembar, lepas):
        nomor = f"{kantor.satker.kode}-{piece.nomor:06d}"
        assert f"{piece.judul}, {nomor}" in sebelum
        assert f'<a href="{reverse("bukti", args=[piece.pk])}">{piece.judul}</a>, {nomor}' in daftar
    assert daftar.count("<li>") == 4  # two pieces, each with one line that says where
    assert reverse("slot", args=[lain.pk]) in daftar.partition("Yang lepas")[0]
    assert "Tidak dipakai pada kiriman mana pun." in daftar.partition("Yang lepas")[2]


def test_the_list_asks_the_same_for_one_piece_and_for_many(
    kantor: Kantor, draf: Submission, ketua: User, client: Client, django_assert_num_queries: object
) -> None:
    isi = berkas.gambar("JPEG", (44, 30))
    satu = terima(kantor.satker, kantor.anggota, isi, "satu.jpg")
    jadikan(kantor, draf, satu)
    ask_erasure(evidence=satu, by=ketua, dasar=DASAR)
    client.force_login(ketua)
    isi_halaman(client, "bukti", satu.pk)
    for _ in range(2):
        with django_assert_num_queries(KUERI_HALAMAN):  # type: ignore[operator]
            isi_halaman(client, "bukti", satu.pk)
        for n in range(3):
            kembar = terima(kantor.satker, kantor.anggota, isi, f"{n}.jpg")
            lain = open_draft(slot=make_slot(kantor.rencana), by=kantor.anggota)
            put_in_draft(submission=lain, evidence=[kembar], by=kantor.anggota)


def test_one_press_alone_erases_nothing(
    kantor: Kantor, draf: Submission, ketua: User, sekretaris: User, client: Client
) -> None:
    satu = foto(kantor, draf, "satu")
    ask_erasure(evidence=satu, by=ketua, dasar=DASAR)
    client.force_login(sekretaris)
    assert 'name="mengerti" id="id_mengerti" required' in isi_halaman(client, "bukti", satu.pk)
    response = client.post(reverse("setujui_hapus", args=[satu.pk]), follow=True)
    assert "Belum ada yang dihapus. Centang Saya mengerti" in response.content.decode()
    assert not Penghapusan.objects.exclude(disetujui_pada=None).exists()
    client.post(reverse("setujui_hapus", args=[satu.pk]), SETUJU)
    assert Penghapusan.objects.get().disetujui_oleh == sekretaris


# --- Who sees what is to be erased ---


@pytest.fixture
def lepas(kantor: Kantor) -> Evidence:
    """In no submission."""
    return terima(kantor.satker, kantor.anggota, berkas.pdf())


def status(client: Client, piece: Evidence, orang: User) -> int:
    client.force_login(orang)
    return client.get(reverse("bukti", args=[piece.pk])).status_code


def test_the_sekretaris_finds_a_loose_piece_once_its_erasure_is_asked_for_and_agrees(
    lepas: Evidence, ketua: User, sekretaris: User, client: Client
) -> None:
    assert status(client, lepas, sekretaris) == 404
    ask_erasure(evidence=lepas, by=ketua, dasar=DASAR)
    assert status(client, lepas, sekretaris) == 200
    response = client.post(reverse("setujui_hapus", args=[lepas.pk]), SETUJU, follow=True)
    assert "Berkas dihapus atas dasar hukum" in response.content.decode()


def test_a_withdrawn_piece_is_found_by_both_too(
    kantor: Kantor, lepas: Evidence, ketua: User, sekretaris: User, client: Client
) -> None:
    withdraw_piece(evidence=lepas, by=kantor.anggota, alasan="Salah berkas")
    ask_erasure(evidence=lepas, by=ketua, dasar=DASAR)
    assert [status(client, lepas, orang) for orang in (ketua, sekretaris)] == [200, 200]


def test_nobody_else_finds_it(kantor: Kantor, lepas: Evidence, ketua: User, client: Client) -> None:
    ask_erasure(evidence=lepas, by=ketua, dasar=DASAR)
    sini = [make_member(kantor.satker, peran) for peran in (Peran.PIMPINAN, Peran.ANGGOTA)]
    sana = make_satker()
    sebelah = [make_member(sana, peran) for peran in (Peran.KETUA_TIM, Peran.SEKRETARIS)]
    orang = [*sini, kantor.tpi, *sebelah]
    assert [status(client, lepas, satu) for satu in orang] == [404] * len(orang)


def test_called_off_it_is_the_sekretaris_s_no_more(
    lepas: Evidence, ketua: User, sekretaris: User, client: Client
) -> None:
    ask_erasure(evidence=lepas, by=ketua, dasar=DASAR)
    client.force_login(sekretaris)
    response = client.post(reverse("batal_hapus", args=[lepas.pk]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("pustaka", args=[lepas.satker.kode])
    assert "Permintaan penghapusan dibatalkan." in response.content.decode()
    assert status(client, lepas, sekretaris) == 404


def test_another_loose_piece_stays_hidden(
    kantor: Kantor, lepas: Evidence, ketua: User, sekretaris: User
) -> None:
    ask_erasure(evidence=lepas, by=ketua, dasar=DASAR)
    terima(kantor.satker, kantor.anggota, berkas.gambar())
    assert list(Evidence.objects.visible_to(sekretaris)) == [lepas]


# --- The title ---


def terhapus(kantor: Kantor, ketua: User, sekretaris: User, *, judul_juga: bool) -> Evidence:
    """Sent, then erased."""
    piece = terima(kantor.satker, kantor.anggota, berkas.pdf(), "Pengaduan Budi.pdf", judul="Pengaduan Budi")
    draf = open_draft(slot=kantor.slot, by=kantor.anggota, at=KAPAN)
    put_in_draft(submission=draf, evidence=[piece], by=kantor.anggota)
    send(submission=draf, by=kantor.anggota, at=KAPAN)
    ask_erasure(evidence=piece, by=ketua, dasar=DASAR, judul_juga=judul_juga)
    agree_to_erasure(evidence=piece, by=sekretaris)
    return Evidence.objects.get(pk=piece.pk)


def test_the_title_stays_unless_it_was_asked_for(kantor: Kantor, ketua: User, sekretaris: User) -> None:
    assert terhapus(kantor, ketua, sekretaris, judul_juga=False).judul == "Pengaduan Budi"


def test_the_title_and_the_name_of_the_file_go_with_the_bytes(
    kantor: Kantor, ketua: User, sekretaris: User
) -> None:
    piece = terhapus(kantor, ketua, sekretaris, judul_juga=True)
    assert (piece.judul, piece.nama_berkas) == ("[judul dihapus]", "[nama dihapus].pdf")


@pytest.mark.parametrize(
    "halaman", ["bukti", "tanda_terima", "slot", "pustaka", "hapus_bukti", "riwayat", "reviu"]
)
def test_no_page_tells_the_title(
    kantor: Kantor, ketua: User, sekretaris: User, client: Client, halaman: str
) -> None:
    piece = terhapus(kantor, ketua, sekretaris, judul_juga=True)
    args = {
        "slot": kantor.slot.pk,
        "pustaka": kantor.satker.kode,
        "riwayat": kantor.slot.tenggat.indikator_id,
        "reviu": piece.submissions.get().pk,
    }
    client.force_login(kantor.tpi if halaman == "reviu" else ketua)
    response = client.get(reverse(halaman, args=[args.get(halaman, piece.pk)]))
    assert response.status_code == 200
    assert "Budi" not in response.content.decode()
    assert "[judul dihapus]" in response.content.decode()


def test_the_search_and_the_package_know_it_no_more(kantor: Kantor, ketua: User, sekretaris: User) -> None:
    terhapus(kantor, ketua, sekretaris, judul_juga=True)
    assert not Pustaka(kantor.satker, ketua, Saringan(cari="budi")).halaman().butir
    assert Pustaka(kantor.satker, ketua, Saringan(cari="judul dihapus")).halaman().butir
    (isi,) = build_paket(kantor.rencana, SaringanPaket(), HARI).isi
    assert isi.judul == "[judul dihapus]"


def test_the_page_asks_whether_the_title_goes_too(kantor: Kantor, ketua: User, client: Client) -> None:
    piece = terima(kantor.satker, kantor.anggota, berkas.pdf())
    client.force_login(ketua)
    client.post(reverse("hapus_bukti", args=[piece.pk]), {"dasar": DASAR, "judul_juga": "on"})
    assert Penghapusan.objects.get().judul_juga
    assert "Judul dan nama berkas akan ikut dihapus" in isi_halaman(client, "bukti", piece.pk)


@pytest.mark.parametrize(
    "isian",
    [
        {"judul": "Lain", "nama_berkas": "[nama dihapus].pdf"},
        {"judul": "[judul dihapus]", "nama_berkas": "lain.pdf"},
        {"judul": "[judul dihapus]", "nama_berkas": "[nama dihapus].pdf", "tautan": "https://x.id"},
    ],
)
def test_the_database_lets_no_other_words_in(
    kantor: Kantor, ketua: User, sekretaris: User, isian: dict[str, str]
) -> None:
    piece = terhapus(kantor, ketua, sekretaris, judul_juga=False)
    with pytest.raises(IntegrityError, match="tidak dapat diubah"), transaction.atomic():
        Evidence.objects.filter(pk=piece.pk).update(**isian)


def test_the_title_of_a_file_that_is_there_stays(kantor: Kantor) -> None:
    piece = terima(kantor.satker, kantor.anggota, berkas.pdf())
    dihapus = {"judul": "[judul dihapus]", "nama_berkas": "[nama dihapus].pdf"}
    with pytest.raises(IntegrityError, match="tidak dapat diubah"), transaction.atomic():
        Evidence.objects.filter(pk=piece.pk).update(**dihapus)
