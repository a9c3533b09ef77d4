"""From when the office answers for its deadlines, and who signs: dated facts, added and ended."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.models import Peran
from accounts.tanggal import TAK_TERBACA
from accounts.waktu import hari_ini, tanggal_panjang
from monev.models import Penandatangan
from monev.penandatangan import cancel_penandatangan, end_penandatangan, save_penandatangan
from tests.factories import make_member, make_rencana, make_satker, make_user, wib

pytestmark = pytest.mark.django_db
SEHARI = dt.timedelta(days=1)


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

    def test_the_example_is_of_this_office(self, klien, rencana):
        halaman = klien.get("/1503/2025/pengaturan/").content.decode()
        assert f"mis. Sekretaris {rencana.satker.nama}." in halaman
        assert "Sarolangun" not in halaman

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
        ("lain", "pesan"),
        [
            ({"nama": ""}, "Tulis namanya."),
            ({"fungsi": ""}, "Pilih fungsinya."),
            ({"fungsi": "saksi"}, "Pilih fungsi dari daftar."),
            ({"selesai": "2024-12-31"}, "Tanggal selesai tidak boleh mendahului tanggal mulai."),
            ({"sebutan": "Pj."}, "Sebutan hanya Plt. atau Plh."),
            ({"nip": "123"}, "NIP terdiri atas 18 angka, tanpa spasi."),
            ({"nip": "1" * 17 + "a"}, "NIP terdiri atas 18 angka, tanpa spasi."),
            ({"mulai": "2205-01-01"}, "Tanggal paling akhir"),
            ({"selesai": "31-12-9999"}, "Tanggal paling akhir 31 Desember"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_recorded(self, klien, lain, pesan):
        response = klien.post("/1503/2025/pengaturan/", self.isi(**lain))
        ((galat,),) = response.context["tanda"].errors.values()
        assert pesan in galat
        assert not Penandatangan.objects.exists()

    def test_the_fungsi_is_chosen_and_not_guessed(self, klien):
        form = klien.get("/1503/2025/pengaturan/").context["tanda"]
        assert (form["fungsi"].value(), form.fields["fungsi"].choices[0]) == (None, ("", "Pilih fungsi"))

    @pytest.mark.parametrize("nip", ["", "198001012005011001"])
    def test_a_commissioner_has_no_nip(self, klien, nip):
        klien.post("/1503/2025/pengaturan/", self.isi(nip=nip))
        assert Penandatangan.objects.get().nip == nip

    @pytest.mark.parametrize(
        ("lain", "ditolak"),
        [
            ({}, True),
            ({"nama": "NAMA,  s.h.", "jabatan": "Lain"}, True),
            ({"nama": "Orang lain", "jabatan": "SEKRETARIS"}, True),
            ({"nama": "Orang lain", "jabatan": "Lain", "nip": "1" * 18}, True),
            ({"jabatan": "Lain", "nip": "2" * 18}, False),
            ({"nama": "Orang lain", "jabatan": "Lain"}, False),
            ({"mulai": "2024-01-01", "selesai": "2024-12-31"}, False),
            ({"mulai": "2025-07-01"}, False),
            ({"mulai": "2025-06-30"}, True),
        ],
    )
    def test_one_person_or_jabatan_signs_for_one_fungsi_on_a_day(self, klien, rencana, lain, ditolak):
        ada = {"fungsi": "mengetahui", "nama": "Nama, S.H.", "nip": "1" * 18, "selesai": dt.date(2025, 6, 30)}
        penandatangan(rencana.satker, **ada)
        response = klien.post("/1503/2025/pengaturan/", self.isi(**lain))
        assert Penandatangan.objects.count() == (1 if ditolak else 2)
        if ditolak:
            (pesan,) = response.context["tanda"].non_field_errors()
            assert (
                "Nama, S.H., Sekretaris, sudah menandatangani sebagai Mengetahui sejak 1 Januari 2025."
                in pesan
            )

    def test_two_who_were_recorded_before_anybody_looked_can_still_be_ended(self, klien, rencana):
        penandatangan(rencana.satker, fungsi="mengetahui")
        dua = penandatangan(rencana.satker)
        klien.post(f"/penandatangan/{dua.pk}/akhiri/", {"selesai": hari_ini()})
        dua.refresh_from_db()
        assert dua.selesai == hari_ini()

    def test_is_ended_today_at_the_earliest_not_deleted(self, klien, rencana):
        lama, today = penandatangan(rencana.satker), hari_ini()
        kemarin = klien.post(f"/penandatangan/{lama.pk}/akhiri/", {"selesai": today - SEHARI})
        assert kemarin.context["form"].errors == {
            "selesai": [f"Tanggal paling awal {tanggal_panjang(today)}."]
        }
        klien.post(f"/penandatangan/{lama.pk}/akhiri/", {"selesai": today})
        lama.refresh_from_db()
        assert lama.selesai == today

    def test_what_ended_is_over(self, klien, rencana):
        lama = penandatangan(rencana.satker, selesai=hari_ini() - SEHARI)
        response = klien.post(f"/penandatangan/{lama.pk}/akhiri/", {"selesai": hari_ini()})
        (pesan,) = response.context["form"].non_field_errors()
        assert pesan.startswith("Masanya sudah berakhir pada")
        lama.refresh_from_db()
        assert lama.selesai == hari_ini() - SEHARI

    def test_a_slip_is_cancelled_with_its_reason_and_stays_on_the_record(self, klien, rencana):
        salah = penandatangan(rencana.satker)
        alamat = f"/penandatangan/{salah.pk}/batalkan/"
        assert klien.post(alamat, {"alasan": " "}).context["form"].errors == {
            "alasan": ["Tulis alasan pembatalan."]
        }
        for _ in range(2):
            assert klien.post(alamat, {"alasan": "Salah orang."}).url == "/1503/pengaturan/"
        salah.refresh_from_db()
        assert (salah.alasan_batal, salah.history.count()) == ("Salah orang.", 2)
        assert salah.history.first().history_user == salah.dibatalkan_oleh
        halaman = klien.get("/1503/2025/pengaturan/").content.decode()
        assert f"oleh {salah.dibatalkan_oleh}: Salah orang." in halaman
        assert alamat not in halaman

    def test_in_its_place_another_may_be_recorded_for_the_same_day(self, klien, rencana):
        salah = penandatangan(rencana.satker, nama="Nama, S.H.")
        klien.post(f"/penandatangan/{salah.pk}/batalkan/", {"alasan": "Salah fungsi."})
        klien.post("/1503/2025/pengaturan/", self.isi())
        klien.post("/1503/2025/pengaturan/", self.isi(fungsi="mengetahui", jabatan="Ketua", nama="Ketua"))
        assert Penandatangan.objects.berlaku().count() == 2

    def test_what_is_cancelled_is_not_ended(self, klien, rencana):
        salah = penandatangan(rencana.satker)
        klien.post(f"/penandatangan/{salah.pk}/batalkan/", {"alasan": "Salah orang."})
        response = klien.post(f"/penandatangan/{salah.pk}/akhiri/", {"selesai": hari_ini()})
        assert response.context["form"].non_field_errors() == [
            "Penandatangan ini sudah dibatalkan. Catat yang baru."
        ]

    @pytest.mark.parametrize("banyak", [1, 5])
    def test_the_page_costs_the_same_however_many_there_were(
        self, klien, rencana, banyak, django_assert_num_queries: DjangoAssertNumQueries
    ):
        for n in range(banyak):
            penandatangan(rencana.satker, mulai=dt.date(2025, 1, 1 + n))
        with django_assert_num_queries(7):
            klien.get("/1503/2025/pengaturan/")


@pytest.mark.parametrize(
    ("nama", "isi"),
    [
        ("penandatangan_nip_18_angka", {"nip": "1" * 17}),
        ("penandatangan_nip_18_angka", {"nip": "1" * 17 + "a"}),
        ("penandatangan_nip_18_angka", {"nip": "１" * 18}),
        ("penandatangan_batal_beralasan", {"alasan_batal": "Keliru."}),
        ("penandatangan_batal_beralasan", {"dibatalkan_pada": wib(2025, 6, 1)}),
        ("penandatangan_fungsi_dikenal", {"fungsi": "saksi"}),
        ("penandatangan_sebutan_dikenal", {"sebutan": "Pj."}),
        ("penandatangan_mulai_sebelum_selesai", {"selesai": dt.date(2024, 12, 31)}),
    ],
)
def test_the_database_refuses_too(rencana, nama, isi):
    with pytest.raises(IntegrityError, match=nama), transaction.atomic():
        penandatangan(rencana.satker, **isi)


class TestLayanan:
    """Past the forms; the database keeps the rest (tests/test_pemicu.py)."""

    def test_the_past_is_not_rewritten_by_a_last_day(self, rencana):
        lama, operator = penandatangan(rencana.satker), make_user(is_staff=True)
        with pytest.raises(ValidationError, match="laporan yang lalu tidak berubah"):
            end_penandatangan(lama, selesai=hari_ini() - SEHARI, by=operator)
        assert end_penandatangan(lama, selesai=hari_ini() + SEHARI, by=operator).selesai
        assert end_penandatangan(lama, selesai=hari_ini(), by=operator).selesai == hari_ini()

    @pytest.mark.parametrize("lain", [{"nama": "Lain"}, {"mulai": dt.date(2024, 1, 1)}])
    def test_nothing_else_of_it_is_changed(self, rencana, lain):
        lama = penandatangan(rencana.satker)
        for kolom, nilai in lain.items():
            setattr(lama, kolom, nilai)
        with pytest.raises(ValidationError, match="Batalkan, lalu catat yang benar"):
            save_penandatangan(lama, by=make_user(is_staff=True))


class TestAdministrasi:
    @pytest.fixture
    def operator(self, client):
        client.force_login(make_user(is_staff=True))
        return client

    def test_the_form_says_what_the_service_refuses(self, operator, rencana):
        penandatangan(rencana.satker, fungsi="mengetahui")
        isi = {
            "satker": "1503",
            "fungsi": "pembuat",
            "jabatan": "Sekretaris",
            "nama": "X",
            "mulai": "2025-01-01",
        }
        response = operator.post("/administrasi/monev/penandatangan/add/", isi)
        assert "sudah menandatangani sebagai Mengetahui" in response.content.decode()
        assert Penandatangan.objects.count() == 1

    def test_no_office_is_named_as_the_example_for_all(self, operator, rencana):
        for model in ("monev/penandatangan", "accounts/satker"):
            assert "Sarolangun" not in operator.get(f"/administrasi/{model}/add/").content.decode()

    def test_what_is_cancelled_is_only_looked_at(self, operator, rencana):
        salah = penandatangan(rencana.satker)
        cancel_penandatangan(salah, alasan="Salah orang.", by=make_user(is_staff=True))
        alamat = f"/administrasi/monev/penandatangan/{salah.pk}/change/"
        assert "Salah orang." in operator.get(alamat).content.decode()
        assert operator.post(alamat, {"nama": "Lain"}).status_code == 403

    def test_what_is_recorded_is_only_ended_and_the_form_says_so(self, operator, rencana):
        lama = penandatangan(rencana.satker)
        alamat = f"/administrasi/monev/penandatangan/{lama.pk}/change/"
        halaman = operator.get(alamat)
        assert "Salah tulis? Batalkan, lalu catat yang benar." in halaman.content.decode()
        assert set(halaman.context["adminform"].form.fields) == {"selesai", "batalkan"}
        kemarin = operator.post(alamat, {"selesai": hari_ini() - SEHARI})
        assert "laporan yang lalu tidak berubah" in kemarin.content.decode()
        assert operator.post(alamat, {"selesai": hari_ini(), "nama": "Lain"}).status_code == 302
        lama.refresh_from_db()
        assert (lama.selesai, lama.nama) == (hari_ini(), "Nama")

    def test_a_slip_is_cancelled_with_its_reason(self, operator, rencana):
        salah = penandatangan(rencana.satker)
        alamat = f"/administrasi/monev/penandatangan/{salah.pk}/change/"
        assert operator.post(alamat, {"batalkan": "Salah orang."}).status_code == 302
        salah.refresh_from_db()
        assert salah.alasan_batal == "Salah orang."
        assert salah.dibatalkan_oleh.is_staff
