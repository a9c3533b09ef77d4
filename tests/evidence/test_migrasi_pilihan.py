"""Words that no list knows were in the database before it asked: they are named, and nothing is guessed."""

from collections.abc import Iterator

import pytest
from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.evidence.test_migrasi_brankas import migrate
from tests.evidence.test_migrasi_wajib import lost
from tests.factories import make_satker, wib

pytestmark = pytest.mark.django_db(transaction=True)
SEBELUM, SESUDAH = ("evidence", "0009_impor_lupa_nama"), ("evidence", "0011_pilihan_dikenal")


@pytest.fixture
def dahulu() -> Iterator[Apps]:
    yield migrate(SEBELUM)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def simpan(apps: Apps, **fields: object):
    return apps.get_model("evidence", "BerkasTersimpan").objects.create(
        satker_id=make_satker().pk,
        sha256="ab" * 32,
        nama="bukti/1503/ab/abc",
        ukuran=12,
        tipe="application/pdf",
        disimpan_pada=wib(2025, 6, 3),
        **fields,
    )


@pytest.mark.parametrize(
    ("fields", "kata"),
    [
        ({"pindai": "entah"}, "Pemindaian harus"),
        ({"teks_keadaan": "entah"}, "Teks harus"),
        ({"pindai": "bersih", "ancaman": "Eicar"}, "harus diblokir"),
    ],
)
def test_what_is_not_known_is_named_and_nothing_changes(dahulu: Apps, fields: dict, kata: str) -> None:
    baris = simpan(dahulu, **fields)
    with pytest.raises(CommandError, match=kata) as galat:
        migrate(SESUDAH)
    assert f"[{baris.pk}]" in str(galat.value)
    type(baris).objects.update(pindai="belum", ancaman="", teks_keadaan="belum")


def test_forth_and_back_and_forth(dahulu: Apps) -> None:
    baris = simpan(dahulu, pindai="diblokir", ancaman="Eicar")
    migrate(SESUDAH)
    assert lost("0010_lubang_pemicu") == set()
    migrate(SEBELUM)
    assert lost("0007_wajib") == set()
    assert migrate(SESUDAH).get_model("evidence", "BerkasTersimpan").objects.get().pk == baris.pk
    assert lost("0010_lubang_pemicu") == set()
