"""Each row of both tables of DESIGN section 5, across its edges, in WIB; and days in the past."""

import datetime as dt

import pytest

from accounts.models import Peran, User
from actionplan.models import BuktiFisik, Kebutuhan, Tenggat
from actionplan.services import grant_extension, set_mulai_dipantau
from evidence.models import Review, Slot
from evidence.services import discard_draft, open_draft, withdraw
from monev.models import TenggatPosisi
from monev.services import save_realisasi
from monev.status import Capaian, Ketepatan, Status
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


def juni(hari: int) -> dt.date:
    return dt.date(2025, 6, hari)


def juli(hari: int) -> dt.date:
    return dt.date(2025, 7, hari)


class Kantor:
    """One office, one tenggat 1–30 June 2025 with two bukti fisik."""

    def __init__(self, zona: str = "WIB") -> None:
        self.rencana = make_rencana(make_satker(zona_waktu=zona))
        self.tenggat = make_tenggat(make_indikator(self.rencana, bukti=("Laporan", "Daftar hadir")))
        self.anggota = make_member(self.rencana.satker)
        self.ketua = make_member(self.rencana.satker, Peran.KETUA_TIM)
        self.tpi = make_member(self.rencana.satker, Peran.TPI)

    @property
    def slots(self) -> list[Slot]:
        return slots_of(self.tenggat)

    def send_all(self, at: dt.datetime, tanggal: dt.date | None = None) -> list:
        return [make_sent(slot, self.anggota, at=at, tanggal=tanggal) for slot in self.slots]

    def accept_all(
        self, sent_at: dt.datetime, decided_at: dt.datetime, tanggal: dt.date | None = None
    ) -> None:
        for sent in self.send_all(sent_at, tanggal):
            make_review(sent, self.tpi, at=decided_at)

    def on(self, day: dt.date) -> TenggatPosisi:
        return TenggatPosisi.objects.with_ketepatan(day).get(pk=self.tenggat.pk)

    def status(self, day: dt.date) -> str:
        return self.on(day).status

    def ketepatan(self, day: dt.date) -> str:
        return self.on(day).ketepatan


@pytest.fixture
def kantor() -> Kantor:
    return Kantor()


# --- status ---


def test_belum_when_nothing_was_recorded(kantor: Kantor) -> None:
    assert kantor.status(juni(30)) == Status.BELUM


def test_a_draft_makes_it_proses_from_its_day_on(kantor: Kantor) -> None:
    make_draft(kantor.slots[0], kantor.anggota, at=wib(2025, 6, 10))
    assert [kantor.status(juni(9)), kantor.status(juni(10))] == [Status.BELUM, Status.PROSES]


def test_a_discarded_draft_leaves_nothing(kantor: Kantor) -> None:
    draft = make_draft(kantor.slots[0], kantor.anggota, at=wib(2025, 6, 10))
    discard_draft(submission=draft, by=kantor.anggota, at=wib(2025, 6, 12))
    assert [kantor.status(juni(11)), kantor.status(juni(12))] == [Status.PROSES, Status.BELUM]


def test_a_realisasi_makes_it_proses(kantor: Kantor) -> None:
    save_realisasi(tenggat=kantor.tenggat, by=kantor.anggota, uraian="Rapat.", at=wib(2025, 6, 10))
    assert [kantor.status(juni(9)), kantor.status(juni(10))] == [Status.BELUM, Status.PROSES]


def test_some_but_not_all_sent_is_proses(kantor: Kantor) -> None:
    make_sent(kantor.slots[0], kantor.anggota, at=wib(2025, 6, 10))
    assert kantor.status(juni(10)) == Status.PROSES


def test_some_accepted_and_others_not_sent_is_proses(kantor: Kantor) -> None:
    make_review(
        make_sent(kantor.slots[0], kantor.anggota, at=wib(2025, 6, 2)), kantor.tpi, at=wib(2025, 6, 3)
    )
    assert kantor.status(juni(3)) == Status.PROSES


def test_menunggu_when_the_last_one_is_sent(kantor: Kantor) -> None:
    make_sent(kantor.slots[0], kantor.anggota, at=wib(2025, 6, 10))
    make_sent(kantor.slots[1], kantor.anggota, at=wib(2025, 6, 12))
    assert [kantor.status(juni(11)), kantor.status(juni(12))] == [Status.PROSES, Status.MENUNGGU]


def test_menunggu_while_one_of_them_is_not_decided(kantor: Kantor) -> None:
    first, _second = kantor.send_all(wib(2025, 6, 10))
    make_review(first, kantor.tpi, at=wib(2025, 6, 11))
    assert kantor.status(juni(30)) == Status.MENUNGGU


def test_perbaikan_when_one_is_sent_back_even_if_another_is_not_sent(kantor: Kantor) -> None:
    sent = make_sent(kantor.slots[0], kantor.anggota, at=wib(2025, 6, 10))
    make_review(sent, kantor.tpi, at=wib(2025, 6, 12), keputusan="perbaikan")
    assert [kantor.status(juni(11)), kantor.status(juni(12))] == [Status.PROSES, Status.PERBAIKAN]


def test_selesai_when_the_last_one_is_accepted(kantor: Kantor) -> None:
    first, second = kantor.send_all(wib(2025, 6, 10))
    make_review(first, kantor.tpi, at=wib(2025, 6, 11))
    make_review(second, kantor.tpi, at=wib(2025, 6, 13))
    assert [kantor.status(juni(12)), kantor.status(juni(13))] == [Status.MENUNGGU, Status.SELESAI]


def test_the_newest_round_decides(kantor: Kantor) -> None:
    first, second = kantor.send_all(wib(2025, 6, 2))
    make_review(second, kantor.tpi, at=wib(2025, 6, 3))
    make_review(first, kantor.tpi, at=wib(2025, 6, 3), keputusan="perbaikan")
    again = make_sent(kantor.slots[0], kantor.anggota, at=wib(2025, 6, 5))
    make_review(again, kantor.tpi, at=wib(2025, 6, 7))
    found = [kantor.status(juni(hari)) for hari in (2, 3, 4, 5, 6, 7)]
    assert found == ["menunggu", "perbaikan", "perbaikan", "menunggu", "menunggu", "selesai"]


def test_a_draft_after_a_decision_decides_nothing(kantor: Kantor) -> None:
    kantor.accept_all(wib(2025, 6, 2), wib(2025, 6, 3))
    open_draft(slot=kantor.slots[0], by=kantor.anggota, alasan="Tanda tangan kurang.", at=wib(2025, 6, 5))
    assert kantor.status(juni(5)) == Status.SELESAI
    slot = Slot.objects.with_keadaan(juni(5)).get(pk=kantor.slots[0].pk)
    assert (slot.keadaan, slot.ada_draf) == ("sesuai", True)


def test_a_round_sent_after_reopening_decides(kantor: Kantor) -> None:
    kantor.accept_all(wib(2025, 6, 2), wib(2025, 6, 3))
    make_sent(kantor.slots[0], kantor.anggota, at=wib(2025, 6, 5), alasan="Tanda tangan kurang.")
    assert [kantor.status(juni(4)), kantor.status(juni(5))] == [Status.SELESAI, Status.MENUNGGU]


def test_a_withdrawn_round_falls_back_to_the_one_before(kantor: Kantor) -> None:
    first, second = kantor.send_all(wib(2025, 6, 2))
    make_review(second, kantor.tpi, at=wib(2025, 6, 3))
    make_review(first, kantor.tpi, at=wib(2025, 6, 3), keputusan="perbaikan")
    again = make_sent(kantor.slots[0], kantor.anggota, at=wib(2025, 6, 5))
    withdraw(submission=again, by=kantor.anggota, at=wib(2025, 6, 7))
    found = [kantor.status(juni(hari)) for hari in (4, 5, 6, 7)]
    assert found == ["perbaikan", "menunggu", "menunggu", "perbaikan"]


def test_a_decision_that_is_not_final_decides_nothing(kantor: Kantor) -> None:
    for sent in kantor.send_all(wib(2025, 6, 2)):
        Review.objects.create(
            submission=sent,
            keputusan="sesuai",
            tanggal_dokumen=juni(1),
            final=False,
            diputus_oleh=kantor.tpi,
            diputus_pada=wib(2025, 6, 3),
        )
    assert kantor.status(juni(3)) == Status.MENUNGGU


def test_the_newest_final_decision_of_a_round_decides(kantor: Kantor) -> None:
    first, second = kantor.send_all(wib(2025, 6, 2))
    make_review(first, kantor.tpi, at=wib(2025, 6, 3))
    make_review(second, kantor.tpi, at=wib(2025, 6, 3))
    Review.objects.create(
        submission=first,
        keputusan="perbaikan",
        catatan="Ternyata salah halaman.",
        diputus_oleh=kantor.tpi,
        diputus_pada=wib(2025, 6, 5),
    )
    assert [kantor.status(juni(4)), kantor.status(juni(5))] == [Status.SELESAI, Status.PERBAIKAN]


def test_a_tenggat_without_any_slot_is_never_selesai(kantor: Kantor) -> None:
    kosong = Tenggat.objects.create(
        indikator=kantor.tenggat.indikator, label="Juli", mulai=juli(1), jatuh_tempo=juli(31)
    )
    assert TenggatPosisi.objects.with_status(juli(31)).get(pk=kosong.pk).status == Status.BELUM


def test_bukti_asked_once_does_not_count_at_later_deadlines(kantor: Kantor) -> None:
    later = Tenggat.objects.create(
        indikator=kantor.tenggat.indikator, label="Juli", mulai=juli(1), jatuh_tempo=juli(31)
    )
    only = BuktiFisik.objects.get(indikator=kantor.tenggat.indikator, nomor=1)
    Kebutuhan.objects.create(tenggat=later, bukti_fisik=only)
    make_review(
        make_sent(slots_of(later)[0], kantor.anggota, at=wib(2025, 7, 2)), kantor.tpi, at=wib(2025, 7, 3)
    )
    assert TenggatPosisi.objects.with_status(juli(3)).get(pk=later.pk).status == Status.SELESAI


# --- the day ends in the office's zone ---


@pytest.mark.parametrize(
    ("zona", "last_moment_utc"),
    [
        ("WIB", dt.datetime(2025, 6, 10, 16, 59, 59, tzinfo=dt.UTC)),
        ("WITA", dt.datetime(2025, 6, 10, 15, 59, 59, tzinfo=dt.UTC)),
        ("WIT", dt.datetime(2025, 6, 10, 14, 59, 59, tzinfo=dt.UTC)),
    ],
)
def test_what_is_recorded_by_the_end_of_the_local_day_counts(zona: str, last_moment_utc: dt.datetime) -> None:
    in_time, too_late = Kantor(zona), Kantor(zona)
    in_time.send_all(last_moment_utc, juni(9))
    too_late.send_all(last_moment_utc + dt.timedelta(seconds=1), juni(9))
    assert [in_time.status(juni(10)), too_late.status(juni(10))] == [Status.MENUNGGU, Status.BELUM]


# --- ketepatan: the team still has to do something ---


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2025, 5, 31), Ketepatan.AKAN_DATANG),
        (juni(1), Ketepatan.BERJALAN),
        (juni(15), Ketepatan.BERJALAN),
        (juni(16), Ketepatan.SEGERA),
        (juni(30), Ketepatan.SEGERA),
        (juli(1), Ketepatan.TERLAMBAT),
    ],
)
def test_ketepatan_across_each_edge_while_the_team_has_to_act(
    kantor: Kantor, day: dt.date, expected: str
) -> None:
    assert kantor.ketepatan(day) == expected


def test_segera_even_if_the_tenggat_has_not_begun() -> None:
    kantor = Kantor()
    short = Tenggat.objects.create(
        indikator=kantor.tenggat.indikator, label="Juli minggu ke-2", mulai=juli(8), jatuh_tempo=juli(14)
    )
    found = [TenggatPosisi.objects.with_ketepatan(d).get(pk=short.pk).ketepatan for d in (juni(29), juni(30))]
    assert found == [Ketepatan.AKAN_DATANG, Ketepatan.SEGERA]


def test_sent_back_is_the_teams_again_and_late_after_batas(kantor: Kantor) -> None:
    for sent in kantor.send_all(wib(2025, 6, 28)):
        make_review(sent, kantor.tpi, at=wib(2025, 6, 29), keputusan="perbaikan")
    found = [kantor.ketepatan(day) for day in (juni(28), juni(29), juni(30), juli(1))]
    assert found == ["tepat_waktu", "segera", "segera", "terlambat"]


def test_partly_sent_is_late_after_batas(kantor: Kantor) -> None:
    make_sent(kantor.slots[0], kantor.anggota, at=wib(2025, 6, 28))
    assert kantor.ketepatan(juli(1)) == Ketepatan.TERLAMBAT


# --- ketepatan: the team has done its part ---


@pytest.mark.parametrize(
    ("tanggal", "expected"), [(juni(30), Ketepatan.TEPAT_WAKTU), (juli(1), Ketepatan.LEWAT_WAKTU)]
)
def test_on_time_is_judged_by_the_date_of_the_document(
    kantor: Kantor, tanggal: dt.date, expected: str
) -> None:
    kantor.send_all(wib(2025, 7, 20), tanggal)
    assert (kantor.status(juli(20)), kantor.ketepatan(juli(20))) == (Status.MENUNGGU, expected)


def test_nobody_is_late_because_tpi_has_not_looked_yet(kantor: Kantor) -> None:
    kantor.send_all(wib(2025, 6, 30), juni(30))
    assert kantor.ketepatan(dt.date(2025, 12, 31)) == Ketepatan.TEPAT_WAKTU


def test_the_latest_document_of_all_slots_counts(kantor: Kantor) -> None:
    make_sent(kantor.slots[0], kantor.anggota, at=wib(2025, 7, 2), tanggal=juni(3))
    make_sent(kantor.slots[1], kantor.anggota, at=wib(2025, 7, 2), tanggal=juli(1))
    assert kantor.on(juli(2)).tanggal_dokumen == juli(1)
    assert kantor.ketepatan(juli(2)) == Ketepatan.LEWAT_WAKTU


def test_the_date_that_tpi_confirms_replaces_the_claimed_one(kantor: Kantor) -> None:
    for sent in kantor.send_all(wib(2025, 7, 2), juni(30)):
        make_review(sent, kantor.tpi, at=wib(2025, 7, 5), tanggal=juli(1))
    assert [kantor.ketepatan(juli(4)), kantor.ketepatan(juli(5))] == ["tepat_waktu", "lewat_waktu"]


def test_documents_of_an_earlier_round_do_not_count(kantor: Kantor) -> None:
    first, second = kantor.send_all(wib(2025, 7, 2), juli(2))
    make_review(first, kantor.tpi, at=wib(2025, 7, 3), keputusan="perbaikan")
    make_review(second, kantor.tpi, at=wib(2025, 7, 3), keputusan="perbaikan")
    kantor.accept_all(wib(2025, 7, 4), wib(2025, 7, 5), juni(30))
    assert kantor.ketepatan(juli(5)) == Ketepatan.TEPAT_WAKTU


# --- batas ---


def test_nobody_is_late_on_the_day_a_plan_is_signed() -> None:
    kantor = Kantor()
    januari = Tenggat.objects.create(
        indikator=kantor.tenggat.indikator,
        label="Januari",
        mulai=dt.date(2025, 1, 1),
        jatuh_tempo=dt.date(2025, 1, 31),
    )
    Kebutuhan.objects.create(tenggat=januari, bukti_fisik=kantor.slots[0].bukti_fisik)
    found = [
        TenggatPosisi.objects.with_ketepatan(dt.date(2025, 3, hari)).get(pk=januari.pk).ketepatan
        for hari in (3, 4)
    ]
    assert found == [Ketepatan.SEGERA, Ketepatan.TERLAMBAT]


def test_mulai_dipantau_moves_batas_from_the_day_it_was_set(kantor: Kantor) -> None:
    set_mulai_dipantau(
        rencana=kantor.rencana, tanggal=juli(15), alasan="Tim baru.", by=kantor.ketua, at=wib(2025, 7, 5)
    )
    found = [kantor.ketepatan(day) for day in (juli(4), juli(5), juli(15), juli(16))]
    assert found == ["terlambat", "segera", "segera", "terlambat"]


def test_an_earlier_mulai_dipantau_leaves_batas_alone(kantor: Kantor) -> None:
    set_mulai_dipantau(
        rencana=kantor.rencana, tanggal=juni(1), alasan="Tim baru.", by=kantor.ketua, at=wib(2025, 5, 5)
    )
    assert kantor.on(juni(1)).batas == juni(30)


def extend(kantor: Kantor, until: dt.date, by: User, at: dt.datetime) -> None:
    grant_extension(tenggat=kantor.tenggat, batas_baru=until, alasan="Rapat mundur.", by=by, at=at)


def test_an_extension_works_after_the_deadline_too(kantor: Kantor) -> None:
    extend(kantor, juli(31), kantor.ketua, wib(2025, 7, 10))
    found = [
        kantor.ketepatan(day)
        for day in (juli(9), juli(10), juli(16), juli(17), juli(31), dt.date(2025, 8, 1))
    ]
    assert found == ["terlambat", "berjalan", "berjalan", "segera", "segera", "terlambat"]


def test_the_newest_extension_holds(kantor: Kantor) -> None:
    extend(kantor, juli(31), kantor.ketua, wib(2025, 6, 10))
    extend(kantor, juli(10), kantor.ketua, wib(2025, 6, 20))
    assert [kantor.on(juni(19)).batas, kantor.on(juni(20)).batas] == [juli(31), juli(10)]


# --- composable, and capaian ---


def test_status_filters_groups_and_exports(kantor: Kantor) -> None:
    kantor.accept_all(wib(2025, 6, 2), wib(2025, 6, 3))
    make_tenggat(make_indikator(kantor.rencana, area=2))
    rows = TenggatPosisi.objects.with_ketepatan(juni(3))
    assert rows.filter(status=Status.SELESAI, ketepatan=Ketepatan.TEPAT_WAKTU).get().pk == kantor.tenggat.pk
    assert sorted(rows.values_list("status", flat=True)) == ["belum", "selesai"]


def test_capaian_is_selesai_over_tenggat_on_both_bases(kantor: Kantor) -> None:
    kantor.accept_all(wib(2025, 6, 2), wib(2025, 6, 3))
    make_tenggat(make_indikator(kantor.rencana), mulai=juli(1), jatuh_tempo=juli(31))
    make_tenggat(make_indikator(kantor.rencana, area=2))
    [total] = TenggatPosisi.objects.with_capaian(juni(30))
    assert (total["selesai_sd"], total["jumlah_sd"]) == (1, 2)
    assert (total["selesai_setahun"], total["jumlah_setahun"]) == (1, 3)


def test_capaian_groups_by_area(kantor: Kantor) -> None:
    kantor.accept_all(wib(2025, 6, 2), wib(2025, 6, 3))
    make_tenggat(make_indikator(kantor.rencana, area=2))
    area = "indikator__komponen__area__nomor"
    rows = TenggatPosisi.objects.with_capaian(juni(30), area).order_by(area)
    assert [(r[area], r["selesai_sd"], r["jumlah_sd"]) for r in rows] == [(1, 1, 1), (2, 0, 1)]


def test_a_tenggat_counts_from_the_day_of_its_batas(kantor: Kantor) -> None:
    found = [TenggatPosisi.objects.with_capaian(day).get()["jumlah_sd"] for day in (juni(29), juni(30))]
    assert found == [0, 1]


def test_no_tenggat_yet_is_no_percentage() -> None:
    assert Capaian(selesai=0, jumlah=0).persen is None
    assert Capaian(selesai=3, jumlah=4).persen == 75
