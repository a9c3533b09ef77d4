"""What a package writes, Bawa Drive Anda reads again: each file is proposed for the slot it came from."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import TestCase, override_settings

from accounts.models import Peran
from actionplan.models import RencanaAksi
from evidence import impor as alur
from evidence.intake import receive_file
from evidence.keadaan import Keadaan
from evidence.models import Evidence
from evidence.rencana_dikenal import RencanaDikenal
from evidence.rencana_impor import known_plan
from evidence.services import open_draft, put_in_draft, send
from evidence.usulan_impor import Usulan, propose
from monev.paket import Isi, Saringan, build_paket
from monev.paket_zip import package_stream
from tests.evidence.berkas import pdf
from tests.evidence.drive import unggahan
from tests.factories import (
    make_indikator,
    make_member,
    make_rencana,
    make_satker,
    make_tenggat,
    slots_of,
    wib,
)

AKHIR = dt.date(2026, 1, 15)


@override_settings(ZI_DEMO=True)
class DemoTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.media = Path(settings.MEDIA_ROOT)
        call_command("load_demo", stdout=StringIO())
        cls.rencana = RencanaAksi.objects.select_related("satker").get(satker__kode="1503")

    def usulan(self) -> list[tuple[Isi, Usulan]]:
        with self.settings(MEDIA_ROOT=self.media):
            paket = build_paket(self.rencana, Saringan(), AKHIR)
        kosong = still_empty(known_plan(self.rencana, AKHIR))
        return [(i, propose(i.jalan, kosong, AKHIR)) for i in paket.berkas]

    def test_every_file_finds_its_row_and_nearly_every_one_its_slot(self) -> None:
        hasil = Counter[str]()
        for i, usulan in self.usulan():
            assert usulan.slot, i.jalan
            sama = usulan.slot.pk == i.slot.pk
            hasil["baris"] += usulan.slot.kode == i.slot.tenggat.indikator.kode
            hasil["slot"] += sama
            hasil["pasti tetapi keliru"] += usulan.keyakinan == "pasti" and not sama
            hasil["semua"] += 1
        self.assertGreater(hasil["semua"], 100)
        self.assertEqual(hasil["baris"], hasil["semua"])
        self.assertEqual(hasil["pasti tetapi keliru"], 0)
        self.assertGreaterEqual(hasil["slot"] / hasil["semua"], 0.95)


def still_empty(rencana: RencanaDikenal) -> RencanaDikenal:
    """As an office has it that has handed in nothing yet."""
    return replace(rencana, slots=tuple(replace(s, keadaan=Keadaan.BELUM) for s in rencana.slots))


class ZipTests(TestCase):
    def test_the_zip_itself_is_read(self) -> None:
        rencana = make_rencana(make_satker("1503"))
        ketua = make_member(rencana.satker, Peran.KETUA_TIM)
        slots = [
            slots_of(make_tenggat(make_indikator(rencana, area=area, bukti=(bukti,))))[0]
            for area, bukti in ((1, "SK Tim Kerja"), (5, "Notulen rapat WBS"))
        ]
        for slot in slots:
            self.hand_in(slot, ketua)
        isi = b"".join(package_stream(build_paket(rencana, Saringan(), AKHIR)))
        batch = alur.begin_zip(rencana=rencana, by=ketua, upload=unggahan(isi))
        alur.read_some(batch, detik=60)
        usul = [(b.usul_id, b.sama_dengan_id, b.masalah) for b in batch.baris.order_by("urutan")]
        lama = list(Evidence.objects.order_by("pk").values_list("pk", flat=True))
        self.assertEqual(usul, [(slots[0].pk, lama[0], ""), (slots[1].pk, lama[1], "")])

    def hand_in(self, slot, by) -> None:
        satker = slot.tenggat.indikator.komponen.area.rencana.satker
        isi = pdf(tanda=slot.bukti_fisik.uraian)
        bukti = receive_file(
            satker=satker,
            upload=unggahan(isi, "a.pdf"),
            judul=slot.bukti_fisik.uraian,
            tanggal_dokumen=dt.date(2025, 6, 10),
            by=by,
        )
        draf = open_draft(slot=slot, by=by, at=wib(2025, 6, 10))
        put_in_draft(submission=draf, evidence=[bukti], by=by)
        send(submission=draf, by=by, at=wib(2025, 6, 10))
