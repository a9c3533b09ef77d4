from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.core.management.base import CommandError
from django.urls import reverse
from tqdm import tqdm

from accounts.models import User
from accounts.perintah import SALAH_PERINTAH, Perintah, find_satker, sebab
from actionplan.models import RencanaAksi
from evidence import impor as alur
from evidence import impor_simpan
from evidence.models import BarisImpor, Impor
from evidence.sumber_impor import Isi, list_folder

ADA_TERSISA, TERHENTI = 1, 130
Putusan = BarisImpor.Putusan


class Command(Perintah):
    help = (
        "Bawa Drive Anda: baca folder atau ZIP bukti satu kantor dan usulkan tempat tiap berkas. Tanpa pilihan lain, "
        "usulnya disimpan dan seseorang mengonfirmasinya di halaman yang disebut. Keluar 0: tidak ada yang tersisa; "
        "1: ada yang meragukan atau tidak dapat diambil; 2: perintah keliru; 130: diputus."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--satker", required=True, metavar="KODE", help="mis. 1503")
        parser.add_argument("--tahun", required=True, type=int, help="mis. 2025")
        parser.add_argument(
            "--oleh", required=True, metavar="PENGGUNA", help="nama masuk orang yang bertanggung jawab"
        )
        parser.add_argument("sumber", type=Path, metavar="SUMBER", help="folder atau ZIP")
        cara = parser.add_mutually_exclusive_group()
        cara.add_argument(
            "--periksa", action="store_true", help="tampilkan usulnya saja, jangan simpan apa pun"
        )
        cara.add_argument(
            "--konfirmasi",
            action="store_true",
            help="masukkan ke draf yang pasti, bertanggal, dan tanpa keraguan",
        )
        parser.add_argument("--lanjut", type=int, metavar="NOMOR", help="teruskan impor yang terputus")

    def handle(self, *, sumber: Path, periksa: bool, konfirmasi: bool, **options: Any) -> None:
        rencana, oleh = find_plan(options["satker"], options["tahun"]), find_user(options["oleh"])
        with in_words():
            impor = self.read(rencana, oleh, sumber, options["lanjut"])
            self.show(impor)
            if periksa:
                impor_simpan.cancel(impor, oleh)
                self.stdout.write("Hanya diperiksa: impornya dibatalkan lagi dan berkasnya tidak disimpan.")
            elif konfirmasi:
                self.confirm(impor, oleh)
            else:
                self.stdout.write(
                    f"Periksa dan konfirmasi di halaman {reverse('impor_batch', args=[impor.pk])}"
                )
        self.conclude(impor)

    # --- Reading ---

    def read(self, rencana: RencanaAksi, oleh: User, sumber: Path, lanjut: int | None) -> Impor:
        with reading_source():
            isi = list_folder(sumber) if sumber.is_dir() else None
        if isi is not None:
            impor = resumed(rencana, oleh, lanjut) or alur.begin_folder(
                rencana=rencana, by=oleh, isi=isi, nama_sumber=sumber.resolve().name
            )
            self.read_all(impor, isi)
        elif sumber.is_file():
            impor = resumed(rencana, oleh, lanjut) or begin_file(rencana, oleh, sumber)
            self.read_all(impor, None)
        else:
            raise CommandError(
                f"“{sumber}” tidak ada, atau bukan folder dan bukan ZIP.", returncode=SALAH_PERINTAH
            )
        impor.refresh_from_db()
        return impor

    def read_all(self, impor: Impor, isi: Isi | None) -> None:
        sudah = alur.progress(impor)
        with (
            tqdm(
                total=sudah.semua, initial=sudah.selesai, unit="berkas", desc="Membaca", disable=None
            ) as maju,
            self.kept_when_interrupted(impor),
        ):
            if isi is not None:
                alur.read_folder(impor, isi, lambda baris: maju.update())
                return
            while not (kini := alur.read_some(impor)).penuh:
                maju.update(kini.selesai - maju.n)
            maju.update(kini.selesai - maju.n)

    @contextmanager
    def kept_when_interrupted(self, impor: Impor) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            raise CommandError(
                f"Diputus. Teruskan dengan --lanjut {impor.pk}.", returncode=TERHENTI
            ) from None

    # --- Telling ---

    def show(self, impor: Impor) -> None:
        relasi = ("usul__bukti_fisik", "usul__tenggat__indikator__komponen__area")
        for baris in impor.baris.select_related(*relasi).order_by("urutan"):
            self.stdout.write(line_of(baris))
            for ragu in [baris.masalah, *baris.keraguan.splitlines()]:
                if ragu:
                    self.stdout.write(f"             {ragu}")
        for jalur in impor.dilewati.splitlines():
            self.stdout.write(f"  sistem     {jalur}")

    def confirm(self, impor: Impor, oleh: User) -> None:
        """Only what leaves nothing to ask; that was decided when it was read."""
        if not impor.baris.taken().exists():
            self.stdout.write(
                f"Tidak ada yang pasti. Putuskan di halaman {reverse('impor_batch', args=[impor.pk])}"
            )
            return
        impor_simpan.begin_keeping(impor, oleh)
        banyak = impor.baris.taken().count()
        with tqdm(total=banyak, unit="berkas", desc="Menyimpan", disable=None) as maju:
            while not (kini := impor_simpan.keep_some(impor)).penuh:
                maju.update(kini.selesai - maju.n)
            maju.update(kini.selesai - maju.n)
        self.stdout.write(
            f"{banyak} berkas masuk ke draf; belum ada yang dikirim untuk reviu. "
            "Impor ini selesai: yang lain ditinggalkan, impor lagi bila diperlukan."
        )

    def conclude(self, impor: Impor) -> None:
        r = impor_simpan.summary(impor)
        kata = (
            f"{r.semua} berkas: {r.diambil} pasti, {r.belum} perlu dilihat, {r.dilewati} dilewati, "
            f"{r.bermasalah} tidak dapat diambil."
        )
        if r.belum or r.bermasalah:
            raise CommandError(kata, returncode=ADA_TERSISA)
        self.stdout.write(kata)


def line_of(baris: BarisImpor) -> str:
    if baris.masalah:
        return f"  ditolak    {baris.jalur}"
    tempat = "?"
    if slot := baris.usul:
        tempat = f"{slot.tenggat.indikator.kode} {slot.bukti_fisik.uraian[:50]}, {slot.tenggat.label}"
    tanggal = baris.tanggal_dokumen.isoformat() if baris.tanggal_dokumen else "tanpa tanggal"
    return f"  {baris.get_keyakinan_display().lower():<10} {baris.jalur} → {tempat} ({tanggal})"


def begin_file(rencana: RencanaAksi, oleh: User, sumber: Path) -> Impor:
    with reading_source():
        file = sumber.open("rb")
    with file:
        return alur.begin_zip(rencana=rencana, by=oleh, upload=BerkasSumber(file, name=sumber.name))


class BerkasSumber(File):
    """Where it cannot be read while it is copied, the store it is copied to is not to blame."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        with reading_source():
            yield from super().chunks(chunk_size)


@contextmanager
def reading_source() -> Iterator[None]:
    try:
        yield
    except OSError as galat:
        di = f": {galat.filename}" if galat.filename else ""
        raise CommandError(
            f"Sumbernya tidak dapat dibaca seluruhnya, {sebab(galat)}{di}.", returncode=SALAH_PERINTAH
        ) from None


def resumed(rencana: RencanaAksi, oleh: User, nomor: int | None) -> Impor | None:
    if nomor is None:
        return None
    milik = Impor.objects.visible_to(oleh).filter(rencana=rencana)
    if impor := milik.select_related("rencana__satker__induk", "oleh").filter(pk=nomor).first():
        return impor
    raise CommandError(
        f"Impor {nomor} tidak ada, atau bukan milik {oleh.username}.", returncode=SALAH_PERINTAH
    )


def find_user(username: str) -> User:
    if orang := User.objects.filter(username=username, is_active=True).first():
        return orang
    raise CommandError(f"Pengguna {username} tidak ada atau tidak aktif.", returncode=SALAH_PERINTAH)


def find_plan(kode: str, tahun: int) -> RencanaAksi:
    satker = find_satker(kode)
    plans = RencanaAksi.objects.filter(satker=satker, tahun=tahun)
    if rencana := plans.select_related("satker__induk").first():
        return rencana
    raise CommandError(f"{satker} tidak punya rencana aksi tahun {tahun}.", returncode=SALAH_PERINTAH)


@contextmanager
def in_words() -> Iterator[None]:
    try:
        yield
    except (ValidationError, PermissionDenied) as galat:
        kata = galat.messages if isinstance(galat, ValidationError) else [str(galat)]
        raise CommandError(" ".join(kata), returncode=SALAH_PERINTAH) from None
    except OSError as galat:  # the source's own are told by reading_source
        di = f": {galat.filename}" if galat.filename else ""
        raise CommandError(
            f"Folder kerja atau penyimpanan aplikasi ini tidak dapat dipakai, {sebab(galat)}{di}. Sumbernya tidak "
            "bermasalah; perbaiki tempat itu, lalu ulangi.",
            returncode=SALAH_PERINTAH,
        ) from None
    except impor_simpan.BarisError as galat:
        raise CommandError(f"Tidak ada yang masuk ke draf. {galat}", returncode=ADA_TERSISA) from None
    except alur.SibukError:
        raise CommandError(
            "Impor ini sedang dikerjakan di halaman lain.", returncode=SALAH_PERINTAH
        ) from None
