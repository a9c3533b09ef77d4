"""TPI's queue of one plan: oldest first, and where one goes from each round."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.access import Tindakan, hak
from accounts.models import User
from accounts.tersusun import Pk, fetch
from accounts.waktu import hari_ini, hari_ke
from actionplan.models import RencanaAksi, kode_baris
from evidence.models import Submission
from evidence.querysets import KE_AREA, KE_SATKER


@dataclass(frozen=True, slots=True)
class Menunggu:
    """A round that waits, as a line of the queue says it; `slot` is what it was handed in for."""

    hari: dt.date
    zona: str
    pk: int
    slot: int
    dikirim_pada: dt.datetime
    jumlah_bukti: int | None
    milik_sendiri: bool
    bukti_fisik: str
    label: str
    area: int
    komponen: int
    nomor: int

    @property
    def kode(self) -> str:
        return kode_baris(self.area, self.komponen, self.nomor)

    @property
    def hari_ke(self) -> int:
        return hari_ke(self.dikirim_pada, self.hari, self.zona)


@dataclass(frozen=True)
class Antrean:
    baris: list[Menunggu]

    @property
    def pertama(self) -> Menunggu | None:
        """The oldest that this person may decide; else the oldest."""
        return next((b for b in self.baris if not b.milik_sendiri), next(iter(self.baris), None))

    def is_own(self, pk: int) -> bool:
        """What is no longer in the queue is nobody's to decide."""
        return any(b.pk == pk and b.milik_sendiri for b in self.baris)

    def tetangga(self, pk: int, langkah: int) -> Menunggu | None:
        pks = [b.pk for b in self.baris]
        if pk not in pks:
            return None
        tujuan = pks.index(pk) + langkah
        return self.baris[tujuan] if 0 <= tujuan < len(pks) else None

    def sesudah_putusan(self, pk: int) -> Menunggu | None:
        """The next to decide; behind the last one, the oldest that was passed over."""
        pks = [b.pk for b in self.baris]
        mulai = pks.index(pk) + 1 if pk in pks else 0
        giliran = [*self.baris[mulai:], *self.baris[:mulai]]
        return next((b for b in giliran if not b.milik_sendiri and b.pk != pk), None)


def queue_of(rencana: RencanaAksi, user: User) -> Antrean:
    if not hak(user).boleh(Tindakan.REVIU, rencana.satker):
        return Antrean([])
    zona = rencana.satker.zona_waktu
    hari = hari_ini(zona)
    return Antrean([Menunggu(hari, zona, *row) for row in fetch(_baris, Pk(rencana.pk), Pk(user.pk))])


def waiting_elsewhere(user: User, rencana: RencanaAksi) -> dict[RencanaAksi, int]:
    """Rounds that wait for this person in other plans, the newest plan first; two queries, however many there are."""
    milik = hak(user).satker_q(Tindakan.REVIU, f"{KE_SATKER}__")
    rounds = Submission.objects.waiting().order_by().filter(milik).exclude(**{f"{KE_AREA}__rencana": rencana})
    jumlah = dict(rounds.values_list(f"{KE_AREA}__rencana").annotate(n=Count("pk")))
    lain = RencanaAksi.objects.select_related("satker").filter(pk__in=jumlah)
    return {r: jumlah[r.pk] for r in lain.order_by("-tahun", "satker__kode")}


def _baris(rencana: int, user: int) -> QuerySet:
    tenggat = "kebutuhan__tenggat"
    return (
        Submission.objects.of_rencana(rencana)
        .waiting()
        .for_queue(user)
        .values_list(
            "pk",
            "kebutuhan_id",
            "dikirim_pada",
            "jumlah_bukti",
            "milik_sendiri",
            "kebutuhan__bukti_fisik__uraian",
            f"{tenggat}__label",
            f"{KE_AREA}__nomor",
            f"{tenggat}__indikator__komponen__nomor",
            f"{tenggat}__indikator__nomor",
        )
    )
