"""What the words of a name or a heading say, and what kind of document a name speaks of."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from actionplan.search import kata_sepadan
from evidence.petunjuk_impor import NAMA_BULAN, Jalur, heading_of, only_period, title_of

_UMUM = """
dan di ke dari yang untuk pada dengan atas oleh telah sudah dalam para serta atau sebagai terkait mengenai kpu kab
kabupaten kota provinsi area bukti dokumen file berkas folder final fix revisi rev scan hasil copy ttd salinan no nomor
tahun pdf lampiran per the
"""
KATA_UMUM = frozenset(_UMUM.split()) | NAMA_BULAN
SATU_KATA = {
    "tindaklanjut": "tindak lanjut",
    "tatalaksana": "tata laksana",
    "sumber daya manusia": "sdm",
    "5 r": "5r",
}
# What kind of document a name speaks of, not what it is about. The first one in a name is what the file is.
_BENTUK = """
berita acara|surat keputusan|surat pernyataan|surat tugas|surat undangan|surat|sk|keputusan|undangan|daftar hadir|
presensi|absensi|absen|notulensi|notulen|risalah rapat|laporan|banner|spanduk|piagam|sertifikat|maklumat|pengumuman|
tabel|rekapitulasi|rekap|matriks|matrik|formulir|kuesioner|materi|paparan|nota dinas|kartu kendali|lembar|jadwal|
screenshoot|screenshot|tangkapan layar|video|foto|dokumentasi
"""
BENTUK = re.compile(rf"(?<![a-z])(?:{_BENTUK.replace(chr(10), '')})(?![a-z])")
REKAMAN = frozenset({"foto", "dokumentasi", "video"})  # of a banner: what counts is the banner
BUKAN_POKOK = """
rapat kegiatan pelaksanaan evaluasi monev sosialisasi penyusunan tahunan setiap bulan triwulan semester bentuk terkait
data pegawai
"""
KATA_PROGRAM = frozenset({"zi", "zona", "integritas"})
MIRIP = 0.5  # of a folder's words, that a heading must have
SANGAT_MIRIP = 2 / 3
MIN_JUDUL = 2  # words; with fewer a name says little


@lru_cache(maxsize=4096)
def words(teks: str) -> frozenset[str]:
    """What a text says, those of one meaning as one word. Numbers, years and months say when, not what."""
    polos = re.sub(r"[^\w]+|_", " ", teks.lower())
    for ditulis, dibaca in SATU_KATA.items():
        polos = re.sub(rf"\b{ditulis}\b", dibaca, polos)
    semua = (min(kelompok) for kelompok in kata_sepadan(polos))
    return frozenset(
        k
        for k in semua
        if k not in KATA_UMUM and (k == "5r" or (len(k) > 1 and k.replace(" ", "").isalpha()))
    )


def likeness(kata: frozenset[str], kata_nama: frozenset[str]) -> float:
    """How much of a folder's words a heading has."""
    return len(kata & kata_nama) / len(kata) if kata else 0.0


def forms_of(bagian: Jalur) -> list[str]:
    """The kinds of document that the name speaks of, in its order."""
    return [cocok.group() for cocok in BENTUK.finditer(title_of(bagian.nama).lower())]


def main_form(bagian: Jalur) -> str:
    """The one that the file is; of `Foto banner` the banner."""
    bentuk = forms_of(bagian)
    return next((b for b in bentuk if b not in REKAMAN), bentuk[0] if bentuk else "")


def kinds(bentuk: str) -> frozenset[str]:
    """Of `surat tugas` only the second word tells it from other letters."""
    kata = words(bentuk)
    return kata - {"surat"} or kata


def subject_of(folder: str) -> frozenset[str]:
    return frozenset() if only_period(folder) else words(heading_of(folder)) - form_words() - KATA_PROGRAM


@cache
def form_words() -> frozenset[str]:
    bentuk = _BENTUK.replace("\n", "").split("|")
    return frozenset().union(*map(words, [*bentuk, *BUKAN_POKOK.split()]))


def only_best(skor: dict[int, float], paling_sedikit: float) -> int | None:
    """The one that is better than all others."""
    if not skor:
        return None
    puncak = max(skor.values())
    terbaik = [n for n, s in skor.items() if s == puncak]
    return terbaik[0] if puncak >= paling_sedikit and len(terbaik) == 1 else None
