"""The queue: what stands in it, in which order, at which cost."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Peran
from tests.evidence.conftest import Kantor
from tests.factories import make_draft, make_member, make_rencana, make_review, make_sent, make_slot, wib


@pytest.fixture
def masuk(kantor: Kantor, client: Client) -> Client:
    client.force_login(kantor.tpi)
    return client


def antrean(client: Client, kantor: Kantor) -> str:
    return client.get(reverse("antrean", args=[kantor.satker.kode, 2025])).content.decode()


def test_the_oldest_stands_first_and_is_open(kantor: Kantor, masuk: Client) -> None:
    baru = make_sent(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 21))
    lama = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    isi = antrean(masuk, kantor)
    assert f'action="{reverse("reviu", args=[lama.pk])}"' in isi
    daftar = isi[isi.index('class="antre"') :]
    assert daftar.index(reverse("reviu", args=[lama.pk])) < daftar.index(reverse("reviu", args=[baru.pk]))


def test_only_what_waits_in_this_plan_stands_in_it(kantor: Kantor, masuk: Client) -> None:
    diputus = make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20))
    make_review(diputus, kantor.tpi, at=wib(2025, 6, 21))
    make_draft(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, 21))
    tahun_lain = make_rencana(kantor.satker, tahun=2024)
    make_sent(make_slot(tahun_lain), kantor.anggota, at=wib(2025, 6, 21))
    assert "Antrean kosong" in antrean(masuk, kantor)


@pytest.mark.parametrize(
    ("kini", "hari_ke"),
    [
        (wib(2025, 6, 20, 23, 59), 1),
        (wib(2025, 6, 21, 0, 1), 2),
        (wib(2025, 6, 24, 9), 5),
    ],
)
def test_the_day_of_sending_is_the_first_day_of_waiting(
    kantor: Kantor, client: Client, kini: dt.datetime, hari_ke: int
) -> None:
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 20, 9))
    with time_machine.travel(kini, tick=False):
        client.force_login(kantor.tpi)
        assert f"hari ke-{hari_ke}<" in antrean(client, kantor)


@pytest.mark.parametrize("peran", [Peran.ANGGOTA, Peran.SEKRETARIS, Peran.PIMPINAN])
def test_only_tpi_has_a_queue(kantor: Kantor, client: Client, peran: str) -> None:
    client.force_login(make_member(kantor.satker, peran))
    assert client.get(reverse("antrean", args=[kantor.satker.kode, 2025])).status_code == 403


def test_the_queue_costs_the_same_with_one_round_and_with_many(
    kantor: Kantor, masuk: Client, django_assert_num_queries: object
) -> None:
    make_sent(kantor.slot, kantor.anggota, at=wib(2025, 6, 1))
    antrean(masuk, kantor)
    with django_assert_num_queries(11):
        antrean(masuk, kantor)
    for hari in range(2, 7):
        make_sent(make_slot(kantor.rencana), kantor.anggota, at=wib(2025, 6, hari))
    with django_assert_num_queries(11):
        antrean(masuk, kantor)
