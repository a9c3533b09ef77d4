"""A slow, plain Python reading of DESIGN section 5 agrees with the QuerySet on random histories, on any day."""

from __future__ import annotations

import contextlib
import datetime as dt
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from actionplan.models import MulaiDipantau, Perpanjangan, Tenggat
from actionplan.services import grant_extension, set_mulai_dipantau
from evidence.models import Review, Submission
from evidence.services import open_draft, put_in_draft, review, send, withdraw
from monev.models import Realisasi, TenggatPosisi
from monev.services import save_realisasi
from tests.factories import (
    make_indikator,
    make_member,
    make_rencana,
    make_satker,
    make_tautan,
    make_tenggat,
    slots_of,
)

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
DUE = dt.date(2025, 6, 30)
FIRST, LAST = dt.date(2025, 5, 25), dt.date(2025, 8, 10)

# --- the oracle: lists and loops, no database functions ---


class Oracle:
    def __init__(self, tenggat: Tenggat, on: dt.date) -> None:
        self.tenggat, self.on = tenggat, on
        self.rencana = tenggat.indikator.komponen.area.rencana
        self.zone = ZoneInfo(ZONES[self.rencana.satker.zona_waktu])

    def known(self, moment: dt.datetime | None) -> bool:
        return moment is not None and moment.astimezone(self.zone).date() <= self.on

    def newest_round(self, slot: object) -> Submission | None:
        found = None
        for sub in Submission.objects.filter(kebutuhan=slot).order_by("putaran"):
            if self.known(sub.dikirim_pada) and not self.known(sub.ditarik_pada):
                found = sub
        return found

    def has_draft(self, slot: object) -> bool:
        for sub in Submission.objects.filter(kebutuhan=slot):
            if (
                self.known(sub.dibuat_pada)
                and not self.known(sub.dikirim_pada)
                and not self.known(sub.ditarik_pada)
            ):
                return True
        return False

    def decision(self, sub: Submission) -> Review | None:
        found = None
        for decision in Review.objects.filter(submission=sub).order_by("diputus_pada", "pk"):
            if decision.final and self.known(decision.diputus_pada):
                found = decision
        return found

    def state(self, slot: object) -> str:
        newest = self.newest_round(slot)
        if newest is None:
            return "draf" if self.has_draft(slot) else "belum"
        decision = self.decision(newest)
        return decision.keputusan if decision else "menunggu"

    def status(self) -> str:
        states = [self.state(slot) for slot in slots_of(self.tenggat)]
        if all(s == "sesuai" for s in states):
            return "selesai"
        if "perbaikan" in states:
            return "perbaikan"
        if all(s in ("menunggu", "sesuai") for s in states):
            return "menunggu"
        noted = any(self.known(r.dicatat_pada) for r in Realisasi.objects.filter(tenggat=self.tenggat))
        drafted = any(self.has_draft(slot) for slot in slots_of(self.tenggat))
        return "proses" if noted or drafted or set(states) != {"belum"} else "belum"

    def batas(self) -> dt.date:
        due, watched = self.tenggat.jatuh_tempo, self.rencana.tanggal
        for extension in Perpanjangan.objects.filter(tenggat=self.tenggat).order_by("diberikan_pada", "pk"):
            if self.known(extension.diberikan_pada):
                due = extension.batas_baru
        for start in MulaiDipantau.objects.filter(rencana=self.rencana).order_by("ditetapkan_pada", "pk"):
            if self.known(start.ditetapkan_pada):
                watched = start.tanggal
        return max(due, watched)

    def document_date(self) -> dt.date | None:
        dates = []
        for slot in slots_of(self.tenggat):
            newest = self.newest_round(slot)
            if newest is None:
                continue
            decision = self.decision(newest)
            if decision and decision.tanggal_dokumen:
                dates.append(decision.tanggal_dokumen)
            else:
                dates.append(max(piece.tanggal_dokumen for piece in newest.evidence.all()))
        return max(dates) if dates else None

    def ketepatan(self) -> str:
        if self.status() in ("menunggu", "selesai"):
            return "tepat_waktu" if self.document_date() <= self.batas() else "lewat_waktu"
        if self.on > self.batas():
            return "terlambat"
        if (self.batas() - self.on).days <= 14:
            return "segera"
        return "akan_datang" if self.on < self.tenggat.mulai else "berjalan"


# --- random histories, made through the services ---

moments = st.datetimes(dt.datetime(2025, 5, 25), dt.datetime(2025, 8, 10)).map(
    lambda d: d.replace(tzinfo=dt.UTC)
)
days = st.dates(FIRST, LAST)
# Weighted towards what moves a tenggat along; slot 2 stands for both.
kinds = st.sampled_from(
    ["kirim"] * 4
    + ["sesuai"] * 4
    + ["perbaikan"] * 2
    + ["draf", "tarik", "realisasi", "panjang", "pantau", "saran"]
)
acts = st.tuples(moments, kinds, st.integers(0, 2), days)


class Play:
    """Applies acts in the order of their moments; what the rules refuse does not happen."""

    def __init__(self, zona: str) -> None:
        self.rencana = make_rencana(make_satker(zona_waktu=zona))
        self.tenggat = make_tenggat(
            make_indikator(self.rencana, bukti=("Laporan", "Daftar hadir")), jatuh_tempo=DUE
        )
        self.slots = slots_of(self.tenggat)
        self.anggota, self.ketua, self.tpi = (
            make_member(self.rencana.satker, peran) for peran in ("anggota", "ketua_tim", "tpi")
        )

    def act(self, at: dt.datetime, kind: str, which: int, day: dt.date) -> None:
        for slot in self.slots if which == 2 else [self.slots[which]]:
            with contextlib.suppress(ValidationError):
                getattr(self, kind)(at, slot, day)

    def open(self, slot: object) -> Submission | None:
        return Submission.objects.filter(kebutuhan=slot, ditutup_pada=None).first()

    def draf(self, at: dt.datetime, slot: object, day: dt.date) -> Submission:
        draft = open_draft(slot=slot, by=self.anggota, alasan="Dibuka lagi.", at=at)
        piece = make_tautan(self.rencana.satker, self.anggota, tanggal=day, at=at)
        put_in_draft(submission=draft, evidence=[piece], by=self.anggota)
        return draft

    def kirim(self, at: dt.datetime, slot: object, day: dt.date) -> None:
        send(submission=self.draf(at, slot, day), by=self.anggota, pesan="Sudah.", at=at)

    def _decide(self, at: dt.datetime, slot: object, day: dt.date, keputusan: str) -> None:
        if sub := self.open(slot):
            review(
                submission=sub, by=self.tpi, keputusan=keputusan, catatan="Ubah.", tanggal_dokumen=day, at=at
            )

    def sesuai(self, at: dt.datetime, slot: object, day: dt.date) -> None:
        self._decide(at, slot, day, "sesuai")

    def perbaikan(self, at: dt.datetime, slot: object, day: dt.date) -> None:
        self._decide(at, slot, None, "perbaikan")  # type: ignore[arg-type]

    def saran(self, at: dt.datetime, slot: object, day: dt.date) -> None:
        """A tier's opinion, not final; or a reconsideration of a decided round, final."""
        sub = Submission.objects.filter(kebutuhan=slot, dikirim_pada__isnull=False, ditarik_pada=None).last()
        if sub:
            Review.objects.create(
                submission=sub,
                keputusan="perbaikan",
                catatan="Ubah.",
                final=sub.ditutup_pada is not None,
                diputus_oleh=self.tpi,
                diputus_pada=at,
            )

    def tarik(self, at: dt.datetime, slot: object, day: dt.date) -> None:
        if sub := self.open(slot):
            withdraw(submission=sub, by=self.anggota, at=at)

    def realisasi(self, at: dt.datetime, slot: object, day: dt.date) -> None:
        save_realisasi(tenggat=self.tenggat, by=self.anggota, uraian="Rapat.", at=at)

    def panjang(self, at: dt.datetime, slot: object, day: dt.date) -> None:
        grant_extension(tenggat=self.tenggat, batas_baru=day, alasan="Mundur.", by=self.ketua, at=at)

    def pantau(self, at: dt.datetime, slot: object, day: dt.date) -> None:
        set_mulai_dipantau(rencana=self.rencana, tanggal=day, alasan="Mundur.", by=self.ketua, at=at)


class StatusAgreesWithOracle(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.plays = {zona: Play(zona) for zona in ZONES}

    @settings(max_examples=40)
    @given(
        zona=st.sampled_from(list(ZONES)),
        history=st.lists(acts, min_size=3, max_size=14),
        asked=st.lists(days, min_size=3, max_size=6),
    )
    def test_status_ketepatan_batas_and_document_date(self, zona: str, history: list, asked: list) -> None:
        play = self.plays[zona]
        for act in sorted(history, key=lambda a: a[0]):
            play.act(*act)
        for on in asked:
            oracle = Oracle(play.tenggat, on)
            found = TenggatPosisi.objects.with_ketepatan(on).get(pk=play.tenggat.pk)
            self.assertEqual(
                (found.status, found.ketepatan, found.batas, found.tanggal_dokumen),
                (oracle.status(), oracle.ketepatan(), oracle.batas(), oracle.document_date()),
            )
