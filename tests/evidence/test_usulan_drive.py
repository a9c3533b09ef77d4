"""How offices keep their drives, against the decreed plan: what is called certain is right. No database.

`drive_kantor.txt` holds one path a line and where it belongs: `V.4.1!` must be certain, `V.4.1` right if it is certain,
`-` never certain; then the area that a person is sent to.
"""

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from accounts.area import ROMAWI
from actionplan.plan_file import read_plan_file
from evidence.rencana_dikenal import RencanaDikenal, SlotRencana
from evidence.usulan_impor import Usulan, propose

HARI = dt.date(2026, 1, 15)
SINI = Path(__file__).parent
BARIS = [b for b in (SINI / "drive_kantor.txt").read_text().splitlines() if b and not b.startswith("#")]


@cache
def decreed_plan() -> RencanaDikenal:
    isi, _ = read_plan_file(SINI.parents[1] / "fixtures" / "rencana_aksi_1503_2025.yaml")
    semua = [(a, k, i) for a in isi.areas for k in a.komponen for i in k.indikator]
    diminta = [
        (a, k, i, t, nomor, bukti)
        for a, k, i in semua
        for ke, t in enumerate(i.tenggat)
        for nomor, bukti in enumerate(i.bukti_fisik, 1)
        if ke == 0 or not bukti.sekali
    ]
    slots = [
        SlotRencana(
            pk=pk, area=a.nomor, komponen=k.nomor, baris=i.nomor, nomor_bukti=nomor, bukti=bukti.uraian,
            indikator=f"{i.uraian} {i.langkah_aksi_teks}", tenggat=t.label, mulai=t.mulai, jatuh_tempo=t.jatuh_tempo,
            batas=max(t.jatuh_tempo, isi.tanggal),
        )
        for pk, (a, k, i, t, nomor, bukti) in enumerate(diminta)
    ]  # fmt: skip
    return RencanaDikenal(
        tahun=isi.tahun,
        slots=tuple(slots),
        komponen={(a.nomor, k.nomor): k.nama for a, k, _ in semua},
        area={a.nomor: a.nama for a in isi.areas},
        kata_kantor=frozenset({"sarolangun"}),
    )


def usul(jalur: str) -> Usulan:
    return propose(jalur, decreed_plan(), HARI)


@pytest.mark.parametrize("baris", BARIS)
def test_what_is_certain_is_right(baris: str) -> None:
    jalur, _, tempat = baris.rpartition(" → ")
    kode, *area = tempat.split()
    usulan = usul(jalur)
    if usulan.keyakinan == "pasti":
        assert usulan.slot
        assert usulan.slot.kode in kode.rstrip("!").split(","), usulan
    else:
        assert not kode.endswith("!"), usulan
    if area:
        assert ROMAWI.get(usulan.area or 0) == area[0], usulan


def test_nothing_is_uncertain_without_a_reason() -> None:
    """A person who is asked is told what about."""
    diam = [b for b in BARIS if (u := usul(b.rpartition(" → ")[0])).keyakinan != "pasti" and not u.keraguan]
    assert diam == []


@pytest.mark.parametrize(
    ("jalur", "ragu"),
    [
        ("AREA V/2. Undangan/Undangan rapat 10-02-2025.pdf", "Nomor di depan “2. Undangan” belum tentu"),
        ("AREA VI/v. Pemanfaatan Teknologi Informasi/Website 12-02-2025.pdf", "Teknologi Informasi” tidak dikenali"),
        ("AREA I/Rapat Tim/SK Tim Kerja 10-02-2025.pdf", "hanya sebagian seperti nama komponen"),
        ("V. Dokumen/Kartu kendali SPIP 10-02-2025.pdf", "Angka Romawi di depan “V. Dokumen”"),
        ("AREA V/AREA I/SK Tim Kerja 10-02-2025.pdf", "menyebut Area I dan Area V"),
        ("AREA V/V.4.3 SK Unit Pengendalian Gratifikasi TW I.pdf", "lebih cocok dengan V.1.1"),
        ("AREA V/4. WBS/Undangan rapat WBS 10-06-2025.pdf", "menyebut “undangan”, bukti fisiknya tidak"),
        ("AREA III/5. Penegakan disiplin/SK Hukuman 10-02-2025.pdf", "hampir tidak punya kata yang sama"),
        ("AREA IV/Rapat 2025 15-01-2025.pdf", "hanya bentuk dokumennya"),
        ("II. REFORM/5. PENGUATAN PENGAWASAN/Kartu Kendali SPIP 10-02-2025.pdf", "Folder Reform pada LKE"),
        ("TW III/AREA V/Laporan hasil rapat WBS internal.pdf", "menyebut Triwulan III, tenggat ini untuk Juni"),
        ("AREA I/4. Budaya Kerja/03. Maret/Daftar hadir 10-02-2025.pdf", "dalam masa Februari"),
        ("AREA IV/LAKIP 2024 10-02-2025.pdf", "hampir sama cocoknya"),
    ],
)  # fmt: skip
def test_each_new_doubt_is_named(jalur: str, ragu: str) -> None:
    assert any(ragu in satu for satu in usul(jalur).keraguan), usul(jalur)
