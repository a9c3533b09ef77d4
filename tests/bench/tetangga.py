"""Two hundred more offices: the demo office's plan, rounds and decisions copied row by row."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Model

from accounts.models import Satker
from actionplan.models import Area, BuktiFisik, Indikator, Kebutuhan, Komponen, RencanaAksi, Tenggat
from evidence.models import Evidence, Review, Submission, SubmissionEvidence
from monev.models import Realisasi

Salinan = dict[int, Model]


def salin(rows: list[Model], **ganti: Callable[[Model], object]) -> Salinan:
    """Copies of `rows` with new keys, by the old ones; `ganti` gives the fields that differ."""
    kembar = []
    for row in rows:
        nilai = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
        nilai |= {nama: isi(row) for nama, isi in ganti.items()}
        kembar.append(type(row)(**nilai))
    type(rows[0]).objects.bulk_create(kembar, batch_size=500)
    return {lama.pk: baru for lama, baru in zip(rows, kembar, strict=True)}


def ikut(salinan: Salinan, nama: str) -> Callable[[Model], object]:
    return lambda row: salinan[getattr(row, nama)].pk


def lepas_pemicu() -> None:
    """Copies are not made through the services: a sent round is frozen before its pieces are in."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (nama,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {nama}")


@transaction.atomic
def tambah_tetangga(asal: RencanaAksi, jumlah: int) -> None:
    lepas_pemicu()
    for nomor in range(jumlah):
        satker = Satker.objects.create(
            kode=str(700000 + nomor),
            nama=f"KPU Tetangga {nomor}",
            tingkat=Satker.Tingkat.KABKOTA,
            induk=asal.satker.induk,
            ibu_kota="Kota",
        )
        salin_rencana(asal, satker)


def salin_rencana(asal: RencanaAksi, satker: Satker) -> None:
    _, tenggat, slot = salin_susunan(asal, satker)
    salin(list(Realisasi.objects.filter(tenggat__in=tenggat)), tenggat_id=ikut(tenggat, "tenggat_id"))
    evidence = salin(list(Evidence.objects.filter(satker=asal.satker)), satker_id=lambda row: satker.pk)
    salin_putaran(slot, evidence)


def salin_susunan(asal: RencanaAksi, satker: Satker) -> tuple[Salinan, Salinan, Salinan]:
    """The plan alone, as on its first day: its own row, tenggat and slots."""
    rencana = salin([asal], satker_id=lambda row: satker.pk)
    area = salin(list(Area.objects.filter(rencana=asal)), rencana_id=ikut(rencana, "rencana_id"))
    komponen = salin(list(Komponen.objects.filter(area__in=area)), area_id=ikut(area, "area_id"))
    indikator = salin(
        list(Indikator.objects.filter(komponen__in=komponen)), komponen_id=ikut(komponen, "komponen_id")
    )
    milik = {"indikator_id": ikut(indikator, "indikator_id")}
    bukti = salin(list(BuktiFisik.objects.filter(indikator__in=indikator)), **milik)
    tenggat = salin(list(Tenggat.objects.filter(indikator__in=indikator)), **milik)
    slot = salin(
        list(Kebutuhan.objects.filter(tenggat__in=tenggat)),
        tenggat_id=ikut(tenggat, "tenggat_id"),
        bukti_fisik_id=ikut(bukti, "bukti_fisik_id"),
    )
    return rencana, tenggat, slot


def salin_putaran(slot: Salinan, evidence: Salinan) -> None:
    putaran = salin(
        list(Submission.objects.filter(kebutuhan__in=slot)), kebutuhan_id=ikut(slot, "kebutuhan_id")
    )
    milik = {"submission_id": ikut(putaran, "submission_id")}
    isi = SubmissionEvidence.objects.filter(submission__in=putaran)
    salin(list(isi), **milik, evidence_id=ikut(evidence, "evidence_id"))
    salin(list(Review.objects.filter(submission__in=putaran)), **milik)
