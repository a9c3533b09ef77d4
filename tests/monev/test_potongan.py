"""Texts cut to lines, and rows in parts: nothing is lost, doubled, or left without its italics."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.templatetags.zi import MIRING, tanpa_miring
from monev.potongan import SEPARUH, count_lines, cut_at, cut_lines, cut_row
from monev.report import Baris, Bukti
from monev.status import Ketepatan, Status
from tests.monev.baca_laporan import rapat

KATA = [
    "rapat",
    "(*website*),",
    "*role model*",
    "*Whistle Blowing System*.",
    "mempertanggungjawabkan" * 3,
    "\n",
    "*",
]
TEKS = st.lists(st.sampled_from(KATA), max_size=30).map(" ".join)
HARI = dt.date(2025, 8, 31)


def baris(**isi: object) -> Baris:
    kosong = dict.fromkeys(Baris.__dataclass_fields__, "")
    bawaan = {
        "status": Status.SELESAI,
        "ketepatan": Ketepatan.TEPAT_WAKTU,
        "bukti": (),
        "catatan_tpi": (),
        "diminta": 1,
        "terisi": 1,
    }
    return Baris(**{**kosong, **bawaan, **isi})


@given(TEKS, st.integers(1, 9), st.integers(5, 40))
def test_a_cut_text_is_whole_again(teks: str, banyak: int, huruf: int):
    awal, sisa = cut_lines(teks, banyak, huruf)
    assert rapat(awal + sisa) == rapat(teks)
    assert count_lines(awal, huruf) <= banyak


@given(TEKS, st.integers(0, 200))
def test_italics_that_a_cut_falls_into_go_on_behind_it(teks: str, tempat: int):
    bagian = cut_at(teks, tempat, miring=True)
    assert rapat("".join(map(tanpa_miring, bagian))) == rapat(tanpa_miring(teks))
    miring = [rapat("".join(MIRING.findall(satu))) for satu in (teks, " ".join(bagian))]
    assert miring[0] == miring[1]


@pytest.mark.parametrize(("kata", "banyak"), [(40, 1), (80, 2), (120, 3)])
def test_only_what_is_longer_than_half_a_page_comes_in_parts(kata: int, banyak: int):
    b = baris(kendala=" ".join(f"kendala{n:03}" for n in range(kata)), bukti_fisik="Notulen")
    bagian = cut_row(b, lanjutan=False)
    assert len(bagian) == banyak
    assert " ".join(satu.kendala for satu in bagian) == b.kendala
    assert [satu.bukti_fisik for satu in bagian] == ["Notulen", *[""] * (banyak - 1)]
    assert max(satu.tinggi for satu in bagian) <= SEPARUH


def test_parts_are_about_the_same_and_the_last_ones_half_as_high_beside_the_signatures():
    b = baris(kendala="terlambat " * 120)
    assert [satu.tinggi for satu in cut_row(b, lanjutan=False)] == [20, 20, 20]
    assert [satu.tinggi for satu in cut_row(b, lanjutan=False, ekor=2)] == [19, 19, 11, 11]


def test_a_piece_of_evidence_stands_whole_in_one_part():
    bukti = tuple(
        Bukti(f"Laporan kegiatan sosialisasi yang dihadiri peserta nomor {n}", HARI) for n in range(20)
    )
    bagian = cut_row(baris(bukti=bukti, realisasi="Terlaksana."), lanjutan=False)
    assert len(bagian) > 1
    assert sum((satu.bukti for satu in bagian), ()) == bukti
    assert [bool(satu.sebut_bukti) for satu in bagian] == [True, *[False] * (len(bagian) - 1)]


def test_what_the_decree_says_is_not_repeated_at_a_later_tenggat():
    b = replace(baris(), indikator="Rapat", langkah_aksi="Rapat", bukti_fisik="Notulen")
    (satu,) = cut_row(b, lanjutan=True)
    assert (satu.indikator, satu.langkah_aksi, satu.bukti_fisik) == ("", "", "")
