"""For which slot of a plan a file of an office's own drive is: proposed from its path, with the reason and every doubt
in words. No input or output: the plan is given, the answer is a value; a person decides.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache

from accounts.area import ROMAWI
from accounts.waktu import tanggal_panjang
from actionplan.search import SEPADAN, kata_sepadan
from evidence.keadaan import Keadaan
from evidence.models import BarisImpor
from evidence.petunjuk_impor import (
    NAMA_BULAN,
    Jalur,
    Kode,
    Masa,
    area_number,
    codes_of,
    dates_in,
    heading_of,
    leading_letter,
    leading_number,
    leading_roman,
    month,
    only_period,
    part_of_lke,
    periods_of,
    readable,
    split,
    title_of,
    years_in,
)

Keyakinan = BarisImpor.Keyakinan

# As the assessors' sheet calls the areas, each with the words without which it is not meant.
NAMA_AREA = {
    1: ("Manajemen Perubahan", "manajemen perubahan"),
    2: ("Penataan Tatalaksana", "tata laksana"),
    3: ("Penataan Sistem Manajemen SDM Aparatur", "sdm"),
    4: ("Penguatan Akuntabilitas Kinerja", "akuntabilitas"),
    5: ("Penguatan Pengawasan", "pengawasan"),
    6: ("Peningkatan Kualitas Pelayanan Publik", "pelayanan"),
}
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
LKE_LAIN = frozenset({"reform", "hasil"})
REKAMAN = frozenset({"foto", "dokumentasi", "video"})  # of a banner: what counts is the banner
BUKAN_POKOK = """
rapat kegiatan pelaksanaan evaluasi monev sosialisasi penyusunan tahunan setiap bulan triwulan semester bentuk terkait
data pegawai
"""
KATA_PROGRAM = frozenset({"zi", "zona", "integritas"})
RAHASIA = re.compile(r"\b(?:rahasia|pelapor|terlapor|whistle ?blower)\b", re.IGNORECASE)
MIRIP = 0.5  # of a folder's words, that a heading must have
SANGAT_MIRIP = 2 / 3
COCOK = 0.34  # below, words say nothing
SEPARUH = 0.5  # of a name's words, that a row must have which nothing but words points at
UNGGUL = 0.12  # by how much the best must be better than the next
LAIN_MASA = 0.2  # what a row loses that has no deadline in the period the path speaks of
MIN_JUDUL = 2  # words; with fewer the bukti fisik's own name says more

TERTUTUP = {
    Keadaan.MENUNGGU: "Bukti fisik ini sedang menunggu reviu TPI; tarik kembali kirimannya dahulu.",
    Keadaan.SESUAI: "Bukti fisik ini sudah dinilai Sesuai; buka kembali dengan alasan dari halamannya dahulu.",
}
DUA_TANGGAL = "Nama berkas menyebut lebih dari satu tanggal; pilih tanggal dokumennya."


# --- The plan as a proposal sees it ---


@dataclass(frozen=True)
class SlotRencana:
    pk: int
    area: int
    komponen: int
    baris: int
    nomor_bukti: int
    bukti: str
    indikator: str  # what the row and its steps say
    tenggat: str
    mulai: dt.date
    jatuh_tempo: dt.date
    batas: dt.date | None = None  # where it was extended, or the plan signed after it
    keadaan: str = Keadaan.BELUM

    @property
    def sampai(self) -> dt.date:
        return self.batas or self.jatuh_tempo

    @property
    def kode(self) -> str:
        return f"{ROMAWI[self.area]}.{self.komponen}.{self.baris}"

    @property
    def indeks(self) -> tuple[int, int, int]:
        return self.area, self.komponen, self.baris

    @cached_property
    def kata_bukti(self) -> frozenset[str]:
        return words(self.bukti)

    @cached_property
    def kata_baris(self) -> frozenset[str]:
        return words(f"{self.bukti} {self.indikator}")


@dataclass(frozen=True)
class RencanaDikenal:
    tahun: int
    slots: tuple[SlotRencana, ...]
    komponen: dict[tuple[int, int], str] = field(default_factory=dict)
    area: dict[int, str] = field(default_factory=dict)
    kata_kantor: frozenset[str] = frozenset()

    @cached_property
    def bobot(self) -> dict[str, float]:
        """A word that stands in few rows says more than one that stands in many."""
        baris = {s.indeks: s.kata_baris for s in self.slots}
        jumlah = Counter(kata for isi in baris.values() for kata in isi)
        return {kata: 1 + math.log(len(baris) / n) for kata, n in jumlah.items()}

    @cached_property
    def kata_komponen(self) -> dict[tuple[int, int], frozenset[str]]:
        """What its heading and all its rows say."""
        kata = {k: words(nama) for k, nama in self.komponen.items()}
        for s in self.slots:
            kata[s.indeks[:2]] = kata.get(s.indeks[:2], frozenset()) | s.kata_baris
        return kata

    @cached_property
    def langka(self) -> float:
        """The weight of a word that the plan does not have."""
        return 1 + math.log(max(1, len({s.indeks for s in self.slots})))

    @cached_property
    def berat_bukti(self) -> dict[int, float]:
        return {s.pk: self.weight(s.kata_bukti) for s in self.slots}

    def weight(self, kata: Iterable[str]) -> float:
        return sum(self.bobot.get(k, self.langka) for k in kata)


@dataclass(frozen=True)
class Usulan:
    slot: SlotRencana | None = None
    area: int | None = None
    alasan: str = ""
    keyakinan: BarisImpor.Keyakinan = Keyakinan.TIDAK_TAHU
    keraguan: tuple[str, ...] = ()
    tanggal: dt.date | None = None
    judul: str = ""
    rahasia: bool = False


# --- Words ---


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


# --- Proposing ---


def propose(jalur: str, rencana: RencanaDikenal, hari_ini: dt.date) -> Usulan:
    bagian = split(jalur)
    letak = locate(bagian, rencana)
    tanggal, ragu_tanggal = document_date(bagian, hari_ini)
    pilihan = choose(letak, bagian, rencana, tanggal)
    keraguan = [
        *letak.keraguan,
        *ragu_tanggal,
        *pilihan.keraguan,
        *doubts_of(pilihan, bagian, rencana, tanggal),
    ]
    return Usulan(
        slot=pilihan.slot,
        area=pilihan.slot.area if pilihan.slot else letak.area,
        alasan=pilihan.alasan,
        keyakinan=certainty(letak, pilihan),
        keraguan=tuple(dict.fromkeys(keraguan)),
        tanggal=tanggal,
        judul=title(bagian, pilihan.slot),
        rahasia=bool(RAHASIA.search(jalur.replace("_", " "))),
    )


def certainty(letak: Letak, pilihan: Pilihan) -> BarisImpor.Keyakinan:
    """Certain is only what nothing speaks against: a wrong one goes into a draft unseen."""
    if pilihan.slot is None:
        return Keyakinan.TIDAK_TAHU
    return Keyakinan.RAGU if letak.keraguan or pilihan.keraguan else Keyakinan.PASTI


def document_date(bagian: Jalur, hari_ini: dt.date) -> tuple[dt.date | None, list[str]]:
    tanggal = [t for t in dates_in(bagian.nama) if t.year >= 2000]
    if len(tanggal) > 1:
        return None, [DUA_TANGGAL]
    if tanggal and tanggal[0] > hari_ini:
        return None, [f"Tanggal {tanggal_panjang(tanggal[0])} pada nama berkas belum tiba."]
    return (tanggal[0] if tanggal else None), []


def title(bagian: Jalur, slot: SlotRencana | None) -> str:
    judul = readable(bagian.nama)
    if slot and len(words(title_of(bagian.nama))) < MIN_JUDUL:
        judul = slot.bukti.replace("*", "")
    return (judul or bagian.nama)[:200].strip() or "Dokumen"


# --- Where in the plan: area, komponen, row ---


@dataclass(frozen=True)
class Letak:
    """As far as code and headings say. `tebakan` is a row that only a letter or a leading number speaks for, `goyah` a
    komponen that only a number speaks for; `kata` are those of the heading that says where."""

    area: int | None = None
    komponen: int | None = None
    baris: int | None = None
    alasan: str = ""
    tebakan: int | None = None
    sebab_tebakan: str = ""
    goyah: bool = False
    di: int = -1  # the folder that says so
    kata: frozenset[str] = frozenset()
    keraguan: tuple[str, ...] = ()

    def holds(self, slot: SlotRencana) -> bool:
        return all(
            dicari is None or dicari == punya
            for dicari, punya in zip((self.area, self.komponen, self.baris), slot.indeks, strict=True)
        )


@dataclass(frozen=True)
class AreaJalur:
    """The area that a path names, and where: only folders below may name its komponen."""

    nomor: int | None = None
    ke: int = -1
    keraguan: tuple[str, ...] = ()


def locate(bagian: Jalur, rencana: RencanaDikenal) -> Letak:
    """By a code, else by the headings of the folders."""
    area = area_of_path(bagian, rencana)
    kode = codes_of(bagian)
    letak = next((letak for k in kode if (letak := by_code(k, area.nomor, rencana))), None)
    if letak is None:
        letak = by_folders(bagian, area, rencana)
        if salah := next((k for k in kode if k.baris is not None), None):
            letak = with_doubt(letak, f"Kode {salah.asli} tidak ada dalam rencana, atau bukan kode area ini.")
    if area.nomor and letak.area != area.nomor:
        letak = with_doubt(
            letak, f"Foldernya Area {ROMAWI[area.nomor]}, kodenya Area {ROMAWI[letak.area or area.nomor]}."
        )
    return with_doubt(letak, *area.keraguan)


def with_doubt(letak: Letak, *ragu: str) -> Letak:
    return replace(letak, keraguan=(*letak.keraguan, *ragu))


def by_code(kode: Kode, area: int | None, rencana: RencanaDikenal) -> Letak | None:
    ada = {s.indeks for s in rencana.slots}
    sebut = f"kode {kode.asli} pada {'folder' if kode.folder else 'nama berkas'}"
    if kode.baris is None:
        return by_short_code(kode, area, rencana, sebut)
    if kode.huruf:
        return by_letter(kode, ada, sebut) if area in (None, kode.area) else None
    return Letak(*kode.indeks, sebut) if kode.indeks in ada else None


def by_letter(kode: Kode, ada: set[tuple[int, int, int]], sebut: str) -> Letak | None:
    """The assessors' sheet counts its questions by letters; the plan's rows may stand in another order."""
    sebaris = [i for i in ada if i[:2] == kode.indeks[:2]]
    letak = Letak(kode.area, kode.komponen, None, sebut)
    if not sebaris:
        return None
    if kode.indeks in ada:
        sebab = f"{kode.asli} dibaca sebagai baris ke-{kode.baris}; urutan LKE dan rencana dapat berbeda."
        return replace(letak, tebakan=kode.baris, sebab_tebakan=sebab)
    return with_doubt(letak, f"Huruf {kode.huruf} pada {kode.asli} tidak punya baris dalam rencana.")


def by_short_code(kode: Kode, area: int | None, rencana: RencanaDikenal, sebut: str) -> Letak | None:
    """`V.4` is a komponen; inside of the folder of another area `1.2` is a komponen and perhaps its row."""
    ada = {s.indeks for s in rencana.slots}
    if area in (None, kode.area) and any(i[:2] == (kode.area, kode.komponen) for i in ada):
        return numbered_komponen(kode.area, kode.komponen, kode.teks, sebut, rencana)
    if area and (area, kode.area, kode.komponen) in ada:
        alasan = f"{sebut} dalam folder Area {ROMAWI[area]}"
        sebab = f"{kode.asli} dibaca sebagai komponen {kode.area} baris ke-{kode.komponen}."
        letak = numbered_komponen(area, kode.area, kode.teks, alasan, rencana)
        return replace(letak, tebakan=kode.komponen, sebab_tebakan=sebab)
    return None


def numbered_komponen(area: int, komponen: int, teks: str, alasan: str, rencana: RencanaDikenal) -> Letak:
    """A number holds where a word beside it is the komponen's too; else a person looks."""
    kata = words(heading_of(teks))
    letak = Letak(area, komponen, None, alasan, kata=kata)
    judul = words(rencana.komponen.get((area, komponen), ""))
    if kata & judul or (kata - form_words()) & rencana.kata_komponen[area, komponen]:
        return letak
    ragu = f"Nomor di depan “{teks[:60]}” belum tentu nomor komponen."
    return replace(letak, goyah=True, keraguan=(ragu,))


def area_of_path(bagian: Jalur, rencana: RencanaDikenal) -> AreaJalur:
    """What says `Area 5` before what is called as an area is; a file's own name only where no folder speaks."""
    sebut = [(ke, n) for ke, teks in enumerate(bagian.folder) if (n := area_number(teks))]
    bernama = [(ke, n) for ke, teks in enumerate(bagian.folder) if (n := area_by_name(teks, rencana))]
    pada_nama = [(-1, n) for n in [_said_by_file(bagian.nama)] if n]
    ke, nomor = next(iter([*sebut[-1:], *bernama[:1], *pada_nama]), (-1, None))
    lain = {n for _, n in (*sebut, *pada_nama)} | {n for di, n in bernama if di >= ke}
    ragu = [
        f"Jalurnya menyebut Area {ROMAWI[nomor]} dan Area {ROMAWI[n]}."
        for n in sorted(lain - {nomor})
        if nomor
    ]
    return AreaJalur(nomor, ke, tuple(ragu))


def _said_by_file(nama: str) -> int | None:
    """Not by `SK Pokja 1`, which is about a team."""
    return area_number(nama) if re.search(r"(?<![a-z])area", nama, re.IGNORECASE) else None


def area_by_name(folder: str, rencana: RencanaDikenal) -> int | None:
    kata = words(heading_of(folder)) - KATA_PROGRAM
    semua = [n for n in ROMAWI if is_called(kata, n) or is_same(kata, words(rencana.area.get(n, "")))]
    return semua[0] if len(semua) == 1 else None


def is_called(kata: frozenset[str], area: int) -> bool:
    nama, inti = (words(teks) for teks in NAMA_AREA[area])
    return inti <= kata and likeness(kata, nama) > SANGAT_MIRIP


def is_same(kata: frozenset[str], nama: frozenset[str]) -> bool:
    return min(likeness(kata, nama), likeness(nama, kata)) >= SANGAT_MIRIP


def only_best(skor: dict[int, float], paling_sedikit: float) -> int | None:
    """The one that is better than all others."""
    if not skor:
        return None
    puncak = max(skor.values())
    terbaik = [n for n, s in skor.items() if s == puncak]
    return terbaik[0] if puncak >= paling_sedikit and len(terbaik) == 1 else None


def by_folders(bagian: Jalur, area: AreaJalur, rencana: RencanaDikenal) -> Letak:
    if area.nomor is None:
        return komponen_anywhere(bagian, rencana) or by_roman(bagian, rencana)
    return komponen_below(bagian, area.nomor, area.ke, rencana) or Letak(
        area.nomor, None, None, f"folder Area {ROMAWI[area.nomor]}", di=area.ke
    )


def komponen_below(bagian: Jalur, area: int, ke: int, rencana: RencanaDikenal) -> Letak | None:
    """The first folder that is surely one, else the first that may be."""
    semua = [
        row_below(bagian, di, letak, rencana)
        for di, folder in enumerate(bagian.folder)
        if di > ke and (letak := komponen_of(folder, area, rencana))
    ]
    return next((letak for letak in semua if not letak.keraguan), semua[0] if semua else None)


def komponen_of(folder: str, area: int, rencana: RencanaDikenal) -> Letak | None:
    """By its words, or by a number that they do not speak against."""
    if only_period(folder) or part_of_lke(folder):
        return None
    kata, alasan = words(heading_of(folder)), f"folder “{folder}”"
    nama = {k: words(n) for (a, k), n in rencana.komponen.items() if a == area}
    nomor, skor = leading_number(folder), {k: likeness(kata, n) for k, n in nama.items()}
    menurut_kata = only_best(skor, MIRIP)
    if nomor in nama and (menurut_kata in (None, nomor) or kata & nama[nomor]):
        return numbered_komponen(area, nomor, folder, alasan, rencana)
    if menurut_kata is None:
        return None
    letak = Letak(area, menurut_kata, None, alasan, kata=kata)
    return letak if skor[menurut_kata] >= SANGAT_MIRIP else with_doubt(letak, partly_alike(folder))


def partly_alike(folder: str) -> str:
    return f"Folder “{folder[:60]}” hanya sebagian seperti nama komponen."


def komponen_anywhere(bagian: Jalur, rencana: RencanaDikenal) -> Letak | None:
    """No area said: a folder may still be called as a komponen is."""
    urut = sorted(rencana.komponen)
    for ke, folder in reversed(list(enumerate(bagian.folder))):
        kata = words(heading_of(folder))
        skor = {i: likeness(kata, words(rencana.komponen[k])) for i, k in enumerate(urut)}
        if len(kata) >= MIN_JUDUL and (i := only_best(skor, SANGAT_MIRIP)) is not None:
            letak = Letak(*urut[i], None, f"folder “{folder}” seperti nama komponen", kata=kata)
            if not is_same(kata, words(rencana.komponen[urut[i]])):
                letak = with_doubt(letak, partly_alike(folder))
            return row_below(bagian, ke, letak, rencana)
    return None


def by_roman(bagian: Jalur, rencana: RencanaDikenal) -> Letak:
    """`V. PENGAWASAN INTERN`: an area that nothing but its number says. Never in the assessors' own division."""
    if any(part_of_lke(folder) for folder in bagian.folder):
        return Letak()
    ke, nomor = next(
        ((ke, n) for ke, folder in enumerate(bagian.folder) if (n := leading_roman(folder))), (-1, None)
    )
    if nomor is None:
        return Letak()
    folder = bagian.folder[ke]
    letak = komponen_below(bagian, nomor, ke, rencana) or Letak(nomor, alasan=f"folder “{folder}”", di=ke)
    return with_doubt(letak, f"Angka Romawi di depan “{folder[:60]}” dibaca sebagai Area {ROMAWI[nomor]}.")


def row_below(bagian: Jalur, ke: int, letak: Letak, rencana: RencanaDikenal) -> Letak:
    """`a. …` or `2. …` in a folder below the komponen's, or on the file itself: perhaps the row."""
    for teks in (*(f for f in bagian.folder[ke + 1 :] if not only_period(f)), bagian.nama):
        nomor = leading_letter(teks) or leading_number(teks)
        if nomor and any(s.indeks == (letak.area, letak.komponen, nomor) for s in rencana.slots):
            sebab = f"Nomor di depan “{teks[:60]}” dibaca sebagai baris ke-{nomor}."
            return replace(letak, tebakan=nomor, sebab_tebakan=sebab)
    return letak


# --- Which of the slots there ---


@dataclass(frozen=True)
class Pilihan:
    slot: SlotRencana | None = None
    alasan: str = ""
    keraguan: tuple[str, ...] = ()


def choose(letak: Letak, bagian: Jalur, rencana: RencanaDikenal, tanggal: dt.date | None) -> Pilihan:
    kata = words(title_of(bagian.nama)) - rencana.kata_kantor
    masa = periods_or_month(bagian, rencana, tanggal)
    letak = settled(letak, kata, rencana, masa)
    calon = [s for s in rencana.slots if letak.holds(s)]
    nilai = score_rows(kata, calon, rencana, masa)
    if kurang := not_enough(letak, nilai):
        return Pilihan(keraguan=(kurang,))
    indeks, ragu_baris = pick_row(letak, nilai)
    baris = [s for s in calon if s.indeks == indeks]
    bukti, ragu_bukti = pick_bukti(bagian, kata, baris, rencana)
    slots = [s for s in baris if s.nomor_bukti == bukti]
    slot, ragu_masa, alasan_masa = pick_tenggat(slots, bagian, rencana, tanggal)
    ragu = (
        *ragu_baris,
        *rival_doubts(letak, kata, slot, rencana, masa),
        *twin_doubts(letak, kata, slot, calon, rencana, periods_of(bagian, rencana.tahun)),
        *ragu_bukti,
        *form_doubts(letak, bagian, slot, baris),
        *word_doubts(letak, kata, slot, rencana),
        *folder_doubts(letak, bagian, slot, rencana),
        *ragu_masa,
    )
    return Pilihan(slot, reason(letak, slot, kata, alasan_masa), ragu)


def settled(letak: Letak, kata: frozenset[str], rencana: RencanaDikenal, masa: list[Masa]) -> Letak:
    """A komponen that only a number speaks for is left where the words know a better row of the area."""
    if not letak.goyah:
        return letak
    seluas_area = replace(letak, komponen=None, tebakan=None)
    nilai = score_rows(kata, [s for s in rencana.slots if seluas_area.holds(s)], rencana, masa)
    return letak if not nilai or letak.holds(nilai[0][1]) or nilai[0][0] < COCOK else seluas_area


def periods_or_month(bagian: Jalur, rencana: RencanaDikenal, tanggal: dt.date | None) -> list[Masa]:
    masa = periods_of(bagian, rencana.tahun)
    if masa or tanggal is None or tanggal.year != rencana.tahun:
        return masa
    return [month(tanggal.month, rencana.tahun)]


def not_enough(letak: Letak, nilai: list[tuple[float, SlotRencana]]) -> str:
    """Why nothing is proposed; empty where something can be."""
    if letak.area is None and (not nilai or nilai[0][0] < COCOK):
        return "Area tidak dikenali dari folder atau nama berkas."
    if not nilai:
        return f"{_where(letak)} tidak ada dalam rencana."
    pilih = letak.baris is None and letak.tebakan is None and len(nilai) > 1
    return f"Indikator belum dikenali di {_where(letak)}." if pilih and nilai[0][0] < COCOK / 2 else ""


def pick_row(letak: Letak, nilai: list[tuple[float, SlotRencana]]) -> tuple[tuple[int, int, int], list[str]]:
    """A guessed row holds unless the words are clearly another's."""
    terbaik = nilai[0][1]
    if letak.baris is not None or len(nilai) == 1:
        return terbaik.indeks, []
    if letak.tebakan is None:
        return terbaik.indeks, row_doubts(nilai)
    skor, tebakan = next((n, s) for n, s in nilai if s.baris == letak.tebakan)
    if tebakan is terbaik and not row_doubts(nilai):
        return tebakan.indeks, []
    if nilai[0][0] - skor >= UNGGUL:
        return terbaik.indeks, [f"{letak.sebab_tebakan} Kata-katanya lebih cocok dengan {terbaik.kode}."]
    return tebakan.indeks, [letak.sebab_tebakan]


def _where(letak: Letak) -> str:
    assert letak.area
    return f"Area {ROMAWI[letak.area]}" + (f" komponen {letak.komponen}" if letak.komponen else "")


def score_rows(
    kata: frozenset[str], calon: list[SlotRencana], rencana: RencanaDikenal, masa: list[Masa]
) -> list[tuple[float, SlotRencana]]:
    """The rows, each by its best slot, the likeliest first. One that has nothing due in that period is less likely."""
    pada_masa = {s.indeks for s in calon for m in masa if touches(s, m)}
    terbaik: dict[tuple[int, int, int], tuple[float, SlotRencana]] = {}
    for slot in calon:
        nilai = score(kata, slot, rencana) - (LAIN_MASA if pada_masa and slot.indeks not in pada_masa else 0)
        if slot.indeks not in terbaik or nilai > terbaik[slot.indeks][0]:
            terbaik[slot.indeks] = (nilai, slot)
    return sorted(terbaik.values(), key=lambda n: (-n[0], n[1].indeks))


def touches(slot: SlotRencana, masa: Masa) -> bool:
    return slot.mulai <= masa.akhir and masa.mulai <= slot.jatuh_tempo


def score(kata: frozenset[str], slot: SlotRencana, rencana: RencanaDikenal) -> float:
    """From 0 to 1: how alike name and bukti fisik are, how much of the name the bukti fisik has, and the row."""
    if not kata:
        return 0.0
    berat, sama = rencana.weight(kata), rencana.weight(kata & slot.kata_bukti)
    mirip = 2 * sama / (berat + rencana.berat_bukti[slot.pk])
    return 0.5 * mirip + 0.25 * sama / berat + 0.25 * rencana.weight(kata & slot.kata_baris) / berat


def row_doubts(nilai: list[tuple[float, SlotRencana]]) -> list[str]:
    if len(nilai) < 2 or nilai[0][0] - nilai[1][0] >= UNGGUL:
        return []
    return [f"Indikator {nilai[0][1].kode} dan {nilai[1][1].kode} hampir sama cocoknya."]


def rival_doubts(
    letak: Letak, kata: frozenset[str], slot: SlotRencana, rencana: RencanaDikenal, masa: list[Masa]
) -> list[str]:
    """Code or heading say here; the words may say clearly that it is elsewhere in the area."""
    semua = kata | letak.kata
    seluas_area = [s for s in rencana.slots if s.area == slot.area]
    lain = score_rows(semua, [s for s in seluas_area if not letak.holds(s)], rencana, masa)
    sini = score_rows(semua, [s for s in seluas_area if letak.holds(s)], rencana, masa)
    if not lain or lain[0][0] - sini[0][0] < UNGGUL:
        return []
    return [f"Kata-katanya lebih cocok dengan {lain[0][1].kode}."]


def twin_doubts(
    letak: Letak,
    kata: frozenset[str],
    slot: SlotRencana,
    calon: list[SlotRencana],
    rencana: RencanaDikenal,
    masa: list[Masa],
) -> list[str]:
    """Rows that the name fits as well, but for the day of the document or a word that is both rows' heading."""
    if letak.baris is not None or letak.tebakan is not None:
        return []
    nilai = score_rows(kata, calon, rencana, masa)
    sini = next(n for n, s in nilai if s.indeks == slot.indeks)
    hampir = [s for n, s in nilai if sini - n < UNGGUL or shares(kata, slot, s, rencana)]
    pada_masa = [s for s in calon if not masa or any(touches(s, m) for m in masa)]
    hampir += [s for s in pada_masa if kata & s.kata_bukti >= kata & slot.kata_bukti]
    lain = [s for s in hampir if s.indeks != slot.indeks]
    return [f"Indikator {slot.kode} dan {lain[0].kode} hampir sama cocoknya."] if lain else []


def shares(kata: frozenset[str], slot: SlotRencana, lain: SlotRencana, rencana: RencanaDikenal) -> bool:
    """In one komponen its heading tells no row from another, though only one of them writes it out."""
    if slot.indeks[:2] != lain.indeks[:2]:
        return False
    judul = words(rencana.komponen.get(slot.indeks[:2], "")) & slot.kata_baris & lain.kata_baris
    sisa = kata - judul
    if sisa <= form_words() and sisa & slot.kata_bukti == sisa & lain.kata_bukti:
        return True
    return score(sisa, slot, rencana) - score(sisa, lain, rencana) < UNGGUL


def form_doubts(letak: Letak, bagian: Jalur, slot: SlotRencana, baris: list[SlotRencana]) -> list[str]:
    """An invitation is no report on the meeting, though all their words are the same."""
    banyak = len({s.nomor_bukti for s in baris}) > 1
    pokok = main_form(bagian)
    if not pokok or (letak.baris is not None and not banyak) or kinds(pokok) & slot.kata_bukti:
        return []
    return [f"Nama berkas menyebut “{pokok}”, bukti fisiknya tidak."]


def word_doubts(letak: Letak, kata: frozenset[str], slot: SlotRencana, rencana: RencanaDikenal) -> list[str]:
    """Where no code says so, words must: the less the folders say, the more of them."""
    if letak.baris is not None:
        return []
    if letak.area is None:
        return ["Hanya kata pada nama berkas yang menunjuk ke sana."]
    if score(kata, slot, rencana) < COCOK or not kata & slot.kata_bukti:
        return ["Nama berkas hampir tidak punya kata yang sama dengan bukti fisiknya."]
    pokok = slot.kata_bukti - form_words() - words(rencana.komponen.get(slot.indeks[:2], ""))
    if not kata & slot.kata_bukti - form_words() and (pokok or letak.komponen is None):
        return ["Yang sama hanya bentuk dokumennya, bukan pokoknya."]
    if letak.komponen is not None:
        return []
    if rencana.weight(kata & slot.kata_baris) < SEPARUH * rencana.weight(kata):
        return ["Sebagian besar kata pada nama berkas tidak ada pada baris itu."]
    return []


def folder_doubts(letak: Letak, bagian: Jalur, slot: SlotRencana, rencana: RencanaDikenal) -> list[str]:
    """Folders that speak of something else than the plan does there."""
    if letak.baris is not None:
        return []
    lke = [p for f in bagian.folder if (p := part_of_lke(f)) in LKE_LAIN]
    ragu = (
        [f"Folder {lke[0].capitalize()} pada LKE menanyakan hal lain daripada baris rencana."] if lke else []
    )
    if letak.komponen is None:
        sini = rencana.kata_komponen[slot.indeks[:2]]
        asing = [
            f for f in bagian.folder[letak.di + 1 :] if (k := subject_of(f)) and likeness(k, sini) < MIRIP
        ]
        ragu += [f"Folder “{f[:60]}” tidak dikenali sebagai komponen." for f in asing[:1]]
    return ragu


def pick_bukti(
    bagian: Jalur, kata: frozenset[str], baris: list[SlotRencana], rencana: RencanaDikenal
) -> tuple[int, list[str]]:
    """Which of the documents that the row asks for."""
    pokok = kinds(main_form(bagian)) | REKAMAN.intersection(forms_of(bagian))
    satu = {s.nomor_bukti: s for s in baris if pokok & s.kata_bukti} or {s.nomor_bukti: s for s in baris}
    urut = sorted(((score(kata, s, rencana), -n) for n, s in satu.items()), reverse=True)
    pertama = -urut[0][1]
    if len(urut) == 1 or urut[0][0] - urut[1][0] >= UNGGUL:
        return pertama, []
    banyak = len({s.nomor_bukti for s in baris})
    return pertama, [f"Baris {baris[0].kode} meminta {banyak} bukti fisik; pilih yang mana."]


def pick_tenggat(
    slots: list[SlotRencana], bagian: Jalur, rencana: RencanaDikenal, tanggal: dt.date | None
) -> tuple[SlotRencana, list[str], str]:
    """By the period that the path speaks of, else by the document's date, else the first that waits for something."""
    urut = sorted(slots, key=lambda s: s.jatuh_tempo)
    semua_masa = sorted(periods_of(bagian, rencana.tahun), key=lambda m: m.akhir - m.mulai)
    if len(urut) == 1:
        return urut[0], other_period(urut[0], semua_masa), ""
    for masa in semua_masa:
        if cocok := in_period(urut, masa, tanggal):
            slot, banyak = first_open(cocok), len(cocok) > 1
            ragu = [f"{masa.sebutan} memuat {len(cocok)} tenggat; pilih yang mana."] if banyak else []
            return slot, [*ragu, *other_date(slot, urut, tanggal)], masa.sebutan
    if tanggal and tanggal.year == rencana.tahun:
        return by_date(urut, tanggal)
    return first_open(urut), ["Tenggat tidak disebut; diusulkan yang pertama belum selesai."], ""


def other_period(slot: SlotRencana, semua_masa: list[Masa]) -> list[str]:
    if not semua_masa or any(touches(slot, masa) for masa in semua_masa):
        return []
    return [f"Jalurnya menyebut {semua_masa[0].sebutan}, tenggat ini untuk {slot.tenggat}."]


def other_date(slot: SlotRencana, urut: list[SlotRencana], tanggal: dt.date | None) -> list[str]:
    """The folder says March, the document's date February, and February has a deadline of its own."""
    lain = [s for s in urut if tanggal and s.mulai <= tanggal <= s.jatuh_tempo]
    return [f"Tanggal dokumennya ada dalam masa {lain[0].tenggat}."] if lain and slot not in lain else []


def in_period(urut: list[SlotRencana], masa: Masa, tanggal: dt.date | None) -> list[SlotRencana]:
    """Those due in it, else those that it touches; of several the one whose time the document's date is in."""
    cocok = [s for s in urut if masa.mulai <= s.jatuh_tempo <= masa.akhir]
    cocok = cocok or [s for s in urut if touches(s, masa)]
    menurut_tanggal = [s for s in cocok if tanggal and s.mulai <= tanggal <= s.jatuh_tempo]
    return menurut_tanggal if len(menurut_tanggal) == 1 else cocok


def by_date(urut: list[SlotRencana], tanggal: dt.date) -> tuple[SlotRencana, list[str], str]:
    slot = next((s for s in urut if s.jatuh_tempo >= tanggal), urut[-1])
    ragu = [] if slot.mulai <= tanggal <= slot.jatuh_tempo else ["Tenggat ditebak dari tanggal dokumen."]
    return slot, ragu, f"tanggal {tanggal_panjang(tanggal)}"


def first_open(slots: list[SlotRencana]) -> SlotRencana:
    return next((s for s in slots if s.keadaan not in TERTUTUP), slots[0])


def reason(letak: Letak, slot: SlotRencana, kata: frozenset[str], masa: str) -> str:
    sama = [as_decreed(satu, slot) for satu in sorted(kata & slot.kata_bukti or kata & slot.kata_baris)[:4]]
    bagian = [letak.alasan, f"kata {', '.join(sama)}" if sama else "", masa]
    teks = "; ".join(filter(None, bagian)) or "satu-satunya yang mungkin"
    return f"{teks[0].upper()}{teks[1:]}."[:300]


def as_decreed(kata: str, slot: SlotRencana) -> str:
    """Of words that mean the same the one that the plan itself uses."""
    baris = readable(f"{slot.bukti} {slot.indikator}").lower()
    sepadan = next((satu for satu in SEPADAN if kata in satu), frozenset({kata}))
    return next((satu for satu in sorted(sepadan, key=len, reverse=True) if satu in baris), kata)


# --- Doubts about what was chosen ---


def doubts_of(pilihan: Pilihan, bagian: Jalur, rencana: RencanaDikenal, tanggal: dt.date | None) -> list[str]:
    slot = pilihan.slot
    if slot is None:
        return []
    return [*state_doubts(slot), *year_doubts(slot, bagian, rencana), *date_doubts(slot, tanggal, rencana)]


def state_doubts(slot: SlotRencana) -> list[str]:
    return [TERTUTUP[Keadaan(slot.keadaan)]] if slot.keadaan in TERTUTUP else []


def year_doubts(slot: SlotRencana, bagian: Jalur, rencana: RencanaDikenal) -> list[str]:
    """Another year, that the decree itself does not name (LAKIP 2024 is handed in in 2025)."""
    disebut = years_in(bagian.nama) or [t for f in bagian.folder for t in years_in(f)]
    wajar = {rencana.tahun, *years_in(slot.bukti), *years_in(slot.indikator)}
    asing = [t for t in disebut if t not in wajar]
    return [f"Menyebut tahun {asing[0]}, padahal rencana ini tahun {rencana.tahun}."] if asing else []


def date_doubts(slot: SlotRencana, tanggal: dt.date | None, rencana: RencanaDikenal) -> list[str]:
    if tanggal is None:
        return []
    if tanggal.year != rencana.tahun:
        return [f"Tanggal dokumen {tanggal_panjang(tanggal)} di luar tahun rencana."]
    if slot.mulai <= tanggal <= slot.sampai:
        return []
    return [f"Dokumen bertanggal {tanggal_panjang(tanggal)}, tenggat ini untuk {slot.tenggat}."]
