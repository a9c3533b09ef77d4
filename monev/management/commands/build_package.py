import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError
from tqdm import tqdm

from accounts.area import ROMAWI
from accounts.perintah import Perintah, sebab
from accounts.waktu import hari_ini
from evidence.vault import VaultError
from monev.management.commands.monev import find_rencana
from monev.paket import TANPA_TENGGAT, Saringan, build_paket
from monev.paket_zip import BerubahError, package_stream
from monev.triwulan import TriwulanError, read_triwulan

BERUBAH = "Paket tidak ditulis. Jalankan verify_evidence, lalu coba lagi."


class Command(Perintah):
    help = "Tulis paket bukti (ZIP) satu rencana, area, atau triwulan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--satker", required=True, metavar="KODE", help="mis. 1503")
        parser.add_argument("--tahun", required=True, type=int, help="mis. 2025")
        parser.add_argument("--triwulan", default="", metavar="I|II|III|IV")
        parser.add_argument("--area", default="", choices=["", *ROMAWI.values()], metavar="I-VI")
        parser.add_argument("--rahasia", action="store_true", help="sertakan juga bukti rahasia")
        parser.add_argument("--out", required=True, type=Path, metavar="BERKAS", help="berakhiran .zip")

    def handle(
        self,
        *,
        satker: str,
        tahun: int,
        triwulan: str,
        area: str,
        rahasia: bool,
        out: Path,
        **options: object,
    ) -> None:
        if out.suffix.lower() != ".zip" or not out.parent.is_dir():
            raise CommandError(f"“{out}” harus berakhiran .zip di folder yang ada.")
        rencana = find_rencana(satker, tahun)
        try:
            tw = read_triwulan(triwulan, tahun) if triwulan else None
            saringan = Saringan(area_of(area), tw, rahasia=rahasia)
            paket = build_paket(rencana, saringan, hari_ini(rencana.satker.zona_waktu))
            if paket.kosong:
                raise CommandError(TANPA_TENGGAT)
            stream = package_stream(paket)
            write_stream(out, stream, len(stream))
        except (TriwulanError, VaultError) as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{out} tidak dapat ditulis: {sebab(error)}.") from None
        except BerubahError as error:
            raise CommandError(f"{error}: {error.jalan}. {BERUBAH}") from None
        except (
            RuntimeError
        ):  # the stream's, whose length was told before: a file that grows while it is packed
            raise CommandError(f"Ada berkas di penyimpanan yang berubah selagi dikemas. {BERUBAH}") from None
        self.stdout.write(
            f"{out}: {len(paket.berkas)} berkas; {len(paket.belum_ada)} yang belum ada; "
            f"{len(paket.perlu_perbaikan)} perlu perbaikan; "
            f"{len(paket.gagal)} tidak disertakan (lihat Indeks.html)."
        )


def area_of(romawi: str) -> int | None:
    return next((nomor for nomor, r in ROMAWI.items() if r == romawi), None)


def write_stream(out: Path, stream: Iterable[bytes], ukuran: int) -> None:
    """Whole or not at all: what is there already stays until the new one is complete."""
    handle, sementara = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}-")
    try:
        with (
            os.fdopen(handle, "wb") as keluar,
            tqdm(total=ukuran, unit="B", unit_scale=True, disable=None) as maju,
        ):
            for potongan in stream:
                keluar.write(potongan)
                maju.update(len(potongan))
        Path(sementara).chmod(0o644)
        Path(sementara).replace(out)
    finally:
        Path(sementara).unlink(missing_ok=True)
