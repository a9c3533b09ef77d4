import datetime as dt
from argparse import ArgumentParser
from collections import Counter
from urllib.parse import urlsplit

from django.utils import timezone
from tqdm import tqdm

from accounts.perintah import Perintah, find_satker, require_between
from evidence import tautan
from evidence.models import Evidence
from evidence.querysets import EvidenceQuerySet
from evidence.tautan import Giliran, Hasil, Periksa

DILEWATI = "dilewati"
HARI_TERBANYAK, JEDA_TERPANJANG = 3650, 3600
BAIK = (Hasil.TERBUKA, Hasil.DIALIHKAN)


class Command(Perintah):
    help = (
        "Tanyai tautan bukti apakah masih terbuka, dan catat jawabannya. Hanya situs di internet yang ditanyai. Dibuat "
        "untuk dijadwalkan tiap malam; boleh diputus dan diulang."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--satker", metavar="KODE", help="hanya tautan satker ini, mis. 1503")
        parser.add_argument("--tahun", type=int, help="hanya yang dikirim untuk rencana tahun ini, mis. 2025")
        parser.add_argument(
            "--hari",
            type=int,
            default=7,
            help="yang sudah ditanyai dalam HARI hari terakhir dilewati (bawaan 7)",
        )
        parser.add_argument("--semua", action="store_true", help="juga yang baru saja ditanyai")
        parser.add_argument(
            "--jeda", type=float, default=1.0, metavar="DETIK", help="jeda bagi situs yang sama (bawaan 1)"
        )

    def handle(
        self,
        *,
        satker: str | None,
        tahun: int | None,
        hari: int,
        semua: bool,
        jeda: float,
        **options: object,
    ) -> None:
        require_between("--hari", hari, HARI_TERBANYAK)
        require_between("--jeda", jeda, JEDA_TERPANJANG)
        sejak = None if semua else timezone.now() - dt.timedelta(days=hari)
        rows = Evidence.objects.links_to_ask(sejak)
        if satker is not None:
            rows = rows.filter(satker=find_satker(satker))
        if tahun:
            rows = rows.of_tahun(tahun)
        self.stdout.write(ringkasan(self.ask_all(rows, Giliran(jeda))))

    def ask_all(self, rows: EvidenceQuerySet, giliran: Giliran) -> Counter[str]:
        jumlah: Counter[str] = Counter()
        total = rows.order_by().values("tautan").distinct().count()
        with tqdm(tautan.urls_of(rows), total=total, unit="tautan", disable=None) as urls:
            for url in urls:
                jumlah[self.ask(rows, url, giliran)] += 1
        return jumlah

    def ask(self, rows: EvidenceQuerySet, url: str, giliran: Giliran) -> str:
        situs = urlsplit(url).netloc.lower()
        if giliran.gives_up(situs):
            return DILEWATI
        giliran.wait(situs)
        periksa = tautan.ask_link(url)
        giliran.answered(situs, periksa)
        self.tell(tautan.record(rows, url, periksa), periksa)
        return periksa.hasil

    def tell(self, bukti: list[Evidence], periksa: Periksa) -> None:
        """By number: what a link of rahasia evidence says is not for a log."""
        if periksa.hasil in BAIK:
            return
        for satu in bukti:
            nomor = f"bukti nomor {satu.nomor}" if satu.nomor else f"bukti id {satu.pk}"
            self.stdout.write(f"{satu.satker.kode}, {nomor}: {Hasil(periksa.hasil).label}")


def ringkasan(jumlah: Counter[str]) -> str:
    bagian = [f"{jumlah[hasil]} {hasil.label.lower()}" for hasil in Hasil if jumlah[hasil]]
    if jumlah[DILEWATI]:
        bagian.append(f"{jumlah[DILEWATI]} ditunda karena situsnya tidak menjawab")
    return f"{jumlah.total()} tautan" + (": " + ", ".join(bagian) if bagian else "") + "."
