"""Taking evidence in: received to a temporary place, hashed on the way, recognised, scanned, kept under its hash, and
only then recorded. An end at any point leaves nothing, a complete evidence, or a file that a sweep removes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import Satker, User
from accounts.waktu import tanggal_panjang, zoneinfo
from evidence import bacaan, batas, cari, content, jaringan, pindai, vault
from evidence.models import BerkasTersimpan, Evidence

TAHUN_TERAWAL = 2000
NAMA_TERPANJANG = 200
TAUTAN_TERPANJANG = 1000
JUDUL_TERPANJANG = 200
# Names that no resolver of the internet knows.
AKHIRAN_SETEMPAT = (".localhost", ".local", ".internal", ".lan")
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
    with in_words(), received(upload) as diterima:
        jenis = recognise(diterima.path, nama)
        simpanan = BerkasTersimpan(
            satker=evidence.satker,
            sha256=diterima.sha256,
            nama=vault.name_of(evidence.satker.kode, diterima.sha256),
            ukuran=diterima.ukuran,
            tipe=jenis.tipe,
            disimpan_pada=timezone.now(),
            **pindai.periksa(diterima.path, evidence.satker, diterima.sha256).kolom(),
        )
        check_room(simpanan)
        vault.keep(diterima.path, simpanan.nama, simpanan.sha256)
    return describe_file(evidence, simpanan, with_true_suffix(nama, jenis))


def describe_file(evidence: Evidence, simpanan: BerkasTersimpan, nama_berkas: str) -> Evidence:
    evidence.jenis, evidence.nama_berkas = Evidence.Jenis.BERKAS, nama_berkas
    evidence.simpanan, evidence.berkas = simpanan, simpanan.nama
    evidence.sha256, evidence.ukuran, evidence.tipe = simpanan.sha256, simpanan.ukuran, simpanan.tipe
    return evidence


def point_to(evidence: Evidence, tautan: str) -> Evidence:
    evidence.jenis, evidence.tautan = Evidence.Jenis.TAUTAN, check_link(tautan)
    return evidence


@transaction.atomic
def record(evidence: Evidence, *, baca: bool = True) -> Evidence:
    """The row, one at a time in an office: no number twice or left out, no limit that two at once pass together.

    Without `baca` the text layer waits for the command: many at once would keep a page waiting.
    """
    Satker.objects.select_for_update().get(pk=evidence.satker_id)
    if evidence.simpanan:
        evidence.simpanan = record_file(evidence.simpanan)
    terakhir = Evidence.objects.filter(satker=evidence.satker_id).aggregate(n=Max("nomor"))["n"]
    evidence.nomor = (terakhir or 0) + 1
    evidence.save(force_insert=True)
    cari.index(evidence)
    if evidence.simpanan and baca:
        bacaan.read_soon(evidence.simpanan)
    return evidence


def record_file(simpanan: BerkasTersimpan) -> BerkasTersimpan:
    """The row of a file that lies in the store; the office's one row for it if there is one."""
    if simpanan.pk:
        return simpanan
    if lama := row_of(simpanan):
        return seen_again(lama, simpanan)
    check_room(simpanan)
    with in_words():
        if not vault.exists(simpanan.nama):  # a sweep took an old one, that no row named, in between
            raise vault.VaultError("terputus")
    simpanan.save(force_insert=True)
    return simpanan


def row_of(simpanan: BerkasTersimpan) -> BerkasTersimpan | None:
    return BerkasTersimpan.objects.filter(satker=simpanan.satker_id, sha256=simpanan.sha256).first()


def seen_again(lama: BerkasTersimpan, baru: BerkasTersimpan) -> BerkasTersimpan:
    """What the scanner knows today counts for the file of old, too."""
    if lama.dihapus_pada:
        raise refused("dihapus")
    hasil = pindai.Hasil(pindai.Pindai(baru.pindai), baru.dipindai_pada, baru.ancaman)
    pindai.catat(lama, hasil)
    if lama.pindai == pindai.Pindai.DIBLOKIR:
        raise pindai.bervirus(lama.ancaman)
    return lama


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
    "dihapus": (
        "berkas",
        "Berkas ini pernah dihapus karena hukum dan tidak disimpan lagi. Unggah versi tanpa data itu.",
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
    "tautan_kosong": ("tautan", "Isi tautannya, mis. https://contoh.go.id/laporan."),
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
    "tautan_setempat": (
        "tautan",
        "Tautan ini hanya terbuka di komputer atau jaringan Anda sendiri, dan TPI tidak dapat membukanya. Unggah "
        "berkasnya, atau cetak halamannya sebagai PDF lalu unggah PDF itu.",
    ),
}


def refused(code: str, **isian: object) -> ValidationError:
    kolom, pesan = PESAN[code]
    return ValidationError({kolom: ValidationError(pesan.format(**isian), code=code)})


def check_name(nama: str) -> str:
    nama = unicodedata.normalize("NFC", nama.replace("\\", "/").rsplit("/", 1)[-1]).strip(" ")
    if nama in ("", ".", ".."):
        raise refused("nama_kosong")
    if any(map(is_hidden, nama)):
        raise refused("nama_tersembunyi")
    if len(nama) > NAMA_TERPANJANG:
        raise refused("nama_panjang", panjang=len(nama), batas=NAMA_TERPANJANG)
    return nama


def shown(nama: str) -> str:
    """Hidden characters told instead of obeyed; no line of a database refuses it."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if is_hidden(h) else h for h in unicodedata.normalize("NFC", nama)
    )


def is_hidden(huruf: str) -> bool:
    return unicodedata.category(huruf) in TERSEMBUNYI


def check_size(ukuran: int) -> None:
    if ukuran == 0:
        raise refused("kosong")
    if ukuran > settings.BUKTI_MAKS_MB * 1024 * 1024:
        raise too_large()


def too_large() -> ValidationError:
    return refused("besar", batas=settings.BUKTI_MAKS_MB)


def check_judul(judul: str) -> str:
    """Hidden characters come along from where the words were copied: here nobody needs to be told."""
    judul = " ".join("".join(h for h in judul if h.isspace() or not is_hidden(h)).split())
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
    if is_inside(bagian):
        raise refused("tautan_setempat")
    try:
        URLValidator(schemes=["http", "https"])(without_underscores(bagian))
    except ValidationError:
        raise refused("tautan_rusak")
    return tautan


def without_underscores(bagian: SplitResult) -> str:
    """For the validator alone: by the letter no site may be called so, and yet some are, and open."""
    depan, titik, akhir = bagian.netloc.rpartition(".")
    return bagian._replace(netloc=depan.replace("_", "x") + titik + akhir).geturl()


def is_inside(bagian: SplitResult) -> bool:
    """Of one computer or one office's network, as far as the address itself says."""
    try:
        host = jaringan.host_of(bagian)
    except ValueError:  # no name at all: what is wrong with it, the validator says
        return False
    try:
        return not jaringan.is_public(host)
    except ValueError:  # a name
        return bool(host) and ("." not in host or host.endswith(AKHIRAN_SETEMPAT))


def check_room(simpanan: BerkasTersimpan) -> None:
    """Asked before the file is kept, and again under the lock."""
    lama = row_of(simpanan)
    if lama and lama.dihapus_pada:
        raise refused("dihapus")
    if not lama:
        batas.check_satker(simpanan.satker, simpanan.ukuran, timezone.now(), berjalan=False)


# --- Receiving it ---


@dataclass(frozen=True)
class Diterima:
    """All of it, hashed, on the file system of the store."""

    path: Path
    sha256: str
    ukuran: int


@contextmanager
def in_words() -> Iterator[None]:
    """A full or broken store is said to the person, at the file."""
    try:
        with vault.in_words():
            yield
    except vault.VaultError as galat:
        raise ValidationError(
            {"berkas": ValidationError(str(galat), code=f"simpanan_{galat.code}")}
        ) from galat


@contextmanager
def received(upload: File) -> Iterator[Diterima]:
    """What already lies complete in a file of ours (`jalan`) stays where it is; all else is copied to one."""
    if jalan := getattr(upload, "jalan", None):
        upload.flush()
        yield Diterima(jalan, getattr(upload, "sha256", "") or hash_of(jalan), jalan.stat().st_size)
        return
    with vault.temporary_file() as path:
        sha256, ukuran = copy_hashed(upload, path)
        yield Diterima(path, sha256, ukuran)


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_hashed(upload: File, path: Path) -> tuple[str, int]:
    """SHA-256 and size of what really came."""
    hash_, ukuran = hashlib.sha256(), 0
    with path.open("wb") as keluar:
        for potongan in upload.chunks(vault.POTONGAN):
            ukuran += len(potongan)
            check_size(ukuran)
            hash_.update(potongan)
            keluar.write(potongan)
    check_size(ukuran)
    return hash_.hexdigest(), ukuran


def recognise(path: Path, nama: str) -> content.Jenis:
    try:
        return content.recognise(path, nama)
    except ValidationError as galat:
        raise ValidationError({"berkas": galat})


def with_true_suffix(nama: str, jenis: content.Jenis) -> str:
    """The user's name; a suffix that says something else than the content does is replaced."""
    if nama.lower().endswith(jenis.akhiran):
        return nama
    return re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", "", nama) + jenis.akhiran[0]
