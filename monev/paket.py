"""Paket bukti: what TPI and TPN are handed for a plan, an area or a quarter, in the order of the lampiran.

What goes in is decided, and each file looked for, before the first byte: the index names what could not be packed. A
page that only tells what there is asks the rows alone (`why_held_back`), not the store for every file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from django.db.models import Prefetch

from accounts.area import ROMAWI
from accounts.models import User
from accounts.templatetags.zi import judul_area, tanpa_miring
from accounts.waktu import tanggal_panjang, zoneinfo
from actionplan.models import Komponen, RencanaAksi
from evidence import pindai, vault
from evidence.access import SLOT_RELATIONS
from evidence.keadaan import Keadaan
from evidence.masa import masa_of
from evidence.models import BerkasTersimpan, Evidence, Review, Slot, Submission, SubmissionEvidence
from evidence.nama_berkas import TERPANJANG, bersih, human_name, shortened
from evidence.rahasia import CATATAN_RAHASIA
from evidence.rounds import decision_of
from monev.triwulan import Triwulan

TERTUTUP = "Bukti rahasia: tidak disertakan untuk peran Anda"
TANPA_TENGGAT = "Tidak ada tenggat pada pilihan ini."
TAK_DIMINTA = "Bukti rahasia: tidak disertakan dalam paket ini"
# Windows takes 260 letters for a whole path; where a package is unpacked has some 100 of them.
JALAN_TERPANJANG, FOLDER_TERPANJANG, SISIPAN = 160, 60, 10
BELUM_DITERIMA = "Belum diterima"
Periksa = Callable[[Evidence], str]
KE_AREA = "tenggat__indikator__komponen__area"


@dataclass(frozen=True)
class Saringan:
    """What of a plan goes in: an area, a quarter, both or all; what is rahasia only where it is asked for."""

    area: int | None = None
    triwulan: Triwulan | None = None
    rahasia: bool = False

    def __str__(self) -> str:
        bagian = [f"Area {ROMAWI[self.area]}"] if self.area else []
        bagian += [f"Triwulan {self.triwulan.romawi}"] if self.triwulan else []
        return ", ".join(bagian) or "Seluruh rencana"


@dataclass
class Isi:
    """One piece of one slot. `jalan` is its path in the package; without one, `sebab` says why it is not there."""

    slot: Slot
    kiriman: Submission
    bukti: Evidence
    sebab: str = ""
    jalan: str = ""
    # What a link showed, packed in its place; `salinan_hilang` says why it could not be.
    salinan: Evidence | None = None
    salinan_hilang: str = ""
    # The round holds what is not handed on: neither its notes nor that piece's title are told.
    catatan_tertutup: bool = False
    tertutup: bool = False
    # Nor may this person see it, so there is nothing to ask for.
    terlarang: bool = False

    @cached_property
    def putusan(self) -> Review | None:
        return decision_of(self.kiriman)

    @property
    def keputusan(self) -> str:
        return self.putusan.get_keputusan_display() if self.putusan else "Menunggu Reviu"

    @property
    def dikembalikan(self) -> bool:
        return self.putusan is not None and self.putusan.keputusan == Review.Keputusan.PERBAIKAN

    @property
    def judul(self) -> str:
        return "(rahasia)" if self.tertutup else self.bukti.judul

    @property
    def dikemas(self) -> Evidence:
        """Whose bytes go in, if any do."""
        return self.salinan or self.bukti

    @property
    def keterangan(self) -> str:
        if self.salinan is None:
            return self.sebab or self.salinan_hilang
        zona = zoneinfo(self.salinan.satker.zona_waktu)
        diterima = tanggal_panjang(self.salinan.diunggah_pada.astimezone(zona).date())
        return f"Salinan PDF tautan {self.tautan}, diterima {diterima}"

    @property
    def tautan(self) -> str:
        return "" if self.tertutup else self.bukti.tautan

    @property
    def alasan_tanggal(self) -> str:
        """A date outside the period, and why the piece was handed in all the same."""
        masa, tanggal = masa_of(self.slot), self.bukti.tanggal_dokumen
        alasan = next(i.alasan_tanggal for i in self.kiriman.isi.all() if i.evidence_id == self.bukti.pk)
        if alasan and self.catatan_tertutup:
            alasan = CATATAN_RAHASIA
        return " ".join(filter(None, (masa.warning(tanggal) if tanggal not in masa else "", alasan)))

    @property
    def catatan(self) -> str:
        if self.putusan is None or not self.putusan.catatan:
            return ""
        return CATATAN_RAHASIA if self.catatan_tertutup else self.putusan.catatan


@dataclass
class Paket:
    rencana: RencanaAksi
    saringan: Saringan
    on: dt.date
    # No tenggat is asked for at all: there is nothing to hand over, nor anything missing.
    kosong: bool = False
    isi: list[Isi] = field(default_factory=list)
    belum_ada: list[Slot] = field(default_factory=list)
    perlu_perbaikan: list[Slot] = field(default_factory=list)

    @cached_property
    def berkas(self) -> list[Isi]:
        return [i for i in self.isi if i.jalan]

    @property
    def gagal(self) -> list[Isi]:
        return [i for i in self.isi if i.sebab]

    @property
    def rahasia(self) -> list[Isi]:
        """What can be asked for."""
        return [i for i in self.isi if i.bukti.rahasia and not i.terlarang]

    @property
    def terhalang(self) -> list[Isi]:
        """What does not go in whether it is asked for or not."""
        return [i for i in self.gagal if i.terlarang or not i.tertutup]

    @property
    def ukuran(self) -> int:
        return sum(i.dikemas.ukuran or 0 for i in self.berkas)

    @property
    def nama(self) -> str:
        rencana = self.rencana
        saringan = "" if str(self.saringan) == "Seluruh rencana" else f" {self.saringan}"
        rahasia = " dengan bukti rahasia" if self.saringan.rahasia and self.rahasia else ""
        return bersih(f"Paket bukti {rencana.satker.nama} {rencana.tahun}{saringan}{rahasia}") + ".zip"


def build_paket(
    rencana: RencanaAksi,
    saringan: Saringan,
    on: dt.date,
    *,
    user: User | None = None,
    periksa: Periksa | None = None,
) -> Paket:
    """`user` None is the operator at the machine itself, who has the files anyway. `periksa` says why a piece stays
    out; without it, each file is opened."""
    slots = list(slots_of(rencana, saringan, on))
    paket = Paket(rencana, saringan, on, kosong=not slots)
    boleh = visible_to(user, rencana) if user else None
    for slot in slots:
        if kiriman := newest_sent(slot):
            paket.isi += pieces(slot, kiriman, boleh, periksa or why_left_out, rahasia=saringan.rahasia)
        if slot.keadaan == Keadaan.PERBAIKAN:
            paket.perlu_perbaikan.append(slot)
        elif slot.keadaan in (Keadaan.BELUM, Keadaan.DRAF):
            paket.belum_ada.append(slot)
    give_paths(paket.isi)
    return paket


def slots_of(rencana: RencanaAksi, saringan: Saringan, on: dt.date) -> Iterable[Slot]:
    salinan = Evidence.objects.copies().select_related("simpanan", "satker")
    bukti = Evidence.objects.select_related("simpanan", "diunggah_oleh", "penarikan")
    bukti = bukti.prefetch_related(Prefetch("salinan", salinan))
    isi = SubmissionEvidence.objects.order_by("pk").prefetch_related(Prefetch("evidence", bukti))
    rounds = (
        Submission.objects.filter(dikirim_pada__isnull=False, ditarik_pada=None)
        .select_related("dikirim_oleh")
        .prefetch_related(
            Prefetch("isi", isi), Prefetch("reviews", Review.objects.select_related("diputus_oleh"))
        )
    )
    slots = Slot.objects.of_rencana(rencana).with_keadaan(on).with_batas(on)
    if saringan.area:
        slots = slots.filter(**{f"{KE_AREA}__nomor": saringan.area})
    if saringan.triwulan:
        slots = slots.filter(tenggat__jatuh_tempo__range=(saringan.triwulan.mulai, saringan.triwulan.akhir))
    return (
        slots.select_related(*SLOT_RELATIONS)
        .prefetch_related(Prefetch("submissions", rounds))
        .order_by(
            f"{KE_AREA}__nomor",
            "tenggat__indikator__komponen__nomor",
            "tenggat__indikator__nomor",
            "tenggat__jatuh_tempo",
            "bukti_fisik__nomor",
        )
    )


def newest_sent(slot: Slot) -> Submission | None:
    """Of what is fetched."""
    return max(slot.submissions.all(), key=lambda r: r.putaran, default=None)


def visible_to(user: User, rencana: RencanaAksi) -> set[int]:
    terlihat = Evidence.objects.visible_to(user).filter(satker=rencana.satker)
    return set(terlihat.values_list("pk", flat=True))


def pieces(
    slot: Slot, kiriman: Submission, boleh: set[int] | None, periksa: Periksa, *, rahasia: bool
) -> list[Isi]:
    """Of one round; `boleh` None is everything."""
    semua = [isi.evidence for isi in kiriman.isi.all()]
    terlarang = {b.pk for b in semua if boleh is not None and b.pk not in boleh}
    tertutup = terlarang | {b.pk for b in semua if b.rahasia and not rahasia}
    hasil = []
    for bukti in semua:
        i = Isi(slot, kiriman, bukti, catatan_tertutup=bool(tertutup))
        if bukti.pk in tertutup:
            i.tertutup, i.terlarang = True, bukti.pk in terlarang
            i.sebab = TERTUTUP if i.terlarang else TAK_DIMINTA
        else:
            i.sebab = periksa(bukti)
            i.salinan, i.salinan_hilang = copy_of(bukti, periksa)
        hasil.append(i)
    return hasil


def copy_of(tautan: Evidence, periksa: Periksa) -> tuple[Evidence | None, str]:
    """The newest that goes out; where one is there and none does, why."""
    sebab = ""
    for salinan in tautan.salinan.all():
        hilang = periksa(salinan)
        if not hilang:
            return salinan, ""
        sebab = sebab or f"Salinan PDF tidak disertakan: {hilang}"
    return None, sebab


def why_held_back(bukti: Evidence) -> str:
    """As far as rows tell."""
    if bukti.simpanan is None:
        return "" if bukti.tautan else "Berkas tidak tercatat di penyimpanan"
    return pindai.sebab_ditahan(bukti.simpanan)


def why_left_out(bukti: Evidence) -> str:
    return why_held_back(bukti) or (why_unreadable(bukti.simpanan) if bukti.simpanan else "")


def why_unreadable(simpanan: BerkasTersimpan) -> str:
    try:
        next(vault.chunks(simpanan.nama, 0, 1), b"")
        ukuran = vault.size(simpanan.nama)
    except FileNotFoundError:
        return "Berkas tidak ditemukan di penyimpanan"
    except vault.VaultError as galat:
        return str(galat)
    return "" if ukuran == simpanan.ukuran else "Berkas di penyimpanan tidak utuh: ukurannya berubah"


# --- Paths ---


def give_paths(isi: Iterable[Isi]) -> None:
    """Human names, none twice in a folder; Windows does not tell letters' case apart."""
    sudah: set[str] = set()
    for i in isi:
        if i.sebab or not i.dikemas.simpanan:
            continue
        folder = folder_of(i.slot.tenggat.indikator.komponen)
        folder += f"/{BELUM_DITERIMA}" if i.dikembalikan else ""
        panjang = min(TERPANJANG, JALAN_TERPANJANG - SISIPAN - len(folder))  # the suffix, and a number
        jalan = f"{folder}/{human_name(i.dikemas, i.slot, panjang)}"
        i.jalan = next(satu for ke in count(1) if (satu := numbered(jalan, ke)).lower() not in sudah)
        sudah.add(i.jalan.lower())


def folder_of(komponen: Komponen) -> str:
    """`AREA I/1. Tim Kerja`"""
    nama = judul_area(tanpa_miring(komponen.nama))
    pendek = bersih(shortened(f"{komponen.nomor}. {nama}", FOLDER_TERPANJANG))
    return f"AREA {ROMAWI[komponen.area.nomor]}/{pendek}"


def numbered(jalan: str, ke: int) -> str:
    if ke == 1:
        return jalan
    depan, titik, akhiran = jalan.rpartition(".")
    return f"{depan} ({ke}){titik}{akhiran}"


def manifest_lines(files: Iterable[tuple[str, str]]) -> Iterator[str]:
    """As `sha256sum -c` reads them: hash, two spaces, path."""
    return (f"{sha256}  {jalan}\n" for sha256, jalan in files)
