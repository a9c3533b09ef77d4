"""Taking evidence in: received to a temporary place, hashed on the way, recognised, kept under our own name, then
recorded. An end at any point leaves nothing, a complete evidence, or a file that harms nobody.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from accounts.models import Satker, User
from accounts.waktu import tanggal_panjang, zoneinfo
from evidence import content
from evidence.models import Evidence

TAHUN_TERAWAL = 2000
NAMA_TERPANJANG = 200
TAUTAN_TERPANJANG = 1000
JUDUL_TERPANJANG = 200
POTONGAN = 1024 * 1024
# Control, bidi and other format characters, lone surrogates, private use, line ends.
TERSEMBUNYI = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def receive_file(
    *,
    satker: Satker,
    upload: File,
    judul: str,
    tanggal_dokumen: dt.date,
    by: User,
    rahasia: bool = False,
    at: dt.datetime | None = None,
) -> Evidence:
    """A sound file of an allowed kind, kept and recorded. ValidationError says what to do."""
    evidence = describe(satker, judul, tanggal_dokumen, by, rahasia, at)
    return record(keep_file(evidence, upload))


def receive_link(
    *,
    satker: Satker,
    tautan: str,
    judul: str,
    tanggal_dokumen: dt.date,
    by: User,
    rahasia: bool = False,
    at: dt.datetime | None = None,
) -> Evidence:
    evidence = describe(satker, judul, tanggal_dokumen, by, rahasia, at)
    return record(point_to(evidence, tautan))


def describe(
    satker: Satker, judul: str, tanggal_dokumen: dt.date, by: User, rahasia: bool, at: dt.datetime | None
) -> Evidence:
    """What is said of a piece, not yet recorded; before any byte is received."""
    at = at or timezone.now()
    check_date(tanggal_dokumen, satker, at)
    return Evidence(
        satker=satker,
        judul=check_judul(judul),
        tanggal_dokumen=tanggal_dokumen,
        rahasia=rahasia,
        diunggah_oleh=by,
        diunggah_pada=at,
    )


def keep_file(evidence: Evidence, upload: File) -> Evidence:
    """The file is in its place when this returns; the row is not. Needs no transaction, and should be in none."""
    nama = check_name(upload.name or "")
    check_size(upload.size or 0)
    with temporary_file() as path:
        evidence.sha256, evidence.ukuran = copy_hashed(upload, path)
        jenis = recognise(path)
        evidence.berkas = keep(path, f"bukti/{evidence.satker.kode}/{evidence.sha256[:2]}/{evidence.sha256}")
    evidence.jenis = Evidence.Jenis.BERKAS
    evidence.nama_berkas, evidence.tipe = with_true_suffix(nama, jenis), jenis.tipe
    return evidence


def point_to(evidence: Evidence, tautan: str) -> Evidence:
    evidence.jenis, evidence.tautan = Evidence.Jenis.TAUTAN, check_link(tautan)
    return evidence


@transaction.atomic
def record(evidence: Evidence) -> Evidence:
    evidence.save(force_insert=True)
    return evidence


# --- What must be true ---

PESAN = {
    "nama_kosong": ("berkas", "Berkas ini tidak bernama. Beri nama, lalu unggah lagi."),
    "nama_tersembunyi": (
        "berkas",
        "Nama berkas memuat tanda yang tidak terlihat. Ganti dengan huruf dan angka biasa, lalu unggah lagi.",
    ),
    "nama_panjang": (
        "berkas",
        "Nama berkas terlalu panjang: {panjang} huruf. Pendekkan sampai {batas} huruf, lalu unggah lagi.",
    ),
    "kosong": ("berkas", "Berkas ini kosong (0 bita). Periksa berkasnya, lalu pilih lagi."),
    "besar": (
        "berkas",
        "Berkas ini lebih besar dari {batas} MB. Perkecil atau bagi menjadi beberapa, lalu unggah lagi.",
    ),
    "judul_kosong": ("judul", "Tulis isi dokumen, mis. Laporan evaluasi WBS triwulan II."),
    "judul_panjang": ("judul", "Isi dokumen paling panjang {batas} huruf. Pendekkan."),
    "tanggal_depan": (
        "tanggal_dokumen",
        "Tanggal dokumen {tanggal} belum tiba; hari ini {hari}. Periksa tanggal dan tahunnya.",
    ),
    "tanggal_lama": (
        "tanggal_dokumen",
        "Tahun dokumen {tahun} mungkin salah ketik. Isi tahun {batas} atau sesudahnya.",
    ),
    "tautan_kosong": ("tautan", "Isi tautannya, mis. https://sarolangun.kpu.go.id/laporan."),
    "tautan_panjang": (
        "tautan",
        "Tautan paling panjang {batas} huruf. Pakai tautan berbagi yang lebih pendek.",
    ),
    "tautan_spasi": ("tautan", "Tautan tidak boleh memuat spasi. Salin lagi dari bilah alamat peramban."),
    "tautan_skema": (
        "tautan",
        "Tautan harus dimulai dengan https:// atau http://. Salin lagi dari bilah alamat peramban.",
    ),
    "tautan_sandi": ("tautan", "Tautan memuat nama pengguna atau kata sandi. Hapus bagian sebelum tanda @."),
    "tautan_rusak": ("tautan", "Tautan ini tidak lengkap. Salin lagi dari bilah alamat peramban."),
}


def refused(code: str, **isian: object) -> ValidationError:
    kolom, pesan = PESAN[code]
    return ValidationError({kolom: ValidationError(pesan.format(**isian), code=code)})


def check_name(nama: str) -> str:
    nama = unicodedata.normalize("NFC", nama.replace("\\", "/").rsplit("/", 1)[-1]).strip()
    if nama in ("", ".", ".."):
        raise refused("nama_kosong")
    if any(unicodedata.category(huruf) in TERSEMBUNYI for huruf in nama):
        raise refused("nama_tersembunyi")
    if len(nama) > NAMA_TERPANJANG:
        raise refused("nama_panjang", panjang=len(nama), batas=NAMA_TERPANJANG)
    return nama


def check_size(ukuran: int) -> None:
    if ukuran == 0:
        raise refused("kosong")
    if ukuran > settings.BUKTI_MAKS_MB * 1024 * 1024:
        raise too_large()


def too_large() -> ValidationError:
    return refused("besar", batas=settings.BUKTI_MAKS_MB)


def check_judul(judul: str) -> str:
    judul = " ".join(judul.split())
    if not judul:
        raise refused("judul_kosong")
    if len(judul) > JUDUL_TERPANJANG:
        raise refused("judul_panjang", batas=JUDUL_TERPANJANG)
    return judul


def check_date(tanggal: dt.date, satker: Satker, at: dt.datetime) -> None:
    """The document is there already, by the office's own calendar."""
    hari = at.astimezone(zoneinfo(satker.zona_waktu)).date()
    if tanggal > hari:
        raise refused("tanggal_depan", tanggal=tanggal_panjang(tanggal), hari=tanggal_panjang(hari))
    if tanggal.year < TAHUN_TERAWAL:
        raise refused("tanggal_lama", tahun=tanggal.year, batas=TAHUN_TERAWAL)


def check_link(tautan: str) -> str:
    tautan = tautan.strip()
    if not tautan:
        raise refused("tautan_kosong")
    if len(tautan) > TAUTAN_TERPANJANG:
        raise refused("tautan_panjang", batas=TAUTAN_TERPANJANG)
    if any(huruf.isspace() or not huruf.isprintable() for huruf in tautan):
        raise refused("tautan_spasi")
    return check_link_parts(tautan)


def check_link_parts(tautan: str) -> str:
    try:
        bagian = urlsplit(tautan)
    except ValueError:
        raise refused("tautan_rusak")
    if bagian.scheme.lower() not in ("http", "https"):
        raise refused("tautan_skema")
    if "@" in bagian.netloc:
        raise refused("tautan_sandi")
    try:
        URLValidator(schemes=["http", "https"])(tautan)
    except ValidationError:
        raise refused("tautan_rusak")
    return tautan


# --- Keeping it ---


@contextmanager
def temporary_file() -> Iterator[Path]:
    """A file of our own on the file system of the store, gone at the end if it was not kept."""
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, nama = tempfile.mkstemp(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix="terima-")
    os.close(handle)
    try:
        yield Path(nama)
    finally:
        Path(nama).unlink(missing_ok=True)


def copy_hashed(upload: File, path: Path) -> tuple[str, int]:
    """SHA-256 and size of what really came, on disk when this returns."""
    hash_, ukuran = hashlib.sha256(), 0
    with path.open("wb") as keluar:
        for potongan in upload.chunks(POTONGAN):
            ukuran += len(potongan)
            check_size(ukuran)
            hash_.update(potongan)
            keluar.write(potongan)
        keluar.flush()
        os.fsync(keluar.fileno())
    check_size(ukuran)
    return hash_.hexdigest(), ukuran


def recognise(path: Path) -> content.Jenis:
    try:
        return content.recognise(path)
    except ValidationError as galat:
        raise ValidationError({"berkas": galat})


def keep(path: Path, nama: str) -> str:
    """Move the received file under its own name; what already lies there has the same content."""
    tujuan = Path(settings.MEDIA_ROOT) / nama
    tujuan.parent.mkdir(mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS or 0o750, parents=True, exist_ok=True)
    path.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o640)
    path.replace(tujuan)
    _fsync_folder(tujuan.parent)
    return nama


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def with_true_suffix(nama: str, jenis: content.Jenis) -> str:
    """The user's name; a suffix that says something else than the content does is replaced."""
    if nama.lower().endswith(jenis.akhiran):
        return nama
    return re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", "", nama) + jenis.akhiran[0]
