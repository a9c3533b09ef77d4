"""The rules of rounds, each through its service."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Peran
from evidence.intake import describe, point_to
from evidence.models import Evidence, Review, Slot, Submission
from evidence.services import (
    add_to_draft,
    discard_draft,
    explain_dates,
    open_draft,
    put_in_draft,
    save_message,
    send,
    take_out_of_draft,
    withdraw,
)
from tests.evidence.conftest import Kantor
from tests.factories import (
    make_draft,
    make_member,
    make_review,
    make_satker,
    make_sent,
    make_slot,
    make_tautan,
    wib,
)

JUNI = dt.date(2025, 6, 20)


def kini(submission: Submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)


def test_a_sent_round_waits_and_is_frozen(kantor: Kantor) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    lain = make_tautan(kantor.satker, kantor.anggota, tanggal=JUNI)
    with pytest.raises(ValidationError, match="sudah dikirim"):
        put_in_draft(submission=kiriman, evidence=[lain], by=kantor.anggota)
    with pytest.raises(ValidationError, match="sudah dikirim"):
        take_out_of_draft(submission=kiriman, evidence=kiriman.evidence.get(), by=kantor.anggota)
    assert list(Submission.objects.waiting()) == [kiriman]


def test_sending_twice_sends_once(kantor: Kantor) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    with pytest.raises(ValidationError, match="sudah dikirim atau ditutup"):
        send(submission=kiriman, by=kantor.anggota)
    assert kini(kiriman).dikirim_pada == wib(2025, 6, 20)


def test_an_empty_draft_is_not_sent(kantor: Kantor) -> None:
    draf = open_draft(slot=kantor.slot, by=kantor.anggota)
    with pytest.raises(ValidationError, match="Belum ada bukti"):
        send(submission=draf, by=kantor.anggota)


def test_a_second_draft_is_the_first(kantor: Kantor) -> None:
    draf = open_draft(slot=kantor.slot, by=kantor.anggota)
    assert open_draft(slot=kantor.slot, by=make_member(kantor.satker)) == draf


def test_two_open_rounds_are_refused_by_the_database(kantor: Kantor) -> None:
    open_draft(slot=kantor.slot, by=kantor.anggota)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(
            kebutuhan=kantor.slot, putaran=2, dibuat_oleh=kantor.anggota, dibuat_pada=wib(2025, 6, 20)
        )


def test_nothing_is_begun_while_tpi_looks(kantor: Kantor) -> None:
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    with pytest.raises(ValidationError, match="masih menunggu reviu"):
        open_draft(slot=kantor.slot, by=kantor.anggota)


def test_a_withdrawn_round_comes_back_as_a_draft_with_all_it_held(kantor: Kantor) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    draf = withdraw(submission=kiriman, by=kantor.anggota)
    assert list(draf.evidence.all()) == list(kiriman.evidence.all())
    assert (kini(draf).pesan, kini(kiriman).ditarik_oleh) == (kiriman.pesan, kantor.anggota)
    assert not Submission.objects.waiting().exists()


def test_a_decided_round_is_not_withdrawn(kantor: Kantor) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21))
    with pytest.raises(ValidationError, match="Hanya kiriman yang menunggu reviu"):
        withdraw(submission=kiriman, by=kantor.anggota)


def test_perlu_perbaikan_must_be_answered(kantor: Kantor) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21), keputusan="perbaikan")
    draf = make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 22))
    with pytest.raises(ValidationError, match="Jawab catatan TPI"):
        send(submission=draf, by=kantor.anggota, pesan="  ")
    assert send(submission=draf, by=kantor.anggota, pesan="Sudah.").putaran == 2


def test_sesuai_is_reopened_only_with_a_reason(kantor: Kantor) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21))
    with pytest.raises(ValidationError, match="Tulis alasan"):
        open_draft(slot=kantor.slot, by=kantor.anggota, alasan=" ")
    draf = open_draft(slot=kantor.slot, by=kantor.anggota, alasan="Tanda tangan keliru.")
    assert (draf.putaran, draf.alasan_buka_kembali) == (2, "Tanda tangan keliru.")


def test_a_discarded_draft_makes_room_and_stays_on_record(kantor: Kantor) -> None:
    draf = make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    discard_draft(submission=draf, by=kantor.anggota)
    assert open_draft(slot=kantor.slot, by=kantor.anggota).putaran == 2
    assert kini(draf).evidence.count() == 1


def test_a_piece_taken_out_stays_on_record(kantor: Kantor) -> None:
    draf = make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    take_out_of_draft(submission=draf, evidence=draf.evidence.get(), by=kantor.anggota)
    assert (draf.evidence.count(), Evidence.objects.count()) == (0, 1)


def test_with_the_last_piece_the_draft_goes(kantor: Kantor) -> None:
    draf = make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    lain = make_tautan(kantor.satker, kantor.anggota, tanggal=JUNI)
    put_in_draft(submission=draf, evidence=[lain], by=kantor.anggota)
    terbuka = []
    for piece in draf.evidence.order_by("pk"):
        take_out_of_draft(submission=draf, evidence=piece, by=kantor.anggota)
        terbuka.append(kini(draf).ditutup_pada is None)
    assert terbuka == [True, False]


@pytest.mark.parametrize(("pesan", "alasan"), [("Menyusul.", ""), ("", "Salah berkas.")])
def test_an_empty_draft_that_holds_words_stays(kantor: Kantor, pesan: str, alasan: str) -> None:
    draf = make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 20), alasan=alasan)
    Submission.objects.filter(pk=draf.pk).update(pesan=pesan)
    take_out_of_draft(submission=draf, evidence=draf.evidence.get(), by=kantor.anggota)
    assert kini(draf).ditutup_pada is None


def test_evidence_of_another_office_is_refused(kantor: Kantor) -> None:
    lain = make_satker()
    asing = make_tautan(lain, make_member(lain), tanggal=JUNI)
    draf = open_draft(slot=kantor.slot, by=kantor.anggota)
    with pytest.raises(ValidationError, match="satker lain"):
        put_in_draft(submission=draf, evidence=[asing], by=kantor.anggota)


def piece(kantor: Kantor, judul: str = "Laman WBS") -> Evidence:
    return point_to(describe(kantor.satker, judul, JUNI, kantor.anggota, False, None), "https://kpu.go.id/a")


def test_the_same_piece_is_not_added_twice(kantor: Kantor) -> None:
    satu = add_to_draft(slot=kantor.slot, evidence=piece(kantor), by=kantor.anggota)
    assert add_to_draft(slot=kantor.slot, evidence=piece(kantor), by=kantor.anggota) == satu
    assert Evidence.objects.count() == 1


def test_the_same_piece_said_otherwise_takes_its_place(kantor: Kantor) -> None:
    satu = add_to_draft(slot=kantor.slot, evidence=piece(kantor), by=kantor.anggota)
    dua = add_to_draft(slot=kantor.slot, evidence=piece(kantor, "Laman pengaduan"), by=kantor.anggota)
    draf = Submission.objects.get()
    assert (list(draf.evidence.all()), dua.menggantikan) == ([dua], satu)


def test_what_is_said_to_be_replaced_stays_said(kantor: Kantor) -> None:
    lama = make_tautan(kantor.satker, kantor.anggota, tanggal=JUNI)
    satu = add_to_draft(slot=kantor.slot, evidence=piece(kantor), by=kantor.anggota)
    versi = piece(kantor)
    versi.menggantikan = lama
    dua = add_to_draft(slot=kantor.slot, evidence=versi, by=kantor.anggota)
    tiga = add_to_draft(slot=kantor.slot, evidence=piece(kantor), by=kantor.anggota)
    assert (satu.menggantikan, dua.menggantikan, tiga) == (None, lama, dua)


@pytest.mark.parametrize("peran", [Peran.SEKRETARIS, Peran.PIMPINAN, Peran.TPI, Peran.PEMBINA])
def test_only_the_team_writes(kantor: Kantor, peran: str) -> None:
    orang = make_member(kantor.satker, peran)
    draf = make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    for write in (send, withdraw, discard_draft):
        with pytest.raises((PermissionDenied, ValidationError)) as galat:
            write(submission=draf, by=orang)
        assert galat.type is PermissionDenied
    with pytest.raises(PermissionDenied):
        save_message(submission=draf, by=orang, pesan="x")


def test_a_member_of_another_area_does_not_write(kantor: Kantor) -> None:
    orang = make_member(kantor.satker, area=[5])
    with pytest.raises(PermissionDenied, match="di areanya"):
        open_draft(slot=kantor.slot, by=orang)


# --- The same through the pages ---


def test_tarik_page_leads_back_to_the_draft(kantor: Kantor, client: Client) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    client.force_login(kantor.anggota)
    response = client.post(reverse("tarik", args=[kiriman.pk]))
    assert response.url == reverse("unggah", args=[kantor.slot.pk])
    assert kini(kiriman).ditarik_oleh == kantor.anggota


def test_tarik_page_after_the_decision_says_why_not(kantor: Kantor, client: Client) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21))
    client.force_login(kantor.anggota)
    response = client.post(reverse("tarik", args=[kiriman.pk]), follow=True)
    assert "Hanya kiriman yang menunggu reviu" in response.content.decode()


def test_buang_page_closes_the_draft(kantor: Kantor, client: Client) -> None:
    draf = make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    client.force_login(kantor.anggota)
    client.post(reverse("buang", args=[draf.pk]))
    assert kini(draf).ditutup_pada is not None


def test_keluarkan_page_answers_htmx_with_the_list_alone(kantor: Kantor, client: Client) -> None:
    draf = make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    client.force_login(kantor.anggota)
    alamat = reverse("keluarkan_bukti", args=[draf.pk, draf.evidence.get().pk])
    response = client.post(alamat, headers={"HX-Request": "true"})
    assert draf.evidence.count() == 0
    assert response.content.decode().lstrip().startswith("<section")


@pytest.mark.parametrize("nama", ["tarik", "buang"])
def test_a_write_is_never_a_get(kantor: Kantor, client: Client, nama: str) -> None:
    draf = make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    client.force_login(kantor.anggota)
    assert client.get(reverse(nama, args=[draf.pk])).status_code == 405


def test_slot_page_tells_every_round_newest_first(kantor: Kantor, client: Client) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21), keputusan="perbaikan")
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 22))
    client.force_login(kantor.anggota)
    isi = client.get(reverse("slot", args=[kantor.slot.pk])).content.decode()
    assert isi.index("Putaran 2") < isi.index("Putaran 1") < isi.index("Lengkapi halaman 2.")


def test_slot_page_answers_for_the_day_asked(kantor: Kantor, client: Client) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 22), keputusan="perbaikan")
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 24))
    client.force_login(kantor.anggota)

    def per(hari: int) -> str:
        alamat = reverse("slot", args=[kantor.slot.pk])
        return client.get(alamat, {"per": f"2025-06-{hari}"}).content.decode()

    for hari, ada, tidak in [
        (19, "Belum ada bukti yang dikirim", "Putaran 1"),
        (21, "Menunggu Reviu", "Lengkapi halaman 2."),
        (23, "Lengkapi halaman 2.", "Putaran 2"),
        (24, "Putaran 2", "Tarik Kembali"),
    ]:
        assert (hari, ada in per(hari), tidak in per(hari)) == (hari, True, False)


def test_slot_page_of_a_day_past_shows_a_draft_as_it_lay_there(kantor: Kantor, client: Client) -> None:
    draf = make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    lain = make_tautan(kantor.satker, kantor.anggota, tanggal=JUNI, at=wib(2025, 6, 22))
    put_in_draft(submission=draf, evidence=[lain], by=kantor.anggota)
    send(submission=draf, by=kantor.anggota, pesan="Mohon reviu.", at=wib(2025, 6, 22))
    client.force_login(kantor.anggota)
    isi = client.get(reverse("slot", args=[kantor.slot.pk]), {"per": "2025-06-21"}).content.decode()
    assert ("Dimulai" in isi, "Mohon reviu." in isi, lain.judul in isi) == (True, False, False)


def test_after_a_write_the_pages_answer_for_today_again(kantor: Kantor, client: Client) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    client.force_login(kantor.anggota)
    client.get(reverse("slot", args=[kantor.slot.pk]), {"per": "2025-06-20"})
    isi = client.post(reverse("tarik", args=[kiriman.pk]), follow=True).content.decode()
    assert "Posisi per kembali ke hari ini." in isi
    assert client.get(reverse("slot", args=[kantor.slot.pk])).context["posisi"].is_today


def test_slot_page_costs_the_same_with_one_round_and_with_many(
    kantor: Kantor, client: Client, django_assert_num_queries: object
) -> None:
    banyak = make_slot(kantor.rencana)
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 1))
    for hari in range(1, 6):
        kiriman = make_sent(banyak, kantor.anggota, at=wib(2025, 6, hari))
        make_review(kiriman, kantor.tpi, at=wib(2025, 6, hari, 10), keputusan="perbaikan")
    client.force_login(kantor.anggota)
    for slot in (kantor.slot, banyak):
        client.get(reverse("slot", args=[slot.pk]))  # what is asked once for each session
        with django_assert_num_queries(12):
            client.get(reverse("slot", args=[slot.pk]))


def test_a_decision_can_be_read_by_who_sees_the_office(kantor: Kantor, client: Client) -> None:
    kiriman = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(kiriman, kantor.tpi, at=wib(2025, 6, 21), keputusan="perbaikan")
    client.force_login(make_member(kantor.satker, Peran.PIMPINAN))
    isi = client.get(reverse("slot", args=[kantor.slot.pk])).content.decode()
    assert ("Lengkapi halaman 2." in isi, "Unggah Bukti</a>" in isi) == (True, False)
    assert Review.objects.count() == 1


@pytest.mark.django_db
def test_a_message_longer_than_its_form_allows_is_not_frozen() -> None:
    slot = make_slot()
    anggota = make_member(slot.tenggat.indikator.komponen.area.rencana.satker)
    draft = make_draft(slot, anggota, at=wib(2025, 6, 2))
    with pytest.raises(ValidationError, match="Pendekkan"):
        send(submission=draft, by=anggota, pesan="a" * 2001)
    assert send(submission=draft, by=anggota, pesan="a" * 2000).dikirim_pada


def test_a_newer_version_reopens_only_the_round_that_takes_it(kantor: Kantor) -> None:
    """One piece, accepted in two slots; its newer version is handed in for one of them."""
    lain, kapan = make_slot(kantor.rencana), wib(2025, 6, 20)
    satu = make_sent(kantor.slot, kantor.anggota, at=kapan)
    lama = satu.evidence.get()
    dua = open_draft(slot=lain, by=kantor.anggota, at=kapan)
    put_in_draft(submission=dua, evidence=[lama], by=kantor.anggota)
    explain_dates(submission=dua, by=kantor.anggota, alasan={lama.tanggal_dokumen: "Alasan uji."}, at=kapan)
    for kiriman in (satu, send(submission=dua, by=kantor.anggota, at=kapan)):
        make_review(kiriman, kantor.tpi, at=kapan)
    open_draft(slot=kantor.slot, by=kantor.anggota, alasan="Ada perbaikan.", at=kapan)
    versi = piece(kantor)
    versi.menggantikan = lama
    add_to_draft(slot=kantor.slot, evidence=versi, by=kantor.anggota)
    send(submission=kantor.slot.submissions.drafts().get(), by=kantor.anggota, at=kapan)
    keadaan = dict(Slot.objects.with_keadaan(kapan.date()).values_list("pk", "keadaan"))
    assert (keadaan[kantor.slot.pk], keadaan[lain.pk]) == ("menunggu", "sesuai")
