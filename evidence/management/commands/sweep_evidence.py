from argparse import ArgumentParser
from collections import Counter

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.templatetags.zi import ukuran_berkas
from evidence.periksa import sweep


class Command(BaseCommand):
    help = (
        "Buang sisa yang tidak pernah selesai: berkas sementara, unggahan kedaluwarsa, dan berkas tanpa catatan, "
        "semuanya lebih dari sehari. Bukti yang tercatat tidak pernah disentuh. Boleh dijalankan tiap malam."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--coba", action="store_true", help="sebut saja, jangan buang")

    def handle(self, *, coba: bool, verbosity: int, **options: object) -> None:
        banyak, ukuran = Counter[str](), 0
        for satu in sweep(timezone.now(), coba=coba):
            banyak[satu.apa] += 1
            ukuran += satu.ukuran
            if satu.nama and (coba or verbosity > 1):
                self.stdout.write(f"{satu.apa}: {satu.nama} ({ukuran_berkas(satu.ukuran)})")
        rincian = ", ".join(f"{n} {apa}" for apa, n in banyak.items()) or "tidak ada"
        self.stdout.write(f"{'Akan dibuang' if coba else 'Dibuang'}: {rincian} ({ukuran_berkas(ukuran)}).")
