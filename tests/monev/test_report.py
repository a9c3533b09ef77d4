import datetime as dt

import pytest
import time_machine
from django.test import TestCase

from accounts.models import Peran
from actionplan.models import Indikator, Komponen, Koreksi, MulaiDipantau, Perpanjangan
from evidence.services import open_draft, put_in_draft, send, withdraw
from monev.models import Penandatangan, TenggatPosisi
from monev.penandatangan import cancel_penandatangan
from monev.report import RAHASIA, Baris, Laporan, LaporanError, build_report
from monev.ringkasan import dua_capaian
from monev.services import save_realisasi
from monev.status import Ketepatan, Status
from monev.triwulan import Triwulan, TriwulanError, read_triwulan
from tests.factories import (
    make_draft,
    make_indikator,
    make_member,
    make_rencana,
    make_review,
    make_sent,
    make_slot,
    make_tautan,
    make_tenggat,
    make_user,
    slots_of,
    wib,
)

TW3 = Triwulan(2025, 3)
AKHIR_TW3 = dt.date(2025, 9, 30)


class ReportTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.rencana = make_rencana()
        cls.satker = cls.rencana.satker
        cls.anggota = make_member(cls.satker, Peran.ANGGOTA)
        cls.tpi = make_member(cls.satker, Peran.TPI)

    def slot(self, jatuh_tempo: dt.date, *, area: int = 1):
        return make_slot(self.rencana, area=area, mulai=jatuh_tempo.replace(day=1), jatuh_tempo=jatuh_tempo)

    def selesai(self, slot, kirim: dt.datetime, putus: dt.datetime):
        return make_review(make_sent(slot, self.anggota, at=kirim), self.tpi, at=putus)

    def laporan(self, on: dt.date = AKHIR_TW3, triwulan: Triwulan = TW3) -> Laporan:
        return build_report(self.rencana, triwulan, on)

    def satu(self, on: dt.date = AKHIR_TW3) -> Baris:
        (baris,) = self.laporan(on).baris
        return baris


class YangDimuatTests(ReportTestCase):
    def test_a_tenggat_is_of_the_quarter_in_which_it_was_decreed_due(self):
        for jatuh_tempo in [(2025, 6, 30), (2025, 7, 1), (2025, 9, 30), (2025, 10, 1)]:
            self.slot(dt.date(*jatuh_tempo))
        self.assertEqual(
            [(b.jatuh_tempo, b.tunggakan) for b in self.laporan().baris],
            [
                (dt.date(2025, 7, 1), False),
                (dt.date(2025, 9, 30), False),
                (dt.date(2025, 6, 30), True),
            ],
        )

    def test_tunggakan_is_what_was_not_selesai_at_the_end_of_the_day_before_the_quarter(self):
        for putus, expected in [(wib(2025, 6, 30, 23, 59), 0), (wib(2025, 7, 1, 0, 0), 1)]:
            with self.subTest(putus=putus):
                slot = self.slot(dt.date(2025, 6, 30))
                sebelum = len(self.laporan().tunggakan) - 1
                self.selesai(slot, wib(2025, 6, 20), putus)
                self.assertEqual(len(self.laporan().tunggakan) - sebelum, expected)

    def test_tunggakan_finished_since_then_stays_in_the_report_as_selesai(self):
        self.selesai(self.slot(dt.date(2025, 6, 30)), wib(2025, 6, 20), wib(2025, 7, 5))
        self.assertEqual((self.satu().tunggakan, self.satu().status), (True, Status.SELESAI))

    def test_tunggakan_finished_since_then_is_counted(self):
        self.slot(dt.date(2025, 6, 30))
        self.selesai(self.slot(dt.date(2025, 5, 31)), wib(2025, 7, 3), wib(2025, 7, 4))
        per = [
            (on.day, self.laporan(on).tunggakan_selesai) for on in (dt.date(2025, 7, 3), dt.date(2025, 7, 4))
        ]
        self.assertEqual(per, [(3, 0), (4, 1)])

    def test_what_was_selesai_before_and_is_reopened_within_the_quarter_is_no_tunggakan(self):
        slot = self.slot(dt.date(2025, 6, 30))
        self.selesai(slot, wib(2025, 6, 20), wib(2025, 6, 25))
        make_sent(slot, self.anggota, at=wib(2025, 8, 1), alasan="Salah berkas.")
        self.assertEqual(self.laporan().baris, ())

    def test_the_first_quarter_has_no_tunggakan(self):
        self.slot(dt.date(2025, 1, 31))
        baris = self.laporan(dt.date(2025, 3, 31), Triwulan(2025, 1)).baris
        self.assertEqual([b.tunggakan for b in baris], [False])

    def test_another_office_and_another_year_stay_out(self):
        make_slot(make_rencana(), jatuh_tempo=dt.date(2025, 8, 31))
        make_slot(make_rencana(self.satker, tahun=2024), jatuh_tempo=dt.date(2024, 8, 31))
        self.assertEqual(self.laporan().baris, ())

    def test_this_quarter_first_then_tunggakan_each_as_the_lampiran_has_them(self):
        for area, jatuh_tempo in [
            (2, (2025, 8, 31)),
            (1, (2025, 9, 30)),
            (6, (2025, 5, 31)),
            (3, (2025, 6, 30)),
        ]:
            self.slot(dt.date(*jatuh_tempo), area=area)
        self.assertEqual([b.kode for b in self.laporan().baris], ["I.1.1", "II.1.1", "III.1.1", "VI.1.1"])

    def test_several_tenggat_of_a_row_stand_by_date(self):
        indikator = make_indikator(self.rencana)
        for bulan, hari in [(9, 30), (7, 31), (8, 31)]:
            make_tenggat(indikator, mulai=dt.date(2025, bulan, 1), jatuh_tempo=dt.date(2025, bulan, hari))
        self.assertEqual([b.jatuh_tempo.month for b in self.laporan().baris], [7, 8, 9])


class PosisiTests(ReportTestCase):
    def test_a_day_before_the_quarter_is_refused(self):
        with self.assertRaisesMessage(LaporanError, "mendahului Triwulan III Tahun 2025"):
            self.laporan(dt.date(2025, 6, 30))

    def test_the_first_day_of_the_quarter_will_do(self):
        self.assertEqual(self.laporan(dt.date(2025, 7, 1)).on, dt.date(2025, 7, 1))

    def test_a_day_after_today_in_the_office_s_zone_is_refused(self):
        with time_machine.travel(wib(2025, 8, 2, 0, 30), tick=False):
            self.assertTrue(self.laporan(dt.date(2025, 8, 2)).masih_berubah)
            self.assertFalse(self.laporan(dt.date(2025, 8, 1)).masih_berubah)
            with self.assertRaisesMessage(LaporanError, "tidak boleh sesudah hari ini, 2 Agustus 2025"):
                self.laporan(dt.date(2025, 8, 3))

    def test_before_the_decree_the_report_says_so(self):
        tw1 = Triwulan(2025, 1)
        self.assertTrue(self.laporan(dt.date(2025, 3, 2), tw1).sebelum_keputusan)
        self.assertFalse(self.laporan(dt.date(2025, 3, 3), tw1).sebelum_keputusan)


class IsiBarisTests(ReportTestCase):
    def test_status_ketepatan_and_days_late_as_of_the_day(self):
        self.slot(dt.date(2025, 8, 31))
        for on, expected in [
            (dt.date(2025, 8, 31), (Ketepatan.SEGERA, None, "Segera hari ini")),
            (dt.date(2025, 9, 1), (Ketepatan.TERLAMBAT, 1, "Terlambat 1 hari")),
            (dt.date(2025, 9, 30), (Ketepatan.TERLAMBAT, 30, "Terlambat 30 hari")),
        ]:
            with self.subTest(on=on):
                baris = self.satu(on)
                self.assertEqual((baris.ketepatan, baris.hari_terlambat, baris.sebut_ketepatan), expected)

    def test_an_extension_is_noted_and_does_not_move_the_tenggat_to_another_quarter(self):
        slot = self.slot(dt.date(2025, 9, 30))
        Perpanjangan.objects.create(
            tenggat=slot.tenggat,
            batas_baru=dt.date(2025, 10, 15),
            alasan="Menunggu data.",
            diberikan_oleh=self.anggota,
            diberikan_pada=wib(2025, 9, 20),
        )
        baris = self.satu(dt.date(2025, 10, 1))
        self.assertEqual(
            (baris.jatuh_tempo, baris.perpanjangan_sampai, baris.batas, baris.ketepatan),
            (dt.date(2025, 9, 30), dt.date(2025, 10, 15), dt.date(2025, 10, 15), Ketepatan.SEGERA),
        )
        self.assertIsNone(self.satu(dt.date(2025, 9, 19)).perpanjangan_sampai)

    def test_on_time_by_the_team_s_own_word_until_tpi_decides(self):
        sent = make_sent(self.slot(dt.date(2025, 8, 31)), self.anggota, at=wib(2025, 8, 20))
        self.assertEqual(self.satu().sebut_ketepatan, "Tepat Waktu menurut tim")
        make_review(sent, self.tpi, at=wib(2025, 8, 25))
        self.assertEqual(self.satu().sebut_ketepatan, "Tepat Waktu")

    def test_the_newest_realisasi_known_that_day(self):
        tenggat = self.slot(dt.date(2025, 8, 31)).tenggat
        for bulan, uraian, kendala in [
            (8, "Rapat pertama.", "Kuorum."),
            (9, "Rapat kedua.", ""),
            (10, "Rapat ketiga.", ""),
        ]:
            save_realisasi(
                tenggat=tenggat, by=self.anggota, uraian=uraian, kendala=kendala, at=wib(2025, bulan, 5)
            )
        baris = self.satu()
        self.assertEqual((baris.realisasi, baris.kendala), ("Rapat kedua.", ""))

    def test_evidence_of_the_newest_round_sent_and_known_that_day(self):
        slot = self.slot(dt.date(2025, 8, 31))
        pertama = make_sent(slot, self.anggota, at=wib(2025, 8, 20))
        make_review(pertama, self.tpi, at=wib(2025, 8, 25), keputusan="perbaikan")
        kedua = make_sent(slot, self.anggota, at=wib(2025, 9, 10))
        for on, submission in [(dt.date(2025, 9, 9), pertama), (dt.date(2025, 9, 10), kedua)]:
            with self.subTest(on=on):
                judul = [bukti.judul for bukti in self.satu(on).bukti]
                self.assertEqual(judul, [submission.evidence.get().judul])

    def test_neither_a_draft_nor_a_withdrawn_round_shows_its_evidence(self):
        draf, ditarik = self.slot(dt.date(2025, 8, 31)), self.slot(dt.date(2025, 8, 31))
        make_draft(draf, self.anggota, at=wib(2025, 8, 20))
        sent = make_sent(ditarik, self.anggota, at=wib(2025, 8, 20))
        withdraw(submission=sent, by=self.anggota, at=wib(2025, 8, 21))
        self.assertEqual([(b.bukti, b.terisi) for b in self.laporan().baris], [((), 0), ((), 0)])

    def test_a_rahasia_piece_is_counted_and_never_named(self):
        sent = make_sent(self.slot(dt.date(2025, 8, 31)), self.anggota, at=wib(2025, 8, 20), rahasia=True)
        (bukti,) = self.satu().bukti
        self.assertEqual(bukti.judul, RAHASIA)
        self.assertNotIn(sent.evidence.get().judul, repr(self.laporan()))

    def test_one_piece_that_serves_two_bukti_fisik_is_one(self):
        tenggat = make_tenggat(
            make_indikator(self.rencana, bukti=("Undangan", "Notulen", "Foto")),
            jatuh_tempo=dt.date(2025, 8, 31),
        )
        piece = make_tautan(self.satker, self.anggota, tanggal=dt.date(2025, 8, 20))
        for slot in slots_of(tenggat)[:2]:
            draft = open_draft(slot=slot, by=self.anggota, at=wib(2025, 8, 20))
            put_in_draft(submission=draft, evidence=[piece], by=self.anggota)
            send(submission=draft, by=self.anggota, at=wib(2025, 8, 20))
        baris = self.satu()
        self.assertEqual((len(baris.bukti), baris.sebut_bukti), (1, "2 dari 3 bukti fisik terisi"))

    def test_the_newest_note_of_tpi_with_its_date_and_whether_it_was_answered(self):
        slot = self.slot(dt.date(2025, 8, 31))
        first = make_sent(slot, self.anggota, at=wib(2025, 8, 20))
        make_review(first, self.tpi, at=wib(2025, 8, 25), keputusan="perbaikan")
        second = make_sent(slot, self.anggota, at=wib(2025, 9, 10))
        make_review(second, self.tpi, at=wib(2025, 9, 20))
        for on, expected in [
            (dt.date(2025, 8, 24), ()),
            (dt.date(2025, 8, 25), ("Lengkapi halaman 2. (25 Agustus 2025)",)),
            (dt.date(2025, 9, 10), ("Lengkapi halaman 2. (25 Agustus 2025, sudah dijawab)",)),
            (dt.date(2025, 9, 20), ("Sesuai (20 September 2025)",)),
        ]:
            with self.subTest(on=on):
                self.assertEqual(self.satu(on).sebut_catatan_tpi, expected)

    def test_where_tpi_says_another_document_date_the_note_tells_which_one_decided(self):
        sent = make_sent(
            self.slot(dt.date(2025, 8, 31)), self.anggota, at=wib(2025, 9, 2), tanggal=dt.date(2025, 9, 1)
        )
        self.assertEqual(self.satu().ketepatan, Ketepatan.LEWAT_WAKTU)
        make_review(sent, self.tpi, at=wib(2025, 9, 3), tanggal=dt.date(2025, 8, 31))
        baris = self.satu()
        self.assertEqual(baris.ketepatan, Ketepatan.TEPAT_WAKTU)
        self.assertEqual(
            baris.sebut_catatan_tpi,
            ("Sesuai (3 September 2025; tanggal dokumen menurut TPI 31 Agustus 2025)",),
        )

    def test_the_date_tpi_gave_for_pieces_that_were_replaced_is_told_no_more(self):
        slot = self.slot(dt.date(2025, 8, 31))
        first = make_sent(slot, self.anggota, at=wib(2025, 8, 20))
        make_review(first, self.tpi, at=wib(2025, 8, 25), keputusan="perbaikan", tanggal=dt.date(2025, 8, 19))
        self.assertIn("menurut TPI 19 Agustus 2025", self.satu(dt.date(2025, 8, 25)).sebut_catatan_tpi[0])
        make_sent(slot, self.anggota, at=wib(2025, 8, 26))
        self.assertNotIn("menurut TPI", self.satu().sebut_catatan_tpi[0])

    def test_where_several_are_asked_for_a_note_says_of_which_bukti_fisik_it_is(self):
        tenggat = make_tenggat(
            make_indikator(self.rencana, bukti=("Undangan", "Notulen")), jatuh_tempo=dt.date(2025, 8, 31)
        )
        for slot, keputusan in zip(slots_of(tenggat), ("sesuai", "perbaikan"), strict=True):
            sent = make_sent(slot, self.anggota, at=wib(2025, 8, 20))
            make_review(sent, self.tpi, at=wib(2025, 8, 25), keputusan=keputusan)
        self.assertEqual(
            self.satu().sebut_catatan_tpi,
            (
                "Notulen: Lengkapi halaman 2. (25 Agustus 2025)",
                "Sesuai: 1 dari 2 bukti fisik (25 Agustus 2025)",
            ),
        )

    def test_doubts_and_dated_corrections_stand_beside_the_decreed_text(self):
        indikator = Indikator.objects.create(
            komponen=Komponen.objects.get(area__rencana=self.rencana, area__nomor=1),
            nomor=1,
            uraian="Rapat",
            langkah_aksi_teks="Rapat",
            bukti_fisik_teks="Notulen",
            target_waktu="Agustus",
            catatan_tafsir="Tahun tidak tertulis.",
        )
        make_tenggat(indikator, jatuh_tempo=dt.date(2025, 8, 31))
        Koreksi.objects.create(
            indikator=indikator,
            kolom="target_waktu",
            teks="Agustus 2025",
            alasan="Salah tulis.",
            dikoreksi_oleh=self.anggota,
            dikoreksi_pada=wib(2025, 9, 1),
        )
        baris = self.satu()
        self.assertEqual(baris.target_waktu, "Agustus")
        self.assertEqual(baris.catatan_tafsir, "Tahun tidak tertulis.")
        self.assertEqual(
            baris.koreksi,
            (
                "Target waktu seharusnya dibaca “Agustus 2025” "
                "(koreksi 1 September 2025, tenggat tidak berubah: Salah tulis.)",
            ),
        )
        self.assertEqual(self.satu(dt.date(2025, 8, 31)).koreksi, ())

    def test_penanggung_jawab_are_the_members_who_cover_the_area(self):
        lain = make_member(self.satker, Peran.ANGGOTA, area=[2])
        self.slot(dt.date(2025, 8, 31), area=1)
        self.slot(dt.date(2025, 8, 31), area=2)
        siapa = [b.penanggung_jawab for b in self.laporan().baris]
        self.assertEqual(siapa[0], (self.anggota.nama,))
        self.assertEqual(set(siapa[1]), {self.anggota.nama, lain.nama})

    def test_who_came_after_the_day_of_the_report_is_not_named_in_it(self):
        baru = make_member(self.satker, Peran.ANGGOTA, area=[1], mulai=dt.date(2025, 10, 1))
        self.slot(dt.date(2025, 8, 31), area=1)
        siapa = [self.satu(on).penanggung_jawab for on in (dt.date(2025, 9, 30), dt.date(2025, 10, 1))]
        self.assertEqual([baru.nama in nama for nama in siapa], [False, True])


class AngkaTests(ReportTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for area, tanggal in [
            (1, (2025, 8, 31)),
            (1, (2025, 9, 30)),
            (2, (2025, 6, 30)),
            (3, (2025, 12, 31)),
            (5, (2025, 2, 28)),
        ]:
            cls.isi(area, dt.date(*tanggal))

    @classmethod
    def isi(cls, area: int, jatuh_tempo: dt.date) -> None:
        slot = make_slot(cls.rencana, area=area, mulai=jatuh_tempo.replace(day=1), jatuh_tempo=jatuh_tempo)
        if area != 3:
            sent = make_sent(slot, cls.anggota, at=wib(2025, 7, 10))
            if area != 2:
                make_review(sent, cls.tpi, at=wib(2025, 8, area))

    def test_counts_are_of_the_report_s_tenggat_and_add_up(self):
        laporan = self.laporan()
        total = laporan.total
        self.assertEqual((total.jumlah, total.tunggakan), (4, 2))
        self.assertEqual(total.status[Status.SELESAI], 3)
        self.assertEqual(total.status[Status.MENUNGGU], 1)
        for hitungan in ("status", "ketepatan"):
            self.assertEqual(sum(getattr(total, hitungan).values()), total.jumlah)
            for kunci, nilai in getattr(total, hitungan).items():
                self.assertEqual(sum(getattr(a, hitungan)[kunci] for a in laporan.area), nilai)

    def test_all_six_areas_stand_there_with_the_plan_s_capaian(self):
        laporan = self.laporan()
        self.assertEqual([a.romawi for a in laporan.area], ["I", "II", "III", "IV", "V", "VI"])
        rows = TenggatPosisi.objects.filter(indikator__komponen__area__rencana=self.rencana)
        semua = dua_capaian(rows.with_capaian(AKHIR_TW3)[0])
        self.assertEqual(laporan.total.capaian, semua)
        self.assertEqual((semua.sd.selesai, semua.sd.jumlah, semua.setahun.jumlah), (3, 4, 5))
        self.assertEqual(sum(a.capaian.setahun.jumlah for a in laporan.area), 5)
        self.assertIsNone(laporan.area[3].capaian.sd.persen)

    def test_the_months_hold_the_whole_plan(self):
        bulan = dict(self.laporan().bulan)
        self.assertEqual(sum(sum(n.values()) for n in bulan.values()), 5)
        self.assertEqual(bulan[12][Status.BELUM], 1)
        self.assertEqual(bulan[6][Status.MENUNGGU], 1)

    def test_mulai_dipantau_later_than_the_tenggat_is_its_batas(self):
        MulaiDipantau.objects.create(
            rencana=self.rencana,
            tanggal=dt.date(2025, 9, 15),
            alasan="Tim baru dibentuk.",
            ditetapkan_oleh=self.anggota,
            ditetapkan_pada=wib(2025, 7, 1),
        )
        self.assertEqual(
            {b.batas for b in self.laporan().baris}, {dt.date(2025, 9, 15), dt.date(2025, 9, 30)}
        )

    def test_as_many_queries_for_many_rows_as_for_one(self):
        with self.assertNumQueries(12):
            self.assertEqual(len(self.laporan().baris), 4)
        for hari in range(1, 11):
            self.isi(1, dt.date(2025, 8, hari))
        with self.assertNumQueries(12):
            self.assertEqual(len(self.laporan().baris), 14)


class BelumLengkapTests(ReportTestCase):
    def kurang(self) -> dict[str, int]:
        return {k.uraian: len(k.baris) for k in self.laporan().kekurangan}

    def test_what_a_late_and_empty_tenggat_lacks(self):
        self.slot(dt.date(2025, 8, 31))
        kurang = self.kurang()
        self.assertEqual(kurang["tenggat tanpa realisasi"], 1)
        self.assertEqual(kurang["tenggat tanpa bukti terkirim"], 1)
        self.assertEqual(kurang["tenggat terlambat tanpa kendala atau rencana tindak lanjut"], 1)

    def test_a_note_counts_until_a_new_round_answers_it(self):
        slot = self.slot(dt.date(2025, 8, 31))
        sent = make_sent(slot, self.anggota, at=wib(2025, 8, 20))
        make_review(sent, self.tpi, at=wib(2025, 8, 25), keputusan="perbaikan")
        self.assertEqual(self.kurang()["tenggat dengan catatan TPI yang belum dijawab"], 1)
        make_sent(slot, self.anggota, at=wib(2025, 9, 1))
        kurang = self.kurang()
        self.assertNotIn("tenggat dengan catatan TPI yang belum dijawab", kurang)
        self.assertEqual(kurang["tenggat menunggu reviu TPI"], 1)

    def test_a_full_report_lacks_nothing(self):
        slot = self.slot(dt.date(2025, 8, 31))
        save_realisasi(tenggat=slot.tenggat, by=self.anggota, uraian="Rapat.", at=wib(2025, 8, 20))
        self.selesai(slot, wib(2025, 8, 20), wib(2025, 8, 25))
        for fungsi in Penandatangan.Fungsi.values:
            Penandatangan.objects.create(
                satker=self.satker, fungsi=fungsi, jabatan="Ketua", nama="NAMA", mulai=dt.date(2025, 1, 1)
            )
        self.assertEqual(self.kurang(), {})


class PenandatanganTests(ReportTestCase):
    def tanda(self, nama: str, mulai: dt.date, selesai: dt.date | None = None) -> None:
        Penandatangan.objects.create(
            satker=self.satker,
            fungsi="pembuat",
            jabatan="Sekretaris",
            nama=nama,
            mulai=mulai,
            selesai=selesai,
        )

    def test_who_held_the_office_on_the_day_signs(self):
        self.tanda("LAMA", dt.date(2024, 1, 1), dt.date(2025, 8, 15))
        self.tanda("BARU", dt.date(2025, 8, 17))
        for on, expected in [
            (dt.date(2025, 8, 15), "LAMA"),
            (dt.date(2025, 8, 16), None),
            (dt.date(2025, 8, 17), "BARU"),
        ]:
            with self.subTest(on=on):
                pembuat = self.laporan(on).pembuat
                self.assertEqual(pembuat and pembuat.nama, expected)

    def test_of_two_at_once_the_one_who_came_later_signs(self):
        self.tanda("TETAP", dt.date(2024, 1, 1))
        self.tanda("PENGGANTI", dt.date(2025, 8, 1), dt.date(2025, 8, 31))
        self.assertEqual(self.laporan(dt.date(2025, 8, 31)).pembuat.nama, "PENGGANTI")
        self.assertEqual(self.laporan(dt.date(2025, 9, 1)).pembuat.nama, "TETAP")

    def test_what_is_cancelled_signs_only_the_days_on_which_it_stood(self):
        with time_machine.travel(wib(2025, 8, 10), tick=False):
            self.tanda("SALAH", dt.date(2025, 7, 1))
        salah = Penandatangan.objects.get()
        cancel_penandatangan(
            salah, alasan="Salah orang.", by=make_user(is_staff=True), at=wib(2025, 8, 20, 23, 59)
        )
        for hari, expected in [(9, None), (10, "SALAH"), (19, "SALAH"), (20, None), (21, None)]:
            with self.subTest(hari=hari):
                pembuat = self.laporan(dt.date(2025, 8, hari)).pembuat
                self.assertEqual(pembuat and pembuat.nama, expected)

    def test_what_took_the_place_of_a_slip_signs_from_the_day_it_was_cancelled(self):
        with time_machine.travel(wib(2025, 8, 10), tick=False):
            self.tanda("SALAH", dt.date(2025, 7, 1))
        salah = Penandatangan.objects.get()
        cancel_penandatangan(salah, alasan="Keliru.", by=make_user(is_staff=True), at=wib(2025, 8, 20))
        self.tanda("BENAR", dt.date(2025, 7, 1))
        for hari, expected in [(9, "BENAR"), (10, "SALAH"), (19, "SALAH"), (20, "BENAR")]:
            with self.subTest(hari=hari):
                self.assertEqual(self.laporan(dt.date(2025, 8, hari)).pembuat.nama, expected)

    def test_what_is_not_cancelled_signs_from_the_day_it_is_dated_though_recorded_later(self):
        with time_machine.travel(wib(2025, 8, 10), tick=False):
            self.tanda("BENAR", dt.date(2025, 7, 1))
        self.assertEqual(self.laporan(dt.date(2025, 8, 9)).pembuat.nama, "BENAR")

    def test_who_is_recorded_later_takes_no_past_day_from_who_stood_there(self):
        with time_machine.travel(wib(2025, 8, 10), tick=False):
            self.tanda("LAMA", dt.date(2025, 7, 1))
        with time_machine.travel(wib(2025, 8, 20), tick=False):
            self.tanda("BARU", dt.date(2025, 8, 1))
        for hari, expected in [(9, "BARU"), (10, "LAMA"), (19, "LAMA"), (20, "BARU")]:
            with self.subTest(hari=hari):
                self.assertEqual(self.laporan(dt.date(2025, 8, hari)).pembuat.nama, expected)

    def test_without_any_the_place_stays_open_and_the_page_says_so(self):
        laporan = self.laporan()
        self.assertEqual((laporan.mengetahui, laporan.pembuat), (None, None))
        self.assertEqual(sum("Penandatangan" in k.uraian for k in laporan.kekurangan), 2)


@pytest.mark.parametrize("teks", ["III", "iii", " III ", "3"])
def test_a_quarter_is_read_in_roman_or_plain(teks):
    assert read_triwulan(teks, 2025) == TW3


@pytest.mark.parametrize("teks", ["", "V", "0", "5", "IIII", "ii i"])
def test_what_is_no_quarter_is_said(teks):
    with pytest.raises(TriwulanError, match="tidak dikenal"):
        read_triwulan(teks, 2025)


@pytest.mark.parametrize(
    ("nomor", "mulai", "akhir"),
    [
        (1, (2024, 1, 1), (2024, 3, 31)),
        (2, (2024, 4, 1), (2024, 6, 30)),
        (3, (2024, 7, 1), (2024, 9, 30)),
        (4, (2024, 10, 1), (2024, 12, 31)),
    ],
)
def test_the_days_of_a_quarter(nomor, mulai, akhir):
    tw = Triwulan(2024, nomor)
    assert (tw.mulai, tw.akhir) == (dt.date(*mulai), dt.date(*akhir))
