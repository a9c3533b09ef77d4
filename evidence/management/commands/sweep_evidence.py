from argparse import ArgumentParser
from collections import Counter

from django.core.management.base import CommandError
from django.utils import timezone

from accounts.perintah import Perintah
from accounts.templatetags.zi import ukuran_berkas
from evidence.periksa import YATIM_WAJAR, TerlaluBanyakError, sweep

TERLALU_BANYAK = (
    f"Berkas tanpa catatan lebih dari {YATIM_WAJAR}; tidak satu pun darinya dibuang. Itu bukan sisa biasa: mungkin "
    "basis datanya cadangan lama, atau bukan milik penyimpanan ini. Lihat daftarnya dengan --coba; bila memang sisa, "
    "pakai --banyak."
)


class Command(Perintah):
    help = (
        "Buang sisa yang tidak pernah selesai: berkas sementara, unggahan kedaluwarsa, dan berkas tanpa catatan, "
        "semuanya lebih dari sehari; juga yang masih tertinggal dari penghapusan karena hukum. Bukti lain yang "
        "tercatat tidak pernah disentuh. Boleh dijalankan tiap malam."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--coba", action="store_true", help="sebut saja, jangan buang")
        parser.add_argument(
            "--banyak", action="store_true", help=f"juga bila berkas tanpa catatan lebih dari {YATIM_WAJAR}"
        )

    def handle(self, *, coba: bool, banyak: bool, verbosity: int, **options: object) -> None:
        jumlah, ukuran = Counter[str](), 0
        try:
            for satu in sweep(timezone.now(), coba=coba, banyak=banyak):
                jumlah[satu.apa] += 1
                ukuran += satu.ukuran
                if satu.nama and (coba or verbosity > 1):
                    self.stdout.write(f"{satu.apa}: {satu.nama} ({ukuran_berkas(satu.ukuran)})")
        except TerlaluBanyakError:
            raise CommandError(TERLALU_BANYAK)
        rincian = ", ".join(f"{n} {apa}" for apa, n in jumlah.items()) or "tidak ada"
        self.stdout.write(f"{'Akan dibuang' if coba else 'Dibuang'}: {rincian} ({ukuran_berkas(ukuran)}).")
