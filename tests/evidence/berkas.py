"""Small files, good and bad, made on the spot."""

import io
import zipfile

import pikepdf
import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

pillow_heif.register_heif_opener()

TIPE_OOXML = "application/vnd.openxmlformats-officedocument."


def unggahan(isi: bytes, nama: str = "Laporan WBS.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nama, isi)


def pdf(*, halaman: int = 1, encryption: pikepdf.Encryption | None = None, tanda: str = "") -> bytes:
    keluar, berkas = io.BytesIO(), pikepdf.new()
    for _ in range(halaman):
        berkas.add_blank_page()
    if tanda:
        berkas.docinfo["/Title"] = tanda
    # The same words are the same bytes: PDF's own id is made of the clock, and two calls may fall in two seconds.
    berkas.save(keluar, encryption=encryption or False, deterministic_id=encryption is None)
    return keluar.getvalue()


def gambar(jenis: str = "JPEG", ukuran: tuple[int, int] = (64, 48), warna: str = "navy") -> bytes:
    keluar = io.BytesIO()
    Image.effect_noise(ukuran, 50).convert("RGB").save(keluar, jenis)
    return keluar.getvalue()


def kemas(**bagian: str) -> bytes:
    return kemas_bagian(bagian)


def kemas_bagian(bagian: dict[str, str]) -> bytes:
    keluar = io.BytesIO()
    with zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED) as arsip:
        for nama, isi in bagian.items():
            arsip.writestr(nama, isi)
    return keluar.getvalue()


def ooxml(jenis: str = "wordprocessingml.document", *, tipe: str = "", **tambahan: str) -> bytes:
    tipe = tipe or f"{TIPE_OOXML}{jenis}.main+xml"
    bagian = {
        "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{tipe}"/></Types>',
        "_rels/.rels": "<Relationships/>",
        "word/document.xml": "<w:document/>",
    }
    return kemas_bagian({**bagian, **tambahan})


def odf(jenis: str = "text", *, manifest: str = "<manifest/>", **tambahan: str) -> bytes:
    bagian = {
        "mimetype": f"application/vnd.oasis.opendocument.{jenis}",
        "content.xml": "<office/>",
        "META-INF/manifest.xml": manifest,
    }
    return kemas_bagian({**bagian, **tambahan})
