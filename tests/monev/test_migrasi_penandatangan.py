"""Signatories that were there before an NIP had a rule and a slip could be cancelled."""

import datetime as dt
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from monev.models import Penandatangan
from monev.penandatangan import cancel_penandatangan
from tests.evidence.test_migrasi_brankas import migrate
from tests.factories import make_satker, make_user
from tests.test_pemicu import triggers_in_database

pytestmark = pytest.mark.django_db(transaction=True)
SEBELUM, SESUDAH = ("monev", "0002_pemicu"), ("monev", "0003_batal_penandatangan")
NIP = "198001012005011001"


@pytest.fixture
def kembali() -> Iterator[None]:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.fixture
def dahulu(kembali: None) -> Apps:
    return migrate(SEBELUM)


def lost(migration: str) -> set[str]:
    """Of that migration's triggers."""
    ada = import_module(f"monev.migrations.{migration}").PEMICU
    return {p.name for p in ada} - triggers_in_database()


def simpan(apps: Apps, nip: str, satker: int) -> None:
    apps.get_model("monev", "Penandatangan").objects.create(
        satker_id=satker, fungsi="pembuat", jabatan="J", nama=f"N{nip}", nip=nip, mulai=dt.date(2025, 1, 1)
    )


def test_what_holds_no_digit_meant_none(dahulu: Apps) -> None:
    for nip in (NIP, "", "-", "tidak ada"):
        simpan(dahulu, nip, make_satker().pk)
    baru = migrate(SESUDAH).get_model("monev", "Penandatangan")
    assert sorted(baru.objects.values_list("nip", flat=True)) == ["", "", "", NIP]
    assert lost(SESUDAH[1]) == set()


@pytest.mark.parametrize("nip", ["123", "19800101200501100a", "１" * 18])
def test_an_nip_that_is_none_is_named_and_nothing_changes(dahulu: Apps, nip: str) -> None:
    simpan(dahulu, nip, make_satker().pk)
    with pytest.raises(CommandError, match=f"bukan 18 angka: N{nip}"):
        migrate(SESUDAH)
    lama = dahulu.get_model("monev", "Penandatangan").objects
    assert lama.get().nip == nip
    lama.update(nip="")


def test_forth_and_back_and_forth(dahulu: Apps) -> None:
    simpan(dahulu, NIP, make_satker().pk)
    migrate(SESUDAH)
    lama = migrate(SEBELUM).get_model("monev", "Penandatangan")
    assert lama.objects.get().nip == NIP
    assert migrate(SESUDAH).get_model("monev", "Penandatangan").objects.get().nip == NIP


def test_what_was_cancelled_is_not_forgotten_on_the_way_back(kembali: None) -> None:
    satker, operator = make_satker(), make_user(is_staff=True)
    salah = Penandatangan.objects.create(
        satker=satker, fungsi="pembuat", jabatan="J", nama="N", mulai=dt.date(2025, 1, 1)
    )
    cancel_penandatangan(salah, alasan="Keliru.", by=operator)
    with pytest.raises(CommandError, match="1 penandatangan sudah dibatalkan"):
        migrate(SEBELUM)
    assert lost(SESUDAH[1]) == set()


def test_what_stays_as_recorded_does_so_again_after_going_back(dahulu: Apps) -> None:
    tetap = "0004_penandatangan_tetap"
    assert len(lost(tetap)) == 3
    migrate(("monev", tetap))
    assert lost(tetap) == lost(SESUDAH[1]) == set()
