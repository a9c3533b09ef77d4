from argparse import ArgumentParser
from collections import Counter

from django.core.management.base import CommandError
from tqdm import tqdm

from accounts.perintah import Perintah, find_satker
from evidence.bacaan import Teks, read_or_give_up
from evidence.models import BerkasTersimpan
from evidence.querysets import BerkasTersimpanQuerySet
from evidence.vault import VaultError


class Command(Perintah):
    help = (
        "Baca teks PDF dan berkas kantor yang belum terbaca, agar isinya dapat dicari di Pustaka bukti. Dibuat untuk "
        "dijadwalkan tiap malam; boleh diputus dan diulang. Keluar 1: ada berkas yang tidak dapat diambil."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--satker", metavar="KODE", help="hanya berkas satker ini, mis. 1503")
        parser.add_argument("--ulangi", action="store_true", help="juga yang dahulu tidak terbaca")

    def handle(self, *, satker: str | None, ulangi: bool, **options: object) -> None:
        rows = BerkasTersimpan.objects.to_read(ulangi)
        if satker is not None:
            rows = rows.filter(satker=find_satker(satker))
        jumlah = self.read_all(rows)
        self.stdout.write(_ringkasan(jumlah))
        if jumlah["tertunda"]:
            raise CommandError("Ada berkas yang tidak dapat diambil dari penyimpanan. Jalankan lagi nanti.")

    def read_all(self, rows: BerkasTersimpanQuerySet) -> Counter[str]:
        jumlah: Counter[str] = Counter()
        for simpanan in tqdm(rows.one_by_one(), total=rows.count(), unit="berkas", disable=None):
            try:
                jumlah[read_or_give_up(simpanan)] += 1
            except (VaultError, OSError) as galat:
                jumlah["tertunda"] += 1
                self.stderr.write(f"{simpanan.nama}: {galat}")
        return jumlah


def _ringkasan(jumlah: Counter[str]) -> str:
    return (
        f"{jumlah.total()} berkas: {jumlah[Teks.ADA]} terbaca, {jumlah[Teks.TIDAK_ADA]} tanpa teks, "
        f"{jumlah[Teks.GAGAL]} tidak terbaca, {jumlah['tertunda']} tertunda."
    )
