"""Run once in the new office: who is there and logged in, and what there is to look at.

The demo office is looked at. What is written is written in a second one, whose deadlines lie around today:
there is always something to send, to look at, and to mend.
"""

import datetime as dt
import json
import sys

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import Membership, Peran, Satker, User
from accounts.waktu import hari_ini
from actionplan.models import RencanaAksi
from evidence.models import Evidence, Slot, Submission
from evidence.services import explain_dates, open_draft, put_in_draft, review, send
from monev.models import TenggatPosisi
from tests.browser.berkas import pdf_bytes
from tests.factories import (
    make_berkas,
    make_indikator,
    make_member,
    make_rencana,
    make_satker,
    make_tenggat,
    make_user,
    slots_of,
)

SANDI = "rahasia-uji-123"  # what make_user gives everybody
KODE_UJI = "1777"


def main() -> None:
    rencana = RencanaAksi.objects.select_related("satker").get(satker__kode="1503", tahun=2025)
    demo = {peran: _person(rencana, peran) for peran in Peran.values}
    demo["operator"] = User.objects.filter(is_staff=True).first()
    uji = _people()
    isi = {
        "sandi": SANDI,
        "hari_ini": hari_ini().isoformat(),
        "dalam_masa": _dalam_masa().isoformat(),
        "nama": {sebutan: orang.username for sebutan, orang in uji.items()},
        "sesi": {sebutan: _session(orang) for sebutan, orang in {**demo, **uji}.items()},
        "pk": _objects(rencana, demo),
        "uji": {"kode": KODE_UJI, "tahun": hari_ini().year, **_work(uji)},
    }
    sys.stdout.write(json.dumps(isi) + "\n")


def _person(rencana: RencanaAksi, peran: str) -> User:
    keanggotaan = Membership.objects.active().filter(peran=peran).select_related("user")
    if peran != Peran.PEMBINA:
        keanggotaan = keanggotaan.filter(satker=rencana.satker)
    return keanggotaan.order_by("pk").first().user


def _session(user: User) -> str:
    sesi = SessionStore()
    sesi[SESSION_KEY] = str(user.pk)
    sesi[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    sesi[HASH_SESSION_KEY] = user.get_session_auth_hash()
    sesi.create()
    return sesi.session_key


def _objects(rencana: RencanaAksi, demo: dict[str, User]) -> dict[str, int]:
    """A row of the demo office with evidence, and one of each thing that a page is about."""
    slots = Slot.objects.filter(tenggat__indikator__komponen__area__rencana=rencana).with_keadaan(hari_ini())
    kiriman = Submission.objects.filter(kebutuhan__in=slots).waiting().first()
    pdf = Evidence.objects.filter(tipe="application/pdf", submissions__dikirim_pada__isnull=False)
    milik = Membership.objects.active().filter(user=demo["anggota"], peran=Peran.ANGGOTA).first()
    terisi = slots.filter(
        keadaan="menunggu", tenggat__indikator__komponen__area__nomor__in=milik.area or range(1, 7)
    ).first()
    anggota = Membership.objects.active().filter(satker=rencana.satker, peran=Peran.ANGGOTA)
    return {
        "slot": terisi.pk,
        "slot_draf": terisi.pk,
        "kiriman": kiriman.pk,
        "bukti": pdf.first().pk,
        "tenggat": terisi.tenggat_id,
        "indikator": terisi.tenggat.indikator_id,
        "penandatangan": rencana.satker.penandatangan.first().pk,
        "keanggotaan": anggota.exclude(user=demo["anggota"]).first().pk,
        "tenggat_terlambat": TenggatPosisi.objects.filter(indikator__komponen__area__rencana=rencana)
        .with_ketepatan(hari_ini())
        .filter(ketepatan="terlambat")
        .first()
        .pk,
    }


def _people() -> dict[str, User]:
    satker = make_satker(KODE_UJI, nama="KPU Kabupaten Uji", induk=Satker.objects.get(kode="15"))
    orang = {
        f"uji_{peran}": make_member(satker, peran, user=make_user(f"uji_{peran}", nama=Peran(peran).label))
        for peran in (Peran.ANGGOTA, Peran.KETUA_TIM, Peran.SEKRETARIS, Peran.PIMPINAN, Peran.TPI)
    }
    make_user("uji_baru", nama="Pegawai Baru")
    return orang


def _work(uji: dict[str, User]) -> dict[str, object]:
    """Rows that are late, due soon and to come; three rounds that wait for TPI, and one sent back."""
    hari = hari_ini()
    rencana = make_rencana(
        Satker.objects.get(kode=KODE_UJI), tahun=hari.year, tanggal=dt.date(hari.year - 1, 12, 1)
    )
    slots = [_slot(rencana, 1 + n % 6, hari + dt.timedelta(days=n * 3 - 20)) for n in range(30)]
    kemarin = timezone.now() - dt.timedelta(days=1)
    kiriman = [_sent(slot, uji, kemarin - dt.timedelta(days=n)) for n, slot in enumerate(slots[:4])]
    review(
        submission=kiriman[3],
        by=uji["uji_tpi"],
        keputusan="perbaikan",
        catatan="Halaman 2 belum ditandatangani.",
        at=timezone.now(),
    )
    return {
        "tenggat": slots[4].tenggat_id,
        "indikator": slots[4].tenggat.indikator_id,
        "slot": [slot.pk for slot in slots[4:]],
        "perbaikan": slots[3].pk,
        "kiriman": [k.pk for k in kiriman[:3]],
    }


def _slot(rencana: RencanaAksi, area: int, jatuh_tempo: dt.date) -> Slot:
    indikator = make_indikator(rencana, area=area, bukti=("Laporan evaluasi",))
    mulai = min(jatuh_tempo - dt.timedelta(days=30), _dalam_masa())
    tenggat = make_tenggat(indikator, mulai=mulai, jatuh_tempo=jatuh_tempo)
    return slots_of(tenggat)[0]


def _dalam_masa() -> dt.date:
    """A day in the period of each tenggat of _work."""
    return dt.date(hari_ini().year, 1, 1)


def _sent(slot: Slot, uji: dict[str, User], at: dt.datetime) -> Submission:
    anggota = uji["uji_anggota"]
    draft = open_draft(slot=slot, by=anggota, at=at)
    put_in_draft(submission=draft, evidence=[_file(slot, anggota, at)], by=anggota)
    explain_dates(submission=draft, by=anggota, alasan={at.date(): "Rapatnya diundur sepekan."}, at=at)
    return send(submission=draft, by=anggota, at=at)


def _file(slot: Slot, by: User, at: dt.datetime) -> Evidence:
    satker = slot.tenggat.indikator.komponen.area.rencana.satker
    return make_berkas(satker, by, f"Laporan evaluasi {slot.pk}", pdf_bytes(f"Laporan {slot.pk}"), at=at)
