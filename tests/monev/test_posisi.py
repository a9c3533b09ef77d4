"""Posisi per: the day a page answers for, chosen once and kept."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Peran
from tests.factories import make_member, make_rencana, make_satker, make_slot, wib

pytestmark = pytest.mark.django_db

HARI_INI = dt.date(2025, 10, 20)


@pytest.fixture(autouse=True)
def _senin_20_oktober_2025():
    with time_machine.travel(wib(2025, 10, 20), tick=False):
        yield


@pytest.fixture
def rencana():
    rencana = make_rencana()
    make_slot(rencana)
    return rencana


@pytest.fixture
def masuk(client: Client, rencana):
    client.force_login(make_member(rencana.satker, Peran.PIMPINAN))
    return client


def halaman(rencana, nama: str = "dasbor") -> str:
    return reverse(nama, args=[rencana.satker.kode, rencana.tahun])


def on(client: Client, url: str, per: str = "") -> dt.date:
    return client.get(url, {"per": per} if per else {}).context["posisi"].on


def test_without_a_choice_it_is_today(masuk, rencana):
    assert on(masuk, halaman(rencana)) == HARI_INI


def test_stays_set_while_moving_about(masuk, rencana):
    on(masuk, halaman(rencana), "2025-06-30")
    assert on(masuk, halaman(rencana, "kalender")) == dt.date(2025, 6, 30)
    assert on(masuk, halaman(rencana, "rencana")) == dt.date(2025, 6, 30)


def test_hari_ini_clears_it(masuk, rencana):
    on(masuk, halaman(rencana), "2025-06-30")
    assert on(masuk, halaman(rencana), "hari-ini") == HARI_INI
    assert on(masuk, halaman(rencana)) == HARI_INI


@pytest.mark.parametrize(
    ("per", "kata"),
    [
        ("2025-10-21", "Posisi per tidak boleh sesudah hari ini, 20 Oktober 2025."),
        ("2025-02-30", "Tanggal posisi tidak terbaca."),
        ("kemarin", "Tanggal posisi tidak terbaca."),
        ("20250331", "Tanggal posisi tidak terbaca."),
        ("2025-W10-1", "Tanggal posisi tidak terbaca."),
        ("1999-12-31", "Posisi per terlalu jauh ke belakang."),
    ],
)
def test_a_day_that_cannot_be_is_said_and_the_last_one_kept(masuk, rencana, per, kata):
    on(masuk, halaman(rencana), "2025-06-30")
    response = masuk.get(halaman(rencana), {"per": per})
    assert kata in response.content.decode()
    assert response.context["posisi"].on == dt.date(2025, 6, 30)


def test_today_itself_may_be_asked_for(masuk, rencana):
    assert on(masuk, halaman(rencana), "2025-10-20") == HARI_INI


def test_today_is_marked_and_another_day_is_not(masuk, rencana):
    tanda = "hari ini, masih dapat berubah"
    assert tanda in masuk.get(halaman(rencana)).content.decode()
    lain = masuk.get(halaman(rencana), {"per": "2025-06-30"}).content.decode()
    assert tanda not in lain
    assert "Kembali ke hari ini" in lain


@pytest.mark.parametrize(("per", "belum"), [("2025-03-02", True), ("2025-03-03", False)])
def test_before_the_decree_the_page_says_so(masuk, rencana, per, belum):
    isi = masuk.get(halaman(rencana, "kalender"), {"per": per}).content.decode()
    assert ("Rencana belum berlaku pada tanggal ini" in isi) is belum


def test_the_form_keeps_the_filter_of_the_page(masuk, rencana):
    isi = masuk.get(halaman(rencana, "kalender"), {"status": "belum", "per": "2025-06-30"}).content.decode()
    assert '<input type="hidden" name="status" value="belum">' in isi
    assert '<input type="hidden" name="per"' not in isi


def test_where_the_day_begins_later_a_kept_day_never_lies_ahead(client):
    """01.00 WIT of 21 October is still 20 October in WIB."""
    wit, wib_ = (make_rencana(make_satker(zona_waktu=zona)) for zona in ("WIT", "WIB"))
    orang = make_member(wit.satker, Peran.PIMPINAN)
    make_member(wib_.satker, Peran.PIMPINAN, user=orang)
    client.force_login(orang)
    with time_machine.travel(wib(2025, 10, 20, 23), tick=False):
        assert on(client, halaman(wit), "2025-10-21") == dt.date(2025, 10, 21)
        assert on(client, halaman(wib_)) == dt.date(2025, 10, 20)


def test_the_demo_banner_leads_to_each_day_and_marks_the_one_set(masuk, rencana, settings):
    settings.ZI_DEMO = True
    response = masuk.get(halaman(rencana, "kalender"), {"per": "2025-06-30", "status": "belum"})
    pilihan = {p["label"]: p for p in response.context["demo_posisi"]}
    assert list(pilihan) == ["31 Maret 2025", "30 Juni 2025", "20 Oktober 2025", "Hari ini"]
    assert [p["label"] for p in pilihan.values() if p["aktif"]] == ["30 Juni 2025"]
    assert pilihan["Hari ini"]["url"] == f"{halaman(rencana, 'kalender')}?status=belum&per=hari-ini"


def test_no_demo_banner_outside_the_demo(masuk, rencana):
    assert not masuk.get(halaman(rencana)).context["demo_posisi"]


def test_the_foot_says_decree_day_and_hour(masuk, rencana):
    isi = masuk.get(halaman(rencana)).content.decode()
    assert "Keputusan Nomor 9 Tahun 2025" in isi
    assert '<span class="rapat">09.00 WIB</span>' in isi
