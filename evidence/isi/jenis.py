"""The kinds that are taken in, and the reasons for which a file is not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Jenis:
    """A kind that is taken in; the first of `akhiran` is given to a file that comes with another's."""

    nama: str
    tipe: str
    akhiran: tuple[str, ...]


PDF = Jenis("PDF", "application/pdf", (".pdf",))
JPG = Jenis("JPG", "image/jpeg", (".jpg", ".jpeg", ".jfif"))
PNG = Jenis("PNG", "image/png", (".png",))
WEBP = Jenis("WEBP", "image/webp", (".webp",))
HEIC = Jenis("HEIC", "image/heic", (".heic", ".heif"))
MP4 = Jenis("MP4", "video/mp4", (".mp4", ".m4v"))
OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = Jenis("DOCX", f"{OOXML}wordprocessingml.document", (".docx",))
XLSX = Jenis("XLSX", f"{OOXML}spreadsheetml.sheet", (".xlsx",))
PPTX = Jenis("PPTX", f"{OOXML}presentationml.presentation", (".pptx",))
ODF = "application/vnd.oasis.opendocument."
ODT = Jenis("ODT", f"{ODF}text", (".odt",))
ODS = Jenis("ODS", f"{ODF}spreadsheet", (".ods",))

DITERIMA = (PDF, DOCX, XLSX, PPTX, ODT, ODS, JPG, PNG, WEBP, HEIC, MP4)
MENURUT_NAMA = {jenis.nama: jenis for jenis in DITERIMA}
MENURUT_TIPE = {jenis.tipe: jenis for jenis in DITERIMA}
GAMBAR = (JPG, PNG, WEBP, HEIC)
KANTOR = (DOCX, XLSX, PPTX, ODT, ODS)

# Office kinds that are not taken in: what names them inside, their suffix, and what to save them as.
KANTOR_LAIN = {
    f"{OOXML}wordprocessingml.template.main+xml": ("DOTX", "DOCX atau PDF"),
    f"{OOXML}spreadsheetml.template.main+xml": ("XLTX", "XLSX atau PDF"),
    f"{OOXML}presentationml.template.main+xml": ("POTX", "PPTX atau PDF"),
    f"{OOXML}presentationml.slideshow.main+xml": ("PPSX", "PPTX atau PDF"),
    "application/vnd.ms-visio.drawing.main+xml": ("VSDX", "PDF"),
    f"{ODF}presentation": ("ODP", "PPTX atau PDF"),
    f"{ODF}presentation-template": ("OTP", "PPTX atau PDF"),
    f"{ODF}text-template": ("OTT", "ODT atau PDF"),
    f"{ODF}text-master": ("ODM", "ODT atau PDF"),
    f"{ODF}spreadsheet-template": ("OTS", "ODS atau PDF"),
    f"{ODF}graphics": ("ODG", "PDF"),
    f"{ODF}graphics-template": ("OTG", "PDF"),
    f"{ODF}chart": ("ODC", "PDF"),
    f"{ODF}formula": ("ODF", "PDF"),
    f"{ODF}base": ("ODB", "PDF"),
}

PESAN = {
    "kantor_lain": "Berkas {nama} tidak diterima. Simpan sebagai {jadi}, lalu unggah lagi.",
    "rusak": "Berkas {nama} ini rusak atau terpotong. Buka dan simpan ulang di komputer, lalu unggah lagi.",
    "terkunci": "Berkas {nama} ini dikunci kata sandi atau dibatasi. Simpan tanpa kunci, lalu unggah lagi.",
    "makro": "Berkas ini memuat makro, dan makro tidak diterima. Simpan sebagai {nama} tanpa makro atau "
    "sebagai PDF, lalu unggah lagi.",
    "tindakan": "Berkas {nama} ini menjalankan program atau makro saat ditunjuk atau diklik, dan itu tidak "
    "diterima. Hapus tindakannya atau simpan sebagai PDF, lalu unggah lagi.",
    "skrip": "Berkas {nama} ini memuat skrip, dan skrip tidak diterima. Cetak ulang sebagai PDF, lalu unggah "
    "lagi.",
    "berjalan": "Berkas PDF ini menjalankan sesuatu saat dibuka, dan itu tidak diterima. Cetak ulang sebagai "
    "PDF, lalu unggah lagi.",
    "xfa": "Berkas ini formulir XFA yang tidak dapat dibuka di peramban. Cetak sebagai PDF biasa, lalu unggah "
    "lagi.",
    "portofolio": "Berkas ini portofolio PDF. Keluarkan isinya, lalu unggah berkasnya satu per satu.",
    "lampiran": "Berkas {nama} ini membawa program atau arsip di dalamnya. Keluarkan lampiran itu, lalu unggah "
    "lagi.",
    "luar": "Berkas {nama} ini mengambil isi dari alamat lain saat dibuka. Simpan sebagai PDF, lalu unggah "
    "lagi.",
    "ganda": "Berkas {nama} ini menyembunyikan berkas lain di dalamnya. Simpan ulang sebagai {nama} biasa, "
    "lalu unggah lagi.",
    "arsip": "Arsip tidak diterima. Keluarkan isinya, lalu unggah berkasnya satu per satu.",
    "isi_besar": "Isi berkas ini terlalu besar bila dibuka. Perkecil gambar di dalamnya atau simpan "
    "sebagai PDF, lalu unggah lagi.",
    "piksel": "Gambar ini lebih dari {juta} juta piksel, terlalu besar. Perkecil, lalu unggah lagi.",
    "berat": "Berkas {nama} ini terlalu berat untuk dibuka. Perkecil atau cetak ulang sebagai PDF, lalu unggah "
    "lagi.",
    "suara": "Berkas MP4 ini tidak berisi gambar, hanya suara. Unggah videonya atau dokumen PDF.",
    "video": "Video jenis ini tidak diterima. Simpan sebagai MP4, lalu unggah lagi.",
}


class Tolak(Exception):
    """A file that is refused: the code of a reason in PESAN, and what fills its gaps."""

    def __init__(self, code: str, **isian: str | int) -> None:
        super().__init__(code)
        self.code, self.isian = code, isian

    def __str__(self) -> str:
        return PESAN[self.code].format(**self.isian)
