"""The office's own people: added, moved, ended, each dated and on the record."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Peran, Satker, User
from accounts.sandi import kunci_baru
from accounts.services import change_area, end_membership, hand_over
from tests.factories import make_member, make_rencana, make_satker, make_user

pytestmark = pytest.mark.django_db

JAN, JUNI_1, MEI_31 = dt.date(2025, 1, 1), dt.date(2025, 6, 1), dt.date(2025, 5, 31)


@pytest.fixture
def satker() -> Satker:
    return make_satker("1503", nama="KPU Kabupaten Uji")


@pytest.fixture
def ketua(satker) -> User:
    return make_member(satker, Peran.KETUA_TIM, user=make_user("ketua", nama="Ketua Uji"))


@pytest.fixture
def klien(client, ketua) -> Client:
    client.force_login(ketua)
    return client


def milik(user: User, peran: str = Peran.ANGGOTA) -> list[tuple[dt.date, dt.date | None, list[int]]]:
    rows = Membership.objects.filter(user=user, peran=peran).order_by("mulai")
    return [(m.mulai, m.selesai, sorted(m.area)) for m in rows]


def satu(user: User) -> Membership:
    return Membership.objects.get(user=user)


def galat(act, *args: object, **kwargs: object) -> str:
    with pytest.raises(ValidationError) as error:
        act(*args, **kwargs)
    return " ".join(error.value.messages)


class TestDaftar:
    def test_shows_who_covers_what_since_when(self, klien, satker):
        make_member(satker, area=(1, 5), user=make_user(nama="Ani"), mulai=JAN)
        make_member(satker, Peran.TPI, user=make_user(nama="Tepi"))
        make_member(satker, user=make_user(nama="Mantan"), selesai=dt.date(2024, 12, 31))
        response = klien.get("/1503/pengaturan/")
        halaman = response.content.decode()
        assert "Area I dan V" in halaman
        assert "1 Januari 2025" in halaman
        assert [m.user.nama for m in response.context["tim"]] == ["Ketua Uji", "Ani"]
        assert [m.user.nama for m in response.context["dari_operator"]] == ["Tepi"]
        assert [m.user.nama for m in response.context["lain"]] == ["Mantan"]

    def test_who_the_operator_set_cannot_be_changed_from_here(self, klien, satker):
        tpi = satu(make_member(satker, Peran.TPI))
        assert f"/keanggotaan/{tpi.pk}/" not in klien.get("/1503/pengaturan/").content.decode()

    @pytest.mark.parametrize("banyak", [1, 6])
    def test_costs_the_same_whoever_many_there_are(
        self, klien, satker, banyak, django_assert_num_queries: DjangoAssertNumQueries
    ):
        for _ in range(banyak):
            make_member(satker, area=(1,))
            make_member(satker, Peran.TPI)
            make_member(satker, selesai=dt.date(2024, 12, 31))
        make_rencana(satker)
        with django_assert_num_queries(8):
            klien.get("/1503/pengaturan/")


class TestTambah:
    def isi(self, **lain: object) -> dict[str, object]:
        return {"kunci": kunci_baru(), "peran": "anggota", "area": ["2", "3"], "mulai": "2025-06-01", **lain}

    @pytest.mark.parametrize("sebut", ["SARI", "198001012005011001"])
    def test_a_known_person_by_user_name_or_nip(self, klien, sebut):
        sari = make_user("sari", nip="198001012005011001")
        response = klien.post("/1503/pengaturan/anggota/tambah/", self.isi(orang=sebut))
        assert response.url == "/1503/pengaturan/"
        assert milik(sari) == [(JUNI_1, None, [2, 3])]

    @pytest.mark.parametrize("aktif", [True, False])
    def test_nobody_found_is_said(self, klien, aktif):
        make_user("mati", is_active=False)
        response = klien.post("/1503/pengaturan/anggota/tambah/", self.isi(orang="mati" if aktif else "x"))
        pesan = ["Tidak ada akun aktif dengan nama pengguna atau NIP itu."]
        assert response.context["form"].errors == {"orang": pesan}

    def test_a_user_name_that_is_anothers_nip_names_neither(self, klien):
        nip = "198001012005011001"
        make_user("budi", nama="Budi", nip=nip)
        make_user(nip, nama="Ani")
        (pesan,) = (
            klien.post("/1503/pengaturan/anggota/tambah/", self.isi(orang=nip))
            .context["form"]
            .errors["orang"]
        )
        assert f"{nip} menunjuk dua orang" in pesan
        assert f"Budi (nama pengguna budi, NIP {nip})" in pesan
        assert f"Ani (nama pengguna {nip}, tanpa NIP)" in pesan
        assert klien.post("/1503/pengaturan/anggota/tambah/", self.isi(orang="budi")).status_code == 302

    def test_a_button_pressed_twice_gives_one_role(self, klien):
        sari = make_user("sari")
        for _ in range(2):
            assert klien.post("/1503/pengaturan/anggota/tambah/", self.isi(orang="sari")).status_code == 302
        assert milik(sari) == [(JUNI_1, None, [2, 3])]

    @pytest.mark.parametrize(
        ("lain", "isian"),
        [
            ({"username": "ketua"}, "username"),
            ({"username": "KETUA"}, "username"),
            ({"username": "dua kata"}, "username"),
            ({"username": "198001012005011001"}, "username"),
            ({"nip": "198001012005011002"}, "nip"),
            ({"nip": "123"}, "nip"),
            ({"nama": ""}, "nama"),
            ({"mulai": "31-02-2025"}, "mulai"),
            ({"mulai": "2205-06-01"}, "mulai"),
            ({"peran": "raja"}, "peran"),
            ({"area": ["7"]}, "area"),
            ({"area": []}, "area"),
            ({"area": ["semua", "1"]}, "area"),
        ],
    )
    def test_what_is_wrong_stands_at_its_field_and_nobody_is_made(self, klien, lain, isian):
        make_user("198001012005011002", nip="198001012005011001")
        isi = self.isi(nama="Dewi", username="dewi", nip="", jabatan="")
        response = klien.post("/1503/pengaturan/anggota/tambah/?cara=baru", {**isi, **lain})
        assert list(response.context["form"].errors) == [isian]
        assert User.objects.count() == 2

    def test_no_role_is_said_in_our_words(self, klien):
        response = klien.post("/1503/pengaturan/anggota/tambah/", self.isi(orang="ketua", peran=""))
        assert response.context["form"].errors == {"peran": ["Pilih perannya."]}

    def test_a_role_that_is_refused_makes_no_account_either(self, klien):
        isi = self.isi(nama="Dewi", username="dewi", nip="", jabatan="", peran="tpi")
        assert klien.post("/1503/pengaturan/anggota/tambah/?cara=baru", isi).status_code == 403
        assert not User.objects.filter(username="dewi").exists()

    @pytest.mark.parametrize("area", [[], ["2"], ["semua", "2"]])
    def test_areas_are_kept_for_an_anggota_only(self, klien, area):
        sari = make_user("sari")
        isi = self.isi(orang="sari", peran="sekretaris", area=area)
        klien.post("/1503/pengaturan/anggota/tambah/", isi)
        assert milik(sari, Peran.SEKRETARIS) == [(JUNI_1, None, [])]

    def test_all_areas_are_given_where_somebody_says_so(self, klien):
        sari = make_user("sari")
        alamat = "/1503/pengaturan/anggota/tambah/"
        response = klien.post(alamat, self.isi(orang="sari", area=[]))
        assert response.context["form"].errors == {"area": ["Centang areanya, atau Semua area."]}
        klien.post(alamat, self.isi(orang="sari", area=["semua"]))
        assert milik(sari) == [(JUNI_1, None, [])]


class TestUbahArea:
    def test_the_old_ends_the_day_before_and_the_new_begins(self, klien, satker, ketua):
        ani = make_member(satker, area=(1,), mulai=JAN)
        lama = satu(ani)
        klien.post(f"/keanggotaan/{lama.pk}/ubah/", {"area": ["1", "2"], "mulai": "2025-06-01"})
        assert milik(ani) == [(JAN, MEI_31, [1]), (JUNI_1, None, [1, 2])]
        assert {m.history.first().history_user for m in Membership.objects.filter(user=ani)} == {ketua}

    def test_all_areas_are_ticked_where_they_are_all_and_nothing_ticked_is_a_slip(self, klien, satker):
        ani = make_member(satker, mulai=JAN)
        alamat = f"/keanggotaan/{satu(ani).pk}/ubah/"
        assert re.findall(r'value="(\w+)"[^>]* checked', klien.get(alamat).content.decode()) == ["semua"]
        response = klien.post(alamat, {"area": [], "mulai": "2025-06-01"})
        assert response.context["form"].errors == {"area": ["Centang areanya, atau Semua area."]}
        klien.post(alamat, {"area": ["1"], "mulai": "2025-06-01"})
        klien.post(
            f"/keanggotaan/{ani.memberships.last().pk}/ubah/", {"area": ["semua"], "mulai": "2025-06-01"}
        )
        assert milik(ani) == [(JAN, MEI_31, []), (JUNI_1, None, [])]

    def test_what_is_covered_now_is_ticked(self, klien, satker):
        ani = make_member(satker, area=(1, 5), mulai=JAN)
        halaman = klien.get(f"/keanggotaan/{satu(ani).pk}/ubah/").content.decode()
        assert re.findall(r'value="(\w+)"[^>]* checked', halaman) == ["1", "5"]

    def test_an_end_already_set_is_kept(self, satker, ketua):
        ani = make_member(satker, area=(1,), mulai=JAN, selesai=dt.date(2025, 12, 31))
        change_area(satu(ani), area={2}, mulai=JUNI_1, by=ketua)
        assert milik(ani) == [(JAN, MEI_31, [1]), (JUNI_1, dt.date(2025, 12, 31), [2])]

    def test_from_its_own_first_day_it_is_changed_in_place(self, satker, ketua):
        ani = make_member(satker, area=(1,), mulai=JAN)
        change_area(satu(ani), area={2}, mulai=JAN, by=ketua)
        assert milik(ani) == [(JAN, None, [2])]

    @pytest.mark.parametrize(
        ("area", "mulai", "kata"),
        [
            ({1}, JUNI_1, "tidak ada yang diubah"),
            ({2}, dt.date(2024, 12, 31), "Tidak boleh mendahului mulainya keanggotaan, 1 Januari 2025."),
            ({2}, dt.date(2026, 1, 1), "sudah berakhir 31 Desember 2025"),
        ],
    )
    def test_what_makes_no_sense_is_said_and_nothing_changes(self, satker, ketua, area, mulai, kata):
        ani = make_member(satker, area=(1,), mulai=JAN, selesai=dt.date(2025, 12, 31))
        assert kata in galat(change_area, satu(ani), area=area, mulai=mulai, by=ketua)
        assert milik(ani) == [(JAN, dt.date(2025, 12, 31), [1])]

    def test_a_button_pressed_twice_changes_once(self, satker, ketua):
        lama = satu(make_member(satker, area=(1,), mulai=JAN))
        baru = [change_area(lama, area={2}, mulai=JUNI_1, by=ketua) for _ in range(2)]
        assert baru[0] == baru[1]
        assert milik(lama.user) == [(JAN, MEI_31, [1]), (JUNI_1, None, [2])]

    def test_a_role_without_areas_has_no_such_page(self, klien, ketua):
        response = klien.get(f"/keanggotaan/{satu(ketua).pk}/ubah/")
        assert response.status_code == 403
        assert "tidak dibatasi area" in response.content.decode()


class TestSerahkan:
    def test_part_of_the_areas_to_a_colleague(self, klien, satker):
        ani = make_member(satker, area=(1, 2), mulai=JAN)
        budi = make_member(satker, area=(3,), mulai=JAN)
        isi = {"area": ["2"], "kepada": budi.pk, "mulai": "2025-06-01"}
        assert klien.post(f"/keanggotaan/{satu(ani).pk}/serahkan/", isi).status_code == 302
        assert milik(ani) == [(JAN, MEI_31, [1, 2]), (JUNI_1, None, [1])]
        assert milik(budi) == [(JAN, MEI_31, [3]), (JUNI_1, None, [2, 3])]

    def test_all_areas_end_the_giver(self, satker, ketua):
        ani, budi = make_member(satker, area=(1, 2), mulai=JAN), make_member(satker, Peran.PIMPINAN)
        hand_over(satu(ani), area={1, 2}, kepada=budi, mulai=JUNI_1, by=ketua)
        assert milik(ani) == [(JAN, MEI_31, [1, 2])]
        assert milik(budi) == [(JUNI_1, None, [1, 2])]

    def test_who_covers_every_area_gives_one_and_keeps_five(self, satker, ketua):
        ani, budi = make_member(satker, mulai=JAN), make_member(satker, area=(1,), mulai=JAN)
        hand_over(satu(ani), area={6}, kepada=budi, mulai=JUNI_1, by=ketua)
        assert milik(ani)[-1] == (JUNI_1, None, [1, 2, 3, 4, 5])
        assert milik(budi)[-1] == (JUNI_1, None, [1, 6])

    def test_who_takes_and_covers_every_area_already_stays_so(self, satker, ketua):
        ani, budi = make_member(satker, area=(1,), mulai=JAN), make_member(satker, mulai=JAN)
        hand_over(satu(ani), area={1}, kepada=budi, mulai=JUNI_1, by=ketua)
        assert milik(budi) == [(JAN, None, [])]

    def test_nothing_is_taken_where_the_other_may_not_receive_it(self, satker, ketua):
        ani, tepi = make_member(satker, area=(1, 2), mulai=JAN), make_member(satker, Peran.TPI)
        assert "TPI" in galat(hand_over, satu(ani), area={1}, kepada=tepi, mulai=JUNI_1, by=ketua)
        assert milik(ani) == [(JAN, None, [1, 2])]

    @pytest.mark.parametrize(
        ("area", "mulai", "kata"),
        [
            (set(), JUNI_1, "Pilih paling sedikit satu area"),
            ({3}, JUNI_1, "Hanya area yang diampu orang ini"),
            ({1, 2}, JAN, "Serahkan mulai hari sesudahnya"),
        ],
    )
    def test_what_makes_no_sense_is_said(self, satker, ketua, area, mulai, kata):
        ani, budi = make_member(satker, area=(1, 2), mulai=JAN), make_member(satker, area=(3,))
        assert kata in galat(hand_over, satu(ani), area=area, kepada=budi, mulai=mulai, by=ketua)

    @pytest.mark.parametrize(("area", "mulai"), [({1}, JUNI_1), ({1}, JAN), ({1, 2}, JUNI_1)])
    def test_a_button_pressed_twice_hands_over_once(self, satker, ketua, area, mulai):
        ani, budi = make_member(satker, area=(1, 2), mulai=JAN), make_member(satker, area=(3,), mulai=JAN)
        dari = satu(ani)
        hand_over(dari, area=area, kepada=budi, mulai=mulai, by=ketua)
        sesudah = milik(ani), milik(budi)
        hand_over(dari, area=area, kepada=budi, mulai=mulai, by=ketua)
        assert (milik(ani), milik(budi)) == sesudah
        assert sesudah[1][-1] == (mulai, None, sorted(area | {3}))

    @pytest.mark.parametrize("punya", [(3,), (1, 3)])
    def test_who_leaves_before_the_giver_does_is_no_receiver(self, satker, ketua, punya):
        ani = make_member(satker, area=(1, 2), mulai=JAN, selesai=dt.date(2026, 6, 30))
        budi = make_member(
            satker, area=punya, mulai=JAN, selesai=dt.date(2025, 12, 31), user=make_user(nama="Budi")
        )
        kata = galat(hand_over, satu(ani), area={1}, kepada=budi, mulai=JUNI_1, by=ketua)
        assert "Keanggotaan Budi berakhir 31 Desember 2025" in kata
        assert "tidak dipegang siapa pun" in kata
        assert milik(ani) == [(JAN, dt.date(2026, 6, 30), [1, 2])]

    def test_who_stays_as_long_as_the_giver_may_receive(self, satker, ketua):
        akhir = dt.date(2025, 12, 31)
        ani, budi = (make_member(satker, area=(n,), mulai=JAN, selesai=akhir) for n in (1, 3))
        hand_over(satu(ani), area={1}, kepada=budi, mulai=JUNI_1, by=ketua)
        assert milik(budi)[-1] == (JUNI_1, akhir, [1, 3])

    def test_to_oneself_is_refused(self, satker, ketua):
        ani = make_member(satker, area=(1, 2), mulai=JAN)
        assert "orang lain" in galat(hand_over, satu(ani), area={1}, kepada=ani, mulai=JUNI_1, by=ketua)


class TestAkhiri:
    def test_the_day_named_is_the_last(self, klien, satker):
        ani = make_member(satker, area=(1,), mulai=JAN)
        klien.post(f"/keanggotaan/{satu(ani).pk}/akhiri/", {"selesai": "2025-05-31"})
        assert milik(ani) == [(JAN, MEI_31, [1])]

    def test_an_end_before_the_beginning_is_refused(self, klien, satker):
        ani = make_member(satker, area=(1,), mulai=JAN)
        response = klien.post(f"/keanggotaan/{satu(ani).pk}/akhiri/", {"selesai": "2024-12-31"})
        assert "Tanggal selesai tidak boleh mendahului tanggal mulai." in response.content.decode()
        assert milik(ani) == [(JAN, None, [1])]

    @pytest.mark.parametrize("selesai", ["31-12-9999", "2205-05-31"])
    def test_an_end_too_far_away_is_a_slip(self, klien, satker, selesai):
        ani = make_member(satker, area=(1,), mulai=JAN)
        response = klien.post(f"/keanggotaan/{satu(ani).pk}/akhiri/", {"selesai": selesai})
        assert "Tanggal paling akhir" in response.content.decode()
        assert milik(ani) == [(JAN, None, [1])]

    def test_a_button_pressed_twice_ends_once(self, klien, satker):
        ani = make_member(satker, area=(1,), mulai=JAN)
        for _ in range(2):
            isi = {"selesai": "2025-05-31", "semula": ""}
            assert klien.post(f"/keanggotaan/{satu(ani).pk}/akhiri/", isi).status_code == 302
        assert milik(ani) == [(JAN, MEI_31, [1])]
        assert satu(ani).history.filter(history_type="~").count() == 1

    def test_of_two_who_end_it_the_second_is_told_and_may_insist(self, klien, satker):
        ani = make_member(satker, area=(1,), mulai=JAN)
        url = f"/keanggotaan/{satu(ani).pk}/akhiri/"
        klien.post(url, {"selesai": "2025-05-31", "semula": ""})
        form = klien.post(url, {"selesai": "2025-12-31", "semula": ""}).context["form"]
        assert form.non_field_errors() == [
            "Keanggotaan ini baru saja diubah orang lain, dan kini berakhir 31 Mei 2025."
        ]
        assert milik(ani) == [(JAN, MEI_31, [1])]
        klien.post(url, {"selesai": "2025-12-31", "semula": form["semula"].value()})
        assert milik(ani) == [(JAN, dt.date(2025, 12, 31), [1])]

    def test_the_last_who_manages_the_office_does_not_leave_it(self, klien, satker, ketua):
        url = f"/keanggotaan/{satu(ketua).pk}/akhiri/"
        pesan = klien.post(url, {"selesai": "2026-05-31"}).context["form"].non_field_errors()
        assert "tidak ada lagi Ketua Tim Kerja ZI atau Sekretaris di satker ini" in pesan[0]
        make_member(satker, Peran.SEKRETARIS, mulai=dt.date(2026, 6, 2))
        assert klien.post(url, {"selesai": "2026-05-31"}).context["form"].errors
        assert klien.post(url, {"selesai": "2026-06-01"}).status_code == 302

    def test_the_operator_may_end_the_last(self, satker, ketua):
        end_membership(satu(ketua), selesai=MEI_31, by=make_user(is_staff=True))
        assert milik(ketua, Peran.KETUA_TIM) == [(dt.date(2020, 1, 1), MEI_31, [])]

    def test_a_tpi_is_not_ended_from_here(self, klien, satker):
        tpi = satu(make_member(satker, Peran.TPI))
        response = klien.post(f"/keanggotaan/{tpi.pk}/akhiri/", {"selesai": "2025-05-31"})
        assert response.status_code == 403
        tpi.refresh_from_db()
        assert tpi.selesai is None


class TestAkun:
    def test_says_who_i_am_and_what_i_am_from_when(self, client, satker):
        ani = make_member(satker, area=(1, 5), mulai=JAN, user=make_user("ani", nama="Ani", jabatan="Staf"))
        make_member(satker, Peran.PIMPINAN, user=ani, mulai=dt.date(2024, 1, 1), selesai=dt.date(2024, 6, 30))
        client.force_login(ani)
        halaman = client.get("/akun/").content.decode()
        for kata in ("Ani", "Staf", "Area I dan V", "1 Januari 2025", "30 Juni 2024", "Ganti kata sandi"):
            assert kata in halaman
        assert "Administrasi" not in halaman

    def test_who_has_no_role_is_told_whom_to_ask(self, client):
        client.force_login(make_user())
        assert "Anda belum punya peran" in client.get("/akun/").content.decode()

    def test_an_operator_finds_the_administration(self, client):
        client.force_login(make_user(is_staff=True))
        assert 'href="/administrasi/"' in client.get("/akun/").content.decode()
