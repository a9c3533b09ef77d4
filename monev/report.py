"""The quarterly monev report: one set of rows and figures, from which page, PDF and Excel are made.

The same file goes to everyone who may see the office, and on paper further than that: a piece of evidence marked
rahasia is therefore counted but never named in it, and what TPI wrote of it not quoted, whoever asks. The page is
what the paper will be; who may read those words finds them at the row.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, DateTimeField, Q, QuerySet, Value
from django.utils import timezone

from accounts.access import penanggung_jawab
from accounts.area import ROMAWI
from accounts.templatetags.zi import judul_area
from accounts.tersusun import Pk, fetch
from accounts.waktu import akhir_hari, hari_ini, tanggal_panjang, zoneinfo
from actionplan.models import Kebutuhan, Koreksi, RencanaAksi
from actionplan.querysets import KE_RENCANA
from evidence.models import Review, Submission, SubmissionEvidence
from evidence.rahasia import CATATAN_RAHASIA
from monev.chart import hitung_per_bulan
from monev.models import Penandatangan, Realisasi, TenggatPosisi
from monev.ringkasan import (
    DuaCapaian,
    areas,
    capaian_rows,
    dua_capaian,
    jumlah_capaian,
    tunggakan,
    tunggakan_rows,
)
from monev.status import Ketepatan, Status
from monev.templatetags.posisi import ketepatan_hari
from monev.titik import KOLOM_BARIS, TitikBaris
from monev.triwulan import Triwulan

RAHASIA = "(rahasia)"
KOLOM_LAPORAN = (
    *KOLOM_BARIS,
    "tanggal_dokumen",
    "indikator__komponen__area__nama",
    "indikator__komponen__nama",
    "indikator__langkah_aksi_teks",
    "indikator__bukti_fisik_teks",
    "indikator__target_waktu",
    "indikator__catatan_tafsir",
)


class LaporanError(ValueError):
    """There is no such report; the text is for the person."""


@dataclass(frozen=True)
class Bukti:
    """A piece of the newest round sent for a slot; `judul` hides what is rahasia."""

    judul: str
    tanggal: dt.date

    def __str__(self) -> str:
        return f"{self.judul}, {tanggal_panjang(self.tanggal)}"


@dataclass(frozen=True)
class CatatanTpi:
    """The newest decision on one bukti fisik; `bukti_fisik` is empty where the tenggat asks for only one.

    `tanggal_dokumen` is what decides instead of the date beside the pieces: only where TPI says another.
    """

    bukti_fisik: str
    keputusan: str
    catatan: str
    tanggal: dt.date
    dijawab: bool
    tanggal_dokumen: dt.date | None

    @property
    def belum_dijawab(self) -> bool:
        return self.keputusan == Review.Keputusan.PERBAIKAN and not self.dijawab

    def __str__(self) -> str:
        asal = f"{self.bukti_fisik}: " if self.bukti_fisik else ""
        isi = self.catatan or Review.Keputusan(self.keputusan).label
        return f"{asal}{isi} ({tanggal_panjang(self.tanggal)}{self._sesudahnya}{self._tanggal_tpi})"

    @property
    def _sesudahnya(self) -> str:
        if not self.dijawab:
            return ""
        return ", sudah dijawab" if self.keputusan == Review.Keputusan.PERBAIKAN else ", lalu dibuka kembali"

    @property
    def _tanggal_tpi(self) -> str:
        if not self.tanggal_dokumen:
            return ""
        return f"; tanggal dokumen menurut TPI {tanggal_panjang(self.tanggal_dokumen)}"

    @property
    def polos(self) -> bool:
        """Sesuai, nothing said, nothing put right, nothing after it"""
        sesuai = self.keputusan == Review.Keputusan.SESUAI
        return sesuai and not (self.catatan or self.dijawab or self.tanggal_dokumen)


@dataclass(frozen=True)
class Baris:
    """One tenggat of the report."""

    indikator_id: int
    area: int
    nama_area: str
    komponen: int
    nama_komponen: str
    kode: str
    indikator: str
    langkah_aksi: str
    bukti_fisik: str
    target_waktu: str
    label: str
    mulai: dt.date
    jatuh_tempo: dt.date
    perpanjangan_sampai: dt.date | None
    batas: dt.date
    status: Status
    ketepatan: Ketepatan
    on: dt.date
    tanggal_dokumen: dt.date | None
    realisasi: str
    kendala: str
    rencana_tindak_lanjut: str
    diminta: int
    terisi: int
    bukti: tuple[Bukti, ...]
    catatan_tpi: tuple[CatatanTpi, ...]
    catatan_tafsir: str
    koreksi: tuple[str, ...]
    penanggung_jawab: tuple[str, ...]
    tunggakan: bool

    @property
    def sebut_ketepatan(self) -> str:
        """`Terlambat 20 hari`; on time only by the team's own word until TPI has decided"""
        sebut = ketepatan_hari(self.ketepatan, self.batas, self.on)
        menurut = "menurut tim" if self.menurut_tim else ""
        return " ".join(filter(None, [self.ketepatan.label, sebut, menurut]))

    @property
    def menurut_tim(self) -> bool:
        return self.status == Status.MENUNGGU

    @property
    def sebut_catatan_tpi(self) -> tuple[str, ...]:
        """Each note; what is Sesuai without a word is only counted."""
        lain = tuple(str(c) for c in self.catatan_tpi if not c.polos)
        polos = [c.tanggal for c in self.catatan_tpi if c.polos]
        if not polos:
            return lain
        jumlah = f": {len(polos)} dari {self.diminta} bukti fisik" if self.diminta > 1 else ""
        return (*lain, f"Sesuai{jumlah} ({tanggal_panjang(max(polos))})")

    @property
    def hari_terlambat(self) -> int | None:
        return (self.on - self.batas).days if self.ketepatan == Ketepatan.TERLAMBAT else None

    @property
    def romawi(self) -> str:
        return ROMAWI[self.area]

    @property
    def sebut_bukti(self) -> str:
        """`2 dari 3 bukti fisik terisi`: for how many of those asked for something was sent"""
        return f"{self.terisi} dari {self.diminta} bukti fisik terisi"


@dataclass(frozen=True)
class RingkasanArea:
    """Counts are of the report's tenggat, capaian is of the whole plan: both in one area, or in all."""

    romawi: str
    nama: str
    jumlah: int
    tunggakan: int
    status: Mapping[Status, int]
    ketepatan: Mapping[Ketepatan, int]
    capaian: DuaCapaian


@dataclass(frozen=True)
class Kekurangan:
    """Something that is still missing, and the tenggat that miss it."""

    uraian: str
    baris: tuple[Baris, ...] = ()


@dataclass(frozen=True)
class Laporan:
    rencana: RencanaAksi
    triwulan: Triwulan
    on: dt.date
    masih_berubah: bool
    baris: tuple[Baris, ...]
    area: tuple[RingkasanArea, ...]
    total: RingkasanArea
    bulan: tuple[tuple[int, Mapping[Status, int]], ...]
    kekurangan: tuple[Kekurangan, ...]
    mengetahui: Penandatangan | None
    pembuat: Penandatangan | None

    @property
    def tenggat_triwulan(self) -> tuple[Baris, ...]:
        return tuple(b for b in self.baris if not b.tunggakan)

    @property
    def tunggakan(self) -> tuple[Baris, ...]:
        return tuple(b for b in self.baris if b.tunggakan)

    @property
    def tunggakan_selesai(self) -> int:
        """Done since the quarter began."""
        return sum(b.status == Status.SELESAI for b in self.tunggakan)

    @property
    def sebelum_keputusan(self) -> bool:
        return self.on < self.rencana.tanggal

    @property
    def judul(self) -> str:
        return f"Laporan Monev ZI {self.rencana.satker.nama} {self.triwulan}"

    @property
    def nama_berkas(self) -> str:
        """Without its ending."""
        tw = f"TW {self.triwulan.romawi} {self.triwulan.tahun}"
        return f"Laporan Monev ZI_{self.rencana.satker.nama}_{tw}_posisi {self.on.isoformat()}"


def check_posisi(triwulan: Triwulan, on: dt.date, today: dt.date) -> None:
    if on > today:
        raise LaporanError(f"Posisi per tidak boleh sesudah hari ini, {tanggal_panjang(today)}.")
    if on < triwulan.mulai:
        raise LaporanError(
            f"Posisi per {tanggal_panjang(on)} mendahului {triwulan}. "
            f"Pilih tanggal sejak {tanggal_panjang(triwulan.mulai)}."
        )


def build_report(rencana: RencanaAksi, triwulan: Triwulan, on: dt.date) -> Laporan:
    """LaporanError where `on` lies before the quarter or after today. As many queries for one row as for all."""
    today = hari_ini(rencana.satker.zona_waktu)
    check_posisi(triwulan, on, today)
    rows = fetch(_tenggat, Pk(rencana.pk), rencana.satker.zona_waktu, on)
    semua = [TitikLaporan(*row) for row in rows]
    baris = _baris(semua, _Bahan(rencana, triwulan, on), triwulan)
    mengetahui, pembuat = penandatangan(rencana, on)
    area = _ringkasan_area(rencana, on, baris)
    return Laporan(
        rencana=rencana,
        triwulan=triwulan,
        on=on,
        masih_berubah=on == today,
        baris=baris,
        area=area,
        total=_ringkasan("", "Jumlah", baris, jumlah_capaian(a.capaian for a in area)),
        bulan=_bulan(semua),
        kekurangan=tuple(_kekurangan(baris, on, mengetahui, pembuat)),
        mengetahui=mengetahui,
        pembuat=pembuat,
    )


@dataclass(frozen=True, slots=True)
class TitikLaporan(TitikBaris):
    """With all that the decree says of its row."""

    tanggal_dokumen: dt.date | None
    nama_area: str
    nama_komponen: str
    langkah_aksi: str
    bukti_fisik: str
    target_waktu: str
    catatan_tafsir: str


def _tenggat(rencana: int, zona: str, on: dt.date) -> QuerySet:
    rows = TenggatPosisi.objects.of_plan(rencana, zona).with_ketepatan(on)
    return rows.in_order().values_list(*KOLOM_LAPORAN)


# --- What stands beside each tenggat ---


@dataclass(frozen=True, slots=True)
class Isi:
    """A piece of a round."""

    kiriman: int
    evidence: int
    judul: str
    tanggal: dt.date
    rahasia: bool


@dataclass(frozen=True, slots=True)
class Putusan:
    kiriman: int
    keputusan: str
    catatan: str
    diputus_pada: dt.datetime
    tanggal_dokumen: dt.date | None


@dataclass(frozen=True, slots=True)
class Kiriman:
    """A round that was sent; its newest decision and its pieces are filled in by `_kiriman`."""

    pk: int
    slot: int
    tenggat: int
    bukti_fisik: str
    putusan: list[Putusan] = field(default_factory=list)
    isi: list[Isi] = field(default_factory=list)

    @property
    def rahasia(self) -> bool:
        return any(isi.rahasia for isi in self.isi)

    @property
    def tanggal_lain(self) -> dt.date | None:
        """The document date by TPI where the team's, the latest of the pieces, is another."""
        tpi = self.putusan[0].tanggal_dokumen
        return None if tpi == max((isi.tanggal for isi in self.isi), default=None) else tpi


class _Bahan:
    """What is known at the end of the day `on`, fetched once for the whole report."""

    def __init__(self, rencana: RencanaAksi, triwulan: Triwulan, on: dt.date) -> None:
        self.on = on
        self.zona = zoneinfo(rencana.satker.zona_waktu)
        self.akhir = akhir_hari(on, rencana.satker.zona_waktu)
        self.tunggakan = tunggakan(rencana, triwulan)
        pk, sampai = Pk(rencana.pk), triwulan.akhir
        self.realisasi: dict[int, tuple[str, str, str]] = {
            tenggat: kata for tenggat, *kata in fetch(_realisasi, pk, sampai, self.akhir)
        }
        self.diminta: dict[int, int] = dict(fetch(_diminta, pk, sampai))
        self.putaran = _per_slot(_kiriman(rencana, triwulan, self.akhir))
        self.koreksi = self._koreksi(fetch(_koreksi, pk, self.akhir))
        orang = penanggung_jawab(rencana.satker, ROMAWI, on)  # printed again, it names those of then
        self.orang = {nomor: tuple(user.nama for user in users) for nomor, users in orang.items()}

    def _koreksi(self, rows: Iterable[Koreksi]) -> dict[int, dict[str, Koreksi]]:
        """Of each row, the newest of each column."""
        koreksi: dict[int, dict[str, Koreksi]] = defaultdict(dict)
        for k in rows:
            koreksi[k.indikator_id][k.kolom] = k
        return koreksi

    def bukti(self, tenggat: int) -> tuple[Bukti, ...]:
        """Each piece once, though it serve two slots."""
        pieces = {isi.evidence: isi for rounds in self.putaran[tenggat] for isi in rounds[0].isi}
        return tuple(Bukti(RAHASIA if e.rahasia else e.judul, e.tanggal) for e in pieces.values())

    def catatan_tpi(self, tenggat: int) -> tuple[CatatanTpi, ...]:
        """The newest decision on each bukti fisik, were it on a round before the newest."""
        return tuple(
            self._catatan(decided, rounds[0], self.diminta[tenggat])
            for rounds in self.putaran[tenggat]
            for decided in [s for s in rounds if s.putusan][:1]
        )

    def _catatan(self, decided: Kiriman, newest: Kiriman, diminta: int) -> CatatanTpi:
        putusan, dijawab = decided.putusan[0], decided.pk != newest.pk
        return CatatanTpi(
            bukti_fisik=decided.bukti_fisik if diminta > 1 else "",
            keputusan=putusan.keputusan,
            catatan=CATATAN_RAHASIA if putusan.catatan and decided.rahasia else putusan.catatan,
            tanggal=self.tanggal(putusan.diputus_pada),
            dijawab=dijawab,
            tanggal_dokumen=None if dijawab else decided.tanggal_lain,  # else of pieces that no longer count
        )

    def sebut_koreksi(self, indikator: int) -> tuple[str, ...]:
        return tuple(
            f"{k.get_kolom_display()} seharusnya dibaca “{k.teks}” "
            f"(koreksi {tanggal_panjang(self.tanggal(k.dikoreksi_pada))}"
            f"{', tenggat tidak berubah' if k.tenggat_tetap else ''}: {k.alasan})"
            for k in self.koreksi[indikator].values()
        )

    def tanggal(self, saat: dt.datetime) -> dt.date:
        return timezone.localdate(saat, self.zona)


# --- The questions behind it, each of one plan: tenggat due by `sampai`, as known before `akhir` ---


def _due(rencana: int, sampai: dt.date) -> Q:
    return Q(**{f"tenggat__{KE_RENCANA}": rencana, "tenggat__jatuh_tempo__lte": sampai})


def _realisasi(rencana: int, sampai: dt.date, akhir: dt.datetime) -> QuerySet:
    rows = Realisasi.objects.filter(_due(rencana, sampai), dicatat_pada__lt=akhir).order_by("versi")
    return rows.values_list("tenggat_id", "uraian", "kendala", "rencana_tindak_lanjut")


def _diminta(rencana: int, sampai: dt.date) -> QuerySet:
    slots = Kebutuhan.objects.filter(_due(rencana, sampai)).order_by()
    return slots.values_list("tenggat").annotate(Count("pk"))


def _kiriman(rencana: RencanaAksi, triwulan: Triwulan, akhir: dt.datetime) -> list[Kiriman]:
    """Of the quarter's own tenggat and of tunggakan: those of all the others would be many."""
    zona = rencana.satker.zona_waktu
    sent = fetch(_putaran, Pk(rencana.pk), zona, triwulan.mulai, triwulan.akhir, akhir)
    kiriman = {row[0]: Kiriman(*row) for row in sent}
    pk = frozenset(map(Pk, kiriman))
    for putusan in fetch(_putusan, pk, akhir):
        kiriman[putusan[0]].putusan.append(Putusan(*putusan))
    for isi in fetch(_isi, pk):
        kiriman[isi[0]].isi.append(Isi(*isi))
    return list(kiriman.values())


def _putaran(rencana: int, zona: str, mulai: dt.date, sampai: dt.date, akhir: dt.datetime) -> QuerySet:
    due = Q(tenggat__jatuh_tempo__gte=mulai) | Q(tenggat__in=tunggakan_rows(rencana, zona, mulai))
    sent = Submission.objects.filter(kebutuhan__in=Kebutuhan.objects.filter(_due(rencana, sampai), due))
    sent = sent.alias(akhir=Value(akhir, output_field=DateTimeField())).newest_sent()
    sent = sent.order_by("kebutuhan__bukti_fisik__nomor", "-putaran")
    return sent.values_list("pk", "kebutuhan_id", "kebutuhan__tenggat_id", "kebutuhan__bukti_fisik__uraian")


def _putusan(kiriman: frozenset[int], akhir: dt.datetime) -> QuerySet:
    """Newest first."""
    reviews = Review.objects.filter(submission__in=kiriman, final=True, diputus_pada__lt=akhir)
    reviews = reviews.order_by("-diputus_pada", "-pk")
    return reviews.values_list("submission_id", "keputusan", "catatan", "diputus_pada", "tanggal_dokumen")


def _isi(kiriman: frozenset[int]) -> QuerySet:
    isi = SubmissionEvidence.objects.filter(submission__in=kiriman).order_by("pk")
    dokumen = ("evidence__judul", "evidence__tanggal_dokumen", "evidence__rahasia")
    return isi.values_list("submission_id", "evidence_id", *dokumen)


def _koreksi(rencana: int, akhir: dt.datetime) -> QuerySet[Koreksi]:
    rows = Koreksi.objects.filter(indikator__komponen__area__rencana=rencana, dikoreksi_pada__lt=akhir)
    return rows.order_by("dikoreksi_pada", "pk")


def _penandatangan(satker: int, on: dt.date, akhir: dt.datetime) -> QuerySet[Penandatangan]:
    return Penandatangan.objects.filter(satker=satker).signing_on(on, akhir)


def _per_slot(sent: Iterable[Kiriman]) -> dict[int, list[list[Kiriman]]]:
    """Of each tenggat, of each of its slots: the rounds sent, newest first."""
    per_slot: dict[tuple[int, int], list[Kiriman]] = defaultdict(list)
    for kiriman in sent:
        per_slot[kiriman.tenggat, kiriman.slot].append(kiriman)
    per_tenggat: dict[int, list[list[Kiriman]]] = defaultdict(list)
    for (tenggat, _slot), rounds in per_slot.items():
        per_tenggat[tenggat].append(rounds)
    return per_tenggat


def _baris(semua: Iterable[TitikLaporan], bahan: _Bahan, triwulan: Triwulan) -> tuple[Baris, ...]:
    """This quarter's first, then tunggakan; each in the order of the lampiran."""
    ini = [_satu_baris(t, bahan, tunggakan=False) for t in semua if triwulan.holds(t.jatuh_tempo)]
    lama = [_satu_baris(t, bahan, tunggakan=True) for t in semua if t.pk in bahan.tunggakan]
    return (*ini, *lama)


def _satu_baris(t: TitikLaporan, bahan: _Bahan, *, tunggakan: bool) -> Baris:
    realisasi, kendala, rencana_tindak_lanjut = bahan.realisasi.get(t.pk, ("", "", ""))
    return Baris(
        indikator_id=t.indikator_id,
        area=t.area,
        nama_area=judul_area(t.nama_area),
        komponen=t.komponen,
        nama_komponen=t.nama_komponen,
        kode=t.kode,
        indikator=t.uraian,
        langkah_aksi=t.langkah_aksi,
        bukti_fisik=t.bukti_fisik,
        target_waktu=t.target_waktu,
        label=t.label,
        mulai=t.mulai,
        jatuh_tempo=t.jatuh_tempo,
        perpanjangan_sampai=t.perpanjangan_sampai,
        batas=t.batas,
        status=Status(t.status),
        ketepatan=Ketepatan(t.ketepatan),
        on=bahan.on,
        tanggal_dokumen=t.tanggal_dokumen,
        realisasi=realisasi,
        kendala=kendala,
        rencana_tindak_lanjut=rencana_tindak_lanjut,
        diminta=bahan.diminta.get(t.pk, 0),
        terisi=len(bahan.putaran[t.pk]),
        bukti=bahan.bukti(t.pk),
        catatan_tpi=bahan.catatan_tpi(t.pk),
        catatan_tafsir=t.catatan_tafsir,
        koreksi=bahan.sebut_koreksi(t.indikator_id),
        penanggung_jawab=bahan.orang[t.area],
        tunggakan=tunggakan,
    )


# --- The figures ---


def _ringkasan_area(rencana: RencanaAksi, on: dt.date, baris: Iterable[Baris]) -> tuple[RingkasanArea, ...]:
    """All areas of the plan, those without a row in this report too: capaian is of the whole plan."""
    capaian = capaian_rows(rencana, on)
    return tuple(
        _ringkasan(
            area.romawi,
            judul_area(area.nama),
            [b for b in baris if b.area == area.nomor],
            dua_capaian(capaian.get(area.nomor, {})),
        )
        for area in areas(rencana)
    )


def _ringkasan(romawi: str, nama: str, baris: Collection[Baris], capaian: DuaCapaian) -> RingkasanArea:
    status, ketepatan = Counter(b.status for b in baris), Counter(b.ketepatan for b in baris)
    return RingkasanArea(
        romawi=romawi,
        nama=nama,
        jumlah=len(baris),
        tunggakan=sum(b.tunggakan for b in baris),
        status={s: status[s] for s in Status},
        ketepatan={k: ketepatan[k] for k in Ketepatan},
        capaian=capaian,
    )


def _bulan(semua: Iterable[TitikLaporan]) -> tuple[tuple[int, Mapping[Status, int]], ...]:
    """The whole plan's tenggat by the month they were decreed for."""
    hitungan = hitung_per_bulan((t.jatuh_tempo, t.status) for t in semua)
    return tuple((bulan, {s: hitungan.get((bulan, s), 0) for s in Status}) for bulan in range(1, 13))


def penandatangan(rencana: RencanaAksi, on: dt.date) -> tuple[Penandatangan | None, Penandatangan | None]:
    """Who signs on that day, `mengetahui` and `pembuat`; of two at once the one who came later, unless only recorded
    after that day."""
    akhir = akhir_hari(on, rencana.satker.zona_waktu)
    siapa = {orang.fungsi: orang for orang in fetch(_penandatangan, Pk(rencana.satker_id), on, akhir)}
    return siapa.get(Penandatangan.Fungsi.MENGETAHUI), siapa.get(Penandatangan.Fungsi.PEMBUAT)


KURANG: tuple[tuple[str, Callable[[Baris], bool]], ...] = (
    ("tenggat tanpa realisasi", lambda b: not b.realisasi),
    ("tenggat tanpa bukti terkirim", lambda b: not b.terisi),
    ("tenggat dengan catatan TPI yang belum dijawab", lambda b: any(c.belum_dijawab for c in b.catatan_tpi)),
    ("tenggat menunggu reviu TPI", lambda b: b.status == Status.MENUNGGU),
    (
        "tenggat terlambat tanpa kendala atau rencana tindak lanjut",
        lambda b: b.ketepatan == Ketepatan.TERLAMBAT and not (b.kendala or b.rencana_tindak_lanjut),
    ),
)


def _kekurangan(
    baris: Iterable[Baris], on: dt.date, mengetahui: Penandatangan | None, pembuat: Penandatangan | None
) -> Iterator[Kekurangan]:
    """What a person may still want to fill in before signing; empty kinds are left out."""
    for uraian, kurang in KURANG:
        if yang := tuple(b for b in baris if kurang(b)):
            yield Kekurangan(uraian, yang)
    for fungsi, orang in (
        (Penandatangan.Fungsi.MENGETAHUI, mengetahui),
        (Penandatangan.Fungsi.PEMBUAT, pembuat),
    ):
        if orang is None:
            yield Kekurangan(
                f"Penandatangan “{fungsi.label}” pada {tanggal_panjang(on)} belum dicatat; tempatnya dikosongkan."
            )
