"""A password that somebody else gives: shown to whoever gave it, kept nowhere, and changed at the first login."""

import datetime as dt
import re
from typing import ClassVar

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, Peran, Satker, User
from accounts.sandi import UMUR_KUNCI, kunci_baru
from accounts.services import reset_password
from tests.akses.dunia import make_dunia
from tests.akses.jelajah import address, admin_urls, client_of
from tests.akses.tabel import baca
from tests.factories import make_member, make_satker, make_user

pytestmark = pytest.mark.django_db

SANDI_BARU = "empat kata yang panjang"
TAMBAH = "/1503/pengaturan/anggota/tambah/?cara=baru"


@pytest.fixture
def satker() -> Satker:
    return make_satker("1503")


@pytest.fixture
def ketua(satker) -> User:
    return make_member(satker, Peran.KETUA_TIM, user=make_user("ketua", nama="Ketua Uji"))


@pytest.fixture
def klien(client, ketua) -> Client:
    client.force_login(ketua)
    return client


def isian(klien: Client, url: str = TAMBAH, **lain: object) -> dict[str, object]:
    """What the opened page would send."""
    kunci = klien.get(url).context["form"]["kunci"].value()
    orang = {"nama": "Dewi, S.H.", "username": "Dewi", "nip": "", "jabatan": "Staf"}
    return {"kunci": kunci, "peran": "anggota", "area": ["2"], "mulai": "2025-06-01", **orang, **lain}


def sandi_pada(response: HttpResponse) -> str:
    found = re.search(r"<code[^>]*>([^<]+)</code>", response.content.decode())
    assert found, response.content.decode()
    return found.group(1)


def satu(user: User) -> Membership:
    return Membership.objects.get(user=user)


class TestOrangBaru:
    def test_gets_a_password_that_works_and_no_other_page_shows(self, klien):
        response = klien.post(TAMBAH, isian(klien))
        assert "no-store" in response.headers["Cache-Control"]
        dewi = User.objects.get(username="dewi")
        assert dewi.check_password(sandi_pada(response))
        assert dewi.history.get().history_user.username == "ketua"
        assert satu(dewi).area == {2}
        assert sandi_pada(response) not in klien.get("/1503/pengaturan/").content.decode()

    def test_a_button_pressed_twice_shows_the_same_page_of_one_person(self, klien):
        isi = isian(klien)
        satu_kali, dua_kali = klien.post(TAMBAH, isi), klien.post(TAMBAH, isi)
        assert sandi_pada(dua_kali) == sandi_pada(satu_kali)
        dewi = User.objects.get(username="dewi")
        assert dewi.check_password(sandi_pada(dua_kali))
        assert dewi.memberships.count() == dewi.history.count() == 1

    def test_another_page_or_other_words_are_another_person(self, klien):
        isi = isian(klien)
        klien.post(TAMBAH, isi)
        for lain in (isian(klien), {**isi, "nama": "Dewi Lain"}, {**isi, "area": ["3"]}):
            response = klien.post(TAMBAH, lain)
            assert response.context["form"].errors == {
                "username": [
                    f"Nama pengguna ini sudah dipakai {User.objects.get(username='dewi')} di satker ini. "
                    "Bila orangnya sama, pilih Sudah punya akun."
                ]
            }
        assert User.objects.filter(username__startswith="dewi").count() == 1

    def test_a_name_of_another_office_is_not_told(self, klien):
        make_member(make_satker(), user=make_user("dewi", nama="Dewi dari Jauh"))
        response = klien.post(TAMBAH, isian(klien))
        assert "orang lain" in response.context["form"].errors["username"][0]
        assert "Dewi dari Jauh" not in response.content.decode()

    def test_is_not_shown_again_once_the_owner_has_changed_it(self, klien):
        isi = isian(klien)
        sandi = sandi_pada(klien.post(TAMBAH, isi))
        ganti_sendiri("dewi", sandi)
        response = klien.post(TAMBAH, isi)
        assert "username" in response.context["form"].errors
        assert sandi not in response.content.decode()

    def test_nor_hours_later(self, klien, monkeypatch):
        isi = isian(klien)
        sandi = sandi_pada(klien.post(TAMBAH, isi))
        monkeypatch.setattr("accounts.sandi.UMUR_KUNCI", -1)
        response = klien.post(TAMBAH, isi)
        assert "terlalu lama terbuka" in response.context["form"].non_field_errors()[0]
        assert sandi not in response.content.decode()

    def test_nor_to_another_who_sends_the_same(self, klien, satker):
        isi = isian(klien)
        klien.post(TAMBAH, isi)
        sekretaris = Client()
        sekretaris.force_login(make_member(satker, Peran.SEKRETARIS))
        assert "username" in sekretaris.post(TAMBAH, isi).context["form"].errors

    def test_nothing_keeps_it(self, klien):
        sandi = sandi_pada(klien.post(TAMBAH, isian(klien)))
        for sesi in Session.objects.all():
            assert sandi not in str(sesi.get_decoded())
        assert sandi not in str(list(User.history.values()) + list(User.objects.values()))

    @pytest.mark.parametrize("kunci", ["", "buatan:sendiri:saja", None])
    def test_a_page_open_for_too_long_loses_nothing_and_the_next_try_works(self, klien, kunci, monkeypatch):
        isi = isian(klien)
        if kunci is None:
            monkeypatch.setattr("accounts.sandi.UMUR_KUNCI", -1)
        else:
            isi["kunci"] = kunci
        form = klien.post(TAMBAH, isi).context["form"]
        monkeypatch.setattr("accounts.sandi.UMUR_KUNCI", UMUR_KUNCI)
        assert "terlalu lama terbuka" in form.non_field_errors()[0]
        assert not User.objects.filter(username="dewi").exists()
        klien.post(TAMBAH, {**isi, "nama": form["nama"].value(), "kunci": form["kunci"].value()})
        assert User.objects.get(username="dewi").nama == "Dewi, S.H."


class TestSandiBaru:
    """Whoever knows a password can act as its owner."""

    def url(self, user: User) -> str:
        return f"/keanggotaan/{satu(user).pk}/sandi/"

    def buat(self, klien: Client, user: User) -> HttpResponse:
        kunci = klien.get(self.url(user)).context["form"]["kunci"].value()
        return klien.post(self.url(user), {"kunci": kunci})

    def test_a_colleague_gets_a_new_one_and_every_device_is_put_out(self, klien, satker):
        ani = make_member(satker)
        perangkat = Client()
        perangkat.force_login(ani)
        sandi = sandi_pada(self.buat(klien, ani))
        ani.refresh_from_db()
        assert ani.check_password(sandi)
        assert perangkat.get("/akun/").url.startswith("/masuk/")
        assert ani.history.first().history_change_reason == "Kata sandi diatur ulang"
        assert ani.history.first().history_user.username == "ketua"

    def test_a_button_pressed_twice_makes_one(self, klien, satker):
        ani = make_member(satker)
        isi = {"kunci": klien.get(self.url(ani)).context["form"]["kunci"].value()}
        assert len({sandi_pada(klien.post(self.url(ani), isi)) for _ in range(2)}) == 1
        assert ani.history.filter(history_change_reason__isnull=False).count() == 1

    def test_of_two_who_do_it_at_once_the_second_is_told(self, klien, satker):
        ani, sekretaris = make_member(satker), Client()
        sekretaris.force_login(make_member(satker, Peran.SEKRETARIS))
        isi = {"kunci": sekretaris.get(self.url(ani)).context["form"]["kunci"].value()}
        sandi = sandi_pada(self.buat(klien, ani))
        form = sekretaris.post(self.url(ani), isi).context["form"]
        assert "baru saja diganti orang lain" in form.non_field_errors()[0]
        ani.refresh_from_db()
        assert ani.check_password(sandi)
        sandi_pada(sekretaris.post(self.url(ani), {"kunci": form["kunci"].value()}))

    def test_an_old_page_sent_again_does_not_undo_the_owners_own(self, klien, satker):
        ani = make_member(satker)
        isi = {"kunci": klien.get(self.url(ani)).context["form"]["kunci"].value()}
        ganti_sendiri(ani.username, sandi_pada(klien.post(self.url(ani), isi)))
        assert klien.post(self.url(ani), isi).context["form"].errors
        ani.refresh_from_db()
        assert ani.check_password(SANDI_BARU)

    def test_until_it_is_changed_the_list_says_so(self, klien, satker):
        ani = make_member(satker)
        sandi = sandi_pada(self.buat(klien, ani))
        assert "kata sandi awal belum diganti" in klien.get("/1503/pengaturan/").content.decode()
        ganti_sendiri(ani.username, sandi)
        assert "kata sandi awal belum diganti" not in klien.get("/1503/pengaturan/").content.decode()

    def test_get_changes_nothing(self, klien, satker):
        ani = make_member(satker)
        assert klien.get(self.url(ani)).status_code == 200
        ani.refresh_from_db()
        assert ani.check_password("rahasia-uji-123")

    @pytest.mark.parametrize("peran", [Peran.TPI, Peran.PEMBINA, Peran.ANGGOTA])
    def test_not_of_who_also_serves_beyond_this_office(self, satker, ketua, peran):
        ani = make_member(satker)
        make_member(make_satker(), peran, user=ani, mulai=dt.date(2099, 1, 1))
        ini = Membership.objects.get(user=ani, satker=satker)
        with pytest.raises(PermissionDenied, match="di luar tim satker ini"):
            reset_password(ini, by=ketua, kunci=kunci_baru(ani.get_session_auth_hash()))

    def test_of_who_once_served_elsewhere(self, satker, ketua):
        ani = make_member(satker)
        make_member(make_satker(), Peran.TPI, user=ani, selesai=dt.date(2021, 1, 1))
        ini = Membership.objects.get(user=ani, satker=satker)
        assert reset_password(ini, by=ketua, kunci=kunci_baru(ani.get_session_auth_hash()))

    @pytest.mark.parametrize("tanda", ["is_staff", "is_superuser"])
    def test_not_of_an_operator(self, satker, ketua, tanda):
        ani = make_member(satker, selesai=dt.date(2025, 5, 31))
        setattr(ani, tanda, True)
        ani.save()
        with pytest.raises(PermissionDenied, match="operator"):
            reset_password(satu(ani), by=ketua, kunci=kunci_baru(ani.get_session_auth_hash()))

    def test_not_ones_own(self, ketua):
        with pytest.raises(PermissionDenied, match="Ganti kata sandi"):
            reset_password(satu(ketua), by=ketua, kunci=kunci_baru(ketua.get_session_auth_hash()))

    def test_without_a_page_nothing_happens(self, satker, ketua):
        ani = make_member(satker)
        with pytest.raises(ValidationError, match="Coba sekali lagi"):
            reset_password(satu(ani), by=ketua, kunci="")


def ganti_sendiri(username: str, sandi: str) -> Client:
    """The first login of a person, and the change that it leads to."""
    client = Client()
    client.post("/masuk/", {"login": username, "password": sandi})
    isi = {"oldpassword": sandi, "password1": SANDI_BARU, "password2": SANDI_BARU}
    assert client.post("/ganti-sandi/", isi).status_code == 302
    return client


class TestMasukPertama:
    @pytest.fixture
    def baru(self, satker) -> User:
        ani = make_user("ani", nama="Ani", sandi_awal_sejak=timezone.now())
        return make_member(satker, Peran.KETUA_TIM, user=ani)

    @pytest.fixture
    def pendatang(self, client, baru) -> Client:
        client.post("/masuk/", {"login": "ani", "password": "rahasia-uji-123"})
        return client

    @pytest.mark.parametrize("url", ["/", "/akun/", "/1503/pengaturan/?a=b", "/administrasi/", "/tidak-ada/"])
    def test_every_page_leads_to_the_change_and_back(self, pendatang, url):
        response = pendatang.get(url)
        assert response.status_code == 302
        assert response.url == f"/ganti-sandi/?next={url.replace('?', '%3F').replace('=', '%3D')}"
        assert f'value="{url}"' in pendatang.get(response.url).content.decode()

    def test_no_address_is_forgotten(self, db):
        dunia = make_dunia()
        User.objects.update(sandi_awal_sejak=timezone.now())
        ketua, operator = client_of(dunia, "ketu")[0], client_of(dunia, "oper")[0]
        terbuka = {"account_change_password", "account_logout"}
        semua = [(b.cara, address(b, dunia)) for b in baca()[1] if b.nama not in terbuka]
        for cara, url in semua:
            response = getattr(ketua, cara.lower())(url)
            assert (response.status_code, response.url.split("?")[0]) == (302, "/ganti-sandi/"), (cara, url)
        for url in set(admin_urls()) - {"/administrasi/logout/"}:
            assert operator.get(url).url.startswith("/ganti-sandi/?next="), url

    def test_what_is_sent_is_not_done(self, pendatang, baru):
        keanggotaan = satu(baru)
        response = pendatang.post(f"/keanggotaan/{keanggotaan.pk}/akhiri/", {"selesai": "2025-06-30"})
        assert response.url == "/ganti-sandi/?next=/"
        keanggotaan.refresh_from_db()
        assert keanggotaan.selesai is None

    def test_the_page_says_why_and_offers_no_way_around(self, pendatang):
        halaman = pendatang.get("/ganti-sandi/").content.decode()
        assert "Buat kata sandi Anda sendiri" in halaman
        assert "Kata sandi awal" in halaman
        assert "Batal" not in halaman
        assert 'class="zi-nav"' not in halaman

    def test_one_may_leave(self, pendatang):
        assert pendatang.get("/keluar/").status_code == 200
        assert pendatang.post("/keluar/").url == "/masuk/"
        assert "_auth_user_id" not in pendatang.session

    def test_once_changed_everything_is_open_and_stays_so(self, pendatang, baru):
        isi = {"oldpassword": "rahasia-uji-123", "password1": SANDI_BARU, "password2": SANDI_BARU}
        assert (
            pendatang.post("/ganti-sandi/", {**isi, "next": "/1503/pengaturan/"}).url == "/1503/pengaturan/"
        )
        assert pendatang.get("/1503/pengaturan/").status_code == 200
        lain = Client()
        lain.post("/masuk/", {"login": "ani", "password": SANDI_BARU})
        assert lain.get("/akun/").status_code == 200
        baru.refresh_from_db()
        assert baru.sandi_awal_sejak is None

    def test_the_initial_one_cannot_be_kept(self, pendatang, baru):
        sama = dict.fromkeys(("oldpassword", "password1", "password2"), "rahasia-uji-123")
        assert "password1" in pendatang.post("/ganti-sandi/", sama).context["form"].errors
        assert pendatang.get("/akun/").status_code == 302

    def test_who_never_had_one_is_not_asked(self, client):
        client.force_login(make_user())
        assert client.get("/akun/").status_code == 200


class TestDariOperator:
    """The operator types it, and so knows it."""

    ISI: ClassVar = {"password1": "kuda-hijau-di-atap", "password2": "kuda-hijau-di-atap"}

    @pytest.fixture
    def operator(self, client) -> Client:
        client.force_login(make_user("operator", is_staff=True))
        return client

    def test_a_new_person_changes_it_first(self, operator):
        operator.post("/administrasi/accounts/user/add/", {"username": "sari", "nama": "Sari", **self.ISI})
        assert User.objects.get(username="sari").sandi_awal_sejak is not None

    def test_so_does_who_is_given_another(self, operator):
        budi = make_user("budi")
        operator.post(f"/administrasi/accounts/user/{budi.pk}/password/", self.ISI)
        budi.refresh_from_db()
        assert budi.check_password("kuda-hijau-di-atap")
        assert budi.sandi_awal_sejak is not None

    def test_ones_own_is_changed_where_the_present_one_is_asked(self, operator):
        saya = User.objects.get(username="operator")
        response = operator.post(f"/administrasi/accounts/user/{saya.pk}/password/", self.ISI)
        assert response.url == "/ganti-sandi/"
        saya.refresh_from_db()
        assert saya.check_password("rahasia-uji-123")
