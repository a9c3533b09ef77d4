"""Dated facts that stand beside the decreed plan. What the newest already says is not put down a second time: a button
pressed twice, which nobody could take back."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import Tindakan, require
from accounts.models import User
from accounts.waktu import tanggal_panjang, zoneinfo
from actionplan.models import Indikator, Koreksi, MulaiDipantau, Perpanjangan, RencanaAksi, Tenggat


@transaction.atomic
def grant_extension(
    *,
    tenggat: Tenggat,
    batas_baru: dt.date,
    alasan: str,
    by: User,
    at: dt.datetime | None = None,
    tahun_lain: bool = False,
) -> Perpanjangan:
    """Works after the deadline too. A day after the plan's year is taken for a slip until somebody says that it is
    meant (`tahun_lain`)."""
    require(by, Tindakan.KELOLA, tenggat.indikator.komponen.area.rencana.satker)
    _check_batas_baru(tenggat, batas_baru, tahun_lain)
    Tenggat.objects.select_for_update().get(pk=tenggat.pk)
    alasan = alasan.strip()
    terkini = tenggat.perpanjangan.order_by("-diberikan_pada", "-pk").first()
    if terkini and (terkini.batas_baru, terkini.alasan) == (batas_baru, alasan):
        return terkini
    perpanjangan = Perpanjangan(
        tenggat=tenggat,
        batas_baru=batas_baru,
        alasan=alasan,
        diberikan_oleh=by,
        diberikan_pada=at or timezone.now(),
    )
    perpanjangan.full_clean()
    perpanjangan.save()
    return perpanjangan


def _check_batas_baru(tenggat: Tenggat, batas_baru: dt.date, tahun_lain: bool) -> None:
    tahun = tenggat.indikator.komponen.area.rencana.tahun
    if batas_baru <= tenggat.jatuh_tempo:
        tempo = tanggal_panjang(tenggat.jatuh_tempo)
        raise ValidationError({"batas_baru": f"Batas baru harus sesudah jatuh tempo, {tempo}."})
    if batas_baru.year > tahun + 1:
        raise ValidationError({"batas_baru": f"Batas baru paling akhir 31 Desember {tahun + 1}."})
    if batas_baru.year > tahun and not tahun_lain:
        kata = f"{tanggal_panjang(batas_baru)} jatuh sesudah tahun rencana, {tahun}. Centang bila memang demikian."
        raise ValidationError({"tahun_lain": kata})


@transaction.atomic
def set_mulai_dipantau(
    *, rencana: RencanaAksi, tanggal: dt.date, alasan: str, by: User, at: dt.datetime | None = None
) -> MulaiDipantau:
    require(by, Tindakan.KELOLA, rencana.satker)
    if tanggal < rencana.tanggal:
        raise ValidationError(
            {"tanggal": f"Tidak boleh mendahului tanggal keputusan, {tanggal_panjang(rencana.tanggal)}."}
        )
    if tanggal.year > rencana.tahun:
        raise ValidationError({"tanggal": f"Paling akhir 31 Desember {rencana.tahun}, akhir tahun rencana."})
    RencanaAksi.objects.select_for_update().get(pk=rencana.pk)
    alasan = alasan.strip()
    terkini = rencana.mulai_dipantau.order_by("-ditetapkan_pada", "-pk").first()
    if terkini and (terkini.tanggal, terkini.alasan) == (tanggal, alasan):
        return terkini
    mulai = MulaiDipantau(
        rencana=rencana,
        tanggal=tanggal,
        alasan=alasan,
        ditetapkan_oleh=by,
        ditetapkan_pada=at or timezone.now(),
    )
    mulai.full_clean()
    mulai.save()
    return mulai


@transaction.atomic
def correct(
    *, indikator: Indikator, kolom: str, teks: str, alasan: str, by: User, at: dt.datetime | None = None
) -> Koreksi:
    """A reading that stands beside the decreed text; the text itself stays. Back to that text is a correction too."""
    require(by, Tindakan.KELOLA, indikator.komponen.area.rencana.satker)
    Indikator.objects.select_for_update().get(pk=indikator.pk)
    teks, alasan = teks.strip(), alasan.strip()
    terkini = indikator.koreksi.filter(kolom=kolom).order_by("-dikoreksi_pada", "-pk").first()
    if terkini and (terkini.teks, terkini.alasan) == (teks, alasan):
        return terkini
    koreksi = Koreksi(
        indikator=indikator,
        kolom=kolom,
        teks=teks,
        alasan=alasan,
        dikoreksi_oleh=by,
        dikoreksi_pada=at or timezone.now(),
    )
    koreksi.full_clean()
    _check_corrects(koreksi, terkini)
    koreksi.save()
    return koreksi


def _check_corrects(koreksi: Koreksi, terkini: Koreksi | None) -> None:
    if terkini and terkini.teks == koreksi.teks:
        zona = zoneinfo(koreksi.indikator.komponen.area.rencana.satker.zona_waktu)
        hari = tanggal_panjang(timezone.localdate(terkini.dikoreksi_pada, zona))
        raise ValidationError(
            {"teks": f"Sudah dibaca demikian sejak koreksi {hari}; tidak ada yang dikoreksi."}
        )
    if not terkini and getattr(koreksi.indikator, koreksi.kolom) == koreksi.teks:
        raise ValidationError({"teks": "Sama dengan bunyi keputusan; tidak ada yang dikoreksi."})
