"""Page, PDF and workbook of one report say the same, and each is what it claims to be.

Who may have them stands in the table of tests/akses.
"""

import datetime as dt
import gc
import logging
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from unittest import mock

import lxml.html
import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Peran, Satker, User
from accounts.templatetags.zi import persen
from accounts.waktu import tanggal_panjang
from actionplan.models import Perpanjangan, RencanaAksi
from monev.laporan_xlsx import laporan_xlsx
from monev.lembar import BERSAMA_TANDA_TANGAN, susun_lembar
from monev.models import Penandatangan
from monev.pdf import PdfError, Ukuran, html_to_pdf, report_html, report_pdf
from monev.report import Laporan, build_report
from monev.services import save_realisasi
from monev.status import Ketepatan, Status
from monev.triwulan import Triwulan
from tests.factories import (
    make_draft,
    make_indikator,
    make_member,
    make_rencana,
    make_review,
    make_satker,
    make_sent,
    make_slot,
    make_tenggat,
    slots_of,
    wib,
)
from tests.monev.baca_laporan import lembar_xlsx, rapat, tabel_html, tabel_pdf, tabel_xlsx, teks_pdf

TW3 = Triwulan(2025, 3)
ON = dt.date(2025, 10, 5)
RUMUS = '=HYPERLINK("https://contoh.go.id";"Rapat") *dan* <b>tebal</b> & lain'


@pytest.fixture
def rencana(db: None) -> RencanaAksi:
    """A little of everything: each status and ketepatan that a quarter's report can show, and an extension."""
    satker = make_satker(
        nama="KPU Kabupaten Uji", ibu_kota="Kota Uji", kop_baris_2="KABUPATEN UJI", kop_alamat="Jalan Uji 1"
    )
    rencana = make_rencana(satker)
    anggota, tpi = make_member(satker, Peran.ANGGOTA), make_member(satker, Peran.TPI)

    bulanan = make_indikator(rencana, area=1, bukti=("Undangan", "Notulen"))
    juli, agustus, _september = [
        make_tenggat(bulanan, mulai=dt.date(2025, b, 1), jatuh_tempo=dt.date(2025, b, h))
        for b, h in [(7, 31), (8, 31), (9, 30)]
    ]
    for slot, rahasia in zip(slots_of(juli), (True, False), strict=True):
        sent = make_sent(slot, anggota, at=wib(2025, 7, 30), rahasia=rahasia)
        make_review(sent, tpi, at=wib(2025, 8, 2))
    sent = make_sent(slots_of(agustus)[0], anggota, at=wib(2025, 9, 5))
    make_review(sent, tpi, at=wib(2025, 9, 9), keputusan="perbaikan")
    save_realisasi(
        tenggat=agustus,
        by=anggota,
        uraian=RUMUS,
        kendala="Kuorum\nkurang.",
        rencana_tindak_lanjut="Diulang.",
        at=wib(2025, 9, 6),
    )

    lewat = make_slot(rencana, area=2, jatuh_tempo=dt.date(2025, 6, 30))
    make_review(make_sent(lewat, anggota, at=wib(2025, 7, 9)), tpi, at=wib(2025, 7, 15))
    tepat = make_slot(rencana, area=2, jatuh_tempo=dt.date(2025, 6, 30))
    make_review(make_sent(tepat, anggota, at=wib(2025, 6, 9)), tpi, at=wib(2025, 6, 15))

    panjang = make_slot(rencana, area=3, mulai=dt.date(2025, 9, 1), jatuh_tempo=dt.date(2025, 9, 30))
    make_draft(panjang, anggota, at=wib(2025, 9, 28))
    Perpanjangan.objects.create(
        tenggat=panjang.tenggat,
        batas_baru=dt.date(2025, 10, 15),
        alasan="Data.",
        diberikan_oleh=anggota,
        diberikan_pada=wib(2025, 9, 20),
    )
    make_sent(make_slot(rencana, area=5, jatuh_tempo=dt.date(2025, 9, 30)), anggota, at=wib(2025, 10, 2))
    make_slot(rencana, area=6, jatuh_tempo=dt.date(2025, 2, 28), mulai=dt.date(2025, 2, 1))
    make_slot(rencana, area=6, jatuh_tempo=dt.date(2025, 12, 31))
    Penandatangan.objects.create(
        satker=satker,
        fungsi="mengetahui",
        jabatan="Ketua KPU Kabupaten Uji",
        nama="KETUA UJI",
        mulai=dt.date(2025, 1, 1),
    )
    Penandatangan.objects.create(
        satker=satker,
        fungsi="pembuat",
        sebutan="Plt.",
        jabatan="Sekretaris KPU Kabupaten Uji",
        nama="SEKRETARIS UJI, S.E.",
        nip="197001011990031001",
        mulai=dt.date(2025, 1, 1),
    )
    return rencana


@pytest.fixture
def laporan(rencana: RencanaAksi) -> Laporan:
    return build_report(rencana, TW3, ON)


@pytest.fixture
def sekretaris(rencana: RencanaAksi) -> User:
    return make_member(rencana.satker, Peran.SEKRETARIS)


def alamat(rencana: RencanaAksi, nama: str = "laporan_triwulan", triwulan: str = "III", **query: str) -> str:
    return reverse(nama, args=[rencana.satker.kode, rencana.tahun, triwulan], query=query)


def masuk(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


# --- The three say the same ---


def test_the_world_of_these_tests_holds_what_it_promises(laporan: Laporan):
    assert {b.status for b in laporan.baris} == set(Status)
    assert {b.ketepatan for b in laporan.baris} >= set(Ketepatan) - {
        Ketepatan.BERJALAN,
        Ketepatan.AKAN_DATANG,
    }
    assert (len(laporan.tenggat_triwulan), len(laporan.tunggakan)) == (5, 2)


def test_page_and_pdf_have_every_cell_in_common(client, rencana, laporan, sekretaris, tmp_path):
    halaman = masuk(client, sekretaris).get(alamat(rencana, per=ON.isoformat()))
    di_halaman = tabel_html(halaman.content.decode())
    di_pdf = tabel_pdf(report_pdf(laporan), tmp_path)
    assert di_pdf[:3] == di_halaman[:3]
    assert _tanpa_kepala(di_pdf[3:]) == _tanpa_kepala(di_halaman[3:])
    assert len(_tanpa_kepala(di_halaman[3:])) > len(laporan.baris)


def _tanpa_kepala(tabel: list) -> list[list[str]]:
    """Of the tables of tenggat; paper repeats the head on every page."""
    return [baris for satu in tabel for baris in satu if baris[:1] != ["No"]]


def test_rows_in_parts_have_every_cell_too_and_none_is_torn(client, rencana, sekretaris, tmp_path):
    anggota = make_member(rencana.satker, Peran.ANGGOTA)
    for hari in range(1, 9):
        slot = make_slot(rencana, area=4, jatuh_tempo=dt.date(2025, 8, hari), mulai=dt.date(2025, 8, 1))
        kata = " ".join(f"kalimat{n}" for n in range(20 * hari))
        save_realisasi(tenggat=slot.tenggat, by=anggota, uraian=kata, kendala=kata, at=wib(2025, 9, 29))
    halaman = masuk(client, sekretaris).get(alamat(rencana, per=ON.isoformat()))
    di_pdf = _tanpa_kepala(tabel_pdf(report_pdf(build_report(rencana, TW3, ON)), tmp_path)[3:])
    assert di_pdf == _tanpa_kepala(tabel_html(halaman.content.decode())[3:])
    assert any(baris[1:2] == ["(lanjutan)"] for baris in di_pdf), "no row came in parts"
    assert all(baris[0] for baris in di_pdf), "the rest of a row stands without its code"


def test_the_sheet_ringkasan_has_the_page_s_figures(client, rencana, laporan, sekretaris):
    halaman = masuk(client, sekretaris).get(alamat(rencana, per=ON.isoformat()))
    status, ketepatan, bulan = tabel_html(halaman.content.decode())[:3]
    ws = lembar_xlsx(laporan_xlsx(laporan), "Ringkasan")
    assert _area_di_excel(ws) == _area_di_halaman(status, ketepatan)
    per_bulan = tabel_xlsx(ws, "Bulan ke")
    for baris in bulan[1:]:
        kolom = (
            "Jumlah" if baris[0] == "Jumlah" else next(s.label for s in Status if rapat(s.label) == baris[0])
        )
        assert [int(n) for n in baris[1:]] == [row[kolom] for row in per_bulan]


def _area_di_halaman(status: list, ketepatan: list) -> list[list[object]]:
    hasil = []
    for kiri, kanan in zip(status[2:], ketepatan[1:], strict=True):
        nama = [kiri[0], kiri[1]] if len(kiri) == 11 else ["", kiri[0]]
        hasil.append([*nama, *map(int, kiri[-9:-2]), *map(int, kanan[1:]), *kiri[-2:]])
    return hasil


def _area_di_excel(ws: object) -> list[list[object]]:
    hasil = []
    tabel = list(ws.iter_rows(values_only=True))
    kepala = [nomor for nomor, row in enumerate(tabel) if row[0] == "Area"]
    for a, b in zip(tabel[kepala[0] + 1 : kepala[0] + 8], tabel[kepala[1] + 1 : kepala[1] + 8], strict=True):
        assert a[:2] == b[:2]
        sd, setahun = (_sel(*b[i : i + 3]) for i in (2, 5))
        hasil.append([a[0] or "", rapat(a[1]), *a[2:15], sd, setahun])
    return hasil


def _sel(selesai: int, jumlah: int, capaian: float | str) -> str:
    kata = capaian if isinstance(capaian, str) else persen(100 * capaian)
    return rapat(f"{kata} ({selesai} dari {jumlah})")


def test_the_sheet_rincian_has_the_page_s_rows(client, rencana, laporan, sekretaris):
    halaman = masuk(client, sekretaris).get(alamat(rencana, per=ON.isoformat()))
    semua = _tanpa_kepala(tabel_html(halaman.content.decode())[3:])
    di_halaman = [baris for baris in semua if len(baris) > 2]
    di_excel = tabel_xlsx(lembar_xlsx(laporan_xlsx(laporan), "Rincian"), "No")
    assert len(di_halaman) == len(di_excel) == 7
    for sel, row in zip(di_halaman, di_excel, strict=True):
        waktu, status, isi, kendala, catatan = sel[-5:]
        assert sel[0] == row["No"]
        assert len(sel) == 7 or sel[1:4] == [
            rapat(row[k]) for k in ("Indikator", "Langkah aksi", "Bukti fisik")
        ]
        assert waktu.endswith(_waktu(row))
        assert status == rapat(row["Status"] + _ketepatan(row))
        assert isi == _isi(row)
        assert kendala == _kendala(row)
        assert catatan == rapat(row["Catatan TPI"] or "–")
        siapa = rapat(f"Penanggung jawab: {row['Penanggung jawab']}")
        assert any(kata.startswith(f"{row['Area']}.") and kata.endswith(siapa) for (kata, *_) in semua)


def _waktu(row: dict) -> str:
    jatuh_tempo, panjang, batas = (
        row[k] and row[k].date() for k in ("Jatuh tempo", "Diperpanjang sampai", "Batas")
    )
    kata = f"{row['Tenggat']}: {tanggal_panjang(jatuh_tempo)}"
    if panjang:
        kata += f"Diperpanjang sampai {tanggal_panjang(panjang)}"
    return rapat(kata if batas in (jatuh_tempo, panjang) else f"{kata}Batas {tanggal_panjang(batas)}")


def _ketepatan(row: dict) -> str:
    """As the page says it, from the label, the days and whose word it is, each in a column of its own."""
    sisa = (row["Batas"].date() - ON).days
    assert row["Hari terlambat"] == (-sisa if row["Ketepatan"] == "Terlambat" else None)
    hari = {"Terlambat": f" {-sisa} hari", "Segera": f" {sisa} hari lagi" if sisa else " hari ini"}
    menurut = {"Ya": " menurut tim", None: ""}[row["Menurut tim"]]
    return f"{row['Ketepatan']}{hari.get(row['Ketepatan'], '')}{menurut}"


def test_each_ketepatan_can_be_filtered_by(laporan: Laporan):
    rows = tabel_xlsx(lembar_xlsx(laporan_xlsx(laporan), "Rincian"), "No")
    assert {row["Ketepatan"] for row in rows} <= set(Ketepatan.labels)
    assert {row["Menurut tim"] for row in rows} == {"Ya", None}


def _isi(row: dict) -> str:
    diminta, terisi = row["Bukti fisik diminta"], row["Bukti fisik terisi"]
    terisi_kata = f"({terisi} dari {diminta} bukti fisik terisi)" if diminta > 1 else ""
    judul = f":{row['Judul bukti']}" if row["Judul bukti"] else ""
    return rapat(f"{row['Realisasi'] or 'Belum diisi.'}{row['Jumlah bukti']} bukti{terisi_kata}{judul}")


def _kendala(row: dict) -> str:
    kendala, rtl = row["Kendala"] or "", row["Rencana tindak lanjut"] or ""
    return rapat(kendala + (f"RTL: {rtl}" if rtl else "") or "–")


def test_the_document_date_that_decided_stands_in_all_three(client, rencana, sekretaris, tmp_path):
    """Not the team's alone, beside a ketepatan that it contradicts."""
    slot = make_slot(rencana, area=4, jatuh_tempo=dt.date(2025, 7, 31), mulai=dt.date(2025, 7, 1))
    anggota, tpi = make_member(rencana.satker, Peran.ANGGOTA), make_member(rencana.satker, Peran.TPI)
    sent = make_sent(slot, anggota, at=wib(2025, 8, 2), tanggal=dt.date(2025, 8, 1))
    make_review(sent, tpi, at=wib(2025, 8, 5), tanggal=dt.date(2025, 7, 31))
    laporan = build_report(rencana, TW3, ON)
    halaman = masuk(client, sekretaris).get(alamat(rencana, per=ON.isoformat())).content.decode()
    tempat = [_baris_iv(tabel) for tabel in (tabel_html(halaman), tabel_pdf(report_pdf(laporan), tmp_path))]
    (row,) = [
        row for row in tabel_xlsx(lembar_xlsx(laporan_xlsx(laporan), "Rincian"), "No") if row["Area"] == "IV"
    ]
    assert "Selesai" in row["Status"]
    assert row["Tanggal dokumen terakhir"] == dt.datetime(2025, 7, 31)
    catatan = rapat(row["Catatan TPI"])
    assert catatan.endswith(rapat("tanggal dokumen menurut TPI 31 Juli 2025)"))
    assert [sel[-1] for sel in tempat] == [catatan, catatan]
    assert all(rapat("1 Agustus 2025") in sel[-3] and "TepatWaktu" in sel[-4] for sel in tempat)


def _baris_iv(tabel: list) -> list[str]:
    (baris,) = [baris for satu in tabel for baris in satu if baris[0] == "IV.1.1"]
    return baris


# --- The PDF ---


def test_the_pdf_is_tagged_and_says_its_language_title_and_standard(laporan: Laporan):
    with pikepdf.open(BytesIO(report_pdf(laporan))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot is not None
        assert pdf.Root.Lang == "id"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == laporan.judul


def test_heads_of_tables_and_pictures_are_tagged(laporan: Laporan):
    with pikepdf.open(BytesIO(report_pdf(laporan))) as pdf:
        tags = list(_tags(pdf.Root.StructTreeRoot))
    for tag in ("/H1", "/H2", "/Table", "/THead", "/TBody", "/TR", "/TH", "/TD", "/Figure", "/L", "/LI"):
        assert tag in [nama for nama, _ in tags], tag
    assert all(alt for nama, alt in tags if nama == "/Figure")


def _tags(node: pikepdf.Object):
    anak = node.get("/K", [])
    for satu in anak if isinstance(anak, pikepdf.Array) else [anak]:
        if isinstance(satu, pikepdf.Dictionary) and "/S" in satu:
            yield str(satu.S), str(satu.get("/Alt", ""))
            yield from _tags(satu)


def assert_fonts_are_ours(isi: bytes) -> None:
    with pikepdf.open(BytesIO(isi)) as pdf:
        huruf = [
            obj
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor"
        ]
        assert huruf
        for satu in huruf:
            assert "TeX-Gyre-Bonum" in str(satu.FontName)
            assert "/FontFile3" in satu or "/FontFile2" in satu


def test_every_font_is_ours_and_embedded(laporan: Laporan):
    assert_fonts_are_ours(report_pdf(laporan))


def test_what_the_typeface_lacks_is_marked_and_brings_no_other(rencana: RencanaAksi, tmp_path: Path):
    slot = make_slot(rencana, area=6, jatuh_tempo=dt.date(2025, 9, 29), mulai=dt.date(2025, 9, 1))
    uraian = "Rapat 👍 dihadiri محمد, daftar hadir ✓"
    save_realisasi(tenggat=slot.tenggat, by=make_member(rencana.satker), uraian=uraian, at=wib(2025, 9, 29))
    isi = report_pdf(build_report(rencana, TW3, ON))
    kata = teks_pdf(isi, tmp_path).split()
    assert [k in kata for k in ("[?]", "[?],", "√")] == [True, True, True]
    assert_fonts_are_ours(isi)


@pytest.mark.parametrize(("ukuran", "mm"), [(Ukuran.A4, (297, 210)), (Ukuran.F4, (330, 215))])
def test_the_paper_lies(laporan: Laporan, ukuran: Ukuran, mm: tuple[int, int]):
    with pikepdf.open(BytesIO(report_pdf(laporan, ukuran=ukuran))) as pdf:
        kotak = [float(sisi) / 72 * 25.4 for sisi in pdf.pages[0].MediaBox]
    assert [round(sisi) for sisi in kotak] == [0, 0, *mm]


def test_every_page_has_its_number_and_the_head_of_its_table(laporan: Laporan, tmp_path: Path):
    halaman = teks_pdf(report_pdf(laporan), tmp_path).split("\f")[:-1]
    assert len(halaman) >= 3
    for nomor, teks in enumerate(halaman, 1):
        assert f"Halaman {nomor} dari {len(halaman)}" in teks
        assert "posisi per 5 Oktober 2025" in teks
    assert all("Indikator" in teks for teks in halaman[2:])


def test_letterhead_number_place_and_date(laporan: Laporan, tmp_path: Path):
    teks = " ".join(teks_pdf(report_pdf(laporan, nomor="12/PK.01-BA/9001/2025"), tmp_path).split())
    for kata in (
        "KOMISI PEMILIHAN UMUM KABUPATEN UJI Jalan Uji 1",
        "TRIWULAN III TAHUN 2025 Nomor: 12/PK.01-BA/9001/2025",
        "Kota Uji, 5 Oktober 2025",
        "Plt. Sekretaris KPU Kabupaten Uji,",
        "NIP 197001011990031001",
    ):
        assert kata in teks
    assert teks.count("NIP") == 1  # a commissioner has none


def test_without_number_and_signatories_lines_to_fill_in_by_hand(rencana: RencanaAksi, tmp_path: Path):
    Penandatangan.objects.update(selesai=ON - dt.timedelta(days=1))
    teks = teks_pdf(report_pdf(build_report(rencana, TW3, ON)), tmp_path)
    assert "Nomor: …" in teks
    assert teks.count("NIP …") == 2


def test_signatures_stand_on_one_page_with_the_last_two_rows(rencana: RencanaAksi, tmp_path: Path):
    """Whatever the number of rows, so wherever the page ends."""
    for hari in range(1, 6):
        make_slot(rencana, area=6, jatuh_tempo=dt.date(2025, 6, hari), mulai=dt.date(2025, 6, 1))
        laporan = build_report(rencana, TW3, ON)
        akhir = teks_pdf(report_pdf(laporan), tmp_path).split("\f")[-2]
        for kata in ("Mengetahui", "KETUA UJI", "NIP 1970"):
            assert kata in akhir
        for baris in laporan.baris[-BERSAMA_TANDA_TANGAN:]:
            assert baris.kode in akhir


def test_a_report_without_a_row_still_has_its_figures_and_signatures(tmp_path: Path, db: None):
    laporan = build_report(make_rencana(), TW3, ON)
    teks = teks_pdf(report_pdf(laporan), tmp_path)
    assert "Tidak ada tenggat yang jatuh tempo 1 Juli 2025 sampai dengan 30 September 2025." in teks
    assert teks.count("NIP …") == 2


def test_without_tunggakan_one_sentence_says_so_before_the_signatures(rencana: RencanaAksi, tmp_path: Path):
    laporan = build_report(rencana, Triwulan(2025, 1), ON)
    assert not laporan.tunggakan
    teks = teks_pdf(report_pdf(laporan), tmp_path)
    assert teks.index("Tidak ada tunggakan.") < teks.index("Mengetahui")


def test_the_same_report_gives_the_same_bytes(laporan: Laporan):
    assert report_pdf(laporan) == report_pdf(laporan)


def test_a_row_longer_than_a_page_loses_nothing(rencana: RencanaAksi, tmp_path: Path):
    anggota = make_member(rencana.satker, Peran.ANGGOTA)
    slot = make_slot(rencana, area=6, jatuh_tempo=dt.date(2025, 9, 29), mulai=dt.date(2025, 9, 1))
    kata = [f"kalimat{n}" for n in range(380)]
    save_realisasi(tenggat=slot.tenggat, by=anggota, uraian=" ".join(kata), at=wib(2025, 9, 29))
    teks = rapat(teks_pdf(report_pdf(build_report(rencana, TW3, ON)), tmp_path))
    assert [k for k in kata if k not in teks] == []


@pytest.mark.parametrize("tunggakan", [1, 2])
@pytest.mark.parametrize("baris", [18, 30, 45, 51])
def test_headings_stay_with_their_rows_and_signatures_behind_a_long_row(
    laporan: Laporan, baris: int, tunggakan: int, tmp_path: Path
):
    """Whatever the page before has room for: so long rows leave it half empty, or nearly full."""
    ini, lama = laporan.tenggat_triwulan, laporan.tunggakan
    panjang = replace(
        ini[-1], kendala="terlambat diterima " * (baris // 2), rencana_tindak_lanjut="rapat " * baris
    )
    isi = (*ini[:2], panjang, *lama[:tunggakan])
    halaman = teks_pdf(report_pdf(replace(laporan, baris=isi)), tmp_path).split("\f")
    (akhir,) = [satu for satu in halaman if "E. Tunggakan" in satu]
    for kata in ("Mengetahui", "KETUA UJI", *(b.kode for b in lama[:tunggakan])):
        assert kata in akhir[akhir.index("E. Tunggakan") :]


def test_a_word_that_no_column_holds_is_divided_between_syllables(rencana: RencanaAksi, tmp_path: Path):
    anggota = make_member(rencana.satker, Peran.ANGGOTA)
    slot = make_slot(rencana, area=6, jatuh_tempo=dt.date(2025, 9, 29), mulai=dt.date(2025, 9, 1))
    kendala = "Mempertanggungjawabkan ketidakberpihakan."
    save_realisasi(tenggat=slot.tenggat, by=anggota, uraian="Rapat", kendala=kendala, at=wib(2025, 9, 29))
    kata = teks_pdf(report_pdf(build_report(rencana, TW3, ON)), tmp_path).split()
    for awal, akhir in [("Mempertanggungja-", "wabkan"), ("ketidakber-", "pihakan.")]:
        assert awal in kata
        assert akhir in kata


@pytest.mark.parametrize(
    "alamat_gambar",
    [
        "file:///etc/passwd",
        "https://contoh.go.id/a.png",
        "../manage.py",
        "zi.sqlite3",
        "file:///static/../../etc/hosts",
    ],
)
def test_nothing_is_fetched_but_our_own_styles_and_fonts(alamat_gambar: str):
    with pytest.raises(PdfError, match="tidak boleh diambil"):
        html_to_pdf(f'<html lang="id"><title>Uji</title><img src="{alamat_gambar}" alt="uji"></html>')


def test_the_garbage_collector_is_on_again_even_after_a_failure():
    with pytest.raises(PdfError):
        html_to_pdf('<img src="file:///etc/passwd">')
    assert gc.isenabled()


def test_making_a_pdf_leaves_the_log_empty(laporan: Laporan, caplog: pytest.LogCaptureFixture):
    """WeasyPrint and fontTools tell of each step."""
    with caplog.at_level(logging.INFO):
        report_pdf(laporan)
    assert caplog.messages == []


def test_what_people_wrote_is_text_on_paper(laporan: Laporan):
    html = report_html(susun_lembar(laporan))
    assert "&lt;b&gt;tebal&lt;/b&gt; &amp; lain" in html


def test_italics_of_the_decree_stay_italics_where_its_words_are_said_again(laporan: Laporan):
    juli, agustus, *lain = laporan.baris
    indikator = "Pimpinan berperan sebagai *role model*"
    baris = (replace(juli, indikator=indikator), replace(agustus, indikator=indikator), *lain)
    html = report_html(susun_lembar(replace(laporan, baris=baris)))
    assert html.count('<i lang="en">role model</i>') == 2


def test_later_tenggat_of_a_row_say_lanjutan(laporan: Laporan):
    bagian, _ = susun_lembar(laporan).bagian
    lanjutan = [(isi.baris.kode, isi.lanjutan) for blok in bagian.blok for isi in blok.isi]
    assert lanjutan[:4] == [("I.1.1", False), ("I.1.1", True), ("I.1.1", True), ("III.1.1", False)]


def test_headings_stand_once_and_with_their_first_row(laporan: Laporan):
    bagian, _ = susun_lembar(laporan).bagian
    kepala = [(isi.area_baru, isi.komponen_baru) for blok in bagian.blok for isi in blok.isi]
    assert kepala == [(True, True), (False, False), (False, False), (True, True), (True, True)]


# --- The workbook ---


def test_text_is_never_a_formula(laporan: Laporan):
    ws = lembar_xlsx(laporan_xlsx(laporan), "Rincian")
    (sel,) = [s for row in ws.iter_rows() for s in row if s.value == RUMUS]
    assert sel.data_type == "s"
    assert sel.quotePrefix


def test_dates_are_dates_and_percentages_numbers(laporan: Laporan):
    isi = laporan_xlsx(laporan)
    (row, *_) = tabel_xlsx(lembar_xlsx(isi, "Rincian"), "No")
    assert row["Jatuh tempo"] == dt.datetime(2025, 7, 31)
    ws = lembar_xlsx(isi, "Ringkasan")
    (jumlah,) = [row for row in ws.iter_rows() if row[1].value == "Jumlah" and row[4].number_format == "0.0%"]
    assert jumlah[4].value == pytest.approx(laporan.total.capaian.sd.persen / 100)


def test_the_workbook_is_ready_to_filter_and_print(laporan: Laporan):
    wb = load_workbook(BytesIO(laporan_xlsx(laporan)))
    assert wb.sheetnames == ["Ringkasan", "Rincian"]
    assert wb.properties.title == laporan.judul
    rincian = wb["Rincian"]
    assert rincian.freeze_panes == "B2"
    assert rincian.auto_filter.ref == "A1:AA8"
    assert rincian.print_title_rows == "$1:$1"
    for ws in wb:
        assert (ws.page_setup.orientation, ws.page_setup.paperSize) == ("landscape", 9)
        assert ws.sheet_properties.pageSetUpPr.fitToPage
        assert "Halaman &P dari &N" in ws.oddFooter.right.text


# --- The pages ---


@pytest.mark.parametrize(("nama", "akhiran"), [("laporan_pdf", "pdf"), ("laporan_xlsx", "xlsx")])
def test_files_are_named_for_people(client, rencana, sekretaris, nama, akhiran):
    response = masuk(client, sekretaris).get(alamat(rencana, nama, per=ON.isoformat()))
    assert response["Content-Disposition"] == (
        f'attachment; filename="Laporan Monev ZI_KPU Kabupaten Uji_TW III 2025_posisi 2025-10-05.{akhiran}"'
    )


def test_an_office_s_name_makes_no_path(client, rencana, sekretaris):
    Satker.objects.filter(pk=rencana.satker_id).update(nama="KPU ../Uji")
    kantor = [rencana.satker.kode, rencana.tahun]
    masuk(client, sekretaris)
    for url in (alamat(rencana, "laporan_xlsx", per=ON.isoformat()), reverse("rencana_xlsx", args=kantor)):
        assert "KPU ..-Uji" in client.get(url)["Content-Disposition"]


@pytest.mark.parametrize("per", ["kemarin", "2025-06-30", "2999-01-01"])
def test_a_day_that_cannot_be_leaves_posisi_per_as_it_was(client, rencana, sekretaris, per):
    masuk(client, sekretaris).get(alamat(rencana, per=ON.isoformat()))
    assert "Posisi per tetap 5 Oktober 2025." in client.get(alamat(rencana, per=per)).content.decode()
    assert client.get(alamat(rencana)).context["laporan"].on == ON


@pytest.mark.parametrize("nama", ["laporan_triwulan", "laporan_pdf", "laporan_xlsx"])
@pytest.mark.parametrize(
    ("query", "kata"),
    [
        ({"per": "2025-06-30"}, "mendahului Triwulan III Tahun 2025"),
        ({"per": "2999-01-01"}, "tidak boleh sesudah hari ini"),
        ({"per": "kemarin"}, "tidak terbaca"),
        ({"kertas": "a0"}, "Ukuran kertas tidak dikenal"),
        ({"nomor": "9" * 101}, "terlalu panjang"),
    ],
)
def test_what_cannot_be_is_said_and_no_other_report_given(client, rencana, sekretaris, nama, query, kata):
    masuk(client, sekretaris).get(alamat(rencana, per=ON.isoformat()))
    response = client.get(alamat(rencana, nama, **query))
    assert (response.status_code, response["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert kata in response.content.decode()


def test_a_quarter_that_is_none_is_not_found(client, rencana, sekretaris):
    assert masuk(client, sekretaris).get(alamat(rencana, triwulan="V")).status_code == 404


def test_a_pdf_that_fails_is_an_error_and_no_empty_file(client, rencana, sekretaris):
    client.raise_request_exception = False
    with mock.patch("monev.views.laporan.report_pdf", side_effect=PdfError("rusak")):
        response = masuk(client, sekretaris).get(alamat(rencana, "laporan_pdf", per=ON.isoformat()))
    assert response.status_code == 500
    assert "Content-Disposition" not in response


def test_the_number_typed_in_is_on_page_and_files(client, rencana, sekretaris, tmp_path):
    query = {"per": ON.isoformat(), "nomor": " 7/BA\x07 "}
    assert "Nomor: 7/BA" in masuk(client, sekretaris).get(alamat(rencana, **query)).content.decode()
    pdf = client.get(alamat(rencana, "laporan_pdf", **query)).content
    assert "Nomor: 7/BA" in teks_pdf(pdf, tmp_path)
    ws = lembar_xlsx(client.get(alamat(rencana, "laporan_xlsx", **query)).content, "Ringkasan")
    assert ws["A2"].value == "Nomor: 7/BA"


def test_the_number_s_example_is_of_this_office(client, rencana, sekretaris):
    html = masuk(client, sekretaris).get(alamat(rencana, per=ON.isoformat())).content.decode()
    assert f"mis. 12/PK.01-BA/{rencana.satker.kode}/2025." in html
    assert "/1503/" not in html


def test_the_list_opens_only_quarters_that_have_begun(client, rencana, sekretaris):
    url = reverse("laporan", args=[rencana.satker.kode, 2025], query={"per": "2025-07-01"})
    html = masuk(client, sekretaris).get(url).content.decode()
    for triwulan, expected in [("I", True), ("II", True), ("III", True), ("IV", False)]:
        assert (alamat(rencana, "laporan_pdf", triwulan) in html) is expected


def test_the_list_offers_each_quarter_as_it_ended(client, rencana, sekretaris):
    url = reverse("laporan", args=[rencana.satker.kode, 2025], query={"per": "2025-07-01"})
    html = masuk(client, sekretaris).get(url).content.decode()
    assert alamat(rencana, triwulan="II", per="2025-06-30") in html
    assert alamat(rencana, triwulan="III", per="2025-09-30") not in html


def test_pages_ask_as_often_for_many_rows_as_for_one(client, rencana, sekretaris, django_assert_num_queries):
    url = alamat(rencana, per=ON.isoformat())
    masuk(client, sekretaris).get(url)
    with django_assert_num_queries(20):
        client.get(url)
    for hari in range(1, 9):
        make_slot(rencana, area=4, jatuh_tempo=dt.date(2025, 8, hari), mulai=dt.date(2025, 8, 1))
    with django_assert_num_queries(20):
        client.get(url)


def test_the_bars_are_drawn_for_desk_and_phone_with_ids_of_their_own(client, rencana, laporan, sekretaris):
    """Paper has the wide drawing only."""
    html = masuk(client, sekretaris).get(alamat(rencana, per=ON.isoformat())).content.decode()
    pohon = lxml.html.fromstring(html)
    gambar = pohon.xpath("//figure[@class='grafik-area']/svg")
    assert [satu.get("class") for satu in gambar] == ["luas", "sempit"]
    semua_id = pohon.xpath("//@id")
    assert len(semua_id) == len(set(semua_id))
    assert 'class="sempit"' not in report_html(susun_lembar(laporan))


def test_the_page_asks_for_nothing_inline(client, rencana, sekretaris):
    """The policy would drop it in silence."""
    html = masuk(client, sekretaris).get(alamat(rencana, per=ON.isoformat())).content.decode()
    assert " style=" not in html
    assert "<style" not in html
