"""From when the office answers for its deadlines, and who signs: dated facts, added and ended."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Peran
from accounts.tanggal import TAK_TERBACA
from monev.models import Penandatangan
from tests.factories import make_member, make_rencana, make_satker

pytestmark = pytest.mark.django_db


@pytest.fixture
def rencana():
    return make_rencana(make_satker("1503"))


@pytest.fixture
def klien(client, rencana):
    client.force_login(make_member(rencana.satker, Peran.SEKRETARIS))
    return client


def penandatangan(satker, **isi: object) -> Penandatangan:
    bawaan = {"fungsi": "pembuat", "jabatan": "Sekretaris", "nama": "Nama", "mulai": dt.date(2025, 1, 1)}
    return Penandatangan.objects.create(satker=satker, **{**bawaan, **isi})


class TestMulaiDipantau:
    def isi(self, **lain: str) -> dict[str, str]:
        data = {"form": "dipantau", "dipantau-tanggal": "2025-04-01", "dipantau-alasan": "Tim baru dibentuk."}
        return {**data, **{f"dipantau-{k}": v for k, v in lain.items()}}

    def test_is_set_and_shown_with_its_reason(self, klien, rencana):
        assert klien.post("/1503/2025/pengaturan/", self.isi()).url == "/1503/2025/pengaturan/"
        halaman = klien.get("/1503/2025/pengaturan/").content.decode()
        assert "1 April 2025" in halaman
        assert "Tim baru dibentuk." in halaman
        assert rencana.mulai_dipantau.get().tanggal == dt.date(2025, 4, 1)

    @pytest.mark.parametrize(
        ("lain", "isian", "pesan"),
        [
            (
                {"tanggal": "2025-03-02"},
                "tanggal",
                "Tanggal paling awal 3 Maret 2025.",
            ),
            ({"tanggal": "2026-01-01"}, "tanggal", "Tanggal paling akhir 31 Desember 2025."),
            ({"tanggal": "kapan-kapan"}, "tanggal", TAK_TERBACA),
            ({"alasan": " "}, "alasan", "Tulis alasannya."),
        ],
    )
    def test_what_is_wrong_stands_at_its_field(self, klien, rencana, lain, isian, pesan):
        response = klien.post("/1503/2025/pengaturan/", self.isi(**lain))
        assert response.context["dipantau"].errors == {isian: [pesan]}
        assert response.context["tanda"].errors == {}
        assert not rencana.mulai_dipantau.exists()

    def test_brings_posisi_per_back_to_today_and_says_so(self, klien, rencana):
        klien.get("/1503/2025/?per=2025-06-30")
        response = klien.post("/1503/2025/pengaturan/", self.isi(), follow=True)
        assert "Posisi per kembali ke hari ini." in response.content.decode()


class TestPenandatangan:
    def isi(self, **lain: str) -> dict[str, str]:
        data = {"fungsi": "pembuat", "jabatan": "Sekretaris", "nama": "Nama, S.H.", "mulai": "2025-01-01"}
        return {"form": "tanda", **{f"tanda-{k}": v for k, v in {**data, **lain}.items()}}

    def test_is_recorded_with_who_recorded_it(self, klien):
        klien.post("/1503/2025/pengaturan/", self.isi(sebutan="Plh.", selesai="2025-01-31"))
        dicatat = Penandatangan.objects.get()
        assert (dicatat.sebutan, dicatat.selesai) == ("Plh.", dt.date(2025, 1, 31))
        assert dicatat.history.get().history_user is not None

    def test_a_button_pressed_twice_records_once(self, klien):
        for _ in range(2):
            assert klien.post("/1503/2025/pengaturan/", self.isi()).status_code == 302
        assert Penandatangan.objects.get().history.count() == 1

    def test_another_of_the_same_function_and_day_is_said(self, klien):
        klien.post("/1503/2025/pengaturan/", self.isi())
        response = klien.post("/1503/2025/pengaturan/", self.isi(nama="Orang lain"))
        assert "yang mulai pada tanggal itu" in response.content.decode()
        assert Penandatangan.objects.count() == 1

    @pytest.mark.parametrize(
        "lain", [{"nama": ""}, {"fungsi": "saksi"}, {"selesai": "2024-12-31"}, {"sebutan": "Pj."}]
    )
    def test_what_is_wrong_is_said_and_nothing_recorded(self, klien, lain):
        response = klien.post("/1503/2025/pengaturan/", self.isi(**lain))
        assert response.context["tanda"].errors
        assert not Penandatangan.objects.exists()

    def test_is_ended_not_deleted(self, klien, rencana):
        lama = penandatangan(rencana.satker)
        klien.post(f"/penandatangan/{lama.pk}/akhiri/", {"selesai": "2025-06-30"})
        lama.refresh_from_db()
        assert lama.selesai == dt.date(2025, 6, 30)

    @pytest.mark.parametrize("banyak", [1, 5])
    def test_the_page_costs_the_same_however_many_there_were(
        self, klien, rencana, banyak, django_assert_num_queries: DjangoAssertNumQueries
    ):
        for n in range(banyak):
            penandatangan(rencana.satker, mulai=dt.date(2025, 1, 1 + n))
        with django_assert_num_queries(7):
            klien.get("/1503/2025/pengaturan/")
