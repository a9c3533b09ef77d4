"""A plan as a file that a person can read and correct (YAML; JSON is YAML too) → what it says, checked whole.

Every fault is collected and names its row, so that one reading of the errors mends the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from accounts.area import NOMOR_ROMAWI, ROMAWI
from accounts.perintah import sebab
from accounts.waktu import tanggal_panjang
from actionplan.target_waktu import Periode, TargetWaktuError, read_target_waktu

KOLOM_KEPUTUSAN = ("uraian", "langkah_aksi_teks", "bukti_fisik_teks", "target_waktu")
PANJANG_NOMOR = 100


class PlanFileError(Exception):
    """Everything that is wrong with the file, in Indonesian, one line each."""

    def __init__(self, galat: Iterable[str]) -> None:
        self.galat = tuple(galat)
        super().__init__("\n".join(self.galat))


@dataclass(frozen=True)
class IsiBukti:
    uraian: str
    sekali: bool


@dataclass(frozen=True)
class IsiIndikator:
    kode: str
    nomor: int
    uraian: str
    langkah_aksi_teks: str
    langkah_aksi: tuple[str, ...]
    bukti_fisik_teks: str
    bukti_fisik: tuple[IsiBukti, ...]
    target_waktu: str
    catatan_tafsir: str
    tenggat: tuple[Periode, ...]


@dataclass(frozen=True)
class IsiKomponen:
    nomor: int
    nama: str
    indikator: tuple[IsiIndikator, ...]


@dataclass(frozen=True)
class IsiArea:
    nomor: int
    nama: str
    komponen: tuple[IsiKomponen, ...]

    @property
    def romawi(self) -> str:
        return ROMAWI[self.nomor]


@dataclass(frozen=True)
class IsiRencana:
    """The same for a plan in a file and for one that is stored, so that the two can be compared."""

    satker: str
    tahun: int
    nomor: str
    tanggal: dt.date
    judul: str
    areas: tuple[IsiArea, ...]

    @property
    def komponen(self) -> list[IsiKomponen]:
        return [komponen for area in self.areas for komponen in area.komponen]

    @property
    def indikator(self) -> list[IsiIndikator]:
        return [row for komponen in self.komponen for row in komponen.indikator]


@dataclass(frozen=True)
class IsiKantor:
    """The office, for an installation that does not know it yet; a known one is never changed by this."""

    nama: str
    tingkat: str
    zona_waktu: str
    ibu_kota: str
    kop_baris_1: str
    kop_baris_2: str


def read_plan_file(path: Path) -> tuple[IsiRencana, IsiKantor | None]:
    try:
        teks = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PlanFileError([f"Berkas {path} tidak dapat dibuka: {sebab(error)}. Periksa nama dan izinnya."])
    except UnicodeDecodeError:
        raise PlanFileError([f"Berkas {path} bukan teks UTF-8. Simpan ulang sebagai UTF-8, lalu muat lagi."])
    return read_plan(teks)


def read_plan(teks: str) -> tuple[IsiRencana, IsiKantor | None]:
    galat: list[str] = []
    data = _parse(teks)
    isian = _Isian(data, "Berkas", galat)
    isian.check_keys(wajib=("satker", "tahun", "nomor", "tanggal", "judul", "areas"), boleh=("kantor",))
    tahun = isian.bilangan("tahun", paling_kecil=2010, paling_besar=2100)
    rencana = IsiRencana(
        satker=_kode_satker(isian),
        tahun=tahun,
        nomor=_nomor_keputusan(isian),
        tanggal=_tanggal_keputusan(isian, tahun),
        judul=isian.teks("judul"),
        areas=tuple(_areas(isian, tahun)),
    )
    kantor = _kantor(isian)
    if galat:
        raise PlanFileError(galat)
    return rencana, kantor


# From text to values


class KunciGandaError(yaml.MarkedYAMLError):
    pass


class _Loader(yaml.SafeLoader):
    """A key written twice is a slip; YAML would keep the last and drop the first in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        sudah: set[Hashable] = set()
        for kunci, _ in node.value:
            k = self.construct_object(kunci, deep=True)
            if not isinstance(k, Hashable):
                continue  # refused below
            if k in sudah:
                raise KunciGandaError(None, None, f"kunci “{k}” tertulis dua kali", kunci.start_mark)
            sudah.add(k)
        return super().construct_mapping(node, deep=deep)


def _timestamp(loader: _Loader, node: yaml.ScalarNode) -> object:
    """A day that does not exist stays text; whoever asks for a date names the place."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


def _parse(teks: str) -> dict:
    try:
        data = yaml.load(teks, Loader=_Loader)  # noqa: S506 - _Loader is a SafeLoader
    except yaml.MarkedYAMLError as error:
        raise PlanFileError([f"Berkas tidak terbaca{_letak(error.problem_mark)}: {_masalah(error)}"])
    except yaml.reader.ReaderError as error:
        raise PlanFileError([_tanda_terlarang(teks, error.position)])
    except RecursionError:
        raise PlanFileError(
            ["Berkas tidak terbaca: kurungnya bersusun terlalu dalam. Periksa tanda [ dan {."]
        )
    except (yaml.YAMLError, ValueError, LookupError, AttributeError):
        # A value that is not what its own mark (!!int, a number of thousands of digits) says it is.
        raise PlanFileError(
            ["Berkas tidak terbaca: ada isi yang bukan teks, bilangan, atau tanggal yang wajar."]
        )
    if not isinstance(data, dict):
        raise PlanFileError(
            ["Berkas tidak memuat rencana. Mulai dengan satker, tahun, nomor, dan seterusnya."]
        )
    return data


_BINTANG = "ada teks yang diawali tanda * atau &. Tulis di antara tanda petik."
# A word of YAML's own message, and what it means for the writer of the file.
MASALAH = (
    ("stream end", "berkas berakhir sebelum waktunya. Tutup kurungnya, atau lengkapi barisnya."),
    ("end of stream", "berkas berakhir sebelum waktunya. Tutup tanda petiknya."),
    ("'\\t'", "ada tab. Lekukkan baris dengan spasi."),
    ("expected ',' or", "koma atau kurung penutup tidak ada. Lengkapi."),
    ("values are not allowed", "titik dua di tempat yang bukan tempatnya. Periksa lekukan baris; teks yang bertitik "
     "dua ditulis di antara tanda petik."),
    ("expected <block end>", "baris ini tidak selaras dengan yang di atasnya. Periksa lekukan dan tanda petiknya."),
    ("cannot start any token", "ada teks yang diawali tanda khusus. Tulis di antara tanda petik."),
    ("alias", _BINTANG),
    ("alphabetic", _BINTANG),
    ("tag", "ada teks yang diawali tanda !. Tulis di antara tanda petik."),
    ("unhashable", "kunci harus teks, bukan daftar. Periksa tanda [ dan {."),
    ("escape", "ada tanda \\ yang tidak dikenal di antara tanda petik. Tulis \\\\, atau pakai tanda petik tunggal."),
    ("another document", "ada tanda --- di tengah berkas. Satu berkas memuat satu rencana; hapus tandanya."),
)  # fmt: skip


def _masalah(error: yaml.MarkedYAMLError) -> str:
    if isinstance(error, KunciGandaError):
        return f"{error.problem}. Hapus salah satu."
    pesan = error.problem or ""
    return next(
        (arti for kata, arti in MASALAH if kata in pesan), "susunannya bukan YAML. Periksa baris itu."
    )


def _letak(tanda: yaml.Mark | None) -> str:
    return f" pada baris {tanda.line + 1}, kolom {tanda.column + 1}" if tanda else ""


def _tanda_terlarang(teks: str, posisi: int) -> str:
    sebelum = teks[:posisi]
    baris, kolom = sebelum.count("\n") + 1, posisi - (sebelum.rfind("\n") + 1) + 1
    return f"Berkas tidak terbaca pada baris {baris}, kolom {kolom}: ada karakter yang tidak dapat dicetak. Hapus."


@dataclass
class _Isian:
    """One mapping of the file; each question notes what is wrong and answers with something harmless."""

    data: dict
    tempat: str
    galat: list[str]

    def note(self, pesan: str) -> None:
        self.galat.append(f"{self.tempat}: {pesan}")

    def check_keys(self, *, wajib: tuple[str, ...], boleh: tuple[str, ...] = ()) -> None:
        for kunci in wajib:
            if kunci not in self.data:
                self.note(f"“{kunci}” tidak ada. Tambahkan.")
        for kunci in self.data:
            if kunci not in wajib and kunci not in boleh:
                self.note(f"“{kunci}” tidak dikenal. Yang dikenal: {', '.join((*wajib, *boleh))}.")

    def teks(self, kunci: str) -> str:
        if kunci not in self.data:
            return ""
        return self.as_teks(self.data[kunci], kunci)

    def as_teks(self, nilai: object, nama: str) -> str:
        if nilai is None or (isinstance(nilai, str) and not nilai.strip()):
            self.note(f"“{nama}” kosong. Isi.")
        elif not isinstance(nilai, str):
            self.note(f"“{nama}” harus teks, terbaca {_sebut(nilai)}. Tulis di antara tanda petik.")
        elif "\x00" in nilai:
            self.note(f"“{nama}” memuat karakter yang tidak dapat disimpan (NUL). Hapus.")
        elif nilai != nilai.strip():
            self.note(f"“{nama}” diawali atau diakhiri spasi atau baris kosong. Hapus; sesudah > tulis -.")
        else:
            return nilai
        return ""

    def bilangan(self, kunci: str, *, paling_kecil: int = 1, paling_besar: int = 999) -> int:
        nilai = self.data.get(kunci)
        if kunci not in self.data:
            return 0
        if type(nilai) is int and paling_kecil <= nilai <= paling_besar:
            return nilai
        self.note(
            f"“{kunci}” harus bilangan {paling_kecil}–{paling_besar}, terbaca {_sebut(nilai)}. "
            "Tulis angkanya saja, tanpa tanda petik."
        )
        return 0

    def tanggal(self, kunci: str) -> dt.date | None:
        nilai = self.data.get(kunci)
        if type(nilai) is dt.date:
            return nilai
        if isinstance(nilai, str):
            try:
                return dt.date.fromisoformat(nilai)
            except ValueError:
                pass
        if kunci in self.data:
            self.note(f"“{kunci}” harus tanggal seperti 2025-03-03, terbaca {_sebut(nilai)}.")
        return None

    def ya(self, kunci: str) -> bool:
        nilai = self.data.get(kunci, False)
        if not isinstance(nilai, bool):
            self.note(f"“{kunci}” harus true atau false, terbaca {_sebut(nilai)}.")
        return nilai is True

    def daftar(self, kunci: str) -> list:
        nilai = self.data.get(kunci)
        if isinstance(nilai, list) and nilai:
            return nilai
        if kunci in self.data:
            self.note(f"“{kunci}” harus berisi paling sedikit satu butir, masing-masing diawali tanda -.")
        return []

    def isian(self, kunci: str, sebutan: str) -> Iterator[_Isian]:
        """The mappings of a list."""
        for n, nilai in enumerate(self.daftar(kunci), 1):
            tempat = f"{self.tempat}, {sebutan} ke-{n}" if self.tempat != "Berkas" else f"{sebutan} ke-{n}"
            if isinstance(nilai, dict):
                yield _Isian(nilai, tempat, self.galat)
            else:
                self.galat.append(f"{tempat}: harus berupa pasangan kunci dan isi, terbaca {_sebut(nilai)}.")


def _sebut(nilai: object) -> str:
    """The value as a person would point at it"""
    jenis = {
        bool: "ya/tidak",
        int: "bilangan",
        float: "bilangan",
        list: "daftar",
        dict: "pasangan kunci dan isi",
    }
    if nilai is None:
        return "kosong"
    if isinstance(nilai, list | dict):
        return jenis[type(nilai)]
    return f"“{nilai}”" + (f" ({jenis[type(nilai)]})" if type(nilai) in jenis else "")


# Head


def _kode_satker(isian: _Isian) -> str:
    kode = isian.teks("satker")
    if kode and not (kode.isascii() and kode.isdigit() and len(kode) <= 10):
        isian.note(f"“satker” harus kode berupa angka di antara tanda petik, terbaca “{kode}”.")
    return kode


def _nomor_keputusan(isian: _Isian) -> str:
    nomor = isian.teks("nomor")
    if len(nomor) > PANJANG_NOMOR:
        isian.note(f"“nomor” lebih dari {PANJANG_NOMOR} huruf. Tulis nomor keputusannya saja.")
    return nomor


def _tanggal_keputusan(isian: _Isian, tahun: int) -> dt.date:
    """A plan is decreed in its year or in the one before."""
    tanggal = isian.tanggal("tanggal")
    if tanggal and tahun and not tahun - 1 <= tanggal.year <= tahun:
        isian.note(
            f"“tanggal” keputusan harus dalam tahun {tahun - 1} atau {tahun}, terbaca {tanggal_panjang(tanggal)}. "
            "Periksa tanggal dan tahun rencananya."
        )
    return tanggal or dt.date.min


def _kantor(isian: _Isian) -> IsiKantor | None:
    if "kantor" not in isian.data:
        return None
    if not isinstance(isian.data["kantor"], dict):
        isian.note("“kantor” harus berisi nama, tingkat, zona_waktu, ibu_kota, dan baris kop surat.")
        return None
    kantor = _Isian(isian.data["kantor"], "Kantor", isian.galat)
    kunci = tuple(IsiKantor.__dataclass_fields__)
    kantor.check_keys(wajib=kunci)
    return IsiKantor(**{k: kantor.teks(k) for k in kunci})


# Body


def _areas(isian: _Isian, tahun: int) -> Iterator[IsiArea]:
    sebelumnya = 0
    for area in isian.isian("areas", "area"):
        area.check_keys(wajib=("nomor", "nama", "komponen"))
        nomor = _nomor_area(area)
        if nomor:
            area.tempat = f"Area {ROMAWI[nomor]}"
            _check_rising(area, nomor, sebelumnya)
            sebelumnya = nomor
        yield IsiArea(nomor, area.teks("nama"), tuple(_komponen(area, nomor, tahun)))


def _nomor_area(area: _Isian) -> int:
    romawi = area.teks("nomor")
    if romawi and romawi not in NOMOR_ROMAWI:
        area.note(f"“nomor” harus angka Romawi I sampai VI, terbaca “{romawi}”.")
    return NOMOR_ROMAWI.get(romawi, 0)


def _komponen(area: _Isian, nomor_area: int, tahun: int) -> Iterator[IsiKomponen]:
    sebelumnya = 0
    for komponen in area.isian("komponen", "komponen"):
        komponen.check_keys(wajib=("nomor", "nama", "indikator"))
        nomor = komponen.bilangan("nomor")
        if nomor:
            komponen.tempat = f"{area.tempat}, komponen {nomor}"
            _check_rising(komponen, nomor, sebelumnya)
            sebelumnya = nomor
        awalan = f"{ROMAWI[nomor_area]}.{nomor}" if nomor_area and nomor else ""
        yield IsiKomponen(nomor, komponen.teks("nama"), tuple(_indikator(komponen, awalan, tahun)))


def _check_rising(isian: _Isian, nomor: int, sebelumnya: int) -> None:
    if nomor <= sebelumnya:
        isian.note("nomornya tidak urut atau tertulis dua kali. Urutkan seperti dalam lampiran.")


def _indikator(komponen: _Isian, awalan: str, tahun: int) -> Iterator[IsiIndikator]:
    for n, row in enumerate(komponen.isian("indikator", "baris"), 1):
        kode = _kode(row, awalan, n)  # first: every later note names the row by it
        row.check_keys(
            wajib=("kode", *KOLOM_KEPUTUSAN, "langkah_aksi", "bukti_fisik"),
            boleh=("catatan_tafsir", "tahun_lain"),
        )
        yield _read_row(row, kode, n, tahun)


def _kode(row: _Isian, awalan: str, n: int) -> str:
    kode = row.teks("kode")
    if kode:
        letak, row.tempat = row.tempat, f"Baris {kode}"
        if awalan and kode != f"{awalan}.{n}":
            row.note(
                f"kode tidak sesuai dengan letaknya ({letak}). "
                f"Seharusnya {awalan}.{n}, atau pindahkan baris ini."
            )
    return kode


def _read_row(row: _Isian, kode: str, n: int, tahun: int) -> IsiIndikator:
    teks = {kolom: row.teks(kolom) for kolom in KOLOM_KEPUTUSAN}
    langkah = tuple(row.as_teks(nilai, "langkah_aksi") for nilai in row.daftar("langkah_aksi"))
    bukti = tuple(_bukti(row))
    periode, catatan = _tenggat(row, teks, tahun)
    _check_every_tenggat_asks(row, bukti, periode)
    tersendiri = row.teks("catatan_tafsir")
    return IsiIndikator(
        kode=kode,
        nomor=n,
        langkah_aksi=langkah,
        bukti_fisik=bukti,
        catatan_tafsir=" ".join(filter(None, [tersendiri, *catatan])),
        tenggat=periode,
        **teks,
    )


def _bukti(row: _Isian) -> Iterator[IsiBukti]:
    sudah = set()
    for bukti in row.isian("bukti_fisik", "bukti fisik"):
        bukti.check_keys(wajib=("uraian",), boleh=("sekali",))
        uraian = bukti.teks("uraian")
        sekali = bukti.ya("sekali")
        if uraian and uraian in sudah:
            bukti.note(f"“{uraian}” disebut dua kali dalam baris ini. Hapus salah satu.")
        sudah.add(uraian)
        yield IsiBukti(uraian, sekali)


def _tenggat(row: _Isian, teks: dict[str, str], tahun: int) -> tuple[tuple[Periode, ...], tuple[str, ...]]:
    tahun_lain = row.ya("tahun_lain")
    if not (teks["target_waktu"] and tahun):
        return (), ()
    try:
        hasil = read_target_waktu(
            teks["target_waktu"], tahun=tahun, bukti_fisik=teks["bukti_fisik_teks"], tahun_lain=tahun_lain
        )
    except TargetWaktuError as error:
        row.note(str(error))
        return (), ()
    return hasil.periode, hasil.catatan


def _check_every_tenggat_asks(row: _Isian, bukti: tuple[IsiBukti, ...], periode: tuple[Periode, ...]) -> None:
    if bukti and len(periode) > 1 and all(b.sekali for b in bukti):
        row.note(
            f"ada {len(periode)} tenggat, tetapi semua bukti fisik ditandai sekali, sehingga sesudah tenggat "
            "pertama tidak ada yang diminta. Hapus “sekali” dari paling sedikit satu bukti fisik."
        )
