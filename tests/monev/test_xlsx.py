import datetime as dt
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from monev.xlsx import (
    BATAS_TEKS,
    TERPOTONG,
    Jenis,
    Kolom,
    clean_text,
    new_workbook,
    set_print,
    to_bytes,
    write_lines,
    write_table,
)


def tulis(*isi: object, kolom: Kolom | None = None) -> Worksheet:
    wb = new_workbook("Uji", satker="KPU Uji", on=dt.date(2025, 9, 30))
    ws = wb.create_sheet("Uji")
    write_table(ws, [kolom or Kolom("Kolom", 10)], [[satu] for satu in isi])
    set_print(ws, kaki="A & B")
    return load_workbook(BytesIO(to_bytes(wb)))["Uji"]


@pytest.mark.parametrize(
    "teks", ["=1+1", "+1", "-1", "@SUM(A1)", "#N/A", "#REF!", "2025-09-30", "007", "1e5"]
)
def test_text_stays_the_text_it_is(teks):
    sel = tulis(teks)["A2"]
    assert (sel.value, sel.data_type) == (teks, "s")


@pytest.mark.parametrize(
    ("teks", "bersih"),
    [
        ("a\x00b\x0bc\x1f", "abc"),
        ("a\ud800b\udfff", "ab"),
        ("a\ufffeb\uffff", "ab"),
        ("baris\r\nlagi\tini", "baris\nlagi\tini"),
        ("baris\rlagi", "baris\nlagi"),
        ("é – “ok” 😀", "é – “ok” 😀"),
    ],
)
def test_what_would_break_the_file_is_left_out(teks, bersih):
    assert tulis(teks)["A2"].value == bersih


def test_text_that_no_cell_can_hold_says_where_it_was_cut():
    assert clean_text("x" * BATAS_TEKS) == "x" * BATAS_TEKS
    panjang = tulis("x" * (BATAS_TEKS + 1))["A2"].value
    assert len(panjang) == BATAS_TEKS
    assert panjang.endswith(TERPOTONG)


def test_dates_and_numbers_keep_their_kind():
    assert tulis(dt.date(2025, 9, 30), kolom=Kolom("T", 9, Jenis.TANGGAL))["A2"].value == dt.datetime(
        2025, 9, 30
    )
    assert tulis(0.5, kolom=Kolom("P", 9, Jenis.PERSEN))["A2"].number_format == "0.0%"
    assert tulis(None)["A2"].value is None


def test_a_row_is_as_high_as_its_text():
    ws = tulis("pendek", "kata " * 20)
    assert ws.row_dimensions[3].height > 3 * ws.row_dimensions[2].height


def test_an_ampersand_in_the_footer_is_no_code():
    assert tulis().oddFooter.left.text == "A && B"


def test_lines_over_the_table_are_text_too():
    wb = new_workbook("Uji", satker="KPU Uji", on=dt.date(2025, 9, 30))
    ws = wb.create_sheet("Uji")
    assert write_lines(ws, ["Judul", "=1+1"]) == 3
    assert load_workbook(BytesIO(to_bytes(wb)))["Uji"]["A2"].data_type == "s"
