"""The corpus: what is made to deceive or to hurt is refused, each with its own words; what is sound is taken in."""

import datetime as dt
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pptx
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image as GambarExcel
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PROG_ID

from accounts.models import Satker, User
from evidence.intake import receive_file, receive_link
from evidence.models import Evidence
from tests.evidence import berkas, korpus
from tests.factories import make_member, make_satker, wib

HARI = dt.date(2025, 6, 20)
KAPAN = wib(2025, 6, 20)

RUSAK = "Berkas {} ini rusak atau terpotong. Buka dan simpan ulang di komputer, lalu unggah lagi."
TERKUNCI = "Berkas {} ini dikunci kata sandi atau dibatasi. Simpan tanpa kunci, lalu unggah lagi."
GANDA = (
    "Berkas {0} ini menyembunyikan berkas lain di dalamnya. Simpan ulang sebagai {0} biasa, lalu unggah lagi."
)
MAKRO = (
    "Berkas ini memuat makro, dan makro tidak diterima. Simpan sebagai {} tanpa makro atau sebagai PDF, lalu "
    "unggah lagi."
)
SKRIP = "Berkas PDF ini memuat skrip, dan skrip tidak diterima. Cetak ulang sebagai PDF, lalu unggah lagi."
BERJALAN = (
    "Berkas PDF ini menjalankan sesuatu saat dibuka, dan itu tidak diterima. Cetak ulang sebagai PDF, lalu "
    "unggah lagi."
)
LAMPIRAN = "Berkas {} ini membawa program atau arsip di dalamnya. Keluarkan lampiran itu, lalu unggah lagi."
LUAR = "Berkas {} ini mengambil isi dari alamat lain saat dibuka. Simpan sebagai PDF, lalu unggah lagi."
BERAT = "Berkas {} ini terlalu berat untuk dibuka. Perkecil atau cetak ulang sebagai PDF, lalu unggah lagi."
PIKSEL = "Gambar ini lebih dari {} juta piksel, terlalu besar. Perkecil, lalu unggah lagi."
ISI_BESAR = (
    "Isi berkas ini terlalu besar bila dibuka. Perkecil gambar di dalamnya atau simpan sebagai PDF, lalu "
    "unggah lagi."
)
ARSIP = "Arsip tidak diterima. Keluarkan isinya, lalu unggah berkasnya satu per satu."
PROGRAM = "Berkas ini program, dan program tidak diterima. Unggah dokumennya dalam bentuk PDF."
WEB = "Halaman web, skrip, dan gambar SVG tidak diterima. Cetak sebagai PDF, lalu unggah lagi."
VIDEO = "Video jenis ini tidak diterima. Simpan sebagai MP4, lalu unggah lagi."
GAMBAR = "Gambar jenis ini tidak diterima. Simpan sebagai JPG atau PNG, lalu unggah lagi."
LAIN = (
    "Jenis berkas ini tidak diterima. Yang diterima: PDF, DOCX, XLSX, PPTX, ODT, ODS, JPG, PNG, WEBP, HEIC, "
    "atau MP4."
)
BUKAN_PDF = (
    "Isi berkas ini bukan PDF yang utuh (mungkin rusak atau salah nama). Buka di komputer Anda, simpan ulang sebagai "
    "PDF, lalu unggah lagi."
)
DIDAHULUI = "Berkas PDF ini didahului isi lain. Cetak ulang sebagai PDF, lalu unggah lagi."
OFFICE_LAMA = (
    "Berkas Office lama (DOC, XLS, PPT) atau yang dikunci kata sandi tidak diterima. Simpan sebagai DOCX, XLSX, "
    "PPTX, atau PDF tanpa kata sandi, lalu unggah lagi."
)

Buat = Callable[[], bytes]
BURUK: dict[str, tuple[Buat, str]] = {
    # Not a document at all
    "kosong": (lambda: b"", "Berkas ini kosong (0 bita). Periksa berkasnya, lalu pilih lagi."),
    "hanya nol": (
        lambda: bytes(9000),
        "Isi berkas ini hilang (semuanya nol), biasanya karena gagal disalin. Salin ulang dari sumbernya, lalu "
        "unggah lagi.",
    ),
    "teks": (lambda: b"sekadar teks biasa", BUKAN_PDF),
    "keluaran mesin": (lambda: b"\x07\x91\xee" * 900, BUKAN_PDF),
    "program windows": (lambda: korpus.PROGRAM, PROGRAM),
    "program linux": (lambda: b"\x7fELF" + bytes(300), PROGRAM),
    "pintasan windows": (lambda: b"L\0\0\0\x01\x14\x02\0" + bytes(300), PROGRAM),
    "naskah shell": (lambda: b"#!/bin/sh\nrm -rf /\n", PROGRAM),
    "wasm": (lambda: b"\0asm\x01\0\0\0", PROGRAM),
    "php": (lambda: korpus.SKRIP, WEB),
    "html": (lambda: b"\n <!DOCTYPE html><script>alert(1)</script>", WEB),
    "html utf-16": (lambda: "<html><script>alert(1)</script>".encode("utf-16"), WEB),
    "html berkomentar": (lambda: b"<!-- laporan --><script>alert(1)</script>", WEB),
    "svg": (lambda: b'\xef\xbb\xbf<?xml version="1.0"?><svg onload="alert(1)"/>', WEB),
    "svg dipadatkan": (lambda: b"\x1f\x8b\x08" + bytes(60), ARSIP),
    "gif dan js": (korpus.gif_js, GAMBAR),
    "avif": (lambda: korpus.kotak(b"ftyp", b"avif", bytes(4), b"mif1"), GAMBAR),
    "rtf": (
        lambda: b"{\\rtf1 \\object}",
        "Berkas RTF tidak diterima. Simpan sebagai DOCX atau PDF, lalu unggah lagi.",
    ),
    "office lama": (lambda: korpus.ole("WordDocument"), OFFICE_LAMA),
    "zip": (lambda: berkas.kemas(catatan="isi"), ARSIP),
    "zip kosong": (lambda: b"PK\x05\x06" + bytes(18), ARSIP),
    "zip didahului": (lambda: b"\0" * 40 + berkas.ooxml(), ARSIP),
    "rar": (lambda: b"Rar!\x1a\x07\0" + bytes(60), ARSIP),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c" + bytes(60), ARSIP),
    # PDF
    "pdf terpotong": (lambda: berkas.pdf(halaman=3)[:-200], RUSAK.format("PDF")),
    **{
        f"pdf untuk web terpotong di {bagian}": (
            lambda bagian=bagian: korpus.terpotong(korpus.pdf_untuk_web(), bagian),
            RUSAK.format("PDF"),
        )
        for bagian in (0.1, 0.5, 0.75, 0.99)
    },
    "pdf diubah terpotong": (lambda: korpus.pdf_diubah()[:-9], RUSAK.format("PDF")),
    "pdf diubah terpotong di kata pertama": (lambda: berkas.pdf() + b"9 0 o", RUSAK.format("PDF")),
    "pdf tanpa halaman": (lambda: berkas.pdf(halaman=0), RUSAK.format("PDF")),
    "pdf rusak di tengah": (korpus.pdf_rusak_di_tengah, RUSAK.format("PDF")),
    "pdf terkunci": (
        lambda: berkas.pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
        TERKUNCI.format("PDF"),
    ),
    "pdf dibatasi": (
        lambda: berkas.pdf(encryption=pikepdf.Encryption(owner="a", user="")),
        TERKUNCI.format("PDF"),
    ),
    "pdf didahului": (lambda: b"laporan\n" + berkas.pdf(), DIDAHULUI),
    "pdf dan zip": (lambda: berkas.pdf() + berkas.kemas(a="isi"), GANDA.format("PDF")),
    "pdf dan zip di komentar": (lambda: korpus.pdf_dengan_komentar(korpus.ZIP), GANDA.format("PDF")),
    "pdf dan zip64": (lambda: korpus.pdf_dengan_komentar(korpus.zip64()), GANDA.format("PDF")),
    "pdf di komentar zip": (
        lambda: korpus.docx_berkomentar(berkas.pdf()),
        GANDA.format("DOCX"),
    ),
    "pdf terpotong dan zip": (lambda: korpus.pdf_diubah()[:-9] + korpus.ZIP, GANDA.format("PDF")),
    "pdf dan angka": (lambda: berkas.pdf() + b"9 0 obat", GANDA.format("PDF")),
    "pdf dan html": (lambda: berkas.pdf() + korpus.HALAMAN, GANDA.format("PDF")),
    "pdf berskrip": (lambda: korpus.pdf_aksi(S=Name.JavaScript, JS=String("app.alert(1)")), SKRIP),
    "pdf berskrip di tombol": (lambda: korpus.pdf_tombol(S=Name.JavaScript, JS=String("a()")), SKRIP),
    "pdf berskrip tersamar": (korpus.pdf_js_tersamar, SKRIP),
    "pdf berskrip menurut nama": (
        lambda: korpus.pdf_dengan(
            lambda pdf: pdf.Root.update({"/Names": Dictionary(JavaScript=Dictionary(Names=Array([])))})
        ),
        SKRIP,
    ),
    "pdf menjalankan program": (
        lambda: korpus.pdf_tombol(S=Name.Launch, F=String("cmd.exe")),
        BERJALAN,
    ),
    "pdf membuka laman": (lambda: korpus.pdf_aksi(S=Name.URI, URI=String("https://x.id")), BERJALAN),
    "pdf membuka berkas di server": (
        lambda: korpus.pdf_aksi(S=Name.GoToR, F=String(r"\\10.0.0.1\bagi\x.pdf"), D=Array([0, Name.Fit])),
        BERJALAN,
    ),
    "pdf mengikuti alur di server": (
        lambda: korpus.pdf_aksi(S=Name.Thread, F=String(r"\\10.0.0.1\bagi\x.pdf"), D=0),
        BERJALAN,
    ),
    "pdf membuka laman sesudahnya": (
        lambda: korpus.pdf_beruntun(Dictionary(S=Name.Named, N=Name.NextPage), korpus.buka_laman()),
        BERJALAN,
    ),
    "pdf membuka laman jauh di dalam": (
        lambda: korpus.pdf_beruntun(Dictionary(S=Name.GoTo, Next=Array([korpus.buka_laman()]))),
        BERJALAN,
    ),
    "pdf beruntun tanpa akhir": (korpus.pdf_berputar, BERJALAN),
    "pdf berlampiran program": (
        lambda: korpus.pdf_berlampiran("laporan.exe", b"isi"),
        LAMPIRAN.format("PDF"),
    ),
    "pdf berlampiran program bernama lain": (
        lambda: korpus.pdf_berlampiran("laporan.txt", korpus.PROGRAM),
        LAMPIRAN.format("PDF"),
    ),
    **{
        f"pdf berlampiran {nama}": (partial(korpus.pdf_berlampiran, nama, isi), LAMPIRAN.format("PDF"))
        for nama, isi in {
            "data.dat": korpus.ZIP,
            "data.zipx": korpus.ZIP,
            "data.csv": korpus.ZIP,
            "rekap.xls": korpus.ole("_VBA_PROJECT_CUR"),
            "rekap.xlsx": korpus.ole("Workbook"),
            "rekap.xlsb": b"x",
            "surat.docx": korpus.docx(**{"word/vbaProject.bin": "x"}),
            "naskah.docx": korpus.docx(**{"jalan.bat": "del *.*"}),
            "a.pif": b"x",
            "a.chm": b"ITSF",
            "a.url": b"[InternetShortcut]",
            "a.xhtml": b"<html/>",
            "a.swf": b"FWS",
            "a.bat\0.xml": b"x",
            "tanpa akhiran": b"x",
            "foto.png": berkas.gambar("PNG") + korpus.ZIP,
            "skrip.pdf": korpus.pdf_aksi(S=Name.JavaScript, JS=String("a()")),
        }.items()
    },
    "pdf berlampiran terlalu dalam": (lambda: korpus.pdf_bertingkat(4), LAMPIRAN.format("PDF")),
    "pdf xfa": (
        lambda: korpus.pdf_dengan(
            lambda pdf: pdf.Root.update({"/AcroForm": Dictionary(XFA=String("<xdp/>"))})
        ),
        "Berkas ini formulir XFA yang tidak dapat dibuka di peramban. Cetak sebagai PDF biasa, lalu unggah lagi.",
    ),
    "portofolio pdf": (
        lambda: korpus.pdf_dengan(lambda pdf: pdf.Root.update({"/Collection": Dictionary()})),
        "Berkas ini portofolio PDF. Keluarkan isinya, lalu unggah berkasnya satu per satu.",
    ),
    "bom pdf": (lambda: korpus.pdf_bom(900), BERAT.format("PDF")),
    "bom pdf di halaman 25": (lambda: korpus.pdf_bom(900, halaman=25), BERAT.format("PDF")),
    "bom pdf kecil di halaman 25": (lambda: korpus.pdf_bom(9, halaman=25), BERAT.format("PDF")),
    "bom pdf di gambar dalam": (lambda: korpus.pdf_bom_gambar_dalam(900), BERAT.format("PDF")),
    "bom pdf di lampiran": (
        lambda: korpus.pdf_berlampiran("a.xml", b" " * 9 * 1024 * 1024),
        BERAT.format("PDF"),
    ),
    "bom gambar dalam pdf": (lambda: korpus.pdf_gambar(60_000, 60_000), PIKSEL.format(320)),
    # Pictures
    "jpg terpotong": (lambda: berkas.gambar("JPEG", (400, 300))[:-900], RUSAK.format("JPG")),
    "png terpotong": (lambda: berkas.gambar("PNG", (400, 300))[:-900], RUSAK.format("PNG")),
    "webp terpotong": (lambda: berkas.gambar("WEBP", (400, 300))[:-900], RUSAK.format("WEBP")),
    "heic terpotong": (lambda: berkas.gambar("HEIF", (400, 300))[:-900], RUSAK.format("HEIC")),
    "jpg dan zip": (lambda: berkas.gambar() + berkas.kemas(a="isi"), GANDA.format("JPG")),
    "jpg dan zip bersisa": (
        lambda: berkas.gambar() + b"J" + korpus.ZIP + b"X",
        GANDA.format("JPG"),
    ),
    "png berisi zip": (lambda: korpus.png_berisi(korpus.ZIP), GANDA.format("PNG")),
    "jpg dan php": (lambda: korpus.jpg_berkomentar(korpus.SKRIP), GANDA.format("JPG")),
    "jpg dan program": (lambda: berkas.gambar() + korpus.PROGRAM, GANDA.format("JPG")),
    "jpg dan pdf": (lambda: berkas.gambar() + berkas.pdf(), GANDA.format("JPG")),
    "png dan html": (lambda: berkas.gambar("PNG") + korpus.HALAMAN, GANDA.format("PNG")),
    "png dan sisa": (lambda: berkas.gambar("PNG") + b"sisa gambar lama", GANDA.format("PNG")),
    "webp dan rar": (lambda: berkas.gambar("WEBP") + b"Rar!\x1a\x07\0", GANDA.format("WEBP")),
    "heic dan zip": (lambda: berkas.gambar("HEIF") + berkas.kemas(a="isi"), GANDA.format("HEIC")),
    "bom png": (korpus.png_bom, PIKSEL.format(80)),
    "bom jpg": (korpus.jpg_bom, PIKSEL.format(80)),
    "bom webp": (korpus.webp_bom, PIKSEL.format(80)),
    "bom heic": (korpus.heic_bom, PIKSEL.format(80)),
    "bom teks png": (korpus.png_teks_bom, RUSAK.format("PNG")),
    # MP4
    "mp4 terpotong": (lambda: korpus.mp4()[:-100], RUSAK.format("MP4")),
    "mp4 tanpa daftar": (lambda: korpus.mp4_tanpa(b"moov"), RUSAK.format("MP4")),
    "mp4 tanpa isi": (lambda: korpus.mp4_tanpa(b"mdat"), RUSAK.format("MP4")),
    "mp4 dan zip": (lambda: korpus.mp4() + berkas.kemas(a="isi"), GANDA.format("MP4")),
    "mp4 berisi zip": (
        lambda: korpus.mp4() + korpus.kotak(b"free", korpus.ZIP) + korpus.kotak(b"free"),
        GANDA.format("MP4"),
    ),
    "mp4 dan php": (lambda: korpus.mp4(isi=korpus.SKRIP), GANDA.format("MP4")),
    "mp4 dan sisa": (lambda: korpus.mp4() + b"\xff" * 40, RUSAK.format("MP4")),
    "mp4 suara": (
        lambda: korpus.mp4(pegang=b"soun"),
        "Berkas MP4 ini tidak berisi gambar, hanya suara. Unggah videonya atau dokumen PDF.",
    ),
    "mov": (lambda: korpus.mp4(merek=b"qt  "), VIDEO),
    "3gp": (lambda: korpus.mp4(merek=b"3gp4"), VIDEO),
    "mkv": (lambda: b"\x1aE\xdf\xa3" + bytes(80), VIDEO),
    "avi": (lambda: b"RIFF\x40\0\0\0AVI LIST" + bytes(80), VIDEO),
    # Office
    "docx terpotong": (lambda: berkas.ooxml()[:-40], RUSAK.format("Office")),
    "docx rusak isinya": (korpus.docx_rusak_isi, RUSAK.format("Office")),
    "docm": (
        lambda: berkas.ooxml(tipe="application/vnd.ms-word.document.macroEnabled.main+xml"),
        MAKRO.format("DOCX, XLSX, atau PPTX"),
    ),
    "xlsm bernama xlsx": (
        lambda: berkas.ooxml(tipe=korpus.TIPE_UTAMA["xl"], **{"xl/vbaProject.bin": "x"}),
        MAKRO.format("XLSX"),
    ),
    "makro excel 4": (
        lambda: berkas.ooxml(tipe=korpus.TIPE_UTAMA["xl"], **{"xl/macrosheets/sheet1.xml": "<x/>"}),
        MAKRO.format("XLSX"),
    ),
    "makro excel 4 di tempat lain": (
        lambda: korpus.xlsx(
            **{
                "[Content_Types].xml": f'<Types><Override ContentType="{korpus.TIPE_UTAMA["xl"]}"/><Override '
                'ContentType="application/vnd.ms-excel.macrosheet+xml"/></Types>'
            }
        ),
        MAKRO.format("DOCX, XLSX, atau PPTX"),
    ),
    "dde": (lambda: korpus.docx_berkode(" DDEAUTO cmd"), MAKRO.format("DOCX")),
    "dde terpotong": (lambda: korpus.docx_berkode("DD", "EAUTO cmd"), MAKRO.format("DOCX")),
    "dde bernomor": (lambda: korpus.docx_berkode("&#68;&#x44;EAUTO cmd"), MAKRO.format("DOCX")),
    "dde berselang komentar": (lambda: korpus.docx_berkode("DD<!-- -->E cmd"), MAKRO.format("DOCX")),
    "dde utf-16": (
        lambda: korpus.docx(
            **{"word/document.xml": f'<w:a {korpus.W}><w:fldSimple w:instr="DDE c"/></w:a>'.encode("utf-16")}
        ),
        MAKRO.format("DOCX"),
    ),
    "dde di bagian bernama lain": (
        lambda: korpus.docx(
            **{"word/dokumen.bin": f'<w:a {korpus.W}><w:fldSimple w:instr="DDE c"/></w:a>'.encode()}
        ),
        MAKRO.format("DOCX"),
    ),
    "dde utf-16 di bagian bernama lain": (
        lambda: korpus.docx(
            **{"word/dokumen.bin": f'<w:a {korpus.W}><w:fldSimple w:instr="DDE c"/></w:a>'.encode("utf-16")}
        ),
        MAKRO.format("DOCX"),
    ),
    "dde di excel": (
        lambda: korpus.xlsx(**{"xl/externalLinks/externalLink1.xml": '<s:ddeLink xmlns:s="x"/>'}),
        MAKRO.format("XLSX"),
    ),
    "rumus dde di excel": (
        lambda: korpus.xlsx(**{"xl/worksheets/sheet1.xml": "<s><f>1+DDE(&quot;cmd&quot;)</f></s>"}),
        MAKRO.format("XLSX"),
    ),
    "dde di ods": (
        lambda: korpus.ods_berisi("<table:dde-links><table:dde-link/></table:dde-links>"),
        MAKRO.format("ODS"),
    ),
    "rumus dde di ods": (
        lambda: korpus.ods_berisi(
            f"<table:table-cell table:formula=\"of:=IF(1;{'1+' * 900}1;DDE('cmd';'a'))\"/>"
        ),
        MAKRO.format("ODS"),
    ),
    "dde di odt": (
        lambda: berkas.odf(**{"content.xml": f"<text:dde-connection-decl {korpus.ODF_NS}/>"}),
        MAKRO.format("ODT"),
    ),
    "makro di dalam tertanam": (
        lambda: korpus.docx(**{"word/embeddings/Buku.xlsx": berkas.ooxml(**{"xl/vbaProject.bin": "x"})}),
        MAKRO.format("DOCX"),
    ),
    "xlsb": (
        lambda: berkas.ooxml(tipe="application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
        MAKRO.format("DOCX, XLSX, atau PPTX"),
    ),
    "makro di dalam xlsb tertanam": (
        lambda: korpus.docx(
            **{
                "word/embeddings/Buku.xlsb": berkas.ooxml(
                    tipe="application/vnd.ms-excel.sheet.binary.macroEnabled.main",
                    **{"xl/vbaProject.bin": "x"},
                )
            }
        ),
        MAKRO.format("DOCX"),
    ),
    **{
        nama: (buat, f"Berkas {nama} tidak diterima. Simpan sebagai {jadi}, lalu unggah lagi.")
        for nama, buat, jadi in [
            ("DOTX", partial(berkas.ooxml, "wordprocessingml.template"), "DOCX atau PDF"),
            ("XLTX", partial(berkas.ooxml, "spreadsheetml.template"), "XLSX atau PDF"),
            ("PPSX", partial(berkas.ooxml, "presentationml.slideshow"), "PPTX atau PDF"),
            ("ODP", partial(berkas.odf, "presentation"), "PPTX atau PDF"),
            ("OTT", partial(berkas.odf, "text-template"), "ODT atau PDF"),
            ("OTS", partial(berkas.odf, "spreadsheet-template"), "ODS atau PDF"),
            ("ODG", partial(berkas.odf, "graphics"), "PDF"),
        ]
    },
    "templat tertanam": (
        lambda: korpus.docx(**{"word/embeddings/a.docx": berkas.ooxml("wordprocessingml.template")}),
        LAMPIRAN.format("DOCX"),
    ),
    "odt mengaku docx": (
        lambda: berkas.kemas(
            **{"mimetype": korpus.TIPE_UTAMA["word"], "content.xml": "<a/>", "META-INF/manifest.xml": "<a/>"}
        ),
        ARSIP,
    ),
    "odt bermakro": (lambda: berkas.odf(**{"Basic/Standard/Modul.xml": "x"}), MAKRO.format("ODT")),
    "odt memanggil makro": (
        lambda: berkas.odf(**{"content.xml": '<a href="vnd.sun.star.script:X.py$y"/>'}),
        MAKRO.format("ODT"),
    ),
    "odt terkunci": (lambda: berkas.odf(manifest="<manifest:encryption-data/>"), TERKUNCI.format("ODT")),
    "docx terkunci di zip": (korpus.berisi_zip_terkunci, TERKUNCI.format("DOCX")),
    "docx membawa program": (
        lambda: korpus.docx(**{"word/media/image1.png": korpus.PROGRAM}),
        LAMPIRAN.format("DOCX"),
    ),
    "docx membawa paket": (
        lambda: korpus.docx(**{"word/embeddings/oleObject1.bin": korpus.ole("\x01Ole10Native")}),
        LAMPIRAN.format("DOCX"),
    ),
    "docx membawa zip": (
        lambda: korpus.docx(**{"word/embeddings/oleObject1.bin": berkas.kemas(a="isi")}),
        LAMPIRAN.format("DOCX"),
    ),
    "docx membawa naskah": (
        lambda: korpus.docx(**{"word/embeddings/jalan.bat": "del *.*"}),
        LAMPIRAN.format("DOCX"),
    ),
    "docx membawa zip terbuka": (lambda: korpus.docx(**{"lampiran.zip": korpus.ZIP}), GANDA.format("DOCX")),
    "docx membawa rar": (lambda: korpus.docx(**{"word/x.rar": b"Rar!\x1a\7\0"}), GANDA.format("DOCX")),
    "docx membawa bat": (lambda: korpus.docx(**{"jalan.bat": "del *.*"}), GANDA.format("DOCX")),
    "docx membawa bat bertitik": (lambda: korpus.docx(**{"jalan.bat.": "del *.*"}), GANDA.format("DOCX")),
    "docx membawa js": (lambda: korpus.docx(**{"x.js": "alert(1)"}), GANDA.format("DOCX")),
    "docx membawa zip sebagai gambar": (
        lambda: korpus.docx(**{"word/media/image1.png": korpus.ZIP}),
        LAMPIRAN.format("DOCX"),
    ),
    "docx membawa 7z sebagai gambar": (
        lambda: korpus.docx(**{"word/media/image1.emz": b"7z\xbc\xaf\x27\x1c" + bytes(60)}),
        LAMPIRAN.format("DOCX"),
    ),
    "odt membawa zip": (lambda: berkas.odf(**{"Pictures/jahat.zip": korpus.ZIP}), GANDA.format("ODT")),
    "odt membawa bat": (lambda: berkas.odf(**{"a.bat": "del *.*"}), GANDA.format("ODT")),
    "docx tertanam yang bukan docx": (
        lambda: korpus.docx(
            **{"word/embeddings/a.docx": berkas.kemas(**{"[Content_Types].xml": "<Types/>", "a.txt": "x"})}
        ),
        LAMPIRAN.format("DOCX"),
    ),
    "docx tertanam membawa program": (
        lambda: korpus.docx(
            **{"word/embeddings/a.docx": korpus.docx(**{"word/media/image1.png": korpus.PROGRAM})}
        ),
        LAMPIRAN.format("DOCX"),
    ),
    "docx tertanam membawa exe": (
        lambda: korpus.docx(**{"word/embeddings/a.docx": korpus.docx(**{"jahat.exe": "x"})}),
        GANDA.format("DOCX"),
    ),
    "docx tertanam terlalu dalam": (lambda: korpus.bersarang(4), LAMPIRAN.format("DOCX")),
    "docx tertanam berzip di belakang": (
        lambda: korpus.docx(**{"word/embeddings/oleObject1.bin": b"x" * 40 + berkas.ooxml()}),
        LAMPIRAN.format("DOCX"),
    ),
    "paket lama membawa exe": (
        lambda: korpus.docx(**{"word/embeddings/oleObject1.bin": korpus.ole("Package") + korpus.ZIP}),
        GANDA.format("DOCX"),
    ),
    "xls tertanam bermakro": (
        lambda: korpus.docx(**{"word/embeddings/a.xls": korpus.ole("_VBA_PROJECT_CUR")}),
        MAKRO.format("DOCX"),
    ),
    "templat dari internet": (
        lambda: korpus.docx_merujuk("attachedTemplate", "http://jahat.example/t.dotm"),
        LUAR.format("DOCX"),
    ),
    "templat dari server berkas": (
        lambda: korpus.docx_merujuk("attachedTemplate", r"\\10.0.0.1\bagi\t.dotm"),
        LUAR.format("DOCX"),
    ),
    "objek dari internet": (
        lambda: korpus.docx_merujuk("oleObject", "mhtml:http://jahat.example/x.html!x-usc:"),
        LUAR.format("DOCX"),
    ),
    "entitas xml": (
        lambda: korpus.docx(**{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>'}),
        RUSAK.format("Office"),
    ),
    "entitas xml utf-16": (
        lambda: korpus.docx(
            **{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>'.encode("utf-16")}
        ),
        RUSAK.format("Office"),
    ),
    "xml utf-32": (
        lambda: korpus.docx(**{"word/document.xml": "<a/>".encode("utf-32")}),
        RUSAK.format("Office"),
    ),
    "xml utf-7": (
        lambda: korpus.docx(**{"word/document.xml": '<?xml version="1.0" encoding="UTF-7"?><a/>'}),
        RUSAK.format("Office"),
    ),
    **{
        f"pptx {unsur} {tindakan}": (
            partial(korpus.pptx_bertindakan, unsur, tindakan),
            "Berkas PPTX ini menjalankan program atau makro saat ditunjuk atau diklik, dan itu tidak diterima. Hapus "
            "tindakannya atau simpan sebagai PDF, lalu unggah lagi.",
        )
        for unsur, tindakan in [
            ("hlinkHover", "ppaction://program"),
            ("hlinkClick", "ppaction://program"),
            ("hlinkMouseOver", "PPAction://Program"),
            ("hlinkClick", "&#x70;paction://macro?name=Hitung"),
        ]
    },
    "docx didahului program": (lambda: korpus.PROGRAM + berkas.ooxml(), PROGRAM),
    "docx bercelah": (lambda: korpus.docx_bercelah(korpus.PROGRAM), GANDA.format("DOCX")),
    **{
        f"docx dan {nama}": (partial(korpus.docx_dan, isi), GANDA.format("DOCX"))
        for nama, isi in {
            "rar": b"Rar!\x1a\7\0" + bytes(60),
            "7z": b"7z\xbc\xaf\x27\x1c" + bytes(60_000),
            "pdf": korpus.pdf_dengan(lambda _: None),
            "php": korpus.SKRIP,
            "html": b"\n" * 300 + korpus.HALAMAN,
            "program": korpus.PROGRAM,
            "satu huruf": bytes(9) + b"x",
        }.items()
    },
    "docx berkomentar": (lambda: korpus.docx_berkomentar(korpus.SKRIP), GANDA.format("DOCX")),
    "docx berkomentar di bagian": (
        lambda: korpus.docx_berkomentar_di_bagian(b"Rar!" + b"x" * 300),
        GANDA.format("DOCX"),
    ),
    "docx bertambahan": (lambda: korpus.docx_bertambahan(b"Rar!" + b"x" * 300), GANDA.format("DOCX")),
    "docx bernama panjang": (lambda: korpus.docx_bernama_panjang(b"Rar!\x1a\7\0"), RUSAK.format("Office")),
    "odt dan rar": (lambda: berkas.odf() + b"Rar!\x1a\7\0", GANDA.format("ODT")),
    "docx tertanam dan rar": (
        lambda: korpus.docx(**{"word/embeddings/a.docx": korpus.docx() + b"Rar!\x1a\7\0"}),
        GANDA.format("DOCX"),
    ),
    "docx bernama ganda": (korpus.docx_ganda_nama, GANDA.format("Office")),
    "docx bertumpuk": (korpus.docx_bertumpuk, RUSAK.format("Office")),
    "docx tersisa": (korpus.docx_tersisa, RUSAK.format("Office")),
    "docx berbohong": (korpus.docx_berbohong, RUSAK.format("Office")),
    "docx keluar dari tempatnya": (lambda: korpus.docx(**{"../../etc/x.xml": "x"}), RUSAK.format("Office")),
    "bom zip": (
        lambda: korpus.docx(**{f"word/{n}.xml": " " * 4_000_000 for n in range(3)}),
        ISI_BESAR,
    ),
}


@pytest.fixture
def satker(db: None) -> Satker:
    return make_satker("1503")


@pytest.fixture
def anggota(satker: Satker) -> User:
    return make_member(satker)


def terima(
    anggota: User, satker: Satker, isi: bytes, nama: str = "Laporan WBS.pdf", **isian: object
) -> Evidence:
    upload = berkas.unggahan(isi)
    upload._name = nama  # past Django's own cleaning, as an import would come
    lengkap = {"judul": "Laporan WBS", "tanggal_dokumen": HARI, "at": KAPAN, **isian}
    return receive_file(satker=satker, upload=upload, by=anggota, **lengkap)


def tersimpan() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def pesan(galat: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return galat.value.message_dict


@pytest.mark.parametrize(("buat", "kata"), BURUK.values(), ids=BURUK.keys())
def test_a_bad_file_is_refused_in_its_own_words(
    satker: Satker, anggota: User, settings: object, buat: Buat, kata: str
) -> None:
    settings.BUKTI_MAKS_ISI_ZIP_MB, settings.BUKTI_KOTAK_MB = 8, 700
    with pytest.raises(ValidationError) as galat:
        terima(anggota, satker, buat())
    assert pesan(galat) == {"berkas": [kata]}
    assert (tersimpan(), Evidence.objects.exists()) == ([], False)


@pytest.mark.parametrize(("mb", "banyak"), [(33, 1), (12, 3)])
def test_an_office_file_that_swells_is_refused_long_before_the_limit(
    satker: Satker, anggota: User, mb: int, banyak: int
) -> None:
    with pytest.raises(ValidationError) as galat:
        terima(anggota, satker, korpus.docx_bom(mb, banyak))
    assert pesan(galat) == {"berkas": [ISI_BESAR]}


def test_documents_inside_share_the_limit_of_the_whole(
    satker: Satker, anggota: User, settings: object
) -> None:
    settings.BUKTI_MAKS_ISI_ZIP_MB = 8
    isi = korpus.docx(**{f"word/embeddings/a{n}.docx": korpus.docx_bom(3) for n in range(3)})
    with pytest.raises(ValidationError) as galat:
        terima(anggota, satker, isi)
    assert pesan(galat) == {"berkas": [ISI_BESAR]}


@pytest.mark.parametrize(
    ("nama", "kata"),
    [
        ("Foto.JPEG", BUKAN_PDF.replace("PDF", "JPG")),
        ("Rekap.xlsx", BUKAN_PDF.replace("PDF", "XLSX")),
        ("Catatan.txt", LAIN),
        ("Catatan", LAIN),
    ],
)
def test_what_is_no_document_is_told_by_what_its_name_promised(
    satker: Satker, anggota: User, nama: str, kata: str
) -> None:
    with pytest.raises(ValidationError) as galat:
        terima(anggota, satker, b"sekadar teks biasa", nama)
    assert pesan(galat) == {"berkas": [kata]}


TERSEMBUNYI = (
    "Nama berkas memuat tanda yang tidak terlihat. Ganti dengan huruf dan angka biasa, lalu unggah lagi."
)
NAMA_BURUK = {
    "kosong": ("  ", "Berkas ini tidak bernama. Beri nama, lalu unggah lagi."),
    "hanya titik": ("..", "Berkas ini tidak bernama. Beri nama, lalu unggah lagi."),
    "berbalik arah": ("Laporan\u202efdp.exe", TERSEMBUNYI),
    "tanda kendali": ("Laporan\x07.pdf", TERSEMBUNYI),
    "baris baru": ("Laporan\r\nX-Kepala: 1.pdf", TERSEMBUNYI),
    "nol": ("Laporan.pdf\0.exe", TERSEMBUNYI),
    "baris baru di belakang": ("Laporan.pdf\n", TERSEMBUNYI),
    "spasi tanpa lebar": ("Lap\u200boran.pdf", TERSEMBUNYI),
    "pisah arah": ("\u2066Laporan\u2069.pdf", TERSEMBUNYI),
    "setengah huruf": ("Laporan\ud800.pdf", TERSEMBUNYI),
    "huruf buatan sendiri": ("Laporan\ue000.pdf", TERSEMBUNYI),
    "terlalu panjang": (
        "x" * 197 + ".pdf",
        "Nama berkas terlalu panjang: 201 huruf. Pendekkan sampai 200 huruf, lalu unggah lagi.",
    ),
}


@pytest.mark.parametrize(("nama", "kata"), NAMA_BURUK.values(), ids=NAMA_BURUK.keys())
def test_a_bad_name_is_refused_in_its_own_words(satker: Satker, anggota: User, nama: str, kata: str) -> None:
    with pytest.raises(ValidationError) as galat:
        terima(anggota, satker, berkas.pdf(), nama)
    assert pesan(galat) == {"berkas": [kata]}
    assert (tersimpan(), Evidence.objects.exists()) == ([], False)


TANGGAL_BURUK = {
    "besok": (
        dt.date(2025, 6, 21),
        "Tanggal dokumen 21 Juni 2025 belum tiba; hari ini 20 Juni 2025. Periksa tanggal dan tahunnya.",
    ),
    "tahun salah ketik ke depan": (
        dt.date(2205, 6, 20),
        "Tanggal dokumen 20 Juni 2205 belum tiba; hari ini 20 Juni 2025. Periksa tanggal dan tahunnya.",
    ),
    "abad lalu": (
        dt.date(1999, 12, 31),
        "Tahun dokumen 1999 mungkin salah ketik. Isi tahun 2000 atau sesudahnya.",
    ),
    "tahun dua angka": (
        dt.date(25, 6, 20),
        "Tahun dokumen 25 mungkin salah ketik. Isi tahun 2000 atau sesudahnya.",
    ),
}


@pytest.mark.parametrize(("tanggal", "kata"), TANGGAL_BURUK.values(), ids=TANGGAL_BURUK.keys())
def test_a_bad_date_is_refused_in_its_own_words(
    satker: Satker, anggota: User, tanggal: dt.date, kata: str
) -> None:
    with pytest.raises(ValidationError) as galat:
        terima(anggota, satker, berkas.pdf(), tanggal_dokumen=tanggal)
    assert pesan(galat) == {"tanggal_dokumen": [kata]}
    assert tersimpan() == []


SETEMPAT = (
    "Tautan ini hanya terbuka di komputer atau jaringan Anda sendiri, dan TPI tidak dapat membukanya. Unggah "
    "berkasnya, atau cetak halamannya sebagai PDF lalu unggah PDF itu."
)
TAUTAN_BURUK = {
    "skrip": (
        "javascript:alert(1)",
        "Tautan harus dimulai dengan https:// atau http://. Salin lagi dari bilah alamat peramban.",
    ),
    "berkas setempat": (
        "file:///etc/passwd",
        "Tautan harus dimulai dengan https:// atau http://. Salin lagi dari bilah alamat peramban.",
    ),
    "data": (
        "data:text/html,<script>1</script>",
        "Tautan harus dimulai dengan https:// atau http://. Salin lagi dari bilah alamat peramban.",
    ),
    "bersandi": (
        "https://orang:sandi@kpu.go.id/",
        "Tautan memuat nama pengguna atau kata sandi. Hapus bagian sebelum tanda @.",
    ),
    "berbalik arah": (
        "https://kpu.go.id/\u202ea",
        "Tautan tidak boleh memuat spasi. Salin lagi dari bilah alamat peramban.",
    ),
    "tanpa tujuan": ("https://", "Tautan ini tidak lengkap. Salin lagi dari bilah alamat peramban."),
    "garis bawah di akhiran": (
        "https://kpu.go_id/",
        "Tautan ini tidak lengkap. Salin lagi dari bilah alamat peramban.",
    ),
    "komputer sendiri": ("http://localhost/x", SETEMPAT),
    "komputer sendiri, porta": ("http://LOCALHOST.:8000/x", SETEMPAT),
    "komputer sendiri, angka": ("http://127.0.0.1/x", SETEMPAT),
    "komputer sendiri, IPv6": ("http://[::1]/x", SETEMPAT),
    "jaringan kantor": ("http://10.0.0.1/x", SETEMPAT),
    "jaringan kantor, IPv6 terbungkus": ("http://[::ffff:192.168.1.1]/x", SETEMPAT),
    "jaringan kantor, angka lebar": ("http://１０.０.０.１２/x", SETEMPAT),
    "satu kata": ("https://intranet/x", SETEMPAT),
    "satu angka": ("http://2130706433/x", SETEMPAT),
    "nama setempat": ("http://server.local/x", SETEMPAT),
}


@pytest.mark.parametrize(("tautan", "kata"), TAUTAN_BURUK.values(), ids=TAUTAN_BURUK.keys())
def test_a_bad_link_is_refused_in_its_own_words(
    satker: Satker, anggota: User, tautan: str, kata: str
) -> None:
    with pytest.raises(ValidationError) as galat:
        receive_link(satker=satker, tautan=tautan, judul="x", tanggal_dokumen=HARI, by=anggota, at=KAPAN)
    assert pesan(galat) == {"tautan": [kata]}


@pytest.mark.parametrize(
    "tautan",
    [
        "https://jdih.kpu.go.id:8443/x",
        "http://8.8.8.8/x",
        "https://drive.google.com/x",
        "https://lokal.id",
        "https://si_dalih.kpu.go.id/a_b?c=_",
    ],
)
def test_a_link_of_the_open_internet_is_taken(satker: Satker, anggota: User, tautan: str) -> None:
    piece = receive_link(satker=satker, tautan=tautan, judul="x", tanggal_dokumen=HARI, by=anggota, at=KAPAN)
    assert piece.tautan == tautan


# --- What is sound, a little odd included ---


def simpan(dokumen: object) -> bytes:
    keluar = io.BytesIO()
    dokumen.save(keluar)
    return keluar.getvalue()


def docx_bergambar() -> bytes:
    dokumen = docx.Document()
    dokumen.add_heading("Laporan WBS")
    dokumen.add_picture(io.BytesIO(berkas.gambar()))
    return simpan(dokumen)


def pptx_bergrafik() -> bytes:
    """A chart brings its workbook along, inside the file."""
    paparan, angka = pptx.Presentation(), CategoryChartData()
    angka.categories = ["TW I", "TW II"]
    angka.add_series("Capaian", (50, 75))
    salindia = paparan.slides.add_slide(paparan.slide_layouts[5])
    salindia.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 3_000_000, 2_000_000, angka)
    return simpan(paparan)


def pptx_berfilm() -> bytes:
    """A film, and a workbook as an object to be opened."""
    paparan = pptx.Presentation()
    salindia, letak = paparan.slides.add_slide(paparan.slide_layouts[6]).shapes, (0, 0, 900_000, 900_000)
    salindia.add_movie(io.BytesIO(korpus.mp4()), *letak, io.BytesIO(berkas.gambar()))
    salindia.add_ole_object(io.BytesIO(korpus.xlsx_nyata()), PROG_ID.XLSX, *letak)
    return simpan(paparan)


def xlsx_bergrafik() -> bytes:
    buku = openpyxl.Workbook()
    lembar, grafik = buku.active, BarChart()
    lembar.append(["DDE (Dynamic Data Exchange)", "=SUM(C1:D1)", 3])
    lembar.column_dimensions["E"].hidden = True
    grafik.add_data(Reference(lembar, min_col=3, min_row=1))
    lembar.add_chart(grafik, "A5")
    lembar.add_image(GambarExcel(io.BytesIO(berkas.gambar("PNG"))), "A20")
    return simpan(buku)


def jpg_berputar() -> bytes:
    keluar, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 30)).save(keluar, "JPEG", exif=exif)
    return keluar.getvalue()


SEHAT: dict[str, tuple[Buat, str]] = {
    "pdf": (korpus.pdf_nyata, "application/pdf"),
    "pdf ditambah": (lambda: korpus.pdf_nyata() + b"\r\n\0\0", "application/pdf"),
    "pdf untuk web": (korpus.pdf_untuk_web, "application/pdf"),
    "pdf diubah": (korpus.pdf_diubah, "application/pdf"),
    "pdf berhalaman awal": (
        lambda: korpus.pdf_dengan(
            lambda pdf: pdf.Root.update({"/OpenAction": Array([pdf.pages[0].obj, Name.Fit])})
        ),
        "application/pdf",
    ),
    "pdf menuju halaman": (
        lambda: korpus.pdf_beruntun(
            Dictionary(S=Name.Named, N=Name.FirstPage), Dictionary(S=Name.GoTo, D=String("bab1"))
        ),
        "application/pdf",
    ),
    "pdf berdaftar isi": (korpus.pdf_berdaftar_isi, "application/pdf"),
    "pdf bertautan ke berkas lain": (
        lambda: korpus.pdf_tombol(S=Name.GoToR, F=String("Lampiran.pdf"), D=Array([0, Name.Fit])),
        "application/pdf",
    ),
    "pdf bertautan": (
        lambda: korpus.pdf_tombol(S=Name.URI, URI=String("https://kpu.go.id/")),
        "application/pdf",
    ),
    "pdf berlampiran data": (lambda: korpus.pdf_berlampiran("data.xml", b"<a/>"), "application/pdf"),
    **{
        f"pdf berlampiran {nama}": (partial(korpus.pdf_berlampiran, nama, buat()), "application/pdf")
        for nama, buat in {
            "factur-x.XML": lambda: b"<a/>",
            "data.csv": lambda: b"a;b\r\n",
            "Rekap.xlsx": korpus.xlsx_nyata,
            "Asli.odt": korpus.odt_bergambar,
            "Paparan.odp": lambda: berkas.odf("presentation"),
            "Lampiran.pdf": korpus.pdf_nyata,
            "foto.jpg": berkas.gambar,
        }.items()
    },
    "pdf berlampiran xlsx terbuka": (
        lambda: korpus.pdf_berlampiran("Rekap.xlsx", korpus.xlsx_nyata(), **korpus.APA_ADANYA),
        "application/pdf",
    ),
    "pdf berlampiran bertingkat": (lambda: korpus.pdf_bertingkat(3), "application/pdf"),
    "pdf berhuruf rusak": (korpus.pdf_berhuruf_rusak, "application/pdf"),
    "pdf 30 halaman": (lambda: korpus.pdf_bom(4, halaman=30), "application/pdf"),
    "pdf bercerita tentang skrip": (
        lambda: berkas.pdf(tanda="Cara mematikan /JavaScript dan /JS di PDF"),
        "application/pdf",
    ),
    "jpg": (lambda: berkas.gambar("JPEG", (400, 300)), "image/jpeg"),
    "jpg satu piksel": (lambda: berkas.gambar("JPEG", (1, 1)), "image/jpeg"),
    "jpg berputar": (jpg_berputar, "image/jpeg"),
    "jpg bergambar kedua": (lambda: berkas.gambar() + berkas.gambar(), "image/jpeg"),
    "jpg berfilm": (lambda: berkas.gambar() + korpus.mp4(merek=b"mp42"), "image/jpeg"),
    "png": (lambda: berkas.gambar("PNG"), "image/png"),
    "png yang kebetulan": (
        lambda: korpus.png_berisi(b"PK\5\6" + bytes(range(60))),
        "image/png",
    ),
    "webp": (lambda: berkas.gambar("WEBP"), "image/webp"),
    "heic": (lambda: berkas.gambar("HEIF"), "image/heic"),
    "docx": (docx_bergambar, f"{berkas.TIPE_OOXML}wordprocessingml.document"),
    "docx dari banyak program": (
        korpus.docx_dari_banyak_program,
        f"{berkas.TIPE_OOXML}wordprocessingml.document",
    ),
    "docx berbantalan": (
        lambda: korpus.docx() + bytes(500),
        f"{berkas.TIPE_OOXML}wordprocessingml.document",
    ),
    "docx bertambahan nol": (
        lambda: korpus.docx_bertambahan(bytes(500)),
        f"{berkas.TIPE_OOXML}wordprocessingml.document",
    ),
    "docx berdaftar isi": (
        lambda: korpus.docx_berkode(" TOC ", "\\o &quot;1-3&quot;"),
        f"{berkas.TIPE_OOXML}wordprocessingml.document",
    ),
    "docx bercerita tentang dde": (
        lambda: korpus.docx_nyata("DDEAUTO dan DDE(1) <!-- bukan kode -->"),
        f"{berkas.TIPE_OOXML}wordprocessingml.document",
    ),
    "docx berbaris kosong": (
        lambda: korpus.docx_bom(20),
        f"{berkas.TIPE_OOXML}wordprocessingml.document",
    ),
    "docx bersarang": (lambda: korpus.bersarang(3), f"{berkas.TIPE_OOXML}wordprocessingml.document"),
    "xlsx bergrafik": (xlsx_bergrafik, f"{berkas.TIPE_OOXML}spreadsheetml.sheet"),
    **{
        f"pptx {tindakan}": (
            partial(korpus.pptx_bertindakan, "hlinkClick", tindakan),
            f"{berkas.TIPE_OOXML}presentationml.presentation",
        )
        for tindakan in (
            "ppaction://hlinkshowjump?jump=nextslide",
            "ppaction://hlinksldjump",
            "ppaction://media",
        )
    },
    "pptx bercerita tentang makro": (
        lambda: korpus.pptx_nyata("ppaction://macro tidak diterima"),
        f"{berkas.TIPE_OOXML}presentationml.presentation",
    ),
    "pptx berfilm": (pptx_berfilm, f"{berkas.TIPE_OOXML}presentationml.presentation"),
    "odt bergambar": (korpus.odt_bergambar, "application/vnd.oasis.opendocument.text"),
    "docx bertautan": (
        lambda: korpus.docx_merujuk("hyperlink", "https://kpu.go.id/"),
        f"{berkas.TIPE_OOXML}wordprocessingml.document",
    ),
    "docx bertemplat setempat": (
        lambda: korpus.docx_merujuk("attachedTemplate", "file:///C:\\Users\\a\\Templat.dotx"),
        f"{berkas.TIPE_OOXML}wordprocessingml.document",
    ),
    "docx berumus lama": (
        lambda: korpus.docx(**{"word/embeddings/oleObject1.bin": korpus.ole("Equation Native")}),
        f"{berkas.TIPE_OOXML}wordprocessingml.document",
    ),
    "xlsx": (korpus.xlsx_nyata, f"{berkas.TIPE_OOXML}spreadsheetml.sheet"),
    "pptx": (pptx_bergrafik, f"{berkas.TIPE_OOXML}presentationml.presentation"),
    "odt": (lambda: korpus.odf_nyata("text", "Berita acara"), "application/vnd.oasis.opendocument.text"),
    "ods": (lambda: korpus.odf_nyata("spreadsheet", "1"), "application/vnd.oasis.opendocument.spreadsheet"),
    "mp4": (korpus.mp4, "video/mp4"),
    "mp4 bertanda lain": (lambda: korpus.mp4(merek=b"mp42") + korpus.kotak(b"free", bytes(9)), "video/mp4"),
}


@pytest.mark.parametrize(("buat", "tipe"), SEHAT.values(), ids=SEHAT.keys())
def test_a_sound_file_is_taken_in(satker: Satker, anggota: User, buat: Buat, tipe: str) -> None:
    isi = buat()
    bukti = terima(anggota, satker, isi)
    assert (bukti.tipe, bukti.ukuran) == (tipe, len(isi))
