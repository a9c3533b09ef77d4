"""Uploads in parts whose worker is killed by SIGKILL, and the client that goes on. Started by test_tus.py."""

import base64
import hashlib
import json
import os
import sys

from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from evidence import tus
from evidence.models import Evidence, Unggahan
from tests.paralel.mati import mati_pada, sapu_dan_periksa, sebuah, siapkan, yang_salah

__all__ = ["siapkan"]
BAGIAN = 3


class Penerus:
    """Sends a file in parts; asked again, it goes on where the server says that it is."""

    def __init__(self, dunia: dict, isi: bytes) -> None:
        self.client, self.slot, self.isi = Client(), dunia["slot"], isi
        self.orang = User.objects.get(pk=dunia["orang"])
        self.client.force_login(self.orang)

    def minta(self, cara: str, alamat: str, isi: bytes = b"", **kepala: str) -> HttpResponse:
        headers = {k.replace("_", "-"): v for k, v in kepala.items()}
        lengkap = {"Host": "localhost", "Tus-Resumable": "1.0.0", **headers}
        return self.client.generic(cara, alamat, isi, tus.TIPE_POTONGAN, headers=lengkap)

    def alamat(self) -> str:
        milik = Unggahan.objects.filter(oleh=self.orang).first()
        return reverse("unggahan", args=[milik.pk]) if milik else self.mulai()

    def mulai(self) -> str:
        nama = base64.b64encode(b"laporan.pdf").decode()
        kepala = {"Upload_Length": str(len(self.isi)), "Upload_Metadata": f"filename {nama}"}
        return self.minta("POST", reverse("terima", args=[self.slot]), **kepala)["Location"]

    def kirim(self) -> int:
        alamat = self.alamat()
        jawaban = self.minta("HEAD", alamat)
        sampai = int(jawaban["Upload-Offset"])
        while sampai < len(self.isi):
            potongan = self.isi[sampai : sampai + len(self.isi) // BAGIAN + 1]
            sampai = int(self.minta("PATCH", alamat, potongan, Upload_Offset=str(sampai))["Upload-Offset"])
        return self.simpan(alamat)

    def simpan(self, alamat: str) -> int:
        isian = {"aksi": "terima", "judul": "Laporan", "tanggal_dokumen": "2025-06-20"}
        isian["unggahan"] = alamat.strip("/").split("/")[-1]
        headers = {"Host": "localhost"}
        return self.client.post(reverse("unggah", args=[self.slot]), isian, headers=headers).status_code


def setiap_langkah() -> dict:
    """Die before the first step, the second, and so on; each time the client goes on, and the file is there once."""
    langkah, salah = [], []
    while True:
        ke = len(langkah) + 1
        isi = sebuah(ke, mb=0)
        penerus = Penerus(siapkan(ke), isi)
        connections.close_all()
        apa = mati_pada(ke, penerus.kirim)
        salah += [f"{ke} {apa}: {satu}" for satu in yang_salah()]
        if apa:
            salah += [f"{ke} {apa}: {satu}" for satu in lanjut(penerus)]
        if not apa:
            break
        langkah.append(apa)
    return {"langkah": langkah, "salah": salah, **sapu_dan_periksa()}


def lanjut(penerus: Penerus) -> list[str]:
    status = penerus.kirim()
    banyak = Evidence.objects.filter(sha256=hashlib.sha256(penerus.isi).hexdigest()).count()
    return [] if (status, banyak) == (200, 1) else [f"dilanjutkan: {status}, {banyak} bukti"]


def mulai(slot: int, orang: int, mb: int) -> dict:
    """An upload that nothing has come of yet."""
    isi = sebuah(0, mb=mb)
    penerus = Penerus({"slot": slot, "orang": orang}, isi)
    return {"alamat": penerus.mulai(), "ukuran": len(isi)}


def main() -> None:
    nama, isian = sys.argv[1], json.loads(sys.argv[2])
    os.fdatasync = lambda handle: os.fsync(handle)  # a step to die at, too
    sys.stdout.write(json.dumps(globals()[nama](**isian)))
