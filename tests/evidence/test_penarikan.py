"""A wrong piece is withdrawn and stays on record; personal data are erased by two people and leave a tombstone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Peran, User
from evidence import vault
from evidence.intake import describe, keep_file, receive_link
from evidence.models import BerkasTersimpan, Evidence, IsiTeks, PembukaanRahasia, Penarikan, Penghapusan
from evidence.penarikan import withdraw_piece
from evidence.penghapusan import agree_to_erasure, ask_erasure, call_off_erasure
from evidence.services import add_to_draft, open_draft, put_in_draft, send
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.factories import (
    make_draft,
    make_member,
    make_review,
    make_sent,
    make_slot,
    make_tautan,
    make_user,
    wib,
)

JUNI = wib(2025, 6, 20)


def dalam_draf(kantor: Kantor, *, rahasia: bool = False) -> Evidence:
    kosong = describe(kantor.satker, "Laporan", JUNI.date(), kantor.anggota, rahasia, None)
    piece = keep_file(kosong, ContentFile(berkas.pdf(), name="laporan.pdf"))
    return add_to_draft(slot=kantor.slot, evidence=piece, by=kantor.anggota)


@pytest.fixture
def ketua(kantor: Kantor) -> User:
    return make_member(kantor.satker, Peran.KETUA_TIM)


@pytest.fixture
def sekretaris(kantor: Kantor) -> User:
    return make_member(kantor.satker, Peran.SEKRETARIS)


# --- Withdrawing ---


def test_a_withdrawn_piece_leaves_the_draft_and_stays_on_record(kantor: Kantor) -> None:
    piece = dalam_draf(kantor)
    withdraw_piece(evidence=piece, by=kantor.anggota, alasan="  Salah   berkas ", at=JUNI)
    assert Penarikan.objects.get(evidence=piece).alasan == "Salah berkas"
    assert not piece.dipakai.exists()
    assert vault.exists(piece.berkas.name)


def test_withdrawing_twice_is_done_once(kantor: Kantor) -> None:
    piece = dalam_draf(kantor)
    pertama = withdraw_piece(evidence=piece, by=kantor.anggota, alasan="Salah berkas")
    assert withdraw_piece(evidence=piece, by=kantor.anggota, alasan="Lain") == pertama


def test_a_withdrawn_piece_is_handed_in_no_more(kantor: Kantor) -> None:
    piece = dalam_draf(kantor)
    withdraw_piece(evidence=piece, by=kantor.anggota, alasan="Salah berkas")
    lain = open_draft(slot=make_slot(kantor.rencana), by=kantor.anggota)
    with pytest.raises(ValidationError, match="sudah ditarik"):
        put_in_draft(submission=lain, evidence=[piece], by=kantor.anggota)


def test_what_waits_for_tpi_is_taken_back_first(kantor: Kantor) -> None:
    piece = make_sent(kantor.slot, kantor.anggota, at=JUNI).evidence.get()
    with pytest.raises(ValidationError, match="sedang menunggu reviu"):
        withdraw_piece(evidence=piece, by=kantor.anggota, alasan="Salah berkas")


def test_a_decision_on_a_withdrawn_piece_stays(kantor: Kantor) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=JUNI)
    putusan = make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21))
    withdraw_piece(evidence=kiriman.evidence.get(), by=kantor.anggota, alasan="Salah berkas")
    assert list(kiriman.reviews.all()) == [putusan]
    assert kiriman.isi.count() == 1


@pytest.mark.parametrize("alasan", ["", "   ", "x" * 501])
def test_a_withdrawal_needs_a_reason_of_sensible_length(kantor: Kantor, alasan: str) -> None:
    with pytest.raises(ValidationError):
        withdraw_piece(evidence=dalam_draf(kantor), by=kantor.anggota, alasan=alasan)


def test_others_do_not_withdraw(kantor: Kantor, sekretaris: User) -> None:
    piece = dalam_draf(kantor)
    lain_area = make_member(kantor.satker, area=(6,))
    for orang in (sekretaris, kantor.tpi, lain_area, make_user()):
        with pytest.raises(PermissionDenied):
            withdraw_piece(evidence=piece, by=orang, alasan="Salah berkas")


def test_an_unused_piece_is_withdrawn_by_its_uploader_or_ketua_tim(kantor: Kantor, ketua: User) -> None:
    for by in (kantor.anggota, ketua):
        piece = make_tautan(kantor.satker, kantor.anggota, tanggal=JUNI.date())
        assert withdraw_piece(evidence=piece, by=by, alasan="Salah").oleh == by


def test_the_page_tells_who_withdrew_it_and_why(kantor: Kantor, client: Client) -> None:
    piece = dalam_draf(kantor)
    client.force_login(kantor.anggota)
    response = client.post(reverse("tarik_bukti", args=[piece.pk]), {"alasan": "Salah berkas"}, follow=True)
    assert "Bukti ditarik." in response.content.decode()
    assert f"oleh {kantor.anggota.nama}" in response.content.decode()
    assert "Salah berkas" in response.content.decode()


def test_an_empty_reason_is_asked_for_in_words(kantor: Kantor, client: Client) -> None:
    client.force_login(kantor.anggota)
    response = client.post(reverse("tarik_bukti", args=[dalam_draf(kantor).pk]), {"alasan": " "})
    assert "Tulis alasan menarik bukti ini" in response.content.decode()


# --- Erasing by law ---


def test_one_asks_the_other_agrees_and_the_bytes_go(
    kantor: Kantor, ketua: User, sekretaris: User, django_capture_on_commit_callbacks: object
) -> None:
    piece = dalam_draf(kantor)
    IsiTeks.objects.create(simpanan=piece.simpanan, teks="nama pelapor")
    ask_erasure(evidence=piece, by=sekretaris, dasar="Permintaan pemilik data")
    assert vault.exists(piece.berkas.name)
    with django_capture_on_commit_callbacks(execute=True):
        agree_to_erasure(evidence=piece, by=ketua)
    nisan = Penghapusan.objects.get()
    assert (nisan.sha256, nisan.diminta_oleh, nisan.disetujui_oleh) == (piece.sha256, sekretaris, ketua)
    assert not vault.exists(piece.berkas.name)
    assert not IsiTeks.objects.exists()
    assert BerkasTersimpan.objects.get().dihapus_pada


def test_nobody_agrees_to_what_they_asked_for(kantor: Kantor) -> None:
    keduanya = make_member(kantor.satker, Peran.KETUA_TIM)
    make_member(kantor.satker, Peran.SEKRETARIS, user=keduanya)
    piece = dalam_draf(kantor)
    ask_erasure(evidence=piece, by=keduanya, dasar="Permintaan")
    with pytest.raises(PermissionDenied, match="orang lain"):
        agree_to_erasure(evidence=piece, by=keduanya)


def test_two_of_the_same_role_are_not_both_halves(kantor: Kantor, ketua: User) -> None:
    piece = dalam_draf(kantor)
    ask_erasure(evidence=piece, by=ketua, dasar="Permintaan")
    with pytest.raises(PermissionDenied, match="Sekretaris"):
        agree_to_erasure(evidence=piece, by=make_member(kantor.satker, Peran.KETUA_TIM))


def test_anggota_and_tpi_do_not_ask(kantor: Kantor) -> None:
    piece = dalam_draf(kantor)
    for orang in (kantor.anggota, kantor.tpi):
        with pytest.raises(PermissionDenied):
            ask_erasure(evidence=piece, by=orang, dasar="Permintaan")


def test_asking_twice_asks_once(kantor: Kantor, ketua: User, sekretaris: User) -> None:
    piece = dalam_draf(kantor)
    assert ask_erasure(evidence=piece, by=ketua, dasar="A") == ask_erasure(
        evidence=piece, by=sekretaris, dasar="B"
    )


def test_a_request_called_off_can_be_made_again(kantor: Kantor, ketua: User, sekretaris: User) -> None:
    piece = dalam_draf(kantor)
    ask_erasure(evidence=piece, by=ketua, dasar="A")
    call_off_erasure(evidence=piece, by=sekretaris)
    assert ask_erasure(evidence=piece, by=ketua, dasar="B").dasar == "B"


def test_a_link_has_no_bytes_to_erase(kantor: Kantor, ketua: User) -> None:
    piece = make_tautan(kantor.satker, kantor.anggota, tanggal=JUNI.date())
    with pytest.raises(ValidationError, match="Tautan tidak menyimpan berkas"):
        ask_erasure(evidence=piece, by=ketua, dasar="A")


def test_the_database_refuses_an_erasure_by_one_person(kantor: Kantor, ketua: User) -> None:
    piece = dalam_draf(kantor)
    permintaan = ask_erasure(evidence=piece, by=ketua, dasar="A")
    sendiri = {"disetujui_oleh": ketua, "disetujui_sebagai": "sekretaris", "disetujui_pada": JUNI}
    with pytest.raises(IntegrityError), transaction.atomic():
        Penghapusan.objects.filter(pk=permintaan.pk).update(**sendiri)


def test_an_erased_file_is_neither_sent_nor_served(
    kantor: Kantor, ketua: User, sekretaris: User, client: Client
) -> None:
    piece = dalam_draf(kantor)
    ask_erasure(evidence=piece, by=ketua, dasar="A")
    agree_to_erasure(evidence=piece, by=sekretaris)
    with pytest.raises(ValidationError, match="dihapus atas dasar hukum"):
        send(submission=piece.submissions.get(), by=kantor.anggota)
    client.force_login(kantor.anggota)
    assert client.get(reverse("unduh_bukti", args=[piece.pk])).status_code == 410


def test_the_page_of_a_piece_leads_two_people_through(
    kantor: Kantor, ketua: User, sekretaris: User, client: Client
) -> None:
    piece = dalam_draf(kantor)
    client.force_login(ketua)
    client.post(reverse("hapus_bukti", args=[piece.pk]), {"dasar": "Permintaan pemilik data"})
    halaman = client.get(reverse("bukti", args=[piece.pk])).content.decode()
    assert "menunggu persetujuan" in halaman
    assert reverse("setujui_hapus", args=[piece.pk]) not in halaman
    client.force_login(sekretaris)
    response = client.post(reverse("setujui_hapus", args=[piece.pk]), {"mengerti": "on"}, follow=True)
    assert "Berkas dihapus atas dasar hukum" in response.content.decode()


# --- The receipt and the log ---


def test_the_receipt_says_number_time_size_and_hash(kantor: Kantor, client: Client) -> None:
    piece = dalam_draf(kantor)
    client.force_login(kantor.anggota)
    halaman = client.get(reverse("tanda_terima", args=[piece.pk])).content.decode()
    assert f"{kantor.satker.kode}-000001" in halaman
    assert piece.sha256 in halaman
    assert f"{piece.ukuran:,}".replace(",", ".") + " bita" in halaman
    assert " WIB" in halaman


def test_the_log_tells_who_opened_what_is_rahasia(kantor: Kantor, ketua: User, client: Client) -> None:
    piece = dalam_draf(kantor, rahasia=True)
    client.force_login(kantor.anggota)
    b"".join(client.get(reverse("unduh_bukti", args=[piece.pk])).streaming_content)
    client.force_login(ketua)
    halaman = client.get(reverse("pembukaan", args=[kantor.satker.kode])).content.decode()
    assert kantor.anggota.nama in halaman
    assert "Diunduh" in halaman


def test_the_pages_of_a_piece_ask_the_same_with_one_use_and_with_many(
    kantor: Kantor, client: Client, django_assert_num_queries: object
) -> None:
    client.force_login(kantor.anggota)
    piece = dalam_draf(kantor)
    alamat = reverse("bukti", args=[piece.pk])
    with django_assert_num_queries(16):
        client.get(alamat)
    for _ in range(3):
        lain = make_draft(make_slot(kantor.rencana), kantor.anggota, at=JUNI)
        put_in_draft(submission=lain, evidence=[piece], by=kantor.anggota)
    with django_assert_num_queries(16):
        client.get(alamat)


def test_the_log_asks_the_same_of_one_opening_and_of_many(
    kantor: Kantor, ketua: User, client: Client, django_assert_num_queries: object
) -> None:
    client.force_login(ketua)
    for jumlah in (1, 3):
        for _ in range(jumlah):
            piece = receive_link(
                tautan="https://contoh.go.id/a",
                satker=kantor.satker,
                judul="Rahasia",
                rahasia=True,
                tanggal_dokumen=JUNI.date(),
                by=kantor.anggota,
            )
            PembukaanRahasia.objects.create(
                evidence=piece, oleh=make_member(kantor.satker), pada=JUNI, cara="unduh"
            )
        with django_assert_num_queries(7):
            client.get(reverse("pembukaan", args=[kantor.satker.kode]))
