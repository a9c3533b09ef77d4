"""One sending of the upload page: each file is received by itself, so that one bad file costs no good one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Satker, User
from evidence import content, intake, tus
from evidence.models import Evidence, Slot, Unggahan
from evidence.nama_berkas import title_with_name
from evidence.services import add_to_draft, open_draft, put_in_draft

BAWA_DRIVE = "Banyak bukti dalam satu ZIP? Bawa semuanya lewat Bawa Drive Anda, di halaman Unggah Bukti."
# What the page's script says of a name that is never taken in.
MENURUT_AKHIRAN = {
    **content.DITOLAK_MENURUT_AKHIRAN,
    ".zip": f"{content.ARSIP} {BAWA_DRIVE}",
    "": content.LAIN_MENURUT_AKHIRAN,
}
ISI_TANGGAL = "Isi tanggal dokumen, lalu pilih lagi berkasnya."


@dataclass(frozen=True)
class Gagal:
    nama: str
    pesan: list[str]
    tetap: bool = False  # another try with the same file is of no use

    @property
    def sebut(self) -> str:
        return intake.shown(self.nama).strip() or "Berkas tanpa nama"


@dataclass
class Hasil:
    diterima: list[Evidence] = field(default_factory=list)
    gagal: list[Gagal] = field(default_factory=list)
    sudah_ada: list[str] = field(default_factory=list)  # said of what lay in the draft already

    def coba(self, nama: str, terima: Callable[[], Evidence | None]) -> None:
        try:
            if piece := terima():
                self.diterima.append(piece)
        except ValidationError as galat:
            self.gagal.append(Gagal(nama, in_other_ways(nama, galat), tus.refuses_the_file(galat)))


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
    bersama: bool = False,
) -> Hasil:
    """Every file and the link into the slot's draft; `isian` is the cleaned form, `unggahan` came in parts, `bersama`
    says that others under the same title come in requests of their own."""
    files, unggahan = list(files), list(unggahan)
    hasil = Hasil(gagal=[Gagal(nama, intake.too_large().messages) for nama in too_large])
    hasil.gagal += [Gagal(nama, pesan) for nama, pesan in not_kept]
    # Of several that come at once nobody has said which is the newer version.
    sendirian = len(files) + len(unggahan) + bool(isian["tautan"]) == 1

    def piece(fill: Callable[[Evidence], Evidence], nama: str = "") -> Evidence:
        if isian["tanggal_dokumen"] is None:
            raise ValidationError(ISI_TANGGAL)
        judul = isian["judul"]
        if nama and judul and (bersama or not sendirian):
            judul = title_with_name(judul, intake.check_name(nama), intake.JUDUL_TERPANJANG)
        kosong = intake.describe(satker, judul, isian["tanggal_dokumen"], by, isian["rahasia"], None)
        kosong.menggantikan = isian["menggantikan"] if sendirian else None
        baru = fill(kosong)
        tersimpan = add_to_draft(slot=slot, evidence=baru, by=by)
        if tersimpan is not baru:
            hasil.sudah_ada.append(already_there(baru, tersimpan))
        return tersimpan

    def keep(berkas: File, nama: str) -> Evidence:
        return piece(partial(intake.keep_file, upload=berkas), nama)

    for upload in files:
        nama = upload.name or ""
        hasil.coba(nama, partial(keep, upload, nama))
    for satu in unggahan:
        hasil.coba(satu.nama_berkas, partial(tus.finish, satu, partial(keep, nama=satu.nama_berkas)))
    if isian["tautan"]:
        hasil.coba(isian["tautan"], lambda: piece(lambda e: intake.point_to(e, isian["tautan"])))
    if isian["pakai_lagi"]:
        hasil.coba("Bukti putaran sebelumnya", partial(_use_again, slot, isian["pakai_lagi"], by))
    return hasil


def already_there(baru: Evidence, lama: Evidence) -> str:
    if lama.nama_berkas != baru.nama_berkas:
        return f"«{baru.nama_berkas}» sudah ada dalam draf ini, sebagai «{lama.nama_berkas}»."
    return f"«{baru.nama_berkas or baru.tautan}» sudah ada dalam draf ini."


def in_other_ways(nama: str, galat: ValidationError) -> list[str]:
    """A whole folder in a ZIP is not refused everywhere."""
    arsip = tus.refuses_the_file(galat) and nama.lower().endswith(".zip")
    return [*galat.messages, BAWA_DRIVE] if arsip else galat.messages


def _use_again(slot: Slot, pieces: Iterable[Evidence], by: User) -> None:
    put_in_draft(submission=open_draft(slot=slot, by=by), evidence=pieces, by=by)
