"""Several photos from a phone as one PDF; the photos themselves are kept as they came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from evidence import content, intake, kotak, vault
from evidence.access import SLOT_RELATIONS, area_of
from evidence.isi.jenis import GAMBAR, Jenis, Tolak
from evidence.models import AsalFoto, Evidence, Slot, Submission
from evidence.nama_berkas import bersih
from evidence.penarikan import require_usable
from evidence.services import add_to_draft, take_out_of_draft

DPI = 175  # a page of 12 point print photographed whole is read with ease; about 0.5 MB a sheet
PESAN = {
    "sedikit": "Pilih paling sedikit satu foto.",
    "banyak": "Paling banyak {batas} foto dalam satu PDF; ini {jumlah}. Bagi menjadi beberapa.",
    "bukan_foto": "Foto ke-{urutan} bukan JPG, PNG, WEBP, atau HEIC. Unggah berkas itu sendiri, di luar PDF ini.",
}


@contextmanager
def photos_to_pdf(photos: Sequence[IO[bytes]]) -> Iterator[IO[bytes]]:
    """The PDF as a temporary file, in the order given; ValidationError says what is wrong with which photo."""
    check_count(len(photos))
    jenis = [kind_of_photo(photo, urutan) for urutan, photo in enumerate(photos, 1)]
    isian = {"jenis": [j.nama for j in jenis], "maks_piksel": settings.BUKTI_MAKS_PIKSEL, "dpi": DPI}
    try:
        with kotak.inside("foto", photos, nama="PDF dari foto", waktu=2 * len(photos), **isian) as hasil:
            yield hasil
    except Tolak as tolak:
        urutan = tolak.isian.get("urutan")
        raise ValidationError(f"Foto ke-{urutan}: {tolak}" if urutan else str(tolak), code=tolak.code)


def check_count(jumlah: int) -> None:
    if not jumlah:
        raise ValidationError(PESAN["sedikit"], code="sedikit")
    if jumlah > settings.BUKTI_MAKS_FOTO:
        pesan = PESAN["banyak"].format(batas=settings.BUKTI_MAKS_FOTO, jumlah=jumlah)
        raise ValidationError(pesan, code="banyak")


def kind_of_photo(photo: IO[bytes], urutan: int) -> Jenis:
    jenis = content.claimed(photo)
    if jenis not in GAMBAR:
        raise ValidationError(PESAN["bukan_foto"].format(urutan=urutan), code="bukan_foto")
    return jenis


# --- In a draft ---


def combine(
    *, submission: Submission, photos: Sequence[Evidence], judul: str, by: User, at: dt.datetime | None = None
) -> Evidence:
    """One PDF in the place of photos of a draft; pressed twice, it is the same PDF."""
    check_count(len(photos))
    if lama := made_before(submission, photos):
        return lama
    with transaction.atomic():
        require_usable(photos)
    satker, rahasia = area_of(submission.kebutuhan).rencana.satker, any(foto.rahasia for foto in photos)
    tanggal = max(foto.tanggal_dokumen for foto in photos)
    pdf = intake.describe(satker, judul, tanggal, by, rahasia, at)
    with ExitStack() as tumpukan:
        isi = [
            tumpukan.enter_context(vault.open_file(foto.simpanan.nama)) for foto in photos if foto.simpanan
        ]
        hasil = tumpukan.enter_context(photos_to_pdf(isi))
        intake.keep_file(pdf, File(hasil, name=f"{bersih(pdf.judul)}.pdf"))
    return put_in_their_place(submission, pdf, photos, by)


def made_before(submission: Submission, photos: Sequence[Evidence]) -> Evidence | None:
    for pdf in submission.evidence.filter(asal_foto__foto=photos[0]):
        if list(pdf.asal_foto.values_list("foto", flat=True)) == [foto.pk for foto in photos]:
            return pdf
    return None


@transaction.atomic
def put_in_their_place(
    submission: Submission, pdf: Evidence, photos: Sequence[Evidence], by: User
) -> Evidence:
    """The photos leave the draft and stay on record, named as what the PDF was made of."""
    slot = Slot.objects.select_related(*SLOT_RELATIONS).get(pk=submission.kebutuhan_id)
    pdf = add_to_draft(slot=slot, evidence=pdf, by=by)
    require_usable(photos)  # again: one may have been erased by law while the PDF was made
    asal = [AsalFoto(pdf=pdf, foto=foto, urutan=urutan) for urutan, foto in enumerate(photos, 1)]
    AsalFoto.objects.bulk_create(asal, ignore_conflicts=True)
    for foto in photos:
        take_out_of_draft(submission=submission, evidence=foto, by=by)
    return pdf
