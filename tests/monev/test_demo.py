"""The demo office: every state can be seen on 20 October 2025, each quarter is another, and it fills only once."""

import datetime as dt
import hashlib
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from accounts.models import Membership, Peran, Satker, User
from actionplan.models import Koreksi, Perpanjangan, RencanaAksi
from evidence.models import Evidence, Review, Submission
from monev.demo.biasa import LIBUR, usual_rounds
from monev.demo.jalan import form_of
from monev.demo.kantor import ORANG, SANDI
from monev.models import Penandatangan, Realisasi, TenggatPosisi
from monev.status import Ketepatan, Status
from tests.factories import make_satker

OKTOBER = dt.date(2025, 10, 20)
SEMUA_TABEL = (User, Membership, Satker, RencanaAksi, Evidence, Submission, Review, Realisasi, Penandatangan)


def tenggat(on: dt.date):
    return TenggatPosisi.objects.filter(
        indikator__komponen__area__rencana__satker__kode="1503"
    ).with_ketepatan(on)


def jumlah(on: dt.date, kolom: str = "status") -> dict[str, int]:
    return dict(Counter(tenggat(on).values_list(kolom, flat=True)))


def posisi(kode: str, label: str, on: dt.date) -> tuple[str, str]:
    area, komponen, nomor = kode.split(".")
    romawi = ["I", "II", "III", "IV", "V", "VI"].index(area) + 1
    t = tenggat(on).get(
        indikator__komponen__area__nomor=romawi,
        indikator__komponen__nomor=komponen,
        indikator__nomor=nomor,
        label=label,
    )
    return t.status, t.ketepatan


@override_settings(ZI_DEMO=True)
class DemoTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.media = Path(settings.MEDIA_ROOT)  # each test gets another
        call_command("load_demo", stdout=StringIO())

    # What can be seen

    def test_every_status_and_every_ketepatan_occurs_on_20_october(self):
        self.assertEqual(set(jumlah(OKTOBER)), set(Status.values))
        self.assertEqual(set(jumlah(OKTOBER, "ketepatan")), set(Ketepatan.values))

    def test_20_october_has_the_figures_of_the_pictures(self):
        self.assertEqual(
            jumlah(OKTOBER), {"selesai": 74, "menunggu": 7, "perbaikan": 4, "proses": 4, "belum": 12}
        )

    def test_the_four_days_of_the_banner_show_four_positions(self):
        hari = [dt.date(2025, 3, 31), dt.date(2025, 6, 30), OKTOBER, dt.date(2026, 2, 1)]
        capaian = [jumlah(on)["selesai"] for on in hari]
        self.assertEqual(capaian, sorted(set(capaian)))
        self.assertGreater(jumlah(hari[0])["menunggu"], 2)

    def test_in_the_end_most_is_done_and_something_is_left(self):
        akhir = jumlah(dt.date(2026, 2, 1))
        self.assertGreater(akhir["selesai"], 90)
        self.assertLess(akhir["selesai"], 101)

    def test_each_quarter_is_another(self):
        per_triwulan = []
        for awal, akhir in [((1, 1), (3, 31)), ((4, 1), (6, 30)), ((7, 1), (9, 30)), ((10, 1), (12, 31))]:
            rentang = dt.date(2025, *awal), dt.date(2025, *akhir)
            baris = tenggat(rentang[1]).filter(jatuh_tempo__range=rentang)
            per_triwulan.append(Counter(baris.values_list("status", "ketepatan")))
        self.assertEqual(len({frozenset(c.items()) for c in per_triwulan}), 4)
        self.assertTrue(all(len(c) >= 3 for c in per_triwulan), per_triwulan)

    def test_the_rows_of_the_pictures_stand_as_pictured(self):
        harapan = {
            ("V.4.3", "September"): ("belum", "terlambat"),
            ("V.5.2", "September"): ("proses", "terlambat"),
            ("V.5.3", "Juli"): ("perbaikan", "terlambat"),
            ("I.3.1", "September"): ("perbaikan", "terlambat"),
            ("I.3.1", "Oktober"): ("proses", "segera"),
            ("V.2.1", "Januari–Desember"): ("proses", "berjalan"),
            ("V.4.3", "Maret"): ("selesai", "lewat_waktu"),
        }
        self.assertEqual({k: posisi(*k, OKTOBER) for k in harapan}, harapan)

    def test_tpi_has_eight_rounds_waiting_up_to_19_days_on_20_october(self):
        batas = dt.datetime(2025, 10, 20, 17, tzinfo=dt.UTC)
        menunggu = Submission.objects.filter(dikirim_pada__lt=batas, ditutup_pada__gt=batas)
        hari = sorted((OKTOBER - s.dikirim_pada.date()).days + 1 for s in menunggu)
        self.assertEqual((len(hari), hari[-1]), (8, 19))

    def test_somebody_waits_for_tpi_today(self):
        self.assertEqual(Submission.objects.waiting().count(), 2)

    # What happened

    def test_every_kind_of_history_is_there(self):
        ada = {
            "ditarik kembali": Submission.objects.filter(
                dikirim_pada__isnull=False, ditarik_pada__isnull=False
            ),
            "draf dibuang": Submission.objects.filter(dikirim_pada__isnull=True, ditarik_pada__isnull=False),
            "draf": Submission.objects.filter(dikirim_pada__isnull=True, ditutup_pada__isnull=True),
            "dibuka kembali": Submission.objects.exclude(alasan_buka_kembali=""),
            "dibuka kembali, Sesuai lagi": Submission.objects.exclude(alasan_buka_kembali="").filter(
                reviews__keputusan="sesuai"
            ),
            "putaran ketiga": Submission.objects.filter(putaran=3),
            "jawaban atas catatan": Submission.objects.exclude(pesan="").filter(putaran=2),
            "beberapa bukti": Submission.objects.filter(isi__evidence__judul__startswith="Denah"),
            "tautan": Evidence.objects.filter(jenis="tautan"),
            "rahasia": Evidence.objects.filter(rahasia=True),
            "kendala": Realisasi.objects.exclude(kendala="").exclude(rencana_tindak_lanjut=""),
            "realisasi versi 2": Realisasi.objects.filter(versi=2),
            "perpanjangan": Perpanjangan.objects.all(),
            "koreksi": Koreksi.objects.all(),
            "Plt.": Penandatangan.objects.filter(sebutan="Plt."),
        }
        self.assertEqual([nama for nama, baris in ada.items() if not baris.exists()], [])

    def test_one_evidence_serves_several_slots(self):
        sk = Evidence.objects.get(judul="SK Unit Pengendalian Gratifikasi")
        kode = {s.kebutuhan.tenggat.indikator.kode for s in sk.submissions.all()}
        self.assertEqual(kode, {"V.1.1", "V.1.2"})

    def test_the_two_sent_back_carry_the_notes_of_the_pictures(self):
        catatan = Review.objects.filter(keputusan="perbaikan", diputus_oleh__username="tpi.demo1")
        awal = "Lembar monev belum memuat kolom tindak lanjut", "Baru 11 dari 24 pegawai"
        self.assertEqual([catatan.filter(catatan__startswith=a).count() for a in awal], [1, 1])

    def test_rahasia_stands_on_whistleblowing_and_complaints_only(self):
        rahasia = Evidence.objects.filter(rahasia=True).prefetch_related("submissions")
        kode = {s.kebutuhan.tenggat.indikator.kode for e in rahasia for s in e.submissions.all()}
        self.assertEqual(kode, {"V.3.2", "V.3.3", "V.3.4", "V.4.2", "V.4.3", "V.4.4"})

    def test_nothing_happens_before_the_decree_or_in_the_future(self):
        self.assertFalse(Submission.objects.filter(dibuat_pada__lt=dt.datetime(2025, 3, 3, tzinfo=dt.UTC)))
        self.assertFalse(Submission.objects.filter(dikirim_pada__gt=dt.datetime.now(dt.UTC)))

    def test_the_files_are_real(self):
        tipe = Counter(Evidence.objects.filter(jenis="berkas").values_list("tipe", flat=True))
        self.assertGreater(min(tipe["application/pdf"], tipe["image/jpeg"], len(tipe)), 2)
        for e in Evidence.objects.filter(jenis="berkas"):
            isi = (self.media / e.berkas.name).read_bytes()
            self.assertEqual((len(isi), hashlib.sha256(isi).hexdigest()), (e.ukuran, e.sha256), e)

    # Who

    def test_everybody_of_the_table_can_log_in(self):
        for orang in ORANG:
            self.assertTrue(User.objects.get(username=orang.username).check_password(SANDI), orang)

    def test_every_role_has_somebody(self):
        self.assertEqual(set(Membership.objects.active().values_list("peran", flat=True)), set(Peran.values))

    def test_the_pembina_sees_two_offices_with_a_plan(self):
        pembina = User.objects.get(username="pembina.demo")
        self.assertEqual(
            set(RencanaAksi.objects.visible_to(pembina).values_list("satker__kode", flat=True)),
            {"1503", "1599"},
        )

    def test_only_the_operator_enters_the_admin(self):
        self.assertEqual([u.username for u in User.objects.filter(is_staff=True)], ["operator.demo"])

    # Again

    def test_a_second_run_changes_nothing_and_is_one_question(self):
        sebelum = [list(tabel.objects.order_by("pk").values()) for tabel in SEMUA_TABEL]
        with self.assertNumQueries(3):  # the savepoint, the question, its end
            call_command("load_demo", stdout=StringIO())
        self.assertEqual([list(tabel.objects.order_by("pk").values()) for tabel in SEMUA_TABEL], sebelum)


@pytest.mark.django_db
def test_refused_when_demo_is_off(settings):
    settings.ZI_DEMO = False
    with pytest.raises(CommandError, match="ZI_DEMO=1"):
        call_command("load_demo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_refused_where_people_work_in_earnest(settings):
    settings.ZI_DEMO = True
    user = User.objects.create_user("sungguhan", nama="Sungguhan")
    Membership.objects.create(user=user, satker=make_satker(), peran="tpi", mulai=dt.date(2025, 1, 1))
    with pytest.raises(CommandError, match="sungguhan"):
        call_command("load_demo")
    assert not User.objects.filter(username__endswith=".demo").exists()


def test_the_usual_way_is_the_same_at_every_filling():
    cara = {"kunci_tenggat": "a", "kunci_slot": "b", "bentuk": "pdf"}
    putaran = usual_rounds(**cara, mulai=dt.date(2025, 6, 1), jatuh_tempo=dt.date(2025, 6, 30))
    assert [(p.dokumen, p.dikirim, p.diputus) for p in putaran] == [
        (dt.date(2025, 6, 26), dt.date(2025, 7, 1), dt.date(2025, 7, 3))
    ]


@pytest.mark.parametrize("n", range(40))
def test_the_usual_way_goes_forward_and_on_workdays(n):
    cara = {"kunci_tenggat": f"t{n}", "kunci_slot": f"s{n}", "bentuk": "jpg"}
    bulan = n % 12 + 1
    putaran = usual_rounds(**cara, mulai=dt.date(2025, bulan, 1), jatuh_tempo=dt.date(2025, bulan, 28))
    hari = [h for p in putaran for h in (p.dikirim, p.diputus)]
    assert [putaran[0].dokumen, *hari] == sorted([putaran[0].dokumen, *hari])
    assert not [h for h in hari if h.weekday() >= 5 or h in LIBUR]
    assert [p.keputusan for p in putaran] in (["sesuai"], ["perbaikan", "sesuai"])


@pytest.mark.parametrize(
    ("uraian", "bentuk"),
    [
        ("*Website* KPU Kabupaten Sarolangun", "tautan"),
        ("Screenshoot dari website", "jpg"),
        ("Tabel rekapitulasi tindaklanjut penanganan WBS", "xlsx"),
        ("Laporan evaluasi monev aplikasi dan IT", "pdf"),
    ],
)
def test_a_piece_has_the_form_that_its_name_suggests(uraian, bentuk):
    assert form_of(uraian) == bentuk


def test_the_slot_table_has_no_row_that_the_plan_does_not_have():
    """A typing slip in the story would otherwise be passed over in silence."""
    from monev.demo import cerita

    kode = {k[0] for k in (*cerita.LUAR_BIASA, *cerita.CATATAN, *cerita.BERSAMA, *cerita.BARU_DIKIRIM)}
    assert kode <= set(cerita.REALISASI) | {"III.3.5", "V.2.1", "V.5.2", "V.5.3", "VI.3.3"}
