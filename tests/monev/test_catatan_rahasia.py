"""What TPI and the team wrote of a rahasia piece is read only by those who may see the piece, on every page.

The report is on no side: its files go further than any role, so nobody reads the words there.
"""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Peran, User
from evidence.rahasia import CATATAN_RAHASIA
from tests.factories import make_member, make_rencana, make_review, make_satker, make_sent, make_slot, wib
from tests.monev.baca_laporan import lembar_xlsx, rapat, tabel_pdf, tabel_xlsx, teks_pdf

CATATAN, PESAN = "Lengkapi halaman 2.", "Sudah diperbaiki."
PER = "2025-09-30"

BACA = {
    "anggota area sendiri": True,
    "anggota area lain": False,
    "ketua tim": True,
    "sekretaris": True,
    "pimpinan": False,
    "TPI": True,
    "pembina": False,
}


class Kantor:
    def __init__(self) -> None:
        provinsi = make_satker(tingkat="provinsi")
        self.satker = make_satker(induk=provinsi)
        self.slot = make_slot(make_rencana(self.satker), area=3, jatuh_tempo=dt.date(2025, 8, 31))
        self.orang: dict[str, User] = {
            "anggota area sendiri": make_member(self.satker, area=(3,)),
            "anggota area lain": make_member(self.satker, area=(1, 2)),
            "ketua tim": make_member(self.satker, Peran.KETUA_TIM),
            "sekretaris": make_member(self.satker, Peran.SEKRETARIS),
            "pimpinan": make_member(self.satker, Peran.PIMPINAN),
            "TPI": make_member(self.satker, Peran.TPI),
            "pembina": make_member(provinsi, Peran.PEMBINA),
        }

    def kembalikan(self, *, rahasia: bool) -> None:
        sent = make_sent(self.slot, self.orang["anggota area sendiri"], at=wib(2025, 8, 20), rahasia=rahasia)
        make_review(sent, self.orang["TPI"], at=wib(2025, 8, 25), keputusan="perbaikan")

    def halaman(self) -> dict[str, str]:
        indikator = self.slot.tenggat.indikator_id
        return {
            "slot": reverse("slot", args=[self.slot.pk]),
            "indikator": reverse("indikator", args=[indikator]),
            "riwayat": reverse("riwayat", args=[indikator]),
        }

    def laporan(self, nama: str) -> str:
        return reverse(nama, args=[self.satker.kode, 2025, "III"], query={"per": PER})


@pytest.fixture
def kantor(db: None) -> Kantor:
    return Kantor()


@pytest.mark.parametrize("halaman", ["slot", "indikator", "riwayat"])
@pytest.mark.parametrize(("siapa", "baca"), BACA.items())
def test_who_may_see_the_piece_reads_the_note(
    kantor: Kantor, client: Client, siapa: str, baca: bool, halaman: str
) -> None:
    kantor.kembalikan(rahasia=True)
    client.force_login(kantor.orang[siapa])
    isi = client.get(kantor.halaman()[halaman]).content.decode()
    assert (CATATAN in isi, CATATAN_RAHASIA in isi) == (baca, not baca)


@pytest.mark.parametrize("halaman", ["slot", "riwayat"])
@pytest.mark.parametrize(("siapa", "baca"), BACA.items())
def test_and_what_the_team_wrote_with_it(
    kantor: Kantor, client: Client, siapa: str, baca: bool, halaman: str
) -> None:
    kantor.kembalikan(rahasia=True)
    client.force_login(kantor.orang[siapa])
    assert (PESAN in client.get(kantor.halaman()[halaman]).content.decode()) is baca


@pytest.mark.parametrize("siapa", BACA)
def test_a_note_on_what_is_not_rahasia_is_read_by_all(kantor: Kantor, client: Client, siapa: str) -> None:
    kantor.kembalikan(rahasia=False)
    client.force_login(kantor.orang[siapa])
    for alamat in [*kantor.halaman().values(), kantor.laporan("laporan_triwulan")]:
        isi = client.get(alamat).content.decode()
        assert (CATATAN in isi, CATATAN_RAHASIA in isi) == (True, False), alamat


@pytest.mark.parametrize("siapa", BACA)
def test_in_the_report_nobody_reads_it(kantor: Kantor, client: Client, tmp_path: Path, siapa: str) -> None:
    kantor.kembalikan(rahasia=True)
    client.force_login(kantor.orang[siapa])
    isi = client.get(kantor.laporan("laporan_triwulan")).content.decode()
    assert (CATATAN in isi, CATATAN_RAHASIA in isi) == (False, True)
    (baris,) = tabel_xlsx(lembar_xlsx(client.get(kantor.laporan("laporan_xlsx")).content, "Rincian"), "No")
    assert baris["Catatan TPI"] == f"{CATATAN_RAHASIA} (25 Agustus 2025)"
    tabel = tabel_pdf(client.get(kantor.laporan("laporan_pdf")).content, tmp_path)
    assert rapat(f"{CATATAN_RAHASIA} (25 Agustus 2025)") in [sel for baris in tabel[-1] for sel in baris]


def test_nor_in_the_files_of_the_command_line(kantor: Kantor, tmp_path: Path) -> None:
    kantor.kembalikan(rahasia=True)
    for akhiran in ("pdf", "xlsx"):
        minta = {"satker": kantor.satker.kode, "tahun": 2025, "triwulan": "III", "per": PER}
        call_command("monev", **minta, out=tmp_path / f"laporan.{akhiran}")
    assert rapat(CATATAN) not in rapat(teks_pdf((tmp_path / "laporan.pdf").read_bytes(), tmp_path))
    (baris,) = tabel_xlsx(lembar_xlsx((tmp_path / "laporan.xlsx").read_bytes(), "Rincian"), "No")
    assert CATATAN not in str(baris)
    assert CATATAN_RAHASIA in str(baris["Catatan TPI"])
