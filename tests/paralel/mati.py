"""A worker that takes files in over the upload page, and is killed by SIGKILL. Started by test_bertahan.py."""

import datetime as dt
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from evidence import periksa
from evidence.models import BerkasTersimpan, Evidence, Slot
from tests.evidence import berkas
from tests.factories import make_member, make_rencana, make_satker, make_slot, make_user

MB = 1024 * 1024
PADA_BERKAS = {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.chmod", "tempfile.mkstemp"}
MENULIS = os.O_WRONLY | os.O_RDWR | os.O_CREAT


# --- An office, and one upload ---


def siapkan(ke: int = 0) -> dict:
    tanda = f"{os.getpid()}{ke:02}"  # several of these write to one database
    rencana = make_rencana(make_satker(tanda))
    anggota, slot = make_member(rencana.satker, user=make_user(tanda)), make_slot(rencana)
    client = Client()
    client.force_login(anggota)
    return {"slot": slot.pk, "orang": anggota.pk, "sesi": client.cookies["sessionid"].value}


def sebuah(ke: int, *, mb: int) -> bytes:
    """A file that was not seen before; beyond 2.5 MB Django has it on disk while it arrives."""
    if mb == 0:
        return berkas.pdf(tanda=str(ke))
    return berkas.gambar().ljust(mb * MB - 8, b"\0") + ke.to_bytes(
        8
    )  # the noise of a picture is the same everywhere


def unggah(client: Client, slot: int, isi: bytes, judul: str) -> int:
    isian = {"judul": judul, "tanggal_dokumen": "2025-06-20", "aksi": "terima"}
    files = {"berkas": berkas.unggahan(isi, "laporan.pdf")}
    return client.post(
        reverse("unggah", args=[slot]), {**isian, **files}, headers={"Host": "localhost"}
    ).status_code


# --- Death ---


class Maut:
    """Counts the steps that change anything, and ends this process before the n-th."""

    def __init__(self, pada: int, kabar: int) -> None:
        self.ke, self.pada, self.kabar = 0, pada, kabar

    def langkah(self, apa: str) -> None:
        self.ke += 1
        if self.ke == self.pada:
            os.write(self.kabar, apa.encode())
            os.kill(os.getpid(), signal.SIGKILL)

    def pasang(self) -> None:
        sys.addaudithook(self.dengar)
        fsync, commit = os.fsync, connection._commit
        os.fsync = self.sebelum("fsync", fsync)
        connection._commit = self.sebelum("COMMIT", commit, sesudah="sesudah COMMIT")

    def dengar(self, apa: str, rincian: tuple) -> None:
        if apa not in PADA_BERKAS or not str(rincian[0]).startswith(str(settings.MEDIA_ROOT)):
            return
        if apa != "open" or rincian[2] & MENULIS:
            self.langkah(apa)

    def sebelum(self, apa: str, kerja: Callable, sesudah: str = "") -> Callable:
        def jalan(*args: object) -> object:
            self.langkah(apa)
            hasil = kerja(*args)
            if sesudah:
                self.langkah(sesudah)
            return hasil

        return jalan

    def sql(self, execute: Callable, sql: str, params: object, many: bool, context: object) -> object:
        if sql.split(None, 1)[0] in {"INSERT", "UPDATE", "DELETE"}:
            self.langkah(" ".join(sql.split()[:3]).replace('"', ""))
        return execute(sql, params, many, context)


def mati_pada(langkah: int, kerja: Callable[[], int]) -> str:
    """Do it in a process of its own that dies before this step. The step's name; empty if it came to its end."""
    connections.close_all()
    baca, tulis = os.pipe()
    anak = os.fork()
    if anak == 0:
        maut = Maut(langkah, tulis)
        maut.pasang()
        with connection.execute_wrapper(maut.sql):
            status = kerja()
        os._exit(0 if status == 200 else 9)
    os.close(tulis)
    _, keadaan = os.waitpid(anak, 0)
    with os.fdopen(baca) as kabar:
        apa = kabar.read()
    if not apa and os.waitstatus_to_exitcode(keadaan) != 0:
        raise RuntimeError(f"unggahan gagal: {os.waitstatus_to_exitcode(keadaan)}")
    return apa


def setiap_langkah(mb: int) -> dict:
    """Die before the first step, before the second, and so on until nothing is left to die before. Each time in a new
    office, so that the n-th step is the same one."""
    client, langkah, salah = Client(), [], []
    while True:
        ke = len(langkah) + 1
        dunia, isi = siapkan(ke), sebuah(ke, mb=mb)
        client.force_login(User.objects.get(pk=dunia["orang"]))
        apa = mati_pada(ke, partial(unggah, client, dunia["slot"], isi, f"Ke-{ke}"))
        salah += [f"{ke} {apa}: {satu}" for satu in yang_salah()]
        if not apa:
            break
        langkah.append(apa)
        if ke % 4 == 0:  # the person tries once more
            assert unggah(client, dunia["slot"], isi, f"Ke-{ke}") == 200
            assert Evidence.objects.filter(sha256=hashlib.sha256(isi).hexdigest()).count() == 1
    return {"langkah": langkah, "salah": salah, **sapu_dan_periksa()}


def sembarang_saat(mb: int, kali: int) -> dict:
    """Die at moments that no step marks."""
    client, dunia, salah, mati = Client(), siapkan(), [], 0
    client.force_login(User.objects.get(pk=dunia["orang"]))
    dadu, lama = random.Random(20251122), 0.0
    for ke in range(kali):
        isi = sebuah(ke, mb=mb)
        connections.close_all()
        mulai = time.monotonic()
        anak = os.fork()
        if anak == 0:
            os._exit(0 if unggah(client, dunia["slot"], isi, f"Saat {ke}") == 200 else 9)
        if ke:
            time.sleep(dadu.uniform(0, lama))
            os.kill(anak, signal.SIGKILL)
        _, keadaan = os.waitpid(anak, 0)
        lama = lama or time.monotonic() - mulai
        mati += os.WIFSIGNALED(keadaan)
        salah += [f"{ke}: {satu}" for satu in yang_salah()]
    return {"mati": mati, "salah": salah, **sapu_dan_periksa()}


# --- Several at once ---


def unggah_banyak(slot: int, orang: int, dari: int, kali: int) -> list[int]:
    """Files of 1 MB each, of which no two processes have the same."""
    client = Client()
    client.force_login(User.objects.get(pk=orang))
    return [unggah(client, slot, sebuah(dari + n, mb=1), f"Berkas {dari + n}") for n in range(kali)]


def nomor(slot: int) -> list[int]:
    satker = Slot.objects.get(pk=slot).tenggat.indikator.komponen.area.rencana.satker
    return list(Evidence.objects.filter(satker=satker).order_by("pk").values_list("nomor", flat=True))


# --- No room ---


def ruang_habis() -> list[dict]:
    """MEDIA_ROOT is a file system of 8 MB with few inodes. Each time: what was answered, and what was left."""
    client, dunia = Client(), siapkan()
    client.force_login(User.objects.get(pk=dunia["orang"]))
    media = Path(settings.MEDIA_ROOT)

    def coba(apa: str, isi: bytes) -> dict:
        response = client.post(
            reverse("unggah", args=[dunia["slot"]]),
            {"judul": apa, "tanggal_dokumen": "2025-06-20", "aksi": "terima", "berkas": berkas.unggahan(isi)},
            headers={"Host": "localhost", "Accept": "application/json"},
        )
        sementara = [p.name for p in Path(settings.FILE_UPLOAD_TEMP_DIR).rglob("*") if p.is_file()]
        tersimpan = len(di_penyimpanan()) - BerkasTersimpan.objects.count()
        galat = response.json().get("galat", [])
        return {
            "apa": apa,
            "status": response.status_code,
            "galat": galat,
            "sisa": sementara,
            "yatim": tersimpan,
        }

    hasil = [coba("muat", sebuah(1, mb=5))]
    hasil.append(coba("penuh selagi tiba", sebuah(2, mb=6)))
    penuhi(media, sisakan=MB)
    hasil.append(coba("penuh selagi disalin", sebuah(3, mb=2)))
    (media / "pengisi").unlink()
    tanpa_inode = habiskan_inode(media)
    hasil.append(coba("tanpa inode", sebuah(4, mb=1)))
    for path in tanpa_inode:
        path.unlink()
    subprocess.run(["mount", "-o", "remount,ro", str(media)], check=True)
    hasil.append(coba("hanya baca, dari memori", sebuah(5, mb=1)))
    hasil.append(coba("hanya baca, dari disk", sebuah(6, mb=3)))
    subprocess.run(["mount", "-o", "remount,rw", str(media)], check=True)
    hasil.append(coba("muat lagi", sebuah(7, mb=2)))
    return [*hasil, {"salah": yang_salah()}]


def penuhi(media: Path, *, sisakan: int) -> None:
    keadaan = os.statvfs(media)
    (media / "pengisi").write_bytes(b"\0" * (keadaan.f_bavail * keadaan.f_bsize - sisakan))


def habiskan_inode(media: Path) -> list[Path]:
    dibuat = []
    while True:
        path = media / f"kosong-{len(dibuat)}"
        try:
            path.touch()
        except OSError:
            return dibuat
        dibuat.append(path)


# --- What must be true whenever it died ---


def yang_salah() -> list[str]:
    salah = []
    for bukti in Evidence.objects.select_related("simpanan"):
        path = Path(settings.MEDIA_ROOT) / bukti.simpanan.nama
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != bukti.sha256:
            salah.append(f"bukti {bukti.pk} tidak utuh")
        if not bukti.dipakai.exists():
            salah.append(f"bukti {bukti.pk} tidak di dalam kiriman")
    nomor = list(Evidence.objects.order_by("satker", "nomor").values_list("satker", "nomor"))
    berurutan = all(
        b[1] == (a[1] + 1 if a[0] == b[0] else 1) for a, b in zip([(0, 0), *nomor], nomor, strict=False)
    )
    if not berurutan:
        salah.append(f"nomor berlubang: {nomor}")
    for nama in di_penyimpanan():
        isi = (Path(settings.MEDIA_ROOT) / nama).read_bytes()
        if hashlib.sha256(isi).hexdigest() != nama.rpartition("/")[2]:
            salah.append(f"{nama} bukan berkas utuh")
    return salah


def di_penyimpanan() -> list[str]:
    media = Path(settings.MEDIA_ROOT)
    return [str(p.relative_to(media)) for p in (media / "bukti").rglob("*") if p.is_file()]


def tercatat() -> set[str]:
    return set(BerkasTersimpan.objects.values_list("nama", flat=True))


def sapu_dan_periksa() -> dict:
    """What the dead left is gone after a day, and all that was recorded is sound."""
    yatim = len(set(di_penyimpanan()) - tercatat())
    disapu = list(periksa.sweep(timezone.now() + dt.timedelta(days=2), coba=False))
    try:
        call_command("verify_evidence", stdout=sys.stderr)
    except CommandError as galat:
        return {"temuan": str(galat)}
    sisa = [p.name for p in Path(settings.FILE_UPLOAD_TEMP_DIR).rglob("*") if p.is_file()]
    return {"temuan": "", "yatim": yatim, "disapu": len(disapu), "sisa": sisa}


def jumlah() -> dict:
    return {"bukti": Evidence.objects.count(), "salah": yang_salah()}


def main() -> None:
    nama, isian = sys.argv[1], json.loads(sys.argv[2])
    sys.stdout.write(json.dumps(globals()[nama](**isian)))
