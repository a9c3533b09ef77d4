"""The report as a workbook: a sheet of figures, and one with a line for each tenggat."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from accounts.templatetags.zi import tanpa_miring
from accounts.waktu import tanggal_panjang
from monev.chart import BULAN_PENDEK, TUMPUKAN
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

KOLOM_RINGKASAN = (
    Kolom("Area", 16, Jenis.PENDEK),
    Kolom("Nama", 40),
    Kolom("Jumlah tenggat", 10, Jenis.ANGKA),
    Kolom("Tunggakan", 11, Jenis.ANGKA),
    *(Kolom(status.label, 11, Jenis.ANGKA) for status in TUMPUKAN),
    *(Kolom(ketepatan.label, 11, Jenis.ANGKA) for ketepatan in Ketepatan),
    Kolom("Selesai s.d. tanggal ini", 11, Jenis.ANGKA),
    Kolom("Tenggat s.d. tanggal ini", 11, Jenis.ANGKA),
    Kolom("Capaian s.d. tanggal ini", 11, Jenis.PERSEN),
    Kolom("Selesai setahun", 11, Jenis.ANGKA),
    Kolom("Tenggat setahun", 11, Jenis.ANGKA),
    Kolom("Capaian setahun", 11, Jenis.PERSEN),
)
KOLOM_BULAN = (
    Kolom("Status", 16),
    *(Kolom(bulan, 11, Jenis.ANGKA) for bulan in BULAN_PENDEK),
    Kolom("Jumlah", 11, Jenis.ANGKA),
)
KOLOM_RINCIAN = (
    Kolom("No", 8, Jenis.PENDEK),
    Kolom("Bagian", 13),
    Kolom("Area", 24),
    Kolom("Komponen", 24),
    Kolom("Indikator", 34),
    Kolom("Langkah aksi", 36),
    Kolom("Bukti fisik", 34),
    Kolom("Target waktu", 18),
    Kolom("Tenggat", 14),
    Kolom("Mulai", 12, Jenis.TANGGAL),
    Kolom("Jatuh tempo", 12, Jenis.TANGGAL),
    Kolom("Diperpanjang sampai", 13, Jenis.TANGGAL),
    Kolom("Batas", 12, Jenis.TANGGAL),
    Kolom("Status", 16),
    Kolom("Ketepatan", 22),
    Kolom("Hari terlambat", 10, Jenis.ANGKA),
    Kolom("Tanggal dokumen terakhir", 13, Jenis.TANGGAL),
    Kolom("Realisasi", 40),
    Kolom("Bukti fisik diminta", 9, Jenis.ANGKA),
    Kolom("Bukti fisik terisi", 9, Jenis.ANGKA),
    Kolom("Jumlah bukti", 9, Jenis.ANGKA),
    Kolom("Judul bukti", 36),
    Kolom("Kendala", 30),
    Kolom("Rencana tindak lanjut", 30),
    Kolom("Catatan TPI", 36),
    Kolom("Catatan tafsir dan koreksi", 34),
    Kolom("Penanggung jawab", 24),
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
    head = write_lines(ws, _kepala(laporan, nomor)) + 1
    isi = [_isi_area(area) for area in (*laporan.area, laporan.total)]
    last = write_table(ws, KOLOM_RINGKASAN, isi, row=head, tebal_akhir=True)
    bulan = write_lines(
        ws, [f"Seluruh tenggat rencana {laporan.rencana.tahun} per bulan menurut status"], row=last + 2
    )
    write_table(ws, KOLOM_BULAN, _isi_bulan(laporan), row=bulan, tebal_akhir=True)
    set_widths(ws, KOLOM_RINGKASAN)
    ws.freeze_panes = ws.cell(head + 1, 3)
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
    yield "Jumlah, status, dan ketepatan: tenggat laporan ini. Capaian: seluruh rencana."


def _isi_area(area: RingkasanArea) -> list[Nilai]:
    return [
        area.romawi,
        area.nama,
        area.jumlah,
        area.tunggakan,
        *(area.status[status] for status in TUMPUKAN),
        *area.ketepatan.values(),
        *_capaian(area.capaian.sd),
        *_capaian(area.capaian.setahun),
    ]


def _capaian(capaian: Capaian) -> tuple[int, int, float | str]:
    bagian = capaian.selesai / capaian.jumlah if capaian.jumlah else "–"
    return capaian.selesai, capaian.jumlah, bagian


def _isi_bulan(laporan: Laporan) -> Iterator[list[Nilai]]:
    for status in TUMPUKAN:
        jumlah = [n[status] for _, n in laporan.bulan]
        yield [status.label, *jumlah, sum(jumlah)]
    semua = [sum(n.values()) for _, n in laporan.bulan]
    yield ["Jumlah", *semua, sum(semua)]


def _rincian(ws: Worksheet, laporan: Laporan, kaki: str) -> None:
    last = write_table(ws, KOLOM_RINCIAN, (_isi_rincian(b) for b in laporan.baris))
    set_widths(ws, KOLOM_RINCIAN)
    set_filter(ws, head=1, last=last, columns=len(KOLOM_RINCIAN), frozen_columns=1)
    set_print(ws, kaki=kaki, head=1)


def _isi_rincian(b: Baris) -> list[Nilai]:
    return [
        b.kode,
        "Tunggakan" if b.tunggakan else "Triwulan ini",
        f"{b.romawi}. {b.nama_area}",
        f"{b.komponen}. {tanpa_miring(b.nama_komponen)}",
        tanpa_miring(b.indikator),
        tanpa_miring(b.langkah_aksi),
        tanpa_miring(b.bukti_fisik),
        tanpa_miring(b.target_waktu),
        b.label,
        b.mulai,
        b.jatuh_tempo,
        b.perpanjangan_sampai,
        b.batas,
        b.status.label,
        b.sebut_ketepatan,
        b.hari_terlambat,
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
