"""Nobody is in an office's team and its TPI on the same day, whichever door is tried.

Two doors at the same moment, in two processes: tests/paralel.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Membership, Peran, Satker, User
from accounts.services import end_membership, save_membership
from tests.factories import make_member, make_satker, make_user

MEI_31, JUNI_1 = dt.date(2025, 5, 31), dt.date(2025, 6, 1)
TIM = [Peran.ANGGOTA, Peran.KETUA_TIM, Peran.SEKRETARIS, Peran.PIMPINAN]
BENTROK = "Anggota tim satker tidak boleh menjadi TPI-nya pada tanggal yang sama."


def anggota_baru(user: User, satker: Satker, peran: str, mulai: dt.date, selesai: dt.date | None = None):
    return Membership(user=user, satker=satker, peran=peran, mulai=mulai, selesai=selesai)


def pesan(act: Callable[[], object]) -> str:
    """What a refusal says; empty where nothing was refused."""
    try:
        act()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@pytest.fixture
def satker(db) -> Satker:
    return make_satker()


class TestService:
    @pytest.mark.parametrize("peran", TIM)
    @pytest.mark.parametrize("terbalik", [False, True], ids=["lalu-tpi", "lalu-tim"])
    def test_every_team_role_shuts_out_tpi_and_the_reverse(self, satker, peran, terbalik):
        dulu, lalu = (Peran.TPI, peran) if terbalik else (peran, Peran.TPI)
        user = make_member(satker, dulu, mulai=JUNI_1)
        assert BENTROK in pesan(lambda: save_membership(anggota_baru(user, satker, lalu, JUNI_1), by=None))
        assert Membership.objects.count() == 1

    @pytest.mark.parametrize(("mulai", "boleh"), [(MEI_31, False), (JUNI_1, True)], ids=["31-mei", "1-juni"])
    @pytest.mark.parametrize("terbalik", [False, True], ids=["lalu-tpi", "lalu-tim"])
    def test_who_ends_on_31_may_starts_on_1_june(self, satker, mulai, boleh, terbalik):
        dulu, lalu = (Peran.TPI, Peran.ANGGOTA) if terbalik else (Peran.ANGGOTA, Peran.TPI)
        user = make_member(satker, dulu, mulai=dt.date(2025, 1, 1), selesai=MEI_31)
        assert (
            pesan(lambda: save_membership(anggota_baru(user, satker, lalu, mulai), by=None)) == ""
        ) is boleh

    @pytest.mark.parametrize(
        ("selesai", "boleh"),
        [(JUNI_1, False), (MEI_31, True), (None, False)],
        ids=["1-juni", "31-mei", "terbuka"],
    )
    def test_who_starts_on_1_june_may_be_something_else_until_31_may(self, satker, selesai, boleh):
        user = make_member(satker, Peran.TPI, mulai=JUNI_1)
        baru = anggota_baru(user, satker, Peran.ANGGOTA, dt.date(2025, 1, 1), selesai)
        assert (pesan(lambda: save_membership(baru, by=None)) == "") is boleh

    def test_a_role_inside_the_other_is_refused(self, satker):
        user = make_member(satker, Peran.ANGGOTA, mulai=dt.date(2025, 1, 1), selesai=dt.date(2025, 12, 31))
        assert BENTROK in pesan(
            lambda: save_membership(anggota_baru(user, satker, Peran.TPI, MEI_31, MEI_31), by=None)
        )

    def test_an_ended_role_prolonged_into_the_other_is_refused(self, satker):
        user = make_member(satker, Peran.ANGGOTA, mulai=dt.date(2025, 1, 1), selesai=MEI_31)
        make_member(satker, Peran.TPI, user=user, mulai=JUNI_1)
        lama = Membership.objects.get(peran=Peran.ANGGOTA)
        assert BENTROK in pesan(lambda: end_membership(lama, selesai=JUNI_1, by=None))
        lama.refresh_from_db()
        assert lama.selesai == MEI_31

    def test_tpi_of_another_office_is_no_matter(self, satker):
        user = make_member(satker, Peran.ANGGOTA)
        save_membership(anggota_baru(user, make_satker(), Peran.TPI, JUNI_1), by=None)
        assert Membership.objects.filter(user=user).count() == 2

    def test_pembina_and_a_team_role_go_together(self, satker):
        user = make_member(satker, Peran.PIMPINAN)
        save_membership(anggota_baru(user, satker, Peran.PEMBINA, JUNI_1), by=None)
        assert Membership.objects.filter(user=user).count() == 2

    def test_the_same_role_is_not_held_twice_at_once(self, satker):
        user = make_member(satker, Peran.ANGGOTA, mulai=JUNI_1)
        kata = pesan(lambda: save_membership(anggota_baru(user, satker, Peran.ANGGOTA, JUNI_1), by=None))
        assert kata == "Peran ini sudah dipegang sejak 1 Juni 2025 sampai sekarang. Akhiri dahulu yang lama."

    @pytest.mark.parametrize("kolom", ["user", "satker", "peran"])
    def test_who_where_and_what_of_a_stored_role_stay(self, satker, kolom):
        make_member(satker, Peran.ANGGOTA)
        lama = Membership.objects.get()
        lain = {"user": make_user(), "satker": make_satker(), "peran": Peran.PIMPINAN}
        setattr(lama, kolom, lain[kolom])
        assert "tidak diubah" in pesan(lambda: save_membership(lama, by=None))

    def test_a_stored_tpi_is_not_turned_into_something_that_the_office_may_set(self, satker):
        ketua = make_member(satker, Peran.KETUA_TIM)
        make_member(satker, Peran.TPI)
        tpi = Membership.objects.get(peran=Peran.TPI)
        tpi.peran = Peran.ANGGOTA
        with pytest.raises(PermissionDenied, match="hanya dapat ditetapkan oleh operator"):
            save_membership(tpi, by=ketua)

    def test_the_one_who_changed_it_is_on_the_record(self, satker):
        ketua = make_member(satker, Peran.KETUA_TIM)
        baru = save_membership(anggota_baru(make_user(), satker, Peran.ANGGOTA, JUNI_1), by=ketua)
        end_membership(baru, selesai=dt.date(2025, 6, 30), by=ketua)
        sesudah, sebelum = baru.history.all()
        assert [sebelum.selesai, sesudah.selesai] == [None, dt.date(2025, 6, 30)]
        assert {sebelum.history_user, sesudah.history_user} == {ketua}


class TestHalaman:
    def kirim(self, client, satker, user, **isi):
        ketua = make_member(satker, Peran.KETUA_TIM)
        client.force_login(ketua)
        data = {"orang": user.username, "peran": "anggota", "area": ["semua"], "mulai": "2025-06-01", **isi}
        return client.post(f"/{satker.kode}/pengaturan/anggota/tambah/", data)

    def test_the_page_says_why(self, client, satker):
        user = make_member(satker, Peran.TPI, mulai=MEI_31)
        response = self.kirim(client, satker, user)
        assert response.status_code == 200
        assert BENTROK in response.content.decode()
        assert Membership.objects.filter(user=user).count() == 1

    def test_the_day_after_it_goes_through(self, client, satker):
        user = make_member(satker, Peran.TPI, mulai=dt.date(2025, 1, 1), selesai=MEI_31)
        assert self.kirim(client, satker, user).status_code == 302
        assert Membership.objects.filter(user=user, peran=Peran.ANGGOTA, mulai=JUNI_1).exists()

    @pytest.mark.parametrize("peran", [Peran.TPI, Peran.PEMBINA])
    def test_a_forged_role_of_the_operator_is_refused_in_words(self, client, satker, peran):
        response = self.kirim(client, satker, make_user(), peran=peran)
        assert response.status_code == 403
        assert "TPI dan Pembina hanya dapat ditetapkan oleh operator." in response.content.decode()
        assert not Membership.objects.filter(peran=peran).exists()

    def test_handing_areas_to_the_tpi_is_refused(self, client, satker):
        make_member(satker, Peran.ANGGOTA, area=(1, 2))
        tpi = make_member(satker, Peran.TPI)
        client.force_login(make_member(satker, Peran.KETUA_TIM))
        dari = Membership.objects.get(peran=Peran.ANGGOTA)
        data = {"area": ["1"], "kepada": tpi.pk, "mulai": "2025-06-01"}
        response = client.post(f"/keanggotaan/{dari.pk}/serahkan/", data)
        assert response.context["form"].errors["kepada"] == ["Pilih orang dari daftar."]
        assert not Membership.objects.filter(user=tpi, peran=Peran.ANGGOTA).exists()


class TestAdmin:
    @pytest.fixture
    def operator(self, client, db):
        client.force_login(make_user(is_staff=True))
        return client

    def isi(self, user, satker, **lain):
        data = {"user": user.username, "satker": satker.kode, "peran": "tpi", "mulai": "2025-06-01"}
        return {**data, **lain}

    def test_the_form_says_why(self, operator, satker):
        user = make_member(satker, Peran.ANGGOTA, mulai=MEI_31)
        response = operator.post("/administrasi/accounts/membership/add/", self.isi(user, satker))
        assert response.status_code == 200
        assert BENTROK in response.content.decode()
        assert Membership.objects.count() == 1

    def test_the_day_after_it_goes_through_and_is_on_the_record(self, operator, satker):
        user = make_member(satker, Peran.ANGGOTA, mulai=dt.date(2025, 1, 1), selesai=MEI_31)
        response = operator.post("/administrasi/accounts/membership/add/", self.isi(user, satker))
        assert response.status_code == 302
        assert Membership.objects.get(peran=Peran.TPI).history.get().history_user.is_staff

    def test_changing_the_dates_meets_the_same_gate(self, operator, satker):
        user = make_member(satker, Peran.ANGGOTA, mulai=dt.date(2025, 1, 1), selesai=MEI_31)
        make_member(satker, Peran.TPI, user=user, mulai=JUNI_1)
        lama = Membership.objects.get(peran=Peran.ANGGOTA)
        data = {"mulai": "2025-01-01", "selesai": "2025-06-01", "area": ["semua"]}
        response = operator.post(f"/administrasi/accounts/membership/{lama.pk}/change/", data)
        assert response.status_code == 200
        assert BENTROK in response.content.decode()

    def test_an_open_end_cannot_be_put_back_through_the_history(self, operator, satker):
        user = make_member(satker, Peran.ANGGOTA, mulai=dt.date(2025, 1, 1))
        lama = Membership.objects.get()
        end_membership(lama, selesai=MEI_31, by=None)
        make_member(satker, Peran.TPI, user=user, mulai=JUNI_1)
        versi = lama.history.earliest()
        alamat = f"/administrasi/accounts/membership/{lama.pk}/history/{versi.pk}/"
        assert operator.get(alamat).status_code == 200
        assert operator.post(alamat, {"mulai": "2025-01-01"}).status_code == 405
        lama.refresh_from_db()
        assert lama.selesai == MEI_31


class TestDatabase:
    def test_a_write_past_the_service_is_refused_too(self, satker):
        user = make_member(satker, Peran.ANGGOTA)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_member(satker, Peran.TPI, user=user)

    def test_so_is_a_bulk_update(self, satker):
        user = make_member(satker, Peran.ANGGOTA, mulai=dt.date(2025, 1, 1), selesai=MEI_31)
        make_member(satker, Peran.TPI, user=user, mulai=JUNI_1)
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.filter(peran=Peran.ANGGOTA).update(selesai=None)


class TestOperator:
    """Who appoints TPI sees no evidence: the two never meet in one account."""

    @pytest.mark.parametrize("peran", Peran)
    def test_an_operator_is_given_no_role(self, satker, peran):
        operator = make_user(is_staff=True)
        peran_baru = anggota_baru(operator, satker, peran, JUNI_1)
        assert "Akun ini akun operator" in pesan(lambda: save_membership(peran_baru, by=operator))
        with pytest.raises(IntegrityError, match="Operator tidak memegang peran"), transaction.atomic():
            make_member(satker, peran, user=operator)

    def test_who_has_a_role_becomes_no_operator(self, satker):
        user = make_member(satker, Peran.TPI)
        user.is_staff = True
        assert "Akhiri perannya dahulu" in pesan(user.full_clean)
        with pytest.raises(IntegrityError, match="Operator tidak memegang peran"), transaction.atomic():
            user.save()

    def test_who_had_one_does(self, satker):
        user = make_member(satker, Peran.TPI, selesai=MEI_31)
        user.is_staff = True
        user.full_clean()
        user.save()
