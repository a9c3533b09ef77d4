"""A plan out of the database, as a proposal sees it (evidence/rencana_dikenal.py)."""

from __future__ import annotations

import datetime as dt

from actionplan.models import Komponen, RencanaAksi
from evidence.access import SLOT_RELATIONS
from evidence.kata_impor import words
from evidence.keadaan import Keadaan
from evidence.models import Slot
from evidence.rencana_dikenal import RencanaDikenal, SlotRencana


def known_plan(rencana: RencanaAksi, hari: dt.date) -> RencanaDikenal:
    komponen = Komponen.objects.filter(area__rencana=rencana).select_related("area")
    return RencanaDikenal(
        tahun=rencana.tahun,
        slots=tuple(_slot(s) for s in slots_of(rencana, hari)),
        komponen={(k.area.nomor, k.nomor): k.nama for k in komponen},
        area={k.area.nomor: k.area.nama for k in komponen},
        kata_kantor=words(rencana.satker.nama),
    )


def slots_of(rencana: RencanaAksi, hari: dt.date) -> list[Slot]:
    """In the order of the lampiran, each row's by deadline."""
    area = "tenggat__indikator__komponen__area__nomor"
    slots = (
        Slot.objects.of_rencana(rencana).with_keadaan(hari).with_batas(hari).select_related(*SLOT_RELATIONS)
    )
    return list(
        slots.order_by(
            area,
            "tenggat__indikator__komponen__nomor",
            "tenggat__indikator__nomor",
            "tenggat__jatuh_tempo",
            "bukti_fisik__nomor",
        )
    )


def _slot(slot: Slot) -> SlotRencana:
    indikator = slot.tenggat.indikator
    return SlotRencana(
        pk=slot.pk,
        area=indikator.komponen.area.nomor,
        komponen=indikator.komponen.nomor,
        baris=indikator.nomor,
        nomor_bukti=slot.bukti_fisik.nomor,
        bukti=slot.bukti_fisik.uraian,
        indikator=f"{indikator.uraian} {indikator.langkah_aksi_teks}",
        tenggat=slot.tenggat.label,
        mulai=slot.tenggat.mulai,
        jatuh_tempo=slot.tenggat.jatuh_tempo,
        batas=slot.batas,
        keadaan=Keadaan.DRAF if slot.ada_draf else slot.keadaan,
    )
