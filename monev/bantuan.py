"""The help pages: which there are, whose is whose, and what each word of status means."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import models

from accounts.access import hak
from accounts.models import Peran, User
from evidence.keadaan import Keadaan
from evidence.kelompok import HARI_SEGERA
from monev.status import Ketepatan, Status


class Bantuan(models.TextChoices):
    """In the order in which a person with several roles most needs them."""

    ANGGOTA = "anggota", "Anggota Tim Kerja ZI"
    KETUA_TIM = "ketua-tim", "Ketua Tim Kerja ZI"
    SEKRETARIS = "sekretaris", "Sekretaris"
    TPI = "tpi", "Tim Penilai Internal"
    PIMPINAN = "pimpinan", "Pimpinan dan Pembina"
    OPERATOR = "operator", "Operator"


MILIK_PERAN = {
    Peran.ANGGOTA: Bantuan.ANGGOTA,
    Peran.KETUA_TIM: Bantuan.KETUA_TIM,
    Peran.SEKRETARIS: Bantuan.SEKRETARIS,
    Peran.TPI: Bantuan.TPI,
    Peran.PIMPINAN: Bantuan.PIMPINAN,
    Peran.PEMBINA: Bantuan.PIMPINAN,
}

ARTI_STATUS = {
    Status.BELUM: "Belum ada realisasi dan belum ada bukti.",
    Status.PROSES: "Sudah dimulai: ada realisasi, draf, atau sebagian bukti yang diminta sudah dikirim.",
    Status.MENUNGGU: "Semua bukti yang diminta sudah dikirim; TPI belum memutuskan semuanya.",
    Status.PERBAIKAN: "TPI meminta perbaikan sedikitnya satu bukti. Catatannya menyebut apa yang diubah.",
    Status.SELESAI: "Semua bukti yang diminta dinyatakan Sesuai oleh TPI.",
}

ARTI_KETEPATAN = {
    Ketepatan.TERLAMBAT: "Batasnya sudah lewat dan tim masih harus bekerja. Jumlah harinya disebut.",
    Ketepatan.SEGERA: f"Batasnya hari ini sampai {HARI_SEGERA} hari lagi.",
    Ketepatan.BERJALAN: f"Waktunya sudah mulai; batasnya masih lebih dari {HARI_SEGERA} hari lagi.",
    Ketepatan.AKAN_DATANG: f"Waktunya belum mulai; batasnya masih lebih dari {HARI_SEGERA} hari lagi.",
    Ketepatan.TEPAT_WAKTU: "Bagian tim sudah selesai, dan tanggal dokumennya tidak melewati batas.",
    Ketepatan.LEWAT_WAKTU: "Bagian tim sudah selesai, tetapi tanggal dokumennya melewati batas.",
}

ARTI_KEADAAN = {
    Keadaan.BELUM: "Belum ada berkas atau tautan.",
    Keadaan.DRAF: "Sudah diunggah, belum dikirim; TPI belum melihatnya.",
    Keadaan.MENUNGGU: "Sudah dikirim; TPI belum memutuskan.",
    Keadaan.PERBAIKAN: "TPI mengembalikannya dengan catatan.",
    Keadaan.SESUAI: "TPI menerimanya.",
}


def bantuan_milik(user: User | AnonymousUser) -> Bantuan:
    punya = {MILIK_PERAN[Peran(m.peran)] for m in hak(user).keanggotaan}
    if not punya and user.is_staff:
        return Bantuan.OPERATOR
    return next((b for b in Bantuan if b in punya), Bantuan.ANGGOTA)


def bantuan_diminta(teks: str, user: User | AnonymousUser) -> Bantuan:
    return Bantuan(teks) if teks in Bantuan.values else bantuan_milik(user)
