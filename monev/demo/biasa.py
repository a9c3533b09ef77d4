"""The usual way of a slot: the document before the deadline, sent, reviewed, now and then sent back once.

Drawn from a generator seeded with the slot's own name, so that every filling tells the same year.
"""

from __future__ import annotations

import datetime as dt
import random

from monev.demo.cerita import PERBAIKAN, SESUAI, Putaran

MULAI_BEKERJA = dt.date(2025, 3, 4)  # the day after the decree
DIKEMBALIKAN = 0.2
LIBUR = frozenset(
    {
        dt.date(2025, 1, 1),
        dt.date(2025, 1, 27),
        dt.date(2025, 1, 28),
        dt.date(2025, 1, 29),
        dt.date(2025, 3, 28),
    }
    | {dt.date(2025, 3, 31) + dt.timedelta(days=n) for n in range(8)}
    | {
        dt.date(2025, 4, 18),
        dt.date(2025, 5, 1),
        dt.date(2025, 5, 12),
        dt.date(2025, 5, 13),
        dt.date(2025, 5, 29),
    }
    | {
        dt.date(2025, 5, 30),
        dt.date(2025, 6, 6),
        dt.date(2025, 6, 9),
        dt.date(2025, 6, 27),
        dt.date(2025, 8, 18),
    }
    | {
        dt.date(2025, 9, 5),
        dt.date(2025, 12, 25),
        dt.date(2025, 12, 26),
        dt.date(2026, 1, 1),
        dt.date(2026, 1, 16),
    }
)

# What TPI asks for, and how the team answers, by the form of the evidence.
CATATAN = {
    "pdf": (
        (
            "Halaman terakhir belum ditandatangani dan dicap. Lengkapi, lalu pindai ulang.",
            "Halaman terakhir sudah ditandatangani dan dicap.",
        ),
        (
            "Nomor dan tanggal dokumen belum tercantum. Lengkapi pada halaman pertama.",
            "Nomor dan tanggal sudah dicantumkan.",
        ),
        (
            "Lampiran terpotong saat dipindai. Pindai ulang seluruh lampiran.",
            "Lampiran sudah dipindai ulang utuh.",
        ),
    ),
    "xlsx": (
        (
            "Kolom keterangan masih kosong pada sebagian baris. Lengkapi, lalu unggah ulang.",
            "Kolom keterangan sudah diisi semuanya.",
        ),
        ("Jumlah pada baris terakhir tidak sama dengan rinciannya. Periksa.", "Jumlah sudah diperbaiki."),
    ),
    "jpg": (
        (
            "Foto buram sehingga tulisannya tidak terbaca. Ambil ulang dari dekat.",
            "Foto sudah diambil ulang dari dekat.",
        ),
        (
            "Foto belum memperlihatkan tempatnya. Ambil ulang bersama papan nama kantor.",
            "Foto diambil ulang bersama papan nama kantor.",
        ),
    ),
    "tautan": (
        (
            "Tautan meminta masuk dahulu. Buka aksesnya bagi siapa saja yang memiliki tautan.",
            "Akses tautan sudah dibuka.",
        ),
    ),
}


def seeded(kunci: str) -> random.Random:
    return random.Random(kunci)


def usual_rounds(
    *, kunci_tenggat: str, kunci_slot: str, bentuk: str, mulai: dt.date, jatuh_tempo: dt.date
) -> tuple[Putaran, ...]:
    dokumen, dikirim, diputus = _days(seeded(kunci_tenggat), mulai, jatuh_tempo)
    acak = seeded(kunci_slot)
    if acak.random() >= DIKEMBALIKAN:
        return (Putaran(dokumen, dikirim, SESUAI, diputus),)
    catatan, jawaban = acak.choice(CATATAN[bentuk])
    lagi = workday(diputus + dt.timedelta(days=acak.randint(3, 8)))
    akhir = workday(lagi + dt.timedelta(days=acak.randint(2, 6)))
    return (
        Putaran(dokumen, dikirim, PERBAIKAN, diputus, catatan),
        Putaran(dokumen, lagi, SESUAI, akhir, pesan=jawaban),
    )


def _days(acak: random.Random, mulai: dt.date, jatuh_tempo: dt.date) -> tuple[dt.date, dt.date, dt.date]:
    """Of the document, of sending, of the decision."""
    panjang = min((jatuh_tempo - mulai).days, 6)
    dokumen = workday(jatuh_tempo - dt.timedelta(days=acak.randint(0, panjang)), mundur=True)
    if jatuh_tempo < MULAI_BEKERJA:
        dikirim = MULAI_BEKERJA + dt.timedelta(days=acak.randint(0, 44))
    else:
        dikirim = max(dokumen, MULAI_BEKERJA) + dt.timedelta(days=acak.randint(1, 5))
    dikirim = workday(dikirim)
    tpi_sibuk = jatuh_tempo < MULAI_BEKERJA  # half of the year's evidence came in at once
    diputus = dikirim + dt.timedelta(days=acak.randint(4, 16) if tpi_sibuk else acak.randint(2, 8))
    return dokumen, dikirim, workday(diputus)


def workday(tanggal: dt.date, *, mundur: bool = False) -> dt.date:
    while tanggal.weekday() >= 5 or tanggal in LIBUR:
        tanggal += dt.timedelta(days=-1 if mundur else 1)
    return tanggal
