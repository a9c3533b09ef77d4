"""accounts.tersusun.fetch: the text of a query is kept, what it finds never."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import QuerySet

from accounts.models import Membership, Satker
from accounts.tersusun import Pk, Teks, fetch
from tests.factories import make_member, make_satker

HARI = dt.date(2025, 6, 16)


def kantor_berkode(kode: str) -> QuerySet[Satker]:
    return Satker.objects.filter(kode=kode)


def sejak(satker: frozenset[int], hari: dt.date) -> QuerySet:
    return Membership.objects.filter(satker__in=satker, mulai__gte=hari).values_list("pk", flat=True)


@pytest.mark.django_db
class TestFetch:
    def test_rows_are_those_of_now(self):
        assert fetch(kantor_berkode, "9901") == []
        satker = make_satker(kode="9901")
        (dulu,) = fetch(kantor_berkode, "9901")
        Satker.objects.filter(pk=satker.pk).update(nama="Nama baru")
        (kini,) = fetch(kantor_berkode, "9901")
        assert (dulu.nama == "Nama baru", kini.nama) == (False, "Nama baru")

    def test_other_values_ask_something_else(self):
        satker = make_satker()
        anggota = [make_member(satker, mulai=HARI + dt.timedelta(days=n)) for n in (0, 1)]
        pk = {m.pk for m in Membership.objects.filter(user__in=anggota)}
        lain = frozenset([make_satker().pk])
        besok = HARI + dt.timedelta(days=1)
        assert set(fetch(sejak, frozenset([satker.pk]), HARI)) == pk
        assert len(fetch(sejak, frozenset([satker.pk]), besok)) == 1
        assert fetch(sejak, lain, HARI) == []

    def test_nothing_to_look_for_finds_nothing(self):
        assert fetch(sejak, frozenset(), HARI) == []

    def test_a_query_is_built_once(self):
        dibuat = []

        def semua(kode: str) -> QuerySet[Satker]:
            dibuat.append(kode)
            return Satker.objects.filter(kode=kode)

        for kode in ("9901", "9902", "9901"):
            fetch(semua, kode)
        assert dibuat == ["9901", "9902"]

    def test_one_text_serves_every_key(self):
        dibuat = []

        def berkunci(satker: int, induk: int) -> QuerySet[Satker]:
            dibuat.append(satker)
            return Satker.objects.filter(pk=satker).exclude(pk=induk)

        satu, dua = make_satker(), make_satker()
        assert fetch(berkunci, Pk(satu.pk), Pk(dua.pk)) == [satu]
        assert fetch(berkunci, Pk(dua.pk), Pk(satu.pk)) == [dua]
        assert fetch(berkunci, Pk(dua.pk), Pk(dua.pk)) == []
        assert len(dibuat) == 1

    def test_one_text_serves_every_word_and_every_set_of_as_many_keys(self):
        dibuat = []

        def di_antara(kode: str, satker: frozenset[int]) -> QuerySet[Satker]:
            dibuat.append(satker)
            return Satker.objects.filter(pk__in=satker).exclude(kode=kode).order_by("pk")

        satu, dua, tiga = (make_satker() for _ in range(3))
        assert fetch(di_antara, Teks(satu.kode), frozenset([Pk(satu.pk), Pk(dua.pk)])) == [dua]
        assert fetch(di_antara, Teks(dua.kode), frozenset([Pk(tiga.pk), Pk(satu.pk)])) == [satu, tiga]
        assert len(dibuat) == 1
        assert fetch(di_antara, Teks(dua.kode), frozenset([Pk(tiga.pk)])) == [tiga]
        assert len(dibuat) == 2


@pytest.mark.django_db(transaction=True)
def test_another_thread_asks_through_its_own_connection():
    make_satker(kode="9901")
    fetch(kantor_berkode, "9901")

    def tanya() -> tuple[list[Satker], bool]:
        ditanya: list[str] = []

        def ingat(execute, sql, params, many, context):
            ditanya.append(sql)
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(ingat):
                return fetch(kantor_berkode, "9901"), bool(ditanya)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as kolam:
        rows, lewat_sendiri = kolam.submit(tanya).result()
    assert ([s.kode for s in rows], lewat_sendiri) == (["9901"], True)
