"""The dashboard: what each role finds there, as of a day."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Peran, User
from accounts.waktu import hari_ke
from actionplan.models import RencanaAksi
from actionplan.services import grant_extension
from evidence.kelompok import Kelompok
from evidence.models import Slot, Submission
from evidence.services import open_draft, withdraw
from monev.chart import grafik_bulan, hitung_per_bulan
from monev.context import menu
from monev.models import TenggatPosisi
from monev.report import build_report
from monev.ringkasan import capaian_area, menunggu, ringkasan, tanpa_realisasi, triwulan_terakhir
from monev.services import save_realisasi
from monev.status import Capaian, Status
from monev.triwulan import Triwulan
from monev.tugas import DaftarTugas, daftar_tugas, jumlah_tugas
from tests.factories import (
    make_draft,
    make_indikator,
    make_member,
    make_rencana,
    make_review,
    make_satker,
    make_sent,
    make_slot,
    make_tenggat,
    make_user,
    slots_of,
    wib,
)

pytestmark = pytest.mark.django_db

AKHIR_JUNI = dt.date(2025, 6, 30)
ON = dt.date(2025, 6, 16)  # 14 days before


def tgl(bulan: int, hari: int) -> dt.date:
    return dt.date(2025, bulan, hari)


class Kantor:
    def __init__(self) -> None:
        self.rencana = make_rencana()
        satker = self.rencana.satker
        self.anggota = make_member(satker, area=[1])
        self.ketua = make_member(satker, Peran.KETUA_TIM)
        self.tpi = make_member(satker, Peran.TPI, user=make_user(nama="TPI Uji"))

    @property
    def url(self) -> str:
        return alamat(self.rencana)

    def slot(self, jatuh_tempo: dt.date = AKHIR_JUNI, *, area: int = 1) -> Slot:
        return make_slot(self.rencana, area=area, mulai=dt.date(2025, 1, 1), jatuh_tempo=jatuh_tempo)

    def kembalikan(self, slot: Slot, at: dt.datetime) -> Submission:
        sent = make_sent(slot, self.ketua, at=at)
        make_review(sent, self.tpi, at=at + dt.timedelta(hours=1), keputusan="perbaikan")
        return sent

    def terima(self, slot: Slot, at: dt.datetime) -> None:
        make_review(make_sent(slot, self.ketua, at=at), self.tpi, at=at + dt.timedelta(hours=1))

    def tugas(self, on: dt.date = ON) -> dict[str, list[int]]:
        return golongan(daftar_tugas(self.rencana, {1}, on))


def alamat(rencana: RencanaAksi, nama: str = "dasbor") -> str:
    return reverse(nama, args=[rencana.satker.kode, rencana.tahun])


def golongan(daftar: DaftarTugas) -> dict[str, list[int]]:
    return {g.kelompok: [t.tenggat.pk for t in g.tugas] for g in daftar.golongan}


@pytest.fixture
def kantor():
    return Kantor()


class TestTugas:
    @pytest.mark.parametrize(
        ("on", "harapan"),
        [
            (tgl(6, 15), None),
            (tgl(6, 16), Kelompok.SEGERA),
            (tgl(6, 30), Kelompok.SEGERA),
            (tgl(7, 1), Kelompok.TERLAMBAT),
        ],
    )
    def test_heading_follows_the_days_to_batas(self, kantor, on, harapan):
        slot = kantor.slot()
        assert kantor.tugas(on) == ({harapan: [slot.tenggat_id]} if harapan else {})

    def test_an_extension_moves_it(self, kantor):
        slot = kantor.slot()
        grant_extension(
            tenggat=slot.tenggat, batas_baru=tgl(7, 20), alasan="x", by=kantor.ketua, at=wib(2025, 6, 1)
        )
        assert kantor.tugas(tgl(7, 1)) == {}
        assert kantor.tugas(tgl(7, 6)) == {Kelompok.SEGERA: [slot.tenggat_id]}

    def test_sent_back_and_late_stands_once_under_dikembalikan(self, kantor):
        slot = kantor.slot(tgl(5, 31))
        kantor.kembalikan(slot, wib(2025, 6, 2))
        assert kantor.tugas() == {Kelompok.KEMBALI: [slot.tenggat_id]}

    def test_sent_back_long_before_batas_is_a_task_too(self, kantor):
        slot = kantor.slot(tgl(12, 31))
        kantor.kembalikan(slot, wib(2025, 6, 2))
        assert kantor.tugas() == {Kelompok.KEMBALI: [slot.tenggat_id]}

    def test_sent_back_comes_with_the_note_who_and_when(self, kantor):
        kantor.kembalikan(kantor.slot(), wib(2025, 6, 2))
        catatan = daftar_tugas(kantor.rencana, {1}, ON).golongan[0].tugas[0].bukti[0].catatan
        assert (catatan.catatan, catatan.pemutus) == ("Lengkapi halaman 2.", "TPI Uji")

    def test_the_note_is_that_of_the_newest_round_by_that_day(self, kantor):
        slot = kantor.slot()
        pertama = kantor.kembalikan(slot, wib(2025, 6, 2))
        kedua = kantor.kembalikan(slot, wib(2025, 6, 10))
        for on, sent in [(tgl(6, 9), pertama), (tgl(6, 10), kedua)]:
            bukti = daftar_tugas(kantor.rencana, {1}, on).golongan[0].tugas[0].bukti
            assert [b.catatan.kiriman for b in bukti] == [sent.pk]

    def test_one_task_with_every_slot_that_still_lacks_something(self, kantor):
        tenggat = make_tenggat(
            make_indikator(kantor.rencana, bukti=("Sesuai", "Belum", "Kembali", "Draf", "Menunggu"))
        )
        sesuai, _, kembali, draf, menunggu_ = slots_of(tenggat)
        kantor.terima(sesuai, wib(2025, 6, 1))
        kantor.kembalikan(kembali, wib(2025, 6, 1))
        make_draft(draf, kantor.anggota, at=wib(2025, 6, 1))
        make_sent(menunggu_, kantor.anggota, at=wib(2025, 6, 1))
        (tugas,) = daftar_tugas(kantor.rencana, {1}, ON).golongan[0].tugas
        assert [b.uraian for b in tugas.bukti] == ["Kembali", "Belum", "Draf"]

    def test_a_draft_far_from_its_batas_stands_under_draf(self, kantor):
        slot = kantor.slot(tgl(12, 31))
        make_draft(slot, kantor.anggota, at=wib(2025, 6, 1))
        assert kantor.tugas() == {Kelompok.DRAF: [slot.tenggat_id]}

    def test_a_draft_near_its_batas_stands_under_segera_only(self, kantor):
        slot = kantor.slot()
        make_draft(slot, kantor.anggota, at=wib(2025, 6, 1))
        assert kantor.tugas() == {Kelompok.SEGERA: [slot.tenggat_id]}

    def test_a_draft_that_reopens_what_was_sesuai_reads_as_a_draft(self, kantor, client):
        slot = kantor.slot(AKHIR_JUNI)
        make_review(make_sent(slot, kantor.anggota, at=wib(2025, 6, 1)), kantor.tpi, at=wib(2025, 6, 2))
        open_draft(slot=slot, by=kantor.ketua, alasan="Salah lampiran", at=wib(2025, 6, 3))
        client.force_login(kantor.anggota)
        isi = client.get(kantor.url, {"per": "2025-06-16"}).content.decode()
        daftar = isi[isi.index('id="draf"') : isi.index("<aside")]
        assert ("Lanjutkan Draf" in daftar, "</svg>Draf" in daftar, "Selesai" in daftar) == (
            True,
            True,
            False,
        )

    def test_a_day_past_offers_no_upload_of_what_was_sent_since(self, kantor, client):
        slot = kantor.slot(AKHIR_JUNI)
        client.force_login(kantor.anggota)
        tombol = f'href="/slot/{slot.pk}/unggah/"'
        assert tombol in client.get(kantor.url, {"per": "2025-06-16"}).content.decode()
        make_sent(slot, kantor.anggota, at=wib(2025, 6, 20))
        isi = client.get(kantor.url, {"per": "2025-06-16"}).content.decode()
        assert ("Kini sudah dikirim" in isi, tombol in isi) == (True, False)

    def test_a_draft_that_reopens_what_was_sesuai_is_late_for_nobody(self, kantor):
        slot = kantor.slot(tgl(5, 31))
        kantor.terima(slot, wib(2025, 5, 20))
        open_draft(slot=slot, by=kantor.ketua, alasan="Salah lampiran", at=wib(2025, 6, 1))
        assert kantor.tugas() == {Kelompok.DRAF: [slot.tenggat_id]}

    def test_what_waits_for_tpi_or_is_sesuai_is_no_task(self, kantor):
        make_sent(kantor.slot(tgl(5, 31)), kantor.anggota, at=wib(2025, 6, 2))
        kantor.terima(kantor.slot(tgl(5, 31)), wib(2025, 5, 2))
        assert kantor.tugas() == {}

    def test_only_the_own_areas(self, kantor):
        kantor.slot(area=2)
        assert kantor.tugas() == {}

    def test_next_are_the_nearest_that_do_not_press(self, kantor):
        jauh, dekat = kantor.slot(tgl(12, 31)), kantor.slot(tgl(8, 31))
        kantor.slot(tgl(6, 30))
        daftar = daftar_tugas(kantor.rencana, {1}, ON)
        assert [t.pk for t in daftar.berikutnya] == [dekat.tenggat_id, jauh.tenggat_id]

    def test_the_count_in_the_menu_is_the_number_of_tasks_shown(self, kantor):
        for jatuh_tempo in (tgl(5, 31), tgl(6, 30), tgl(12, 31)):
            kantor.slot(jatuh_tempo)
            kantor.kembalikan(kantor.slot(jatuh_tempo), wib(2025, 6, 2))
            make_draft(kantor.slot(jatuh_tempo), kantor.anggota, at=wib(2025, 6, 2))
            make_sent(kantor.slot(jatuh_tempo), kantor.anggota, at=wib(2025, 6, 2))
            kantor.terima(kantor.slot(jatuh_tempo), wib(2025, 6, 2))
        for on in (tgl(5, 1), tgl(6, 1), ON, tgl(7, 1), dt.date(2026, 1, 1)):
            daftar = daftar_tugas(kantor.rencana, {1}, on)
            assert jumlah_tugas(kantor.rencana, {1}, on) == daftar.jumlah
        assert daftar.jumlah == 9

    def test_headings_agree_with_status_and_ketepatan(self, kantor):
        """The heading is read from slots and batas, the badge from the annotations: they may never differ."""
        for jatuh_tempo in (tgl(6, 15), tgl(6, 16), tgl(6, 30), tgl(7, 1)):
            kantor.slot(jatuh_tempo)
            kantor.kembalikan(kantor.slot(jatuh_tempo), wib(2025, 6, 2))
            make_draft(kantor.slot(jatuh_tempo), kantor.anggota, at=wib(2025, 6, 2))
        seharusnya = {}
        for t in TenggatPosisi.objects.with_ketepatan(ON).order_by("batas", "pk"):
            nama = "kembali" if t.status == Status.PERBAIKAN else t.ketepatan
            if nama in ("kembali", "terlambat", "segera"):
                seharusnya.setdefault(nama, []).append(t.pk)
        terlihat = kantor.tugas()
        terlihat.pop(Kelompok.DRAF)
        assert terlihat == seharusnya


class TestMenunggu:
    def test_the_day_of_sending_is_the_first(self, kantor):
        make_sent(kantor.slot(), kantor.anggota, at=wib(2025, 6, 14, 23, 59))
        for hari, ke in [(14, 1), (15, 2), (20, 7)]:
            (satu,) = menunggu(kantor.rencana, tgl(6, hari))
            assert satu.hari_ke == ke

    @pytest.mark.parametrize(("zona", "ke"), [("WIB", 1), ("WIT", 2)])
    def test_days_are_those_of_the_office(self, zona, ke):
        """23.00 WIB is already tomorrow in WIT."""
        assert hari_ke(wib(2025, 6, 14, 23), tgl(6, 15), zona) == 3 - ke

    @pytest.mark.parametrize("peran", [Peran.ANGGOTA, Peran.TPI])
    def test_the_day_of_sending_is_told_by_the_office_clock(self, client: Client, peran):
        """23.30 WIB is already tomorrow in WIT."""
        rencana = make_rencana(make_satker(zona_waktu="WIT"))
        make_sent(make_slot(rencana), make_member(rencana.satker), at=wib(2025, 6, 9, 23, 30))
        client.force_login(make_member(rencana.satker, peran))
        halaman = client.get(f"{alamat(rencana)}?per=2025-06-10").content.decode()
        assert 'ikirim <span class="tgl">10 Juni 2025</span>' in halaman
        assert "ari ke-1" in halaman

    def test_oldest_first_without_withdrawn_and_decided_as_of_the_day(self, kantor):
        baru = make_sent(kantor.slot(), kantor.anggota, at=wib(2025, 6, 12))
        lama = make_sent(kantor.slot(), kantor.anggota, at=wib(2025, 6, 10))
        withdraw(submission=baru, by=kantor.anggota, at=wib(2025, 6, 14))
        make_review(lama, kantor.tpi, at=wib(2025, 6, 15))
        for hari, harapan in [(9, []), (10, [lama]), (12, [lama, baru]), (14, [lama]), (15, [])]:
            assert [m.pk for m in menunggu(kantor.rencana, tgl(6, hari))] == [r.pk for r in harapan]

    def test_what_was_decided_later_cannot_be_taken_back_from_an_old_position(self, kantor):
        sent = make_sent(kantor.slot(), kantor.anggota, at=wib(2025, 6, 10))
        assert [m.masih for m in menunggu(kantor.rencana, ON)] == [True]
        make_review(sent, kantor.tpi, at=wib(2025, 6, 20))
        assert [m.masih for m in menunggu(kantor.rencana, ON)] == [False]


class TestRingkasan:
    def test_capaian_is_that_of_with_capaian(self, kantor):
        for jatuh_tempo in (tgl(5, 31), tgl(6, 16), tgl(12, 31)):
            kantor.terima(kantor.slot(jatuh_tempo), wib(2025, 6, 2))
            kantor.slot(jatuh_tempo, area=2)
        (row,) = TenggatPosisi.objects.with_capaian(ON)
        r = ringkasan(kantor.rencana, ON)
        assert (r.capaian.sd.selesai, r.capaian.sd.jumlah) == (row["selesai_sd"], row["jumlah_sd"]) == (2, 4)
        assert r.capaian.setahun == Capaian(row["selesai_setahun"], row["jumlah_setahun"]) == Capaian(3, 6)
        assert [(a.capaian.sd.selesai, a.capaian.sd.jumlah) for a in r.area] == [(2, 2), (0, 2)] + [
            (0, 0)
        ] * 4
        assert capaian_area(kantor.rencana, {1, 2}, ON) == r.capaian

    def test_another_office_is_not_counted(self, kantor):
        kantor.slot()
        Kantor().slot()
        assert ringkasan(kantor.rencana, ON).capaian.setahun.jumlah == 1

    def test_what_slips_is_late_with_its_days_and_whose_it_is_longest_first(self, kantor):
        for jatuh_tempo in (tgl(6, 15), tgl(5, 31), tgl(6, 16)):
            kantor.slot(jatuh_tempo)
        meleset = ringkasan(kantor.rencana, ON).meleset
        assert [m.lewat for m in meleset] == [16, 1]
        assert meleset[0].penanggung_jawab == [kantor.anggota]

    def test_waiting_for_tpi_is_not_late(self, kantor):
        make_sent(kantor.slot(tgl(5, 31)), kantor.anggota, at=wib(2025, 6, 10))
        r = ringkasan(kantor.rencana, ON)
        assert (r.terlambat, r.menunggu, r.meleset) == (0, 1, [])

    def test_six_areas_even_where_nothing_is_due(self, kantor):
        r = ringkasan(kantor.rencana, ON)
        assert [a.area.nomor for a in r.area] == [1, 2, 3, 4, 5, 6]
        assert r.capaian.sd.persen is None

    @pytest.mark.parametrize(
        ("on", "triwulan"),
        [
            (dt.date(2024, 12, 31), None),
            (tgl(1, 1), "I"),
            (tgl(3, 31), "I"),
            (tgl(6, 29), "I"),
            (tgl(6, 30), "II"),
            (tgl(10, 20), "III"),
            (tgl(12, 30), "III"),
            (tgl(12, 31), "IV"),
            (dt.date(2026, 11, 1), "IV"),
        ],
    )
    def test_the_report_offered_is_of_the_last_quarter_that_ended(self, on, triwulan):
        terakhir = triwulan_terakhir(2025, on)
        assert (terakhir.romawi if terakhir else None) == triwulan

    def test_realisasi_still_missing_are_those_of_the_quarter_by_that_day(self, kantor):
        ada, _, _ = kantor.slot(tgl(4, 30)), kantor.slot(tgl(6, 30)), kantor.slot(tgl(7, 31))
        save_realisasi(tenggat=ada.tenggat, by=kantor.ketua, uraian="Rapat", at=wib(2025, 5, 2))
        kurang = {on: tanpa_realisasi(kantor.rencana, Triwulan(2025, 2), on) for on in (tgl(5, 1), tgl(5, 2))}
        assert kurang == {tgl(5, 1): 2, tgl(5, 2): 1}


class TestGrafik:
    def test_table_legend_and_bars_count_the_same(self):
        hitungan = hitung_per_bulan(
            [(tgl(1, 31), "selesai")] * 3 + [(tgl(1, 5), "belum"), (tgl(12, 31), "proses")]
        )
        g = grafik_bulan(hitungan, 2025, tgl(10, 20))
        assert {s.status: s.jumlah for s in g.legenda if s.jumlah} == {"selesai": 3, "belum": 1, "proses": 1}
        assert [b.jumlah for b in g.tabel] == [4, *[0] * 10, 1]
        assert [b.jumlah for b in g.luas.batang] == [b.jumlah for b in g.sempit.batang] == [4, *[0] * 10, 1]
        assert "5 tenggat: Selesai 3" in g.uraian

    def test_heights_are_in_proportion_and_written_with_a_point(self):
        g = grafik_bulan({(1, "selesai"): 3, (1, "belum"): 1}, 2025, tgl(1, 1))
        selesai, belum = g.luas.batang[0].balok
        assert float(selesai.tinggi) == pytest.approx(3 * float(belum.tinggi), abs=0.2)
        assert float(belum.y) == pytest.approx(28, abs=0.1)

    def test_the_month_of_the_day_is_marked_in_its_own_year_only(self):
        for on, harapan in [(tgl(10, 20), ["Okt"]), (dt.date(2026, 10, 20), [])]:
            batang = grafik_bulan({}, 2025, on).luas.batang
            assert [b.nama for b in batang if b.garis_kini] == harapan


class TestHalaman:
    def test_upload_is_one_click_away(self, client: Client, kantor):
        slot = kantor.slot()
        client.force_login(kantor.anggota)
        isi = client.get(kantor.url, {"per": "2025-06-20"}).content.decode()
        assert f'href="{reverse("unggah", args=[slot.pk])}"' in isi

    def test_one_solid_button(self, client: Client, kantor):
        for _ in range(3):
            kantor.slot()
            kantor.kembalikan(kantor.slot(tgl(5, 31)), wib(2025, 6, 2))
        for orang in (kantor.anggota, kantor.ketua, kantor.tpi):
            client.force_login(orang)
            assert client.get(kantor.url, {"per": "2025-06-20"}).content.decode().count("btn-primary") <= 1

    def test_nothing_to_do_says_what_comes_next(self, client: Client, kantor):
        kantor.slot(tgl(12, 31))
        client.force_login(kantor.anggota)
        isi = client.get(kantor.url, {"per": "2025-06-20"}).content.decode()
        assert "Tidak ada yang mendesak" in isi
        assert "31 Desember 2025" in isi

    def test_taking_back_is_offered_while_it_waits(self, client: Client, kantor):
        sent = make_sent(kantor.slot(), kantor.anggota, at=wib(2025, 6, 10))
        client.force_login(kantor.anggota)
        tarik = f'action="{reverse("tarik", args=[sent.pk])}"'
        assert tarik in client.get(kantor.url, {"per": "2025-06-20"}).content.decode()
        make_review(sent, kantor.tpi, at=wib(2025, 6, 25))
        assert tarik not in client.get(kantor.url, {"per": "2025-06-20"}).content.decode()

    def test_each_figure_opens_the_deadlines_it_counts(self, client: Client, kantor):
        for area in (1, 2):
            kantor.slot(area=area)
            kantor.slot(tgl(5, 31), area=area)
            kantor.terima(kantor.slot(tgl(5, 31), area=area), wib(2025, 6, 2))
            make_sent(kantor.slot(tgl(12, 31), area=area), kantor.ketua, at=wib(2025, 6, 10))
        rencana = alamat(kantor.rencana, "rencana")

        def dibuka(query: str) -> int:
            assert f'href="{rencana}{escape(query)}"' in isi
            return client.get(rencana + query).context["daftar"].jumlah_tenggat

        client.force_login(kantor.ketua)
        isi = client.get(kantor.url, {"per": "2025-06-16"}).content.decode()
        harapan = {
            "?basis=sd": 4,
            "?basis=setahun": 8,
            "?ketepatan=terlambat": 2,
            "?ketepatan=segera": 2,
            "?status=menunggu": 2,
            "?area=1&basis=sd": 2,
            "?area=1&basis=setahun": 4,
            "?area=1&ketepatan=terlambat": 1,
        }
        assert {query: dibuka(query) for query in harapan} == harapan
        client.force_login(kantor.anggota)
        isi = client.get(kantor.url, {"per": "2025-06-16"}).content.decode()
        assert dibuka(f"?pj={kantor.anggota.pk}&basis=sd") == 2

    def test_each_number_of_the_month_table_opens_the_calendar_on_it(self, client: Client, kantor):
        kantor.slot()
        kantor.slot(tgl(5, 31))
        client.force_login(kantor.ketua)
        kalender = alamat(kantor.rencana, "kalender")
        assert f'href="{kalender}?bulan=6&amp;status=belum">1<' in client.get(kantor.url).content.decode()
        assert client.get(f"{kalender}?bulan=6&status=belum").context["kalender"].jumlah == 1

    def test_the_report_is_one_click_away_for_who_answers_for_it(self, client: Client, kantor):
        pdf = reverse("laporan_pdf", args=[kantor.rencana.satker.kode, 2025, "II"])
        for orang, ada in [(kantor.ketua, True), (kantor.anggota, False), (kantor.tpi, False)]:
            client.force_login(orang)
            isi = client.get(kantor.url, {"per": "2025-06-30"}).content.decode()
            assert (f'href="{pdf}"' in isi) is ada

    @pytest.mark.parametrize(("siapa", "ada"), [("ketua", True), ("tpi", False)])
    @pytest.mark.parametrize("dari", ["dasbor", "rencana"])
    def test_who_may_hand_in_finds_the_way_there(self, client: Client, kantor, siapa, ada, dari):
        client.force_login(getattr(kantor, siapa))
        halaman = client.get(alamat(kantor.rencana, dari)).content.decode()
        for tujuan in ("unggah_pilih", "impor"):
            assert (f'href="{alamat(kantor.rencana, tujuan)}"' in halaman) is ada

    @pytest.mark.parametrize("di", ["unggah_pilih", "impor"])
    def test_handing_in_stands_under_the_plan_for_who_has_no_entry_for_it(self, client: Client, kantor, di):
        client.force_login(kantor.ketua)
        halaman = client.get(alamat(kantor.rencana, di))
        assert halaman.status_code == 200
        nav = halaman.context["nav"]
        assert [b["label"] for b in nav if b["aktif"]] == ["Rencana Aksi"]

    def test_several_roles_get_the_sections_of_each(self, client: Client, kantor):
        make_member(kantor.rencana.satker, Peran.SEKRETARIS, user=kantor.anggota)
        kantor.slot()
        client.force_login(kantor.anggota)
        context = client.get(kantor.url, {"per": "2025-06-20"}).context
        assert context["tugas"].jumlah == 1
        assert context["ringkasan"].segera == 1

    def test_roles_held_elsewhere_do_not_count_here(self, client: Client, kantor):
        make_member(kantor.rencana.satker, Peran.PIMPINAN, user=kantor.anggota)
        lain = Kantor()
        make_member(lain.rencana.satker, Peran.PIMPINAN, user=kantor.anggota)
        client.force_login(kantor.anggota)
        assert "tugas" not in client.get(lain.url).context

    @pytest.mark.parametrize(
        ("peran", "kueri"),
        [("anggota", 11), ("ketua", 13), ("tpi", 12)],
    )
    def test_same_queries_for_one_row_and_for_many(
        self, client: Client, kantor, django_assert_num_queries, peran, kueri
    ):
        client.force_login(getattr(kantor, peran))
        client.get(kantor.url, {"per": "2025-06-20"})
        for _ in range(2):
            for area in (1, 2, 3):
                kantor.slot(area=area)
                kantor.kembalikan(kantor.slot(tgl(5, 31), area=area), wib(2025, 6, 2))
                make_sent(kantor.slot(tgl(5, 31), area=area), kantor.ketua, at=wib(2025, 6, 10))
            with django_assert_num_queries(kueri):
                client.get(kantor.url)


class TestBeranda:
    def test_the_way_leads_to_the_own_plan(self, client: Client, kantor):
        client.force_login(kantor.anggota)
        assert client.get("/").url == kantor.url

    def test_of_several_years_to_this_one_then_to_the_one_opened_last(self, client: Client, kantor):
        satker = kantor.rencana.satker
        tahun_ini, tahun_depan = (make_rencana(satker, tahun=tahun) for tahun in (2026, 2027))
        client.force_login(kantor.anggota)
        with time_machine.travel(wib(2026, 11, 1), tick=False):
            assert client.get("/").url == alamat(tahun_ini)
            client.get(alamat(tahun_depan))
            assert client.get("/").url == alamat(tahun_depan)

    def test_a_pembina_is_sent_to_the_offices_below(self, client: Client, kantor):
        client.force_login(make_member(kantor.rencana.satker, Peran.PEMBINA))
        assert client.get("/").url == reverse("satker_binaan")

    @pytest.mark.parametrize("peran", [Peran.ANGGOTA, Peran.PEMBINA])
    def test_the_day_that_was_asked_for_goes_with_it(self, client: Client, kantor, peran):
        client.force_login(make_member(kantor.rencana.satker, peran))
        tujuan = reverse("satker_binaan") if peran == Peran.PEMBINA else kantor.url
        assert client.get("/?per=2025-03-31").url == f"{tujuan}?per=2025-03-31"

    @pytest.mark.parametrize("peran", [Peran.KETUA_TIM, Peran.SEKRETARIS])
    def test_without_a_plan_the_team_can_be_registered(self, client: Client, peran):
        satker = make_satker()
        client.force_login(make_member(satker, peran))
        halaman = client.get("/").content.decode()
        assert "Sambil menunggu, daftarkan anggota tim" in halaman
        assert halaman.count(f'href="/{satker.kode}/pengaturan/"') == 2  # in the menu too
        assert "Tambah anggota" in client.get(f"/{satker.kode}/pengaturan/").content.decode()

    def test_without_a_plan_a_page_says_what_to_do(self, client: Client):
        client.force_login(make_member(make_satker()))
        assert "Rencana aksi belum dimuat" in client.get("/").content.decode()

    def test_without_a_role_a_page_says_whom_to_ask(self, client: Client):
        client.force_login(make_user())
        assert "Anda belum punya peran" in client.get("/").content.decode()

    def test_an_operator_finds_administrasi(self, client: Client):
        client.force_login(make_user(is_staff=True))
        assert f'href="{reverse("admin:index")}"' in client.get("/").content.decode()

    def test_a_role_that_ended_yesterday_leads_nowhere(self, client: Client, kantor):
        lama = make_member(kantor.rencana.satker, selesai=dt.date(2025, 6, 15))
        client.force_login(lama)
        with time_machine.travel(wib(2025, 6, 16), tick=False):
            assert client.get("/").status_code == 200


class TestRencanaLain:
    """Work waits in the plan of last year too."""

    @pytest.fixture
    def lama(self, kantor) -> RencanaAksi:
        return make_rencana(kantor.rencana.satker, tahun=2024)

    def lihat(self, client: Client, orang: User, url: str) -> str:
        client.force_login(orang)
        with time_machine.travel(wib(2025, 6, 16), tick=False):
            return client.get(url).content.decode()

    def test_a_tpi_is_told_what_waits_there(self, client: Client, kantor, lama):
        for _ in range(2):
            make_sent(make_slot(lama), kantor.anggota, at=wib(2025, 6, 2))
        for url in (kantor.url, alamat(kantor.rencana, "antrean")):
            assert f'href="{alamat(lama, "antrean")}">{lama.satker.nama} 2024</a>: 2 kiriman' in self.lihat(
                client, kantor.tpi, url
            )

    def test_an_anggota_is_told_what_presses_there_in_the_own_areas(self, client: Client, kantor, lama):
        make_slot(lama, area=1, mulai=tgl(1, 1), jatuh_tempo=tgl(5, 31))
        make_slot(lama, area=2, mulai=tgl(1, 1), jatuh_tempo=tgl(5, 31))
        make_slot(lama, area=1, mulai=tgl(1, 1), jatuh_tempo=tgl(12, 31))
        dikembalikan = make_slot(lama, area=1, mulai=tgl(1, 1), jatuh_tempo=tgl(12, 31))
        kantor.kembalikan(dikembalikan, wib(2025, 6, 2))
        halaman = self.lihat(client, kantor.anggota, kantor.url)
        assert (
            f'href="{alamat(lama)}">{lama.satker.nama} 2024</a>: 2 tenggat terlambat atau dikembalikan'
            in halaman
        )

    def test_another_offices_queue_is_nobodys_business(self, client: Client, kantor, lama):
        asing = make_rencana()
        make_sent(make_slot(asing), make_member(asing.satker), at=wib(2025, 6, 2))
        assert "di rencana lain" not in self.lihat(client, kantor.tpi, kantor.url)

    @pytest.mark.parametrize("peran", ["anggota", "tpi"])
    def test_as_many_queries_for_many_plans(
        self, client: Client, kantor, lama, peran, django_assert_num_queries
    ):
        client.force_login(getattr(kantor, peran))
        make_sent(
            make_slot(lama, area=1, mulai=tgl(1, 1), jatuh_tempo=tgl(5, 31)),
            kantor.anggota,
            at=wib(2025, 6, 2),
        )
        make_slot(lama, area=1, mulai=tgl(1, 1), jatuh_tempo=tgl(5, 31))
        client.get(kantor.url)
        with CaptureQueriesContext(connection) as sebelum:
            client.get(kantor.url)
        for tahun in (2021, 2022, 2023):
            lain = make_rencana(kantor.rencana.satker, tahun=tahun)
            make_sent(make_slot(lain), kantor.anggota, at=wib(2025, 6, 2))
            make_slot(lain, area=1, mulai=tgl(1, 1), jatuh_tempo=tgl(5, 31))
        with django_assert_num_queries(len(sebelum)):
            client.get(kantor.url)

    def test_a_plan_without_the_own_area_says_so(self, client: Client, kantor):
        orang = make_member(kantor.rencana.satker, area=[6])
        assert "tidak memuat tenggat di area Anda" in self.lihat(client, orang, kantor.url)


class TestBinaan:
    @pytest.fixture
    def pembina(self):
        self.atas = make_satker(tingkat="provinsi")
        return make_member(self.atas, Peran.PEMBINA)

    def binaan(self, jumlah: int) -> list[RencanaAksi]:
        return [make_rencana(make_satker(induk=self.atas)) for _ in range(jumlah)]

    def test_each_office_with_capaian_and_late_ones(self, client: Client, pembina):
        telat, kosong = self.binaan(2)
        make_slot(telat, mulai=tgl(4, 1), jatuh_tempo=tgl(5, 31))
        make_rencana()
        client.force_login(pembina)
        daftar = client.get(reverse("satker_binaan"), {"per": "2025-06-16"}).context["daftar"]
        assert {b.rencana: (b.capaian.sd.jumlah, b.terlambat) for b in daftar} == {
            telat: (1, 1),
            kosong: (0, 0),
        }

    def test_who_is_most_behind_comes_first(self, client: Client, pembina):
        aman, telat, lebih_telat = self.binaan(3)
        for rencana, jumlah in [(aman, 0), (telat, 1), (lebih_telat, 2)]:
            for _ in range(jumlah):
                make_slot(rencana, mulai=tgl(4, 1), jatuh_tempo=tgl(5, 31))
        client.force_login(pembina)
        daftar = client.get(reverse("satker_binaan"), {"per": "2025-06-16"}).context["daftar"]
        assert [b.rencana for b in daftar] == [lebih_telat, telat, aman]

    def test_same_queries_for_one_office_and_for_many(
        self, client: Client, pembina, django_assert_num_queries
    ):
        client.force_login(pembina)
        for _ in range(2):
            for rencana in self.binaan(3):
                make_slot(rencana)
            with django_assert_num_queries(8):
                client.get(reverse("satker_binaan"))


class TestMenu:
    @pytest.mark.parametrize(
        ("peran", "label"),
        [
            ({"anggota"}, "Dasbor, Rencana Aksi, Unggah Bukti, Tenggat, Laporan"),
            ({"ketua_tim"}, "Dasbor, Rencana Aksi, Tenggat, Laporan Monev, Pengaturan"),
            ({"sekretaris"}, "Dasbor, Rencana Aksi, Tenggat, Laporan Monev, Pengaturan"),
            ({"anggota", "ketua_tim"}, "Dasbor, Rencana Aksi, Unggah Bukti, Laporan Monev, Pengaturan"),
            ({"tpi"}, "Dasbor, Antrean Reviu, Rencana Aksi, Tenggat, Laporan"),
            ({"pimpinan"}, "Dasbor, Rencana Aksi, Tenggat, Laporan"),
            ({"pembina"}, "Satker, Dasbor, Rencana Aksi, Tenggat, Laporan"),
        ],
    )
    def test_five_entries_at_most_by_role(self, peran, label):
        assert ", ".join(b.label for b in menu(peran)) == label

    def test_counts_of_tasks_and_of_the_queue_and_the_page_one_is_on(self, client: Client, kantor):
        kantor.slot()
        make_sent(kantor.slot(), kantor.anggota, at=wib(2025, 6, 10))
        for orang, label in [(kantor.anggota, "Dasbor"), (kantor.tpi, "Antrean Reviu")]:
            client.force_login(orang)
            nav = client.get(alamat(kantor.rencana, "kalender"), {"per": "2025-06-20"}).context["nav"]
            assert {b["label"]: b["jumlah"] for b in nav if b["jumlah"]} == {label: 1}
            assert [b["label"] for b in nav if b["aktif"]] == ["Tenggat"]

    def test_the_frame_costs_nothing_where_nobody_is_logged_in(
        self, client: Client, django_assert_num_queries
    ):
        with django_assert_num_queries(0):
            client.get(reverse("account_login"))


@pytest.mark.django_db
def test_the_dashboard_and_the_report_miss_the_same_realisasi() -> None:
    rencana = make_rencana()
    anggota = make_member(rencana.satker)
    for bulan, hari in ((3, 31), (6, 30), (6, 30)):
        tenggat = make_tenggat(
            make_indikator(rencana), mulai=dt.date(2025, bulan, 1), jatuh_tempo=dt.date(2025, bulan, hari)
        )
    save_realisasi(tenggat=tenggat, by=anggota, kendala="Ruang rapat penuh.", at=wib(2025, 6, 20))
    triwulan, on = Triwulan(2025, 2), dt.date(2025, 6, 30)
    laporan = build_report(rencana, triwulan, on)
    assert tanpa_realisasi(rencana, triwulan, on) == sum(not b.realisasi for b in laporan.baris) == 3
