"""The door: who gets in, what is said to who does not, and how soon it shuts."""

import pytest
from allauth.account import app_settings
from django.conf import settings as setelan
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.adapter import AccountAdapter
from accounts.models import User
from accounts.sandi import kunci_baru, sandi_awal
from tests.factories import make_user
from zi_tracker import settings as setelan_produk

pytestmark = pytest.mark.django_db

SANDI = "rahasia-uji-123"
SANDI_BARU = "empat kata yang panjang"


@pytest.fixture
def orang() -> User:
    return make_user("budi")


def masuk(client: Client, username: str = "budi", password: str = SANDI, **lain: str):
    return client.post("/masuk/", {"login": username, "password": password, **lain})


def kata(response) -> str:
    return " ".join(response.context["form"].non_field_errors())


class TestMasuk:
    def test_the_right_password_opens(self, client, orang):
        response = masuk(client)
        assert response.status_code == 302
        assert response.url == "/"
        assert client.session["_auth_user_id"] == str(orang.pk)

    def test_the_case_of_the_user_name_does_not_matter(self, client, orang):
        assert masuk(client, "BUDI").status_code == 302

    def test_a_wrong_password_says_how_often_one_may_still_try(self, client, orang):
        assert kata(masuk(client, password="salah")) == (
            "Nama pengguna atau kata sandi tidak cocok. Anda masih dapat mencoba 4 kali."
        )
        assert "3 kali" in kata(masuk(client, password="salah"))

    def test_an_unknown_person_is_told_the_same(self, client, orang):
        dikenal = kata(masuk(client, password="salah"))
        assert kata(masuk(client, "tidak-ada", "salah")) == dikenal

    def test_the_sixth_failure_within_five_minutes_shuts_the_door_to_the_right_password_too(
        self, client, orang
    ):
        pesan = [kata(masuk(client, password="salah")) for _ in range(5)]
        assert pesan[-1] == "Nama pengguna atau kata sandi tidak cocok. Coba lagi 5 menit lagi."
        assert kata(masuk(client)) == "Terlalu banyak percobaan masuk yang gagal. Coba lagi 5 menit lagi."
        assert "_auth_user_id" not in client.session

    def test_one_persons_failures_do_not_shut_out_another(self, client, orang):
        make_user("sari")
        for _ in range(5):
            masuk(client, password="salah")
        assert masuk(client, "sari").status_code == 302

    def test_ten_failures_a_minute_from_one_address_shut_it_whoever_is_named(self, client, orang):
        for nomor in range(10):
            masuk(client, f"tebakan{nomor}", "salah")
        assert "Terlalu banyak percobaan" in kata(masuk(client))

    def test_thirty_logins_a_minute_from_one_address_get_the_page_of_too_many(self, client, orang):
        for _ in range(30):
            client.post("/masuk/", {})
        response = masuk(client)
        assert response.status_code == 429
        assert "Terlalu banyak percobaan" in response.content.decode()

    def test_empty_fields_each_say_what_is_missing(self, client):
        errors = client.post("/masuk/", {}).context["form"].errors
        assert errors == {"login": ["Tulis nama pengguna Anda."], "password": ["Tulis kata sandi Anda."]}

    def test_an_inactive_account_is_told_so_and_stays_out(self, client):
        make_user("lama", is_active=False)
        response = masuk(client, "lama")
        assert response.url == "/akun-tidak-aktif/"
        assert "tidak aktif lagi" in client.get(response.url).content.decode()
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize(
        ("tujuan", "sampai"),
        [
            ("/akun/", "/akun/"),
            ("https://jahat.example/akun/", "/"),
            ("//jahat.example/", "/"),
            ("/\\jahat.example", "/"),
            ("javascript:alert(1)", "/"),
            ("http://localhost/akun/", "/"),  # in ALLOWED_HOSTS, yet not the address that was asked
        ],
    )
    def test_next_leads_to_our_own_site_only(self, client, orang, tujuan, sampai):
        assert masuk(client, next=tujuan).url == sampai

    def test_stay_logged_in_outlives_the_browser_and_otherwise_not(self, client, orang):
        masuk(client)
        assert client.session.get_expire_at_browser_close()
        client.logout()
        masuk(client, remember="on")
        assert not client.session.get_expire_at_browser_close()

    def test_the_page_needs_no_script_and_shows_no_placeholder(self, client):
        halaman = client.get("/masuk/").content.decode()
        assert "placeholder" not in halaman
        assert 'aria-pressed="false" aria-controls="id_password" hidden' in halaman
        assert 'autocomplete="current-password"' in halaman

    def test_a_page_inside_asks_for_login_and_comes_back(self, client, orang):
        response = client.get("/akun/")
        assert response.url == "/masuk/?next=/akun/"
        assert 'name="next" value="/akun/"' in client.get(response.url).content.decode()


class TestTutup:
    def test_sign_up_and_reset_by_mail_have_no_address(self, client):
        for nama in ("account_signup", "account_reset_password", "account_email"):
            with pytest.raises(NoReverseMatch):
                reverse(nama)
        assert AccountAdapter().is_open_for_signup(client.request().wsgi_request) is False

    def test_rate_limits_are_on(self):
        for batas in ("login", "login_failed", "change_password"):
            assert app_settings.RATE_LIMITS[batas]

    def test_passwords_are_kept_with_argon2(self):
        assert setelan_produk.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]

    def test_argon2_works_here(self, settings):
        settings.PASSWORD_HASHERS = setelan_produk.PASSWORD_HASHERS
        assert get_hasher().algorithm == "argon2"
        assert make_user("argon").password.startswith("argon2$argon2id$")

    def test_no_message_of_the_door_is_left_in_english(self):
        inggris = {"account_inactive", "enter_current_password", "incorrect_password", "invalid_login"}
        inggris |= {"rate_limited", "too_many_login_attempts", "username_password_mismatch"}
        for kode in inggris:
            assert str(AccountAdapter.error_messages[kode]) not in ("", kode)
            bawaan = AccountAdapter.__mro__[1].error_messages[kode]
            assert AccountAdapter.error_messages[kode] != bawaan


class TestKeluar:
    def test_get_asks_first(self, client, orang):
        client.force_login(orang)
        response = client.get("/keluar/")
        assert "Keluar dari ZI Tracker" in response.content.decode()
        assert "_auth_user_id" in client.session

    def test_post_leaves(self, client, orang):
        client.force_login(orang)
        response = client.post("/keluar/", follow=True)
        assert "_auth_user_id" not in client.session
        assert response.redirect_chain == [("/masuk/", 302)]
        assert "Anda sudah keluar." in response.content.decode()

    def test_next_leads_to_our_own_site_only(self, client, orang):
        client.force_login(orang)
        assert client.post("/keluar/", {"next": "https://jahat.example/"}).url == "/masuk/"


class TestGantiSandi:
    def ganti(self, client: Client, **isi: str):
        lama = {"oldpassword": SANDI, "password1": SANDI_BARU, "password2": SANDI_BARU}
        return client.post("/ganti-sandi/", {**lama, **isi})

    def test_the_new_one_opens_and_the_old_one_does_not(self, client, orang):
        client.force_login(orang)
        assert self.ganti(client).url == "/akun/"
        client.logout()
        assert masuk(client).status_code == 200
        assert masuk(client, password=SANDI_BARU).status_code == 302

    def test_this_device_stays_in_and_the_others_are_put_out(self, client, orang):
        lain = Client()
        client.force_login(orang)
        lain.force_login(orang)
        assert lain.get("/akun/").status_code == 200
        self.ganti(client)
        assert client.get("/akun/").status_code == 200
        assert lain.get("/akun/").status_code == 302

    @pytest.mark.parametrize(
        ("isi", "isian", "pesan"),
        [
            ({"oldpassword": "bukan ini"}, "oldpassword", "Kata sandi sekarang tidak cocok."),
            ({"oldpassword": ""}, "oldpassword", "Tulis kata sandi Anda yang sekarang."),
            ({"password2": "lain lagi sama sekali"}, "password2", "Kedua kata sandi baru tidak sama."),
            (
                {"password1": SANDI, "password2": SANDI},
                "password1",
                "Kata sandi baru harus berbeda dari yang sekarang.",
            ),
            (
                {"password1": "sebelas-kar", "password2": "sebelas-kar"},
                "password1",
                "Kata sandi terlalu pendek: paling sedikit 12 karakter.",
            ),
        ],
    )
    def test_each_mistake_is_said(self, client, orang, isi, isian, pesan):
        client.force_login(orang)
        assert self.ganti(client, **isi).context["form"].errors == {isian: [pesan]}
        orang.refresh_from_db()
        assert orang.check_password(SANDI)

    def test_the_sixth_try_within_a_minute_is_held(self, client, orang):
        client.force_login(orang)
        status = [self.ganti(client, oldpassword="salah").status_code for _ in range(6)]
        assert status == [200] * 5 + [429]


class TestSesiBerakhir:
    ASAL = "http://testserver/1503/2025/rencana/?status=belum"

    def kirim(self, client, dari=ASAL, alamat="/tenggat/1/realisasi/"):
        return client.post(alamat, {"uraian": "Sudah"}, headers={"Referer": dari} if dari else {})

    def test_after_login_one_is_back_at_the_form(self, client):
        tujuan = self.kirim(client).url
        assert tujuan == "/masuk/?next=/1503/2025/rencana/%3Fstatus%3Dbelum"
        assert "yang baru saja dikirim belum tersimpan" in client.get(tujuan).content.decode()

    def test_what_was_written_is_given_back_to_be_copied(self, client):
        panjang = "Tim rapat tiga kali.\nNotulen <terlampir>."
        isi = {"uraian": panjang, "kendala": "Tidak ada", "sandi": "kuda-hijau-tujuh-di-kebun"}
        response = client.post("/tenggat/1/realisasi/", isi, headers={"Referer": self.ASAL})
        halaman = response.content.decode()
        assert "readonly>Tim rapat tiga kali.\nNotulen &lt;terlampir&gt;.</textarea>" in halaman
        assert halaman.count("<textarea") == 1
        assert 'href="/masuk/?next=/1503/2025/rencana/%3Fstatus%3Dbelum"' in halaman

    @pytest.mark.parametrize("dari", ["", "https://lain.example/jebakan/", "javascript:alert(1)"])
    def test_from_elsewhere_one_is_led_to_no_other_address(self, client, dari):
        assert self.kirim(client, dari).url == "/masuk/?next=/tenggat/1/realisasi/"

    def test_a_page_that_is_opened_keeps_its_address(self, client):
        assert client.get("/1503/2025/rencana/").url == "/masuk/?next=/1503/2025/rencana/"

    def test_to_log_out_twice_loses_nothing_and_says_nothing(self, client):
        response = client.post("/keluar/", headers={"Referer": self.ASAL}, follow=True)
        assert "belum tersimpan" not in response.content.decode()


class TestSyaratSandi:
    def pesan(self, sandi: str) -> list[str]:
        try:
            validate_password(sandi, User(username="budisantoso", nama="Budi", nip="198001012005011001"))
        except ValidationError as error:
            return error.messages
        return []

    def test_twelve_characters_are_enough_and_eleven_are_not(self):
        assert self.pesan("kuda-hijau-7") == []
        assert self.pesan("kuda-hijau7") == ["Kata sandi terlalu pendek: paling sedikit 12 karakter."]

    @pytest.mark.parametrize(
        ("sandi", "pesan"),
        [
            ("budisantoso1", "Kata sandi terlalu mirip dengan nama, nama pengguna, atau NIP Anda."),
            ("198001012005", "Kata sandi tidak boleh terdiri atas angka saja."),
            ("qwertyuiop123", "Kata sandi ini terlalu umum dipakai orang."),
        ],
    )
    def test_each_rule_speaks_plainly(self, sandi, pesan):
        assert pesan in self.pesan(sandi)

    def test_an_initial_password_passes_and_differs_each_time(self):
        semua = {sandi_awal(kunci_baru(), ["budi"]) for _ in range(50)}
        assert len(semua) == 50
        assert [self.pesan(sandi) for sandi in semua] == [[]] * 50

    def test_the_settings_name_all_four(self):
        assert len(setelan.AUTH_PASSWORD_VALIDATORS) == 4
