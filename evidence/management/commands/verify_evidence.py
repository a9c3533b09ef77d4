from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db.models import Sum
from django.utils import timezone
from tqdm import tqdm

from accounts.models import Satker
from accounts.perintah import Perintah, find_satker, sebab
from accounts.templatetags.zi import ukuran_berkas
from evidence import periksa
from evidence.models import BerkasTersimpan
from evidence.periksa import Catatan, Posisi, Temuan
from evidence.vault import VaultError

ADA_TEMUAN, TAK_TERBACA, TERHENTI = 1, 3, 130


class Command(Perintah):
    help = (
        "Periksa semua berkas bukti: ada, terbaca, dan isinya sama dengan SHA-256 saat diterima; juga berkas yang "
        "tidak dicatat. Tidak mengubah apa pun. Keluar 0: semuanya utuh; 1: ada temuan; 2: perintah keliru; 3: "
        "penyimpanan tidak dapat dibaca; 130: diputus."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--satker", metavar="KODE", help="hanya berkas satker ini, mis. 1503")
        parser.add_argument("--lanjut", action="store_true", help="teruskan pemeriksaan yang terputus")

    def handle(self, *, satker: str | None, lanjut: bool, **options: object) -> None:
        milik = None if satker is None else find_satker(satker)
        self.catatan, self.sudah_disebut = Catatan(milik), False
        self.posisi = self.start(lanjut)
        with self.kept_when_interrupted():
            self.check_files(milik)
            self.check_rows(milik)
            self.check_store(milik)
        self.catatan.forget()
        self.say_if_not_kept()
        self.conclude()

    def start(self, lanjut: bool) -> Posisi:
        if not lanjut:
            return Posisi()
        if posisi := self.catatan.read():
            self.stdout.write(f"Diteruskan: {posisi.diperiksa} berkas sudah diperiksa.")
            return posisi
        self.stdout.write("Tidak ada pemeriksaan yang terputus; dimulai dari awal.")
        return Posisi()

    @contextmanager
    def kept_when_interrupted(self) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            self.keep(segera=True)
            raise CommandError(f"Diputus. {self.how_to_go_on()}.", returncode=TERHENTI)
        except VaultError:
            self.keep(segera=True)
            raise CommandError(
                "Isi penyimpanan tidak dapat didaftar. Periksa hak akses folder atau sambungan ke S3. "
                f"{self.how_to_go_on()}.",
                returncode=TAK_TERBACA,
            )

    def keep(self, *, segera: bool = False) -> None:
        self.catatan.write(self.posisi, segera=segera)
        self.say_if_not_kept()

    def say_if_not_kept(self) -> None:
        if self.catatan.gagal and not self.sudah_disebut:
            self.sudah_disebut = True
            with tqdm.external_write_mode():
                self.stderr.write(f"Posisi pemeriksaan tidak dapat disimpan: {sebab(self.catatan.gagal)}.")

    def how_to_go_on(self) -> str:
        return "Ulangi dari awal" if self.catatan.gagal else "Teruskan dengan --lanjut"

    def check_files(self, satker: Satker | None) -> None:
        rows = periksa.stored_files(satker, self.posisi.berkas)
        total = rows.aggregate(n=Sum("ukuran"))["n"] or 0
        with tqdm(total=total, unit="B", unit_scale=True, desc="Isi berkas", disable=None) as kemajuan:
            for simpanan in rows.one_by_one():
                if temuan := periksa.check(simpanan):
                    self.tell(temuan, simpanan.nama, numbers_of(simpanan))
                self.posisi.berkas = simpanan.pk
                self.posisi.diperiksa += 1
                self.posisi.bita += simpanan.ukuran
                self.keep()
                kemajuan.update(simpanan.ukuran)

    def check_rows(self, satker: Satker | None) -> None:
        if self.posisi.nama:  # done before it was interrupted
            return
        for bukti in periksa.mismatched(satker):
            self.tell(Temuan.TAK_COCOK, bukti.berkas.name or "-", f"nomor {bukti.nomor}")

    def check_store(self, satker: Satker | None) -> None:
        semua = periksa.unrecorded(satker, self.posisi.nama, now=timezone.now())
        for satu, temuan in tqdm(semua, unit="berkas", desc="Tanpa catatan", disable=None):
            if temuan:
                self.tell(temuan, satu.nama, ukuran_berkas(satu.ukuran))
            self.posisi.nama = satu.nama
            self.keep()

    def tell(self, temuan: Temuan, nama: str, keterangan: str) -> None:
        self.posisi.add(temuan)
        with tqdm.external_write_mode():
            self.stdout.write(f"{temuan.upper()}: {nama} ({keterangan})")

    def conclude(self) -> None:
        posisi = self.posisi
        awal = f"{posisi.diperiksa} berkas diperiksa ({ukuran_berkas(posisi.bita)})"
        if not posisi.temuan:
            self.stdout.write(f"{awal}: semuanya utuh.")
            return
        rincian = ", ".join(f"{banyak} {temuan}" for temuan, banyak in posisi.temuan.items())
        raise CommandError(f"{awal}: {rincian}.", returncode=ADA_TEMUAN)


def numbers_of(simpanan: BerkasTersimpan) -> str:
    nomor = simpanan.evidence.order_by("nomor").values_list("nomor", flat=True)[:5]
    return f"{simpanan.satker.kode} nomor {', '.join(map(str, nomor)) or '-'}"
