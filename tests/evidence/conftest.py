"""One office with a slot in area I, its people by role, and days in June 2025."""

from dataclasses import dataclass

import pytest

from accounts.models import Peran, Satker, User
from actionplan.models import RencanaAksi
from evidence.models import Slot
from tests.factories import make_member, make_rencana, make_satker, make_slot


@dataclass
class Kantor:
    satker: Satker
    rencana: RencanaAksi
    slot: Slot
    anggota: User
    tpi: User


@pytest.fixture
def kantor(db: None) -> Kantor:
    satker = make_satker()
    rencana = make_rencana(satker)
    return Kantor(
        satker=satker,
        rencana=rencana,
        slot=make_slot(rencana),
        anggota=make_member(satker),
        tpi=make_member(satker, Peran.TPI),
    )
