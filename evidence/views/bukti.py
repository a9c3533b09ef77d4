"""One piece by itself: its receipt, where it is used and how that was decided; withdrawing it; erasing it by law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Tindakan, get_satker_for, hak, require
from accounts.permintaan import Permintaan, bilangan
from accounts.waktu import hari_ini
from actionplan.posisi import told_today
from evidence import pustaka
from evidence.access import SLOT_RELATIONS, area_of, get_evidence_for
from evidence.forms import AlasanTarikForm, DasarForm, SetujuHapusForm
from evidence.models import (
    BerkasTersimpan,
    Evidence,
    PembukaanRahasia,
    Penghapusan,
    Slot,
    Submission,
    SubmissionEvidence,
)
from evidence.penarikan import may_withdraw, require_may_withdraw, withdraw_piece
from evidence.penghapusan import (
    agree_to_erasure,
    ask_erasure,
    call_off_erasure,
    pdfs_showing,
    require_other_half,
    running,
)
from evidence.pustaka import Pemakaian
from evidence.querysets import EvidenceQuerySet
from evidence.rahasia import closed_rounds
from evidence.rounds import decision_of
from evidence.salinan import may_copy

PER_HALAMAN = 50


@require_safe
@login_required
def bukti(request: Permintaan, pk: int) -> HttpResponse:
    evidence = get_evidence_for(request.user, pk)
    return render(request, "evidence/bukti.html", page_of(request, evidence))


def page_of(request: Permintaan, evidence: Evidence) -> dict[str, object]:
    terlihat = Evidence.objects.visible_to(request.user)
    penghapusan = erasure_of(evidence.simpanan)
    return {
        "bukti": evidence,
        "satker": evidence.satker,
        **told_today(request, evidence.satker),
        "pemakaian": [(r, decision_of(r), is_closed(r, request)) for r in uses_of(evidence, request)],
        "sebelumnya": terlihat.filter(digantikan_oleh=evidence).first(),
        "sesudahnya": terlihat.filter(menggantikan=evidence).order_by("pk"),
        "salinan": copies_of(evidence, terlihat),
        "salinan_dari": terlihat.filter(salinan=evidence).first() if evidence.salinan_dari_id else None,
        "boleh_salin": may_copy(request.user, evidence),
        "batas_mb": settings.BUKTI_MAKS_MB,
        "foto": terlihat.filter(dijadikan_pdf=evidence),
        "boleh_tarik": not hasattr(evidence, "penarikan") and may_withdraw(request.user, evidence),
        "boleh_hapus": hak(request.user).boleh(Tindakan.HAPUS, evidence.satker),
        "penghapusan": penghapusan,
        "serta": erased_with(penghapusan, evidence, request),
    }


def copies_of(evidence: Evidence, terlihat: EvidenceQuerySet) -> EvidenceQuerySet:
    salinan = terlihat.filter(salinan_dari=evidence).order_by("-pk")
    return salinan.select_related("satker", "simpanan", "diunggah_oleh", "penarikan")


def uses_of(evidence: Evidence, request: Permintaan) -> list[Submission]:
    """Newest first, each with its slot's batas of today."""
    isi = SubmissionEvidence.objects.select_related("evidence")
    slots = Slot.objects.with_batas(hari_ini(evidence.satker.zona_waktu)).select_related(*SLOT_RELATIONS)
    rounds = Submission.objects.visible_to(request.user).filter(isi__evidence=evidence)
    return list(
        rounds.prefetch_related(
            "reviews__diputus_oleh", Prefetch("isi", isi), Prefetch("kebutuhan", slots)
        ).order_by("-dikirim_pada", "-pk")[:PER_HALAMAN]
    )


def is_closed(submission: Submission, request: Permintaan) -> bool:
    """Whether its words are not for this person."""
    return bool(closed_rounds([submission], request.user, area_of(submission.kebutuhan)))


def erasure_of(simpanan: BerkasTersimpan | None) -> Penghapusan | None:
    """The one that runs, or the one that was carried out."""
    if simpanan is None:
        return None
    rows = Penghapusan.objects.filter(dibatalkan_pada=None).select_related("diminta_oleh", "disetujui_oleh")
    return rows.filter(simpanan=simpanan).first()


@dataclass(frozen=True)
class Serta:
    """A piece whose file goes, or went, in the same act."""

    bukti: Evidence
    terlihat: bool  # whether this person may open its page
    pemakaian: list[Pemakaian]


def erased_with(penghapusan: Penghapusan | None, evidence: Evidence, request: Permintaan) -> list[Serta]:
    """All but the piece itself: those of the same bytes, and the PDFs made of it."""
    if penghapusan is None:
        return []
    utama = penghapusan.bersama_id or penghapusan.pk
    rows = Penghapusan.objects.filter(Q(pk=utama) | Q(bersama=utama))
    pieces = Evidence.objects.filter(simpanan__penghapusan__in=rows).exclude(pk=evidence.pk)
    serta = list(pieces.select_related("satker").order_by("pk"))
    pks = [e.pk for e in serta]
    boleh = set(Evidence.objects.visible_to(request.user).filter(pk__in=pks).values_list("pk", flat=True))
    dipakai = pustaka.uses_of(list(boleh), request.user)
    return [Serta(e, e.pk in boleh, dipakai[e.pk]) for e in serta]


@require_safe
@login_required
def tanda_terima(request: Permintaan, pk: int) -> HttpResponse:
    evidence = get_evidence_for(request.user, pk)
    return render(request, "evidence/tanda_terima.html", {"bukti": evidence, "satker": evidence.satker})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tarik_bukti(request: Permintaan, pk: int) -> HttpResponse:
    evidence = get_evidence_for(request.user, pk)
    require_may_withdraw(request.user, evidence)
    form = AlasanTarikForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = lambda: withdraw_piece(evidence=evidence, by=request.user, alasan=form.cleaned_data["alasan"])  # noqa: E731
        return done(request, evidence, act, "Bukti ditarik. Catatannya tetap tersimpan.")
    isi = {"bukti": evidence, "satker": evidence.satker, "form": form}
    return render(request, "evidence/tarik_bukti.html", isi)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hapus_bukti(request: Permintaan, pk: int) -> HttpResponse:
    """Ask for the erasure; the page of the piece shows the other one that it was asked for."""
    evidence = get_file_for(request, pk)
    form = DasarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = lambda: ask_erasure(evidence=evidence, by=request.user, **form.cleaned_data)  # noqa: E731
        return done(request, evidence, act, "Penghapusan diminta. Berkas terhapus setelah disetujui.")
    assert evidence.simpanan
    isi = {
        "bukti": evidence,
        "satker": evidence.satker,
        "form": form,
        "pdf": pdfs_showing(evidence.simpanan),
        "sama": evidence.simpanan.evidence.exclude(pk=evidence.pk).select_related("satker").order_by("pk"),
        "foto": Evidence.objects.filter(dijadikan_pdf=evidence).order_by("pk"),
    }
    return render(request, "evidence/hapus_bukti.html", isi)


@require_POST
@login_required
def setujui_hapus(request: Permintaan, pk: int) -> HttpResponse:
    evidence = get_file_for(request, pk)
    if evidence.simpanan and (permintaan := running(evidence.simpanan)):
        require_other_half(permintaan, request.user)
    if galat := SetujuHapusForm(request.POST).errors.get("mengerti"):
        messages.error(request, " ".join(map(str, galat)))
        return redirect("bukti", evidence.pk)
    act = lambda: agree_to_erasure(evidence=evidence, by=request.user)  # noqa: E731
    return done(request, evidence, act, "Berkas dihapus. Catatan penghapusannya tetap tersimpan.")


@require_POST
@login_required
def batal_hapus(request: Permintaan, pk: int) -> HttpResponse:
    evidence = get_file_for(request, pk)
    act = lambda: call_off_erasure(evidence=evidence, by=request.user)  # noqa: E731
    return done(request, evidence, act, "Permintaan penghapusan dibatalkan.")


def get_file_for(request: Permintaan, pk: int) -> Evidence:
    evidence = get_evidence_for(request.user, pk)
    require(request.user, Tindakan.HAPUS, evidence.satker)
    if evidence.jenis != Evidence.Jenis.BERKAS:
        raise Http404
    return evidence


def done(request: Permintaan, evidence: Evidence, act: Callable[[], object], kata: str) -> HttpResponse:
    try:
        act()
    except ValidationError as galat:
        messages.error(request, " ".join(galat.messages))
    else:
        messages.success(request, kata)
    if not Evidence.objects.visible_to(request.user).filter(pk=evidence.pk).exists():
        return redirect("pustaka", evidence.satker.kode)  # called off: it lies loose again
    return redirect("bukti", evidence.pk)


@require_safe
@login_required
def pembukaan(request: Permintaan, kode: str) -> HttpResponse:
    """Who opened what is rahasia, newest first."""
    satker = get_satker_for(request.user, kode, Tindakan.HAPUS)
    catatan = PembukaanRahasia.objects.filter(evidence__satker=satker).select_related("evidence", "oleh")
    if bukti := bilangan(request.GET.get("bukti", "")):
        catatan = catatan.filter(evidence=bukti)
    halaman = Paginator(catatan.order_by("-pada", "-pk"), PER_HALAMAN).get_page(request.GET.get("halaman"))
    return render(request, "evidence/pembukaan.html", {"satker": satker, "halaman": halaman})
