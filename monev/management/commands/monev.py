import datetime as dt
import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError

from accounts.perintah import Perintah, find_satker, sebab
from accounts.waktu import hari_ini
from actionplan.models import RencanaAksi
from actionplan.posisi import PosisiError, read_per
from monev.laporan_xlsx import laporan_xlsx
from monev.pdf import PdfError, Ukuran, report_pdf
from monev.report import LaporanError, build_report
from monev.triwulan import TriwulanError, read_triwulan


class Command(Perintah):
    help = "Tulis laporan monev satu triwulan ke berkas PDF atau Excel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--satker", required=True, metavar="KODE", help="mis. 1503")
        parser.add_argument("--tahun", required=True, type=int, help="mis. 2025")
        parser.add_argument("--triwulan", required=True, metavar="I|II|III|IV")
        parser.add_argument("--per", metavar="TTTT-BB-HH", help="posisi per; tanpa ini: hari ini")
        parser.add_argument(
            "--out", required=True, type=Path, metavar="BERKAS", help="berakhiran .pdf atau .xlsx"
        )
        parser.add_argument("--nomor", default="", help="nomor laporan; tanpa ini: garis titik-titik")
        parser.add_argument(
            "--kertas", default=Ukuran.A4.value, choices=Ukuran.values, help="ukuran kertas PDF"
        )

    def handle(
        self,
        *,
        satker: str,
        tahun: int,
        triwulan: str,
        per: str | None,
        out: Path,
        nomor: str,
        kertas: str,
        **options: object,
    ) -> None:
        akhiran = check_out(out)
        rencana = find_rencana(satker, tahun)
        try:
            laporan = build_report(rencana, read_triwulan(triwulan, tahun), read_posisi(per, rencana))
            if akhiran == ".xlsx":
                isi = laporan_xlsx(laporan, nomor=nomor)
            else:
                isi = report_pdf(laporan, nomor=nomor, ukuran=Ukuran(kertas))
        except (TriwulanError, PosisiError, LaporanError, PdfError) as error:
            raise CommandError(str(error)) from None
        write_whole(out, isi)
        self.stdout.write(
            f"{out}: {len(laporan.baris)} tenggat, {len(laporan.tunggakan)} di antaranya tunggakan."
        )


def check_out(out: Path) -> str:
    akhiran = out.suffix.lower()
    if akhiran not in (".pdf", ".xlsx"):
        raise CommandError(f"Nama berkas “{out.name}” harus berakhiran .pdf atau .xlsx.")
    if not out.parent.is_dir():
        raise CommandError(f"Folder {out.parent} tidak ada. Buat dahulu, lalu ulangi.")
    return akhiran


def find_rencana(kode: str, tahun: int) -> RencanaAksi:
    satker = find_satker(kode)
    rencana = RencanaAksi.objects.select_related("satker").filter(satker=satker, tahun=tahun).first()
    if rencana is None:
        raise CommandError(f"{satker} tidak punya rencana aksi tahun {tahun}.")
    return rencana


def read_posisi(per: str | None, rencana: RencanaAksi) -> dt.date:
    today = hari_ini(rencana.satker.zona_waktu)
    return read_per(per, today) if per else today


def write_whole(out: Path, isi: bytes) -> None:
    """All or nothing: whoever opens the file meanwhile finds the old one whole."""
    try:
        nomor, sementara = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
        try:
            with os.fdopen(nomor, "wb") as file:
                file.write(isi)
                file.flush()
                os.fsync(file.fileno())
            # mkstemp lets only its owner read; a report is as readable as any file made here.
            umask = os.umask(0)
            os.umask(umask)
            Path(sementara).chmod(0o666 & ~umask)
            Path(sementara).replace(out)
        except BaseException:
            Path(sementara).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CommandError(f"{out} tidak dapat ditulis: {sebab(error)}.") from None
