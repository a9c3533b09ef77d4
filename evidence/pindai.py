"""Scanning for viruses with clamd, and the one rule of which file may go out.

No scanner set (PINDAI_ALAMAT empty): files are "Belum dipindai" and are served. Once one is set, nothing but a file
found clean is served, and PINDAI_KEBIJAKAN says what happens to a file that comes while the scanner does not answer.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Satker
from evidence import clamd, vault
from evidence.models import BerkasTersimpan

logger = logging.getLogger(__name__)

Pindai = BerkasTersimpan.Pindai
ANCAMAN_TERPANJANG = 200
# With AlertExceedsMax clamd says so of a file that it did not look through; it is no find.
TIDAK_TUNTAS = "Heuristics.Limits.Exceeded"


class Sebab(models.TextChoices):
    """Why there is no answer."""

    MATI = "pemindai_mati", "Pemindai virus sedang tidak dapat dihubungi."
    LAMBAT = "pemindai_lambat", "Pemindai virus tidak selesai pada waktunya."
    BATAS = "pemindai_batas", "Berkas ini lebih besar daripada yang dapat diperiksa pemindai virus."


@dataclass(frozen=True)
class Hasil:
    keadaan: Pindai
    pada: dt.datetime | None = None
    ancaman: str = ""
    sebab: Sebab | None = None

    def kolom(self) -> dict[str, Any]:
        """As a BerkasTersimpan keeps it."""
        return {"pindai": self.keadaan, "ancaman": self.ancaman, "dipindai_pada": self.pada}


# --- Asking ---


def ada_pemindai() -> bool:
    return bool(settings.PINDAI_ALAMAT)


def pindai(file: BinaryIO) -> Hasil:
    """What the scanner says of a file. Its own troubles are an answer (TAK_TERSEDIA); those of the file are raised."""
    if not ada_pemindai():
        return Hasil(Pindai.BELUM)
    try:
        jawaban = clamd.scan(settings.PINDAI_ALAMAT, file, settings.PINDAI_BATAS_DETIK)
    except clamd.TerlaluLamaError as galat:
        return _tanpa_jawaban(Sebab.LAMBAT, str(galat))
    except clamd.TerlaluPanjangError as galat:
        return _tanpa_jawaban(Sebab.BATAS, str(galat))
    except clamd.ClamdError as galat:
        return _tanpa_jawaban(Sebab.MATI, str(galat))
    return _hasil(jawaban)


def versi() -> str:
    """The scanner's name with the age of its signatures; empty while it does not answer."""
    try:
        return clamd.version(settings.PINDAI_ALAMAT, settings.PINDAI_BATAS_DETIK)
    except clamd.ClamdError:
        return ""


def _hasil(jawaban: str) -> Hasil:
    if jawaban == "OK":
        return Hasil(Pindai.BERSIH, timezone.now())
    if jawaban.startswith(TIDAK_TUNTAS):
        return _tanpa_jawaban(Sebab.BATAS, jawaban)
    if jawaban.endswith(" FOUND"):
        ancaman = jawaban.removesuffix(" FOUND").removesuffix(".UNOFFICIAL")
        logger.warning("Pemindai virus menemukan %s.", ancaman)
        return Hasil(Pindai.DIBLOKIR, timezone.now(), ancaman[:ANCAMAN_TERPANJANG])
    return _tanpa_jawaban(Sebab.MATI, jawaban)


def _tanpa_jawaban(sebab: Sebab, keterangan: str) -> Hasil:
    logger.warning("%s (%s)", sebab.label, keterangan)
    return Hasil(Pindai.TAK_TERSEDIA, timezone.now(), sebab=sebab)


# --- Taking in ---

COBA_LAGI = "Berkas tidak disimpan. Coba lagi beberapa menit lagi; bila tetap begini, beri tahu operator."
PERKECIL = "Perkecil atau bagi menjadi beberapa, lalu unggah lagi."
SARAN = {Sebab.MATI: COBA_LAGI, Sebab.LAMBAT: COBA_LAGI, Sebab.BATAS: PERKECIL}


def periksa(path: Path, satker: Satker, sha256: str = "") -> Hasil:
    """A received file, before it is kept. ValidationError says why it is not taken. What is found in it now is known
    of every stored file of the same hash as well: call it outside a transaction, that the refusal does not undo that.
    """
    with path.open("rb") as file:
        hasil = pindai(file)
    if hasil.keadaan == Pindai.DIBLOKIR:
        logger.warning("Berkas untuk %s ditolak: %s.", satker.kode, hasil.ancaman)
        BerkasTersimpan.objects.filter(sha256=sha256).update(**hasil.kolom())
        raise bervirus(hasil.ancaman)
    if hasil.sebab and settings.PINDAI_KEBIJAKAN == "tolak":
        pesan = f"{hasil.sebab.label} {SARAN[hasil.sebab]}"
        raise ValidationError({"berkas": ValidationError(pesan, code=hasil.sebab)})
    return hasil


def bervirus(ancaman: str) -> ValidationError:
    pesan = (
        f"Berkas ini memuat virus ({ancaman}) dan tidak diterima. Tidak ada yang disimpan. "
        "Bersihkan komputer Anda dengan antivirus, lalu unggah berkas yang bersih."
    )
    return ValidationError({"berkas": ValidationError(pesan, code="virus")})


def catat(simpanan: BerkasTersimpan, hasil: Hasil) -> None:
    """Put an answer down on a stored file. No answer never takes the place of one."""
    if hasil.keadaan == Pindai.BELUM:
        return
    rows = BerkasTersimpan.objects.filter(pk=simpanan.pk)
    if hasil.keadaan == Pindai.TAK_TERSEDIA:
        rows = rows.filter(pindai__in=[Pindai.BELUM, Pindai.TAK_TERSEDIA])
    rows.update(**hasil.kolom())
    simpanan.refresh_from_db(fields=["pindai", "ancaman", "dipindai_pada"])


def rescan(simpanan: BerkasTersimpan) -> Hasil:
    """Ask again of a stored file. FileNotFoundError or VaultError where it cannot be read."""
    with vault.open_file(simpanan.nama) as file, vault.in_words():
        hasil = pindai(cast(BinaryIO, file))
    catat(simpanan, hasil)
    return hasil


# --- Serving ---


def disajikan(awalan: str = "") -> Q:
    """Which stored files go out; `awalan` is the path to them, as `simpanan__`."""
    boleh = [Pindai.BERSIH] if ada_pemindai() else [Pindai.BERSIH, Pindai.BELUM]
    return Q(**{f"{awalan}pindai__in": boleh, f"{awalan}dihapus_pada__isnull": True})


def sebab_ditahan(simpanan: BerkasTersimpan) -> str:
    """Why a stored file is not opened, shown, downloaded, packed; empty if it is (the rule of `disajikan`)."""
    if simpanan.dihapus_pada:
        return "Berkas ini sudah dihapus atas dasar hukum. Catatannya tetap ada."
    if simpanan.pindai == Pindai.DIBLOKIR:
        return f"Berkas ini diblokir karena memuat virus ({simpanan.ancaman}). Unggah versi yang bersih."
    if simpanan.pindai == Pindai.TAK_TERSEDIA:
        return "Berkas ini belum dapat dibuka: pemindai virus tidak tersedia saat berkas diterima."
    if simpanan.pindai == Pindai.BELUM and ada_pemindai():
        return "Berkas ini belum dapat dibuka: belum dipindai virus."
    return ""


@checks.register(checks.Tags.security, deploy=True)
def check_pemindai(**_: object) -> list[checks.CheckMessage]:
    if ada_pemindai():
        return []
    return [
        checks.Warning(
            "Berkas bukti tidak dipindai virus: PINDAI_ALAMAT kosong.",
            hint="Pasang clamav-daemon, lalu isi PINDAI_ALAMAT=unix:/run/clamav/clamd.ctl.",
            id="evidence.W001",
        )
    ]
