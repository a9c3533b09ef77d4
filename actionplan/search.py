"""Words that mean the same in this field, so that a search finds what the decree calls otherwise. Codes."""

import re

from accounts.area import NOMOR_ROMAWI, ROMAWI

# `V.4.3`, `V.4`, `5.4.3`: with at least one dot, or it may be a word.
KODE = re.compile(
    r"(?P<area>VI|IV|V|I{1,3}|[1-6])\.(?P<komponen>\d{1,3})(?:\.(?P<baris>\d{1,3}))?\.?", re.IGNORECASE
)
NOMOR = NOMOR_ROMAWI | {str(nomor): nomor for nomor in ROMAWI}

SEPADAN: tuple[frozenset[str], ...] = (
    frozenset({"bukti dukung", "bukti fisik", "bukti", "eviden", "evidence", "data dukung"}),
    frozenset({"wbs", "whistle blowing system", "whistleblowing", "whistle blowing"}),
    frozenset({"dumas", "pengaduan masyarakat", "pengaduan"}),
    frozenset({"lakip", "lkjip", "lapkin", "laporan kinerja"}),
    frozenset({"diklat", "pelatihan", "bimtek", "pengembangan kompetensi"}),
    frozenset({"notulen", "notulensi", "risalah rapat"}),
    frozenset({"presensi", "absensi", "daftar hadir", "kehadiran"}),
    frozenset({"survei", "survey", "skm"}),
    frozenset({"risiko", "resiko"}),
    frozenset({"monev", "monitoring dan evaluasi", "monitoring", "pemantauan"}),
    frozenset({"upg", "gratifikasi"}),
    frozenset({"benturan kepentingan", "conflict of interest"}),
    frozenset({"pengendalian intern", "spip", "pengendalian internal"}),
    frozenset({"ppid", "keterbukaan informasi"}),
    frozenset({"rpp", "rumah pintar pemilu"}),
    frozenset({"reviu", "review", "telaah"}),
    frozenset({"tangkapan layar", "screenshot", "screenshoot"}),
)


def kata_sepadan(kata: str) -> list[frozenset[str]]:
    """The search's words, phrases of the list kept whole, each with those that mean the same."""
    sisa = " ".join(kata.lower().split())
    hasil = []
    for frasa in sorted((f for kelompok in SEPADAN for f in kelompok), key=len, reverse=True):
        if f" {frasa} " in f" {sisa} ":
            hasil.append(next(kelompok for kelompok in SEPADAN if frasa in kelompok))
            sisa = f" {sisa} ".replace(f" {frasa} ", " ").strip()
    return hasil + [frozenset({k}) for k in sisa.split()]


def pisah_kode(kata: str) -> tuple[list[tuple[int, int, int | None]], str]:
    """The codes among the words (area, komponen, row or none), and the other words."""
    kode, sisa = [], []
    for bagian in kata.split():
        cocok = KODE.fullmatch(bagian)
        if cocok is None:
            sisa.append(bagian)
            continue
        baris = cocok["baris"]
        kode.append((NOMOR[cocok["area"].upper()], int(cocok["komponen"]), int(baris) if baris else None))
    return kode, " ".join(sisa)
