from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError

from accounts.perintah import Perintah
from actionplan.models import Kebutuhan, RencanaAksi
from actionplan.plan_file import IsiRencana, PlanFileError, read_plan_file
from actionplan.plan_store import PlanDiffersError, load_plan


class Command(Perintah):
    help = "Muat rencana aksi dari berkas YAML atau JSON: utuh atau tidak sama sekali, tanpa menimpa apa pun."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "berkas", type=Path, metavar="FILE", help="mis. fixtures/rencana_aksi_1503_2025.yaml"
        )

    def handle(self, *, berkas: Path, **options: object) -> None:
        try:
            isi, kantor = read_plan_file(berkas)
            rencana, baru = load_plan(isi, kantor)
        except PlanFileError as error:
            raise CommandError(_daftar("Rencana tidak dimuat. Perbaiki:", error.galat, TIDAK_DISIMPAN))
        except PlanDiffersError as error:
            kepala = f"{error.rencana} sudah tersimpan dan berbeda:"
            raise CommandError(_daftar(kepala, error.perbedaan, TIDAK_DITIMPA))
        self.stdout.write(_ringkasan(rencana, isi) if baru else f"{rencana} {SUDAH_SAMA}")


TIDAK_DISIMPAN = "Tidak ada yang disimpan."
SUDAH_SAMA = "sudah tersimpan dan sama dengan berkas ini. Tidak ada yang diubah."
TIDAK_DITIMPA = (
    "Tidak ada yang diubah: rencana yang tersimpan tidak pernah ditimpa. Catat perbaikan sebagai koreksi "
    "pada halaman indikator."
)


def _daftar(kepala: str, butir: Iterable[str], penutup: str) -> str:
    return "\n".join([kepala, *(f"- {b}" for b in butir), penutup])


def _ringkasan(rencana: RencanaAksi, isi: IsiRencana) -> str:
    tenggat = sum(len(row.tenggat) for row in isi.indikator)
    kebutuhan = Kebutuhan.objects.filter(tenggat__indikator__komponen__area__rencana=rencana).count()
    return (
        f"{rencana} dimuat: {len(isi.areas)} area, {len(isi.komponen)} komponen, "
        f"{len(isi.indikator)} indikator, {tenggat} tenggat, {kebutuhan} kebutuhan bukti."
    )
