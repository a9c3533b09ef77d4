import datetime as dt
from functools import cache, lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.waktu import tanggal_panjang, zoneinfo
from evidence import content, pindai, pratinjau
from evidence.keadaan import Keadaan
from evidence.kelompok import Kelompok
from evidence.masa import masa_of
from evidence.models import Evidence, PeriksaTautan, Review, Slot, Submission
from evidence.nama_berkas import shown_short, title_apart, titled_alike
from evidence.rahasia import CATATAN_RAHASIA
from evidence.rounds import decision_of

register = template.Library()

# Looks of look.css; a slot's Sesuai is drawn as a tenggat's Selesai.
GAYA = {
    Keadaan.BELUM: ("belum", "circle"),
    Keadaan.DRAF: ("belum", "pencil"),
    Keadaan.MENUNGGU: ("menunggu", "hourglass-split"),
    Keadaan.PERBAIKAN: ("perbaikan", "arrow-return-left"),
    Keadaan.SESUAI: ("selesai", "check-circle-fill"),
}


@register.simple_tag
def lencana_keadaan(keadaan: str) -> SafeString:
    """The only place where a slot's state becomes a look; each is rendered once and kept."""
    return _keadaan(Keadaan(keadaan))


@cache
def _keadaan(nilai: Keadaan) -> SafeString:
    gaya, ikon = GAYA[nilai]
    isian = {"gaya": gaya, "ikon": ikon, "label": str(nilai.label)}
    return render_to_string("evidence/_lencana_keadaan.html", isian)


# What presses by the calendar alone, with the word that ketepatan has for it.
MENDESAK = {
    Kelompok.TERLAMBAT: ("exclamation-triangle-fill", "Terlambat"),
    Kelompok.SEGERA: ("alarm-fill", "Segera"),
}
# A plan's page draws some 400 badges of some 50 looks: each look is rendered once and kept.
SIMPAN = 2048


@register.simple_tag
def lencana_mendesak(kelompok: str, batas: dt.date, on: dt.date) -> SafeString:
    ikon, label = MENDESAK[Kelompok(kelompok)]
    return lencana_batas(kelompok, ikon, label, sebut_hari(batas, on))


@lru_cache(SIMPAN)
def lencana_batas(gaya: str, ikon: str, label: str, hari: str) -> SafeString:
    isian = {"gaya": gaya, "ikon": ikon, "label": label, "hari": hari}
    return render_to_string("evidence/_lencana_batas.html", isian)


def sebut_hari(batas: dt.date, on: dt.date) -> str:
    """`20 hari` past, `11 hari lagi`, `hari ini`"""
    selisih = (batas - on).days
    if selisih < 0:
        return f"{-selisih} hari"
    return f"{selisih} hari lagi" if selisih else "hari ini"


# What stands before a piece, by its kind; a link by its own.
IKON_TIPE = {
    content.PDF.tipe: "file-earmark-pdf",
    content.DOCX.tipe: "file-earmark-word",
    content.ODT.tipe: "file-earmark-word",
    content.XLSX.tipe: "file-earmark-spreadsheet",
    content.ODS.tipe: "file-earmark-spreadsheet",
    content.PPTX.tipe: "file-earmark-text",
    content.MP4.tipe: "file-earmark-play",
}


@register.filter
def ikon_bukti(evidence: Evidence) -> str:
    if evidence.tautan:
        return "link-45deg"
    return IKON_TIPE.get(evidence.tipe, "file-earmark-image")


@register.filter
def nama_pendek(evidence: Evidence) -> str:
    """Beside a title that others may bear, too"""
    return shown_short(evidence)


@register.filter
def nama_bila_sama(evidence: Evidence, daftar: list[Evidence]) -> str:
    """` (rekap.xlsx)` where another of the list is titled alike"""
    return title_apart(evidence, titled_alike(daftar)).removeprefix(evidence.judul)


@register.filter
def cara_lihat(evidence: Evidence) -> str:
    """How the page shows a piece: `pdf`, `gambar`, `film`, `tautan`, or only by downloading it: `unduh`"""
    if evidence.tautan:
        return "tautan"
    if evidence.tipe == content.PDF.tipe:
        return "pdf"
    if evidence.tipe in content.VIDEO_PERAMBAN:
        return "film"
    gambar = content.GAMBAR_PERAMBAN | content.GAMBAR_DIUBAH
    return "gambar" if evidence.tipe in gambar else "unduh"


@register.filter
def bergambar_kecil(evidence: Evidence) -> bool:
    """Whether a thumbnail stands for it. None of what is rahasia: the list itself would be an opening to be logged."""
    jenis = content.MENURUT_TIPE.get(evidence.tipe)
    digambar = jenis is not None and pratinjau.can_be_drawn(jenis)
    return digambar and not evidence.rahasia and not sebab_ditahan(evidence)


TAUTAN_BAIK = (PeriksaTautan.Hasil.TERBUKA, PeriksaTautan.Hasil.DIALIHKAN)


@register.filter
def sebab_ditahan(evidence: Evidence) -> str:
    """Why its file does not go out; empty if it does."""
    return pindai.sebab_ditahan(evidence.simpanan) if evidence.simpanan else ""


@register.inclusion_tag("evidence/_keadaan_bukti.html")
def keadaan_bukti(evidence: Evidence) -> dict[str, object]:
    """What is known of a piece besides what was said of it; fetched as rounds_of does."""
    hasil = getattr(evidence, "hasil_tautan", None)
    return {
        "bukti": evidence,
        "ditahan": sebab_ditahan(evidence),
        "buruk": hasil is not None and hasil not in TAUTAN_BAIK,
    }


@register.inclusion_tag("evidence/_masa_bukti.html")
def masa_bukti(
    slot: Slot, kiriman: Submission, evidence: Evidence, tertutup: bool = False
) -> dict[str, object]:
    """A date outside the period, and why the piece was handed in all the same; of a slot with its batas and a round
    whose pieces are fetched. `tertutup`: the round's words are not for this person."""
    masa, tanggal = masa_of(slot), evidence.tanggal_dokumen
    alasan = next((i.alasan_tanggal for i in kiriman.isi.all() if i.evidence_id == evidence.pk), "")
    return {
        "peringatan": masa.warning(tanggal) if tanggal not in masa else "",
        "alasan": CATATAN_RAHASIA if alasan and tertutup else alasan,
    }


@register.filter
def nomor_terima(evidence: Evidence) -> str:
    """`1503-000012`: the office, and its receipts counted from one"""
    return f"{evidence.satker.kode}-{evidence.nomor or 0:06d}"


@register.filter
def ribuan(nilai: int) -> str:
    return f"{nilai:,}".replace(",", ".")


@register.filter
def saat(waktu: dt.datetime | None, zona: str) -> str:
    """`3 Maret 2025, 09.30 WIB`, by the office's clock"""
    if waktu is None:
        return ""
    lokal = timezone.localtime(waktu, zoneinfo(zona))
    return f"{tanggal_panjang(lokal.date())}, {lokal:%H.%M} {zona}"


@register.filter
def sisa_hari(batas: dt.date, hari: dt.date) -> str:
    """`20 hari lewat`, `11 hari lagi`, `hari ini`"""
    sisa = (batas - hari).days
    if sisa == 0:
        return "hari ini"
    return f"{sisa} hari lagi" if sisa > 0 else f"{-sisa} hari lewat"


@register.filter
def putusan(submission: Submission) -> Review | None:
    """The decision that counts, of a round whose reviews are fetched."""
    return decision_of(submission)
