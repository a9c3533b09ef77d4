"""One sending of the upload page: each file is received by itself, so that one bad file costs no good one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Satker, User
from evidence import intake, tus
from evidence.models import Evidence, Slot, Unggahan
from evidence.services import add_to_draft, open_draft, put_in_draft

ISI_TANGGAL = "Isi tanggal dokumen, lalu pilih lagi berkasnya."


@dataclass(frozen=True)
class Gagal:
    nama: str
    pesan: list[str]
    tetap: bool = False  # another try with the same file is of no use


@dataclass
class Hasil:
    diterima: list[Evidence] = field(default_factory=list)
    gagal: list[Gagal] = field(default_factory=list)

    def coba(self, nama: str, terima: Callable[[], Evidence | None]) -> None:
        try:
            if piece := terima():
                self.diterima.append(piece)
        except ValidationError as galat:
            self.gagal.append(Gagal(nama, galat.messages, tus.refuses_the_file(galat)))


def receive(
    *,
    slot: Slot,
    satker: Satker,
    by: User,
    isian: dict,
    files: Iterable[UploadedFile],
    too_large: Iterable[str],
    not_kept: Iterable[tuple[str, list[str]]] = (),
    unggahan: Iterable[Unggahan] = (),
) -> Hasil:
    """Every file and the link into the slot's draft; `isian` is the cleaned form, `unggahan` came in parts."""
    files, unggahan = list(files), list(unggahan)
    hasil = Hasil(gagal=[Gagal(nama, intake.too_large().messages) for nama in too_large])
    hasil.gagal += [Gagal(nama, pesan) for nama, pesan in not_kept]
    # Of several that come at once nobody has said which is the newer version.
    sendirian = len(files) + len(unggahan) + bool(isian["tautan"]) == 1

    def piece(fill: Callable[[Evidence], Evidence]) -> Evidence:
        if isian["tanggal_dokumen"] is None:
            raise ValidationError(ISI_TANGGAL)
        kosong = intake.describe(satker, isian["judul"], isian["tanggal_dokumen"], by, isian["rahasia"], None)
        kosong.menggantikan = isian["menggantikan"] if sendirian else None
        return add_to_draft(slot=slot, evidence=fill(kosong), by=by)

    for upload in files:
        hasil.coba(upload.name or "", partial(piece, partial(intake.keep_file, upload=upload)))
    for satu in unggahan:
        hasil.coba(
            satu.nama_berkas,
            partial(tus.finish, satu, lambda berkas: piece(partial(intake.keep_file, upload=berkas))),
        )
    if isian["tautan"]:
        hasil.coba(isian["tautan"], lambda: piece(lambda e: intake.point_to(e, isian["tautan"])))
    if isian["pakai_lagi"]:
        hasil.coba("Bukti putaran sebelumnya", partial(_use_again, slot, isian["pakai_lagi"], by))
    return hasil


def _use_again(slot: Slot, pieces: Iterable[Evidence], by: User) -> None:
    put_in_draft(submission=open_draft(slot=slot, by=by), evidence=pieces, by=by)
