"""What happened on a row: all of it, newest first, as known on a day, and to whom it may be shown."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Peran, User
from actionplan.services import correct, grant_extension, set_mulai_dipantau
from evidence.services import discard_draft, send, withdraw
from monev.riwayat import Peristiwa, riwayat
from monev.services import save_realisasi
from tests.factories import (
    make_draft,
    make_indikator,
    make_member,
    make_rencana,
    make_review,
    make_satker,
    make_sent,
    make_tenggat,
    slots_of,
    wib,
)

pytestmark = pytest.mark.django_db
DESEMBER = dt.date(2025, 12, 31)


class Kantor:
    def __init__(self, zona: str = "WIB") -> None:
        self.rencana = make_rencana(make_satker(zona_waktu=zona))
        satker = self.rencana.satker
        self.indikator = make_indikator(self.rencana)
        self.tenggat = make_tenggat(self.indikator)
        (self.slot,) = slots_of(self.tenggat)
        self.anggota = make_member(satker, area=(1,))
        self.ketua = make_member(satker, Peran.KETUA_TIM)
        self.tpi = make_member(satker, Peran.TPI)
        self.pimpinan = make_member(satker, Peran.PIMPINAN)

    def riwayat(self, user: User | None = None, on: dt.date = DESEMBER) -> list[Peristiwa]:
        return riwayat(self.indikator, user or self.anggota, on)

    def judul(self, user: User | None = None, on: dt.date = DESEMBER) -> list[str]:
        return [p.judul for p in self.riwayat(user, on)]


@pytest.fixture
def kantor() -> Kantor:
    return Kantor()


def test_everything_that_happened_stands_in_one_list_newest_first(kantor: Kantor) -> None:
    make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 1))
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 2))
    withdraw(submission=sent, by=kantor.anggota, at=wib(2025, 6, 3))
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 4))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 5), keputusan="perbaikan")
    save_realisasi(tenggat=kantor.tenggat, by=kantor.anggota, uraian="Rapat", at=wib(2025, 6, 6))
    grant_extension(
        tenggat=kantor.tenggat,
        batas_baru=dt.date(2025, 7, 9),
        alasan="Tunda",
        by=kantor.ketua,
        at=wib(2025, 6, 7),
    )
    correct(
        indikator=kantor.indikator,
        kolom="uraian",
        teks="B",
        alasan="Ketik",
        by=kantor.ketua,
        at=wib(2025, 6, 8),
    )
    set_mulai_dipantau(
        rencana=kantor.rencana, tanggal=dt.date(2025, 4, 1), alasan="SK", by=kantor.ketua, at=wib(2025, 6, 9)
    )
    assert kantor.judul() == [
        "Mulai dipantau",
        "Koreksi",
        "Perpanjangan",
        "Realisasi disimpan",
        "Perlu Perbaikan",
        "Dikirim untuk Reviu",
        "Ditarik Kembali",
        "Dikirim untuk Reviu",
        "Draf dimulai",
    ]


def test_each_says_who_when_and_why(kantor: Kantor) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 4))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 5, 14, 5), keputusan="perbaikan")
    p = kantor.riwayat()[0]
    assert (p.oleh, p.tanggal, p.pukul) == (kantor.tpi, dt.date(2025, 6, 5), "14.05 WIB")
    assert (p.tentang, p.catatan) == ("Laporan, Juni, putaran 1", "Lengkapi halaman 2.")


def test_days_and_hours_are_the_offices(kantor: Kantor) -> None:
    papua = Kantor("WIT")
    make_sent(papua.slot, papua.anggota, at=wib(2025, 6, 4, 22, 30))
    p = papua.riwayat()[0]
    assert (p.tanggal, p.pukul) == (dt.date(2025, 6, 5), "00.30 WIT")
    assert papua.judul(on=dt.date(2025, 6, 4)) == []


def test_a_day_past_shows_nothing_that_came_later(kantor: Kantor) -> None:
    make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 1))
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 5))
    assert kantor.judul(on=dt.date(2025, 5, 31)) == []
    assert kantor.judul(on=dt.date(2025, 6, 2)) == ["Draf dimulai"]
    assert kantor.judul(on=dt.date(2025, 6, 4)) == ["Dikirim untuk Reviu", "Draf dimulai"]
    assert kantor.judul(on=dt.date(2025, 6, 5)) == ["Sesuai", "Dikirim untuk Reviu", "Draf dimulai"]


def test_a_round_sent_at_once_is_not_said_to_have_begun_too(kantor: Kantor) -> None:
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    assert kantor.judul() == ["Dikirim untuk Reviu"]


def test_a_draft_begun_before_midnight_is_known_that_day_though_sent_just_after(kantor: Kantor) -> None:
    draf = make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 3, 23, 50))
    send(submission=draf, by=kantor.anggota, at=wib(2025, 6, 4, 0, 10))
    assert kantor.judul(on=dt.date(2025, 6, 3)) == ["Draf dimulai"]
    assert kantor.judul(on=dt.date(2025, 6, 4)) == ["Dikirim untuk Reviu"]


def test_the_draft_that_a_withdrawal_leaves_is_no_event(kantor: Kantor) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    withdraw(submission=sent, by=kantor.anggota, at=wib(2025, 6, 4))
    assert kantor.judul() == ["Ditarik Kembali", "Dikirim untuk Reviu"]


def test_a_draft_thrown_away_is_on_record(kantor: Kantor) -> None:
    draft = make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    discard_draft(submission=draft, by=kantor.anggota, at=wib(2025, 6, 4))
    assert kantor.judul() == ["Draf dibuang", "Draf dimulai"]


def test_reopening_says_why(kantor: Kantor) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 4))
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 5), alasan="Ada versi bertanda tangan")
    dibuka = kantor.riwayat()[1]
    assert (dibuka.judul, dibuka.catatan) == ("Dibuka kembali", "Ada versi bertanda tangan")


# --- to whom ---


def test_drafts_are_shown_to_those_of_the_area_only(kantor: Kantor) -> None:
    make_draft(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    tetangga = make_member(kantor.rencana.satker, area=(2,))
    for user, terlihat in [
        (kantor.anggota, ["Draf dimulai"]),
        (kantor.ketua, ["Draf dimulai"]),
        (tetangga, []),
        (kantor.tpi, []),
        (kantor.pimpinan, []),
    ]:
        assert kantor.judul(user) == terlihat


def test_titles_are_shown_with_what_was_sent(kantor: Kantor) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3))
    assert kantor.riwayat(kantor.pimpinan)[0].isi == sent.evidence.get().judul


def test_what_is_rahasia_is_only_counted_for_those_who_may_not_see_it(kantor: Kantor) -> None:
    sent = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 3), rahasia=True)
    judul = sent.evidence.get().judul
    assert kantor.riwayat(kantor.pimpinan)[0].isi == "1 bukti rahasia"
    assert kantor.riwayat(kantor.tpi)[0].isi == judul
    assert kantor.riwayat(kantor.anggota)[0].isi == judul


def test_another_rows_history_is_not_mixed_in(kantor: Kantor) -> None:
    lain = make_tenggat(make_indikator(kantor.rencana))
    make_sent(slots_of(lain)[0], kantor.anggota, at=wib(2025, 6, 3))
    save_realisasi(tenggat=lain, by=kantor.anggota, uraian="Rapat", at=wib(2025, 6, 3))
    assert kantor.judul() == []


# --- the pages ---


def banyak(kantor: Kantor, jumlah: int) -> None:
    for hari in range(1, jumlah + 1):
        save_realisasi(
            tenggat=kantor.tenggat, by=kantor.anggota, uraian=f"Catatan <{hari}>", at=wib(2025, 6, hari)
        )


@pytest.mark.parametrize("jumlah", [5, 6])
def test_the_row_shows_five_and_all_of_it_uncut_behind_a_link(
    kantor: Kantor, client: Client, jumlah: int
) -> None:
    banyak(kantor, jumlah)
    client.force_login(kantor.pimpinan)
    html = client.get(f"/indikator/{kantor.indikator.pk}/").content.decode()
    assert html.count("Realisasi disimpan") == 5
    assert f"Seluruh riwayat ({jumlah})" in html


def test_the_page_of_the_history_shows_all_of_it(kantor: Kantor, client: Client) -> None:
    banyak(kantor, 7)
    client.force_login(kantor.pimpinan)
    html = client.get(f"/indikator/{kantor.indikator.pk}/riwayat/").content.decode()
    assert html.count("Realisasi disimpan") == 7
    assert "Catatan &lt;7&gt;" in html


def test_the_page_of_the_history_answers_for_the_day_asked(kantor: Kantor, client: Client) -> None:
    banyak(kantor, 7)
    client.force_login(kantor.pimpinan)
    html = client.get(f"/indikator/{kantor.indikator.pk}/riwayat/?per=2025-06-03").content.decode()
    assert html.count("Realisasi disimpan") == 3


def test_a_row_of_another_office_has_no_history(kantor: Kantor, client: Client) -> None:
    client.force_login(make_member(make_rencana().satker))
    assert client.get(f"/indikator/{kantor.indikator.pk}/riwayat/").status_code == 404


def test_the_page_asks_the_same_of_one_tenggat_and_of_many(
    kantor: Kantor, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_review(make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 2)), kantor.tpi, at=wib(2025, 6, 3))
    save_realisasi(tenggat=kantor.tenggat, by=kantor.anggota, uraian="Rapat", at=wib(2025, 6, 6))
    client.force_login(kantor.anggota)
    halaman = reverse("riwayat", args=[kantor.indikator.pk])
    client.get(halaman)
    with django_assert_num_queries(14):
        client.get(halaman)
    for bulan in (7, 8, 9):
        tenggat = make_tenggat(
            kantor.indikator, mulai=dt.date(2025, bulan, 1), jatuh_tempo=dt.date(2025, bulan, 28)
        )
        (slot,) = slots_of(tenggat)
        make_review(
            make_sent(slot, kantor.anggota, at=wib(2025, bulan, 2)), kantor.tpi, at=wib(2025, bulan, 3)
        )
        save_realisasi(tenggat=tenggat, by=kantor.anggota, uraian="Rapat", at=wib(2025, bulan, 6))
    with django_assert_num_queries(14):
        client.get(halaman)
