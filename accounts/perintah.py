"""What the management commands share: the machine's refusals in our own words, and what they are asked for."""

from __future__ import annotations

import errno

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from accounts.models import Satker

SALAH_PERINTAH = 2  # as argparse ends, too
SEBAB = {
    errno.ENOENT: "berkas atau foldernya tidak ada",
    errno.EACCES: "izinnya tidak cukup",
    errno.EPERM: "izinnya tidak cukup",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.ENOTDIR: "sebagian alamatnya bukan folder",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.ELOOP: "tautannya berputar-putar",
    errno.EROFS: "tempatnya hanya dapat dibaca",
    errno.ENOSPC: "tempatnya penuh",
    errno.EDQUOT: "jatah tempatnya habis",
    errno.EIO: "perangkatnya gagal membaca atau menulis",
}
# How the engines name a table or a column that is not there.
TABEL_TIDAK_ADA = {"42P01", "42703"}
TIDAK_ADA_SQLITE = ("no such table", "no such column", "has no column")
BELUM_MIGRATE = "Tabel basis data belum lengkap. Jalankan manage.py migrate, lalu ulangi perintah ini."


def sebab(galat: OSError) -> str:
    return SEBAB.get(galat.errno or 0, f"galat sistem nomor {galat.errno}")


def find_satker(kode: str) -> Satker:
    if satker := Satker.objects.filter(kode=kode).first():
        return satker
    raise CommandError(f"Satker {kode} tidak dikenal.", returncode=SALAH_PERINTAH)


def require_between(pilihan: str, nilai: float, terbesar: int) -> None:
    if not 0 <= nilai <= terbesar:
        raise CommandError(f"{pilihan} harus antara 0 dan {terbesar}.", returncode=SALAH_PERINTAH)


class Perintah(BaseCommand):
    def execute(self, *args: object, **options: object) -> str | None:
        try:
            return super().execute(*args, **options)
        except DatabaseError as galat:
            if _table_is_missing(galat):
                raise CommandError(BELUM_MIGRATE) from galat
            raise


def _table_is_missing(galat: DatabaseError) -> bool:
    if getattr(galat.__cause__, "sqlstate", None) in TABEL_TIDAK_ADA:
        return True
    return any(kata in str(galat) for kata in TIDAK_ADA_SQLITE)
