"""The plan, or what a filter left of it, as a workbook: one line for each tenggat that is shown."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.templatetags.zi import tanpa_miring
from accounts.waktu import tanggal_panjang
from monev.rencana import Baris, Daftar
from monev.status import Ketepatan, Status
from monev.titik import Titik
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

KOLOM = (
    Kolom("No", 8),
    Kolom("Area", 24),
    Kolom("Komponen", 24),
    Kolom("Indikator", 34),
    Kolom("Langkah aksi", 38),
    Kolom("Bukti fisik", 34),
    Kolom("Target waktu", 18),
    Kolom("Tenggat", 14),
    Kolom("Mulai", 12, Jenis.TANGGAL),
    Kolom("Jatuh tempo", 12, Jenis.TANGGAL),
    Kolom("Batas", 12, Jenis.TANGGAL),
    Kolom("Status", 16),
    Kolom("Ketepatan", 14),
    Kolom("Hari terlambat", 10, Jenis.ANGKA),
    Kolom("Penanggung jawab", 24),
)


def rencana_xlsx(daftar: Daftar) -> bytes:
    rencana = daftar.rencana
    judul = f"Rencana aksi {rencana.satker.nama} tahun {rencana.tahun}"
    wb = new_workbook(judul, satker=rencana.satker.nama, on=daftar.on, keterangan=sebut_saringan(daftar))
    ws = wb.create_sheet("Rencana aksi")
    head = write_lines(ws, _kepala(daftar, judul)) + 1
    last = write_table(ws, KOLOM, _isi(daftar), row=head)
    set_widths(ws, KOLOM)
    set_filter(ws, head=head, last=last, columns=len(KOLOM), frozen_columns=1)
    set_print(ws, kaki=f"{judul}, posisi per {tanggal_panjang(daftar.on)}", head=head)
    return to_bytes(wb)


def sebut_saringan(daftar: Daftar) -> str:
    if not daftar.aktif:
        return "Tanpa saringan: seluruh rencana"
    return "Saringan: " + "; ".join(sebut for sebut, _ in daftar.aktif)


def _kepala(daftar: Daftar, judul: str) -> list[str]:
    rencana = daftar.rencana
    return [
        judul,
        f"Keputusan Nomor {rencana.nomor}, {tanggal_panjang(rencana.tanggal)}",
        f"Posisi per {tanggal_panjang(daftar.on)}. {sebut_saringan(daftar)}.",
        f"{daftar.jumlah_baris} baris, {daftar.jumlah_tenggat} tenggat",
    ]


def _isi(daftar: Daftar) -> Iterator[list[Nilai]]:
    for bab in daftar.bab:
        penanggung = ", ".join(user.nama for user in daftar.pengampu.get(bab.nomor, []))
        for kelompok in bab.kelompok:
            kepala = [f"{bab.romawi}. {bab.nama}", f"{kelompok.nomor}. {kelompok.nama}"]
            for baris in kelompok.baris:
                for titik in baris.cocok:
                    yield [baris.kode, *map(tanpa_miring, kepala), *_sel(baris, titik, daftar), penanggung]


def _sel(baris: Baris, titik: Titik, daftar: Daftar) -> list[Nilai]:
    indikator = baris.indikator
    teks = (indikator.uraian, indikator.langkah_aksi_teks, indikator.bukti_fisik_teks, indikator.target_waktu)
    terlambat = titik.ketepatan == Ketepatan.TERLAMBAT
    return [
        *map(tanpa_miring, teks),
        titik.label,
        titik.mulai,
        titik.jatuh_tempo,
        titik.batas,
        str(Status(titik.status).label),
        str(Ketepatan(titik.ketepatan).label),
        (daftar.on - titik.batas).days if terlambat else None,
    ]
