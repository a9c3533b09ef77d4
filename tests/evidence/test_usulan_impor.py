"""What a path says of itself, and for which slot of a plan it is proposed. No database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.petunjuk_impor import (
    area_number,
    codes_of,
    dates_in,
    leading_number,
    leading_roman,
    only_period,
    part_of_lke,
    periods_in,
    readable,
    split,
    title_of,
)
from evidence.rencana_dikenal import RencanaDikenal, SlotRencana
from evidence.usulan_impor import Usulan, as_decreed, propose

HARI = dt.date(2026, 1, 15)
TAHUN = 2025


def slot(
    pk: int, kode: str, bukti: str, tenggat: str = "Juni", nomor: int = 1, **lain: object
) -> SlotRencana:
    area, komponen, baris = (int(n) for n in kode.split("."))
    bulan = {"Januari": 1, "Februari": 2, "Maret": 3, "Juni": 6, "September": 9, "Desember": 12}[tenggat]
    mulai = dt.date(TAHUN, bulan, 1)
    isian = {"indikator": "", "keadaan": "belum", **lain}
    return SlotRencana(
        pk=pk, area=area, komponen=komponen, baris=baris, nomor_bukti=nomor, bukti=bukti, tenggat=tenggat,
        mulai=mulai, jatuh_tempo=mulai + dt.timedelta(days=27), **isian,
    )  # fmt: skip


RENCANA = RencanaDikenal(
    tahun=TAHUN,
    slots=(
        slot(1, "1.1.1", "SK Tim Kerja ZI", "Februari"),
        slot(2, "1.1.1", "Prosedur pemilihan Tim Kerja ZI", "Februari", nomor=2),
        slot(3, "1.2.1", "Dokumen rencana aksi dipublikasikan", "Maret"),
        slot(4, "1.2.2", "Undangan rapat", "Maret"),
        slot(10, "5.3.1", "Banner saluran pengaduan masyarakat", "Februari"),
        slot(11, "5.4.1", "Banner Saluran Penyampaian WBS", "Februari"),
        slot(12, "5.4.2", "Laporan hasil rapat WBS", "Juni"),
        *(slot(20 + n, "5.4.3", "Laporan evaluasi WBS setiap triwulan", t)
          for n, t in enumerate(("Maret", "Juni", "September", "Desember"))),
        slot(30, "4.1.1", "LAKIP tahun 2024", "Januari"),
        slot(40, "6.1.1", "Piagam Penghargaan", "Juni", keadaan="sesuai"),
        slot(41, "6.1.2", "Piagam Penghargaan", "Juni"),
    ),
    komponen={(1, 1): "Tim Kerja", (1, 2): "Dokumen Rencana Aksi", (5, 3): "Pengaduan Masyarakat",
              (5, 4): "Whistle Blowing System", (4, 1): "Keterlibatan pimpinan", (6, 1): "Budaya pelayanan prima"},
    area={1: "Pembangunan unit kerja untuk memperoleh predikat menuju WBK/WBBM KPU", 5: "Penguatan Pengawasan",
          4: "PENGUATAN AKUNTABILITAS", 6: "PENINGKATAN KUALITAS PELAYANAN PUBLIK"},
)  # fmt: skip


def usul(jalur: str) -> Usulan:
    return propose(jalur, RENCANA, HARI)


def pk_of(jalur: str) -> int | None:
    usulan = usul(jalur)
    return usulan.slot.pk if usulan.slot else None


@pytest.mark.parametrize(
    ("jalur", "pk", "keyakinan"),
    [
        # As our own package writes them.
        ("AREA I/1. Tim Kerja/I.1.1_SK Tim Kerja ZI_TW I 2025.pdf", 1, "pasti"),
        ("AREA V/4. Whistle Blowing System/V.4.3_Laporan evaluasi WBS_TW II 2025.pdf", 21, "pasti"),
        ("AREA V/4. Whistle Blowing System/V.4.3_Laporan evaluasi WBS_TW IV 2025 (2).pdf", 23, "pasti"),
        # As offices keep their drives.
        ("AREA I/i. Penyusunan Tim Kerja/1.i.a SK Tim Kerja.pdf", 1, "pasti"),
        ("Area 1/1.1.1 SK Tim Kerja ZI.pdf", 1, "pasti"),
        ("5.4.3 laporan evaluasi wbs september.pdf", 22, "pasti"),
        ("AREA V/V.4.3/Laporan evaluasi WBS Semester 1/laporan evaluasi Maret.pdf", 20, "pasti"),
        ("V. PENGUATAN PENGAWASAN/iv. WBS/Banner saluran WBS.jpg", 11, "pasti"),
        ("Penguatan Pengawasan/Whistle Blowing System/Banner saluran penyampaian WBS.jpg", 11, "pasti"),
        ("AREA_V/3) Pengaduan Masyarakat/Banner Dumas.jpg", 10, "pasti"),
        ("Zona Integritas/PENGUATAN AKUNTABILITAS/LKjIP 2024.pdf", 30, "pasti"),
        ("AREA V/4. WBS/Laporan evaluasi B09.pdf", 22, "pasti"),
        ("AREA V/4. WBS/Laporan evaluasi WBS 10 Desember 2025.pdf", 23, "pasti"),
        ("AREA I/1.1 SK Tim Kerja.pdf", 1, "pasti"),
        # No heading at all: words alone are never certain.
        ("SK Tim Kerja ZI.pdf", 1, "ragu"),
    ],
)
def test_for_which_slot(jalur: str, pk: int, keyakinan: str) -> None:
    usulan = usul(jalur)
    assert (usulan.slot.pk if usulan.slot else None, usulan.keyakinan) == (pk, keyakinan), usulan


@pytest.mark.parametrize(
    ("jalur", "ragu"),
    [
        ("lain/IMG_0012.jpg", "Area tidak dikenali"),
        ("AREA V/IMG_0012.jpg", "Indikator belum dikenali di Area V"),
        ("AREA III/Laporan.pdf", "Area III tidak ada dalam rencana"),
        ("AREA V/V.9.9 Laporan evaluasi WBS TW II.pdf", "Kode V.9.9 tidak ada dalam rencana"),
        ("AREA I/V.4.3 Laporan evaluasi WBS TW II.pdf", "Foldernya Area I, kodenya Area V"),
        ("AREA I/I.1.1 dokumen.pdf", "meminta 2 bukti fisik"),
        ("AREA V/V.4.3 Laporan evaluasi WBS.pdf", "Tenggat tidak disebut"),
        (
            "AREA VI/1. Budaya pelayanan prima/Piagam Penghargaan.jpg",
            "VI.1.1 dan VI.1.2 hampir sama cocoknya",
        ),
        ("AREA VI/VI.1.1 Piagam Penghargaan.jpg", "sudah dinilai Sesuai"),
        ("AREA V/V.4.3_Laporan evaluasi WBS_TW II 2023.pdf", "Menyebut tahun 2023"),
        ("AREA I/I.2.2 Undangan rapat 3 Maret 2024.pdf", "di luar tahun rencana"),
        ("AREA I/I.2.2 Undangan rapat 5 Mei 2025.pdf", "tenggat ini untuk Maret"),
        ("AREA I/I.2.2 Undangan rapat 05-03-2025 sd 06-03-2025.pdf", "lebih dari satu tanggal"),
        ("AREA I/I.2.2 Undangan rapat 31-12-2030.pdf", "belum tiba"),
        ("AREA V/5.iv.g Laporan WBS.pdf", "Huruf g pada 5.iv.g tidak punya baris"),
        ("AREA I/1.ii.b Dokumen rencana aksi dipublikasikan.pdf", "lebih cocok dengan I.2.1"),
    ],
)
def test_each_doubt_is_named(jalur: str, ragu: str) -> None:
    assert any(ragu in satu for satu in usul(jalur).keraguan), usul(jalur)


def test_a_year_that_the_decree_itself_names_is_no_doubt() -> None:
    assert usul("AREA IV/IV.1.1 LAKIP tahun 2024.pdf").keraguan == ()


def test_a_reason_is_told_in_the_words_of_the_plan() -> None:
    """`skm` and `survey` mean the same as `survei`."""
    assert as_decreed("skm", slot(1, "6.3.1", "Laporan hasil survei kepuasan")) == "survei"


def test_every_proposal_says_why() -> None:
    assert usul("AREA V/4. WBS/V.4.2_Laporan rapat WBS.pdf").alasan.startswith(
        "Kode V.4.2 pada nama berkas; kata "
    )


@pytest.mark.parametrize(
    ("nama", "tanggal"),
    [
        ("Laporan 2025-03-31", [dt.date(2025, 3, 31)]),
        ("Laporan_20250331", [dt.date(2025, 3, 31)]),
        ("Laporan 31-03-2025", [dt.date(2025, 3, 31)]),
        ("Laporan 31.3.2025", [dt.date(2025, 3, 31)]),
        ("Laporan_31_03_2025_final", [dt.date(2025, 3, 31)]),
        ("Undangan 31 Maret 2025", [dt.date(2025, 3, 31)]),
        ("Undangan 3 Nopember 2025", [dt.date(2025, 11, 3)]),
        ("Undangan_31Mar2025", [dt.date(2025, 3, 31)]),
        ("Undangan 1 Agt. 2025", [dt.date(2025, 8, 1)]),
        ("Undangan 1-3 Maret 2025", [dt.date(2025, 3, 3)]),
        ("Laporan 31-13-2025", []),
        ("Laporan 31-02-2025", []),
        ("Laporan 03-31-25", []),
        ("Laporan TW I 2025", []),
        ("SK 12-2025", []),
        ("Dari 1-3-2025 sampai 2-3-2025", [dt.date(2025, 3, 1), dt.date(2025, 3, 2)]),
    ],
)
def test_the_date_in_a_name(nama: str, tanggal: list[dt.date]) -> None:
    assert dates_in(nama) == tanggal


@pytest.mark.parametrize(
    ("nama", "masa"),
    [
        ("Laporan TW II 2025", ["Triwulan II"]),
        ("laporan triwulan ke-3", ["Triwulan III"]),
        ("TW.4", ["Triwulan IV"]),
        ("Semester 1", ["Semester I"]),
        ("03. Maret", ["Maret"]),
        ("B03 rekap", ["Maret"]),
        ("Daftar hadir Okt", ["Oktober"]),
        ("Laporan 31 Maret 2025", []),
        ("Marhaban", []),
        ("TWIN", []),
    ],
)
def test_the_period_in_a_name(nama: str, masa: list[str]) -> None:
    assert [m.sebutan for m in periods_in(nama, TAHUN)] == masa


@pytest.mark.parametrize(
    ("teks", "kode"),
    [
        ("V.4.3_Laporan", [(5, 4, 3)]),
        ("5.4.3 Laporan", [(5, 4, 3)]),
        ("1.i.a SK", [(1, 1, 1)]),
        ("III.2 Mutasi", [(3, 2, 0)]),
        ("Laporan 3.4.2025", []),
        ("Laporan 2025-03-01", []),
        ("v1.2 final", []),
        ("SK Tim v.2", []),
        ("Rapat 1-3 Agustus", []),
        ("1-3 Agustus Rapat", []),
        ("SK Nomor 5.2.1", []),
        ("Tindak lanjut V.4.3", [(5, 4, 3)]),
        ("Eviden 5.4.3 Laporan", [(5, 4, 3)]),
        ("IX.1.1", []),
        ("7.1.1", []),
    ],
)
def test_the_code_in_a_name(teks: str, kode: list[tuple[int, int, int]]) -> None:
    assert [k.indeks for k in codes_of(split(f"{teks}.pdf"))] == kode


@pytest.mark.parametrize(
    ("teks", "nomor"),
    [("AREA I", 1), ("area_3 SDM", 3), ("Area-VI", 6), ("AREA 05", 5), ("Pokja II", 2), ("Pengawasan (Area 5)", 5),
     ("Area 1 - 1.1 Tim", 1), ("Area 7", None), ("Area 1-6", None), ("AREA I s.d VI", None), ("V. PENGAWASAN", None),
     ("Areal parkir", None)],
)  # fmt: skip
def test_the_area_of_a_folder(teks: str, nomor: int | None) -> None:
    assert area_number(teks) == nomor


@pytest.mark.parametrize(
    ("teks", "nomor"),
    [("V. PENGUATAN PENGAWASAN", 5), ("VIII. Lain", None), ("i. Penyusunan Tim Kerja", None)],
)
def test_the_roman_number_before_a_folder(teks: str, nomor: int | None) -> None:
    assert leading_roman(teks) == nomor


@pytest.mark.parametrize(
    ("teks", "bagian"),
    [("A. PENGUNGKIT", "pengungkit"), ("I. PEMENUHAN", "pemenuhan"), ("II. REFORM (30%)", "reform"), ("HASIL", "hasil"),
     ("Hasil rapat", ""), ("Laporan hasil", "")],
)  # fmt: skip
def test_the_parts_of_the_assessors_sheet(teks: str, bagian: str) -> None:
    assert part_of_lke(teks) == bagian


@pytest.mark.parametrize(
    ("teks", "masa"),
    [
        ("03. Maret", True),
        ("TW III", True),
        ("2025", True),
        ("Semester 1 Tahun 2025", True),
        ("Rapat Maret", False),
    ],
)
def test_a_folder_that_says_only_when(teks: str, masa: bool) -> None:
    assert only_period(teks) == masa


@pytest.mark.parametrize(
    ("teks", "nomor"), [("iii. Pemantauan", 3), ("2) Rencana", 2), ("10. Sepuluh", 10), ("Rapat", None)]
)
def test_the_number_before_a_heading(teks: str, nomor: int | None) -> None:
    assert leading_number(teks) == nomor


@pytest.mark.parametrize(
    ("nama", "judul"),
    [
        ("V.4.3_Laporan evaluasi WBS_TW II 2025", "Laporan evaluasi WBS"),
        ("1.i.a SK Tim Kerja 31-03-2025", "SK Tim Kerja"),
        ("a. Notulen rapat (2)", "Notulen rapat"),
        ("Copy of SK Agen Perubahan", "SK Agen Perubahan"),
        ("Rapat 5 R - Copy", "Rapat 5 R"),
    ],
)
def test_the_title_in_a_name(nama: str, judul: str) -> None:
    assert title_of(nama) == judul


@pytest.mark.parametrize(
    ("nama", "judul"),
    [
        ("V.4.3_Laporan evaluasi WBS_TW II 2025", "Laporan evaluasi WBS TW II 2025"),
        ("laporan wbs tw2", "laporan wbs tw2"),
        ("Rencana Kerja ZI TW1", "Rencana Kerja ZI TW1"),
        ("IMG_20250412_101010", "IMG 20250412 101010"),
        ("1.i.a SK Tim Kerja 31-03-2025", "SK Tim Kerja 31-03-2025"),
        ("3.4.2025 Notulen", "3.4.2025 Notulen"),
        ("12 - Maret 2025 Notulen", "12 - Maret 2025 Notulen"),
        ("a. Notulen rapat (2)", "Notulen rapat (2)"),
        ("Tindak lanjut V.4.3", "Tindak lanjut V.4.3"),
    ],
)
def test_a_title_keeps_what_the_name_says(nama: str, judul: str) -> None:
    assert readable(nama) == judul


def test_a_name_that_says_nothing_is_called_as_the_bukti_fisik() -> None:
    assert usul("AREA V/V.4.2 IMG.jpg").judul == "Laporan hasil rapat WBS"


def test_what_names_people_is_proposed_as_rahasia() -> None:
    assert usul("AREA V/V.4.2 Data pelapor WBS.pdf").rahasia
    assert not usul("AREA V/V.4.2 Laporan rapat.pdf").rahasia


@given(st.text(max_size=80), st.lists(st.text(max_size=30), max_size=4))
def test_no_path_is_too_strange(nama: str, folder: list[str]) -> None:
    usulan = usul("/".join([*folder, f"{nama}.pdf"]))
    assert (usulan.slot is None) == (usulan.alasan == "")
    assert (usulan.slot is None) == (usulan.keyakinan == "tidak_tahu")
    assert 0 < len(usulan.judul.strip()) <= 200
    assert len(usulan.alasan) <= 300


@given(st.sampled_from(RENCANA.slots), st.text(alphabet="abcdefg VIX123", max_size=20))
def test_a_code_of_the_plan_always_finds_its_row(satu: SlotRencana, judul: str) -> None:
    usulan = usul(f"AREA {satu.kode.split('.')[0]}/{satu.kode}_{judul} {satu.bukti}.pdf")
    assert usulan.slot is not None
    assert usulan.slot.indeks == satu.indeks
