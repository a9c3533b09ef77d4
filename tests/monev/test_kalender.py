"""The year's deadlines by month and as a list."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Peran
from monev.kalender import Kalender, susun_kalender
from tests.factories import make_indikator, make_member, make_rencana, make_sent, make_tenggat, slots_of, wib

pytestmark = pytest.mark.django_db


def tgl(bulan: int, hari: int) -> dt.date:
    return dt.date(2025, bulan, hari)


@pytest.fixture
def rencana():
    """Area 1: 30 April and 30 June. Area 2: 30 June, sent in May."""
    rencana = make_rencana()
    satu, dua = make_indikator(rencana, area=1), make_indikator(rencana, area=2)
    make_tenggat(satu, mulai=tgl(4, 1), jatuh_tempo=tgl(4, 30))
    make_tenggat(satu)
    slot = slots_of(make_tenggat(dua))[0]
    make_sent(slot, make_member(rencana.satker, area=[2]), at=wib(2025, 5, 20))
    return rencana


def kalender(rencana, on: dt.date, area_saya=frozenset(), **data: str) -> Kalender:
    return susun_kalender(rencana, on, data, area_saya)


def jumlah(k: Kalender) -> dict[int, int]:
    return {b.nomor: b.jumlah for b in k.ikhtisar if b.jumlah}


def garis(k: Kalender) -> list[tuple[int, list[bool], bool]]:
    return [(b.nomor, [a.garis_kini for a in b.acara], b.kini_di_akhir) for b in k.ikhtisar if b.kini]


def test_twelve_months_each_with_the_deadlines_decreed_for_it(rencana):
    k = kalender(rencana, tgl(5, 15))
    assert len(k.ikhtisar) == 12
    assert jumlah(k) == {4: 1, 6: 2}


@pytest.mark.parametrize(
    ("saringan", "harapan"),
    [
        ({"bulan": "4"}, 1),
        ({"area": "2"}, 1),
        ({"status": "menunggu"}, 1),
        ({"status": "belum"}, 2),
        ({"ketepatan": "terlambat"}, 1),
        ({"ketepatan": "tepat_waktu"}, 1),
        ({"area": "1", "ketepatan": "akan_datang"}, 1),
        ({"status": "selesai"}, 0),
        ({}, 3),
    ],
)
def test_filters_are_as_of_the_day(rencana, saringan, harapan):
    assert kalender(rencana, tgl(5, 20), **saringan).jumlah == harapan


def test_what_was_not_yet_sent_is_not_yet_waiting(rencana):
    assert kalender(rencana, tgl(5, 19), status="menunggu").jumlah == 0


def test_only_the_own_areas(rencana):
    assert kalender(rencana, tgl(5, 20), frozenset([2]), milik="saya").jumlah == 1


def test_an_unknown_value_is_named_and_not_used(rencana):
    k = kalender(rencana, tgl(5, 20), bulan="13", status="beres")
    assert k.asing == ["bulan", "status"]
    assert k.jumlah == 3


@pytest.mark.parametrize(
    ("hari", "harapan"),
    [
        (tgl(6, 1), [(6, [True, False], False)]),
        (tgl(6, 30), [(6, [True, False], False)]),
        (tgl(4, 30), [(4, [True], False)]),
        (tgl(5, 15), [(5, [], True)]),
        (dt.date(2026, 6, 1), []),
    ],
)
def test_the_line_of_the_day_stands_once_before_what_is_still_to_come(rencana, hari, harapan):
    assert garis(kalender(rencana, hari)) == harapan


def test_after_the_last_deadline_of_its_month_the_line_stands_at_the_end(rencana):
    make_tenggat(make_indikator(rencana), mulai=tgl(8, 1), jatuh_tempo=tgl(8, 14))
    assert garis(kalender(rencana, tgl(8, 14))) == [(8, [True], False)]
    assert garis(kalender(rencana, tgl(8, 15))) == [(8, [False], True)]


@pytest.mark.parametrize(
    ("hari", "terbuka"),
    [(tgl(5, 31), [5, 6]), (tgl(6, 1), [6]), (dt.date(2024, 12, 31), []), (dt.date(2026, 1, 1), [4, 6])],
)
def test_unfolded_are_this_month_and_the_next_and_afterwards_what_is_not_done(rencana, hari, terbuka):
    bulan = [b.nomor for b in kalender(rencana, hari).ikhtisar if b.terbuka]
    assert [nomor for nomor in bulan if nomor in (4, 5, 6)] == terbuka


def test_late_ones_are_counted_per_month_and_waiting_ones_are_not_late(rencana):
    k = kalender(rencana, tgl(7, 1))
    assert {b.nomor: b.terlambat for b in k.ikhtisar if b.jumlah} == {4: 1, 6: 1}


@pytest.mark.parametrize("tampil", ["", "daftar"])
def test_same_queries_for_one_row_and_for_many(client: Client, django_assert_num_queries, tampil):
    rencana = make_rencana()
    client.force_login(make_member(rencana.satker, Peran.PIMPINAN))
    url = reverse("kalender", args=[rencana.satker.kode, rencana.tahun])
    client.get(url, {"per": "2025-06-10"})
    for _ in range(2):
        for _ in range(4):
            make_tenggat(make_indikator(rencana))
        with django_assert_num_queries(6):
            isi = client.get(url, {"tampil": tampil}).content.decode()
    assert "8 tenggat" in isi


def test_the_box_for_own_areas_is_for_an_anggota_only(client: Client, rencana):
    url = reverse("kalender", args=[rencana.satker.kode, rencana.tahun])
    for peran, harapan in [(Peran.ANGGOTA, True), (Peran.PIMPINAN, False)]:
        client.force_login(make_member(rencana.satker, peran))
        assert ("Area saya saja" in client.get(url).content.decode()) is harapan
