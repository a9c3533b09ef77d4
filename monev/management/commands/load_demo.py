from django.conf import settings
from django.core.management.base import CommandError

from accounts.perintah import Perintah
from monev.demo.jalan import BukanKantorDemoError, fill_demo
from monev.demo.kantor import ORANG, SANDI


class Command(Perintah):
    help = (
        "Isi kantor demo: orang, bukti, reviu, dan realisasi karangan sepanjang 2025 pada rencana aksi 1503."
    )

    def handle(self, **options: object) -> None:
        if not settings.ZI_DEMO:
            raise CommandError(
                "Kantor demo hanya untuk mencoba. Nyalakan dengan ZI_DEMO=1 pada basis data yang boleh dibuang."
            )
        try:
            baru = fill_demo()
        except BukanKantorDemoError:
            raise CommandError(
                "Basis data ini sudah berisi pengguna atau bukti sungguhan. Pakai basis data yang kosong."
            )
        self.stdout.write(
            "Kantor demo diisi." if baru else "Kantor demo sudah terisi. Tidak ada yang diubah."
        )
        self.stdout.write(login_table())


def login_table() -> str:
    lebar = max(len(o.sebutan) for o in ORANG), max(len(o.username) for o in ORANG)
    baris = [(o.sebutan, o.username, SANDI) for o in ORANG]
    return "\n".join(
        f"{sebutan:<{lebar[0]}}  {username:<{lebar[1]}}  {sandi}"
        for sebutan, username, sandi in [("Peran", "Nama pengguna", "Kata sandi"), *baris]
    )
