"""Where in a plan a path points: area, komponen, row; by a code, else by the headings of its folders."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from accounts.area import ROMAWI
from evidence.kata_impor import (
    KATA_PROGRAM,
    MIN_JUDUL,
    MIRIP,
    SANGAT_MIRIP,
    form_words,
    likeness,
    only_best,
    words,
)
from evidence.petunjuk_impor import (
    Jalur,
    Kode,
    area_number,
    codes_of,
    heading_of,
    leading_letter,
    leading_number,
    leading_roman,
    only_period,
    part_of_lke,
)
from evidence.rencana_dikenal import RencanaDikenal, SlotRencana

# As the assessors' sheet calls the areas, each with the words without which it is not meant.
NAMA_AREA = {
    1: ("Manajemen Perubahan", "manajemen perubahan"),
    2: ("Penataan Tatalaksana", "tata laksana"),
    3: ("Penataan Sistem Manajemen SDM Aparatur", "sdm"),
    4: ("Penguatan Akuntabilitas Kinerja", "akuntabilitas"),
    5: ("Penguatan Pengawasan", "pengawasan"),
    6: ("Peningkatan Kualitas Pelayanan Publik", "pelayanan"),
}


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
