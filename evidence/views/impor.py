"""Bawa Drive Anda: upload a ZIP, see what was understood of it, confirm. Reading and storing go on in steps."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import Tindakan
from accounts.permintaan import Permintaan, bilangan
from accounts.waktu import hari_ini
from actionplan.access import get_rencana_for
from actionplan.models import RencanaAksi
from actionplan.posisi import say_done
from evidence.access import get_impor_for
from evidence.content import SEBUT_DITERIMA
from evidence.forms_impor import forms_of
from evidence.impor import SibukError, begin_zip, check_open, progress, read_some
from evidence.impor_simpan import (
    BarisError,
    Pilihan,
    begin_keeping,
    cancel,
    keep_some,
    keeping_progress,
    save_choices,
    stop_keeping,
    summary,
    take_certain,
)
from evidence.impor_tampil import Lihat, Pratinjau, lines
from evidence.middleware import receives_archive
from evidence.models import BarisImpor, Evidence, Impor
from evidence.upload_handlers import names_too_large, not_kept

PILIH_ZIP = "Pilih ZIP dari folder Anda dahulu."
TERBARU = 10


@receives_archive
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def impor(request: Permintaan, kode: str, tahun: int) -> HttpResponse:
    """Where one begins; and one's own batches."""
    rencana = get_rencana_for(request.user, kode, tahun, Tindakan.TULIS)
    request.rencana = rencana  # type: ignore[attr-defined]
    galat: list[str] = []
    if request.method == "POST":
        try:
            baru = begin_zip(rencana=rencana, by=request.user, upload=posted_zip(request))
            return redirect("impor_batch", baru.pk)
        except ValidationError as salah:
            galat = salah.messages
    return render(
        request, "evidence/impor.html", start_context(request, rencana, galat), status=422 if galat else 200
    )


def start_context(request: Permintaan, rencana: RencanaAksi, galat: list[str]) -> dict[str, object]:
    milik = Impor.objects.visible_to(request.user).filter(rencana=rencana)
    return {
        "rencana": rencana,
        "galat": galat,
        "batas_mb": settings.BUKTI_MAKS_KIRIM_MB,
        "batas_berkas": settings.BUKTI_MAKS_IMPOR_BERKAS,
        "batas_isi_mb": settings.BUKTI_MAKS_IMPOR_MB,
        "jenis": SEBUT_DITERIMA,
        "daftar": milik.select_related("oleh")[:TERBARU],
    }


def posted_zip(request: Permintaan) -> File:
    if berkas := request.FILES.get("zip"):
        assert isinstance(berkas, File)
        return berkas
    if names_too_large(request):
        raise ValidationError(
            f"ZIP ini lebih besar dari {settings.BUKTI_MAKS_KIRIM_MB} MB. Bagi menjadi beberapa, mis. satu tiap area, "
            "atau minta pengelola aplikasi membacanya dengan perintah import_evidence."
        )
    for _, pesan in not_kept(request):
        raise ValidationError(pesan)
    raise ValidationError(PILIH_ZIP)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def impor_batch(request: Permintaan, pk: int) -> HttpResponse:
    """A batch, as far as it is: being read, to be looked through, being put away, done."""
    batch = get_impor_for(request.user, pk)
    request.rencana = batch.rencana  # type: ignore[attr-defined]
    if request.method == "POST":
        return choose(request, batch)
    return page_of(request, batch)


def page_of(request: Permintaan, batch: Impor) -> HttpResponse:
    if batch.dikonfirmasi_pada or batch.dibatalkan_pada:
        return render(request, "evidence/impor_selesai.html", end_context(request, batch))
    try:
        check_open(batch)
    except ValidationError as salah:
        return render(
            request, "evidence/impor_selesai.html", {**end_context(request, batch), "kata": salah.messages[0]}
        )
    if batch.dibaca_pada is None or batch.menyimpan_pada:
        return render(request, "evidence/impor_jalan.html", step_context(request, batch))
    return preview(request, batch, Pratinjau(batch, request.user, request.GET))


def preview(request: Permintaan, batch: Impor, pratinjau: Pratinjau) -> HttpResponse:
    konteks = {
        "impor": batch,
        "rencana": batch.rencana,
        "pratinjau": pratinjau,
        "hari_ini": hari_ini(batch.rencana.satker.zona_waktu),
    }
    return render(
        request,
        "evidence/impor_pratinjau.html",
        konteks,
        status=422 if pratinjau.salah or pratinjau.belum_semua else 200,
    )


def end_context(request: Permintaan, batch: Impor) -> dict[str, object]:
    """What became evidence, as far as this person may see it, and what was left out."""
    diambil = (
        lines(batch, Lihat.AMBIL)
        .filter(evidence__isnull=False)
        .select_related("slot__bukti_fisik", "slot__tenggat__indikator__komponen__area")
        .select_related("evidence__satker", "evidence__simpanan")
    )
    return {
        "impor": batch,
        "rencana": batch.rencana,
        "ringkasan": summary(batch),
        "diambil": diambil.filter(evidence__in=Evidence.objects.visible_to(request.user)),
        "ditinggal": batch.baris.filter(evidence=None).order_by("urutan"),
    }


# --- Choices ---


def choose(request: Permintaan, batch: Impor) -> HttpResponse:
    """The lines of one page; with `aksi=konfirmasi` then all that is to be taken."""
    pratinjau = Pratinjau(batch, request.user, request.GET)
    try:
        pratinjau.galat = save_posted(request, batch, pratinjau)
        if request.POST.get("aksi") == "pasti":
            say_taken(request, batch)
        elif not pratinjau.galat and request.POST.get("aksi") == "konfirmasi":
            if undecided(request, batch):
                return preview(request, batch, again(pratinjau, request, belum_semua=True))
            begin_keeping(batch, request.user)
            return redirect("impor_batch", batch.pk)
    except ValidationError as salah:  # a colleague was quicker, or nothing is chosen
        messages.error(request, " ".join(salah.messages))
        return redirect(request.get_full_path())
    if pratinjau.galat:
        return preview(request, batch, again(pratinjau, request))
    if request.POST.get("aksi") != "pasti":
        say_done(request, "Pilihan tersimpan. Belum ada yang masuk ke draf.")
    return redirect(request.get_full_path())


def say_taken(request: Permintaan, batch: Impor) -> None:
    diambil, belum = take_certain(batch, request.user), summary(batch).belum
    sisa = f"{belum} masih perlu dilihat." if belum else "Tidak ada lagi yang perlu dilihat."
    say_done(request, f"{diambil} berkas yang pasti akan diambil; {sisa} Belum ada yang masuk ke draf.")


def undecided(request: Permintaan, batch: Impor) -> bool:
    """A batch that is confirmed is closed: what nobody looked at is left behind knowingly."""
    return bool(summary(batch).belum) and "tinggalkan" not in request.POST


def again(pratinjau: Pratinjau, request: Permintaan, *, belum_semua: bool = False) -> Pratinjau:
    """The same lines with their complaints, wherever they would stand now."""
    baru = Pratinjau(pratinjau.impor, pratinjau.user, request.GET)
    baru.belum_semua = belum_semua
    baru.galat, baru.terikat = pratinjau.galat, pratinjau.terikat
    baru.tetap = list(pratinjau.terikat)
    return baru


def save_posted(request: Permintaan, batch: Impor, pratinjau: Pratinjau) -> dict[int, list[str]]:
    pks = map(bilangan, request.POST.getlist("baris")[:100])
    rows = batch.baris.filter(pk__in={pk for pk in pks if pk}, masalah="").order_by("urutan")
    forms = forms_of(rows, request.POST)
    pratinjau.terikat = {form.baris.pk: form for form in forms}
    galat = {
        f.baris.pk: [str(p) for pesan in f.errors.values() for p in pesan] for f in forms if not f.is_valid()
    }
    pilihan = {form.baris.pk: form.pilihan() for form in forms if form.is_valid()}
    if "tinggalkan" in request.POST:
        pilihan = {pk: without_undated(satu) for pk, satu in pilihan.items()}
    return {**galat, **save_choices(batch, request.user, pilihan)}


def without_undated(pilihan: Pilihan) -> Pilihan:
    """Ambil stands there beforehand where only the date is missing: nobody chose it yet."""
    undated = pilihan.putusan == BarisImpor.Putusan.AMBIL and pilihan.tanggal is None
    return replace(pilihan, putusan=BarisImpor.Putusan.BELUM) if undated else pilihan


# --- Steps ---


@require_POST
@login_required
def impor_langkah(request: Permintaan, pk: int) -> HttpResponse:
    """The next few seconds of reading or of putting away; the page asks again until it is done."""
    batch = get_impor_for(request.user, pk)
    request.rencana = batch.rencana  # type: ignore[attr-defined]
    alamat = reverse("impor_batch", args=[pk])
    try:
        selesai = step(batch)
    except SibukError:
        return part(request, batch, sibuk=True) if request.htmx else redirect(alamat)
    except (ValidationError, BarisError) as salah:
        kata = salah.messages if isinstance(salah, ValidationError) else [str(salah)]
        messages.error(request, f"Belum selesai: {' '.join(kata)}")
        return away(request, f"{alamat}?jeda=1")
    if request.htmx and not selesai:
        return part(request, get_impor_for(request.user, pk))
    return away(request, alamat)


def step(batch: Impor) -> bool:
    """Whether that was the last."""
    if batch.dikonfirmasi_pada:
        return True
    if batch.menyimpan_pada:
        return keep_some(batch).penuh
    return read_some(batch).penuh


def away(request: Permintaan, alamat: str) -> HttpResponse:
    return HttpResponseClientRedirect(alamat) if request.htmx else redirect(alamat)


def part(request: Permintaan, batch: Impor, *, sibuk: bool = False) -> HttpResponse:
    konteks = {**step_context(request, batch), "sibuk": sibuk, "bagian": True}
    return render(request, "evidence/_impor_kemajuan.html", konteks)


def step_context(request: Permintaan, batch: Impor) -> dict[str, object]:
    menyimpan = batch.menyimpan_pada is not None
    return {
        "impor": batch,
        "rencana": batch.rencana,
        "menyimpan": menyimpan,
        "kemajuan": keeping_progress(batch) if menyimpan else progress(batch),
        "jeda": "jeda" in request.GET,
    }


@require_POST
@login_required
def impor_batal(request: Permintaan, pk: int) -> HttpResponse:
    """Give the batch up; or, with `aksi=berhenti`, only go back to the choices."""
    batch = get_impor_for(request.user, pk)
    try:
        check_open(batch)
        if request.POST.get("aksi") == "berhenti":
            stop_keeping(batch)
            return redirect("impor_batch", batch.pk)
        cancel(batch, request.user)
    except ValidationError as salah:
        messages.error(request, " ".join(salah.messages))
        return redirect("impor_batch", batch.pk)
    say_done(request, "Impor dibatalkan. Tidak ada yang masuk ke draf.")
    return redirect("impor", batch.rencana.satker.kode, batch.rencana.tahun)
