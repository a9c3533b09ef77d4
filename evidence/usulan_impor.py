"""For which slot of a plan a file of an office's own drive is: proposed from its path, with the reason and every doubt
in words. No input or output: the plan is given, the answer is a value; a person decides.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from accounts.area import ROMAWI
from accounts.waktu import tanggal_panjang
from actionplan.search import SEPADAN
from evidence.kata_impor import (
    MIN_JUDUL,
    MIRIP,
    REKAMAN,
    form_words,
    forms_of,
    kinds,
    likeness,
    main_form,
    subject_of,
    words,
)
from evidence.keadaan import Keadaan
from evidence.letak_impor import Letak, locate
from evidence.models import BarisImpor
from evidence.petunjuk_impor import (
    Jalur,
    Masa,
    dates_in,
    month,
    part_of_lke,
    periods_of,
    readable,
    split,
    title_of,
    years_in,
)
from evidence.rencana_dikenal import RencanaDikenal, SlotRencana

Keyakinan = BarisImpor.Keyakinan

LKE_LAIN = frozenset({"reform", "hasil"})
RAHASIA = re.compile(r"\b(?:rahasia|pelapor|terlapor|whistle ?blower)\b", re.IGNORECASE)
COCOK = 0.34  # below, words say nothing
SEPARUH = 0.5  # of a name's words, that a row must have which nothing but words points at
UNGGUL = 0.12  # by how much the best must be better than the next
LAIN_MASA = 0.2  # what a row loses that has no deadline in the period the path speaks of

TERTUTUP = {
    Keadaan.MENUNGGU: "Bukti fisik ini sedang menunggu reviu TPI; tarik kembali kirimannya dahulu.",
    Keadaan.SESUAI: "Bukti fisik ini sudah dinilai Sesuai; buka kembali dengan alasan dari halamannya dahulu.",
}
DUA_TANGGAL = "Nama berkas menyebut lebih dari satu tanggal; pilih tanggal dokumennya."


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
