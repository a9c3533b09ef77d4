import datetime as dt
import stat
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
import time_machine
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from actionplan.models import RencanaAksi
from monev.laporan_xlsx import laporan_xlsx
from monev.pdf import PdfError, Ukuran, report_pdf
from monev.report import build_report
from monev.triwulan import Triwulan
from tests.factories import make_rencana, make_satker, make_slot, wib
from tests.monev.baca_laporan import lembar_xlsx, tabel_xlsx


@pytest.fixture
def rencana(db: None) -> RencanaAksi:
    rencana = make_rencana(make_satker("1503"))
    make_slot(rencana, jatuh_tempo=dt.date(2025, 8, 31))
    make_slot(rencana, jatuh_tempo=dt.date(2025, 5, 31), mulai=dt.date(2025, 5, 1))
    return rencana


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "keluar").mkdir()
    return tmp_path / "keluar"


def tulis(out: Path, **lain: str) -> str:
    pilihan = {"satker": "1503", "tahun": 2025, "triwulan": "III", "per": "2025-09-30", **lain}
    stdout = StringIO()
    call_command("monev", out=out, stdout=stdout, **pilihan)
    return stdout.getvalue()


def test_the_pdf_is_the_page_s_own(rencana, folder):
    out = folder / "laporan.pdf"
    assert "2 tenggat, 1 di antaranya tunggakan" in tulis(out)
    assert out.read_bytes() == report_pdf(build_report(rencana, Triwulan(2025, 3), dt.date(2025, 9, 30)))


def test_the_workbook_has_the_same_rows(rencana, folder):
    out = folder / "laporan.XLSX"
    tulis(out, nomor="7/BA")
    laporan = build_report(rencana, Triwulan(2025, 3), dt.date(2025, 9, 30))
    for nama in ("Ringkasan", "Rincian"):
        isi = [list(row) for row in lembar_xlsx(out.read_bytes(), nama).iter_rows(values_only=True)]
        langsung = lembar_xlsx(laporan_xlsx(laporan, nomor="7/BA"), nama)
        assert isi == [list(row) for row in langsung.iter_rows(values_only=True)]


def test_paper_and_number_can_be_chosen(rencana, folder):
    out = folder / "laporan.pdf"
    tulis(out, kertas="f4", nomor="7/BA")
    laporan = build_report(rencana, Triwulan(2025, 3), dt.date(2025, 9, 30))
    assert out.read_bytes() == report_pdf(laporan, nomor="7/BA", ukuran=Ukuran.F4)


def test_without_a_day_it_is_today_in_the_office(rencana, folder):
    out = folder / "laporan.xlsx"
    with time_machine.travel(wib(2025, 9, 2, 0, 30), tick=False):
        tulis(out, per=None)
    (baris, _tunggakan) = tabel_xlsx(load_workbook(out)["Rincian"], "No")
    assert baris["Hari terlambat"] == 2


@pytest.mark.parametrize(
    ("lain", "kata"),
    [
        ({"satker": "9999"}, "Satker 9999 tidak dikenal."),
        ({"tahun": 2024}, "tidak punya rencana aksi tahun 2024."),
        ({"triwulan": "V"}, "Triwulan “V” tidak dikenal."),
        ({"per": "30-09-2025"}, "Tanggal posisi tidak terbaca."),
        ({"per": "2025-06-30"}, "mendahului Triwulan III"),
        ({"per": "2999-01-01"}, "tidak boleh sesudah hari ini"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written(rencana, folder, lain, kata):
    with pytest.raises(CommandError, match=kata):
        tulis(folder / "laporan.xlsx", **lain)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("nama", "kata"),
    [
        ("laporan.doc", "harus berakhiran"),
        ("laporan", "harus berakhiran"),
        ("tidak/ada/laporan.pdf", "tidak ada"),
    ],
)
def test_where_it_cannot_be_written(rencana, folder, nama, kata):
    with pytest.raises(CommandError, match=kata):
        tulis(folder / nama)


def test_a_failure_leaves_the_earlier_file_and_no_half_one(rencana, folder):
    out = folder / "laporan.pdf"
    out.write_bytes(b"yang lama")
    with (
        mock.patch("monev.management.commands.monev.report_pdf", side_effect=PdfError("rusak")),
        pytest.raises(CommandError, match="rusak"),
    ):
        tulis(out)
    with (
        mock.patch("monev.management.commands.monev.os.fsync", side_effect=OSError(28, "No space left")),
        pytest.raises(CommandError, match=r"tidak dapat ditulis: tempatnya penuh\."),
    ):
        tulis(out)
    assert [(f.name, f.read_bytes()) for f in folder.iterdir()] == [("laporan.pdf", b"yang lama")]


def test_others_may_read_it_as_the_umask_says(rencana, folder):
    out = folder / "laporan.xlsx"
    tulis(out)
    lain = folder / "lain"
    lain.touch()
    assert stat.S_IMODE(out.stat().st_mode) == stat.S_IMODE(lain.stat().st_mode)
