"""What is said of a rahasia piece tells what is in it: only they read it who may see the piece itself.

Asked where the round lies: an anggota reads it in the own areas, pimpinan and pembina nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from accounts.access import Tindakan, hak
from accounts.models import User
from actionplan.models import Area
from evidence.models import Submission

CATATAN_RAHASIA = "(catatan atas bukti rahasia)"


def may_see_rahasia(user: User, area: Area) -> bool:
    return hak(user).boleh(Tindakan.LIHAT_RAHASIA, area.rencana.satker, area.nomor)


def holds_rahasia(submission: Submission) -> bool:
    """Of what is fetched."""
    return any(isi.evidence.rahasia for isi in submission.isi.all())


def closed_rounds(rounds: Iterable[Submission], user: User, area: Area) -> set[int]:
    """Those whose messages and notes this person may not read."""
    if may_see_rahasia(user, area):
        return set()
    return {r.pk for r in rounds if holds_rahasia(r)}
