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
from functools import cached_property, lru_cache

from accounts.area import ROMAWI
from accounts.waktu import tanggal_panjang
from actionplan.search import SEPADAN, kata_sepadan
from evidence.keadaan import Keadaan
from evidence.models import BarisImpor
from evidence.petunjuk_impor import (
    Jalur,
    Kode,
    Masa,
    area_number,
    codes_of,
    dates_in,
    leading_letter,
    leading_number,
    month,
    periods_of,
    readable,
    split,
    title_of,
    years_in,
)

Keyakinan = BarisImpor.Keyakinan

# As the assessors' sheet calls the areas; a plan may call them otherwise.
NAMA_AREA = {
    1: "Manajemen Perubahan",
    2: "Penataan Tatalaksana",
    3: "Penataan Sistem Manajemen SDM Aparatur",
    4: "Penguatan Akuntabilitas Kinerja",
    5: "Penguatan Pengawasan",
    6: "Peningkatan Kualitas Pelayanan Publik",
}
_UMUM = """
dan di ke dari yang untuk pada dengan atas oleh telah sudah dalam para serta atau sebagai terkait mengenai kpu kab
kabupaten kota provinsi area bukti dokumen file berkas folder final fix revisi rev scan hasil copy ttd salinan no nomor
tahun pdf lampiran per the
"""
KATA_UMUM = frozenset(_UMUM.split())
RAHASIA = re.compile(r"\b(?:rahasia|pelapor|terlapor|whistle ?blower)\b", re.IGNORECASE)
MIRIP = 0.5  # of a folder's words, that a heading must have
COCOK = 0.34  # below, words say nothing
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
    """What a text says, those of one meaning as one word."""
    polos = re.sub(r"tindaklanjut", "tindak lanjut", re.sub(r"[^\w]+|_", " ", teks.lower()))
    semua = (min(kelompok) for kelompok in kata_sepadan(polos))
    return frozenset(k for k in semua if k not in KATA_UMUM and (len(k) > 1 or k.isdecimal()))


def likeness(kata: frozenset[str], kata_nama: frozenset[str]) -> float:
    """How much of a folder's words a heading has."""
    return len(kata & kata_nama) / len(kata) if kata else 0.0


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
        keyakinan=certainty(pilihan),
        keraguan=tuple(dict.fromkeys(keraguan)),
        tanggal=tanggal,
        judul=title(bagian, pilihan.slot),
        rahasia=bool(RAHASIA.search(jalur.replace("_", " "))),
    )


def certainty(pilihan: Pilihan) -> BarisImpor.Keyakinan:
    if pilihan.slot is None:
        return Keyakinan.TIDAK_TAHU
    return Keyakinan.PASTI if pilihan.jelas and not pilihan.keraguan else Keyakinan.RAGU


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
    """As far as code and headings say. `tebakan` is a row that only a letter or a leading number speaks for."""

    area: int | None = None
    komponen: int | None = None
    baris: int | None = None
    alasan: str = ""
    tebakan: int | None = None
    sebab_tebakan: str = ""
    keraguan: tuple[str, ...] = ()

    def holds(self, slot: SlotRencana) -> bool:
        return all(
            dicari is None or dicari == punya
            for dicari, punya in zip((self.area, self.komponen, self.baris), slot.indeks, strict=True)
        )


def locate(bagian: Jalur, rencana: RencanaDikenal) -> Letak:
    """By a code, else by the headings of the folders."""
    area = area_of_folders(bagian, rencana)
    kode = codes_of(bagian)
    letak = next((letak for k in kode if (letak := by_code(k, area, rencana))), None)
    if letak is None:
        letak = by_folders(bagian, area, rencana)
        if salah := next((k for k in kode if k.baris is not None), None):
            letak = with_doubt(letak, f"Kode {salah.asli} tidak ada dalam rencana.")
    if area and letak.area != area:
        letak = with_doubt(
            letak, f"Foldernya Area {ROMAWI[area]}, kodenya Area {ROMAWI[letak.area or area]}."
        )
    return letak


def with_doubt(letak: Letak, ragu: str) -> Letak:
    return replace(letak, keraguan=(*letak.keraguan, ragu))


def by_code(kode: Kode, area: int | None, rencana: RencanaDikenal) -> Letak | None:
    ada = {s.indeks for s in rencana.slots}
    sebut = f"kode {kode.asli} pada {'folder' if kode.folder else 'nama berkas'}"
    if kode.baris is None:
        return by_short_code(kode, area, ada, sebut)
    if kode.huruf:
        return by_letter(kode, ada, sebut)
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


def by_short_code(kode: Kode, area: int | None, ada: set[tuple[int, int, int]], sebut: str) -> Letak | None:
    """`V.4` is a komponen; inside of the folder of another area `1.2` is a komponen and its row."""
    if area in (None, kode.area) and any(i[:2] == (kode.area, kode.komponen) for i in ada):
        return Letak(kode.area, kode.komponen, None, sebut)
    if area and (area, kode.area, kode.komponen) in ada:
        return Letak(area, kode.area, kode.komponen, f"{sebut} dalam folder Area {ROMAWI[area]}")
    return None


def area_of_folders(bagian: Jalur, rencana: RencanaDikenal) -> int | None:
    for teks, folder in bagian.terdalam:
        if nomor := area_number(teks) if folder else _named_area(teks):
            return nomor
    return next((n for teks in bagian.folder if (n := area_by_name(teks, rencana))), None)


def _named_area(nama: str) -> int | None:
    """Of a file's name only what says `Area`: its leading number may be anything."""
    return area_number(nama) if re.search(r"\barea\b|\barea_", nama, re.IGNORECASE) else None


def area_by_name(folder: str, rencana: RencanaDikenal) -> int | None:
    kata = words(folder)
    nama = {n: [words(NAMA_AREA[n]), words(rencana.area.get(n, ""))] for n in ROMAWI}
    skor = {n: max(likeness(kata, satu) for satu in dua) for n, dua in nama.items()}
    return only_best(skor, 0.67)


def only_best(skor: dict[int, float], paling_sedikit: float) -> int | None:
    """The one that is better than all others."""
    if not skor:
        return None
    puncak = max(skor.values())
    terbaik = [n for n, s in skor.items() if s == puncak]
    return terbaik[0] if puncak >= paling_sedikit and len(terbaik) == 1 else None


def by_folders(bagian: Jalur, area: int | None, rencana: RencanaDikenal) -> Letak:
    if area is None:
        return komponen_anywhere(bagian, rencana)
    alasan = f"folder Area {ROMAWI[area]}"
    for ke, folder in enumerate(bagian.folder):
        if area_number(folder) == area:
            continue
        if komponen := komponen_of(folder, area, rencana):
            return row_below(bagian, ke, Letak(area, komponen, None, f"folder “{folder}”"), rencana)
    return Letak(area, None, None, alasan)


def komponen_of(folder: str, area: int, rencana: RencanaDikenal) -> int | None:
    """By its number where the words do not speak against it, else by its words."""
    kata, nama = words(folder), {k: words(n) for (a, k), n in rencana.komponen.items() if a == area}
    nomor, menurut_kata = (
        leading_number(folder),
        only_best({k: likeness(kata, n) for k, n in nama.items()}, MIRIP),
    )
    if nomor in nama and (menurut_kata is None or kata & nama[nomor]):
        return nomor
    return menurut_kata


def komponen_anywhere(bagian: Jalur, rencana: RencanaDikenal) -> Letak:
    """No area said: a folder may still be called as a komponen is."""
    urut = sorted(rencana.komponen)
    for folder in reversed(bagian.folder):
        kata = words(folder)
        skor = {i: likeness(kata, words(rencana.komponen[k])) for i, k in enumerate(urut)}
        if len(kata) >= MIN_JUDUL and (i := only_best(skor, 0.67)) is not None:
            return Letak(*urut[i], None, f"folder “{folder}” seperti nama komponen")
    return Letak()


def row_below(bagian: Jalur, ke: int, letak: Letak, rencana: RencanaDikenal) -> Letak:
    """`a. …` or `2. …` in a folder below the komponen's, or on the file itself: perhaps the row."""
    for teks in (*bagian.folder[ke + 1 :], bagian.nama):
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
    jelas: bool = False  # row and bukti fisik are the only ones that fit
    keraguan: tuple[str, ...] = ()


def choose(letak: Letak, bagian: Jalur, rencana: RencanaDikenal, tanggal: dt.date | None) -> Pilihan:
    calon = [s for s in rencana.slots if letak.holds(s)]
    kata = words(title_of(bagian.nama)) - rencana.kata_kantor
    nilai = score_rows(kata, calon, rencana, periods_or_month(bagian, rencana, tanggal))
    if kurang := not_enough(letak, nilai):
        return Pilihan(keraguan=(kurang,))
    indeks, ragu_baris = pick_row(letak, nilai)
    baris = [s for s in calon if s.indeks == indeks]
    bukti, ragu_bukti = pick_bukti(kata, baris, rencana)
    slots = [s for s in baris if s.nomor_bukti == bukti]
    slot, ragu_masa, alasan_masa = pick_tenggat(slots, bagian, rencana, tanggal)
    jelas = not letak.keraguan and (letak.baris is not None or nilai[0][0] >= COCOK or len(nilai) == 1)
    ragu_kata = [] if letak.area else ["Hanya kata pada nama berkas yang menunjuk ke sana."]
    ragu = (*ragu_kata, *ragu_baris, *ragu_bukti, *ragu_masa)
    return Pilihan(slot, reason(letak, slot, kata, alasan_masa), jelas, ragu)


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


def pick_bukti(
    kata: frozenset[str], baris: list[SlotRencana], rencana: RencanaDikenal
) -> tuple[int, list[str]]:
    """Which of the documents that the row asks for."""
    satu = {s.nomor_bukti: s for s in baris}
    urut = sorted(((score(kata, s, rencana), -n) for n, s in satu.items()), reverse=True)
    pertama = -urut[0][1]
    if len(urut) == 1 or urut[0][0] - urut[1][0] >= UNGGUL:
        return pertama, []
    return pertama, [f"Baris {baris[0].kode} meminta {len(urut)} bukti fisik; pilih yang mana."]


def pick_tenggat(
    slots: list[SlotRencana], bagian: Jalur, rencana: RencanaDikenal, tanggal: dt.date | None
) -> tuple[SlotRencana, list[str], str]:
    """By the period that the path speaks of, else by the document's date, else the first that waits for something."""
    urut = sorted(slots, key=lambda s: s.jatuh_tempo)
    if len(urut) == 1:
        return urut[0], [], ""
    for masa in sorted(periods_of(bagian, rencana.tahun), key=lambda m: m.akhir - m.mulai):
        if cocok := in_period(urut, masa, tanggal):
            banyak = len(cocok) > 1
            ragu = [f"{masa.sebutan} memuat {len(cocok)} tenggat; pilih yang mana."] if banyak else []
            return first_open(cocok), ragu, masa.sebutan
    if tanggal and tanggal.year == rencana.tahun:
        return by_date(urut, tanggal)
    return first_open(urut), ["Tenggat tidak disebut; diusulkan yang pertama belum selesai."], ""


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
