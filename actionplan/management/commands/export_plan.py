from argparse import ArgumentParser

from django.core.management.base import CommandError

from accounts.perintah import Perintah
from actionplan.models import RencanaAksi
from actionplan.plan_json import plan_as_json
from actionplan.plan_store import stored_plan


class Command(Perintah):
    help = "Cetak rencana aksi yang tersimpan sebagai JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--satker", required=True, metavar="KODE", help="mis. 1503")
        parser.add_argument("--tahun", required=True, type=int, help="mis. 2025")

    def handle(self, *, satker: str, tahun: int, **options: object) -> None:
        plans = RencanaAksi.objects.select_related("satker")
        rencana = plans.filter(satker__kode=satker, tahun=tahun).first()
        if rencana is None:
            raise CommandError(
                f"Satker {satker} tidak punya rencana aksi tahun {tahun}. "
                "Muat dengan manage.py load_plan FILE."
            )
        self.stdout.write(plan_as_json(stored_plan(rencana)))
