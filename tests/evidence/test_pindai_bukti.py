"""What the scanner says decides what is kept and served: at the door, and at each rescan (manage.py pindai_bukti)."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from evidence import pindai, vault
from evidence.models import BerkasTersimpan, Evidence, Penarikan
from evidence.pindai import Pindai
from tests.evidence import berkas
from tests.evidence.conftest import Kantor
from tests.evidence.pemindai import EICAR, Clamd, clamd_baru
from tests.evidence.test_intake import HARI, terima, tersimpan
from tests.factories import make_member, make_satker, make_tautan

TANDA = b"tanda yang baru dikenal kelak"
BERSIH = berkas.pdf()
KELAK = berkas.gambar() + TANDA


@pytest.fixture(scope="module")
def pemindai() -> Iterator[Clamd]:
    with clamd_baru() as clamd:
        yield clamd


@pytest.fixture
def clamd(pemindai: Clamd, settings: Settings) -> Iterator[Clamd]:
    """Knows the test string; a test may teach it more."""
    settings.PINDAI_ALAMAT = pemindai.unix
    yield pemindai
    if pemindai.dikenal != (EICAR,):
        pemindai.ulang(EICAR)


@pytest.fixture
def tanpa_pemindai(settings: Settings) -> None:
    settings.PINDAI_ALAMAT = ""


@pytest.fixture
def mati(settings: Settings, tmp_path: Path) -> None:
    settings.PINDAI_ALAMAT = f"unix:{tmp_path}/tidak-ada"


def simpanan(bukti: Evidence) -> BerkasTersimpan:
    return BerkasTersimpan.objects.get(pk=bukti.simpanan_id)


def ambil(kantor: Kantor, isi: bytes = BERSIH) -> Evidence:
    return terima(kantor.satker, kantor.anggota, isi)


def ulang(*args: str) -> str:
    keluar = io.StringIO()
    call_command("pindai_bukti", *args, stdout=keluar)
    return keluar.getvalue()


def gagal(*args: str) -> tuple[int, str, str]:
    keluar = io.StringIO()
    with pytest.raises(CommandError) as galat:
        call_command("pindai_bukti", *args, stdout=keluar)
    return galat.value.returncode, str(galat.value), keluar.getvalue()


class TestDiPintu:
    def test_a_clean_file_is_kept_and_served(self, clamd: Clamd, kantor: Kantor) -> None:
        s = simpanan(ambil(kantor))

        assert (s.pindai, s.ancaman) == (Pindai.BERSIH, "")
        assert s.dipindai_pada is not None
        assert not pindai.sebab_ditahan(s)

    def test_a_virus_leaves_nothing(self, clamd: Clamd, kantor: Kantor) -> None:
        with pytest.raises(ValidationError, match=r"memuat virus \(Uji\.Eicar\)"):
            ambil(kantor, berkas.gambar() + EICAR)

        assert (tersimpan(), BerkasTersimpan.objects.count(), Evidence.objects.count()) == ([], 0, 0)

    def test_tolak_keeps_nothing_while_the_scanner_does_not_answer(self, mati: None, kantor: Kantor) -> None:
        with pytest.raises(ValidationError, match="Pemindai virus sedang tidak dapat dihubungi"):
            ambil(kantor)

        assert (tersimpan(), Evidence.objects.count()) == ([], 0)

    def test_tandai_keeps_it_and_serves_it_only_when_it_is_found_clean(
        self, mati: None, clamd: Clamd, kantor: Kantor, settings: Settings
    ) -> None:
        settings.PINDAI_KEBIJAKAN, settings.PINDAI_ALAMAT = "tandai", "unix:/tidak-ada"
        bukti = ambil(kantor)
        assert simpanan(bukti).pindai == Pindai.TAK_TERSEDIA
        assert pindai.sebab_ditahan(simpanan(bukti))

        settings.PINDAI_ALAMAT = clamd.unix
        ulang()
        assert not pindai.sebab_ditahan(simpanan(bukti))

    def test_without_a_scanner_files_are_not_scanned_and_served(
        self, tanpa_pemindai: None, kantor: Kantor
    ) -> None:
        s = simpanan(ambil(kantor))

        assert (s.pindai, s.dipindai_pada) == (Pindai.BELUM, None)
        assert not pindai.sebab_ditahan(s)

    def test_what_is_found_in_a_file_is_known_of_the_same_file_in_every_office(
        self, clamd: Clamd, kantor: Kantor
    ) -> None:
        lain = make_satker()
        lama = terima(lain, make_member(lain), KELAK)
        clamd.ulang(EICAR, TANDA)

        with pytest.raises(ValidationError, match="memuat virus"):
            ambil(kantor, KELAK)

        assert simpanan(lama).pindai == Pindai.DIBLOKIR

    def test_a_blocked_file_does_not_come_in_while_the_scanner_is_away(
        self, tanpa_pemindai: None, kantor: Kantor
    ) -> None:
        lama = ambil(kantor)
        BerkasTersimpan.objects.update(pindai=Pindai.DIBLOKIR, ancaman="Uji")

        with pytest.raises(ValidationError, match=r"memuat virus \(Uji\)"):
            ambil(kantor)

        assert list(Evidence.objects.all()) == [lama]


class TestPindaiUlang:
    def test_a_file_found_bad_later_is_blocked_and_told(self, clamd: Clamd, kantor: Kantor) -> None:
        bukti, lain = ambil(kantor, KELAK), ambil(kantor)
        clamd.ulang(EICAR, TANDA)

        kode, _, keluar = gagal("--semua")

        assert kode == 1
        assert f"{kantor.satker.kode}, bukti nomor {bukti.nomor} (" in keluar
        assert "diblokir, memuat Uji.Eicar" in keluar
        assert "2 berkas dipindai: 1 bersih, 1 diblokir, 0 tidak dapat dipindai." in keluar
        assert pindai.sebab_ditahan(simpanan(bukti))
        assert pindai.sebab_ditahan(simpanan(bukti)).startswith(
            "Berkas ini diblokir karena memuat virus (Uji"
        )
        assert not pindai.sebab_ditahan(simpanan(lain))

    def test_pages_can_ask_for_what_is_blocked(self, tanpa_pemindai: None, kantor: Kantor) -> None:
        buruk, ditarik = ambil(kantor, KELAK), ambil(kantor, berkas.gambar() + b"lain")
        ambil(kantor)
        BerkasTersimpan.objects.filter(evidence__in=[buruk, ditarik]).update(
            pindai=Pindai.DIBLOKIR, ancaman="Uji"
        )
        Penarikan.objects.create(evidence=ditarik, alasan="salah", oleh=kantor.anggota, pada=timezone.now())

        assert list(Evidence.objects.diblokir()) == [buruk]
        assert BerkasTersimpan.objects.diblokir().count() == 2

    def test_a_false_alarm_is_taken_back(self, clamd: Clamd, kantor: Kantor) -> None:
        bukti = ambil(kantor)
        BerkasTersimpan.objects.update(pindai=Pindai.DIBLOKIR, ancaman="Uji")
        ulang()

        assert (simpanan(bukti).pindai, simpanan(bukti).ancaman) == (Pindai.BERSIH, "")

    def test_what_is_clean_is_left_unless_all_or_the_old_are_asked_for(
        self, clamd: Clamd, kantor: Kantor
    ) -> None:
        ambil(kantor)
        BerkasTersimpan.objects.update(dipindai_pada=timezone.now() - dt.timedelta(days=3))

        assert "0 berkas dipindai" in ulang()
        assert "0 berkas dipindai" in ulang("--umur", "4")
        assert "1 berkas dipindai" in ulang("--umur", "2")
        assert "0 berkas dipindai" in ulang("--umur", "2")
        assert "1 berkas dipindai" in ulang("--semua")

    def test_one_office(self, clamd: Clamd, kantor: Kantor) -> None:
        ambil(kantor)

        assert "0 berkas dipindai" in ulang("--semua", "--satker", make_satker().kode)
        assert "1 berkas dipindai" in ulang("--semua", "--satker", kantor.satker.kode)

    def test_a_file_that_is_missing_is_told_and_the_rest_scanned(self, clamd: Clamd, kantor: Kantor) -> None:
        hilang, ada = ambil(kantor, KELAK), ambil(kantor)
        vault.remove(simpanan(hilang).nama)
        BerkasTersimpan.objects.update(pindai=Pindai.BELUM)

        kode, _, keluar = gagal()

        assert kode == 1
        assert "berkas tidak ada di penyimpanan" in keluar
        assert simpanan(ada).pindai == Pindai.BERSIH

    def test_a_file_that_is_too_large_for_the_scanner_stays_what_it_was(
        self, tanpa_pemindai: None, clamd: Clamd, kantor: Kantor, settings: Settings
    ) -> None:
        settings.PINDAI_ALAMAT = ""
        bukti = ambil(kantor, berkas.gambar().ljust(3_000_000, b"\0"))
        settings.PINDAI_ALAMAT = clamd.unix

        assert "lebih besar daripada yang dapat diperiksa" in gagal()[2]
        assert simpanan(bukti).pindai == Pindai.TAK_TERSEDIA

        BerkasTersimpan.objects.update(pindai=Pindai.BERSIH)
        gagal("--semua")
        assert simpanan(bukti).pindai == Pindai.BERSIH

    def test_a_scanner_that_dies_on_the_way_ends_it_and_what_was_scanned_stays(
        self, clamd: Clamd, kantor: Kantor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        satu, dua = ambil(kantor, KELAK), ambil(kantor)
        BerkasTersimpan.objects.update(pindai=Pindai.BELUM)
        asli = pindai.rescan

        def lalu_mati(s: BerkasTersimpan) -> pindai.Hasil:
            hasil = asli(s)
            clamd.berhenti()
            return hasil

        monkeypatch.setattr(pindai, "rescan", lalu_mati)
        kode, pesan, _ = gagal()

        assert (kode, simpanan(satu).pindai) == (2, Pindai.BERSIH)
        assert pesan.startswith("Pemindai virus berhenti menjawab. Yang sudah dipindai tercatat")
        monkeypatch.undo()
        clamd.ulang(EICAR)
        assert "1 berkas dipindai: 1 bersih" in ulang()
        assert simpanan(dua).pindai == Pindai.BERSIH

    def test_a_scanner_that_is_away_changes_nothing(self, mati: None, kantor: Kantor) -> None:
        assert gagal()[:2] == (2, "Pemindai virus tidak menjawab. Coba lagi nanti.")

    def test_no_scanner(self, tanpa_pemindai: None) -> None:
        assert gagal()[:2] == (2, "PINDAI_ALAMAT kosong: tidak ada pemindai virus.")

    def test_what_was_erased_by_law_is_not_looked_for(self, clamd: Clamd, kantor: Kantor) -> None:
        ambil(kantor)
        BerkasTersimpan.objects.update(pindai=Pindai.BELUM, dihapus_pada=timezone.now())

        assert "0 berkas dipindai" in ulang("--semua")


def test_files_are_fetched_a_few_at_a_time(
    kantor: Kantor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for i in range(5):
        ambil(kantor, berkas.gambar() + bytes([i]))
    with django_assert_num_queries(4):
        assert len(list(BerkasTersimpan.objects.one_by_one(2))) == 5


@pytest.mark.parametrize("ada", [True, False])
def test_the_rule_for_one_file_and_for_many_is_the_same(
    kantor: Kantor, settings: Settings, ada: bool
) -> None:
    settings.PINDAI_ALAMAT = ""
    for i, keadaan in enumerate([*Pindai, Pindai.BERSIH]):
        s = simpanan(ambil(kantor, berkas.gambar() + bytes([i])))
        dihapus = timezone.now() if i == len(Pindai) else None
        ancaman = "Uji" if keadaan == Pindai.DIBLOKIR else ""
        BerkasTersimpan.objects.filter(pk=s.pk).update(pindai=keadaan, ancaman=ancaman, dihapus_pada=dihapus)
    make_tautan(kantor.satker, kantor.anggota, tanggal=HARI)
    settings.PINDAI_ALAMAT = "unix:/soket" if ada else ""

    banyak = set(BerkasTersimpan.objects.filter(pindai.disajikan()))

    assert banyak == {s for s in BerkasTersimpan.objects.all() if not pindai.sebab_ditahan(s)}
    assert len(banyak) == (1 if ada else 2)
    assert Evidence.objects.filter(pindai.disajikan("simpanan__")).count() == len(banyak)
