"""The report as a workbook: a sheet of figures, and one with a line for each tenggat."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from accounts.templatetags.zi import tanpa_miring
from accounts.waktu import BULAN, tanggal_panjang
from monev.chart import TUMPUKAN
from monev.report import Baris, Laporan, RingkasanArea
from monev.status import Capaian, Ketepatan
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

KOLOM_AREA = (
    Kolom("Area", 9, Jenis.PENDEK),
    Kolom("Nama", 40),
)
KOLOM_TENGGAT = (
    *KOLOM_AREA,
    Kolom("Jumlah tenggat", 11, Jenis.ANGKA),
    Kolom("Tunggakan", 11, Jenis.ANGKA),
    *(Kolom(status.label, 11, Jenis.ANGKA) for status in TUMPUKAN),
    *(Kolom(ketepatan.label, 11, Jenis.ANGKA) for ketepatan in Ketepatan),
)
KOLOM_CAPAIAN = (
    *KOLOM_AREA,
    Kolom("Selesai s.d. tanggal ini", 11, Jenis.ANGKA),
    Kolom("Tenggat s.d. tanggal ini", 11, Jenis.ANGKA),
    Kolom("Capaian s.d. tanggal ini", 11, Jenis.PERSEN),
    Kolom("Selesai setahun", 11, Jenis.ANGKA),
    Kolom("Tenggat setahun", 11, Jenis.ANGKA),
    Kolom("Capaian setahun", 11, Jenis.PERSEN),
)
KOLOM_BULAN = (
    Kolom("Bulan ke", 9, Jenis.PENDEK),
    Kolom("Bulan", 40),
    *(Kolom(status.label, 11, Jenis.ANGKA) for status in TUMPUKAN),
    Kolom("Jumlah", 11, Jenis.ANGKA),
)
KOLOM_RINCIAN = (
    Kolom("No", 8, Jenis.PENDEK),
    Kolom("Bagian", 12),
    Kolom("Area", 7, Jenis.PENDEK),
    Kolom("Komponen", 19),
    Kolom("Indikator", 28),
    Kolom("Langkah aksi", 28),
    Kolom("Bukti fisik", 26),
    Kolom("Target waktu", 14),
    Kolom("Tenggat", 11),
    Kolom("Jatuh tempo", 12, Jenis.TANGGAL),
    Kolom("Diperpanjang sampai", 13, Jenis.TANGGAL),
    Kolom("Batas", 12, Jenis.TANGGAL),
    Kolom("Status", 12),
    Kolom("Ketepatan", 12),
    Kolom("Hari terlambat", 9, Jenis.ANGKA),
    Kolom("Menurut tim", 9, Jenis.PENDEK),
    Kolom("Tanggal dokumen terakhir", 12, Jenis.TANGGAL),
    Kolom("Realisasi", 32),
    Kolom("Bukti fisik diminta", 9, Jenis.ANGKA),
    Kolom("Bukti fisik terisi", 9, Jenis.ANGKA),
    Kolom("Jumlah bukti", 8, Jenis.ANGKA),
    Kolom("Judul bukti", 30),
    Kolom("Kendala", 22),
    Kolom("Rencana tindak lanjut", 22),
    Kolom("Catatan TPI", 28),
    Kolom("Catatan tafsir dan koreksi", 26),
    Kolom("Penanggung jawab", 17),
)


def laporan_xlsx(laporan: Laporan, *, nomor: str = "") -> bytes:
    wb = new_workbook(
        laporan.judul,
        satker=laporan.rencana.satker.nama,
        on=laporan.on,
        keterangan=f"Posisi per {tanggal_panjang(laporan.on)}",
    )
    kaki = f"{laporan.judul}, posisi per {tanggal_panjang(laporan.on)}"
    _ringkasan(wb.create_sheet("Ringkasan"), laporan, nomor, kaki)
    _rincian(wb.create_sheet("Rincian"), laporan, kaki)
    return to_bytes(wb)


def _ringkasan(ws: Worksheet, laporan: Laporan, nomor: str, kaki: str) -> None:
    area = (*laporan.area, laporan.total)
    tahun = laporan.rencana.tahun
    tabel = (
        ("Tenggat laporan ini menurut status dan ketepatan", KOLOM_TENGGAT, [_isi_tenggat(a) for a in area]),
        ("Capaian seluruh rencana", KOLOM_CAPAIAN, [_isi_capaian(a) for a in area]),
        (f"Seluruh tenggat rencana {tahun} per bulan menurut status", KOLOM_BULAN, list(_isi_bulan(laporan))),
    )
    row = write_lines(ws, _kepala(laporan, nomor))
    for judul, kolom, isi in tabel:
        head = write_lines(ws, [judul], row=row + 1)
        row = write_table(ws, kolom, isi, row=head, tebal_akhir=True) + 1
    set_widths(ws, KOLOM_TENGGAT)
    ws.freeze_panes = "C2"
    set_print(ws, kaki=kaki)


def _kepala(laporan: Laporan, nomor: str) -> Iterator[str]:
    rencana = laporan.rencana
    yield laporan.judul
    yield f"Nomor: {nomor.strip() or '……………………………………'}"
    yield f"Keputusan {rencana.satker.nama} Nomor {rencana.nomor}, {tanggal_panjang(rencana.tanggal)}"
    berubah = " (hari ini, masih dapat berubah)" if laporan.masih_berubah else ""
    yield f"Posisi per {tanggal_panjang(laporan.on)}{berubah}"
    if laporan.sebelum_keputusan:
        yield "Pada tanggal posisi itu rencana aksi ini belum berlaku."


def _isi_tenggat(area: RingkasanArea) -> list[Nilai]:
    per_status = [area.status[status] for status in TUMPUKAN]
    return [area.romawi, area.nama, area.jumlah, area.tunggakan, *per_status, *area.ketepatan.values()]


def _isi_capaian(area: RingkasanArea) -> list[Nilai]:
    return [area.romawi, area.nama, *_capaian(area.capaian.sd), *_capaian(area.capaian.setahun)]


def _capaian(capaian: Capaian) -> tuple[int, int, float | str]:
    bagian = capaian.selesai / capaian.jumlah if capaian.jumlah else "–"
    return capaian.selesai, capaian.jumlah, bagian


def _isi_bulan(laporan: Laporan) -> Iterator[list[Nilai]]:
    for bulan, per_status in laporan.bulan:
        jumlah = [per_status[status] for status in TUMPUKAN]
        yield [bulan, BULAN[bulan - 1], *jumlah, sum(jumlah)]
    semua = [sum(per_status[status] for _, per_status in laporan.bulan) for status in TUMPUKAN]
    yield ["", "Jumlah", *semua, sum(semua)]


def _rincian(ws: Worksheet, laporan: Laporan, kaki: str) -> None:
    last = write_table(ws, KOLOM_RINCIAN, (_isi_rincian(b) for b in laporan.baris))
    set_widths(ws, KOLOM_RINCIAN)
    set_filter(ws, head=1, last=last, columns=len(KOLOM_RINCIAN), frozen_columns=1)
    set_print(ws, kaki=kaki, head=1, pages_wide=2, first_column=True)


def _isi_rincian(b: Baris) -> list[Nilai]:
    return [
        b.kode,
        "Tunggakan" if b.tunggakan else "Triwulan ini",
        b.romawi,
        f"{b.komponen}. {tanpa_miring(b.nama_komponen)}",
        tanpa_miring(b.indikator),
        tanpa_miring(b.langkah_aksi),
        tanpa_miring(b.bukti_fisik),
        tanpa_miring(b.target_waktu),
        b.label,
        b.jatuh_tempo,
        b.perpanjangan_sampai,
        b.batas,
        b.status.label,
        b.ketepatan.label,
        b.hari_terlambat,
        "Ya" if b.menurut_tim else "",
        b.tanggal_dokumen,
        b.realisasi,
        b.diminta,
        b.terisi,
        len(b.bukti),
        "\n".join(str(bukti) for bukti in b.bukti),
        b.kendala,
        b.rencana_tindak_lanjut,
        "\n".join(b.sebut_catatan_tpi),
        "\n".join(tanpa_miring(catatan) for catatan in (b.catatan_tafsir, *b.koreksi) if catatan),
        ", ".join(b.penanggung_jawab),
    ]
