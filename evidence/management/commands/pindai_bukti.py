import datetime as dt
from argparse import ArgumentParser
from collections import Counter

from django.core.management.base import CommandError
from django.utils import timezone
from tqdm import tqdm

from accounts.perintah import Perintah, find_satker, require_between
from evidence import pindai
from evidence.models import BerkasTersimpan
from evidence.pindai import Pindai, Sebab
from evidence.querysets import BerkasTersimpanQuerySet
from evidence.vault import VaultError

BERMASALAH, TANPA_PEMINDAI = 1, 2
UMUR_TERTUA = 3650
TERPUTUS = (
    "Pemindai virus berhenti menjawab. Yang sudah dipindai tercatat; jalankan lagi perintah yang sama nanti."
)


class Command(Perintah):
    help = (
        "Pindai virus berkas bukti yang belum bersih. Keluar 0: semuanya bersih; 1: ada yang diblokir atau tidak dapat "
        "dipindai; 2: perintah keliru atau pemindai tidak menjawab. Boleh diputus dan diulang."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--satker", metavar="KODE", help="hanya berkas satker ini, mis. 1503")
        parser.add_argument("--semua", action="store_true", help="juga yang sudah bersih")
        parser.add_argument(
            "--umur",
            type=int,
            metavar="HARI",
            help="juga yang bersih tetapi terakhir dipindai lebih dari HARI hari lalu; dengan ini pemindaian ulang "
            "yang terputus diteruskan, bukan diulang dari awal",
        )

    def handle(
        self, *, satker: str | None, semua: bool, umur: int | None, verbosity: int, **options: object
    ) -> None:
        if umur is not None:
            require_between("--umur", umur, UMUR_TERTUA)
        rows = BerkasTersimpan.objects.to_scan(_sebelum(semua, umur)).select_related("satker")
        if satker is not None:
            rows = rows.filter(satker=find_satker(satker))
        self.require_scanner()
        jumlah = self.scan(rows)
        self.stdout.write(_ringkasan(jumlah))
        if jumlah["diblokir"] or jumlah["gagal"]:
            raise CommandError("Ada berkas yang diblokir atau tidak dapat dipindai.", returncode=BERMASALAH)

    def require_scanner(self) -> None:
        if not pindai.ada_pemindai():
            raise CommandError("PINDAI_ALAMAT kosong: tidak ada pemindai virus.", returncode=TANPA_PEMINDAI)
        versi = pindai.versi()
        if not versi:
            raise CommandError("Pemindai virus tidak menjawab. Coba lagi nanti.", returncode=TANPA_PEMINDAI)
        self.stdout.write(f"Pemindai: {versi}")

    def scan(self, rows: BerkasTersimpanQuerySet) -> Counter[str]:
        jumlah: Counter[str] = Counter()
        with tqdm(rows.one_by_one(), total=rows.count(), unit="berkas", disable=None) as berkas:
            for simpanan in berkas:
                jumlah[self.scan_one(simpanan)] += 1
        return jumlah

    def scan_one(self, simpanan: BerkasTersimpan) -> str:
        try:
            hasil = pindai.rescan(simpanan)
        except FileNotFoundError:
            return self.tell(simpanan, "berkas tidak ada di penyimpanan", "gagal")
        except VaultError as galat:
            return self.tell(simpanan, str(galat), "gagal")
        if hasil.keadaan == Pindai.DIBLOKIR:
            return self.tell(simpanan, f"diblokir, memuat {hasil.ancaman}", "diblokir")
        if hasil.sebab:
            return self.without_answer(simpanan, hasil.sebab)
        return "bersih"

    def without_answer(self, simpanan: BerkasTersimpan, sebab: Sebab) -> str:
        """One file that is too much for the scanner, or no scanner any more?"""
        if sebab != Sebab.BATAS and not pindai.versi():
            raise CommandError(TERPUTUS, returncode=TANPA_PEMINDAI)
        return self.tell(simpanan, sebab.label, "gagal")

    def tell(self, simpanan: BerkasTersimpan, apa: str, hitungan: str) -> str:
        nomor = ", ".join(map(str, simpanan.evidence.order_by("nomor").values_list("nomor", flat=True)))
        self.stdout.write(
            f"{simpanan.satker.kode}, bukti nomor {nomor or '-'} ({simpanan.sha256[:12]}…): {apa}"
        )
        return hitungan


def _sebelum(semua: bool, umur: int | None) -> dt.datetime | None:
    if umur is not None:
        return timezone.now() - dt.timedelta(days=umur)
    return timezone.now() if semua else None


def _ringkasan(jumlah: Counter[str]) -> str:
    return (
        f"{jumlah.total()} berkas dipindai: {jumlah['bersih']} bersih, {jumlah['diblokir']} diblokir, "
        f"{jumlah['gagal']} tidak dapat dipindai."
    )
