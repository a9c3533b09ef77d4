"""Administrasi: for the operator alone, through our door, Indonesian; nothing is deleted, no evidence shown."""

import datetime as dt
import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.administrasi import AdministrasiSite, OperatorAdmin
from accounts.models import Membership, Peran, Satker, User
from accounts.tanggal import TAK_TERBACA
from tests.factories import make_member, make_satker, make_user

pytestmark = pytest.mark.django_db

HARI = dt.date(2025, 6, 1)


@pytest.fixture
def operator(client) -> Client:
    client.force_login(make_user("operator", is_staff=True))
    return client


class TestPintu:
    def test_a_visitor_is_sent_to_our_login_page_and_back(self, client):
        response = client.get("/administrasi/accounts/user/", follow=True)
        assert response.request["PATH_INFO"] == "/masuk/"
        assert 'name="next" value="/administrasi/accounts/user/"' in response.content.decode()

    def test_djangos_own_login_form_takes_no_password(self, client):
        make_user("operator", is_staff=True)
        response = client.post(
            "/administrasi/login/", {"username": "operator", "password": "rahasia-uji-123"}
        )
        assert response.url.startswith("/masuk/")
        assert "_auth_user_id" not in client.session

    def test_who_is_no_operator_is_told_so(self, client):
        client.force_login(make_member(make_satker(), Peran.KETUA_TIM))
        response = client.get("/administrasi/", follow=True)
        assert response.status_code == 403
        assert "Administrasi hanya dapat dibuka oleh operator." in response.content.decode()

    def test_next_leads_to_our_own_site_only(self, client):
        make_user("operator", is_staff=True)
        masuk = client.get("/administrasi/login/?next=https://jahat.example/").url
        isi = {"login": "operator", "password": "rahasia-uji-123", "next": "https://jahat.example/"}
        assert client.post(masuk, isi).url == "/"

    def test_logging_out_is_ours_too(self, operator):
        assert "Keluar dari ZI Tracker" in operator.get("/administrasi/logout/").content.decode()
        assert operator.post("/administrasi/logout/").url == "/masuk/"
        assert "_auth_user_id" not in operator.session

    def test_changing_the_own_password_is_ours_too(self, operator):
        assert operator.get("/administrasi/password_change/").url == "/ganti-sandi/"

    def test_the_site_is_ours(self):
        assert isinstance(
            admin.site._wrapped if hasattr(admin.site, "_wrapped") else admin.site, AdministrasiSite
        )


class TestTidakAdaYangDihapus:
    def test_not_even_by_a_superuser(self, rf: RequestFactory):
        request = rf.get("/")
        request.user = make_user(is_superuser=True, is_staff=True)
        boleh = {
            model.__name__
            for model, model_admin in admin.site._registry.items()
            if model_admin.has_delete_permission(request)
        }
        assert boleh == set()

    def test_no_list_offers_it(self, rf: RequestFactory):
        request = rf.get("/")
        request.user = make_user(is_superuser=True, is_staff=True)
        for model_admin in admin.site._registry.values():
            assert "delete_selected" not in model_admin.get_actions(request)

    def test_the_address_of_deleting_is_refused(self, operator):
        user = make_user("budi")
        assert (
            operator.post(f"/administrasi/accounts/user/{user.pk}/delete/", {"post": "yes"}).status_code
            == 403
        )
        assert User.objects.filter(pk=user.pk).exists()

    def test_a_forged_bulk_delete_does_nothing(self, operator):
        satker = make_satker()
        isi = {"action": "delete_selected", "_selected_action": [satker.pk], "post": "yes"}
        operator.post("/administrasi/accounts/satker/", isi)
        assert Satker.objects.filter(pk=satker.pk).exists()


class TestIsi:
    def test_nothing_of_the_evidence_is_registered(self):
        bukti = set(apps.get_app_config("evidence").get_models())
        assert bukti & set(admin.site._registry) == set()

    def test_an_operator_sees_every_registered_page(self, operator):
        for model in admin.site._registry:
            nama = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
            assert operator.get(reverse(nama)).status_code == 200, nama

    def test_words_of_djangos_that_are_not_good_indonesian_are_ours(self, operator):
        salah = operator.post("/administrasi/accounts/satker/add/", {}).content.decode()
        assert ("Perbaiki kesalahan di bawah ini." in salah, "dibawah" in salah) == (True, False)
        halaman = operator.get("/administrasi/").content.decode()
        assert ("Ubah atau lihat daftar" in halaman, "Rubah" in halaman) == (True, False)

    def test_titles_are_indonesian(self, operator):
        halaman = operator.get("/administrasi/").content.decode()
        assert "<title>Administrasi · Administrasi ZI Tracker</title>" in halaman
        for kata in ("Keanggotaan", "Pengguna", "Satker", "Penandatangan"):
            assert kata in halaman

    @pytest.mark.parametrize(
        "alamat",
        [
            "/administrasi/",
            "/administrasi/accounts/membership/",
            "/administrasi/accounts/membership/add/",
            "/administrasi/accounts/membership/{m}/change/",
            "/administrasi/accounts/membership/{m}/history/",
            "/administrasi/accounts/user/add/",
            "/administrasi/accounts/user/{u}/change/",
            "/administrasi/accounts/user/{u}/password/",
            "/administrasi/accounts/satker/add/",
            "/administrasi/monev/penandatangan/add/",
        ],
    )
    def test_no_page_holds_what_the_policy_refuses(self, operator, alamat):
        user = make_member(make_satker())
        halaman = operator.get(alamat.format(u=user.pk, m=user.memberships.get().pk)).content.decode()
        assert re.findall(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", halaman) == []


class TestPengguna:
    def isi(self, **lain: str) -> dict[str, str]:
        sandi = "kuda-hijau-di-atap"
        data = {"username": "Sari", "nama": "Sari", "password1": sandi, "password2": sandi}
        return {**data, **lain}

    def test_is_made_with_a_password(self, operator):
        operator.post("/administrasi/accounts/user/add/", self.isi())
        sari = User.objects.get(username="sari")
        assert sari.check_password("kuda-hijau-di-atap")
        assert not sari.is_staff
        assert sari.history.get().history_user.username == "operator"

    @pytest.mark.parametrize(
        ("lain", "pesan"),
        [
            ({"password1": "", "password2": ""}, "Bidang ini tidak boleh kosong."),
            ({"password1": "pendek", "password2": "pendek"}, "paling sedikit 12 karakter"),
            ({"nip": "123"}, "NIP terdiri atas 18 angka, tanpa spasi."),
            ({"username": "OPERATOR"}, "sudah"),
        ],
    )
    def test_what_is_wrong_is_said(self, operator, lain, pesan):
        response = operator.post("/administrasi/accounts/user/add/", self.isi(**lain))
        assert response.status_code == 200
        assert pesan in response.content.decode()

    def test_a_new_password_ends_the_sessions(self, operator):
        budi = make_user("budi")
        perangkat = Client()
        perangkat.force_login(budi)
        isi = {"password1": "kuda-hijau-di-atap", "password2": "kuda-hijau-di-atap"}
        assert operator.post(f"/administrasi/accounts/user/{budi.pk}/password/", isi).status_code == 302
        assert perangkat.get("/akun/").status_code == 302
        assert LogEntry.objects.filter(user__username="operator", object_id=str(budi.pk)).exists()

    def test_an_account_switched_off_is_out_at_once(self, operator):
        budi = make_user("budi")
        perangkat = Client()
        perangkat.force_login(budi)
        isi = {"username": "budi", "nama": "Budi"}
        assert operator.post(f"/administrasi/accounts/user/{budi.pk}/change/", isi).status_code == 302
        budi.refresh_from_db()
        assert not budi.is_active
        assert perangkat.get("/akun/").status_code == 302

    def test_an_operator_cannot_become_a_superuser(self, operator):
        saya = User.objects.get(username="operator")
        isi = {"username": "operator", "nama": "O", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
        operator.post(f"/administrasi/accounts/user/{saya.pk}/change/", isi)
        saya.refresh_from_db()
        assert saya.nama == "O"
        assert not saya.is_superuser

    def test_nor_set_the_password_of_one(self, operator):
        atasan = make_user(is_superuser=True, is_staff=True)
        isi = {"password1": "kuda-hijau-di-atap", "password2": "kuda-hijau-di-atap"}
        assert operator.post(f"/administrasi/accounts/user/{atasan.pk}/password/", isi).status_code == 403


class TestSatker:
    ISI = {"kode": "1503", "nama": "KPU Kabupaten Uji", "tingkat": "kabkota", "zona_waktu": "WIB"} | {
        "ibu_kota": "Uji",
        "kop_baris_1": "KOMISI PEMILIHAN UMUM",
    }

    def test_is_made_and_on_the_record(self, operator):
        assert operator.post("/administrasi/accounts/satker/add/", self.ISI).status_code == 302
        assert Satker.objects.get().history.get().history_user.username == "operator"

    def test_its_parent_stands_higher(self, operator):
        setara = make_satker(tingkat="provinsi")
        isi = {**self.ISI, "tingkat": "provinsi", "induk": setara.pk}
        response = operator.post("/administrasi/accounts/satker/add/", isi)
        assert "Satker induk harus setingkat lebih tinggi." in response.content.decode()


class TestKeanggotaan:
    def test_an_unknown_person_or_office_is_said_at_its_field(self, operator):
        isi = {"user": "hantu", "satker": "0000", "peran": "tpi", "mulai": "2025-06-01"}
        errors = operator.post("/administrasi/accounts/membership/add/", isi).context["adminform"].form.errors
        assert errors == {
            "user": ["Tidak ada pengguna itu."],
            "satker": ["Tidak ada satker dengan kode itu."],
        }

    def test_who_where_and_what_are_not_changed(self, operator):
        user, lain = make_member(make_satker(), Peran.ANGGOTA), make_user()
        m = Membership.objects.get(user=user)
        isi = {"user": lain.username, "peran": "tpi", "mulai": "2025-06-01", "area": ["1"]}
        assert operator.post(f"/administrasi/accounts/membership/{m.pk}/change/", isi).status_code == 302
        m.refresh_from_db()
        assert (m.user, m.peran, m.mulai, m.area) == (user, Peran.ANGGOTA, HARI, frozenset({1}))

    def test_all_areas_are_given_where_somebody_says_so(self, operator):
        satker, user = make_satker(), make_user("ani")
        isi = {"user": "ani", "satker": satker.kode, "peran": "anggota", "mulai": "2025-06-01"}
        tambah = "/administrasi/accounts/membership/add/"
        assert " checked" not in operator.get(tambah).content.decode()
        errors = operator.post(tambah, isi).context["adminform"].form.errors
        assert errors == {"area": ["Centang areanya, atau Semua area."]}
        assert operator.post(tambah, {**isi, "area": ["semua"]}).status_code == 302
        m = Membership.objects.get(user=user)
        assert m.area == frozenset()
        form = operator.get(f"/administrasi/accounts/membership/{m.pk}/change/").context["adminform"].form
        assert form["area"].value() == ["semua"]
        assert not form.fields["area"].has_changed(m.area, ["semua"])

    def test_roles_without_areas_need_none(self, operator):
        satker, user = make_satker(), make_user("tepi")
        isi = {"user": "tepi", "satker": satker.kode, "peran": "tpi", "mulai": "2025-06-01"}
        assert operator.post("/administrasi/accounts/membership/add/", isi).status_code == 302
        assert Membership.objects.get(user=user).area == frozenset()

    def test_the_bulk_action_ends_each_by_its_offices_day_and_says_which_it_could_not(self, operator):
        satker = make_satker()
        berjalan, nanti = make_member(satker), make_member(satker, mulai=dt.date(2099, 1, 1))
        usai = make_member(satker, selesai=dt.date(2024, 1, 1))
        pks = list(Membership.objects.values_list("pk", flat=True))
        isi = {"action": "akhiri", "_selected_action": pks}
        response = operator.post("/administrasi/accounts/membership/", isi, follow=True)
        pesan = [str(m) for m in response.context["messages"]]
        assert sorted(p.split(": ")[1] for p in pesan) == [
            "Sudah berakhir.",
            "Tanggal selesai tidak boleh mendahului tanggal mulai.",
            "berakhir hari ini.",
        ]
        selesai = {m.user: m.selesai for m in Membership.objects.all()}
        assert selesai[berjalan] is not None
        assert (selesai[nanti], selesai[usai]) == (None, dt.date(2024, 1, 1))

    def test_the_history_says_before_and_after(self, operator):
        m = Membership.objects.get(user=make_member(make_satker(), mulai=dt.date(2025, 1, 1)))
        operator.post(
            f"/administrasi/accounts/membership/{m.pk}/change/", {"mulai": "2025-06-01", "area": ["1"]}
        )
        halaman = operator.get(f"/administrasi/accounts/membership/{m.pk}/history/").content.decode()
        assert "1 Januari 2025" in halaman
        assert "1 Juni 2025" in halaman
        assert "operator" in halaman


def test_every_model_with_history_shows_it():
    for model, model_admin in admin.site._registry.items():
        if hasattr(model, "history"):
            assert isinstance(model_admin, OperatorAdmin), model


class TestKata:
    def test_a_history_that_begins_with_nothing_says_so(self, operator):
        induk, satker = make_satker("15", tingkat="provinsi", nama="KPU Provinsi Uji"), make_satker("1503")
        satker.induk = induk
        satker.save()
        halaman = operator.get(f"/administrasi/accounts/satker/{satker.pk}/history/").content.decode()
        assert "<strong>Satker induk:</strong> kosong → KPU Provinsi Uji" in halaman

    def test_what_is_kept_of_a_password_is_not_shown(self, operator):
        budi = make_user("budi")
        halaman = operator.get(f"/administrasi/accounts/user/{budi.pk}/change/").content.decode()
        assert "Beri kata sandi awal baru" in halaman
        for bagian in ("algoritme", "hash", budi.password.rsplit("$", 1)[-1]):
            assert bagian not in halaman

    def test_a_day_that_cannot_be_read_is_told_as_everywhere_else(self, operator):
        url = "/administrasi/accounts/membership/add/"
        isi = {"user": make_user("budi").username, "satker": make_satker().kode, "peran": "tpi"}
        halaman = operator.post(url, {**isi, "mulai": "kapan-kapan"})
        assert TAK_TERBACA in halaman.content.decode()
        assert operator.post(url, {**isi, "mulai": "01/06/2025"}).status_code == 302
        assert Membership.objects.get().mulai == HARI

    def test_yes_and_no_are_words(self, operator):
        halaman = operator.get("/administrasi/accounts/user/").content.decode()
        assert '<td class="field-operator">Ya</td>' in halaman
        assert "icon-yes" not in halaman
