"""Scanning, with a real clamd (tests/evidence/pemindai.py). Of what is taken in: test_pindai_bukti.py."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from accounts.models import Satker
from evidence import pindai
from evidence.pindai import Hasil, Pindai, Sebab
from tests.evidence.pemindai import (
    BATAS_ALIRAN,
    BATAS_BERKAS,
    EICAR,
    NAMA_VIRUS,
    Clamd,
    clamd_baru,
    clamd_hidup,
)

__all__ = ["clamd_hidup"]
SATKER = Satker(kode="1503")


@pytest.fixture(params=["unix", "tcp"])
def clamd(request: pytest.FixtureRequest, clamd_hidup: Clamd, settings: Settings) -> Clamd:
    settings.PINDAI_ALAMAT = getattr(clamd_hidup, request.param)
    return clamd_hidup


@pytest.fixture
def mati(settings: Settings, tmp_path: Path) -> None:
    settings.PINDAI_ALAMAT = f"unix:{tmp_path}/tidak-ada"


def scan(isi: bytes) -> Hasil:
    return pindai.pindai(io.BytesIO(isi))


def docx(isi: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as arsip:
        arsip.writestr("[Content_Types].xml", "<Types/>")
        arsip.writestr("word/media/image1.jpg", isi)
    return file.getvalue()


@pytest.fixture
def berkas(tmp_path: Path) -> Callable[[bytes], Path]:
    def buat(isi: bytes) -> Path:
        path = tmp_path / "berkas"
        path.write_bytes(isi)
        return path

    return buat


def refusal(path: Path) -> ValidationError:
    with pytest.raises(ValidationError) as galat:
        pindai.periksa(path, SATKER)
    return galat.value.error_dict["berkas"][0]


class TestPindai:
    def test_a_clean_file(self, clamd: Clamd) -> None:
        hasil = scan(b"laporan")

        assert hasil.keadaan == Pindai.BERSIH
        assert hasil.pada is not None

    @pytest.mark.parametrize(
        "isi", [EICAR, docx(EICAR), docx(docx(EICAR))], ids=["bare", "docx", "zip in zip"]
    )
    def test_a_virus_is_named_wherever_it_lies(self, clamd: Clamd, isi: bytes) -> None:
        hasil = scan(isi)

        assert (hasil.keadaan, hasil.ancaman) == (Pindai.DIBLOKIR, NAMA_VIRUS)

    def test_the_compressed_docx_does_not_show_the_string_itself(self) -> None:
        assert EICAR not in docx(EICAR * 2)

    @pytest.mark.parametrize(
        "ukuran",
        [BATAS_BERKAS + 1, BATAS_ALIRAN + 1, BATAS_ALIRAN + 70_000, 20 * BATAS_ALIRAN],
        ids=["not looked through", "one byte over", "one piece over", "far over"],
    )
    def test_what_is_too_large_for_the_scanner_is_not_called_clean(self, clamd: Clamd, ukuran: int) -> None:
        hasil = scan(os.urandom(ukuran))

        assert (hasil.keadaan, hasil.sebab) == (Pindai.TAK_TERSEDIA, Sebab.BATAS)

    def test_the_answer_to_a_file_that_is_too_long_is_not_lost(self, clamd: Clamd) -> None:
        for lebih in range(1, 40):  # clamd hangs up, sometimes sooner and sometimes later than we do
            assert scan(bytes(BATAS_ALIRAN + lebih * 5000)).sebab == Sebab.BATAS

    def test_a_scanner_that_says_nothing_is_left_in_time(self, clamd: Clamd, settings: Settings) -> None:
        settings.PINDAI_BATAS_DETIK = 0.3
        with clamd.membeku():
            hasil = scan(b"laporan")

        assert (hasil.keadaan, hasil.sebab) == (Pindai.TAK_TERSEDIA, Sebab.LAMBAT)

    def test_many_short_waits_together_are_too_long_as_well(self, clamd: Clamd, settings: Settings) -> None:
        settings.PINDAI_BATAS_DETIK = 0

        assert scan(b"laporan").sebab == Sebab.LAMBAT

    def test_a_scanner_that_is_gone(self, mati: None) -> None:
        assert scan(b"laporan").sebab == Sebab.MATI

    def test_a_scanner_that_dies_in_the_middle(self, settings: Settings) -> None:
        with clamd_baru() as clamd:
            settings.PINDAI_ALAMAT = clamd.unix

            class Mematikan(io.BytesIO):
                def read(self, ukuran: int | None = -1) -> bytes:
                    clamd.berhenti()
                    return super().read(ukuran)

            hasil = pindai.pindai(Mematikan(b"a" * 1_000_000))

        assert (hasil.keadaan, hasil.sebab) == (Pindai.TAK_TERSEDIA, Sebab.MATI)

    def test_a_file_that_cannot_be_read_is_not_the_scanners_fault(self, clamd: Clamd) -> None:
        class Rusak(io.BytesIO):
            def read(self, ukuran: int | None = -1) -> bytes:
                raise BrokenPipeError

        with pytest.raises(BrokenPipeError):
            pindai.pindai(Rusak())

    def test_without_a_scanner_nothing_is_asked(self, settings: Settings) -> None:
        settings.PINDAI_ALAMAT = ""

        assert scan(EICAR) == Hasil(Pindai.BELUM)

    def test_its_version(self, clamd: Clamd) -> None:
        assert pindai.versi().startswith("ClamAV ")

    def test_no_version_while_it_does_not_answer(self, mati: None) -> None:
        assert pindai.versi() == ""


@pytest.mark.django_db
class TestPeriksa:
    @pytest.mark.parametrize("kebijakan", ["tolak", "tandai"])
    def test_a_virus_is_refused_by_name_whatever_the_policy(
        self, clamd: Clamd, settings: Settings, berkas: Callable[[bytes], Path], kebijakan: str
    ) -> None:
        settings.PINDAI_KEBIJAKAN = kebijakan
        galat = refusal(berkas(docx(EICAR)))

        assert galat.code == "virus"
        assert "memuat virus (Uji.Eicar) dan tidak diterima. Tidak ada yang disimpan." in galat.message

    def test_tolak_refuses_while_the_scanner_does_not_answer(
        self, mati: None, settings: Settings, berkas: Callable[[bytes], Path]
    ) -> None:
        settings.PINDAI_KEBIJAKAN = "tolak"
        galat = refusal(berkas(b"laporan"))

        assert galat.code == "pemindai_mati"
        assert galat.message.startswith(
            "Pemindai virus sedang tidak dapat dihubungi. Berkas tidak disimpan. Coba lagi"
        )

    def test_tolak_says_that_the_file_is_too_large_to_be_scanned(
        self, clamd: Clamd, settings: Settings, berkas: Callable[[bytes], Path]
    ) -> None:
        settings.PINDAI_KEBIJAKAN = "tolak"
        galat = refusal(berkas(os.urandom(2 * BATAS_ALIRAN)))

        assert galat.code == "pemindai_batas"
        assert "lebih besar daripada yang dapat diperiksa pemindai virus. Perkecil" in galat.message

    def test_tandai_takes_it_and_marks_it(
        self, mati: None, settings: Settings, berkas: Callable[[bytes], Path]
    ) -> None:
        settings.PINDAI_KEBIJAKAN = "tandai"

        assert pindai.periksa(berkas(b"laporan"), SATKER).kolom()["pindai"] == Pindai.TAK_TERSEDIA

    def test_a_clean_file_passes(self, clamd: Clamd, berkas: Callable[[bytes], Path]) -> None:
        kolom = pindai.periksa(berkas(b"laporan"), SATKER).kolom()

        assert (kolom["pindai"], kolom["ancaman"]) == (Pindai.BERSIH, "")
        assert kolom["dipindai_pada"] is not None


@pytest.mark.parametrize("ada", [True, False], ids=["scanner", "no scanner"])
@pytest.mark.parametrize(
    ("keadaan", "dengan", "tanpa"),
    [
        (Pindai.BELUM, False, True),
        (Pindai.BERSIH, True, True),
        (Pindai.DIBLOKIR, False, False),
        (Pindai.TAK_TERSEDIA, False, False),
    ],
)
def test_what_may_be_served(
    settings: Settings, ada: bool, keadaan: Pindai, dengan: bool, tanpa: bool
) -> None:
    settings.PINDAI_ALAMAT = "unix:/soket" if ada else ""
    simpanan = SimpleNamespace(pindai=keadaan, ancaman="Uji", dihapus_pada=None)

    assert bool(pindai.sebab_ditahan(simpanan)) is not (dengan if ada else tanpa)


def test_the_deployment_check_asks_for_a_scanner(settings: Settings) -> None:
    settings.PINDAI_ALAMAT = ""
    assert [pesan.id for pesan in pindai.check_pemindai()] == ["evidence.W001"]

    settings.PINDAI_ALAMAT = "unix:/run/clamav/clamd.ctl"
    assert pindai.check_pemindai() == []
