"""The words of a document, for the search."""

import io
import zipfile

import docx
import openpyxl
import pikepdf
import pptx
import pytest
from weasyprint import HTML

from evidence import content
from evidence.isi.jenis import Tolak
from evidence.teks import text_of
from tests.evidence import berkas, korpus


def teks(isi: bytes, jenis: content.Jenis) -> str:
    return text_of(io.BytesIO(isi), jenis)


def simpan(dokumen: object) -> bytes:
    keluar = io.BytesIO()
    dokumen.save(keluar)
    return keluar.getvalue()


def test_the_text_layer_of_a_pdf_page_after_page() -> None:
    html = "<p>Laporan evaluasi WBS<p style='break-before: page'>Pengaduan triwulan II"
    assert teks(HTML(string=html).write_pdf(), content.PDF) == "Laporan evaluasi WBS\nPengaduan triwulan II"


def test_a_scanned_pdf_has_no_text() -> None:
    assert teks(berkas.pdf(halaman=3), content.PDF) == ""


def test_a_word_file_with_its_table_and_header() -> None:
    dokumen = docx.Document()
    dokumen.add_heading("Berita acara")
    dokumen.add_paragraph("Rapat ").add_run("pleno").bold = True
    tabel = dokumen.add_table(1, 2)
    tabel.cell(0, 0).text, tabel.cell(0, 1).text = "Nomor", "Uraian"
    dokumen.sections[0].header.paragraphs[0].text = "KPU Kabupaten Sarolangun"
    isi = teks(simpan(dokumen), content.DOCX)
    assert isi.split("\n") == ["Berita acara", "Rapat pleno", "Nomor", "Uraian", "KPU Kabupaten Sarolangun"]


def test_what_was_struck_out_in_word_is_not_found() -> None:
    isi = f"<w:document {korpus.W}><w:p><w:t>ada</w:t><w:delText>dihapus</w:delText></w:p></w:document>"
    assert teks(korpus.docx(**{"word/document.xml": isi}), content.DOCX) == "ada"


def test_a_workbook_with_its_words_in_the_sheet_or_apart() -> None:
    buku = openpyxl.Workbook()
    buku.active.append(["Jumlah aduan", 12, "selesai"])
    assert teks(simpan(buku), content.XLSX) == "Jumlah aduan\nselesai"
    tulis = openpyxl.Workbook(write_only=True)  # writes its words into the sheet
    tulis.create_sheet("A").append(["Satu", "Dua"])
    assert teks(simpan(tulis), content.XLSX) == "Satu\nDua"


def test_slides_come_in_their_order_and_with_their_notes() -> None:
    paparan = pptx.Presentation()
    for n in range(1, 12):
        salindia = paparan.slides.add_slide(paparan.slide_layouts[5])
        salindia.shapes.title.text = f"Salindia {n}"
    salindia.notes_slide.notes_text_frame.text = "Catatan pembicara"
    isi = teks(simpan(paparan), content.PPTX)
    assert [baris for baris in isi.split("\n") if "Salindia" in baris] == [
        f"Salindia {n}" for n in range(1, 12)
    ]
    assert "Catatan pembicara" in isi


@pytest.mark.parametrize(("nama", "jenis"), [("text", content.ODT), ("spreadsheet", content.ODS)])
def test_open_document(nama: str, jenis: content.Jenis) -> None:
    isi = korpus.odf_nyata(nama, "Rapat <text:span>pleno</text:span><text:line-break/>terbuka", "Hadir")
    assert teks(isi, jenis) == "Rapat pleno terbuka\nHadir"


@pytest.mark.parametrize("jenis", [content.JPG, content.MP4], ids=["jpg", "mp4"])
def test_pictures_and_films_have_no_text(jenis: content.Jenis) -> None:
    assert teks(b"apa saja", jenis) == ""


def test_letters_are_those_that_one_types() -> None:
    isi = korpus.docx_nyata("e\ufb01siensi\u00a0\u00a0WBS\u200b \u202eterbalik\u202c \u0085 kafe\u0301")
    assert teks(isi, content.DOCX) == "efisiensi WBS terbalik kaf\u00e9"


@pytest.mark.parametrize("huruf", ["a", "\u00e9", "\U0001f600"])
def test_a_long_text_is_cut_between_letters(settings: object, huruf: str) -> None:
    settings.BUKTI_MAKS_TEKS = 999
    isi = teks(korpus.docx_nyata(*[huruf * 500] * 4), content.DOCX)
    assert 990 < len(isi.encode()) <= 999
    assert set(isi) <= {huruf, "\n"}


def test_entities_are_not_followed() -> None:
    jahat = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:d {korpus.W}><w:t>&x;</w:t></w:d>'
    isi = korpus.docx(**{"word/document.xml": jahat, "word/header1.xml": f"<w:t {korpus.W}>kop</w:t>"})
    assert teks(isi, content.DOCX) == "kop"


@pytest.mark.parametrize(
    ("isi", "jenis"),
    [(b"%PDF-1.7 rusak", content.PDF), (b"PK\x03\x04 rusak", content.DOCX)],
    ids=["pdf", "docx"],
)
def test_what_cannot_be_read_is_said(isi: bytes, jenis: content.Jenis) -> None:
    with pytest.raises(Tolak, match="rusak"):
        teks(isi, jenis)


def test_a_locked_pdf_cannot_be_read() -> None:
    with pytest.raises(Tolak):
        teks(berkas.pdf(encryption=pikepdf.Encryption(owner="a", user="b")), content.PDF)


def test_a_sheet_that_swells_is_read_as_far_as_is_kept(settings: object) -> None:
    settings.BUKTI_KOTAK_MB, settings.BUKTI_MAKS_TEKS = 200, 1000
    keluar = io.BytesIO(berkas.ooxml(tipe=korpus.TIPE_UTAMA["xl"]))
    with (
        zipfile.ZipFile(keluar, "a", zipfile.ZIP_DEFLATED) as arsip,
        arsip.open("xl/sharedStrings.xml", "w") as bagian,
    ):
        bagian.write(b"<sst>")
        for _ in range(60):
            bagian.write(b"<si><t>kata kunci</t></si>" * 40_000)
    assert teks(keluar.getvalue(), content.XLSX).startswith("kata kunci\nkata kunci\n")
