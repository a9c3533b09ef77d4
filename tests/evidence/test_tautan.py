"""What a link's answer means, in words; and check_links. The sites are servers on this machine (situs.py)."""

import datetime as dt
import io
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.models import Satker
from evidence import tautan
from evidence.intake import receive_link
from evidence.models import Evidence, Penarikan, PeriksaTautan
from evidence.services import open_draft, put_in_draft
from evidence.tautan import Hasil, Periksa
from tests.evidence.conftest import Kantor
from tests.evidence.situs import DALAM, Kabel, Situs, answer, kabel, mentah, page, redirect, situs
from tests.evidence.test_intake import HARI, KAPAN
from tests.factories import make_satker, make_tautan

ALAMAT = "http://situs.go.id/laporan.pdf"


@pytest.fixture
def server() -> Iterator[Situs]:
    with situs() as s:
        yield s


@pytest.fixture
def jalan(server: Situs) -> Kabel:
    return kabel(server)


@pytest.fixture
def tanya(jalan: Kabel) -> Callable[..., Periksa]:
    def ask(url: str = ALAMAT, detik: float = 10) -> Periksa:
        return tautan.ask_link(url, jalan.jaringan(), detik)

    return ask


Tanya = Callable[..., Periksa]
LOGIN = b"<html><title>Masuk - Aplikasi</title><form><input name=p type='password'></form>"


class TestHasil:
    @pytest.mark.parametrize(
        ("kode", "hasil", "kata"),
        [
            (200, Hasil.TERBUKA, "Tautan terbuka."),
            (204, Hasil.TERBUKA, "Tautan terbuka."),
            (206, Hasil.TERBUKA, "Tautan terbuka."),
            (416, Hasil.TERBUKA, "Tautan terbuka."),
            (401, Hasil.PERLU_MASUK, "meminta masuk"),
            (403, Hasil.PERLU_MASUK, "meminta masuk"),
            (404, Hasil.TIDAK_ADA, "tidak ada lagi (HTTP 404)"),
            (410, Hasil.TIDAK_ADA, "tidak ada lagi (HTTP 410)"),
            (400, Hasil.GAGAL, "tidak melayani permintaan ini (HTTP 400)"),
            (429, Hasil.GAGAL, "sedang sibuk"),
            (500, Hasil.GAGAL, "sedang rusak (HTTP 500)"),
            (503, Hasil.GAGAL, "sedang sibuk atau dalam perbaikan (HTTP 503)"),
            (304, Hasil.GAGAL, "tidak melayani permintaan ini (HTTP 304)"),
        ],
    )
    def test_of_a_code(self, server: Situs, tanya: Tanya, kode: int, hasil: str, kata: str) -> None:
        server.halaman["/laporan.pdf"] = answer(kode)
        periksa = tanya()

        assert (periksa.hasil, periksa.kode) == (hasil, kode)
        assert kata in periksa.keterangan

    def test_an_ordinary_page_opens(self, server: Situs, tanya: Tanya) -> None:
        server.halaman["/laporan.pdf"] = page(b"<title>Laporan</title><p>Isi")

        assert tanya().hasil == Hasil.TERBUKA

    def test_a_login_page_is_not_the_document(self, server: Situs, tanya: Tanya) -> None:
        server.halaman["/laporan.pdf"] = page(LOGIN)

        assert tanya().hasil == Hasil.PERLU_MASUK

    def test_a_page_that_has_a_login_form_somewhere_opens(self, server: Situs, tanya: Tanya) -> None:
        server.halaman["/laporan.pdf"] = page(b"<title>Laporan WBS</title><input type=password>")

        assert tanya().hasil == Hasil.TERBUKA

    @pytest.mark.parametrize(
        "ke",
        [
            "/login",
            "/sso/login?next=/laporan.pdf",
            "/auth/masuk.php",
            "https://accounts.google.com/v3/signin/x",
            "https://accounts.google.com/ServiceLogin?continue=https://drive.google.com/file/d/1",
        ],
    )
    def test_sent_to_a_login(self, server: Situs, tanya: Tanya, ke: str) -> None:
        server.halaman["/laporan.pdf"] = redirect(ke)

        assert tanya().hasil == Hasil.PERLU_MASUK

    def test_a_page_about_logging_is_no_login(self, server: Situs, tanya: Tanya) -> None:
        server.halaman["/laporan.pdf"] = redirect("/daftar-pemasukan/loginventaris")
        server.halaman["/daftar-pemasukan/loginventaris"] = answer(200)

        assert tanya().hasil == Hasil.DIALIHKAN


class TestCara:
    def test_a_file_is_asked_by_head_alone(self, server: Situs, tanya: Tanya) -> None:
        server.halaman["/laporan.pdf"] = answer(200, b"a" * 1000)
        tanya()

        assert [cara for cara, *_ in server.diminta] == ["HEAD"]

    @pytest.mark.parametrize("kode", [400, 403, 404, 405, 500, 501])
    def test_a_server_that_answers_head_wrongly_is_asked_again(
        self, server: Situs, tanya: Tanya, kode: int
    ) -> None:
        def layani(permintaan: object) -> None:
            answer(kode if permintaan.command == "HEAD" else 200)(permintaan)

        server.halaman["/laporan.pdf"] = layani

        assert tanya().hasil == Hasil.TERBUKA
        assert server.kepala[-1]["Range"] == "bytes=0-65535"

    def test_a_server_that_hangs_up_on_head_is_asked_again(self) -> None:
        def layani(soket: object) -> None:
            if soket.recv(4096).startswith(b"GET"):
                soket.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

        with mentah(layani) as port:
            assert tautan.ask_link(ALAMAT, kabel(port).jaringan()).hasil == Hasil.TERBUKA


class TestAlihan:
    def test_to_another_place(self, server: Situs, tanya: Tanya) -> None:
        server.halaman["/laporan.pdf"] = redirect("/beranda?x=1")
        server.halaman["/beranda"] = answer(200)

        assert tanya() == Periksa(Hasil.DIALIHKAN, "Tautan dialihkan ke situs.go.id/beranda", 200)

    def test_to_a_final_slash_is_none(self, server: Situs, tanya: Tanya) -> None:
        server.halaman["/laporan.pdf"] = redirect("/laporan.pdf/")
        server.halaman["/laporan.pdf/"] = answer(200)

        assert tanya().hasil == Hasil.TERBUKA

    @pytest.mark.parametrize(
        ("ke", "sama"),
        [
            ("https://situs.go.id/laporan.pdf", True),
            ("https://www.situs.go.id/laporan.pdf", True),
            ("http://lain.go.id/laporan.pdf", False),
            ("http://situs.go.id/laporan.pdf?versi=2", False),
        ],
    )
    def test_a_move_to_https_or_www_is_none(self, ke: str, sama: bool) -> None:
        assert tautan._same_place(ALAMAT, ke) is sama

    @pytest.mark.parametrize(
        "ke",
        [
            "http://127.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://2130706433/",
            "//dalam.go.id/",
            "http://situs.go.id:22/",
            "http://admin:admin@situs.go.id/",
            "file:///etc/passwd",
            "ftp://situs.go.id/",
            "javascript:alert(1)",
        ],
    )
    def test_to_what_may_not_be_asked(self, server: Situs, jalan: Kabel, tanya: Tanya, ke: str) -> None:
        jalan.nama |= {"dalam.go.id": [[DALAM]], "2130706433": [["127.0.0.1"]]}
        server.halaman["/laporan.pdf"] = redirect(ke)
        before = list(jalan.port)

        assert tanya().hasil == Hasil.DITOLAK
        assert set(jalan.dihubungi) <= set(before)
        assert len(server.diminta) == 1

    def test_a_name_that_turns_inside_between_two_steps(
        self, server: Situs, jalan: Kabel, tanya: Tanya
    ) -> None:
        jalan.nama["situs.go.id"] = [jalan.nama["situs.go.id"][0], [DALAM]]
        jalan.port[DALAM, 80] = server.port
        server.halaman["/laporan.pdf"] = redirect("/lain.pdf")

        assert tanya().hasil == Hasil.DITOLAK
        assert [alamat for alamat, _ in jalan.dihubungi] == ["93.184.215.14"]

    def test_in_a_circle(self, server: Situs, tanya: Tanya) -> None:
        server.halaman["/laporan.pdf"] = redirect("/laporan.pdf")

        assert tanya().keterangan == "Tautan dialihkan lebih dari 5 kali."
        assert len(server.diminta) == 6

    def test_five_are_followed(self, server: Situs, tanya: Tanya) -> None:
        for i in range(5):
            server.halaman["/laporan.pdf" if i == 0 else f"/{i}"] = redirect(f"/{i + 1}")
        server.halaman["/5"] = answer(200)

        assert tanya().hasil == Hasil.DIALIHKAN

    def test_without_saying_where_to(self, server: Situs, tanya: Tanya) -> None:
        server.halaman["/laporan.pdf"] = answer(302)

        assert tanya().hasil == Hasil.GAGAL

    @pytest.mark.parametrize("ke", ["http://[x", "http://a..b/"])
    def test_to_an_address_that_is_none(self, server: Situs, tanya: Tanya, ke: str) -> None:
        server.halaman["/laporan.pdf"] = redirect(ke)

        assert tanya().hasil == Hasil.GAGAL
        assert "tidak lengkap" in tanya().keterangan

    def test_a_name_in_letters_of_another_tongue(self, server: Situs, tanya: Tanya) -> None:
        server.halaman["/laporan.pdf"] = answer(302, Location="/lapóran".encode().decode("latin-1"))
        server.halaman["/lap%C3%B3ran"] = answer(200)

        assert tanya() == Periksa(Hasil.DIALIHKAN, "Tautan dialihkan ke situs.go.id/lapóran", 200)

    def test_a_long_way_is_told_in_short(self, server: Situs, tanya: Tanya) -> None:
        server.halaman["/laporan.pdf"] = redirect("/" + "a" * 900)
        server.halaman["/" + "a" * 900] = answer(200)

        assert len(tanya().keterangan) == 300


def test_all_steps_together_end_in_time(server: Situs, tanya: Tanya) -> None:
    assert tanya(detik=0) == Periksa(Hasil.GAGAL, "Situs tidak menjawab pada waktunya.")


def test_the_link_itself_may_be_refused(tanya: Tanya) -> None:
    assert tanya("http://192.168.1.1/").hasil == Hasil.DITOLAK


# --- manage.py check_links ---


@pytest.fixture
def malam(monkeypatch: pytest.MonkeyPatch, jalan: Kabel) -> Callable[..., str]:
    """The command, over the wire of the test; it never sleeps."""
    asli = tautan.ask_link
    monkeypatch.setattr(tautan, "ask_link", lambda url: asli(url, jalan.jaringan(), 10))
    monkeypatch.setattr(tautan.time, "sleep", lambda _: None)

    def jalankan(*args: str) -> str:
        keluar = io.StringIO()
        call_command("check_links", *args, stdout=keluar)
        return keluar.getvalue()

    return jalankan


Malam = Callable[..., str]


def link(kantor: Kantor, url: str = ALAMAT, satker: Satker | None = None) -> Evidence:
    satker = satker or kantor.satker
    return receive_link(satker=satker, tautan=url, judul="Laporan", tanggal_dokumen=HARI, by=kantor.anggota)


class TestCheckLinks:
    def test_the_answer_is_put_down_with_its_time(self, server: Situs, malam: Malam, kantor: Kantor) -> None:
        server.halaman["/laporan.pdf"] = answer(410)
        bukti = link(kantor)

        keluar = malam()

        periksa = bukti.pemeriksaan.get()
        assert (periksa.hasil, periksa.kode_http) == ("tidak_ada", 410)
        assert periksa.keterangan == "Halaman atau berkas ini tidak ada lagi (HTTP 410)."
        assert keluar.splitlines()[-2:] == [
            f"{kantor.satker.kode}, bukti nomor {bukti.nomor}: Tidak ada",
            "1 tautan: 1 tidak ada.",
        ]

    def test_one_address_is_asked_once_for_all_its_pieces(
        self, server: Situs, malam: Malam, kantor: Kantor
    ) -> None:
        server.halaman["/laporan.pdf"] = answer(200)
        bukti = [link(kantor), link(kantor), link(kantor, satker=make_satker())]

        assert malam() == "1 tautan: 1 terbuka.\n"
        assert len(server.diminta) == 1
        assert [b.pemeriksaan.count() for b in bukti] == [1, 1, 1]

    def test_what_was_asked_lately_waits(self, server: Situs, malam: Malam, kantor: Kantor) -> None:
        server.halaman["/laporan.pdf"] = answer(200)
        with time_machine.travel(KAPAN, tick=False):
            link(kantor)
            malam()
            assert malam() == "0 tautan.\n"
            assert malam("--semua") == "1 tautan: 1 terbuka.\n"
        with time_machine.travel(KAPAN + dt.timedelta(days=6), tick=False):
            assert malam() == "0 tautan.\n"
            assert malam("--hari", "5") == "1 tautan: 1 terbuka.\n"
        with time_machine.travel(KAPAN + dt.timedelta(days=14), tick=False):
            assert malam() == "1 tautan: 1 terbuka.\n"
        assert PeriksaTautan.objects.count() == 4

    def test_one_office_and_one_year(self, server: Situs, malam: Malam, kantor: Kantor) -> None:
        server.halaman["/laporan.pdf"] = server.halaman["/b"] = answer(200)
        lepas, lain = link(kantor), link(kantor, satker=make_satker())
        dikirim = link(kantor, "http://situs.go.id/b")
        draf = open_draft(slot=kantor.slot, by=kantor.anggota)
        put_in_draft(submission=draf, evidence=[dikirim], by=kantor.anggota)

        malam("--satker", lain.satker.kode)
        assert set(PeriksaTautan.objects.values_list("evidence", flat=True)) == {lain.pk}
        malam("--satker", kantor.satker.kode, "--tahun", str(kantor.rencana.tahun))
        assert set(PeriksaTautan.objects.values_list("evidence", flat=True)) == {lain.pk, dikirim.pk}
        assert malam("--tahun", str(kantor.rencana.tahun + 1)) == "0 tautan.\n"
        malam()
        assert lepas.pemeriksaan.count() == 1

    def test_an_office_that_is_none(self, malam: Malam, db: None) -> None:
        with pytest.raises(CommandError, match="Satker 9999 tidak dikenal"):
            malam("--satker", "9999")

    def test_a_link_that_was_withdrawn_is_not_asked(
        self, server: Situs, malam: Malam, kantor: Kantor
    ) -> None:
        Penarikan.objects.create(evidence=link(kantor), alasan="salah", oleh=kantor.anggota, pada=KAPAN)

        assert malam() == "0 tautan.\n"

    def test_what_the_guard_refuses_is_put_down_as_well(
        self, jalan: Kabel, malam: Malam, kantor: Kantor
    ) -> None:
        jalan.nama["dalam.go.id"] = [[DALAM]]
        bukti = link(kantor, "https://dalam.go.id/laporan")

        assert "1 tautan: 1 alamat tidak boleh." in malam()
        assert bukti.pemeriksaan.get().hasil == "ditolak"
        assert jalan.dihubungi == []

    def test_all_addresses_are_asked_a_few_at_a_time(
        self, server: Situs, malam: Malam, kantor: Kantor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for i in range(5):
            link(kantor, f"http://situs.go.id/{i}")
        rows = Evidence.objects.links()

        assert list(tautan.urls_of(rows, 2)) == [f"http://situs.go.id/{i}" for i in range(5)]

    def test_a_site_that_does_not_answer_is_left_alone_after_three(
        self, jalan: Kabel, malam: Malam, kantor: Kantor
    ) -> None:
        jalan.port.clear()
        for i in range(5):
            link(kantor, f"http://situs.go.id/{i}")

        assert "5 tautan: 3 tidak terjawab, 2 ditunda karena situsnya tidak menjawab." in malam()
        assert PeriksaTautan.objects.count() == 3

    def test_the_command_itself_asks_over_the_guarded_wire(self, kantor: Kantor) -> None:
        """No wire of the test: this machine listens, and is not asked. Taken in before such links were refused."""
        with situs() as s:
            bukti, bukti_lain = (
                make_tautan(kantor.satker, kantor.anggota, tanggal=HARI, url=url)
                for url in (f"http://127.0.0.1:{s.port}/", "http://127.0.0.1/")
            )
            call_command("check_links", "--jeda", "0", stdout=io.StringIO())

        assert s.diminta == []
        assert [b.pemeriksaan.get().hasil for b in (bukti, bukti_lain)] == ["ditolak", "ditolak"]


class TestGiliran:
    def test_the_same_site_rests_between_two_questions(self, monkeypatch: pytest.MonkeyPatch) -> None:
        tidur: list[float] = []
        monkeypatch.setattr(tautan.time, "sleep", tidur.append)
        monkeypatch.setattr(tautan.time, "monotonic", lambda: 100.0)
        giliran = tautan.Giliran(2)
        for host in ("a", "b", "a"):
            giliran.wait(host)
            giliran.answered(host, Periksa(Hasil.TERBUKA, "", 200))

        assert tidur == [2.0]

    def test_an_answer_makes_good(self) -> None:
        giliran = tautan.Giliran(0)
        for hasil in (Hasil.GAGAL, Hasil.GAGAL, Hasil.TERBUKA, Hasil.GAGAL):
            giliran.answered("a", Periksa(hasil, ""))

        assert not giliran.gives_up("a")


def test_pages_see_the_newest_answer(
    kantor: Kantor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ditanya, belum = link(kantor), link(kantor)
    for hari, hasil in [(3, "terbuka"), (5, "tidak_ada"), (4, "gagal")]:
        PeriksaTautan.objects.create(
            evidence=ditanya, diperiksa_pada=KAPAN + dt.timedelta(days=hari), hasil=hasil, keterangan=hasil
        )
    with django_assert_num_queries(1):
        rows = {b.pk: b for b in Evidence.objects.with_pemeriksaan()}

    assert (rows[ditanya.pk].hasil_tautan, rows[ditanya.pk].keterangan_tautan) == ("tidak_ada", "tidak_ada")
    assert rows[ditanya.pk].tautan_diperiksa_pada == KAPAN + dt.timedelta(days=5)
    assert rows[belum.pk].hasil_tautan is None


def test_an_answer_is_never_changed_or_deleted(kantor: Kantor) -> None:
    periksa = PeriksaTautan.objects.create(evidence=link(kantor), diperiksa_pada=KAPAN, hasil="terbuka")
    for ubah in (lambda: PeriksaTautan.objects.update(hasil="gagal"), periksa.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            ubah()
