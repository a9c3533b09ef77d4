"""Whether all that was handed in is still there, unchanged; and what lies there that was never completed.

Written for hundreds of thousands of files: one at a time, flat memory, and what was interrupted goes on.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from accounts.models import Satker
from evidence import impor, pratinjau, tus, vault
from evidence.models import BerkasTersimpan, Evidence, Unggahan
from evidence.querysets import BerkasTersimpanQuerySet
from evidence.vault import Tersimpan

# Younger than this, it may be on its way to a row.
BELUM_LAMA = dt.timedelta(days=1)
SEKALIGUS = 500
YATIM_WAJAR = 100
JEDA_CATAT = 2.0
NAMA_SIMPAN = re.compile(r"bukti/(?P<kode>[^/]+)/(?P<awal>[0-9a-f]{2})/(?P=awal)[0-9a-f]{62}$")


class Temuan(StrEnum):
    HILANG = "hilang"
    BERUBAH = "berubah"
    TAK_TERBACA = "tidak terbaca"
    MASIH_ADA = "masih ada sesudah dihapus"
    TAK_COCOK = "catatannya tidak cocok"
    YATIM = "tanpa catatan"
    ASING = "bukan dari ZI Tracker"


# --- What is recorded, against what lies there ---


def stored_files(satker: Satker | None, sesudah: int = 0) -> BerkasTersimpanQuerySet:
    rows = BerkasTersimpan.objects.filter(pk__gt=sesudah).order_by("pk")
    return rows.filter(satker=satker) if satker else rows


def check(simpanan: BerkasTersimpan) -> Temuan | None:
    """Read to its end and hashed again."""
    try:
        if simpanan.dihapus_pada:
            return Temuan.MASIH_ADA if left_of(simpanan) else None
        if vault.size(simpanan.nama) != simpanan.ukuran or vault.hash_of(simpanan.nama) != simpanan.sha256:
            return Temuan.BERUBAH
    except FileNotFoundError:
        simpanan.refresh_from_db(fields=["dihapus_pada"])  # erased meanwhile?
        return None if simpanan.dihapus_pada else Temuan.HILANG
    except vault.VaultError:
        return Temuan.TAK_TERBACA
    return None


def left_of(simpanan: BerkasTersimpan) -> list[Tersimpan]:
    """What still lies there of a file, its picture included."""
    badan = simpanan.nama.removeprefix(vault.AWALAN)
    names = (f"{awalan}{badan}" for awalan in (vault.AWALAN, pratinjau.AWALAN))
    return [satu for nama in names for satu in vault.walk(folder_of(nama)) if satu.nama.startswith(nama)]


def folder_of(nama: str) -> str:
    return nama[: nama.rindex("/") + 1]


def mismatched(satker: Satker | None) -> Iterator[Evidence]:
    """Pieces that name another file than their stored file is, or none. No way of taking in leaves one."""
    cocok = Q(sha256=F("simpanan__sha256"), ukuran=F("simpanan__ukuran"), berkas=F("simpanan__nama"))
    rows = Evidence.objects.filter(jenis=Evidence.Jenis.BERKAS).filter(Q(simpanan=None) | ~cocok)
    return (rows.filter(satker=satker) if satker else rows).order_by("pk").iterator(SEKALIGUS)


def unrecorded(
    satker: Satker | None, sesudah: str = "", *, now: dt.datetime
) -> Iterator[tuple[Tersimpan, Temuan | None]]:
    """All that lies in the store, and what of it no row names. What is younger than a day may still be recorded."""
    semua = vault.walk(f"{vault.AWALAN}{satker.kode}/" if satker else vault.AWALAN, sesudah)
    while potongan := list(islice(semua, SEKALIGUS)):
        tercatat = recorded(t.nama for t in potongan)
        for satu in potongan:
            lama = satu.sejak < now - BELUM_LAMA
            yield satu, kind_of(satu.nama) if lama and satu.nama not in tercatat else None


def recorded(names: Iterable[str]) -> set[str]:
    names = list(names)
    berkas = BerkasTersimpan.objects.filter(nama__in=names).values_list("nama", flat=True)
    bukti = Evidence.objects.filter(berkas__in=names).values_list("berkas", flat=True)
    return {*berkas, *bukti}


def kind_of(nama: str) -> Temuan:
    return Temuan.YATIM if NAMA_SIMPAN.match(nama) else Temuan.ASING


# --- Where a walk stands ---


@dataclass
class Posisi:
    """What was looked at so far. Kept in a file beside the store, so that a walk of hours can go on."""

    berkas: int = 0  # pk of the last one hashed
    nama: str = ""  # the last name of the store that was asked for a row
    diperiksa: int = 0
    bita: int = 0
    temuan: dict[str, int] = field(default_factory=dict)

    def add(self, temuan: Temuan) -> None:
        self.temuan[temuan] = self.temuan.get(temuan, 0) + 1


class Catatan:
    """The file with the position; written every other second, gone at the end. Where it cannot be written, as in a
    backup that is mounted to be read, `gagal` says why, and the walk goes on without."""

    def __init__(self, satker: Satker | None) -> None:
        self.path = Path(settings.MEDIA_ROOT) / f".periksa-{satker.kode if satker else 'semua'}.json"
        self.gagal: OSError | None = None
        self._kapan = time.monotonic()

    def read(self) -> Posisi | None:
        try:
            posisi = Posisi(**json.loads(self.path.read_text()))
        except (OSError, ValueError, TypeError):
            return None
        awal = asdict(Posisi())
        return posisi if all(type(nilai) is type(awal[k]) for k, nilai in asdict(posisi).items()) else None

    def write(self, posisi: Posisi, *, segera: bool = False) -> None:
        if self.gagal or (not segera and time.monotonic() - self._kapan < JEDA_CATAT):
            return
        sementara = self.path.with_suffix(".baru")
        with self._spared():
            sementara.write_text(json.dumps(asdict(posisi)))
            sementara.replace(self.path)
        self._kapan = time.monotonic()

    def forget(self) -> None:
        with self._spared():
            if self.path.exists():  # where nothing may be written, removing nothing is refused as well
                self.path.unlink(missing_ok=True)

    @contextmanager
    def _spared(self) -> Iterator[None]:
        try:
            yield
        except OSError as galat:
            self.gagal = galat


# --- What was never completed ---


@dataclass(frozen=True)
class Sapuan:
    apa: str
    nama: str
    ukuran: int


class TerlaluBanyakError(Exception):
    """More orphans than killed workers leave: rather a database that is not the one of this store."""


def sweep(now: dt.datetime, *, coba: bool, banyak: bool = False) -> Iterator[Sapuan]:
    """Removes, or with `coba` only tells. Never what a row still needs, never what may be on its way to one."""
    yield from sweep_temporary(now, coba=coba)
    yield from sweep_uploads(now, coba=coba)
    yield from sweep_imports(now, coba=coba)
    yield from sweep_erased(coba=coba)
    yield from sweep_orphans(now, coba=coba, banyak=banyak)


def sweep_erased(*, coba: bool) -> Iterator[Sapuan]:
    """What two people had erased by law, and a kill or a store out of reach kept there."""
    for simpanan in BerkasTersimpan.objects.filter(dihapus_pada__isnull=False).one_by_one():
        for satu in left_of(simpanan):
            if not coba:
                vault.remove(satu.nama)
            yield Sapuan("berkas yang dihapus karena hukum", satu.nama, satu.ukuran)


def sweep_orphans(now: dt.datetime, *, coba: bool, banyak: bool) -> Iterator[Sapuan]:
    semua = (satu for satu, temuan in unrecorded(None, now=now) if temuan == Temuan.YATIM)
    pertama = list(islice(semua, YATIM_WAJAR + 1))
    if len(pertama) > YATIM_WAJAR and not (banyak or coba):
        raise TerlaluBanyakError
    for satu in chain(pertama, semua):
        if coba or remove_orphan(satu.nama):
            yield Sapuan("berkas tanpa catatan", satu.nama, satu.ukuran)


def sweep_temporary(now: dt.datetime, *, coba: bool) -> Iterator[Sapuan]:
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    if not folder.is_dir():
        return
    with os.scandir(folder) as isi:
        for entry in isi:
            keadaan = entry.stat(follow_symlinks=False)
            if entry.is_dir(follow_symlinks=False) or keadaan.st_mtime > (now - BELUM_LAMA).timestamp():
                continue
            if not coba:
                Path(entry.path).unlink(missing_ok=True)
            yield Sapuan("berkas sementara", entry.name, keadaan.st_size)


def sweep_uploads(now: dt.datetime, *, coba: bool) -> Iterator[Sapuan]:
    if coba:
        for unggahan in Unggahan.objects.filter(kedaluwarsa_pada__lte=now).order_by("pk"):
            yield Sapuan("unggahan kedaluwarsa", str(unggahan.pk), unggahan.diterima)
        return
    for _ in range(tus.sapu_kedaluwarsa(now)):
        yield Sapuan("unggahan kedaluwarsa", "", 0)


def sweep_imports(now: dt.datetime, *, coba: bool) -> Iterator[Sapuan]:
    """Files of batches that expired or were cancelled, and of those that a killed process never put down."""
    for folder in impor.leftovers(now, BELUM_LAMA):
        ukuran = sum(path.stat().st_size for path in folder.iterdir())
        if not coba:
            shutil.rmtree(folder)
        yield Sapuan("folder impor", folder.name, ukuran)


@transaction.atomic
def remove_orphan(nama: str) -> bool:
    """Under the lock that recording takes: the same file, handed in at this moment, stays or is not recorded."""
    milik = NAMA_SIMPAN.match(nama)
    if not milik or not Satker.objects.select_for_update().filter(kode=milik["kode"]).first():
        return False
    if recorded([nama]):
        return False
    vault.remove(nama)
    return True
