"""TPI's queue of one plan: oldest first, and where one goes from each round."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.access import Tindakan, hak
from accounts.models import User
from accounts.tersusun import Pk, fetch
from accounts.waktu import hari_ini, hari_ke
from actionplan.models import RencanaAksi
from evidence.models import Submission


@dataclass(frozen=True)
class Antrean:
    baris: list[Submission]

    @property
    def pertama(self) -> Submission | None:
        """The oldest that this person may decide; else the oldest."""
        return next((b for b in self.baris if not b.milik_sendiri), next(iter(self.baris), None))

    def is_own(self, pk: int) -> bool:
        """What is no longer in the queue is nobody's to decide."""
        return any(b.pk == pk and b.milik_sendiri for b in self.baris)

    def tetangga(self, pk: int, langkah: int) -> Submission | None:
        pks = [b.pk for b in self.baris]
        if pk not in pks:
            return None
        tujuan = pks.index(pk) + langkah
        return self.baris[tujuan] if 0 <= tujuan < len(pks) else None

    def sesudah_putusan(self, pk: int) -> Submission | None:
        """The next to decide; behind the last one, the oldest that was passed over."""
        pks = [b.pk for b in self.baris]
        mulai = pks.index(pk) + 1 if pk in pks else 0
        giliran = [*self.baris[mulai:], *self.baris[:mulai]]
        return next((b for b in giliran if not b.milik_sendiri and b.pk != pk), None)


def queue_of(rencana: RencanaAksi, user: User) -> Antrean:
    zona = rencana.satker.zona_waktu
    hari = hari_ini(zona)
    baris = (
        fetch(_baris, Pk(rencana.pk), Pk(user.pk)) if hak(user).boleh(Tindakan.REVIU, rencana.satker) else []
    )
    for satu in baris:
        assert satu.dikirim_pada
        satu.hari_ke = hari_ke(satu.dikirim_pada, hari, zona)
    return Antrean(baris)


def _baris(rencana: int, user: int) -> QuerySet[Submission]:
    return Submission.objects.of_rencana(rencana).waiting().for_queue(user)
