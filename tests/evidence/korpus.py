"""Files made to deceive or to hurt, and sound ones of every kind; each is built when it is asked for."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image
from weasyprint import HTML

from tests.evidence import berkas

PROGRAM = b"MZ\x90\x00\x03" + bytes(300)
SKRIP = b"<?php system($_GET['c']); ?>"
HALAMAN = b"<html><script>alert(1)</script></html>"

ZIP = berkas.kemas(**{"jahat.exe": "MZ"})


def zip64() -> bytes:
    """The table's size and place stand in a record of their own, before the end."""
    at = ZIP.rindex(b"PK\5\6")
    letak = struct.unpack_from("<L", ZIP, at + 16)[0]
    rekaman = struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, at - letak, letak)
    penunjuk = struct.pack("<4sLQL", b"PK\6\7", 0, at, 1)
    return ZIP[:at] + rekaman + penunjuk + b"PK\5\6" + bytes(4) + b"\xff" * 12 + bytes(2)


def membengkak(mb: int) -> bytes:
    """Deflated megabytes of spaces; each the same kilobyte, so that they need not be deflated one by one."""
    pemadat = zlib.compressobj(9, zlib.DEFLATED, -15)
    blok = pemadat.compress(b" " * 1024 * 1024) + pemadat.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\x9c" + blok * mb


# --- PDF ---

APA_ADANYA = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}


def pdf_dengan(isi: Callable[[pikepdf.Pdf], None], **simpan: object) -> bytes:
    """A sound PDF of one page to which something was done."""
    keluar = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        isi(pdf)
        pdf.save(keluar, **simpan)
    return keluar.getvalue()


def pdf_aksi(**aksi: object) -> bytes:
    return pdf_dengan(lambda pdf: pdf.Root.update({"/OpenAction": Dictionary(**aksi)}))


def pdf_beruntun(*aksi: Dictionary) -> bytes:
    """On opening it goes to a page, and then does all these."""
    return pdf_aksi(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array(list(aksi)))


def buka_laman() -> Dictionary:
    return Dictionary(S=Name.URI, URI=String("https://x.id"))


def pdf_berputar() -> bytes:
    """Its first action is followed by itself, twice."""

    def isi(pdf: pikepdf.Pdf) -> None:
        aksi = pdf.make_indirect(Dictionary(S=Name.GoTo, D=String("bab1")))
        aksi.Next = Array([aksi, aksi])
        pdf.Root.OpenAction = aksi

    return pdf_dengan(isi)


def pdf_tombol(**aksi: object) -> bytes:
    """The action waits in an annotation, two dictionaries deep, packed into an object stream."""

    def isi(pdf: pikepdf.Pdf) -> None:
        kotak = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(**aksi))
        pdf.pages[0].Annots = Array([kotak])

    return pdf_dengan(isi, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def pdf_js_tersamar() -> bytes:
    """JavaScript with its name escaped: read as bytes there is no such word in the file."""
    isi = pdf_dengan(
        lambda pdf: pdf.Root.update({"/OpenAction": Dictionary(S=Name.JXvaScript, JX=String("x"))})
    )
    return isi.replace(b"/JXvaScript", b"/J#61vaScript").replace(b"/JX ", b"/J#53 ")


def pdf_berlampiran(nama: str, isi: bytes, **simpan: object) -> bytes:
    def lampirkan(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[nama] = pikepdf.AttachedFileSpec(pdf, isi, filename=nama)

    return pdf_dengan(lampirkan, **simpan)


def pdf_bertingkat(tingkat: int) -> bytes:
    """A PDF attached to a PDF attached to a PDF."""
    isi = berkas.pdf()
    for _ in range(tingkat):
        isi = pdf_berlampiran("Lampiran.pdf", isi)
    return isi


def pdf_untuk_web() -> bytes:
    """Linearised: the first of its two ends stands before the first page."""
    keluar = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_berdaftar_isi())) as pdf:
        pdf.save(keluar, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return keluar.getvalue()


def terpotong(isi: bytes, bagian: float) -> bytes:
    return isi[: int(len(isi) * bagian)]


def pdf_diubah() -> bytes:
    """A change is added behind the end, with an end of its own."""
    lama = berkas.pdf()
    mulai = lama[lama.rindex(b"startxref") :].split()[1]
    return lama + (
        b"9 0 obj\n(perubahan)\nendobj\nxref\n9 1\n%010d 00000 n \ntrailer\n<< /Size 10 /Root 1 0 R /Prev %s >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(lama), mulai, len(lama) + 27)
    )


def pdf_dengan_komentar(isi: bytes) -> bytes:
    """In a comment just before the end, which readers of PDF pass over."""
    pdf = pdf_dengan(lambda _: None)
    return pdf.replace(b"startxref", b"%" + isi + b"\nstartxref")


def pdf_bom(mb: int, halaman: int = 1) -> bytes:
    """The last page's drawing is packed twice and swells to `mb` megabytes."""

    def isi(pdf: pikepdf.Pdf) -> None:
        for _ in range(halaman - 1):
            pdf.add_blank_page()
        pdf.pages[-1].obj.Contents = bengkak(pdf, mb)

    return pdf_dengan(isi, **APA_ADANYA)


def pdf_bom_gambar_dalam(mb: int) -> bytes:
    """The page draws a form, and the form swells."""

    def isi(pdf: pikepdf.Pdf) -> None:
        lipat = pdf.make_indirect(
            bengkak(pdf, mb, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        )
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(F=lipat))
        pdf.pages[0].Contents = pdf.make_stream(b"/F Do")

    return pdf_dengan(isi, **APA_ADANYA)


def bengkak(pdf: pikepdf.Pdf, mb: int, **kamus: object) -> Stream:
    isi = zlib.compress(membengkak(mb))
    return Stream(pdf, isi, Filter=Array([Name.FlateDecode, Name.FlateDecode]), **kamus)


def pdf_gambar(lebar: int, tinggi: int) -> bytes:
    def isi(pdf: pikepdf.Pdf) -> None:
        gambar = Stream(
            pdf,
            b"x",
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=lebar,
            Height=tinggi,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(G=pdf.make_indirect(gambar)))

    return pdf_dengan(isi)


def pdf_rusak_di_tengah() -> bytes:
    """The table of objects is whole, the drawing of the page is overwritten."""
    isi = bytearray(HTML(string="<p>" + "Laporan. " * 400).write_pdf())
    awal = isi.index(b"stream\n") + 40
    isi[awal : awal + 200] = b"\xff" * 200
    return bytes(isi)


# --- Pictures ---


def png_bom(lebar: int = 60_000, tinggi: int = 60_000) -> bytes:
    kepala = struct.pack(">IIBBBBB", lebar, tinggi, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _potong_png(nama, isi)
        for nama, isi in ((b"IHDR", kepala), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    )


def _potong_png(nama: bytes, isi: bytes) -> bytes:
    return struct.pack(">I", len(isi)) + nama + isi + struct.pack(">I", zlib.crc32(nama + isi))


def png_berisi(isi: bytes) -> bytes:
    """In a chunk of our own, which viewers pass over."""
    png = berkas.gambar("PNG")
    return png[:-12] + _potong_png(b"ziTr", isi) + png[-12:]


def png_teks_bom() -> bytes:
    """A comment of 200 MB in a picture of a few pixels."""
    isi = berkas.gambar("PNG")
    teks = _potong_png(b"zTXt", b"Comment\0\0" + membengkak(200))
    return isi[:33] + teks + isi[33:]


def jpg_bom() -> bytes:
    isi = bytearray(berkas.gambar("JPEG"))
    at = isi.index(b"\xff\xc0")
    isi[at + 5 : at + 9] = struct.pack(">HH", 60_000, 60_000)
    return bytes(isi)


def heic_bom() -> bytes:
    isi = berkas.gambar("HEIF", (128, 128))
    at = isi.index(b"ispe") + 8
    return isi.replace(isi[at : at + 8], struct.pack(">II", 30_000, 30_000))


def webp_bom() -> bytes:
    """16 383 by 16 383 in the header of a picture without loss."""
    inti = b"\x2f" + struct.pack("<I", 16_382 | 16_382 << 14) + bytes(40)
    isi = b"WEBPVP8L" + struct.pack("<I", len(inti)) + inti + b"\0" * (len(inti) % 2)
    return b"RIFF" + struct.pack("<I", len(isi)) + isi


def jpg_berkomentar(komentar: bytes) -> bytes:
    keluar = io.BytesIO()
    Image.new("RGB", (40, 30)).save(keluar, "JPEG", comment=komentar)
    return keluar.getvalue()


def gif_js() -> bytes:
    return b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)"


# --- MP4 ---


def kotak(nama: bytes, *isi: bytes) -> bytes:
    badan = b"".join(isi)
    return struct.pack(">I", len(badan) + 8) + nama + badan


def mp4(*, merek: bytes = b"isom", pegang: bytes = b"vide", isi: bytes = b"\0" * 500) -> bytes:
    """The smallest film: one track, no frames that anybody could see, every box in its place."""
    hdlr = kotak(b"hdlr", bytes(8), pegang, bytes(12), b"Film\0")
    mdia = kotak(b"mdia", kotak(b"mdhd", bytes(24)), hdlr)
    moov = kotak(b"moov", kotak(b"mvhd", bytes(100)), kotak(b"trak", kotak(b"tkhd", bytes(84)), mdia))
    return kotak(b"ftyp", merek, bytes(4), merek) + moov + kotak(b"mdat", isi)


def mp4_tanpa(nama: bytes) -> bytes:
    """The box is there under a name that says to skip it."""
    return mp4().replace(nama, b"free")


# --- Archives ---

TIPE_UTAMA = {
    "word": f"{berkas.TIPE_OOXML}wordprocessingml.document.main+xml",
    "xl": f"{berkas.TIPE_OOXML}spreadsheetml.sheet.main+xml",
    "ppt": f"{berkas.TIPE_OOXML}presentationml.presentation.main+xml",
}
RUJUKAN = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
JENIS_RUJUKAN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def docx(**tambahan: str | bytes) -> bytes:
    return berkas.ooxml(**tambahan)


def docx_merujuk(jenis: str, alamat: str) -> bytes:
    rujukan = f'<Relationship Id="r1" Type="{JENIS_RUJUKAN}{jenis}" Target="{alamat}" TargetMode="External"/>'
    return docx(**{"word/_rels/settings.xml.rels": RUJUKAN.format(rujukan)})


def ole(*aliran: str) -> bytes:
    """As much of an old Office container as names its streams."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(a.encode("utf-16-le") for a in aliran)


def docx_berbohong() -> bytes:
    """The table says 10 bytes, the data unpacks to a megabyte."""
    isi = bytearray(docx(**{"word/besar.xml": " " * 1024 * 1024}))
    for tanda, geser in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = isi.index(tanda, isi.index(b"word/besar.xml") - 60 if tanda[2] == 3 else _di_daftar(isi))
        isi[at + geser : at + geser + 4] = struct.pack("<I", 10)
    return bytes(isi)


def _di_daftar(isi: bytes) -> int:
    return isi.rindex(b"word/besar.xml") - 46


def docx_bertumpuk() -> bytes:
    """Two entries of the table point at the same bytes: a few kilobytes can so become gigabytes."""
    isi = docx(**{"word/a.xml": "a" * 500})
    with zipfile.ZipFile(io.BytesIO(isi)) as arsip:
        awal = {b.filename: b.header_offset for b in arsip.infolist()}
    ubah = bytearray(isi)
    at = isi.rindex(b"word/document.xml") - 46
    ubah[at + 42 : at + 46] = struct.pack("<I", awal["word/a.xml"])
    return bytes(ubah)


def docx_bercelah(celah: bytes) -> bytes:
    """Bytes between the last part and the table, where no part is."""
    isi = docx()
    daftar = struct.unpack_from("<I", isi, isi.rindex(b"PK\x05\x06") + 16)[0]
    akhir = bytearray(isi[daftar:])
    at = akhir.rindex(b"PK\x05\x06")
    akhir[at + 16 : at + 20] = struct.pack("<I", daftar + len(celah))
    return isi[:daftar] + celah + bytes(akhir)


def docx_tersisa() -> bytes:
    """Behind the packed data of a large part lie bytes that belong to no part; every number about it is true."""
    utuh = b"<!-- laporan -->" * 30_000
    pemadat = zlib.compressobj(9, zlib.DEFLATED, -15)
    keluar = io.BytesIO(docx())
    with zipfile.ZipFile(keluar, "a") as arsip:
        arsip.writestr("word/besar.xml", pemadat.compress(utuh) + pemadat.flush() + b"sisa" * 100)
    isi = bytearray(keluar.getvalue())
    for at, geser in ((isi.index(b"word/besar.xml") - 30, 0), (_di_daftar(isi), 2)):
        isi[at + 8 + geser : at + 10 + geser] = struct.pack("<H", zipfile.ZIP_DEFLATED)
        isi[at + 14 + geser : at + 18 + geser] = struct.pack("<I", zlib.crc32(utuh))
        isi[at + 22 + geser : at + 26 + geser] = struct.pack("<I", len(utuh))
    return bytes(isi)


def docx_ganda_nama() -> bytes:
    return docx(**{"word/documenX.xml": "<lain/>"}).replace(b"word/documenX.xml", b"word/document.xml")


def docx_dan(isi: bytes) -> bytes:
    return docx() + isi


def docx_berkomentar(komentar: bytes) -> bytes:
    keluar = io.BytesIO(docx())
    with zipfile.ZipFile(keluar, "a") as arsip:
        arsip.comment = komentar
    return keluar.getvalue()


def docx_berkomentar_di_bagian(isi: bytes) -> bytes:
    """The whole of it in the comment of one part, where every number about it is true."""
    keluar = io.BytesIO(docx())
    with zipfile.ZipFile(keluar, "a") as arsip:
        arsip.infolist()[0].comment = isi
        arsip.writestr("word/a.xml", "<a/>")
    return keluar.getvalue()


def docx_bertambahan(isi: bytes) -> bytes:
    """As Word pads a part: an extra field in its header."""
    keluar = io.BytesIO(docx())
    with zipfile.ZipFile(keluar, "a") as arsip:
        bagian = zipfile.ZipInfo("word/a.xml")
        bagian.extra = struct.pack("<HH", 0xA220, len(isi)) + isi
        arsip.writestr(bagian, "<a/>")
    return keluar.getvalue()


def docx_bernama_panjang(isi: bytes) -> bytes:
    """Behind the name of the last part, in its own header only."""
    utuh = docx()
    akhir = utuh.rindex(b"PK\x05\x06")
    daftar = struct.unpack_from("<I", utuh, akhir + 16)[0]
    at = utuh.rindex(b"PK\x03\x04", 0, daftar)
    nama = struct.unpack_from("<H", utuh, at + 26)[0]
    ubah = bytearray(utuh)
    ubah[akhir + 16 : akhir + 20] = struct.pack("<I", daftar + len(isi))
    ubah[at + 26 : at + 28] = struct.pack("<H", nama + len(isi))
    return bytes(ubah[: at + 30 + nama] + isi + ubah[at + 30 + nama :])


def docx_rusak_isi() -> bytes:
    """One letter of a part is another than its checksum says."""
    keluar = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as lama, zipfile.ZipFile(keluar, "w") as baru:
        for nama in lama.namelist():
            baru.writestr(nama, lama.read(nama))
    return keluar.getvalue().replace(b"<w:document/>", b"<w:dokument/>")


def berisi_zip_terkunci() -> bytes:
    isi = bytearray(docx())
    for tanda, geser in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = isi.rindex(tanda)
        isi[at + geser] |= 1
    return bytes(isi)


def docx_berkode(*teks: str) -> bytes:
    """One field whose instruction is cut into these runs."""
    isi = "".join(f"<w:r><w:instrText>{satu}</w:instrText></w:r>" for satu in teks)
    awal, akhir = (f'<w:r><w:fldChar w:fldCharType="{tipe}"/></w:r>' for tipe in ("begin", "end"))
    return docx(**{"word/document.xml": f"<w:document {W}><w:p>{awal}{isi}{akhir}</w:p></w:document>"})


def xlsx(**tambahan: str | bytes) -> bytes:
    return berkas.ooxml(tipe=TIPE_UTAMA["xl"], **tambahan)


def ods_berisi(isi: str) -> bytes:
    return berkas.odf("spreadsheet", **{"content.xml": f"<office:body {ODF_NS}>{isi}</office:body>"})


def bersarang(tingkat: int) -> bytes:
    """A document in a document in a document."""
    isi = docx()
    for _ in range(tingkat):
        isi = docx(**{"word/embeddings/Dokumen.docx": isi})
    return isi


def docx_bom(mb: int, banyak: int = 1) -> bytes:
    """So many parts of white space, each of `mb` megabytes."""
    keluar = io.BytesIO(docx())
    with zipfile.ZipFile(keluar, "a", zipfile.ZIP_DEFLATED) as arsip:
        for n in range(banyak):
            with arsip.open(f"word/besar{n}.xml", "w") as bagian:
                for _ in range(mb):
                    bagian.write(b" " * 1024 * 1024)
    return keluar.getvalue()


# --- Sound files ---


def xlsx_nyata() -> bytes:
    keluar, buku = io.BytesIO(), openpyxl.Workbook()
    buku.active.append(["Nomor", "Uraian aduan", 3])
    buku.save(keluar)
    return keluar.getvalue()


def pdf_nyata(kata: str = "Laporan evaluasi WBS") -> bytes:
    return HTML(string=f"<h1>{kata}</h1><p>Pengaduan masyarakat triwulan II.").write_pdf()


def pdf_berdaftar_isi() -> bytes:
    """Links to its own headings, bookmarks beside the page."""
    bab = "".join(f'<li><a href="#bab{n}">Bab {n}</a>' for n in range(3))
    isi = "".join(f'<h1 id="bab{n}">Bab {n}</h1><p>Uraian.' for n in range(3))
    return HTML(string=f"<ol>{bab}</ol>{isi}").write_pdf()


def pdf_berhuruf_rusak() -> bytes:
    """A font whose data cannot be unpacked: a viewer takes another font."""

    def isi(pdf: pikepdf.Pdf) -> None:
        huruf = pdf.make_indirect(Stream(pdf, b"bukan zlib", Filter=Name.FlateDecode))
        jenis = Dictionary(Type=Name.FontDescriptor, FontName=Name.Lato, FontFile2=huruf)
        pdf.pages[0].Resources = Dictionary(Font=Dictionary(F=Dictionary(FontDescriptor=jenis)))

    return pdf_dengan(isi, **APA_ADANYA)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
ODF_NS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def docx_nyata(*paragraf: str) -> bytes:
    isi = "".join(f"<w:p><w:r><w:t>{teks}</w:t></w:r></w:p>" for teks in paragraf)
    return docx(**{"word/document.xml": f"<w:document {W}><w:body>{isi}</w:body></w:document>"})


def pptx_nyata(*salindia: str) -> bytes:
    bagian = {
        f"ppt/slides/slide{n}.xml": f"<p {A}><a:p><a:r><a:t>{teks}</a:t></a:r></a:p></p>"
        for n, teks in enumerate(salindia, 1)
    }
    return berkas.ooxml(tipe=TIPE_UTAMA["ppt"], **bagian)


def pptx_bertindakan(unsur: str, tindakan: str) -> bytes:
    """What a slide does when it is clicked or pointed at."""
    isi = f'<p {A}><a:{unsur} xmlns:r="x" r:id="rId2" action="{tindakan}"/></p>'
    return berkas.ooxml(tipe=TIPE_UTAMA["ppt"], **{"ppt/slides/slide1.xml": isi})


def odf_nyata(jenis: str, *paragraf: str) -> bytes:
    isi = "".join(f"<text:p>{teks}</text:p>" for teks in paragraf)
    return berkas.odf(jenis, **{"content.xml": f"<office:body {ODF_NS}>{isi}</office:body>"})


def docx_dari_banyak_program() -> bytes:
    """The parts that Word, WPS, Pages, SharePoint and signing programs add, by the names they give them."""
    gambar, teracak = berkas.gambar(), b"MZ" + bytes(range(2, 200))
    xlsb = "application/vnd.ms-excel.sheet.binary.macroEnabled."
    tipe = (TIPE_UTAMA["word"], f"{xlsb}12", "application/vnd.oasis.opendocument.text")
    return docx(
        **{
            "[Content_Types].xml": "<a>" + "".join(f'<b ContentType="{satu}"/>' for satu in tipe) + "</a>",
            "docProps/thumbnail.jpeg": gambar,
            "word/embeddings/Berkas1.odt": berkas.odf(),
            "word/media/image1.jpg&ehk=a1B2%2bc&r=0&pid=OfficeInsert": gambar,
            "word/media/image2.tmp": berkas.gambar("PNG"),
            "word/media/image3.emz": gzip.compress(b"\1\0\0\0" + bytes(90)),
            "word/media/image4.svg": '<!DOCTYPE svg [<!ENTITY ns "http://ns.adobe.com/">]><svg/>',
            "word/media/hdphoto1.wdp": b"II\xbc\1" + bytes(90),
            "word/fonts/font1.odttf": teracak,
            "word/printerSettings/printerSettings1.bin": "EPSON L3210".encode("utf-16-le") + bytes(90),
            "word/drawings/vmlDrawing1.vml": "<xml/>",
            "customXml/item1.xml": '<?xml version="1.0" encoding="utf-16"?><DataMashup/>'.encode("utf-16"),
            "customXml/itemProps1.xml": "<a/>",
            "_xmlsignatures/origin.sigs": b"",
            "package/services/metadata/core-properties/a1.psmdcp": "<a/>",
            "[trash]/0000.dat": bytes(90),
            "xl/customProperty1.bin": b"<\0\0\0" + bytes(90),
            "xl/model/item.data": b"\xff\xfe\0\0" + bytes(range(90)),
            "word/embeddings/Microsoft_PowerPoint_Slide1.sldx": berkas.ooxml("presentationml.slide"),
            "word/embeddings/Microsoft_Excel_Binary_Worksheet1.xlsb": berkas.ooxml(
                tipe=f"{xlsb}main",
                **{"xl/workbook.bin": b"\x83\1\0" + bytes(40)},
            ),
            "word/embeddings/Microsoft_Visio_Drawing1.vsdx": berkas.ooxml(
                tipe="application/vnd.ms-visio.drawing.main+xml"
            ),
            "word/embeddings/oleObject2.bin": ole("Package") + xlsx_nyata(),
        }
    )


def odt_bergambar() -> bytes:
    """As LibreOffice writes it: pictures, a chart, its replacement, fonts, empty folders of the screen."""
    return berkas.odf(
        **{
            "content.xml": f"<office:body {ODF_NS}><text:p>Rumus DDE(1) dan DDE</text:p></office:body>",
            "Pictures/10000001000003.png": berkas.gambar("PNG"),
            "Pictures/2000000700004.svm": b"VCLMTF" + bytes(90),
            "Pictures/3000000000005.emf": b"\1\0\0\0" + bytes(90),
            "Object 1/content.xml": "<a/>",
            "Object 2": ole("Equation Native"),
            "ObjectReplacements/Object 1": b"VCLMTF" + bytes(90),
            "Thumbnails/thumbnail.png": berkas.gambar("PNG"),
            "Configurations2/images/Bitmaps/": b"",
            "Configurations2/accelerator/current.xml": "",
            "Fonts/Lato-Regular.ttf": b"\0\1\0\0" + bytes(90),
            "Versions/Version1": berkas.odf(),
            "layout-cache": bytes(90),
            "manifest.rdf": "<a/>",
        }
    )
