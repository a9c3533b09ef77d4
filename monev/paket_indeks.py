"""The index of a package, as a page and as a workbook: each piece with its decision, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from accounts.templatetags.zi import tanpa_miring
from accounts.waktu import tanggal_panjang, zoneinfo
from evidence.keadaan import Keadaan
from evidence.models import Slot
from monev.paket import Isi, Paket
from monev.xlsx import (
    Jenis,
    Kolom,
    Nilai,
    new_workbook,
    set_filter,
    set_print,
    set_widths,
    to_bytes,
    write_lines,
    write_table,
)

GAYA = "indeks.css"
TAUTAN = Font(name="Arial", size=10, underline="single", color="7A1F2E")

KOLOM = (
    Kolom("Kode", 9),
    Kolom("Bukti fisik", 34),
    Kolom("Tenggat", 14),
    Kolom("Isi dokumen", 34),
    Kolom("Sifat", 10),
    Kolom("Tanggal dokumen", 13, Jenis.TANGGAL),
    Kolom("Diunggah", 13, Jenis.TANGGAL),
    Kolom("Oleh", 20),
    Kolom("Keputusan", 15),
    Kolom("Tanggal keputusan", 13, Jenis.TANGGAL),
    Kolom("Catatan TPI", 34),
    Kolom("Berkas atau tautan", 46),
    Kolom("SHA-256", 30),
    Kolom("Keterangan", 30),
    Kolom("Tanggal di luar masa tenggat", 40),
)
BERKAS = 12  # the column of the path, counted from one
KOLOM_KURANG = (
    Kolom("Kode", 9),
    Kolom("Bukti fisik", 44),
    Kolom("Tenggat", 16),
    Kolom("Batas", 13, Jenis.TANGGAL),
    Kolom("Keadaan", 18),
)


def indeks_html(paket: Paket) -> str:
    return render_to_string(
        "monev/paket_indeks.html", {"paket": paket, "gaya": GAYA, "satker": paket.rencana.satker}
    )


def read_gaya() -> bytes:
    return (Path(settings.BASE_DIR) / "static" / "paket.css").read_bytes()


def link_of(i: Isi) -> str:
    """The address from the index to the piece: relative, as a browser and Excel read it."""
    return quote(i.jalan) if i.jalan else i.tautan


def indeks_xlsx(paket: Paket) -> bytes:
    rencana = paket.rencana
    judul = f"Paket bukti {rencana.satker.nama} tahun {rencana.tahun}"
    wb = new_workbook(judul, satker=rencana.satker.nama, on=paket.on, keterangan=str(paket.saringan))
    kepala = [judul, f"{paket.saringan}, keadaan {tanggal_panjang(paket.on)}"]
    indeks = write_sheet(wb.create_sheet("Indeks"), kepala, KOLOM, map(row_of, paket.isi))
    link_rows(indeks, paket.isi, row=len(kepala) + 3)
    kurang = map(missing_row, (*paket.belum_ada, *paket.perlu_perbaikan))
    write_sheet(wb.create_sheet("Yang belum lengkap"), kepala, KOLOM_KURANG, kurang)
    return to_bytes(wb)


def write_sheet(
    ws: Worksheet, kepala: list[str], kolom: tuple[Kolom, ...], rows: Iterable[list[Nilai]]
) -> Worksheet:
    head = write_lines(ws, kepala) + 1
    last = write_table(ws, kolom, rows, row=head)
    set_widths(ws, kolom)
    set_filter(ws, head=head, last=last, columns=len(kolom), frozen_columns=1)
    set_print(ws, kaki=kepala[0], head=head)
    return ws


def link_rows(ws: Worksheet, isi: Iterable[Isi], *, row: int) -> None:
    for nomor, i in enumerate(isi, row):
        if alamat := link_of(i):
            sel = cast(Cell, ws.cell(nomor, BERKAS))
            sel.hyperlink, sel.font = alamat, TAUTAN


def row_of(i: Isi) -> list[Nilai]:
    zona = zoneinfo(i.slot.tenggat.indikator.komponen.area.rencana.satker.zona_waktu)
    return [
        i.slot.tenggat.indikator.kode,
        tanpa_miring(i.slot.bukti_fisik.uraian),
        i.slot.tenggat.label,
        i.judul,
        "Rahasia" if i.bukti.rahasia else "",
        i.bukti.tanggal_dokumen,
        i.bukti.diunggah_pada.astimezone(zona).date(),
        i.bukti.diunggah_oleh.nama,
        i.keputusan,
        i.putusan.diputus_pada.astimezone(zona).date() if i.putusan else None,
        i.catatan,
        i.jalan or i.tautan,
        i.dikemas.sha256,
        i.keterangan,
        i.alasan_tanggal,
    ]


def missing_row(slot: Slot) -> list[Nilai]:
    return [
        slot.tenggat.indikator.kode,
        tanpa_miring(slot.bukti_fisik.uraian),
        slot.tenggat.label,
        slot.batas,
        str(Keadaan(slot.keadaan).label),
    ]
