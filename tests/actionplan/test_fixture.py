"""The decree of 2025 as a file: complete, well formed, and read by the parser without a rest."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from actionplan.target_waktu import Pembacaan, read_target_waktu

BERKAS = Path(__file__).parents[2] / "fixtures" / "rencana_aksi_1503_2025.yaml"
RENCANA = yaml.safe_load(BERKAS.read_text(encoding="utf-8"))
KOMPONEN = [(area["nomor"], k) for area in RENCANA["areas"] for k in area["komponen"]]
BARIS = {row["kode"]: row for _, k in KOMPONEN for row in k["indikator"]}
TEKS_KEPUTUSAN = ("uraian", "langkah_aksi_teks", "bukti_fisik_teks", "target_waktu")


def read(row) -> Pembacaan:
    return read_target_waktu(row["target_waktu"], tahun=RENCANA["tahun"], bukti_fisik=row["bukti_fisik_teks"])


def teks_in(isi):
    """Every text of the file, however deep."""
    if isinstance(isi, str):
        yield isi
    elif isinstance(isi, list | dict):
        for anak in isi.values() if isinstance(isi, dict) else isi:
            yield from teks_in(anak)


def test_names_the_decree():
    assert {kunci: RENCANA[kunci] for kunci in ("satker", "tahun", "nomor", "tanggal")} == {
        "satker": "1503",
        "tahun": 2025,
        "nomor": "9 Tahun 2025",
        "tanggal": dt.date(2025, 3, 3),
    }


def test_has_six_areas_23_komponen_70_indikator():
    komponen = Counter(area for area, _ in KOMPONEN)
    indikator = Counter(area for area, k in KOMPONEN for _ in k["indikator"])
    assert komponen == {"I": 4, "II": 3, "III": 6, "IV": 2, "V": 5, "VI": 3}
    assert indikator == {"I": 5, "II": 6, "III": 18, "IV": 10, "V": 19, "VI": 12}


def test_kode_is_area_komponen_and_place_in_the_komponen():
    harapan = [f"{area}.{k['nomor']}.{n}" for area, k in KOMPONEN for n in range(1, len(k["indikator"]) + 1)]
    assert [row["kode"] for _, k in KOMPONEN for row in k["indikator"]] == harapan


def test_komponen_are_numbered_from_one_in_each_area():
    for area in RENCANA["areas"]:
        assert [k["nomor"] for k in area["komponen"]] == list(range(1, len(area["komponen"]) + 1))


def test_every_row_has_the_same_keys():
    wajib = {"kode", *TEKS_KEPUTUSAN, "langkah_aksi", "bukti_fisik"}
    assert {kode for kode, row in BARIS.items() if row.keys() - {"catatan_tafsir"} != wajib} == set()


def test_every_target_waktu_is_read_101_tenggat_in_all():
    jumlah = {kode: len(read(row).periode) for kode, row in BARIS.items()}
    lebih_dari_satu = {kode: n for kode, n in jumlah.items() if n > 1}
    assert lebih_dari_satu == {
        "I.3.1": 4, "I.4.1": 12, "III.6.1": 12, "V.4.3": 4, "V.5.4": 2, "V.5.5": 2, "VI.3.1": 2,
    }  # fmt: skip
    assert sum(jumlah.values()) == 101


def test_33_rows_were_first_due_before_the_decree_was_signed():
    sudah_lewat = [
        kode for kode, row in BARIS.items() if read(row).periode[-1].jatuh_tempo < RENCANA["tanggal"]
    ]
    assert len(sudah_lewat) == 33


def test_the_parser_notes_only_these_rows():
    assert {kode for kode, row in BARIS.items() if read(row).catatan} == {
        "I.3.1", "I.4.1", "III.6.1", "V.2.1", "V.4.4",
    }  # fmt: skip


def test_the_file_notes_what_one_row_alone_cannot_show():
    assert {kode for kode, row in BARIS.items() if row.get("catatan_tafsir")} == {
        "V.5.2", "V.5.3", "V.5.4", "V.5.5", "VI.2.1", "VI.3.2", "VI.3.3",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kode", "kolom", "salah_tulis"),
    [
        ("I.3.1", "target_waktu", "September,Okt ober"),
        ("V.4.4", "target_waktu", "Juni 2022"),
        ("V.2.1", "target_waktu", "Januari Desember 2025"),
        ("VI.3.2", "bukti_fisik_teks", "Screenshoot"),
        ("V.5.3", "bukti_fisik_teks", "(jika terdapat potensi"),
        ("II.2.3", "uraian", "Pemanfatan"),
        ("III.4.2", "bukti_fisik_teks", "2020- 2024"),
        ("V.4.1", "langkah_aksi_teks", "*Whistle Blowing System* , serta"),
    ],
)
def test_slips_of_the_decree_stay(kode, kolom, salah_tulis):
    assert salah_tulis in BARIS[kode][kolom]


@pytest.mark.parametrize(
    ("kode", "kolom", "sambungan"),
    [
        ("II.1.1", "bukti_fisik_teks", "ketersediaan SOP 3) Laporan"),
        ("III.3.4", "uraian", "kesempatan/ hak untuk"),
        ("III.5.1", "langkah_aksi_teks", "pelaksanaan penegakan"),
        ("V.5.5", "bukti_fisik_teks", "penanganan benturan"),
        ("VI.2.1", "uraian", "Pelayanan Prima"),
    ],
)
def test_rows_cut_by_a_page_are_joined(kode, kolom, sambungan):
    assert sambungan in BARIS[kode][kolom]


def test_no_text_has_stray_white_space():
    assert [teks for teks in teks_in(RENCANA) if teks != " ".join(teks.split())] == []


def test_italics_open_and_close_around_words():
    bermiring = [teks for teks in teks_in(RENCANA) if "*" in teks]
    assert len(bermiring) > 10
    assert [teks for teks in bermiring if "*" in re.sub(r"\*\S(?:[^*]*\S)?\*", "", teks)] == []


def test_langkah_aksi_is_itemised_exactly_where_it_is_numbered():
    for kode, row in BARIS.items():
        nomor = re.findall(r"(?<!\S)\d\) ", row["langkah_aksi_teks"])
        assert len(row["langkah_aksi"]) == max(len(nomor), 1), kode
        if not nomor:
            assert row["langkah_aksi"] == [row["langkah_aksi_teks"]]


def test_steps_put_together_again_are_the_cell():
    for kode in ("II.1.1", "II.3.1", "III.2.3"):
        disatukan = " ".join(f"{n}) {langkah}" for n, langkah in enumerate(BARIS[kode]["langkah_aksi"], 1))
        assert disatukan == BARIS[kode]["langkah_aksi_teks"].replace(";", "")


def test_bukti_fisik_keeps_the_words_of_the_cell_and_leaves_out_only_joints():
    """What is left of a cell without its documents is numbering, punctuation and "dan"."""
    for kode, row in BARIS.items():
        sisa = row["bukti_fisik_teks"].lower()
        for bukti in row["bukti_fisik"]:
            assert bukti["uraian"].lower() in sisa, kode
            sisa = sisa.replace(bukti["uraian"].lower(), " ", 1)
        assert re.fullmatch(r"(?:\s|[,;.]|\d\)|\bdan\b)*", sisa), kode


def test_bukti_fisik_begins_with_a_capital():
    semua = [bukti["uraian"].lstrip("*") for row in BARIS.values() for bukti in row["bukti_fisik"]]
    assert [uraian for uraian in semua if not uraian[0].isupper()] == []


def test_no_row_asks_for_the_same_bukti_twice():
    for row in BARIS.values():
        uraian = [bukti["uraian"] for bukti in row["bukti_fisik"]]
        assert len(uraian) == len(set(uraian)) > 0, row["kode"]


def test_only_the_banner_is_made_once():
    sekali = {
        (kode, b["uraian"])
        for kode, row in BARIS.items()
        for b in row["bukti_fisik"]
        if b.get("sekali", False)
    }
    assert sekali == {("I.4.1", "Banner Budaya Kerja 5 R")}


def test_every_tenggat_asks_for_something():
    for kode, row in BARIS.items():
        setiap_tenggat = [b for b in row["bukti_fisik"] if not b.get("sekali", False)]
        assert setiap_tenggat or len(read(row).periode) == 1, kode
